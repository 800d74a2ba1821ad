"""Reading a pattern: plain data → roles and clauses, with every name checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from archlint.model.places import Route
from archlint.pattern.arrows import Hop, parse_arrow, parse_steps
from archlint.pattern.expressions import Expression, ExpressionError
from archlint.pattern.faults import Faults
from archlint.pattern.names import (
    RELATIONS,
    SYSTEM_SETTINGS,
    component_names,
    component_property,
    connection_names,
    connection_property,
)
from archlint.pattern.parsing import parse_expression
from archlint.pattern.reading_conditions import read_where
from archlint.pattern.reading_fix import read_fix
from archlint.pattern.reading_roles import Declaration, read_declarations, read_types
from archlint.pattern.reading_templates import parse_template
from archlint.pattern.shape import Data, items, mapping, only, sequence, text, words
from archlint.pattern.templates import Template
from archlint.pattern.terms import (
    Arrow,
    Clause,
    Cycle,
    Either,
    Exemption,
    Exists,
    FixPlan,
    Narrow,
    Path,
    Relation,
    Role,
    Same,
    Step,
    When,
    Where,
)
from archlint.vocabulary import vocabulary

_CLAUSES = ("any", "not", "exists", "when", "cycle", "relation", "is", "same", "differ")
_CYCLE_KEYS = frozenset({"as", "over", "through", "without", "without_connections", "connections", "level"})
_EXEMPTION_KEYS = frozenset({"because", "sibling", "match", "when", "same", "differ"})


class PatternReader:
    """Reads the parts of one file that are patterns, over one table of roles.

    First :meth:`declare` the roles, then read the blocks, then :meth:`finish`: it checks the names that expressions
    use, as a clause may speak of a connection that a later one names.
    """

    def __init__(self, faults: Faults, options: Iterable[str] = ()) -> None:
        self.faults = faults
        self.roles: dict[str, Role] = {}
        self._options = frozenset(options)
        self.connections: set[str] = set()
        self._relations: dict[str, frozenset[str]] = {}
        self._expressions: list[tuple[Expression, Route]] = []

    def declare(self, data: Data, route: Route) -> None:
        """Read a ``roles`` section; ``each`` may speak of any role of it."""
        declarations = read_declarations(data, route, self.faults)
        self.roles.update({declaration.role.name: declaration.role for declaration in declarations})
        for declaration in declarations:
            self.roles[declaration.role.name] = self._completed(declaration)

    def _completed(self, declaration: Declaration) -> Role:
        role, route = declaration.role, declaration.route
        where = self._role_where(role, declaration.where, (*route, "where"))
        new = self._role_where(role, declaration.new, (*route, "new"))
        each = () if declaration.each is None else self.clauses(declaration.each, (*route, "each"))
        return role._replace(where=where, each=each, new=new)

    def _role_where(self, role: Role, data: Data, route: Route) -> Where:
        if data is None:
            return ()
        names = component_names(role.types)
        return read_where(
            data, route, self.faults, names, lambda name: component_property(role.types, name), f"role `{role.name}`"
        )

    def clauses(self, data: Data, route: Route) -> tuple[Clause, ...]:
        """A clause or a list of clauses, all of which have to hold."""
        return tuple(clause for place, item in items(data, route) for clause in self._clause(item, place))

    def block(self, data: Mapping[str, Data], route: Route) -> tuple[Clause, ...]:
        """The clauses of a mapping with any of ``match``, ``same``, ``differ`` and ``when``."""
        found: list[Clause] = []
        if "match" in data:
            found += self.clauses(data["match"], (*route, "match"))
        for key in ("same", "differ"):
            if key in data:
                found += self._comparison(data[key], (*route, key), differ=key == "differ")
        if "when" in data:
            found += self._whens(data["when"], (*route, "when"))
        return tuple(found)

    def exemptions(self, data: Data, route: Route) -> tuple[Exemption, ...]:
        """The entries of ``unless``."""
        return tuple(self._exemption(item, place) for place, item in sequence(data, route, self.faults, "unless"))

    def _exemption(self, data: Data, route: Route) -> Exemption:
        if not isinstance(data, Mapping) or not data.keys() & {"match", "because", "sibling"}:
            return Exemption(self.clauses(data, route))
        only(data, _EXEMPTION_KEYS, route, self.faults, "an exception")
        sibling = data.get("sibling")
        return Exemption(
            self.block(data, route),
            text(data.get("because", ""), (*route, "because"), self.faults, "because"),
            None if sibling is None else text(sibling, (*route, "sibling"), self.faults, "sibling"),
        )

    def _clause(self, data: Data, route: Route) -> list[Clause]:
        if isinstance(data, str):
            return self._steps(data, None, route)
        if not isinstance(data, Mapping):
            self.faults.add(route, "this is no clause", expected="a step such as `a -> b`, or a mapping")
            return []
        found: list[Clause] = []
        for key, value in data.items():
            if key in {"missing", "fix"} and "when" in data:
                continue
            found += self._keyed(key, value, data, (*route, key))
        return found

    def _keyed(self, key: str, value: Data, whole: Mapping[str, Data], route: Route) -> list[Clause]:
        match key:
            case "any":
                options = [self.clauses(item, place) for place, item in sequence(value, route, self.faults, "any")]
                return [Either(tuple(options))]
            case "not":
                return [Exists(self.clauses(value, route), wanted=False)]
            case "exists":
                return [Exists(self.clauses(value, route), wanted=True)]
            case "when":
                return self._whens(value, route, whole)
            case "cycle":
                return self._cycle(value, route)
            case "relation":
                return self._relation(value, route)
            case "is":
                return self._narrowings(value, route)
            case "same" | "differ":
                return self._comparison(value, route, differ=key == "differ")
            case _ if "=" in key or ">" in key:
                return self._steps(key, value, route)
            case _:
                self.faults.unknown(route, "clause", key, _CLAUSES, key=True)
                return []

    def _steps(self, written: str, conditions: Data, route: Route) -> list[Clause]:
        try:
            hops, name = parse_steps(written)
        except ValueError as error:
            self.faults.add(route, str(error), key=conditions is not None)
            return []
        if isinstance(conditions, str) or (conditions is not None and not isinstance(conditions, Mapping)):
            self._inline_role(hops[-1], conditions, route)
            conditions = None
        for hop in hops:
            self._known_roles((hop.source, hop.target), route)
            self._known_actions(hop.arrow, route)
        if name is not None:
            self.connections.add(name)
        last = len(hops) - 1
        return [
            self._hop(hop, conditions if index == last else None, name if index == last else None, route)
            for index, hop in enumerate(hops)
        ]

    def _inline_role(self, hop: Hop, types: Data, route: Route) -> None:
        name = hop.target if hop.target not in self.roles else hop.source
        if name in self.roles:
            self.faults.add(route, f"the role `{name}` is declared already", expected="conditions on the connection")
            return
        self.roles[name] = Role(name, read_types(types, route, self.faults), name.replace("_", " "))

    def _hop(self, hop: Hop, conditions: Data, name: str | None, route: Route) -> Clause:
        written = {} if conditions is None else dict(mapping(conditions, route, self.faults, "conditions"))
        through = read_types(written.pop("through", "any"), (*route, "through"), self.faults)
        where = read_where(written, route, self.faults, connection_names(), connection_property, "a connection")
        if hop.path:
            return Path(hop.source, hop.target, hop.arrow, through, where, name, route)
        if conditions is not None and "through" in dict(mapping(conditions, route, self.faults, "conditions")):
            self.faults.add((*route, "through"), "`through` is for paths", expected="an arrow with `+`", key=True)
        return Step(hop.source, hop.target, hop.arrow, where, name, route)

    def _known_roles(self, names: Iterable[str], route: Route) -> None:
        for name in names:
            if name not in self.roles:
                self.faults.unknown(route, "role", name, sorted(self.roles), key=True)

    def _known_actions(self, arrow: Arrow, route: Route) -> None:
        known = vocabulary().actions
        for action in sorted((arrow.actions or frozenset()) - known):
            self.faults.unknown(route, "action", action, sorted(known), key=True)

    def _whens(self, data: Data, route: Route, whole: Mapping[str, Data] | None = None) -> list[Clause]:
        missing, fix = None, None
        if whole and "missing" in whole:
            missing = self.template(whole["missing"], (*route[:-1], "missing"))
        if whole and "fix" in whole:
            fix = self.fix(whole["fix"], (*route[:-1], "fix"))
        found: list[Clause] = []
        for place, item in items(data, route):
            if isinstance(item, Mapping):
                found += self._whens(item.get("when"), (*place, "when"), item)
            elif expression := self.expression(item, place):
                found.append(When(expression, missing, fix, place))
        return found

    def _comparison(self, data: Data, route: Route, *, differ: bool) -> list[Clause]:
        found: list[Clause] = []
        for name, roles in mapping(data, route, self.faults, "differ" if differ else "same").items():
            listed = tuple(role for _, role in words(roles, (*route, name), self.faults, "a role"))
            self._known_roles(listed, (*route, name))
            found.append(Same(name, listed, differ))
        return found

    def _narrowings(self, data: Data, route: Route) -> list[Clause]:
        found: list[Clause] = []
        for role, types in mapping(data, route, self.faults, "is").items():
            self._known_roles((role,), (*route, role))
            found.append(Narrow(role, read_types(types, (*route, role), self.faults)))
        return found

    def _relation(self, data: Data, route: Route) -> list[Clause]:
        relation, _, name = text(data, route, self.faults, "relation").partition(" as ")
        relation, name = relation.strip(), name.strip()
        if relation not in RELATIONS:
            self.faults.unknown(route, "relation", relation, sorted(RELATIONS))
            return []
        self._relations[name or relation] = RELATIONS[relation]
        return [Relation(relation, name or relation)]

    def _cycle(self, data: Data, route: Route) -> list[Clause]:
        body = mapping(data, route, self.faults, "cycle")
        only(body, _CYCLE_KEYS, route, self.faults, "cycle")
        name = text(body.get("as", "cycle"), (*route, "as"), self.faults, "as")
        through = read_types(body.get("through", "any"), (*route, "through"), self.faults)
        self.roles[name] = Role(name, through, name, plural=True)
        hops = body.get("connections")
        hops_name = None if hops is None else text(hops, (*route, "connections"), self.faults, "connections")
        if hops_name:
            self.connections.add(hops_name)
        return [
            Cycle(
                name,
                self._arrows(body.get("over", ("~>",)), (*route, "over")),
                through,
                self._wheres(body.get("without"), (*route, "without"), through),
                self._wheres(body.get("without_connections"), (*route, "without_connections"), None),
                hops_name,
                body.get("level") == "service",
            )
        ]

    def _arrows(self, data: Data, route: Route) -> tuple[Arrow, ...]:
        found = []
        for place, written in words(data, route, self.faults, "an arrow"):
            try:
                found.append(parse_arrow(written))
            except ValueError as error:
                self.faults.add(place, str(error))
            else:
                self._known_actions(found[-1], place)
        return tuple(found)

    def _wheres(self, data: Data, route: Route, types: frozenset[str] | None) -> tuple[Where, ...]:
        if data is None:
            return ()
        return tuple(self._where(item, place, types) for place, item in items(data, route))

    def _where(self, data: Data, route: Route, types: frozenset[str] | None) -> Where:
        if types is None:
            return read_where(data, route, self.faults, connection_names(), connection_property, "a connection")
        known = component_names(types)
        return read_where(data, route, self.faults, known, lambda name: component_property(types, name), "a component")

    def expression(self, data: Data, route: Route) -> Expression | None:
        """One expression; its names are checked by :meth:`finish`."""
        try:
            found = parse_expression(text(data, route, self.faults, "an expression"))
        except ExpressionError as error:
            self.faults.add(route, str(error))
            return None
        self._expressions.append((found, route))
        return found

    def template(self, data: Data, route: Route) -> Template:
        """A text with expressions; their names are checked by :meth:`finish`."""
        try:
            found = parse_template(text(data, route, self.faults, "a message").strip())
        except ExpressionError as error:
            self.faults.add(route, str(error))
            return Template(())
        self._expressions += [(expression, route) for expression in found.expressions]
        return found

    def fix(self, data: Data, route: Route) -> FixPlan:
        """A fix; the names it uses are checked by :meth:`finish`."""
        plan = read_fix(data, route, self.faults)
        added = {addition.name for addition in plan.adds}
        for planned in plan.sets:
            self.check_attribute(planned.name, planned.property, (*route, "set"))
        for link in plan.connects:
            self._known_roles({link.step.source, link.step.target} - added, (*route, "connect"))
        values = [planned.value for planned in plan.sets]
        values += [value for thing in (*plan.adds, *plan.connects) for value in thing.properties.values()]
        values += [] if plan.when is None else [plan.when]
        for link_name in (*plan.disconnects, *plan.flips):
            if link_name not in self.connections:
                self.faults.unknown(route, "connection", link_name, sorted(self.connections))
        self._known_roles(plan.removes, (*route, "remove"))
        self._expressions += [(value, route) for value in values if isinstance(value, Expression)]
        return plan

    def finish(self) -> None:
        """Check every name that an expression uses."""
        for expression, route in self._expressions:
            attributes = [name for name, _ in expression.attributes]
            for name in sorted(expression.names - set(attributes)):
                if not self.names(name):
                    self._unknown_name(name, route)
            for name, attribute in expression.attributes:
                self.check_attribute(name, attribute, route)

    def names(self, name: str) -> bool:
        """Whether something is called that: a role, a connection or a row."""
        return name in self.roles or name in self.connections or name in self._relations

    def _fields(self, name: str, attribute: str) -> frozenset[str]:
        """The keys that a property which is a mapping may have."""
        types = self.roles[name].types if name in self.roles else frozenset()
        found = connection_property(attribute) if name in self.connections else component_property(types, attribute)
        return frozenset(found.fields) if found else frozenset()

    def _unknown_name(self, name: str, route: Route) -> None:
        known = sorted({*self.roles, *self.connections, *self._relations})
        self.faults.unknown(route, "role or connection", name, known)

    def check_attribute(self, name: str, attribute: str, route: Route) -> None:
        """Note a fault unless ``name.attribute`` is something that can be read."""
        if name in self.connections:
            known = connection_names()
        elif name in self.roles:
            types = self.roles[name].types
            if not types:
                return  # its type is at fault already
            known = component_names(types)
        elif name in self._relations:
            known = self._relations[name]
        elif name == "options":
            known = self._options
        elif name == "system":
            known = SYSTEM_SETTINGS
        else:
            self._unknown_name(name, route)
            return
        attribute, _, field = attribute.partition(".")
        if attribute in known and field:
            attribute, known = field, self._fields(name, attribute)
        if attribute not in known:
            self.faults.unknown(route, f"property of `{name}`", attribute, sorted(known))
