"""Tells calm messages apart that sound alarming, by the words of `data/safety/complaints.yml`. Imports no Rasa.

Mild complaints of the skin, questions on stopping a medicine and the belief that one's own cells are harmless: for these the
meaning alone must be very sure (gate.py). Also a reaction that someone has now, for the reply to say who should see it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from bot.safety.emergency.stems import UNSPACED
from bot.safety.text.words import Lists, Words, any_of, read
from bot.settings import ROOT

FILE = ROOT / "data" / "safety" / "complaints.yml"
SHORT = 20  # words; in a longer message there is room for more than the skin
LETTERS = 2  # to a word, where no blanks stand between words
NEAR = 40  # characters between "stop" and the medicine


class Medicine(Lists):
    """Words on stopping or changing a medicine."""

    change: Words
    medicine: Words
    whose: Words


class Cells(Lists):
    """Words on one's own cells as harmless."""

    own: Words
    harmless: Words


class Reaction(Lists):
    """Words on a reaction that someone has now."""

    symptom: Words
    whose: Words
    now: Words
    supposed: Words


class Complaints(Lists):
    """All lists of the file."""

    mild: dict[str, Words]
    worse: dict[str, Words]
    own_medicine: Medicine
    own_cells: Cells
    own_reaction: Reaction


@lru_cache(maxsize=1)
def patterns(path: Path = FILE) -> dict[str, re.Pattern[str]]:
    """The patterns by their place in the file ("own_cells.own"). Raises SettingsError, one sentence, where it is wrong."""
    made: dict[str, re.Pattern[str]] = {}
    for name, value in read(path, Complaints).dict().items():
        lists = {f"{name}.{part}": words for part, words in value.items()} if isinstance(value, dict) else {name: value}
        made |= {place: _any_of(words, unspaced=place.rpartition(".")[2] in UNSPACED) for place, words in lists.items()}
    return made


def _any_of(words: list[str], *, unspaced: bool) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words))) if unspaced else any_of(words)


def _named(place: str, text: str) -> bool:
    return bool(patterns()[place].search(text))


def mild(text: str, *, spoken: str = "en") -> bool:
    """Whether a short message names complaints such as a red or itchy face, and none that could be the start of more."""
    if f"mild.{spoken}" not in patterns():
        return False
    size = len(text) / LETTERS if spoken in UNSPACED else len(text.split())
    return size <= SHORT and _named(f"mild.{spoken}", text) and not _named(f"worse.{spoken}", text)


def own_medicine(text: str) -> bool:
    """Whether `text` asks to stop, skip or change a medicine that someone takes."""
    asked = any(
        patterns()["own_medicine.medicine"].search(text, change.end(), change.end() + NEAR)
        for change in patterns()["own_medicine.change"].finditer(text)
    )
    return asked and _named("own_medicine.whose", text)


def own_cells(text: str) -> bool:
    """Whether a short message takes what comes from one's own body for harmless, and names nothing that is wrong."""
    said = all(_named(f"own_cells.{part}", text) for part in ("own", "harmless"))
    return said and len(text.split()) <= SHORT and not _named("worse.en", text)


def own_reaction(text: str) -> bool:
    """Whether `text` tells of a present reaction of the person or of someone near, and does not just suppose one."""
    whose = _named("own_reaction.whose", text) or "normal" in text.lower()
    told = whose and _named("own_reaction.symptom", text) and _named("own_reaction.now", text)
    return told and not _named("own_reaction.supposed", text)
