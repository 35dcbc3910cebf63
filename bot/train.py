"""Trains the dialogue model when what it is made from has changed; the model's name carries the fingerprint."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from bot import quiet  # noqa: F401  (first: it silences the imports below)
from bot.errors import ExoError, ModelError
from bot.settings import ROOT, settings

INPUTS = ("domain.yml", "config.yml", "data/nlu", "data/rules", "data/stories", "data/encoder", "data/safety", "bot/nlu",
          "bot/safety", "requirements.lock")  # fmt: skip


def fingerprint(root: Path = ROOT) -> str:
    """Changes whenever a file that the model is trained from changes."""
    digest = hashlib.sha256()
    for name in INPUTS:
        place = root / name
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if path.is_file() and path.suffix not in (".pyc",):
                digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def current_model() -> Path:
    """Where the model for the present inputs is, or will be."""
    return settings().model_dir / f"exosome-guide-{fingerprint()}.tar.gz"


def train(*, force: bool = False) -> Path:
    """The model for the present inputs, trained now if there is none. Raises ModelError."""
    model = current_model()
    if model.is_file() and not force:
        return model
    print("Training the dialogue model; this takes a few minutes ...", flush=True)
    from rasa.model_training import train as rasa_train

    result = rasa_train(
        domain=str(ROOT / "domain.yml"),
        config=str(ROOT / "config.yml"),
        training_files=[str(ROOT / "data" / name) for name in ("nlu", "rules", "stories")],
        output=str(model.parent),
        fixed_model_name=model.name.removesuffix(".tar.gz"),
        force_training=force,
    )
    if result.model is None or not model.is_file():
        raise ModelError("The dialogue model could not be trained; run 'make validate' to see what is wrong.")
    return model


if __name__ == "__main__":
    try:
        print(f"The dialogue model is {train(force='--force' in sys.argv)}.")
    except ExoError as error:
        sys.exit(str(error))
