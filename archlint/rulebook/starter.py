"""The text a new rule begins with: it can be read, and fails its test until it has examples."""

from __future__ import annotations

import re

_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z")

_TEXT = """\
id: {id}
title: Queue whose worker {id}   # completes "this architecture has a …"
severity: warning   # error, warning or info

why: |
  Say what goes wrong, when, and how badly, in full sentences and with the numbers that matter.

  Say what to do instead.

roles:   # a name for each component that the pattern is about: a type, a group, or both with conditions
  queue: sqs
  worker: {{type: function, where: {{timeout: {{above: 60s}}}}}}

match:   # the connections and conditions that all have to hold; expressions go into `when`
  - queue -poll-> worker as mapping: {{batch_size: {{above: 1}}}}

# unless:   # each exception that holds keeps the rule silent
#   - because: its work may be done twice
#     when: worker.idempotent

# levels:   # the first that holds sets another severity
#   - severity: info
#     because: a FIFO queue waits
#     when: queue.fifo

at: worker   # the role that a finding is about
connection: mapping   # and the connection, if it is about one
message: "{{worker}} may take {{worker.timeout}} for a batch of {{queue}}"
labels:
  queue: what is to be seen here
help: "say in one sentence what to do about {{worker}}"

# fix:   # what is mechanical: set, add, connect, disconnect, flip, remove
#   safety: unsafe
#   description: Take one message at a time
#   set: {{mapping.batch_size: 1}}

references: []

# At least two invalid and two valid examples, each exception and level among them. A line with a finding ends in
# `# finding`, or in `# finding: info` where the severity differs. A fix needs an example with `fixed:`, the text that
# it makes of the invalid one.
#
#   - because: ten messages are the default
#     invalid: |
#       components:
#         jobs: sqs
#         work: {{type: lambda, timeout: 2m}}
#       connections:
#         - jobs -> work   # finding
#   - valid: |
#       components:
#         jobs: sqs
#         work: {{type: lambda, timeout: 2m}}
#       connections:
#         - jobs -> work: {{batch_size: 1}}
examples: []
"""


def is_rule_id(text: str) -> bool:
    """Whether a text can be the id of a rule: lower-case words with hyphens between them."""
    return bool(_ID.match(text))


def starter(id_: str) -> str:
    """The text of a new rule with this id."""
    return _TEXT.format(id=id_)
