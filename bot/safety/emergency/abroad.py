"""What is said in place of a number in a country that has none on file, and the line on a crisis, by language. Imports no Rasa.

The texts are in `data/safety/abroad.yml`.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic import validator

from bot.safety.text.words import Lists, read
from bot.settings import ROOT

FILE = ROOT / "data" / "safety" / "abroad.yml"


class Texts(Lists):
    """The texts by language; English is what all others fall back on."""

    no_number: dict[str, str]
    despair: dict[str, str]

    @validator("*")
    def english(cls, value: dict[str, str]) -> dict[str, str]:
        """Whether there is something to fall back on."""
        if "en" not in value:
            raise ValueError("there is no entry for en")
        return value

    @validator("despair", each_item=True)
    def names_the_line(cls, value: str) -> str:
        """Whether it has a place for the crisis line."""
        if value.count("{crisis}") != 1 or value.count("{") != 1:
            raise ValueError(f"'{value}' must hold {{crisis}} once")
        return value


@lru_cache(maxsize=1)
def texts(path: Path = FILE) -> Texts:
    """The texts of the file. Raises SettingsError, one sentence, where it is wrong."""
    return read(path, Texts)


def no_number(language: str | None) -> str:
    """Stands for the number of a country that has none on file; fits where the set replies name a number."""
    said = texts().no_number
    return said.get(language or "en", said["en"])


def with_crisis_line(text: str, *, language: str | None, crisis: str) -> str:
    """An emergency reply with the crisis line after its first line, for who is hurt and in despair."""
    first, _, rest = text.partition("\n")
    said = texts().despair
    line = said.get(language or "en", said["en"]).format(crisis=crisis)
    return "\n".join(part for part in (first, line, rest) if part)
