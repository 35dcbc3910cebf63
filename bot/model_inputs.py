"""The files that the dialogue model is made from, and a fingerprint that changes with them. Imports no Rasa."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from bot.settings import ROOT

# Rasa sees by itself when these change, and trains again what depends on them.
READ_BY_RASA = ("domain.yml", "config.yml", "data/nlu", "data/rules", "data/stories")
# These it does not know of: the components of `bot/nlu/` tell it (`bot/nlu/learnt.py`).
READ_BY_US = ("data/encoder", "data/safety", "bot/nlu", "bot/safety", "bot/encoder_files.py", "bot/vocabulary.py",
              "requirements.lock")  # fmt: skip
INPUTS = (*READ_BY_RASA, *READ_BY_US)
# They clean what arrives or keep what can be worked out again: the model does not depend on them.
NO_INPUTS = ("bot/safety/privacy", "data/safety/personal.yml", "data/encoder/vectors")


def fingerprint(names: Iterable[str] = INPUTS, *, root: Path = ROOT) -> str:
    """Changes whenever a file changes that is one of `names` or in one of them."""
    digest = hashlib.sha256()
    left_out = {root / name for name in NO_INPUTS}
    for name in names:
        place = root / name
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if path.is_file() and path.suffix != ".pyc" and not left_out & {path, *path.parents}:
                digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
