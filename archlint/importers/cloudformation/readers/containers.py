"""Compute that is no function: ECS, Batch, EC2, App Runner, Glue, the new kinds of Lambda."""

from __future__ import annotations

from collections.abc import Iterator

from archlint.importers.cloudformation.item import Item, Reader
from archlint.importers.cloudformation.readers.iam import environment_of, run_as
from archlint.importers.infrastructure.ends import Local
from archlint.importers.infrastructure.symbols import Reference, Symbol, field, items, parts_of


def _resources(item: Item, value: Symbol) -> Iterator[Item]:
    """The resources of the template that a value refers to."""
    for part in parts_of(value):
        if isinstance(part, Reference) and isinstance(part.end, Local) and part.end.id in item.build.resources:
            yield item.build.resources[part.end.id]


def _service(item: Item) -> None:
    """A service runs its task definition: its role and environment are the service's."""
    item.add("ecs_service", {}, item.get("ServiceName"))
    for task in _resources(item, item.get("TaskDefinition")):
        item.stack.aliases.setdefault(task.id, item.end)
        run_as(item, task.get("TaskRoleArn"))
    for balancer, _ in items(item.get("LoadBalancers")):
        for group in _resources(item, field(balancer, "TargetGroupArn")):
            item.build.registered.setdefault(group.id, []).append(item.end)


def _service_wires(item: Item) -> None:
    for task in _resources(item, item.get("TaskDefinition")):
        _environments(item, task)


def _environments(item: Item, task: Item) -> None:
    """What the containers of a task know by their environments."""
    for container, _ in items(task.get("ContainerDefinitions")):
        entries = enumerate(items(field(container, "Environment")))
        environment_of(item, {str(index): field(entry, "Value") for index, (entry, _) in entries}, ("TaskDefinition",))


def _task(item: Item) -> None:
    """A task definition of no service is run by itself, such as by a workflow."""
    if item.id not in item.stack.aliases:
        item.add("ecs_service", {}, item.get("Family"))
        run_as(item, item.get("TaskRoleArn"))
        _environments(item, item)


def _batch(item: Item) -> None:
    item.add("batch_job", {}, item.get("JobDefinitionName"))
    run_as(item, item.get("ContainerProperties", "JobRoleArn"))


def _instance(item: Item) -> None:
    item.add("ec2", {})
    for profile in _resources(item, item.get("IamInstanceProfile")):
        run_as(item, profile.get("Roles"))


def _runner(item: Item) -> None:
    item.add("app_runner", {}, item.get("ServiceName"))
    run_as(item, item.get("InstanceConfiguration", "InstanceRoleArn"))


_IMAGE = ("SourceConfiguration", "ImageRepository", "ImageConfiguration", "RuntimeEnvironmentVariables")
_CODE = ("SourceConfiguration", "CodeRepository", "CodeConfiguration", "CodeConfigurationValues")


def _runner_wires(item: Item) -> None:
    for path in (_IMAGE, (*_CODE, "RuntimeEnvironmentVariables")):
        for index, (entry, _) in enumerate(items(item.get(*path))):
            environment_of(item, {str(index): field(entry, "Value")}, path)


def _glue(item: Item) -> None:
    item.add("glue_job", {}, item.get("Name"))
    run_as(item, item.get("Role"))


def _capacity(item: Item) -> None:
    item.add("capacity_provider", {}, item.get("CapacityProviderName"))


def _web(item: Item) -> None:
    item.add("lambda_web", {}, item.get("FunctionName"))
    run_as(item, item.get("Role"))


def _microvm(item: Item) -> None:
    item.add("lambda_microvm", {}, item.get("Name"))


READERS = {
    "AWS::ECS::Service": Reader(_service, _service_wires),
    "AWS::ECS::TaskDefinition": Reader(None, _task),
    "AWS::Batch::JobDefinition": Reader(_batch),
    "AWS::EC2::Instance": Reader(_instance),
    "AWS::AppRunner::Service": Reader(_runner, _runner_wires),
    "AWS::Glue::Job": Reader(_glue),
    "AWS::Lambda::CapacityProvider": Reader(_capacity),
    "AWS::Serverless::CapacityProvider": Reader(_capacity),
    "AWS::Lambda::WebFunction": Reader(_web),
    "AWS::Serverless::WebFunction": Reader(_web),
    "AWS::Lambda::MicrovmImage": Reader(_microvm),
    "AWS::Serverless::MicrovmImage": Reader(_microvm),
}
