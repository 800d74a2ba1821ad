"""What a finding says, and where: message, labels, path, evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archlint.facts import Row
from archlint.lint.evidence import evidence_of
from archlint.lint.fixing import make_fix
from archlint.lint.showing import Shower
from archlint.lint.subjects import About, Case, Told, identity
from archlint.lint.trail import in_order_of_traffic
from archlint.model import Component, Confidence, Connection, Finding, Related, Severity, Site
from archlint.model.record import replace
from archlint.pattern.templates import Template
from archlint.rulebook import Level, Rule
from archlint.search import Search, Solution


class Wording:
    """Makes the findings of one rule."""

    def __init__(self, rule: Rule, search: Search, level: Level | None) -> None:
        self._rule = rule
        self._search = search
        self._message = level.message if level is not None and level.message is not None else rule.message
        self._help = level.help if level is not None and level.help is not None else rule.help
        self._fix = level.fix if level is not None and level.fix is not None else rule.fix
        self._show = Shower(search.graph)
        self._names = Shower(search.graph, in_names=True)

    def finding(
        self,
        case: Case,
        solution: Solution,
        severity: Severity,
        confidence: Confidence,
    ) -> Finding:
        """The finding of a case: worded by one of its solutions, its components those of all."""
        (about, connection), solutions = case.subject, case.solutions
        component = about.component if isinstance(about, Told) else about if isinstance(about, Component) else None
        if isinstance(about, Told):
            connection = about.connection or connection
            confidence = min(confidence, about.confidence)
        service = _service(about)
        components, used = self._involved(solution, solutions)
        if isinstance(about, Told):
            ends = (connection.source, connection.target) if connection else ()
            components += [one for one in (component, *ends) if one]
        rule = self._rule
        return Finding(
            rule=rule.id,
            severity=severity,
            confidence=confidence,
            message=self._fill(self._message, solution),
            help=self._fill(self._help, solution) if self._help else "",
            site=self._site(about, connection, service, solution),
            component=component,
            connection=connection,
            components=tuple(dict.fromkeys(components)),
            service=service,
            path=in_order_of_traffic(dict.fromkeys(used)),
            related=tuple(self._related(solutions, component, connection)),
            fix=make_fix(self._fix, self._search, solution, component, self._names) if self._fix else None,
            identity=identity(rule.id, case.named, connection, self._beside(connection)),
            label=self._primary_label(solution, component, connection),
            patterns=rule.patterns,
        )

    def _involved(self, solution: Solution, solutions: Sequence[Solution]) -> tuple[list[Component], list[Connection]]:
        """The components and connections of all solutions, and those that the evidence of the worded one rests on."""
        components = [member for each in solutions for member in (*each.components, *_told(each))]
        used = [edge for each in solutions for edge in each.used]
        for evidence in evidence_of(self._rule, self._search, solution):
            components += evidence.components
            used += evidence.connections
        return components, used

    def _beside(self, connection: Connection | None) -> Sequence[Connection]:
        return self._search.graph.architecture.outgoing(connection.source) if connection is not None else ()

    def _fill(self, template: Template, solution: Solution) -> str:
        return template.fill(self._search.scope(solution), self._show.bound_to(solution))

    def _site(self, about: About, connection: Connection | None, service: str | None, solution: Solution) -> Site:
        if isinstance(about, Told) and about.site is not None:
            return about.site
        if connection is not None:
            return connection.site
        if isinstance(about, Component):
            return about.site
        services = self._search.graph.architecture.services
        if service is not None and service in services:
            return services[service].site
        return next(iter(solution.components)).site

    def _primary_label(self, solution: Solution, component: Component | None, connection: Connection | None) -> str:
        name = self._rule.connection if connection is not None else self._rule.at
        template = self._rule.labels.get(name) if name else None
        return self._fill(template, solution) if template and (component or connection) else ""

    def _related(
        self, solutions: Sequence[Solution], component: Component | None, connection: Connection | None
    ) -> Iterator[Related]:
        """A labelled place for each element of a labelled role or connection, the primary place left out."""
        primary = self._rule.connection if connection is not None else self._rule.at
        seen: set[Component | Connection] = set()
        for name, template in self._rule.labels.items():
            if name == primary:
                continue
            for solution in solutions:
                for element in _elements(solution, name):
                    if element in seen or element is component or element is connection:
                        continue
                    seen.add(element)
                    message = self._fill(template, _focused(solution, name, element))
                    yield Related(message, element if isinstance(element, Component) else None, element.site)


def _elements(solution: Solution, name: str) -> tuple[Component | Connection, ...]:
    if name in solution.edges:
        edges = solution.edges[name]
        return edges if isinstance(edges, tuple) else (edges,)
    return solution.members(name)


def _focused(solution: Solution, name: str, element: Component | Connection) -> Solution:
    """The solution with a plural name bound to one of its members, for a label that speaks of that one."""
    if isinstance(element, Component):
        return replace(solution, roles={**solution.roles, name: element})
    return replace(solution, edges={**solution.edges, name: element})


def _told(solution: Solution) -> Iterator[Component]:
    """The components that the rows of a solution speak of."""
    for row in solution.rows.values():
        if isinstance(row, Row):
            yield from row.evidence.components


def _service(about: About) -> str | None:
    if isinstance(about, Component | Told):
        return about.service
    return about
