"""Runs a function in the platform's own database: python -m tests.journeys.preparing module:name '{"a": 1}'."""

import importlib
import json
import sys

import django

if __name__ == "__main__":
    django.setup()
    module, name = sys.argv[1].split(":")
    answer = getattr(importlib.import_module(module), name)(**json.loads(sys.argv[2]))
    print(json.dumps(answer))
