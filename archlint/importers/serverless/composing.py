"""serverless-compose.yml: several services, each with a path, deployed together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from archlint.importers.context import Context
from archlint.importers.files import shown
from archlint.importers.infrastructure import Stack
from archlint.importers.kinds import SHORT_TAGS
from archlint.importers.serverless.placed import Placed, placed
from archlint.importers.serverless.reading import Deployed, read_service
from archlint.model import InputError
from archlint.source import Document, TooDeepError, read_document

_NAMES = ("serverless.yml", "serverless.yaml", "serverless.json")
_OUTPUT = re.compile(r"\$\{(?P<service>[A-Za-z][\w-]*)\.(?P<output>[\w.-]+)\}\Z")


def read(document: Document, path: Path | None, context: Context) -> Sequence[Stack]:
    """The stacks of the services of a composition; one whose file is not there is a problem at its path."""
    try:
        root = placed(document, context.limits.depth)
    except TooDeepError as error:
        context.problems.at(document, error.node, "this is nested too deeply")
        return []
    folder = path.resolve().parent if path is not None else context.root
    services = root.get("services")
    found: dict[str, Deployed] = {}
    for key, settings in services.fields.items() if services is not None else ():
        deployed = _service(document, folder, context, settings)
        if deployed is not None:
            found[key] = deployed
    for key, deployed in found.items():
        _link(key, deployed)
    _depend(services, found)
    return [deployed.stack for deployed in found.values()]


def _service(document: Document, folder: Path, context: Context, settings: Placed) -> Deployed | None:
    written = settings.get("path")
    if written is None or not written.text:
        return None
    config = settings.get("config")
    names = (config.text,) if config is not None and config.text else _NAMES
    paths = (context.inside(folder, f"{written.text}/{name}") for name in names)
    file = next((path for path in paths if path is not None and path.is_file()), None)
    if file is None:
        expected = "a folder inside the project with a serverless.yml"
        message = f"there is no service in `{written.text[:200]}`"
        context.problems.at_site(document, written.site, message, expected=expected)
        return None
    try:
        inner = read_document(file, shown(file), context.limits, SHORT_TAGS)
    except InputError as error:
        context.problems.found += error.problems
        return None
    context.documents[inner.path] = inner
    context.parts.add(inner.path)
    parameters = settings.get("params")
    given = {name: _imported(value) for name, value in parameters.fields.items()} if parameters is not None else {}
    return read_service(inner, file.parent, context, given)


def _imported(value: Placed) -> Placed:
    """An output of another service of the composition, as an import of it."""
    found = _OUTPUT.match(value.value) if isinstance(value.value, str) else None
    if found is None:
        return value
    return Placed({"Fn::ImportValue": Placed(_export(found["service"], found["output"]), value.site)}, value.site)


def _export(service: str, output: str) -> str:
    return f"serverless-compose.yml {service}.{output}"


def _link(key: str, deployed: Deployed) -> None:
    """Give the outputs of a service under the name that the composition knows it by."""
    for output, end in deployed.outputs.items():
        deployed.stack.exports[_export(key, output)] = end


def _depend(services: Placed | None, found: dict[str, Deployed]) -> None:
    """What a service says that it depends on, as the imports of its service."""
    for key, settings in services.fields.items() if services is not None else ():
        depends = settings.get("dependsOn")
        if key in found and depends is not None:
            names = [found[item.text].stack.name for item in depends.items if item.text in found]
            if names:
                found[key].stack.properties["imports"] = tuple(names)
