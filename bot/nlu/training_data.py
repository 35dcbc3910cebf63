"""Reads the training messages from `data/nlu/` without Rasa, for tuning and measuring."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from pathlib import Path

from bot import yaml_files
from bot.nlu.classifier import Example
from bot.settings import ROOT

NLU = ROOT / "data" / "nlu"
OPINIONS = ROOT / "data" / "encoder" / "second_opinions.tsv"
HELD_OUT = 10  # one in so many messages is kept from tuning
REMAINDER = 3

__all__ = ["Example", "Opinion", "fair_topics", "held_out", "read", "second_opinions"]


@dataclass(frozen=True)
class Opinion:
    """What a second reader, who did not see the label, would take a message for; `others` would be fair too."""

    best: str
    others: tuple[str, ...]


def held_out(text: str) -> bool:
    """Whether a text is kept from tuning, whatever stands around it."""
    return zlib.crc32(text.encode()) % HELD_OUT == REMAINDER


def read(folder: Path = NLU) -> list[Example]:
    """Every example of the folder's files, in order of file and place."""
    found = []
    for path in sorted(folder.glob("*.yml")):
        content = yaml_files.read(path)
        for block in content["nlu"]:
            topic = (block.get("metadata") or {}).get("topic")
            for line in block["examples"].splitlines():
                found.append(Example(text=line.removeprefix("- ").strip(), intent=block["intent"], topic=topic))
    return found


def second_opinions(path: Path = OPINIONS) -> dict[str, Opinion]:
    """Opinions by text: lines of text, best label and other fair ones, set apart by tabs."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        text, best, others = line.split("\t")
        found[text] = Opinion(best, tuple(filter(None, others.split(","))))
    return found


def fair_topics(example: Example, opinions: dict[str, Opinion]) -> set[str]:
    """Every label that either reader holds to be fair."""
    fair = {example.intent, *filter(None, [example.topic])}
    if other := opinions.get(example.text):
        fair |= {other.best, *other.others}
    return fair
