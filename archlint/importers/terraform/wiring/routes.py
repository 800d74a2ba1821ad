"""What the two API Gateways share: integrations, and how callers are authorized."""

from __future__ import annotations

from collections.abc import Mapping

from archlint.importers.infrastructure.integrations import Integration, connect_integration
from archlint.importers.infrastructure.openapi import auth_of, connect_openapi
from archlint.importers.infrastructure.symbols import parsed
from archlint.importers.terraform.blocks import Block
from archlint.importers.terraform.symbols import symbol_of
from archlint.importers.terraform.wiring.permissions import role_statements
from archlint.importers.terraform.world import Target, World
from archlint.model import Site
from archlint.model.tuples import NamedTuple
from archlint.source import Limits


def connect(  # noqa: PLR0913  what an integration is made of
    world: World, apis: list[Target], block: Block, names: Names, *, route: str, site: Site
) -> None:
    """Connect APIs with what an integration leads to."""
    kind, subtype = block.get(names.kind).data, block.get("integration_subtype").data
    credentials = block.get(names.credentials)
    method = block.get("integration_http_method").data
    integration = Integration(
        kind=kind if isinstance(kind, str) else "",
        uri=symbol_of(world, block.get(names.uri)),
        site=site,
        route=route,
        method=method if isinstance(method, str) else "",
        subtype=subtype if isinstance(subtype, str) else "",
        parameters=symbol_of(world, block.get("request_parameters")),
        templates=symbol_of(world, block.get("request_templates")),
        connection=symbol_of(world, block.get("connection_id")),
        milliseconds=symbol_of(world, block.get("timeout_milliseconds")),
        transfer=symbol_of(world, block.get("response_transfer_mode")),
    )
    for api in apis:
        connect_integration(world.stack, api.end, integration, lambda _: list(role_statements(world, credentials)))


class Names(NamedTuple):
    """How an API's integrations call what they have in common."""

    kind: str
    uri: str
    credentials: str


def connect_body(world: World, apis: list[Target], block: Block) -> bool:
    """Connect APIs with what their OpenAPI body says; whether there is one."""
    given = block.get("body")
    if given.data is None:
        return False
    body = parsed(symbol_of(world, given), Limits())
    for api in apis:
        world.set_properties([api], connect_openapi(world.stack, api.end, body, block.site("body")))
    return True


def set_auth(world: World, apis: list[Target], kinds: Mapping[str, set[str]]) -> None:
    """Set ``auth`` from how the routes of an API are authorized, route by kind, once its authorizers are connected."""
    for api in apis:
        asked = [kind for kind, routes in kinds.items() for _ in routes]
        world.set_properties([api], {"auth": auth_of(asked, world.stack, api.end)})
