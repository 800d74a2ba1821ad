"""The interactive page: one file that needs no network.

Nothing of the user is markup in it: texts in the picture are escaped, everything else is data that the script shows as
text. Its policy allows the page's own style and script, by their hashes, and nothing else.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path
from string import Template

from archlint import __version__
from archlint.draw.cards import LEGEND, legend_of, signs_of
from archlint.draw.figures import arrow_elements
from archlint.draw.icons import icons_of
from archlint.draw.look import DARK, LIGHT, PAGE, variables
from archlint.draw.page.content import content
from archlint.draw.painting import drawn
from archlint.draw.scene import Line, Scene
from archlint.draw.sheet import Sheet
from archlint.draw.svg import fonts, images
from archlint.model.record import replace

_FOLDER = Path(__file__).parents[1] / "page"
_SCRIPTS = ("data", "view", "picture", "filters", "panel", "selecting", "search", "theme", "keys", "live", "start")
"""In the order in which they need each other."""
_MORE_LIGHT = (
    "--panel:#fff;--rule:#e4e8ed;--rule-strong:#aab4c0;--hover:#f1f4f7;--accent:#0a5bd3;"
    "--shadow:0 6px 24px #1622331f,0 1px 3px #16223314;--error-ink:#8f2410;--error-soft:#fdeeea;"
    "--error-badge:#c93a1d;--warning-badge:#a86400;--info-badge:#4f6b8f;"
)
_MORE_DARK = (
    "--panel:#1b2028;--rule:#2d343f;--rule-strong:#586577;--hover:#262d38;--accent:#6aa8ff;"
    "--shadow:0 6px 24px #0008,0 1px 3px #0006;--error-ink:#ffb4a1;--error-soft:#3a1d17;"
    "--error-badge:#d9532f;--warning-badge:#b8791a;--info-badge:#5f7ea6;"
)


def write(sheet: Sheet) -> bytes:
    """The page as UTF-8. It shows links, findings and patterns in its own way."""
    sheet = replace(sheet, scene=_bare(sheet.scene))
    style, script = _style(), _script()
    connect = "; connect-src 'self'" if sheet.context.revision else ""
    policy = (
        f"default-src 'none'; img-src data:; font-src data:; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        f"base-uri 'none'; form-action 'none'{connect}"
    )
    title = escape(sheet.scene.title or "Architecture")
    text = Template((_FOLDER / "page.html").read_text(encoding="utf-8")).substitute(
        policy=policy,
        version=__version__,
        title=title,
        about=escape(_about(sheet)),
        style=style,
        picture=_picture(sheet, title),
        legend="".join((*map(_entry, legend_of(sheet)), *_signs(sheet))),
        data=_data(sheet),
        script=script,
    )
    return text.encode()


def _bare(scene: Scene) -> Scene:
    """The scene with nothing on top of it."""
    return scene._replace(
        nodes=tuple(node._replace(link="", marks=()) for node in scene.nodes),
        arrows=tuple(arrow._replace(link="", marks=()) for arrow in scene.arrows),
        boxes=tuple(box._replace(marks=()) for box in scene.boxes),
        outlines=(),
        notes=(),
    )


def _about(sheet: Sheet) -> str:
    components, services = len(sheet.scene.nodes), len(sheet.scene.boxes)
    counts = f"{components:,} component{'s' * (components != 1)}"
    if services:
        counts += f" in {services:,} service{'s' * (services != 1)}"
    return " \u00b7 ".join(part for part in (sheet.scene.remark or counts, sheet.scene.source[:200]) if part)


def _picture(sheet: Sheet, title: str) -> str:
    """The picture in colours that the style chooses; what is outside of it is cut by nothing."""
    area = sheet.geometry.extent.grown(24)
    icons = icons_of(sheet.scene, small=True)
    return (
        f'<svg id="picture" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="{area.left:.1f} {area.top:.1f} {area.width:.1f} {area.height:.1f}" '
        f'role="group" aria-label="{title}">'
        f"<defs>{images(icons)}</defs>{''.join(drawn(sheet.scene, sheet.geometry, PAGE, icons))}</svg>"
    )


def _entry(line: Line) -> str:
    sample = "".join(arrow_elements(line, [(float(x), 7.0) for x in range(1, 40, 2)], PAGE))
    return (
        f'<label><input type="checkbox" value="{line.value}" checked>'
        f'<svg viewBox="0 0 40 14" aria-hidden="true">{sample}</svg>{escape(LEGEND[line])}</label>'
    )


def _signs(sheet: Sheet) -> Iterator[str]:
    for text in signs_of(sheet):
        sign, _, status = text.partition(" ")
        yield f'<p class="sign {status}"><b>{sign}</b>{status}</p>'


def _data(sheet: Sheet) -> str:
    """JSON that can stand in a script element: no character of it could end the element or begin a comment."""
    text = json.dumps(content(sheet), ensure_ascii=False, separators=(",", ":"))
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text


@cache
def _style() -> str:
    light, dark = variables(LIGHT) + _MORE_LIGHT, variables(DARK) + _MORE_DARK
    themes = (
        f":root{{{light}color-scheme:light}}"
        f"@media(prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}color-scheme:dark}}}}"
        f":root[data-theme=dark]{{{dark}color-scheme:dark}}"
        f"@media print{{:root:root{{{light}color-scheme:light}}}}"
    )
    return f"{fonts()}{themes}\n{(_FOLDER / 'page.css').read_text(encoding='utf-8')}"


@cache
def _script() -> str:
    """The scripts in one scope of their own."""
    parts = [(_FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in _SCRIPTS]
    return '(() => {\n"use strict";\n' + "\n".join(parts) + "})();\n"


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
