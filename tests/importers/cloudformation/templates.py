"""Pieces of templates, and what is read from them."""

from __future__ import annotations

FUNCTION = "{Type: AWS::Lambda::Function, Properties: {Handler: a.b, Runtime: python3.13}}"


def template(body: str) -> str:
    return "AWSTemplateFormatVersion: '2010-09-09'\n" + body


def component(reading, id_: str):
    return reading.architecture.by_id[id_].properties
