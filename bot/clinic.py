"""The clinic that shows the assistant: its details, its country, and the numbers to call there. Imports no Rasa."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Optional

import yaml
from pydantic import BaseModel, Extra, ValidationError, validator

from bot.errors import SettingsError
from bot.settings import settings
from bot.vocabulary import EU_MEMBERS

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
    """Whom to call and tell in one country. `emergency` is required; the rest is said only where it is known."""

    emergency: str
    crisis: Optional[str] = None
    poison: Optional[str] = None
    report: Optional[str] = None


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

    def emergency_line(self, country: str | None) -> str:
        """The clinic's emergency number; beside it that of a country the person spoke of, if it is another one."""
        own, there = self.at(None).emergency, self.at(country).emergency
        return own if there == own else f"{own} ({country}: {there})"

    def at(self, country: str | None) -> Numbers:
        """The numbers of `country`, or of the EU for a member of it; the clinic's own where neither is on file."""
        places = (country, "EU" if country in EU_MEMBERS else None, self.country)
        return next(self.numbers[place] for place in places if place in self.numbers)


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
                merged = _merge(merged, yaml.safe_load(path.read_text(encoding="utf-8")) or {})
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
