"""Reads the training messages from `data/nlu/` without Rasa, for tuning and cross-validation."""

from __future__ import annotations

import zlib
from pathlib import Path

import yaml

from bot.nlu.classifier import Example
from bot.settings import ROOT

NLU = ROOT / "data" / "nlu"


def fold(text: str) -> int:
    """The fifth (0 to 4) to which a text belongs, whatever stands around it."""
    return zlib.crc32(text.encode()) % 5


def read(folder: Path = NLU) -> list[Example]:
    """Every example of the folder's files, in order of file and place."""
    found = []
    for path in sorted(folder.glob("*.yml")):
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        for block in content["nlu"]:
            topic = (block.get("metadata") or {}).get("topic")
            for line in block["examples"].splitlines():
                found.append(Example(text=line.removeprefix("- ").strip(), intent=block["intent"], topic=topic))
    return found
