"""The problems of the files that are being read, gathered so that all of them are reported at once."""

from __future__ import annotations

from collections.abc import Iterable

from yaml import Node

from archlint.importers.near_components import meant_component
from archlint.model import InputError, Problem, Site, Span
from archlint.model.record import fresh, record
from archlint.source import Document
from archlint.vocabulary import nearest, vocabulary


@record(frozen=False)
class Problems:
    """Problems in the order in which they are noticed; :meth:`raise_any` sorts them by place."""

    found: list[Problem] = fresh(factory=list)

    def at(  # noqa: PLR0913  what a problem is made of
        self,
        document: Document,
        node: Node,
        message: str,
        *,
        expected: str = "",
        suggestion: str = "",
        related: Iterable[tuple[Span, str]] = (),
    ) -> None:
        """Note a problem at a node."""
        self.found.append(Problem(message, document.span_of(node), expected, suggestion, tuple(related)))

    def at_site(
        self, document: Document, site: Site, message: str, *, expected: str = "", suggestion: str = ""
    ) -> None:
        """Note a problem at a site."""
        self.found.append(Problem(message, document.span(site), expected, suggestion))

    def unknown(self, document: Document, node: Node, what: str, name: str, known: Iterable[str]) -> None:
        """Note a name that does not exist, with the nearest one that does."""
        self.at(document, node, f"unknown {what} `{_short(name)}`", suggestion=nearest(name, known))

    def unknown_type(self, document: Document, node: Node, name: str) -> None:
        """Note a component type that does not exist, with the one that may have been meant."""
        meant = vocabulary().type_meant(name)
        expected = "" if meant else "a type that `archlint schema --format markdown` lists, or `other`"
        self.at(document, node, f"unknown component type `{_short(name)}`", expected=expected, suggestion=meant)

    def unknown_component(
        self, document: Document, place: Node | Site, name: str, ids: Iterable[str], service: str | None = None
    ) -> None:
        """Note the name of a component that is not there, with what may have been meant in that service."""
        suggestion, expected = meant_component(name, ids, service)
        span = document.span(place) if isinstance(place, Site) else document.span_of(place)
        self.found.append(Problem(f"unknown component `{_short(name)}`", span, expected, suggestion))

    def raise_any(self) -> None:
        """Raise what was found, by file and place."""
        if self.found:
            raise InputError(sorted(dict.fromkeys(self.found), key=_place))


def _place(problem: Problem) -> tuple[str, int, int]:
    span = problem.span
    return (span.path, span.line, span.column) if span else (problem.path, 0, 0)


def _short(name: str) -> str:
    return name if len(name) <= 80 else name[:79] + "…"
