"""BLAKE2b without OpenSSL, which ``hashlib`` loads for all its digests and which takes longer than a small check."""

from __future__ import annotations

try:
    from _blake2 import blake2b
except ImportError:  # an interpreter that keeps it elsewhere
    from hashlib import blake2b

__all__ = ["blake2b"]
