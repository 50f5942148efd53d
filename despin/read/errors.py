"""What can go wrong between a file and a document; each message is one line for people."""

from __future__ import annotations


class ReadError(ValueError):
    """A file cannot be read as text; the message names the file and the cause."""


class WriteError(ValueError):
    """A text cannot be written where, or as, it was asked; the message says why."""
