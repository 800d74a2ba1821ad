"""Compute that is no function: ECS, Batch, EC2, App Runner, Glue, the new kinds of Lambda."""

from __future__ import annotations

from archlint.importers.cloudformation.item import Item, Reader
from archlint.importers.cloudformation.readers.iam import environment_of, run_as
from archlint.importers.infrastructure.ends import Local
from archlint.importers.infrastructure.symbols import Reference, field, items, parts_of


def _service(item: Item) -> None:
    """A service runs its task definition: its role and environment are the service's."""
    item.add("ecs_service", {}, item.get("ServiceName"))
    for part in parts_of(item.get("TaskDefinition")):
        if isinstance(part, Reference) and isinstance(part.end, Local):
            item.stack.aliases.setdefault(part.end.id, item.end)
            task = item.build.resources.get(part.end.id)
            if task is not None:
                run_as(item, task.get("TaskRoleArn"))
    for balancer, _ in items(item.get("LoadBalancers")):
        for part in parts_of(field(balancer, "TargetGroupArn")):
            if isinstance(part, Reference) and isinstance(part.end, Local):
                item.build.registered.setdefault(part.end.id, []).append(item.end)


def _service_wires(item: Item) -> None:
    for part in parts_of(item.get("TaskDefinition")):
        task = (
            item.build.resources.get(part.end.id)
            if isinstance(part, Reference) and isinstance(part.end, Local)
            else None
        )
        if task is not None:
            for container, _ in items(task.get("ContainerDefinitions")):
                variables = {
                    str(index): field(entry, "Value")
                    for index, (entry, _) in enumerate(items(field(container, "Environment")))
                }
                environment_of(item, variables, ("TaskDefinition",))


def _task(item: Item) -> None:
    """A task definition of no service is run by itself, such as by a workflow."""
    if item.id not in item.stack.aliases:
        item.add("ecs_service", {}, item.get("Family"))
        run_as(item, item.get("TaskRoleArn"))


def _batch(item: Item) -> None:
    item.add("batch_job", {}, item.get("JobDefinitionName"))
    run_as(item, item.get("ContainerProperties", "JobRoleArn"))


def _instance(item: Item) -> None:
    item.add("ec2", {})


def _runner(item: Item) -> None:
    item.add("app_runner", {}, item.get("ServiceName"))
    run_as(item, item.get("InstanceConfiguration", "InstanceRoleArn"))


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
    "AWS::AppRunner::Service": Reader(_runner),
    "AWS::Glue::Job": Reader(_glue),
    "AWS::Lambda::CapacityProvider": Reader(_capacity),
    "AWS::Serverless::CapacityProvider": Reader(_capacity),
    "AWS::Lambda::WebFunction": Reader(_web),
    "AWS::Serverless::WebFunction": Reader(_web),
    "AWS::Lambda::MicrovmImage": Reader(_microvm),
    "AWS::Serverless::MicrovmImage": Reader(_microvm),
}
