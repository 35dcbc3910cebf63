"""Of the places that a message names, the one where the person is now: its number is the one to call. Imports no Rasa.

The words are in `data/safety/whereabouts.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from bot.safety.emergency.stems import plain
from bot.safety.text.words import Lists, Words, read
from bot.settings import ROOT

FILE = ROOT / "data" / "safety" / "whereabouts.yml"
SHORT = 3  # letters; so short a name is a word of other languages, too, unless it is in capitals
BEFORE, BEHIND = 40, 20  # characters around a name that are looked at


class Whereabouts(Lists):
    """The whole file."""

    here: Words
    there: Words
    things: Words
    ordinary: dict[str, Words]


class Patterns(NamedTuple):
    """The lists as they are looked for."""

    here: re.Pattern[str]
    there: re.Pattern[str]
    things: re.Pattern[str]
    ordinary: dict[str, frozenset[str]]


class Named(NamedTuple):
    """A country that is named, and where in the text."""

    country: str
    start: int
    end: int


@lru_cache(maxsize=1)
def patterns(path: Path = FILE) -> Patterns:
    """The lists of the file. Raises SettingsError, one sentence, where it is wrong."""
    said = read(path, Whereabouts)
    return Patterns(
        re.compile(rf"\b(?:{'|'.join(said.here)})\W*$"),
        re.compile(rf"\b(?:{'|'.join(said.there)})\W*$"),
        re.compile(rf"\W*(?:{'|'.join(said.things)})\b"),
        {code: frozenset(words) for code, words in said.ordinary.items()},
    )


def place_now(text: str, named: Sequence[Named], *, spoken: str | None) -> str | None:
    """The country where the person is: said to be so, or else the first that they do not just come from; None without one."""
    ranked = [(_likely(text, place), -order, place.country) for order, place in enumerate(named) if _meant(text, place, spoken)]
    best = max(ranked, default=None)
    return best[2] if best and best[0] >= 0 else None


def _meant(text: str, place: Named, spoken: str | None) -> bool:
    """Whether the words name a place at all: French "eu" is a verb, and turkey goes into a sandwich."""
    name = text[place.start : place.end]
    if patterns().things.match(plain(text[place.end : place.end + BEHIND])):
        return False
    if not name or spoken in (None, "en"):
        return True
    ordinary = plain(name) in patterns().ordinary.get(str(spoken), frozenset())
    return name.isupper() or not (ordinary or len(name) <= SHORT) or _likely(text, place) > 0


def _likely(text: str, place: Named) -> int:
    """How sure it is that the person is there: 1, 0, or -1 where they were or come from."""
    before = plain(text[max(0, place.start - BEFORE) : place.start])
    if patterns().here.search(before):
        return 1
    return -1 if patterns().there.search(before) else 0
