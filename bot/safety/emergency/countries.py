"""The country that a message in Spanish, French or Chinese names, for the number to call. Imports no Rasa."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.safety.emergency.stems import UNSPACED, plain
from bot.safety.emergency.whereabouts import Named, place_now
from bot.safety.text.words import Lists, Words, any_of, read
from bot.settings import ROOT

FILE = ROOT / "data" / "safety" / "countries.yml"


class Names(Lists):
    """Names by language and country."""

    es: dict[str, Words]
    fr: dict[str, Words]
    zh: dict[str, Words]


@lru_cache(maxsize=1)
def names(path: Path = FILE) -> dict[str, dict[str, re.Pattern[str]]]:
    """Patterns by language and country. Raises SettingsError, one sentence, where the file is wrong."""
    return {
        code: {
            country: re.compile("|".join(map(re.escape, said))) if code in UNSPACED else any_of(said)
            for country, said in by_country.items()
        }
        for code, by_country in read(path, Names).dict().items()
    }


def country_in(text: str, language: str | None) -> str | None:
    """The country that `text`, in that language, names first; None where it names none."""
    said = plain(text).replace("-", " ")
    found = {
        country: match.start() for country, words in names().get(language or "en", {}).items() if (match := words.search(said))
    }
    return min(found, key=found.__getitem__, default=None)


def named_country(text: str, entities: Iterable[Mapping[str, Any]], language: str | None) -> str | None:
    """The country where the person is by what they say: one of the `entities`, else what its language names; None without one."""
    named = [
        Named(str(entity["value"]), entity.get("start") or 0, entity.get("end") or 0)
        for entity in entities
        if entity.get("entity") == "jurisdiction"
    ]
    return place_now(text, named, spoken=language) or country_in(text, language)
