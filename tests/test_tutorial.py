"""The rule that docs/your-own-rules.md builds can be read and holds."""

from __future__ import annotations

import re
from pathlib import Path

from archlint.proving import prove

PAGE = Path(__file__).parent.parent / "docs/your-own-rules.md"


def test_the_rule_of_the_tutorial(tmp_path: Path) -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    parts = {block.partition(":")[0]: block for block in blocks}
    file = tmp_path / "ledger-behind-queue.yaml"
    file.write_text(parts["id"] + parts["examples"], encoding="utf-8")
    assert [verdict.kind for verdict in prove(tmp_path)] == ["validated"] * 4
    file.write_text("".join(parts[key] for key in ("id", "unless", "levels", "fix", "examples")), encoding="utf-8")
    assert [verdict.kind for verdict in prove(tmp_path)] == ["wrong", *["validated"] * 4]  # no example shows the fix
