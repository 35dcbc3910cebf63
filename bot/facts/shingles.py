"""Finds sentences copied from the founding documents without keeping the documents.

`data/facts/founding-shingles.txt` holds one hash (16 hex digits of SHA-1) for each run of eight words in them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

RUN = 8
HASHES = Path(__file__).resolve().parents[2] / "data" / "facts" / "founding-shingles.txt"
WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")


def runs(text: str) -> Iterator[str]:
    """Every run of eight words of `text`, in lower case and without punctuation."""
    words = WORD.findall(text.lower())
    for start in range(len(words) - RUN + 1):
        yield " ".join(words[start : start + RUN])


def fingerprint(run: str) -> str:
    """The hash under which a run is kept."""
    return hashlib.sha1(run.encode()).hexdigest()[:16]


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(HASHES.read_text().split())


def copied(text: str) -> str | None:
    """The first run of eight words that `text` shares with a founding document, or None."""
    return next((run for run in runs(text) if fingerprint(run) in _known()), None)
