"""A template that lacks one thing of the Gatekeeper: an authorizer."""

from __future__ import annotations

OPEN_API = """\
AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Resources:
  Take:
    Type: AWS::Serverless::Function
    Properties:
      Handler: a.b
      Runtime: python3.12
      Events:
        Api: {Type: HttpApi, Properties: {Path: /a, Method: get}}
"""
