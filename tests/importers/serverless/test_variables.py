"""Variables of serverless.yml: what they resolve to, and what is said where they do not."""

from __future__ import annotations

import pytest

from archlint.importers.context import Context
from archlint.importers.kinds import SHORT_TAGS
from archlint.importers.problems import Problems
from archlint.importers.serverless.grammar import has_variable
from archlint.importers.serverless.placed import Placed, placed, raw
from archlint.importers.serverless.project import Project
from archlint.importers.serverless.variables import Variables
from archlint.source import Limits, parse


class Case:
    """A configuration in a folder of its own."""

    def __init__(self, folder):
        self.folder = folder
        self.notes: list[str] = []

    def file(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def values(self, text: str, limits: Limits | None = None, **parameters):
        limits = limits or Limits()
        context = Context(self.folder.resolve(), limits, {}, Problems())
        root = placed(parse("serverless.yml", text, limits, SHORT_TAGS), 100)
        given = {key: Placed(value, root.site) for key, value in parameters.items()}
        project = Project(context, self.folder.resolve(), given, lambda *_: None)
        variables = Variables(root, project, lambda message, _site: self.notes.append(message))
        return raw(variables.resolved(root))


@pytest.fixture
def case(tmp_path):
    return Case(tmp_path)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("${self:custom.name}", "shop"),
        ("${self:custom.size}", 5),
        ("a-${self:custom.name}-${self:custom.size}", "a-shop-5"),
        ("${self:custom.nothing, 'else'}", "else"),
        ('${self:custom.nothing, "else"}', "else"),
        ("${self:custom.nothing, self:custom.name}", "shop"),
        ("${self:custom.nothing, ${self:custom.name}}", "shop"),
        ("${self:custom.nothing, 7}", 7),
        ("${self:custom.nothing, true}", True),
        ("${self:custom.nothing, null}", None),
        ("${ self:custom.name }", "shop"),
        ("${self:custom.by.${sls:stage}}", "test"),
        ("${self:custom.by.${opt:stage, 'live'}, 'none'}", "none"),
        ("${opt:stage}", "test"),
        ("${opt:stage, self:provider.stage}", "test"),
        ("${opt:region, 'eu-west-1'}", "eu-west-1"),
        ("${aws:region}", "eu-north-1"),
        ("${self:provider.region}", "eu-north-1"),
        ("${env:HOME, 'default'}", "default"),
        ("${env:HOME}", "${env:HOME}"),
        ("arn:aws:s3:::${env:PREFIX}-x", "arn:aws:s3:::${env:PREFIX}-x"),
        ("${self:custom.list.1}", "two"),
        ("${self:custom.list}", ["one", "two"]),
        ("${self:custom.chain}", "shop"),
        ("${self:service}", "orders"),
        ("${self:service.name}", "orders"),
        ("${strToBool(true)}", True),
        ("${strToBool(${self:custom.flag})}", False),
        ("${cf:base-dev.QueueArn}", {"Fn::ImportValue": "base-dev.QueueArn"}),
        ("${cf.eu-west-1:base-dev.QueueArn}", {"Fn::ImportValue": "base-dev.QueueArn"}),
        ("${ssm:/shop/queue~true}", "{{resolve:ssm:/shop/queue}}"),
        ("${aws:accountId}", "${aws:accountId}"),
        ("${AWS::Region}", "${AWS::Region}"),
        ("${Table.Arn}", "${Table.Arn}"),
        ("${self:custom.name", "${self:custom.name"),
        ("${param:queue}", "jobs-test"),
        ("${param:topic}", "news"),
        ("${param:size}", 3),
    ],
)
def test_values(case, written, expected):
    text = f"""
service: orders
provider: {{stage: test, region: eu-north-1}}
params:
  default: {{topic: news, queue: jobs}}
  test: {{queue: 'jobs-${{sls:stage}}'}}
stages:
  default: {{params: {{size: 3}}}}
custom:
  name: shop
  size: 5
  flag: 'no'
  by: {{test: test}}
  list: [one, two]
  chain: ${{self:custom.link}}
  link: ${{self:custom.name}}
value: {written!r}
"""
    assert case.values(text)["value"] == expected


def test_the_stage_is_the_frameworks_where_none_is_written(case):
    assert case.values("{provider: {name: aws}, value: '${sls:stage} ${self:provider.stage}'}")["value"] == "dev dev"


def test_a_stage_that_is_asked_for_itself_is_the_frameworks(case):
    values = case.values("{provider: {stage: '${opt:stage}'}, value: '${self:provider.stage}'}")
    assert values == {"provider": {"stage": "dev"}, "value": "dev"}
    assert not case.notes


def test_a_stage_with_a_default(case):
    assert case.values("{provider: {stage: \"${opt:stage, 'qa'}\"}, value: '${sls:stage}'}")["value"] == "qa"


def test_parameters_of_a_composition_come_first(case):
    assert case.values("{params: {default: {a: own}}, value: '${param:a}'}", a="given")["value"] == "given"


def test_files(case):
    case.file("data/config.yml", "queue: {arn: !GetAtt Jobs.Arn, size: '${self:custom.size}'}\nlist: [a, b]\n")
    case.file("data/dev.json", '{"name": "development"}')
    case.file("note.txt", "plain text")
    values = case.values("""
custom: {size: 4, all: '${file(./data/config.yml)}'}
arn: ${file(data/config.yml):queue.arn}
size: ${self:custom.all.queue.size}
stage: ${file(./data/${sls:stage}.json):name}
text: ${file(note.txt)}
item: ${file(data/config.yml):list.1}
absent: ${file(./none.yml):x, 'fallback'}
""")
    assert values["arn"] == {"Fn::GetAtt": ["Jobs", "Arn"]}
    assert values["custom"]["all"]["queue"]["size"] == values["size"] == 4
    assert (values["stage"], values["text"], values["item"]) == ("development", "plain text", "b")
    assert values["absent"] == "fallback"
    assert not case.notes


@pytest.mark.parametrize("path", ["../secret.yml", "/etc/passwd", "~/x.yml", "none.yml", "link.yml"])
def test_files_that_are_not_in_the_project(case, tmp_path, path):
    (tmp_path.parent / "secret.yml").write_text("key: hidden\n")
    (tmp_path / "link.yml").symlink_to("../secret.yml")
    assert case.values(f"value: ${{file({path}):key}}\n") == {"value": f"${{file({path}):key}}"}
    assert case.notes == [f"there is no file `{path}` inside the project"]


def test_a_broken_file_and_a_program(case):
    case.file("broken.yml", "a: [1\n")
    case.file("config.js", "module.exports = {}\n")
    values = case.values("{a: '${file(broken.yml)}', b: \"${file(config.js):x, 'y'}\"}")
    assert values["b"] == "${file(config.js):x, 'y'}"
    assert "broken.yml" in case.notes[0]
    assert case.notes[1] == "`config.js` is a program, and archlint runs none"


@pytest.mark.parametrize(
    "text",
    [
        "{a: '${self:a}'}",
        "{a: '${self:b}', b: 'x-${self:a}'}",
        "{a: {b: '${self:a}'}}",
        "{a: ['${self:}']}",
    ],
)
def test_variables_that_refer_to_themselves(case, text):
    assert case.values(text)
    assert set(case.notes) == {"this variable refers to itself, through others or directly"}


def test_files_that_read_each_other(case):
    case.file("one.yml", "x: ${file(two.yml)}\n")
    case.file("two.yml", "y: ${file(one.yml)}\n")
    assert case.values("a: ${file(one.yml)}\n")
    assert case.notes == ["this variable refers to itself, through others or directly"]


def test_a_section_may_refer_to_its_own_parts(case):
    case.file("custom.yml", "a: 1\nb: ${self:custom.a}\n")
    assert case.values("custom: ${file(custom.yml)}\n") == {"custom": {"a": 1, "b": 1}}
    assert not case.notes


def test_a_long_chain_ends_with_a_note(case):
    chain = "".join(f"a{n}: ${{self:a{n + 1}}}\n" for n in range(2000))
    assert case.values(chain + "a2000: 1\n")["a2000"] == 1
    assert "variables are nested too deeply here" in case.notes


def test_growth_is_bounded(case):
    doubling = "".join(f"a{n}: ['${{self:a{n + 1}}}', '${{self:a{n + 1}}}']\n" for n in range(12)) + "a12: x\n"
    case.values(doubling, Limits(nodes=1000))
    assert "variables expand to more than 1,000 nodes here" in case.notes


def test_growing_text_is_bounded(case):
    doubling = "".join(f"a{n}: '${{self:a{n + 1}}}${{self:a{n + 1}}}'\n" for n in range(24)) + "a24: some text\n"
    assert max(len(value) for value in case.values(doubling).values()) <= 100_000
    assert "variables make a text of more than 100,000 characters here" in case.notes


def test_what_is_missing_and_what_is_not_known(case):
    values = case.values("{a: '${self:custom.x}', b: '${myplugin:x}', c: '${env:X}', d: '${opt:y}'}")
    assert values["a"] == "${self:custom.x}"
    assert case.notes == ["nothing stands at `custom.x`", "`myplugin` is no variable source that archlint knows"]


def test_a_variable_that_is_not_closed(case):
    assert case.values("{a: '${env:NAME-${env:STAGE}-x', b: '\\${env:NAME'}")["a"] == "${env:NAME-${env:STAGE}-x"
    assert case.notes == ["a variable is not closed here"]


def test_merge_keys_and_tags(case):
    values = case.values("""
base: &base {timeout: 3, memory: 128}
more: &more {memory: 256, vpc: no}
a: {<<: *base, timeout: 9}
b: {<<: [*base, *more]}
c: !Sub "${Name}-x"
d: !GetAtt [A, Arn]
""")
    assert values["a"] == {"timeout": 9, "memory": 128}
    assert values["b"] == {"timeout": 3, "memory": 128, "vpc": "no"}
    assert values["c"] == {"Fn::Sub": "${Name}-x"}
    assert values["d"] == {"Fn::GetAtt": ["A", "Arn"]}


def test_a_function_within_text_is_joined(case):
    values = case.values("{a: 'arn:aws:s3:::${self:b}/*', b: {Ref: Bucket}}")
    assert values["a"] == {"Fn::Join": ["", ["arn:aws:s3:::", {"Ref": "Bucket"}, "/*"]]}


@pytest.mark.parametrize("text", ["${" * 5000, "${self:" * 5000, "${self:a, " * 5000, "${a(" * 3000, "${self:a,'"])
def test_odd_texts_are_text(case, text):
    assert case.values(f"{{a: 1, v: {text!r}}}")["v"] == text


def test_which_texts_hold_variables():
    assert has_variable("x ${self:a}")
    assert has_variable("${file(x.yml)}")
    assert not has_variable("${AWS::Region} ${Table.Arn}")
