"""Reading a serverless.yml into a stack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from archlint.importers.cloudformation.item import Build, Folder
from archlint.importers.cloudformation.readers.networks import groups_of, join_groups
from archlint.importers.context import Context
from archlint.importers.infrastructure import End, Stack
from archlint.importers.infrastructure.networks import Networks
from archlint.importers.infrastructure.permissions import Permissions
from archlint.importers.infrastructure.roles import Roles
from archlint.importers.infrastructure.symbols import field
from archlint.importers.serverless.building import Building
from archlint.importers.serverless.events.apis import add_url
from archlint.importers.serverless.events.reading import read_events
from archlint.importers.serverless.events.trigger import Making
from archlint.importers.serverless.functions import Function, connect_failures, declare_functions
from archlint.importers.serverless.outputs import read_outputs
from archlint.importers.serverless.permissions import read_permissions
from archlint.importers.serverless.placed import Placed, placed
from archlint.importers.serverless.plugins.lift import construct_grants, construct_output, read_constructs
from archlint.importers.serverless.plugins.service_proxies import read_proxies
from archlint.importers.serverless.plugins.state_machines import declare_machines, read_machine
from archlint.importers.serverless.project import Project
from archlint.importers.serverless.resources import Resources
from archlint.importers.serverless.routes import Apis
from archlint.importers.serverless.templates import Template
from archlint.importers.serverless.variables import Variables
from archlint.model import Site
from archlint.model.tuples import NamedTuple
from archlint.source import Document, TooDeepError

_SHOWN = 40
"""Characters of a cloud's name that a message repeats."""


class Deployed(NamedTuple):
    """A service that was read, and what its outputs are, by their keys."""

    stack: Stack
    outputs: Mapping[str, End]


def read(document: Document, path: Path | None, context: Context) -> Sequence[Stack]:
    """The stack of a serverless.yml: one service."""
    folder = path.resolve().parent if path is not None else context.root
    deployed = read_service(document, folder, context, {})
    return [deployed.stack] if deployed is not None else []


def read_service(
    document: Document, folder: Path, context: Context, parameters: Mapping[str, Placed]
) -> Deployed | None:
    """The service of a configuration; ``parameters`` come from a composition.

    None, and a problem, if it is nested too deeply or not for AWS.
    """
    try:
        root = placed(document, context.limits.depth)
    except TooDeepError as error:
        context.problems.at(document, error.node, "this is nested too deeply")
        return None
    stack = Stack("", Site(document.path, ("service",)))
    noted: set[tuple[str, Site]] = set()

    def note(message: str, site: Site) -> None:
        if (message, site) not in noted:
            noted.add((message, site))
            stack.note(message, site)

    variables = Variables(root, Project(context, folder, parameters, construct_output), note)
    if _is_elsewhere(variables, document, context):
        return None
    stack.name = _service_name(variables) or folder.name or "service"
    parts = variables.at("resources")
    template = Template(parts.items if parts is not None else [])
    building = Building(stack, variables, template, stack.name, variables.stage)
    build = Build(stack, template.scope, context, Folder(str(folder)), Permissions(stack), Roles(), Networks())
    return Deployed(stack, _read(building, build))


def _is_elsewhere(variables: Variables, document: Document, context: Context) -> bool:
    """Whether a service is deployed to another cloud; that is a problem."""
    provider = variables.at("provider", "name") or variables.at("provider")
    cloud = provider.text if provider is not None else None
    if provider is None or not cloud or "${" in cloud or cloud.lower() == "aws":
        return False
    context.problems.at_site(
        document,
        provider.site,
        f"this service is deployed to `{cloud[:_SHOWN]}`",
        expected="`aws`, which is what archlint knows",
    )
    return True


def _service_name(variables: Variables) -> str:
    service = variables.at("service", "name") or variables.at("service")
    return service.text or "" if service is not None else ""


def _read(building: Building, build: Build) -> Mapping[str, End]:
    """Read part by part: what is named before what names it, what is made by hand before what is implied."""
    making = Making(building, Apis(building))
    functions = declare_functions(building)
    machines = declare_machines(building)
    functions += read_constructs(building, making.apis)
    for id_ in building.stack.resources:
        building.template.know(id_, id_)
    resources = Resources(building, build)
    resources.declare()
    for function in functions:
        _read_function(making, function)
    for machine in machines:
        read_machine(making, machine)
    read_proxies(building, making.apis)
    making.apis.finish()
    resources.connect()
    read_permissions(building, build, functions, construct_grants(building))
    build.roles.settle(build.permissions)
    build.permissions.connect()
    _join_groups(building, build, functions)
    resources.finish()
    return read_outputs(building)


def _join_groups(building: Building, build: Build, functions: list[Function]) -> None:
    """Say in which security groups functions are, and what stands in ``resources``."""
    for item in build.resources.values():
        join_groups(item)
    inherited = building.section("provider", "vpc")
    for function in functions:
        vpc = function.settings.get("vpc") or inherited
        for group in groups_of(field(building.symbol(vpc), "securityGroupIds")) if vpc is not None else ():
            build.networks.join(group, function.end)
    build.networks.connect(building.stack)


def _read_function(making: Making, function: Function) -> None:
    connect_failures(making.building, function)
    read_events(making, function.events(), function.end, function.key)
    if (url := function.settings.get("url")) is not None:
        add_url(making.building, url, function.key, url.site)
