"""Lines without the crossings that need not be, and apart from each other where they would run as one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import hypot

from archlint.draw.crossings import Crossing, crossings
from archlint.draw.lines import evenly, smoothed
from archlint.draw.scene import Arrow
from archlint.draw.shapes import Point, Rect

_STEP = 8.0
_ROUNDS = 6
_PUSHES = 6
_APART = 15.0
"""How far apart lines that run side by side should be, middle to middle."""
_FREE = 5
"""How many steps at each end stay where the line docks."""
_CELL = 16

Polyline = list[Point]


def untwisted(arrows: Sequence[Arrow], lines: Sequence[Polyline]) -> list[Polyline]:
    """Exchange parts of lines that cross twice, or once after a node they share, so that they do not cross.

    The parts run where lines ran before, so that nothing new is in their way.
    """
    even = [evenly(line, _STEP) for line in lines]
    for _ in range(_ROUNDS):
        pairs: dict[tuple[int, int], list[Crossing]] = {}
        for crossing in crossings(even):
            pairs.setdefault((crossing.first, crossing.second), []).append(crossing)
        touched: set[int] = set()
        for (first, second), found in pairs.items():
            if touched & {first, second} or _is_loop(arrows[first]) or _is_loop(arrows[second]):
                continue
            if len(found) > 1:
                even[first], even[second] = _between(even[first], even[second], found[0], found[1])
            elif (exchanged := _from_shared(arrows, even, found[0])) is not None:
                even[first], even[second] = exchanged
            else:
                continue
            touched |= {first, second}
        if not touched:
            break
        even = [evenly(line, _STEP) if place in touched else line for place, line in enumerate(even)]
    return even


def _is_loop(arrow: Arrow) -> bool:
    return arrow.source == arrow.target


def _between(a: Polyline, b: Polyline, one: Crossing, other: Crossing) -> tuple[Polyline, Polyline]:
    """Exchange the parts between two crossings."""
    first_a, last_a = one.first_piece, other.first_piece
    part_a = a[first_a + 1 : last_a + 1]
    runs_along = one.second_piece <= other.second_piece
    first_b, last_b = sorted((one.second_piece, other.second_piece))
    part_b = b[first_b + 1 : last_b + 1]
    turn: Callable[[Polyline], Polyline] = (lambda part: part) if runs_along else (lambda part: part[::-1])
    ends = (one.point, other.point) if runs_along else (other.point, one.point)
    return (
        [*a[: first_a + 1], one.point, *turn(part_b), other.point, *a[last_a + 1 :]],
        [*b[: first_b + 1], ends[0], *turn(part_a), ends[1], *b[last_b + 1 :]],
    )


def _from_shared(
    arrows: Sequence[Arrow], lines: Sequence[Polyline], crossing: Crossing
) -> tuple[Polyline, Polyline] | None:
    """Exchange the parts from a node that both arrows have to where they cross."""
    one, other = arrows[crossing.first], arrows[crossing.second]
    shared = sorted({one.source, one.target} & {other.source, other.target})
    if not shared:
        return None
    a, b = lines[crossing.first], lines[crossing.second]
    a_starts, b_starts = one.source == shared[0], other.source == shared[0]
    near_a, far_a = _parts(a, crossing.first_piece, a_starts)
    near_b, far_b = _parts(b, crossing.second_piece, b_starts)
    new_a, new_b = [*near_b, crossing.point, *far_a], [*near_a, crossing.point, *far_b]
    return (new_a if a_starts else new_a[::-1]), (new_b if b_starts else new_b[::-1])


def _parts(line: Polyline, piece: int, starts: bool) -> tuple[Polyline, Polyline]:
    """The line cut after a piece's beginning, both parts away from the shared node."""
    if starts:
        return line[: piece + 1], line[piece + 1 :]
    return line[:piece:-1], line[piece::-1]


def pushed_apart(lines: Sequence[Polyline], foreign: Sequence[Sequence[Rect]]) -> list[Polyline]:
    """Move the middles of lines that run side by side apart; ``foreign`` are the rectangles each has to keep off."""
    current = [evenly(line, _STEP) for line in lines]
    for _ in range(_PUSHES):
        grid: dict[tuple[int, int], list[tuple[Point, Point, int]]] = {}
        for owner, line in enumerate(current):
            for place in range(1, len(line) - 1):
                point, along = line[place], _direction(line, place)
                grid.setdefault((int(point[0] // _CELL), int(point[1] // _CELL)), []).append((point, along, owner))
        moved = False
        for owner, line in enumerate(current):
            pushes = [
                _push(line[place], _direction(line, place), owner, grid) if _FREE <= place < len(line) - _FREE else 0.0
                for place in range(len(line))
            ]
            if any(pushes):
                shifted = _shifted(line, pushes, foreign[owner])
                moved = moved or shifted is not line
                current[owner] = shifted
        if not moved:
            break
    return current


def _direction(line: Polyline, place: int) -> Point:
    (ax, ay), (bx, by) = line[max(place - 2, 0)], line[min(place + 2, len(line) - 1)]
    size = hypot(bx - ax, by - ay) or 1.0
    return (bx - ax) / size, (by - ay) / size


def _push(point: Point, along: Point, owner: int, grid: dict[tuple[int, int], list[tuple[Point, Point, int]]]) -> float:
    """How far to move along the normal, away from the nearest line on each side that runs the same way."""
    x, y = int(point[0] // _CELL), int(point[1] // _CELL)
    left, right = _APART, _APART
    for dx in (-1, 0, 1):
        for dy in (-1, 0, 1):
            for (px, py), (ax, ay), other in grid.get((x + dx, y + dy), ()):
                if other == owner or abs(ax * along[0] + ay * along[1]) < 0.9:
                    continue
                across = (px - point[0]) * -along[1] + (py - point[1]) * along[0]
                ahead = (px - point[0]) * along[0] + (py - point[1]) * along[1]
                if abs(ahead) > _STEP:
                    continue
                if across > 0 or (across == 0 and other > owner):
                    right = min(right, across)
                else:
                    left = min(left, -across)
    return (right - left) * 0.35 if left < _APART or right < _APART else 0.0


def _shifted(line: Polyline, pushes: list[float], foreign: Sequence[Rect]) -> Polyline:
    """The line moved along its normals, the moves evened out; as it was if that would run into something."""
    wide = 4
    even = [
        sum(pushes[max(place - wide, 0) : place + wide + 1])
        / (2 * wide + 1)
        * min(1.0, place / _FREE, (len(line) - 1 - place) / _FREE)
        for place in range(len(line))
    ]
    if max(map(abs, even)) < 0.2:
        return line
    moved = []
    for place, (point, shift) in enumerate(zip(line, even, strict=True)):
        dx, dy = _direction(line, place)
        moved.append((point[0] - dy * shift, point[1] + dx * shift))
    if any(rect.holds(point, 6.0) for point, shift in zip(moved, even, strict=True) if shift for rect in foreign):
        return line
    return smoothed(moved, 1)
