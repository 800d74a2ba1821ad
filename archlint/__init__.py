"""archlint: the linter and diagram maker for serverless architectures on AWS."""

from __future__ import annotations

__version__ = "0.1.0"
