"""The JSON Schema that ships with the package is the one that the code makes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from despin import wire

FILE = Path(wire.__file__).parent / "schema" / "review-1.json"


def test_the_schema_file_is_current(request: pytest.FixtureRequest) -> None:
    current = json.dumps(wire.schema(), indent=2, ensure_ascii=False) + "\n"
    if request.config.getoption("--update-golden"):
        FILE.write_text(current, encoding="utf-8")
    assert FILE.read_text(encoding="utf-8") == current, (
        "pytest tests/test_schema.py --update-golden"
    )
