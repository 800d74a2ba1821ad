"""Facts of components and connections, each over small graphs."""

from __future__ import annotations

import pytest

from archlint.facts import Graph
from archlint.model import UNKNOWN, Architecture, Component, Connection, Service, Site, Style


@pytest.fixture
def of(describe):
    """The value of a fact: of a component by its id, of a connection by its place in the file."""

    def value(text: str, name: str, element: str | int):
        graph = Graph(describe(text).architecture)
        if isinstance(element, int):
            return graph.connection_value(graph.architecture.connections[element], name)
        return graph.component_value(graph.architecture.by_id[element], name)

    return value


@pytest.mark.parametrize(
    ("function", "target", "connection", "refuted"),
    [
        ("", "type: rds", "confidence: guess", True),
        ("", "type: elasticache", "confidence: guess", True),
        ("", "type: rds", "confidence: likely", False),
        (", vpc: true", "type: rds", "confidence: guess", False),
        (", vpc: unknown", "type: rds", "confidence: guess", False),
        (", managed_instances: true", "type: rds", "confidence: guess", False),
        ("", "type: rds, public: true", "confidence: guess", False),
        ("", "type: rds, public: unknown", "confidence: guess", False),
        ("", "type: aurora, data_api: true", "confidence: guess", False),
        ("", "type: aurora", "confidence: guess, via: data_api", False),
        ("", "type: dynamodb", "confidence: guess", False),
    ],
)
def test_a_guess_that_no_network_allows(of, function: str, target: str, connection: str, refuted: bool) -> None:
    text = f"components: {{f: {{type: lambda{function}}}, t: {{{target}}}}}\nconnections: [{{f =write=> t: {{{connection}}}}}]"
    assert of(text, "refuted", 0) is refuted


SAGA = "components: {{w: step_functions, f: lambda, g: lambda, h: lambda, api: http_api, t: dynamodb, u: dynamodb, d: sqs}}\nconnections: [{}]"


@pytest.mark.parametrize(
    ("connections", "stores", "compensates"),
    [
        ("w => f, w => g, f =write=> t, g =write=> u", 2, False),
        ("w => f, f =write=> t, f =write=> u", 1, False),
        ("w => f, w => g, f =write=> t, g =write=> t", 1, False),
        ("w => f, w =write=> u, f =write=> t", 2, False),
        ("w => api, api => f, w => g, f =write=> t, g =write=> u", 2, False),
        ("w => f, w => g, f =read=> t, g =write=> u", 1, False),
        ("w => f, w => g, w !> h, f =write=> t, g =write=> u", 2, True),
        ("w => f, w => g, w !> d, f =write=> t, g =write=> u", 2, False),
        ("{w => f: {catch: true}}, w => g, w => h, f =write=> t, g =write=> u, h =write=> t", 2, True),
        ("{w => f: {catch: true}}, w => g, f =write=> t, g =write=> u", 2, False),
        ("{w => f: {catch: unknown}}, w => g, f =write=> t, g =write=> u", 2, UNKNOWN),
        ("{w => f: {catch: [{Next: Undo}]}}, w => g, f =write=> t, g =write=> u", 2, UNKNOWN),
    ],
)
def test_sagas(of, connections: str, stores: int, compensates) -> None:
    text = SAGA.format(connections)
    assert of(text, "written_stores", "w") == stores
    assert of(text, "compensates", "w") is compensates


@pytest.mark.parametrize(
    ("target", "network", "stranded"),
    [
        ("third_party", "net: vpc", True),
        ("third_party", "net: nat", False),
        ("third_party", "door: {type: vpc_endpoint, serves: [third_party]}", True),
        ("third_party", "other: sqs", False),
        ("dynamodb", "door: {type: vpc_endpoint, serves: [s3]}", True),
        ("dynamodb", "door: {type: vpc_endpoint, serves: [s3, dynamodb]}", False),
        ("dynamodb", "door: {type: vpc_endpoint, serves: unknown}", UNKNOWN),
        ("dynamodb", "door: vpc_endpoint", False),
        ("{type: rest_api, private: true}", "net: vpc", False),
        ("{type: rest_api}", "net: vpc", True),
        ("aurora", "net: vpc", False),
    ],
)
def test_what_a_vpc_keeps_in(of, target: str, network: str, stranded) -> None:
    text = f"components:\n  f: {{type: lambda, vpc: true}}\n  x: {target}\n  {network}\nconnections: [f => x]"
    assert of(text, "stranded", 0) is stranded
    assert of(text.replace("vpc: true", "vpc: false"), "stranded", 0) is False


def test_a_function_of_which_it_is_not_known_whether_it_is_in_the_vpc(of) -> None:
    text = "components: {f: {type: lambda, vpc: unknown}, x: third_party, n: vpc}\nconnections: [f => x, f !> x]"
    assert of(text, "stranded", 0) is UNKNOWN
    assert of(text, "stranded", 1) is False


KB, MB = 1024, 1024 * 1024


@pytest.mark.parametrize(
    ("connection", "limit"),
    [
        ("f -> q", MB),
        ("f -> small", 64 * KB),
        ("f -> n", 256 * KB),
        ("n -> g", 256 * KB),
        ("q -> f", MB),
        ("f -> g", MB),
        ("f => g", 6 * MB),
        ("a => f", 6 * MB),
        ("{a => f: {async_invocation: true}}", MB),
        ("a -> b", 10 * MB),
        ("c => a", 10 * MB),
        ("w => f", 256 * KB),
        ("alb => f", MB),
        ("f =write=> t", 400 * KB),
        ("f =read=> t", None),
        ("f =write=> b", None),
        ("f -> odd", UNKNOWN),
        ("u => f", None),
    ],
)
def test_the_largest_message(of, connection: str, limit) -> None:
    text = (
        "components: {f: lambda, g: lambda, q: sqs, small: {type: sqs, max_message_size: 64KB}, odd: {type: sqs, max_message_size: unknown}, n: sns, a: http_api, c: client, "
        "w: step_functions, alb: alb, t: dynamodb, b: s3, u: {type: function_url, streaming: true}}\n"
        f"connections: [{connection}]"
    )
    assert of(text, "payload_limit", 0) == limit


@pytest.mark.parametrize(
    ("api", "more", "route", "is_open"),
    [
        ("{type: http_api}", "", "", True),
        ("{type: http_api, auth: jwt}", "", "", False),
        ("{type: http_api, auth: unknown}", "", "", UNKNOWN),
        ("{type: rest_api, private: true}", "", "", False),
        ("{type: rest_api, endpoint: private}", "", "", False),
        ("http_api", "", ": {public: true}", False),
        ("http_api", "", ": {signature: unknown}", UNKNOWN),
        ("http_api", "", ": {route: OPTIONS /x}", False),
        ("http_api", ", a =authorize=> f", "", False),
        ("http_api", ", {a =authorize=> f: {route: GET /y}}", ": {route: GET /x}", True),
        ("http_api", ", {a =authorize=> f: {route: GET /x}}", ": {route: GET /x}", False),
        ("websocket_api", ", {a =authorize=> f: {route: $connect}}", ": {route: move}", False),
        ("http_api", ", {c => a: {signature: true}}", "", False),
        ("http_api", ", {c => a: {signature: true}}, d => a", "", True),
        ("http_api", ", {c => a: {public: true}}, d => a", "", False),
    ],
)
def test_whether_everybody_may_call(of, api: str, more: str, route: str, is_open) -> None:
    call = f"{{a => f{route}}}" if route else "a => f"
    text = f"components: {{a: {api}, f: lambda, c: client, d: client}}\nconnections: [{call}{more}]"
    assert of(text, "open_to_all", 0) is is_open


def test_nobody_but_an_api_is_open(of) -> None:
    assert of("components: {f: lambda, g: lambda}\nconnections: [f => g]", "open_to_all", 0) is False


def test_what_a_proxy_is_asked_for(of) -> None:
    text = (
        "components: {q: sqs, f: {type: lambda, reserved_concurrency: 30}, g: {type: lambda, reserved_concurrency: 10, connections_per_instance: 2}, "
        "p: {type: rds_proxy, max_connections_percent: 50}, db: {type: aurora, max_connections: 90}}\n"
        "connections: [f => p, {g => db: {via: proxy}}, p => db]"
    )
    assert of(text, "demand", "p") == 50
    assert of(text, "pool", "p") == 45
    assert of(text.replace("50}", "unknown}"), "pool", "p") is UNKNOWN
    assert of(text.replace("f: {type: lambda, reserved_concurrency: 30}", "f: lambda"), "demand", "p") is None
    assert of(text.replace(", p => db", ""), "pool", "p") is None


def test_services_that_a_request_passes_through(of) -> None:
    text = (
        "services:\n  a: {components: {f: lambda, e: sqs}, connections: [f -> b.q, f !> e]}\n"
        "  b: {components: {q: sqs, g: lambda, t: dynamodb}, connections: [q -> g, g => c.h, c.h =read=> t]}\n"
        "  c: {components: {h: lambda}, connections: [h => b.g]}\n  d: {components: {i: lambda}, connections: [i => c.h]}\n"
    )
    shown = {id_: of(text, "flow_services", id_) for id_ in ("a.f", "a.e", "b.g", "b.t", "c.h", "d.i")}
    assert shown == {"a.f": 3, "a.e": 1, "b.g": 3, "b.t": 1, "c.h": 3, "d.i": 3}
    assert of("components: {f: lambda}", "flow_services", "f") == 0


@pytest.mark.parametrize(
    ("component", "fact", "holds"),
    [
        ("jobs-dlq: sqs", "named_dead_letter", True),
        ("jobs_dead: sqs", "named_dead_letter", True),
        ("q: {type: sqs, label: Dead letters}", "named_dead_letter", True),
        ("JobsDLQ: sqs", "named_dead_letter", True),
        ("deadline: sqs", "named_dead_letter", False),
        ("rejected: sqs", "named_dead_letter", False),
        ("q: {type: sqs, label: a queue without DLQ}", "named_dead_letter", False),
        ("tick: {type: schedule, label: CloudWatch Rule}", "named_cloudwatch", True),
        ("cloudwatch-event: eventbridge_rule", "named_cloudwatch", True),
        ("tick: {type: schedule, label: A crontab}", "named_cloudwatch", True),
        ("tick: schedule", "named_cloudwatch", False),
        ("tick: {type: schedule, label: aws_cloudwatch_event.tick}", "named_cloudwatch", False),
    ],
)
def test_names(of, component: str, fact: str, holds: bool) -> None:
    assert of(f"components:\n  {component}", fact, component.partition(":")[0]) is holds


def test_what_a_breaker_lacks(of) -> None:
    text = "components: {f: lambda, x: third_party}\nconnections: [f => x: {breaker: {failure_threshold: 5, backoff: true}}]"
    assert of(text, "breaker_lacks", 0) == ("open_timeout", "half_open")
    assert of(text.replace("backoff: true", "managed_by: a library"), "breaker_lacks", 0) is None
    assert of(text.replace("{failure_threshold: 5, backoff: true}", "true"), "breaker_lacks", 0) is None


def test_who_declares_a_connection(of) -> None:
    text = "services:\n  a: {components: {n: sns}, connections: [n -> b.q]}\n  b: {components: {q: sqs}}\nconnections: [a.n -> b.q]\n"
    assert [of(text, "declared_in", place) for place in (0, 1)] == ["a", None]


def test_infrastructure_code_is_told_from_a_description() -> None:
    place, other = Site("a.yaml", ("Resources", "T")), Site("b.yaml", ("Resources", "Q"))
    topic, queue = Component("a.t", "sns", "a", {}, place), Component("b.q", "sqs", "b", {}, other)
    edge = Connection(topic, queue, Style.ASYNC, "deliver", {}, place)
    services = {"a": Service("a", Site("a.yaml", ())), "b": Service("b", Site("b.yaml", ()))}
    graph = Graph(Architecture("A", (topic, queue), (edge,), services, documents=("a.yaml", "b.yaml")))
    assert graph.component_value(topic, "imported") is True
    assert graph.connection_value(edge, "declared_in") == "a"
    described = Component("t", "sns", None, {}, Site("a.yaml", ("components", "t")))
    assert Graph(Architecture("A", (described,), (), {})).component_value(described, "imported") is False
