"""Whether what an earlier run kept was made of the same things: a run goes on from no other."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path

from despin.read import write_atomically
from despin.training.collect import Plan
from despin.training.corpus import sources
from despin.training.files import make_folder

ENCODER, PROBE = "encoder", "probe"


class KeptError(ValueError):
    """A folder holds evidence that was made of something else; the message says of what."""


def made_of(
    plan: Plan,
    trained: str,
    model: Path | None = None,
    files: Mapping[str, Path] | None = None,
    option: str = "--real",
) -> dict[str, str]:
    """By name, what decides what is kept, beside seed and number of documents.

    Args:
        plan: corpus, lexicon and really spun texts.
        trained: the scorer, or what else is trained.
        model: the GGUF file, where one is named.
        files: by name, `ENCODER` or `PROBE`, what was trained before; what ships is not named.
        option: the one that names the really spun texts.
    """
    sizes = {
        name: (plan.corpus / f"{name}.txt.zst").stat().st_size for name in sources(plan.corpus)
    }
    there = {name: path for name, path in (files or {}).items() if path.exists()}
    return {
        "corpus": _digest(sizes),
        "lexicon": _digest(plan.rows),
        option: _digest(plan.real),
        "scorer": trained,
        "model": "" if model is None else str(model.resolve()),
        "--keep-out": "" if plan.evaluation is None else plan.evaluation.digest,
        **{
            name: _digest(there[name].read_bytes()) if name in there else ""
            for name in (ENCODER, PROBE)
        },
    }


def _digest(value: object) -> str:
    data = value if isinstance(value, bytes) else repr(value).encode("utf-8", "surrogatepass")
    return blake2b(data, digest_size=8).hexdigest()


def check_kept(path: Path, facts: Mapping[str, str]) -> None:
    """See that a folder's evidence is made of ``facts``, which the file ``path`` in it remembers.

    Raises:
        KeptError: it is made of something else.
        WriteError: the folder cannot be written.
    """
    make_folder(path.parent)
    before = _read(path)
    for name, fact in facts.items():
        if before.get(name, fact) != fact:
            raise KeptError(
                f"{path.parent}: was made with another {name}; name another --out, or remove it"
            )
    write_atomically(path, json.dumps({**before, **facts}, indent=2).encode() + b"\n")


def _read(path: Path) -> dict[str, str]:
    """What the file remembers; nothing where there is none, or none that can be read."""
    try:
        facts = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return facts if isinstance(facts, dict) else {}
