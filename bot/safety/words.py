"""Lists of words from YAML, made into patterns. Imports no Rasa.

"*" is the rest of a word; a hyphen may be a blank or nothing; an apostrophe may be left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from pydantic import BaseModel, Extra, ValidationError, conlist, constr

from bot.errors import SettingsError

if TYPE_CHECKING:
    Words = list[str]
else:
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


def read(path: Path, form: type[Form]) -> Form:
    """The lists of `path`. Raises SettingsError, one sentence that names the file and the entry that is wrong."""
    try:
        content: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        return form.parse_obj(content)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        raise SettingsError(f"{path} cannot be read as YAML.") from None
    except ValidationError as error:
        first = error.errors()[0]
        raise SettingsError(f"{path} is wrong at {'.'.join(map(str, first['loc']))}: {first['msg']}.") from None
