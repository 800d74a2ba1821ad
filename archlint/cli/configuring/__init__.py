"""Configuration files: found, read, checked, put together."""

from __future__ import annotations
