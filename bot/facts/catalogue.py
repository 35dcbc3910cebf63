"""Reads the YAML folders into one checked catalogue. A clinic's own folder is laid over the shipped one.

Layout of a folder: `sources/*.yml`, `facts/*.yml`, `gaps/*.yml`, `topics.yml`, `caveats.yml`; each file is a list of
records. A record of a later folder replaces the record of the same kind and id of an earlier one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from bot import yaml_files
from bot.errors import FactsError, Problem
from bot.facts import rules
from bot.facts.schema import Caveat, Fact, Gap, Record, Source, Topic

PATTERNS: dict[str, tuple[str, type[Record]]] = {
    "sources": ("sources/*.yml", Source),
    "caveats": ("caveats.yml", Caveat),
    "topics": ("topics.yml", Topic),
    "facts": ("facts/*.yml", Fact),
    "gaps": ("gaps/*.yml", Gap),
}
R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Catalogue:
    """All records by id, and for each (kind, id) the file it came from."""

    sources: dict[str, Source] = field(default_factory=dict)
    caveats: dict[str, Caveat] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    gaps: dict[str, Gap] = field(default_factory=dict)
    files: dict[tuple[str, str], str] = field(default_factory=dict)
    laid_over: set[str] = field(default_factory=set)  # the files of a clinic's own folder
    unread: set[tuple[str, str]] = field(default_factory=set)  # kind and id of records that are there but wrong

    def there(self, kind: str, id: str) -> bool:
        """Whether a record of that kind and id is in the folders, be it right or wrong: what is wrong with it is said once."""
        return id in getattr(self, kind) or (kind, id) in self.unread

    def records(self) -> Iterable[tuple[str, Record]]:
        """Every record with the name of its kind."""
        for kind in PATTERNS:
            for record in getattr(self, kind).values():
                yield kind, record


def _rows(path: Path, problems: list[Problem]) -> list[Any]:
    try:
        rows = yaml_files.read(path) or []
    except UnicodeDecodeError:
        problems.append(Problem(file=str(path), record="-", field="-", what="the file is not UTF-8 text"))
        return []
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (line {mark.line + 1})" if mark else ""
        problems.append(Problem(file=str(path), record="-", field="-", what=f"not valid YAML{where}"))
        return []
    except ValueError as error:  # a date without quotes that is not in the calendar
        problems.append(Problem(file=str(path), record="-", field="-", what=f"not valid YAML: {error}"))
        return []
    if not isinstance(rows, list):
        problems.append(Problem(file=str(path), record="-", field="-", what="the file must be a list of records"))
        return []
    return rows


def _parse(row: Any, *, model: type[R], path: Path, position: int, problems: list[Problem]) -> R | None:
    name = str(row.get("id", f"#{position}")) if isinstance(row, dict) else f"#{position}"
    if not isinstance(row, dict):
        problems.append(Problem(file=str(path), record=name, field="-", what="a record must be a mapping"))
        return None
    try:
        return model.parse_obj({str(key): value for key, value in row.items()})
    except ValidationError as error:
        for item in error.errors():
            place = ".".join(str(part) for part in item["loc"])
            problems.append(Problem(file=str(path), record=name, field=place, what=item["msg"]))
        return None


def load(folders: Sequence[Path], *, today: dt.date | None = None) -> Catalogue:
    """Reads and checks `folders`, later ones over earlier ones.

    Raises:
        FactsError: with one Problem (file, record, field, what) for everything that is wrong.
    """
    problems: list[Problem] = []
    catalogue = Catalogue()
    for folder in folders:
        if not folder.is_dir():
            problems.append(Problem(file=str(folder), record="-", field="-", what="there is no such folder"))
        for kind, (pattern, model) in PATTERNS.items():
            seen: dict[str, Path] = {}
            for path in sorted(folder.glob(pattern)):
                for position, row in enumerate(_rows(path, problems), start=1):
                    record = _parse(row, model=model, path=path, position=position, problems=problems)
                    if record is None:
                        catalogue.unread.add((kind, str(row.get("id")) if isinstance(row, dict) else ""))
                        continue
                    key = record.id  # type: ignore[attr-defined]
                    if key in seen:
                        what = f"duplicate id, also in {seen[key]}"
                        problems.append(Problem(file=str(path), record=key, field="id", what=what))
                    seen[key] = path
                    getattr(catalogue, kind)[key] = record
                    catalogue.files[kind, key] = str(path)
                    if folder != folders[0]:
                        catalogue.laid_over.add(str(path))
    problems += rules.check(catalogue, today=today or dt.date.today())
    if problems:
        raise FactsError(problems)
    return catalogue
