"""Tests that teach the encoder are collected where torch is installed, and nowhere else."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from tiny_corpus import write_corpus

TORCH = all(importlib.util.find_spec(part) for part in ("torch", "transformers"))
collect_ignore = [] if TORCH else ["test_encoder_training.py"]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small corpus; nothing changes it."""
    return write_corpus(tmp_path_factory.mktemp("corpus"))
