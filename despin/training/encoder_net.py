"""The encoder as a torch module: a BERT or MPNet with two small heads.

torch, transformers and onnx (the extra ``encoder``) are needed here and nowhere at run time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError
from torch import nn
from torch.nn.functional import embedding, embedding_bag
from transformers import AutoConfig, AutoModel, logging

KINDS = ("bert", "mpnet")
"""What an encoder can begin as, by the names of transformers."""
HIDDEN = 128
"""Inner width of the head that says "substituted"."""
DROPOUT = 0.05
_OF_PAIRS = ("attention.self.dropout", "attention.attn.dropout")
"""Dropout of how much each piece looks at each other one, as BERT and MPNet call it."""


class EncoderFileError(ValueError):
    """A folder holds no such model, or one of another shape; the message names it."""


@dataclass(frozen=True)
class Batch:
    """Windows and their slots.

    Attributes:
        ids: int64[B, L] pieces.
        mask: int64[B, L], 1 where there is a piece.
        row: int64[S], window of each slot.
        at: int64[S, 2], first and last piece of each slot.
        forms: int64[S, K + 1], the form written and the candidates; -1 where there is none.
        target: int64[S], which of them stood there; negative where none of them did.
    """

    ids: torch.Tensor
    mask: torch.Tensor
    row: torch.Tensor
    at: torch.Tensor
    forms: torch.Tensor
    target: torch.Tensor


class EncoderNet(nn.Module):  # type: ignore[misc, unused-ignore]
    """Queries and odds for every piece of a window.

    A slot's query is the mean of those of its first and its last piece; its product with the mean
    piece vector of a wording is that wording's score.
    """

    def __init__(self, base: Path, layers: int | None = None) -> None:
        """Start from the model in folder ``base``, in the layout of Hugging Face.

        Args:
            base: of a BERT or an MPNet.
            layers: its lowest ones, so many, are all that is kept; every one unless given.

        Raises:
            EncoderFileError: there is none, or it has not so many layers.
        """
        super().__init__()
        self.enc = _body(base, layers)
        for name, module in self.enc.named_modules():
            if isinstance(module, nn.Dropout):
                # Drawing numbers for every pair of pieces is a fifth of the work of a step.
                module.p = 0.0 if name.endswith(_OF_PAIRS) else DROPOUT
        size = self.enc.config.hidden_size
        self.q = nn.Sequential(
            nn.Linear(size, size), nn.GELU(), nn.LayerNorm(size), nn.Linear(size, size)
        )
        self.det = nn.Sequential(nn.Linear(size, HIDDEN), nn.GELU(), nn.Linear(HIDDEN, 1))
        self.bias = nn.Parameter(torch.tensor(2.0))
        self.scale = nn.Parameter(torch.tensor(0.3))

    def hidden(self, ids: torch.Tensor, mask: torch.Tensor | None = None) -> torch.Tensor:
        """[B, L, D] hidden states of int64[B, L] pieces.

        Vectors go in, as where it runs: given pieces, an MPNet would number places by its own
        padding piece.
        """
        vectors = embedding(ids, self.piece_vectors())
        states: torch.Tensor = self.enc(inputs_embeds=vectors, attention_mask=mask)[0]
        return states

    def heads(self, hidden: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """[B, L, D] queries and [B, L] odds from [B, L, D] hidden states."""
        return self.q(hidden) * self.scale, self.det(hidden).squeeze(-1)

    def forward(self, batch: Batch, table: FormTable) -> tuple[torch.Tensor, torch.Tensor]:
        """Scores [S, K + 1] of wordings, the written one first, and odds [S] of a substitution."""
        queries, odds = self.heads(self.hidden(batch.ids, batch.mask))
        row, first, last = batch.row, batch.at[:, 0], batch.at[:, 1]
        query, known = (queries[row, first] + queries[row, last]) / 2, batch.forms >= 0
        forms, place = torch.unique(batch.forms.clamp(min=0), return_inverse=True)
        vectors = table.means(self.piece_vectors(), forms).to(query.dtype)
        # Every slot with every form and then a pick: the gradient of picking vectors is far slower.
        scores = (query @ vectors.T).float().gather(1, place).masked_fill(~known, -1e4)
        scores = torch.cat([scores[:, :1] + self.bias, scores[:, 1:]], dim=1)
        return scores, ((odds[row, first] + odds[row, last]) / 2).float()

    def piece_vectors(self) -> torch.Tensor:
        """[pieces, D], the input embedding."""
        weight: torch.Tensor = self.enc.get_input_embeddings().weight
        return weight


def _body(base: Path, layers: int | None) -> nn.Module:
    """The model in folder ``base``, or its lowest layers."""
    # A base brings a pooler, which nobody misses here.
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        kind = AutoConfig.from_pretrained(str(base)).model_type
        if kind in KINDS:
            body: nn.Module = AutoModel.from_pretrained(str(base), add_pooling_layer=False)
    except (OSError, ValueError, SafetensorError) as error:
        told = " ".join(str(error).split())
        raise EncoderFileError(f"{base}: holds no model that can be read ({told})") from error
    if kind not in KINDS:
        raise EncoderFileError(f"{base}: holds a {kind}, not one of {', '.join(KINDS)}")
    if layers is not None:
        stack = body.encoder.layer
        if layers > len(stack):
            raise EncoderFileError(f"{base}: has {len(stack)} layers, not {layers}")
        del stack[layers:]
    return body


class FormTable:
    """The pieces of all forms, to take mean vectors of."""

    def __init__(self, pieces: Sequence[NDArray[np.int32]]) -> None:
        self._flat = torch.from_numpy(np.concatenate(pieces).astype(np.int64))
        self._first = torch.tensor(np.cumsum([0, *map(len, pieces)]))

    def means(self, weight: torch.Tensor, forms: torch.Tensor) -> torch.Tensor:
        """[len(forms), D] mean rows of ``weight``."""
        first, behind = self._first[forms], self._first[forms + 1]
        size = behind - first
        begin = torch.cumsum(size, 0) - size
        places = torch.repeat_interleave(first - begin, size) + torch.arange(int(size.sum()))
        return embedding_bag(self._flat[places], weight, begin, mode="mean")
