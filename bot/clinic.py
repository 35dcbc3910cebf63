"""The clinic that shows the assistant: its details, its country, and the numbers to call there. Imports no Rasa."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Optional

import yaml
from pydantic import BaseModel, Extra, ValidationError, validator

from bot import yaml_files
from bot.errors import SettingsError
from bot.safety.emergency.abroad import no_number
from bot.settings import settings
from bot.vocabulary import EU_MEMBERS, IN_ENGLISH

FILE = "clinic.yml"


class Details(BaseModel):
    """What both parts of the file share: no unknown entries, and no number that YAML has changed (000 would become 0)."""

    class Config:
        extra = Extra.forbid

    @validator("*", pre=True)
    def quoted(cls, value: object) -> object:
        if isinstance(value, (int, float)):
            raise ValueError("write it in quotes, or YAML reads it as a number")
        return value


class Numbers(Details):
    """Whom to call in one country. `emergency` is required; the rest is said only where it is known."""

    emergency: str
    crisis: Optional[str] = None


class Clinic(Details):
    """Details from `clinic.yml`; a clinic's own file replaces single entries of the shipped one."""

    name: str
    country: str
    phone: Optional[str] = None
    email: Optional[str] = None
    address: Optional[str] = None
    hours: Optional[str] = None
    booking: Optional[str] = None
    numbers: dict[str, Numbers]

    def emergency_line(self, country: str | None = None, language: str | None = None) -> str:
        """The emergency number of a country the person spoke of, then the clinic's if it is another one."""
        there = self.on_file(country)
        own, number = self.at(None).emergency, there.emergency if there else None
        return _beside(_said(own, language), self.country, country, number and _said(number, language), language)

    def crisis_line(self, country: str | None, language: str | None = None) -> str:
        """The same for the crisis line; where a country has none on file, its emergency number."""
        own, there = self.at(None), self.on_file(country)
        number = (there.crisis or there.emergency) if there else None
        line = _said(own.crisis or own.emergency, language)
        return _beside(line, self.country, country, number and _said(number, language), language)

    def lines(self, country: str | None, language: str | None = None) -> dict[str, str]:
        """Both, by the names under which texts hold them: `emergency` and `crisis`."""
        return {"emergency": self.emergency_line(country, language), "crisis": self.crisis_line(country, language)}

    def on_file(self, country: str | None) -> Numbers | None:
        """The numbers of `country`, or of the EU for a member of it; None where neither is on file."""
        return self.numbers.get(country or self.country) or (self.numbers.get("EU") if country in EU_MEMBERS else None)

    def at(self, country: str | None) -> Numbers:
        """The numbers of `country`; the clinic's own where none is on file."""
        return self.on_file(country) or self.numbers[self.country]


def _beside(own: str, home: str, country: str | None, there: str | None, language: str | None) -> str:
    """A number of the clinic's country alone, or after that of another; a country without one never gets the clinic's silently.

    Words stand between the two, or a telephone would read "999 (911" as one number.
    """
    if country in (None, home) or there == own:
        return own
    place = f"in {IN_ENGLISH.get(home, home)}" if (language or "en") == "en" else home
    return f"{there or no_number(language)} ({place}: {own.replace(' (', ', ').replace(')', '')})"


def _said(number: str, language: str | None) -> str:
    """A number on file without the English words between and after it, where another language is spoken."""
    if (language or "en") == "en":
        return number
    return re.sub(r" \([a-z ]+\)$", "", number).replace(" or ", " / ").replace(" on ", " ")


def _merge(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in over.items():
        merged[key] = _merge(base[key], value) if isinstance(value, dict) and isinstance(base.get(key), dict) else value
    return merged


def read(*folders: Path | None) -> Clinic:
    """The details in `folders`, later over earlier. Raises SettingsError that names the file and the field."""
    merged: dict[str, Any] = {}
    path = Path(FILE)
    for folder in folders:
        path = folder / FILE if folder else path
        if folder and path.is_file():
            try:
                merged = _merge(merged, yaml_files.read(path) or {})
            except (yaml.YAMLError, UnicodeDecodeError, AttributeError, TypeError):
                raise SettingsError(f"{path} is not valid YAML; write it like the shipped data/facts/clinic.yml.") from None
    try:
        clinic = Clinic.parse_obj(merged)
    except ValidationError as error:
        said = "; ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())
        raise SettingsError(f"The clinic's details are wrong ({path}): {said}.") from None
    if clinic.country not in clinic.numbers:
        raise SettingsError(f"The clinic's details are wrong ({path}): no emergency number for {clinic.country}.")
    return clinic


@lru_cache(maxsize=1)
def clinic() -> Clinic:
    """The clinic of this process."""
    return read(settings().facts_dir, settings().clinic_dir)
