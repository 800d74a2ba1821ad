"""SAM's ``Globals``, merged into the resources before anything is read.

https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html
"""

from __future__ import annotations

from collections.abc import Mapping

from archlint.importers.cloudformation.raw import Raw

_SECTIONS = {
    "Function": "AWS::Serverless::Function",
    "Api": "AWS::Serverless::Api",
    "HttpApi": "AWS::Serverless::HttpApi",
    "WebSocketApi": "AWS::Serverless::WebSocketApi",
    "SimpleTable": "AWS::Serverless::SimpleTable",
    "StateMachine": "AWS::Serverless::StateMachine",
    "LayerVersion": "AWS::Serverless::LayerVersion",
    "CapacityProvider": "AWS::Serverless::CapacityProvider",
    "WebFunction": "AWS::Serverless::WebFunction",
}
_NEVER = frozenset({"Role", "Policies", "FunctionName", "Events"})
"""What ``Globals`` cannot set for a function."""


def with_globals(type_: str, properties: Raw, sections: Mapping[str, Raw], ignored: Raw = None) -> Raw:
    """A resource's properties with those that hold for all of its type: its own win, maps merge, lists concatenate.

    ``ignored`` is what the resource says that it does not take (``IgnoreGlobals``): a list of keys, or ``*``.
    """
    for section, own in _SECTIONS.items():
        everywhere = sections.get(section)
        if own == type_ and isinstance(everywhere, dict) and ignored != "*":
            left = (*_NEVER, *(ignored if isinstance(ignored, list) else ()))
            allowed = {key: value for key, value in everywhere.items() if key not in left}
            return _merged(allowed, properties if isinstance(properties, dict) else {})
    return properties


def _merged(everywhere: Raw, own: Raw) -> Raw:
    if isinstance(everywhere, dict) and isinstance(own, dict) and not (_is_function(everywhere) or _is_function(own)):
        found = dict(everywhere)
        for key, value in own.items():
            found[key] = _merged(found[key], value) if key in found else value
        return found
    if isinstance(everywhere, list) and isinstance(own, list):
        return everywhere + own
    return own


def _is_function(raw: dict[str, Raw]) -> bool:
    return len(raw) == 1 and next(iter(raw)).startswith(("Fn::", "Ref", "Condition"))
