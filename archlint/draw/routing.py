"""The lines of the arrows: from icon to icon, apart from each other where several meet one side of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import hypot

from archlint.draw.crossings import crossings
from archlint.draw.grid import RectGrid
from archlint.draw.levelling import levelled
from archlint.draw.lines import cut, evenly, flatten, length, smoothed
from archlint.draw.scene import Arrow, Line, Node, Scene
from archlint.draw.shapes import Point, Rect, around_points
from archlint.draw.sizes import ICON, LOOP, icon_rect, text_rects
from archlint.draw.untangling import pushed_apart, untwisted
from archlint.model.record import record

GAP = 5.0
_APART = {Line.SYNC: 15.0, Line.ASYNC: 15.0, Line.ERROR: 12.0, Line.WATCH: 9.0}
"""How much of a side an arrow takes where it docks."""
FINE, COARSE = 3.0, 9.0
"""How far apart the points of a line are at most."""
_MOST_REFINED = 150
"""A picture of more arrows is not read line by line, and the care would take long."""
_ROUNDS = 2
"""How often lines are freed of crossings and moved apart, as either may undo the other."""
_ASIDE = 19.0
"""How far beside the middle of its icon an arrow to itself stands."""
_REACHES = (200.0, 60.0)
"""How far along a line the shift at its end fades out; the shorter where the longer leads into another node."""

_LEFT, _RIGHT, _TOP, _BOTTOM = range(4)
_BESIDE = 0.7
"""How much of its way down a line has to come from beside to be led to the icon and not to the text below it."""
_ABOVE_TEXT = 10.0
"""How far above the text a line ends at the side of an icon."""

Polyline = list[Point]


@record(frozen=False)
class _Dock:
    """One end of a line at one side of an obstacle.

    ``place`` is its coordinate along that side, ``across`` the other one, and ``far`` the mean coordinate along the
    side of the line that follows, which says in what order ends have to be. ``goal`` is where it is to go, between
    ``low`` and ``high``.
    """

    arrow: int
    at_end: bool
    vertical: bool
    place: float
    far: float
    width: float
    low: float
    high: float
    across: float
    goal: float = 0.0

    @property
    def spot(self) -> Point:
        """Where the end is to be."""
        return (self.across, self.goal) if self.vertical else (self.goal, self.across)

    def flee(self, other: _Dock, distance: float) -> None:
        """Move along the side away from another end, as far as the side goes."""
        there = other.spot[1 if self.vertical else 0]
        goal = self.goal + (distance if self.goal >= there else -distance)
        self.goal = min(max(goal, self.low), self.high)


def routed(scene: Scene, centres: Mapping[str, Point], paths: Mapping[int, Sequence[Point]]) -> tuple[Polyline, ...]:
    """A line for each arrow, roughly, to compare layouts: its points are ``COARSE`` apart.

    ``paths`` are chains of Bézier points from centre to centre, by the arrow's place.
    """
    lines = _cut(scene, centres, paths, COARSE)
    _spread(scene, centres, lines)
    return tuple(lines)


def refined(scene: Scene, centres: Mapping[str, Point], paths: Mapping[int, Sequence[Point]]) -> tuple[Polyline, ...]:
    """The same with care: without crossings that need not be, smooth, apart where lines run side by side, ``FINE``."""
    if len(scene.arrows) > _MOST_REFINED:
        rough = _cut(scene, centres, paths, COARSE)
        _spread(scene, centres, rough)
        return _trimmed(scene, centres, rough)
    lines = _cut(scene, centres, paths, FINE)
    loops = {place: line for place, line in enumerate(lines) if _is_loop(scene.arrows[place])}
    lines = untwisted(scene.arrows, lines)
    lines = [evenly(smoothed(evenly(line, FINE), 8), FINE) for line in lines]
    _spread(scene, centres, lines, _foreign(scene, centres, lines))
    lines = untwisted(scene.arrows, lines)  # each side was spread on its own and may disagree with the other end
    for _ in range(_ROUNDS):
        lines = pushed_apart(lines, _foreign(scene, centres, lines))
        if not crossings(lines):
            break
        lines = untwisted(scene.arrows, lines)
    lines = [loops.get(place) or smoothed(line, 2) for place, line in enumerate(lines)]  # a loop is round as it is
    done = _trimmed(scene, centres, lines)
    nodes = {node.id: obstacle(node, centres[node.id]) for node in scene.nodes}
    own = [(*nodes[arrow.source], *nodes[arrow.target]) for arrow in scene.arrows]
    return tuple(levelled(scene, done, own, _foreign(scene, centres, done)))


def _is_loop(arrow: Arrow) -> bool:
    return arrow.source == arrow.target


def _cut(
    scene: Scene, centres: Mapping[str, Point], paths: Mapping[int, Sequence[Point]], step: float
) -> list[Polyline]:
    """The layout's paths from the edge of one node to that of the other, and the arrows from nodes to themselves."""
    nodes = {node.id: node for node in scene.nodes}
    loops: dict[str, int] = {}
    lines: list[Polyline] = []
    for place, arrow in enumerate(scene.arrows):
        if arrow.source == arrow.target:
            count = loops.get(arrow.source, 0)
            loops[arrow.source] = count + 1
            lines.append(_loop(centres[arrow.source], count, nodes[arrow.source].loops))
        else:
            ends = [obstacle(nodes[name], centres[name]) for name in (arrow.source, arrow.target)]
            lines.append(cut(flatten(paths[place]), ends[0], ends[1], gap=GAP, step=step))
    return lines


def _trimmed(scene: Scene, centres: Mapping[str, Point], lines: Sequence[Polyline]) -> tuple[Polyline, ...]:
    """The lines without what has come too near to a corner of their own nodes on the way."""
    nodes = {node.id: node for node in scene.nodes}
    found = []
    for arrow, line in zip(scene.arrows, lines, strict=True):
        if arrow.source == arrow.target:
            found.append(list(line))
            continue
        start, end = (obstacle(nodes[name], centres[name]) for name in (arrow.source, arrow.target))
        kept = cut(line, start, end, gap=GAP - 0.5, step=FINE)
        kept = _reaching(_reaching(kept, end)[::-1], start)[::-1]
        found.append(evenly(kept, FINE))
    return tuple(found)


def _reaching(line: Polyline, rects: Sequence[Rect]) -> Polyline:
    """The line led on to its node where moving its end along a side has left it beside the node."""
    x, y = line[-1]
    targets = [(min(max(x, rect.left), rect.right), min(max(y, rect.top), rect.bottom)) for rect in rects]
    tx, ty = min(targets, key=lambda target: hypot(target[0] - x, target[1] - y))
    missing = hypot(tx - x, ty - y) - GAP
    if missing <= 1.0:
        return line
    share = missing / (missing + GAP)
    tip = (x + (tx - x) * share, y + (ty - y) * share)
    back = min(int(missing * 4 / FINE) + 1, len(line) - 2)
    if back <= 1:
        return [*line[:-1], tip]
    kept = line[: len(line) - back + 1]
    return [*kept, *_turned(kept[-2], kept[-1], tip)]


def _turned(before: Point, start: Point, end: Point) -> Polyline:
    """The bow that goes on from one point as a line came there, and turns to another."""
    run = hypot(start[0] - before[0], start[1] - before[1]) or 1.0
    far = hypot(end[0] - start[0], end[1] - start[1]) / 2
    middle = (start[0] + (start[0] - before[0]) / run * far, start[1] + (start[1] - before[1]) / run * far)
    first = ((start[0] + 2 * middle[0]) / 3, (start[1] + 2 * middle[1]) / 3)
    last = ((end[0] + 2 * middle[0]) / 3, (end[1] + 2 * middle[1]) / 3)
    return flatten([start, first, last, end])[1:]


def _foreign(scene: Scene, centres: Mapping[str, Point], lines: Sequence[Polyline]) -> list[list[Rect]]:
    """For each arrow the nodes near it that are not its own."""
    grid = obstacles(scene, centres)
    foreign = []
    for arrow, line in zip(scene.arrows, lines, strict=True):
        own = {arrow.source, arrow.target}
        foreign.append([rect for name, rect in grid.near(around_points(line).grown(25)) if name not in own])
    return foreign


def obstacles(scene: Scene, centres: Mapping[str, Point]) -> RectGrid[str]:
    """All icons and texts, each with its node's id."""
    grid: RectGrid[str] = RectGrid()
    for node in scene.nodes:
        for rect in obstacle(node, centres[node.id]):
            grid.add(rect, node.id)
    return grid


def obstacle(node: Node, centre: Point) -> tuple[Rect, ...]:
    """The icon, and each line of the text below it."""
    return icon_rect(centre), *text_rects(node, centre)


def _loop(centre: Point, count: int, all_: int) -> Polyline:
    """An arrow from a node to itself, above its icon; later ones go around earlier ones.

    One alone stands at the left, so that what goes straight up, as to a dead-letter queue, does not cross it.
    """
    x, y = centre[0] - (_ASIDE if all_ == 1 else 0.0), centre[1] - ICON / 2 - 2
    wide, high = (9.0 if all_ == 1 else 12.0) + 9 * count, (LOOP + LOOP / 3 * count) / 0.75
    round_ = flatten([(x + wide, y), (x + wide + 16, y - high), (x - wide - 16, y - high), (x - wide, y)])
    return evenly(round_, 1.0)


def _spread(
    scene: Scene, centres: Mapping[str, Point], lines: list[Polyline], foreign: Sequence[Sequence[Rect]] = ()
) -> None:
    """Move the ends that meet a node apart, in the order in which they come, and not into ``foreign`` nodes."""
    nodes = {node.id: node for node in scene.nodes}
    sides: dict[str, dict[tuple[int, int], list[_Dock]]] = {}
    for place, arrow in enumerate(scene.arrows):
        if arrow.source != arrow.target:
            for name, at_end in ((arrow.source, False), (arrow.target, True)):
                side, dock = _dock(place, arrow, at_end, lines[place], obstacle(nodes[name], centres[name]))
                sides.setdefault(name, {}).setdefault(side, []).append(dock)
    shifts: dict[int, list[tuple[_Dock, float]]] = {}
    for docks_by_side in sides.values():
        for docks in docks_by_side.values():
            _settle(docks)
        _round_corners([docks for docks in docks_by_side.values() if docks])
        for dock in (dock for docks in docks_by_side.values() for dock in docks):
            if dock.goal != dock.place:
                shifts.setdefault(dock.arrow, []).append((dock, dock.goal - dock.place))
    for place, moves in shifts.items():
        lines[place] = _moved(lines[place], moves, foreign[place] if foreign else ())


def _round_corners(sides: Sequence[list[_Dock]]) -> None:
    """Move ends apart that meet two sides of a node near the corner between them."""
    for number, one in enumerate(sides):
        for other in sides[number + 1 :]:
            for a in one:
                for b in other:
                    (ax, ay), (bx, by) = a.spot, b.spot
                    near = hypot(ax - bx, ay - by)
                    missing = (a.width + b.width) / 2 - near
                    if a.vertical != b.vertical and missing > 0:
                        a.flee(b, missing / 2)
                        b.flee(a, missing / 2)


def _dock(
    place: int,
    arrow: Arrow,
    at_end: bool,
    line: Polyline,
    rects: Sequence[Rect],
) -> tuple[tuple[int, int], _Dock]:
    """Where an end meets its node: the number of the rectangle and of its side, and the place on it."""
    points = line[::-1] if at_end else line
    point, ahead = points[0], points[: max(min(100, len(points) // 2), 2)]
    which, side = _side(rects, point)
    rect = rects[which]
    vertical = side in {_LEFT, _RIGHT}
    axis = 1 if vertical else 0
    low, high = (rect.top, rect.bottom) if vertical else (rect.left, rect.right)
    inset = 5.0 if high - low > ICON / 2 else -5.0  # the side of a line of text is too short for two
    low, high = low + inset, high - (_ABOVE_TEXT if vertical and which == 0 else inset)
    far = sum(p[axis] for p in ahead) / len(ahead)
    dock = _Dock(place, at_end, vertical, point[axis], far, _APART[arrow.line], low, high, point[1 - axis])
    return (which, side), dock


def _side(rects: Sequence[Rect], point: Point) -> tuple[int, int]:
    """The rectangle, and which of its sides, that an end at a point is led to: the nearest.

    What comes more from beside than from below goes to the icon, also where it meets a long line of text first.
    """
    which, side = min(
        ((number, edge) for number in range(len(rects)) for edge in range(4)),
        key=lambda pair: _distance(rects[pair[0]], pair[1], point),
    )
    x, y = rects[0].centre
    if which and side != _BOTTOM and abs(point[0] - x) > _BESIDE * (point[1] - y):
        return 0, _LEFT if point[0] < x else _RIGHT
    return which, side


def _distance(rect: Rect, side: int, point: Point) -> float:
    """How far a point is from a side."""
    x, y = point
    if side in {_LEFT, _RIGHT}:
        edge = rect.left if side == _LEFT else rect.right
        return hypot(x - edge, max(rect.top - y, y - rect.bottom, 0.0))
    edge = rect.top if side == _TOP else rect.bottom
    return hypot(y - edge, max(rect.left - x, x - rect.right, 0.0))


def _settle(docks: list[_Dock]) -> None:
    """Give each end a place of its own on its side, near where it comes, narrower where there is little room."""
    docks.sort(key=lambda dock: (dock.far, dock.place, dock.arrow))
    low, high = docks[0].low, docks[0].high
    if len(docks) == 1:
        docks[0].goal = min(max(docks[0].place, low), high) if low < high else docks[0].place
        return
    wanted = [(a.width + b.width) / 2 for a, b in zip(docks, docks[1:], strict=False)]
    scale = min(1.0, (high - low) / sum(wanted))
    gaps = [gap * scale for gap in wanted]
    offsets = [0.0]
    for gap in gaps:
        offsets.append(offsets[-1] + gap)
    # Places p[k] = offset[k] + q[k] with q not falling: pooling adjacent violators gives the nearest such q.
    blocks: list[tuple[float, int]] = []
    for dock, offset in zip(docks, offsets, strict=True):
        mean, count = dock.place - offset, 1
        while blocks and blocks[-1][0] > mean:
            other, many = blocks.pop()
            mean, count = (other * many + mean * count) / (many + count), many + count
        blocks.append((mean, count))
    spots = [mean for mean, count in blocks for _ in range(count)]
    for dock, spot, offset in zip(docks, spots, offsets, strict=True):
        room = high - low - offsets[-1]
        dock.goal = min(max(spot, low), low + room) + offset


def _moved(line: Polyline, moves: Sequence[tuple[_Dock, float]], foreign: Sequence[Rect]) -> Polyline:
    """The line with its ends moved along the sides they meet, as gently as other nodes allow."""
    gentle, steep = _REACHES
    moved = _sheared(line, moves, gentle)
    if _inside(moved, foreign) <= _inside(line, foreign):
        return moved
    return _sheared(line, moves, steep)


def _inside(line: Polyline, rects: Sequence[Rect]) -> int:
    """How many points of a line are in rectangles."""
    return sum(rect.holds(point) for rect in rects for point in line)


def _sheared(line: Polyline, moves: Sequence[tuple[_Dock, float]], reach: float) -> Polyline:
    """The line with its ends moved, all of it up to the reach; a straight line shorter than that stays straight."""
    total = length(line)
    reach = min(total, reach)
    moved = []
    done = 0.0
    before = line[0]
    for point in line:
        done += hypot(point[0] - before[0], point[1] - before[1])
        before = point
        x, y = point
        for dock, shift in moves:
            share = max(0.0, 1 - (total - done if dock.at_end else done) / reach)
            if dock.vertical:
                y += shift * share
            else:
                x += shift * share
        moved.append((x, y))
    return moved
