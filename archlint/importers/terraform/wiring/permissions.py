"""IAM: which roles components have, and what the policies of these let them do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from archlint.importers.infrastructure import End, Local, Named
from archlint.importers.infrastructure.addresses import called_host
from archlint.importers.infrastructure.managed import managed_by_aws
from archlint.importers.infrastructure.permissions import Permissions, Principal, Statement, statements
from archlint.importers.terraform.blocks import Block, Declared, nested
from archlint.importers.terraform.documents import document_of
from archlint.importers.terraform.symbols import symbol_of
from archlint.importers.terraform.values import Data, Evaluated, Opaque, Ref, Text, refs_in
from archlint.importers.terraform.world import Target, World, is_data, physical_name
from archlint.model import Confidence, Site, Style

_ROLES = {
    "aws_apprunner_service": ("instance_configuration", "instance_role_arn"),
    "aws_glue_job": ("", "role_arn"),
    "aws_kinesisanalyticsv2_application": ("", "service_execution_role"),
    "aws_lambda_function": ("", "role"),
    "aws_ecs_service": ("", "task_definition"),
    "aws_ecs_task_definition": ("", "task_role_arn"),
    "aws_instance": ("", "iam_instance_profile"),
}
"""What runs code: the nested block and attribute that name its role, or what has it."""
_HOLDERS = {"aws_ecs_task_definition": "task_role_arn", "aws_iam_instance_profile": "role"}
_ROLE = "aws_iam_role"
_POLICIES = ("aws_iam_policy",)


def connect_permissions(world: World) -> None:
    """Connect what runs code with what its role and its environment say it uses."""
    permissions = Permissions(world.stack)
    granted = world.once("roles", lambda: Roles(world))
    holders: dict[str, dict[str, None]] = defaultdict(dict)
    for kind, (inner, attribute) in _ROLES.items():
        for item, block in world.of_kind(kind):
            if item.address in world.stack.resources:
                for role in granted.named_by(_inner(block, inner).get(attribute)):
                    holders[role][item.address] = None
    for role, addresses in holders.items():
        for address in addresses:
            principal = Principal(Local(address), alone=len(addresses) == 1)
            permissions.allow(principal, granted.statements(role))
        _suppose(world, addresses, granted.unread(role))
    _connect_environments(world, permissions)
    permissions.connect()


_IMAGE = ("source_configuration", "image_repository", "image_configuration")


def _connect_environments(world: World, permissions: Permissions) -> None:
    for item, block in world.of_kind("aws_lambda_function"):
        for holder in block.blocks("environment"):
            _environment(world, permissions, item, holder.get("variables"), holder.site("variables"))
    for item, block in world.of_kind("aws_ecs_service", "aws_ecs_task_definition"):
        if item.address in world.stack.resources:
            for task in _tasks_of(world, item, block):
                _environment(world, permissions, item, _of_containers(task), task.site("container_definitions"))
    for item, block in world.of_kind("aws_apprunner_service"):
        for holder in nested(block, *_IMAGE):
            given = holder.get("runtime_environment_variables")
            _environment(world, permissions, item, given, holder.site("runtime_environment_variables"))


def _inner(block: Block, holder: str) -> Block:
    inner = block.blocks(holder) if holder else ()
    return inner[0] if inner else block


class Roles:
    """The policies of each role, by its address."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._statements: dict[str, list[Statement]] = defaultdict(list)
        self._unread: dict[str, list[Evaluated]] = defaultdict(list)
        for item, block in world.of_kind(_ROLE):
            for inline in block.blocks("inline_policy"):
                self._give([item.address], inline)
            self._attached([item.address], block, "managed_policy_arns")
        for _, block in world.of_kind("aws_iam_role_policy"):
            self._give(self.named_by(block.get("role")), block)
        for _, block in world.of_kind("aws_iam_role_policy_attachment"):
            self._attached(self.named_by(block.get("role")), block, "policy_arn")
        for _, block in world.of_kind("aws_iam_policy_attachment"):
            self._attached(self.named_by(block.get("roles")), block, "policy_arn")

    def statements(self, role: str) -> list[Statement]:
        """What a role allows."""
        return self._statements[role]

    def unread(self, role: str) -> list[Evaluated]:
        """Policies of a role whose statements are not known, only what they refer to."""
        return self._unread[role]

    def named_by(self, given: Evaluated) -> list[str]:
        """The addresses of the roles that a value names."""
        if isinstance(given.data, str):
            known = self._world.once("roles by name", self._by_name)
            return known.get(given.data.rpartition("/")[2], [])
        found = []
        for ref in refs_in(given.data):
            item = self._world.declared.get(ref.address)
            if item is not None and item.kind == _ROLE:
                found.append(item.address)
            elif item is not None and item.kind in _HOLDERS:
                found += self.named_by(item.block.get(_HOLDERS[item.kind]))
        return found

    def _by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for item, block in self._world.of_kind(_ROLE):
            if block is item.block and (name := physical_name(_ROLE, block)):
                found[name].append(item.address)
        return found

    def _attached(self, roles: list[str], holder: Block, name: str) -> None:
        """Attach managed policies: those that are declared, and AWS's own by their ARNs or a data source."""
        data = holder.get(name).data
        written = [_ending(arn) for arn in (data if isinstance(data, list) else [data])]
        for ref in refs_in(data):
            item = self._world.declared.get(ref.address)
            if item is not None and item.kind in _POLICIES:
                for block in item.blocks:
                    if is_data(item.address):
                        written += [_ending(block.get(attribute).data) for attribute in ("name", "arn")]
                    else:
                        self._give(roles, block)
        for policy in written:
            for statement in managed_by_aws(policy, holder.site(name)):
                for role in roles:
                    self._statements[role].append(statement)

    def _give(self, roles: list[str], block: Block) -> None:
        given = block.get("policy")
        document = document_of(given.data)
        if isinstance(document, Ref | Opaque | Text):
            for role in roles:
                self._unread[role].append(Evaluated(document, assumed=True))
        elif document is not None:
            symbol = symbol_of(self._world, Evaluated(document, given.assumed))
            found = list(statements(symbol, block.site("policy")))
            for role in roles:
                self._statements[role] += found


def _ending(arn: Data) -> str:
    """A text, of one with parts that are not known the last one; empty for what is none."""
    last = arn.parts[-1] if isinstance(arn, Text) else arn
    return last if isinstance(last, str) else ""


def _suppose(world: World, addresses: Iterable[str], policies: list[Evaluated]) -> None:
    """Policies of a role that cannot be read say at least what they are about.

    What a mapping of one who has the role polls is named by the permission to receive. A role that several have says of
    none of them that it does what another one may need.
    """
    if not policies:
        return
    holders = [Local(address) for address in addresses]
    sources = world.once("sources by function", lambda: _polled(world))
    polled = {source for holder in holders for source in sources.get(holder, ())}
    sure = Confidence.LIKELY if len(holders) == 1 else Confidence.GUESS
    named = [target for policy in policies for target in world.targets(_without_streams(policy))]
    for holder in holders:
        component = world.stack.resources[holder.id]
        itself = [Target(holder, sure, component.type)]
        for target in named:
            if target.end != holder and target.end not in polled:  # its own name stands in its log group's
                world.suppose(itself, [target], _STYLES.get(target.type, Style.SYNC), component.site)


def _polled(world: World) -> dict[End, list[End]]:
    found: dict[End, list[End]] = defaultdict(list)
    for wire in world.stack.wires:
        if wire.action == "poll":
            found[wire.target].append(wire.source)
    return found


def _without_streams(policy: Evaluated) -> Evaluated:
    """What a policy refers to but for the streams of tables: the permission to read one belongs to its mapping."""
    refs = tuple(ref for ref in refs_in(policy.data) if ref.attribute != "stream_arn")
    return Evaluated(Opaque(refs), policy.assumed)


_STYLES = dict.fromkeys(("sqs", "sns", "eventbridge_bus", "kinesis", "firehose", "step_functions", "msk"), Style.ASYNC)


def _tasks_of(world: World, item: Declared, block: Block) -> Iterator[Block]:
    """The task definition that a service runs, or that is run by itself."""
    if item.kind == "aws_ecs_task_definition":
        yield block
        return
    for ref in refs_in(block.get("task_definition").data):
        task = world.declared.get(ref.address)
        if task is not None and task.kind == "aws_ecs_task_definition":
            yield task.block


def _of_containers(task: Block) -> Evaluated:
    """The environment of all containers of a task definition, as data."""
    given = task.get("container_definitions")
    containers = document_of(given.data)
    variables: list[Data] = []
    for container in containers if isinstance(containers, list) else []:
        entries = container.get("environment") if isinstance(container, dict) else None
        listed = entries if isinstance(entries, list) else []
        variables += [{str(entry.get("name")): entry.get("value")} for entry in listed if isinstance(entry, dict)]
    return Evaluated(variables, given.assumed)


def _environment(world: World, permissions: Permissions, item: Declared, given: Evaluated, site: Site) -> None:
    """The environment variables of what runs code: names of what it uses, and addresses of what it calls."""
    for name, value in _variables(given.data):
        host = called_host(name, value) if isinstance(value, str) else ""
        if host:
            permissions.stack.connect(
                Local(item.address),
                Named("third_party", host),
                Style.SYNC,
                site,
                action="invoke",
                confidence=Confidence.GUESS,
            )
        elif not isinstance(value, str):
            permissions.mention(Local(item.address), symbol_of(world, Evaluated(value, given.assumed)), site)


def _variables(data: Data) -> Iterator[tuple[str, Data]]:
    for part in data if isinstance(data, list) else [data]:
        yield from part.items() if isinstance(part, dict) else [("", part)]


def role_statements(world: World, given: Evaluated) -> Iterator[Statement]:
    """What the role that a value names allows."""
    roles = world.once("roles", lambda: Roles(world))
    for role in roles.named_by(given):
        yield from (statement for statement in roles.statements(role) if not statement.denies)
