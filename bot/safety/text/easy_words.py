"""The easy English words that come with textstat (Dale and Chall's list). Imports no Rasa."""

from __future__ import annotations

import importlib.util
from functools import lru_cache
from pathlib import Path

# Read as a file: importing the package would load more than the words.
EASY = Path(str(importlib.util.find_spec("textstat").origin)).parent / "resources" / "en" / "easy_words.txt"  # type: ignore[union-attr]


@lru_cache(maxsize=1)
def easy_words() -> frozenset[str]:
    """About 3,000 words, in small letters."""
    return frozenset(EASY.read_text(encoding="utf-8").lower().split())
