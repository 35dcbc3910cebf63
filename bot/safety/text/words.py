"""Lists of words from YAML, made into patterns. Imports no Rasa.

"*" is the rest of a word; a hyphen may be a blank or nothing; an apostrophe may be left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import yaml
from pydantic import BaseModel, Extra, ValidationError, conlist, constr

from bot import yaml_files
from bot.errors import SettingsError

if TYPE_CHECKING:
    Text = str
    Words = list[str]
else:
    Text = constr(strict=True, min_length=1)
    Words = conlist(constr(strict=True, strip_whitespace=True, min_length=1), min_items=1)
SIGNS = {r"\*": r"\w*", r"\ ": r"\s+", r"\-": "[- ]?", "'": "['’]?"}


class Lists(BaseModel):
    """A file of words: nothing unknown in it, and every word in quotes that YAML would read as something else."""

    class Config:
        extra = Extra.forbid


Form = TypeVar("Form", bound=Lists)


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of `words`, whatever their case."""
    said = []
    for word in words:
        pattern = re.escape(word.strip())
        for sign, meant in SIGNS.items():
            pattern = pattern.replace(sign, meant)
        said.append(pattern)
    return re.compile(rf"\b(?:{'|'.join(said)})\b", re.IGNORECASE)


def compiling(value: str) -> str:
    """`value`, for the validators of entries that are patterns. Raises ValueError where it is no regular expression."""
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"'{value}' is no regular expression ({error})") from None
    return value


def read(path: Path, form: type[Form]) -> Form:
    """The lists of `path`. Raises SettingsError, one sentence that names the file and the entry that is wrong."""
    try:
        return form.parse_obj(yaml_files.read(path))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        raise SettingsError(f"{path} cannot be read as YAML.") from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"] if step != "__root__") or "its beginning"
        raise SettingsError(f"{path} is wrong at {place}: {first['msg']}.") from None
