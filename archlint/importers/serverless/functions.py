"""Functions: their settings, the framework's defaults, and where their failures go."""

from __future__ import annotations

from archlint.importers.infrastructure import End, Local
from archlint.importers.serverless import naming
from archlint.importers.serverless.building import Building
from archlint.importers.serverless.placed import Placed, number, truth
from archlint.model import UNKNOWN, Site, Style, Unknown, Value
from archlint.model.tuples import NamedTuple

DEFAULT_TIMEOUT = 6
"""Seconds. Source: https://www.serverless.com/framework/docs/providers/aws/guide/serverless.yml"""
DEFAULT_MEMORY = 1024
"""MB. Source: as above."""

_DAY = 86400
_DESTINATION_TYPES = {"sqs": "sqs", "sns": "sns", "eventbus": "eventbridge_bus", "function": "lambda", "s3": "s3"}
_SERVICE_TAG = "archlint:service"


class Function(NamedTuple):
    """A function: its key, its settings, where its key stands."""

    key: str
    settings: Placed
    site: Site

    @property
    def end(self) -> Local:
        """The function as an end of connections."""
        return Local(self.key)

    def events(self) -> list[Placed]:
        """The entries of its events."""
        events = self.settings.get("events")
        return [] if events is None else events.items


def declare_functions(building: Building) -> list[Function]:
    """Add every function to the stack; a function that is no mapping is noted."""
    section = building.section("functions")
    if section is None:
        return []
    functions: list[Function] = []
    for part in section.items:
        if not isinstance(part.value, dict):
            building.note("the functions cannot be read", part.site)
        for key, settings in part.fields.items():
            site = part.key_site(key)
            if isinstance(settings.value, dict):
                functions.append(Function(key, settings, site))
            elif settings.value is not None:
                building.note(f"the function `{key[:80]}` cannot be read", site)
    for function in functions:
        _declare(building, function)
    return functions


def add_function(building: Building, key: str, settings: Placed, site: Site) -> Function:
    """Add a function that a plugin makes."""
    function = Function(key, settings, site)
    _declare(building, function)
    return function


def _declare(building: Building, function: Function) -> None:
    building.alias(naming.function_id(function.key), function.key)
    given = function.settings.get("name")
    name = given.text if given is not None else None
    name = name or naming.function_name(building.service, building.stage, function.key)
    properties = _properties(building, function.settings)
    building.stack.add(function.key, "lambda", function.site, properties, name=building.name(name))
    tags = {**_tags(building.section("provider", "tags")), **_tags(function.settings.get("tags"))}
    if tags:
        building.stack.tags[function.key] = tags
    if _SERVICE_TAG in tags:
        building.stack.services[function.key] = tags[_SERVICE_TAG]


def _tags(tags: Placed | None) -> dict[str, str]:
    """The tags whose values are known."""
    fields = tags.fields if tags is not None else {}
    return {key: value.text for key, value in fields.items() if value.text}


def _properties(building: Building, settings: Placed) -> dict[str, Value]:
    provider = building.section("provider")
    inherited = provider.fields if provider is not None else {}

    def setting(name: str) -> Placed | None:
        return settings.get(name) or inherited.get(name)

    timeout, memory = number(setting("timeout")), number(setting("memorySize"))
    concurrency = settings.get("provisionedConcurrency")
    if concurrency is not None and isinstance(concurrency.value, dict):
        concurrency = concurrency.get("executions")
    return {
        "timeout": DEFAULT_TIMEOUT if timeout is None else timeout,
        "memory": DEFAULT_MEMORY if memory is None else memory,
        "reserved_concurrency": number(settings.get("reservedConcurrency")),
        "provisioned_concurrency": number(concurrency),
        "retry_attempts": number(settings.get("maximumRetryAttempts")),
        "max_event_age": number(settings.get("maximumEventAge")),
        "vpc": _vpc(settings.fields.get("vpc", inherited.get("vpc"))),
        "tracing": _tracing(settings.get("tracing") or building.section("provider", "tracing", "lambda")),
        "log_retention": _log_retention(setting("logRetentionInDays"), settings.get("disableLogs")),
        "durable": True if settings.get("durableConfig") is not None else None,
    }


def _log_retention(days: Placed | None, disabled: Placed | None) -> Value:
    """How long the log group that the framework makes keeps events; unknown where it makes none."""
    if disabled is not None and truth(disabled) is not False:
        return UNKNOWN
    found = number(days)
    return found * _DAY if isinstance(found, int | float) else found


def _vpc(written: Placed | None) -> bool | Unknown | None:
    """Whether subnets are named: an empty or null section takes a function out of the provider's network."""
    if written is None or written.value is None or written.value is False:
        return None
    if not isinstance(written.value, dict):
        return UNKNOWN
    subnets = written.get("subnetIds")
    return True if subnets is not None and subnets.value != [] else None


def _tracing(written: Placed | None) -> bool | Unknown | None:
    """Whether traces are begun here (``Active`` or true); passing on those of others is Lambda's default."""
    if written is None:
        return None
    if isinstance(written.value, str) and written.value in {"Active", "PassThrough"}:
        return written.value == "Active" or None
    return truth(written)


def connect_failures(building: Building, function: Function) -> None:
    """Where events go that were accepted and could not be processed, and those that were."""
    if (dead := function.settings.get("onError")) is not None:
        _on_failure(building, function, building.end(dead, "sns"), dead)
    destinations = function.settings.get("destinations")
    if destinations is None:
        return
    if (failure := destinations.get("onFailure")) is not None:
        _on_failure(building, function, destination(building, failure), failure)
    if (success := destinations.get("onSuccess")) is not None:
        target = destination(building, success)
        building.connect(function.end, target, Style.ASYNC, success.site, action="on_success")


def _on_failure(building: Building, function: Function, target: End | None, written: Placed) -> None:
    properties: dict[str, Value] = {"attached_to": "function"}
    building.connect(function.end, target, Style.ERROR, written.site, properties=properties)


def destination(building: Building, written: Placed, default: str = "lambda") -> End | None:
    """A destination: a function's key, an ARN, or a mapping with its type."""
    if isinstance(written.value, str):
        return building.function(written) if default == "lambda" else building.end(written, default)
    if (arn := written.get("arn")) is not None:
        kind = written.get("type")
        type_ = _DESTINATION_TYPES.get((kind.text or "").lower(), default) if kind is not None else default
        return building.end(arn, type_)
    return building.end(written, default)
