"""How good and how quick pictures are.

Run by hand: ``python tests/bench/drawing.py`` with an installed archlint. Nothing here is a test.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from html import escape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "draw"))
from architectures import architecture
from inventing import invented
from measuring import faults

from archlint.draw.icons import icon_file
from archlint.draw.layout import lay_out
from archlint.draw.look import Look
from archlint.draw.scene import Scene, make_scene
from archlint.importers import read_text

RUNS = 5
COUNT = 200


def quality() -> None:
    """Faults of many invented architectures."""
    total: Counter[str] = Counter()
    bad = []
    sizes = []
    for seed in range(COUNT):
        scene = make_scene(read_text(invented(seed)).architecture)
        sizes.append(len(scene.nodes))
        found = faults(scene, lay_out(scene, "LR" if seed % 4 else "TB"))
        total += found
        if found:
            bad.append(f"{seed} ({', '.join(f'{name}: {count}' for name, count in found.items())})")
    print(f"{COUNT} pictures of {min(sizes)} to {max(sizes)} components, with faults: {len(bad)}  {'; '.join(bad)}")


def stability() -> None:
    """How far components move when one is added: the share of pairs whose order left to right and top to bottom stays."""
    kept = []
    for seed in range(30):
        text = invented(seed)
        before, after = (make_scene(read_text(one).architecture) for one in (text, _with_one_more(text)))
        one, other = lay_out(before, "LR").centres, lay_out(after, "LR").centres
        names = list(one)
        same = [
            (one[a][axis] - one[b][axis]) * (other[a][axis] - other[b][axis]) >= 0
            or abs(one[a][axis] - one[b][axis]) < 30
            or abs(other[a][axis] - other[b][axis]) < 30
            for place, a in enumerate(names)
            for b in names[place + 1 :]
            for axis in (0, 1)
        ]
        kept.append(sum(same) / len(same))
    print(f"order kept when a component is added: {statistics.mean(kept):.1%} of pairs, worst {min(kept):.1%}")


def _with_one_more(text: str) -> str:
    return text.replace("components:\n  client: client\n", "components:\n  client: client\n  auditor: client\n")


def seconds(command: list[str]) -> float:
    """The median wall time of a command, after one run that does not count."""
    times = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


def speed() -> None:
    """A PNG against Graphviz alone on the same graph with as many pixels a point, and a large architecture."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text = next(
            text for text in map(invented, range(COUNT)) if 30 <= len(read_text(text).architecture.components) <= 31
        )
        (folder / "some.yaml").write_text(text)
        (folder / "some.dot").write_text(_dot(make_scene(read_text(text).architecture)))
        code = f"import pygraphviz; pygraphviz.AGraph({str(folder / 'some.dot')!r}).draw({str(folder / 'dot.png')!r}, prog='dot')"
        plain = seconds([sys.executable, "-c", code])
        render = [sys.executable, "-m", "archlint", "render", "-q"]
        ours = seconds([*render, str(folder / "some.yaml"), "-o", str(folder / "ours.png")])
        size = len((folder / "ours.png").read_bytes())
        svg = seconds([*render, str(folder / "some.yaml"), "-o", str(folder / "ours.svg")])
        kilobytes = len((folder / "ours.svg").read_bytes()) / 1024
        (folder / "large.yaml").write_text(architecture(1000))
        start = time.perf_counter()
        subprocess.run([*render, str(folder / "large.yaml"), "-o", str(folder / "large.png")], check=True)
        large = time.perf_counter() - start
    print(
        f"30 components as PNG     {ours:6.3f} s  Graphviz alone {plain:6.3f} s  ratio {ours / plain:.2f}, at most 1.4  ({size / 1024:.0f} KB)"
    )
    print(f"30 components as SVG     {svg:6.3f} s  {kilobytes:.0f} KB, at most 120")
    print(f"1,000 components as PNG  {large:6.1f} s  at most 20")


def _dot(scene: Scene) -> str:
    """The graph as one would draw it with Graphviz: icons and names in tables, services as clusters, sync both ways."""
    names = {node.id: f"n{place}" for place, node in enumerate(scene.nodes)}
    dpi = 72 * Look().scale
    lines = [
        "digraph {",
        f"graph [rankdir=LR splines=spline nodesep=.45 ranksep=.75 dpi={dpi}]; node [shape=plain]; edge [fontsize=10];",
    ]
    for node in scene.nodes:
        file = icon_file(node.icon)
        image = f'<IMG SRC="{file}" SCALE="TRUE"/>' if file else ""
        rows = "".join(f"<TR><TD>{escape(line)}</TD></TR>" for line in (*node.name, *node.detail))
        icon = f'<TR><TD FIXEDSIZE="TRUE" WIDTH="64" HEIGHT="64">{image}</TD></TR>'
        lines.append(f'{names[node.id]} [label=<<TABLE BORDER="0">{icon}{rows}</TABLE>>];')
    for place, box in enumerate(scene.boxes):
        members = " ".join(names[member] for member in box.members)
        lines.append(
            f'subgraph cluster_{place} {{ label="{box.name}" style="rounded,filled" fillcolor="#eaf2fb" {members} }}'
        )
    for arrow in scene.arrows:
        ends = [(arrow.source, arrow.target)]
        if arrow.line.value == "sync":
            ends.append((arrow.target, arrow.source))
        lines += [f'{names[a]} -> {names[b]} [label="{" ".join(arrow.label)}"];' for a, b in ends]
    return "\n".join([*lines, "}"])


if __name__ == "__main__":
    wanted = sys.argv[1:] or ["quality", "stability", "speed"]
    for part in (quality, stability, speed):
        if part.__name__ in wanted:
            part()
