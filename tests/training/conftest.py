"""Tests that teach the encoder are collected where torch is installed, and nowhere else."""

from __future__ import annotations

import importlib.util

TORCH = all(importlib.util.find_spec(part) for part in ("torch", "transformers"))
collect_ignore = [] if TORCH else ["test_encoder_training.py"]
