"""What a service gives to others: the outputs of its stack, those that the framework adds, and exports by name."""

from __future__ import annotations

from collections.abc import Mapping

from archlint.importers.infrastructure import End, Local, Named
from archlint.importers.infrastructure.symbols import shown
from archlint.importers.serverless import naming
from archlint.importers.serverless.building import Building

_OWN = {
    "ServiceEndpoint": naming.REST_API,
    "HttpApiId": naming.HTTP_API,
    "HttpApiUrl": naming.HTTP_API,
    "ServiceEndpointWebsocket": naming.WEBSOCKET_API,
}
_STACK_NAME = "${AWS.StackName}"
_FUNCTION = "QualifiedArn"


def read_outputs(building: Building) -> Mapping[str, End]:
    """The outputs by their keys; other stacks find them as ``stack.key`` and by the name of their export."""
    stack = building.stack
    outputs: dict[str, End] = {key: Local(id_) for key, id_ in _OWN.items() if id_ in stack.resources}
    for alias, end in stack.aliases.items():
        outputs[f"{alias}{_FUNCTION}"] = end
    for key, settings in building.template.section("Outputs").items():
        value = building.end(settings.get("Value"), "other")
        if value is None or (isinstance(value, Named) and value.type == "other"):
            continue
        outputs[key] = value
        name = settings.at("Export", "Name")
        if name is not None and (text := shown(building.symbol(name))):
            stack.exports[text.replace(_STACK_NAME, building.stack_name)] = value
    for key, end in outputs.items():
        stack.exports[f"{building.stack_name}.{key}"] = end
    return outputs
