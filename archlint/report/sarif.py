"""Findings as SARIF 2.1.0, for code scanning and for viewers in editors."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from posixpath import isabs
from urllib.parse import quote

from archlint import __version__
from archlint.model import Confidence, Finding, Severity, Site
from archlint.report.advice import advice_of
from archlint.report.checkup import Checkup
from archlint.report.hops import Hop, places, saying
from archlint.report.remedies import Remedy, remedies
from archlint.rulebook import Rule

Json = dict[str, object]
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
_RANKS = {Confidence.CERTAIN: 100.0, Confidence.LIKELY: 70.0, Confidence.GUESS: 30.0}
_EXTERNAL = frozenset({"configuration", "baseline", "revision"})
_PLACEHOLDER = re.compile(r"\{(\d+)\}")
_LONGEST = 1_024
"""Characters of a rule's full description."""
_MOST_PLACES = 1_000
"""Locations of one result; a path through more is told by its first thousand."""


def report(checkup: Checkup) -> str:
    """A SARIF log with one run."""
    results = _Results(checkup)
    listed = [results.result(finding) for finding in checkup.findings]
    run: Json = {
        "tool": {
            "driver": {
                "name": "archlint",
                "version": __version__,
                "semanticVersion": __version__,
                "organization": "archlint",
                "shortDescription": {"text": "The linter and diagram maker for serverless architectures on AWS."},
                "rules": [_rule(checkup.rulebook.rules[id_]) for id_ in results.rules],
            }
        },
        "automationDetails": {"id": "archlint/check/"},
        "invocations": [{"executionSuccessful": True}],
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The top of the repository."}}},
        "artifacts": [
            {"location": results.artifact(path), "roles": ["analysisTarget"]} for path in checkup.reading.documents
        ],
        "results": listed,
    }
    log: Json = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _rule(rule: Rule) -> Json:
    help_ = f"{rule.title}.\n\n{rule.why}"
    markdown = f"**{rule.title}.**\n\n{rule.why}\n\n{_markdown(rule)}".rstrip() + "\n"
    return {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in rule.id.split("-")),
        "shortDescription": {"text": f"{rule.title}."},
        "fullDescription": {"text": _short(" ".join(rule.why.split()))},
        "help": {"text": help_, "markdown": markdown},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "tags": ["architecture", "serverless", rule.group],
            "precision": "high",
            "problem.severity": _PROBLEMS[rule.severity],
        },
    }


def _markdown(rule: Rule) -> str:
    """The rest of a rule's page."""
    parts = []
    if because := [exemption.because for exemption in rule.exemptions if exemption.because]:
        parts.append("It does not fire where\n" + "".join(f"\n- {text}" for text in because))
    if rule.patterns:
        parts.append(f"Patterns that help: {', '.join(f'`{pattern}`' for pattern in rule.patterns)}.")
    if rule.references:
        parts.append("References\n" + "".join(f"\n- <{reference}>" for reference in rule.references))
    return "\n\n".join(parts)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


class _Results:
    def __init__(self, checkup: Checkup) -> None:
        self._checkup = checkup
        self._reading = checkup.reading
        self._places = {path: place for place, path in enumerate(checkup.reading.documents)}
        self._seen: dict[str, int] = {}
        self._judged = len(checkup.shown) != len(checkup.findings)
        self.rules = sorted({finding.rule for finding in checkup.findings})

    def result(self, finding: Finding) -> Json:
        """One finding: its place, its further places linked from the message, its path as a code flow."""
        hops = [hop for hop in places(finding) if not hop.primary][:_MOST_PLACES]
        told = remedies(finding, self._reading)
        result: Json = {
            "ruleId": finding.rule,
            "ruleIndex": self.rules.index(finding.rule),
            "level": _LEVELS[finding.severity],
            "rank": _RANKS[finding.confidence],
            "message": {"text": _message(finding, hops, advice_of(finding, self._reading))},
            "locations": [self._location(finding.site, finding.label)],
            "relatedLocations": [
                {"id": number, **self._location(hop.site, hop.label)} for number, hop in enumerate(hops, 1)
            ],
            "partialFingerprints": self._fingerprints(finding),
            "properties": _properties(finding, told),
        }
        if finding.path:
            flow = [{"location": self._location(edge.site, saying(edge))} for edge in finding.path[:_MOST_PLACES]]
            result["codeFlows"] = [{"threadFlows": [{"locations": flow}]}]
        if self._judged:
            result["suppressions"] = list(_suppressions(finding))
        return {key: value for key, value in result.items() if value != [] or key == "suppressions"}

    def _fingerprints(self, finding: Finding) -> Mapping[str, str]:
        """Fingerprints of which each result of a run has its own."""
        count = self._seen[finding.fingerprint] = self._seen.get(finding.fingerprint, 0) + 1
        return {"archlint/v1": finding.fingerprint, "primaryLocationLineHash": f"{finding.fingerprint}:{count}"}

    def _location(self, site: Site, label: str) -> Json:
        span = self._reading.span(site)
        line = self._reading.documents[span.path].line(span.line)
        end = span.end_column if span.end_line == span.line else len(line) + 1
        end = max(end, span.column + 1)
        region = {
            "startLine": span.line,
            "startColumn": span.column,
            "endLine": span.line,
            "endColumn": end,
            "snippet": {"text": line[span.column - 1 : end - 1]},
        }
        found: Json = {"physicalLocation": {"artifactLocation": self.artifact(site.document), "region": region}}
        if label:
            found["message"] = {"text": label}
        return found

    def artifact(self, path: str) -> Json:
        """Where a document is: relative to the repository's top where it is inside."""
        shown = self._checkup.in_repository(path)
        place: Json = {"index": self._places[path]} if path in self._places else {}
        if isabs(shown) or shown.startswith("../"):
            from pathlib import Path  # noqa: PLC0415  only outside the repository

            return {"uri": Path(path).absolute().as_uri(), **place}
        return {"uri": quote(shown.strip("<>")), "uriBaseId": "SRCROOT", **place}


def _message(finding: Finding, hops: Sequence[Hop], advice: str) -> str:
    """The message, the further places linked from it as ``[text](id)``, and what helps."""
    text = _plain(_ended(finding.message))
    if hops:
        links = (f"[{_plain(hop.label or 'here')}]({number})" for number, hop in enumerate(hops, 1))
        text += f" See {', '.join(links)}."
    if advice:
        text += f" Help: {_plain(_ended(advice))}"
    return text


def _properties(finding: Finding, told: Sequence[Remedy]) -> Json:
    properties: Json = {
        "confidence": finding.confidence.word,
        "components": [one.id for one in finding.components],
    }
    if told:
        properties["snippets"] = [{"language": one.language, "text": one.snippet} for one in told]
    return properties


def _ended(text: str) -> str:
    text = " ".join(text.split())
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _plain(text: str) -> str:
    """Text in which nothing is a link or a placeholder."""
    text = text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return _PLACEHOLDER.sub(r"{{\1}}", text)


def _suppressions(finding: Finding) -> Iterator[Json]:
    if finding.suppressed:
        kind = "external" if finding.suppressed_by in _EXTERNAL else "inSource"
        yield {"kind": kind, "status": "accepted", "justification": finding.reason}
