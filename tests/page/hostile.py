"""Texts that would break out of a format that does not escape them."""

from __future__ import annotations

from archlint.importers import Reading, read_text

HOSTILE = {
    "unknown": "unknown",
    "script": "</text><script>alert(1)</script>",
    "end of data": "</script></svg><img src=x onerror=alert(1)>",
    "comment": "<!-- <script> --> ]]> -->",
    "entities": "&amp; &lt;b&gt; &#x3c;script&#x3e; &quot;",
    "quotes": "\"double\" 'single' `back` \u201ccurly\u201d",
    "dot": '\\"; x [label=1]; "}; digraph { evil }',
    "dot escapes": "\\N \\G \\E \\L \\\\ trailing\\",
    "mermaid": 'x"] --> evil["y"]; end; click evil href "javascript:alert(1)"',
    "mermaid directive": "%%{init: {'securityLevel': 'loose'}}%%",
    "mermaid shape": "@{ shape: evil, label: x }::: :::evil ~~~ --> ===",
    "list": "- not a list",
    "markdown": "1. **bold** _it_ [a](javascript:alert(1)) # h ```\n```",
    "front matter": "---\ntitle: evil\n---",
    "d2": 'x" {shape: image; icon: https://evil.example/x.png}; evil -> y: "',
    "d2 substitution": "${evil} $HOME |md # h | ...@evil",
    "template": "$title ${data} {{x}} {% x %}",
    "lines": "one\ntwo\r\nthree\u2028four\u2029five",
    "control": "a\tb \u202eevil\u202c \u200f",
    "styles": "a;shape=image;image=https://evil.example;html=0",
    "long": "x" * 1_000_000,
    "emoji": "\U0001f680 \u6ce8\u6587 \u05e9\u05dc\u05d5\u05dd e\u0301",
}


def reading_of(text: str) -> Reading:
    """A description that has a text everywhere a user may write one."""
    quoted = '"' + "".join(f"\\u{ord(one):04x}" if ord(one) < 0x10000 else one for one in text) + '"'
    return read_text(
        f"""archlint: 1
name: {quoted}
description: {quoted}
services:
  s:
    owner: {quoted}
    description: {quoted}
    components:
      f: {{type: lambda, label: {quoted}, description: {quoted}, tags: {{team: {quoted}}}}}
      d: {{type: dynamodb, label: {quoted}}}
    connections:
      - f -> q: {{label: {quoted}}}
      - f =read=> d: {{label: {quoted}}}
components:
  q: {{type: sqs, label: {quoted}}}
  o: {{type: other, label: {quoted}}}
connections:
  - q -> s.f: {{event: {quoted}}}
""",
        path="a_<b> #evil*.yaml",
    )
