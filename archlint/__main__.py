"""``python -m archlint``."""

from __future__ import annotations

from archlint.cli import main

if __name__ == "__main__":
    main()
