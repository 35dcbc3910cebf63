"""The clinic that shows the assistant: its details, its country, and the numbers to call there. Imports no Rasa."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Optional

import yaml
from pydantic import BaseModel, Extra, ValidationError

from bot.errors import SettingsError
from bot.settings import settings

FILE = "clinic.yml"


class Numbers(BaseModel):
    """Whom to call and tell in one country. `emergency` is required; the rest is said only where it is known."""

    emergency: str
    crisis: Optional[str] = None
    poison: Optional[str] = None
    report: Optional[str] = None

    class Config:
        extra = Extra.forbid


class Clinic(BaseModel):
    """Details from `clinic.yml`; a clinic's own file replaces single entries of the shipped one."""

    name: str
    country: str
    phone: Optional[str] = None
    email: Optional[str] = None
    address: Optional[str] = None
    hours: Optional[str] = None
    booking: Optional[str] = None
    numbers: dict[str, Numbers]

    class Config:
        extra = Extra.forbid

    def at(self, country: str | None) -> Numbers:
        """The numbers of `country`; the clinic's own where that country is not on file."""
        return self.numbers.get(country or self.country) or self.numbers[self.country]


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
            except (yaml.YAMLError, AttributeError, TypeError):
                raise SettingsError(f"{path} is not valid YAML; write it like the shipped data/clinic/clinic.yml.") from None
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
