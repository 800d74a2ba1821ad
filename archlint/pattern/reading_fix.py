"""Reading ``fix``: changes in terms of roles."""

from __future__ import annotations

from collections.abc import Mapping

from archlint.model.places import Route
from archlint.pattern.arrows import parse_steps
from archlint.pattern.expressions import Expression, ExpressionError
from archlint.pattern.faults import Faults
from archlint.pattern.parsing import parse_expression
from archlint.pattern.reading_templates import parse_template
from archlint.pattern.shape import Data, items, mapping, only, text, words
from archlint.pattern.templates import Template
from archlint.pattern.terms import Addition, FixPlan, Link, PropertyPlan, Step
from archlint.vocabulary import vocabulary

_KEYS = frozenset({"safety", "description", "when", "set", "add", "connect", "disconnect", "flip", "remove"})
_SAFETY = ("safe", "unsafe")


def read_fix(data: Data, route: Route, faults: Faults) -> FixPlan:
    """A plan; what is wrong with it is noted and left out."""
    plan = mapping(data, route, faults, "fix")
    only(plan, _KEYS, route, faults, "fix")
    safety = text(plan.get("safety", "unsafe"), (*route, "safety"), faults, "safety")
    if safety not in _SAFETY:
        faults.unknown((*route, "safety"), "safety", safety, _SAFETY)
    description = text(plan.get("description", ""), (*route, "description"), faults, "description")
    return FixPlan(
        description=_template(description, (*route, "description"), faults),
        safe=safety == "safe",
        sets=_sets(plan.get("set", {}), (*route, "set"), faults),
        adds=_adds(plan.get("add", {}), (*route, "add"), faults),
        connects=_connects(plan.get("connect", ()), (*route, "connect"), faults),
        disconnects=_names(plan, "disconnect", route, faults),
        flips=_names(plan, "flip", route, faults),
        removes=_names(plan, "remove", route, faults),
        when=_when(plan, route, faults),
    )


def _names(plan: Mapping[str, Data], key: str, route: Route, faults: Faults) -> tuple[str, ...]:
    return tuple(name for _, name in words(plan.get(key, ()), (*route, key), faults, key))


def _when(plan: Mapping[str, Data], route: Route, faults: Faults) -> Expression | None:
    if "when" not in plan:
        return None
    place = (*route, "when")
    try:
        return parse_expression(text(plan["when"], place, faults, "when"))
    except ExpressionError as error:
        faults.add(place, str(error))
        return None


def _sets(data: Data, route: Route, faults: Faults) -> tuple[PropertyPlan, ...]:
    plans = []
    for target, value in mapping(data, route, faults, "set").items():
        name, dot, attribute = target.partition(".")
        if not dot:
            faults.add((*route, target), f"`{target}` names no property", expected="`role.property`", key=True)
            continue
        plans.append(PropertyPlan(name, attribute, _value(value, (*route, target), faults)))
    return tuple(plans)


def _adds(data: Data, route: Route, faults: Faults) -> tuple[Addition, ...]:
    additions = []
    for name, value in mapping(data, route, faults, "add").items():
        place = (*route, name)
        body = value if isinstance(value, Mapping) else {"type": value}
        type_ = text(body.get("type"), (*place, "type"), faults, "type")
        known = vocabulary().types.get(type_)
        if known is None:
            faults.unknown((*place, "type"), "type", type_, vocabulary().types)
            continue
        for key in body.keys() - {"type", "id"} - known.properties.keys():
            faults.unknown((*place, key), "property of a fix", key, known.properties, key=True)
        properties = {
            key: _value(item, (*place, key), faults) for key, item in body.items() if key not in {"type", "id"}
        }
        template = text(body.get("id", name), (*place, "id"), faults, "id")
        additions.append(Addition(name, type_, _template(template, (*place, "id"), faults), properties))
    return tuple(additions)


def _connects(data: Data, route: Route, faults: Faults) -> tuple[Link, ...]:
    links = []
    for place, item in items(data, route):
        body = item if isinstance(item, Mapping) else {text(item, place, faults, "a connection"): {}}
        for written, properties in body.items():
            try:
                hops, _ = parse_steps(written)
            except ValueError as error:
                faults.add(place, str(error))
                continue
            steps = [Step(hop.source, hop.target, hop.arrow) for hop in hops]
            values = {
                key: _value(value, (*place, written, key), faults)
                for key, value in mapping(properties, (*place, written), faults, "properties").items()
            }
            links += [Link(step, {}) for step in steps[:-1]]
            links.append(Link(steps[-1], values))
    return tuple(links)


def _value(data: Data, route: Route, faults: Faults) -> Data | Expression:
    if isinstance(data, str) and data.startswith("="):
        try:
            return parse_expression(data[1:])
        except ExpressionError as error:
            faults.add(route, str(error))
            return None
    return data


def _template(written: str, route: Route, faults: Faults) -> Template:
    try:
        return parse_template(written)
    except ExpressionError as error:
        faults.add(route, str(error))
        return Template(())
