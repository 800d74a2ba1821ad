"""Build archlint in two places, and from its source distribution: ``python tests/packaging/reproducible.py``.

Needs `build`, `hatchling` and `pyyaml`. Ends with 1 unless every wheel, and every source distribution, is the same file.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
EPOCH = "1700000000"


def main() -> int:
    """Build everywhere, print what came out, and answer 1 if any of it differs."""
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        first, second = scratch / "one", scratch / "another" / "deeper"
        _copy(first)
        _copy(second)
        found = [_built(first, 0o022, "UTC"), _built(second, 0o077, "Asia/Tokyo")]
        sdist = next((first / "dist").glob("*.tar.gz"))
        unpacked = scratch / "unpacked"
        with tarfile.open(sdist) as archive:
            archive.extractall(unpacked, filter="data")
        found.append(_built(next(unpacked.iterdir()), 0o002, "America/Lima"))
    for place, sums in zip(("a folder", "another", "its source distribution"), found, strict=True):
        print(f"from {place}:", *(f"  {name} {digest}" for name, digest in sums.items()), sep="\n")
    same = all(sums == found[0] for sums in found)
    print("the same bytes" if same else "DIFFERENT")
    return int(not same)


def _copy(target: Path) -> None:
    """What is under version control, as it is now."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, target / name)


def _built(folder: Path, umask: int, zone: str) -> dict[str, str]:
    environment = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH, "TZ": zone, "PYTHONHASHSEED": str(umask)}
    command = [sys.executable, "-m", "build", "--no-isolation", "--sdist", "--wheel", "."]
    subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL, umask=umask)
    files = sorted((folder / "dist").iterdir())
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


if __name__ == "__main__":
    sys.exit(main())
