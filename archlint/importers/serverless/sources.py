"""Where variables come from: a source answers with a value, or says that there is none, or that nobody can know it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from archlint.importers.serverless.placed import Placed, truth
from archlint.importers.serverless.project import Project, Unreadable
from archlint.model import Site
from archlint.model.tuples import NamedTuple

DEFAULT_STAGE = "dev"
DEFAULT_REGION = "us-east-1"


class Missing(NamedTuple):
    """Nothing is there, so the next alternative holds; ``reason`` is empty where that is no news."""

    reason: str


class Unknowable(NamedTuple):
    """Something is there, and only AWS, a program or a plugin knows what; ``reason`` is empty where that is no news."""

    reason: str


Answer: TypeAlias = "Placed | Missing | Unknowable"


class Scope:
    """What sources look into: the configuration and the files of its project."""

    def __init__(self, root: Placed, project: Project, find: Callable[[Placed, list[str]], Placed | None]) -> None:
        self.root = root
        self.project = project
        self._find = find
        self._stage = ""

    def find(self, start: Placed, address: str) -> Placed | None:
        """What stands at an address below a value."""
        return self._find(start, address.split(".") if address else [])

    def of(self, address: str) -> Placed | None:
        """What stands at an address of the configuration; None for null too."""
        found = self.find(self.root, address)
        return None if found is None or found.value is None else found

    def stage(self) -> str:
        """The provider's stage, or the framework's default; the default too while the stage is being found out."""
        if not self._stage:
            self._stage = DEFAULT_STAGE
            found = self.of("provider.stage")
            if found is not None and found.text:
                self._stage = found.text
        return self._stage

    def stack_name(self) -> str:
        """The name that the stack is deployed with."""
        given = self.of("provider.stackName")
        service = self.of("service.name") or self.of("service")
        name = service.text if service is not None else None
        return (given.text if given is not None else None) or f"{name}-{self.stage()}"

    def region(self) -> str:
        """The provider's region, or the framework's default."""
        found = self.of("provider.region")
        return found.text or DEFAULT_REGION if found is not None else DEFAULT_REGION


class Asked(NamedTuple):
    """A reference to a source: what stands in brackets, what after the colon, and the region after a dot."""

    scope: Scope
    parameters: str | None
    address: str
    region: str
    site: Site


def _self(asked: Asked) -> Answer:
    found = asked.scope.find(asked.scope.root, asked.address)
    if found is not None:
        return found
    if asked.address == "service.name":  # the first version's configuration had the name there in either case
        found = asked.scope.of("service")
        if found is not None and found.text:
            return found
    if asked.address == "provider.stage":
        return Placed(DEFAULT_STAGE, asked.site)
    if asked.address == "provider.region":
        return Placed(DEFAULT_REGION, asked.site)
    return Missing(f"nothing stands at `{asked.address[:80]}`")


def _left_open(_asked: Asked) -> Answer:
    """An option or a variable of the environment: what archlint answers must not hang on where it runs."""
    return Missing("")


def _sls(asked: Asked) -> Answer:
    return Placed(asked.scope.stage(), asked.site) if asked.address == "stage" else Unknowable("")


def _aws(asked: Asked) -> Answer:
    if asked.address == "region":
        return Placed(asked.scope.region(), asked.site)
    return Placed("aws", asked.site) if asked.address == "partition" else Unknowable("")


def _param(asked: Asked) -> Answer:
    given = asked.scope.project.parameters.get(asked.address)
    if given is not None:
        return given
    stage = asked.scope.stage()
    for place in (f"params.{stage}", f"stages.{stage}.params", "params.default", "stages.default.params"):
        section = asked.scope.of(place)
        found = None if section is None else section.get(asked.address)
        if found is not None:
            return found
    return Missing("")


def _file(asked: Asked) -> Answer:
    content = asked.scope.project.content(asked.parameters or "", asked.site)
    if isinstance(content, Unreadable):
        return Missing(content.reason) if content.absent else Unknowable(content.reason)
    if not asked.address:
        return content
    found = asked.scope.find(content, asked.address)
    if found is None:
        return Missing(f"nothing stands at `{asked.address[:80]}` in `{(asked.parameters or '')[:80]}`")
    return found


def _cf(asked: Asked) -> Answer:
    """An output of another stack, as an import of it; of the stack itself, what the output is."""
    stack, _, output = asked.address.rpartition(".")
    if stack == asked.scope.stack_name():
        own = asked.scope.find(asked.scope.root, f"resources.Outputs.{output}.Value")
        if own is not None:
            return own
    return Placed({"Fn::ImportValue": Placed(asked.address, asked.site)}, asked.site)


def _ssm(asked: Asked) -> Answer:
    name = asked.address.partition("~")[0]
    return Placed(f"{{{{resolve:ssm:{name}}}}}", asked.site)


def _construct(asked: Asked) -> Answer:
    name, _, output = asked.address.partition(".")
    if asked.scope.of(f"constructs.{name}") is None:
        return Missing(f"there is no construct `{name[:80]}`")
    return asked.scope.project.construct(name, output, asked.site) or Unknowable("")


def _str_to_bool(asked: Asked) -> Answer:
    value = truth(Placed(asked.parameters, asked.site))
    return Placed(value, asked.site) if isinstance(value, bool) else Unknowable("")


def _outside(_asked: Asked) -> Answer:
    return Unknowable("")


SOURCES: Mapping[str, Callable[[Asked], Answer]] = {
    "self": _self,
    "opt": _left_open,
    "env": _left_open,
    "sls": _sls,
    "aws": _aws,
    "param": _param,
    "file": _file,
    "cf": _cf,
    "ssm": _ssm,
    "construct": _construct,
    "strToBool": _str_to_bool,
    "s3": _outside,
    "git": _outside,
    "output": _outside,
    "terraform": _outside,
    "vault": _outside,
    "doppler": _outside,
    "secretsmanager": _outside,
}
