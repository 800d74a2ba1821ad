"""Where the working folder stands in its repository, and the address at which a line of it can be looked at."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote


def prefix_in_repository() -> str:
    """The path from the top of the git checkout to the working folder, with a ``/`` at its end; ``""`` at the top."""
    here = Path.cwd().resolve()
    for folder in (here, *here.parents):
        if (folder / ".git").exists():
            path = here.relative_to(folder).as_posix()
            return "" if path == "." else f"{path}/"
    return ""


def link_to_lines(environment: Mapping[str, str] = os.environ) -> str:
    """The address of a line, with ``{path}`` and ``{line}`` in it, where GitHub or GitLab runs this; else ``""``."""
    server, repository = environment.get("GITHUB_SERVER_URL", ""), environment.get("GITHUB_REPOSITORY", "")
    commit = environment.get("ARCHLINT_COMMIT") or environment.get("GITHUB_SHA", "")
    if server.startswith("https://") and repository and commit:
        return f"{server}/{quote(repository)}/blob/{quote(commit)}/{{path}}#L{{line}}"
    project, commit = environment.get("CI_PROJECT_URL", ""), environment.get("CI_COMMIT_SHA", "")
    if project.startswith("https://") and commit:
        return f"{project}/-/blob/{quote(commit)}/{{path}}#L{{line}}"
    return ""
