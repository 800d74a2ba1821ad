"""Terraform: folders of ``.tf`` files, and plans as JSON."""

from __future__ import annotations

from archlint.importers.terraform.folders import read_folders

__all__ = ["read_folders"]
