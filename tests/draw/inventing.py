"""Architectures made up by a seed: services of the usual kinds, connected at random as services are."""

from __future__ import annotations

from random import Random

WORDS = (
    "order",
    "stock",
    "parcel",
    "invoice",
    "payment",
    "customer",
    "price",
    "return",
    "catalogue",
    "loyalty",
    "search",
)
LONG = ("reconciliation", "notification-preferences", "third-party-carrier-booking", "long-running-import")


class Invention:
    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311  nothing secret
        self.size = self.random.randint(5, 60)
        self.components: dict[str, list[tuple[str, str]]] = {}
        self.connections: dict[str, list[str]] = {}
        self.outside: list[tuple[str, str]] = [("client", "client")]
        self.between: list[str] = []
        self.entries: list[str] = []
        self.events: list[str] = []

    def count(self) -> int:
        return sum(map(len, self.components.values())) + len(self.outside)

    def add(self, service: str, name: str, what: str) -> str:
        taken = {known for known, _ in self.components[service]}
        unique, number = name, 2
        while unique in taken:
            unique, number = f"{name}-{number}", number + 1
        self.components[service].append((unique, what))
        return unique

    def service(self) -> str:
        pick = self.random.choice(WORDS if self.random.random() < 0.8 else LONG)
        name, number = pick, 2
        while name in self.components:
            name, number = f"{pick}{number}", number + 1
        self.components[name], self.connections[name] = [], []
        return name

    def link(self, service: str, *texts: str) -> None:
        self.connections[service] += texts

    def api(self, name: str) -> None:
        api = self.add(name, "api", self.random.choice(["http_api", "rest_api", "appsync"]))
        self.entries.append(f"{name}.{api}")
        table = self.add(name, f"{name}-table", self.random.choice(["dynamodb", "aurora", "s3"]))
        for verb in self.random.sample(["get", "create", "delete", "list", "change"], self.random.randint(1, 4)):
            function = self.add(name, f"{verb}-{name}", "lambda")
            route = self.random.choice(
                [f": {{route: 'POST /{name}s'}}", f": {{route: 'GET /{name}s/{{id}}/history'}}", ""]
            )
            self.link(
                name,
                f"{api} => {function}{route}",
                f"{function} ={self.random.choice(['read', 'write', 'read_write'])}=> {table}",
            )
        if self.random.random() < 0.4:
            pool = self.add(name, "users", "cognito_user_pool")
            self.link(name, f"{api} =authorize=> {pool}")

    def worker(self, name: str) -> None:
        queue = self.add(name, f"{name}-queue", "{type: sqs, visibility_timeout: 60s}")
        function = self.add(name, f"{name}-worker", "lambda")
        store = self.add(
            name, f"{name}s", self.random.choice(["dynamodb", "rds", "{type: aurora, max_connections: 90}"])
        )
        self.link(
            name, f"{queue} -> {function}: {{batch_size: {self.random.randint(1, 10)}}}", f"{function} => {store}"
        )
        self.events.append(f"{name}.{queue}")
        if self.random.random() < 0.8:
            dead = self.add(name, f"{name}-dead", "sqs")
            self.link(name, f"{queue} !> {dead}: {{max_receives: {self.random.randint(2, 9)}}}")
            if self.random.random() < 0.6:
                alarm = self.add(name, "dead-alarm", "cloudwatch_alarm")
                self.link(name, f"{alarm} -> {dead}")

    def workflow(self, name: str) -> None:
        flow = self.add(name, "flow", "step_functions")
        self.events.append(f"{name}.{flow}")
        for step in range(self.random.randint(2, 5)):
            function = self.add(name, f"step-{step}", "lambda")
            self.link(name, f"{flow} => {function}")
            if self.random.random() < 0.3:
                store = self.add(name, f"store-{step}", "dynamodb")
                self.link(name, f"{function} => {store}")

    def stream(self, name: str) -> None:
        source = self.add(name, "stream", "kinesis")
        self.events.append(f"{name}.{source}")
        function = self.add(name, "enrich", "lambda")
        hose = self.add(name, "delivery", "firehose")
        lake = self.add(name, "lake", "s3")
        self.link(name, f"{source} -> {function} -> {hose} -> {lake}")

    def hub(self, name: str) -> None:
        topic = self.add(name, "events", self.random.choice(["eventbridge_bus", "sns"]))
        for target in self.random.sample(self.events, min(len(self.events), self.random.randint(1, 4))):
            event = self.random.choice([": {event: OrderPlaced}", ": {event: PaymentWasRefunded}", ""])
            self.between.append(f"{name}.{topic} -> {target}{event}")
        for sources in self.random.sample(sorted(self.components), min(2, len(self.components))):
            makers = [known for known, what in self.components[sources] if what == "lambda"]
            if makers:
                self.between.append(f"{sources}.{self.random.choice(makers)} -publish-> {name}.{topic}")

    def text(self) -> str:
        kinds = [self.api, self.worker, self.workflow, self.stream, self.hub]
        while self.count() < self.size:
            name = self.service()
            for kind in self.random.sample(kinds, self.random.choice([1, 1, 2])):
                kind(name)
        self.connect()
        return self.written()

    def connect(self) -> None:
        for entry in self.entries:
            if self.random.random() < 0.7:
                self.between.append(f"client => {entry}")
        functions = [
            f"{service}.{name}"
            for service, parts in self.components.items()
            for name, what in parts
            if what == "lambda"
        ]
        for target in self.random.sample([*self.events, *self.entries], len(self.events + self.entries) // 2):
            if functions:
                arrow = "->" if target in self.events else "=>"
                self.between.append(f"{self.random.choice(functions)} {arrow} {target}")
        for number in range(self.random.randint(0, 2)):
            self.outside.append((f"partner-{number}", f"{{type: third_party, label: Partner {number}}}"))
            if functions:
                self.between.append(f"{self.random.choice(functions)} => partner-{number}")
        if functions and self.random.random() < 0.2:
            function = self.random.choice(functions)
            self.between.append(f"{function} -> {function}")

    def written(self) -> str:
        lines = ["archlint: 1", "name: Invented", "services:"]
        for service, parts in self.components.items():
            lines += [
                f"  {service}:",
                "    components:",
                *(f"      {name}: {what}" for name, what in parts),
                "    connections:" if self.connections[service] else "",
            ]
            lines += [f"      - {text}" for text in self.connections[service]]
        lines += [
            "components:",
            *(f"  {name}: {what}" for name, what in self.outside),
            "connections:" if self.between else "",
        ]
        lines += [f"  - {text}" for text in dict.fromkeys(self.between)]
        return "\n".join(lines) + "\n"


def invented(seed: int) -> str:
    """A description of 5 to about 60 components."""
    return Invention(seed).text()
