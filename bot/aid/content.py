"""Reads `data/aid` and checks it against the facts: each claim has a source, each option the same points. Imports no Rasa."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError, parse_obj_as

from bot import yaml_files
from bot.aid import schema
from bot.errors import FactsError, Problem
from bot.facts.catalogue import Catalogue
from bot.settings import ROOT

FOLDER = ROOT / "data" / "aid"
SENTENCES = 2  # of each point of each option
LAW = "legal"  # the point that differs by country
END = re.compile(r"[.?!](?=\s|$)")


@dataclass(frozen=True)
class Guide:
    """Everything curated that the guide says."""

    about: schema.About
    steps: tuple[schema.Label, ...]
    words: Mapping[str, str]
    screens: Mapping[str, schema.Ask]
    numbers: schema.NumberWords
    sure_words: schema.SureWords
    uses: tuple[schema.Use, ...]
    routes: tuple[schema.Choice, ...]
    stances: tuple[schema.Choice, ...]
    fillers: frozenset[str]
    asks: tuple[str, ...]
    verdicts: tuple[str, ...]
    other_uses: tuple[str, ...]
    know: tuple[schema.Choice, ...]
    yes_no: tuple[schema.Choice, ...]
    points: tuple[schema.Label, ...]
    exosomes: schema.Exosomes
    law_not_on_file: schema.Line
    others: Mapping[str, schema.Option]
    values: tuple[schema.Value, ...]
    checks: tuple[schema.Check, ...]
    sure: tuple[schema.SureItem, ...]
    questions: tuple[schema.ClinicianQuestion, ...]

    def sourced(self) -> Iterator[tuple[str, schema.Sourced]]:
        """Everything that claims something, with where it stands."""
        yield "about", self.about
        yield "sure", self.sure_words
        yield from ((f"uses.{use.id}.problem", use.problem) for use in self.uses)
        for kind in ("values", "checks", "questions"):
            yield from ((f"{kind}.{item.id}", item) for item in getattr(self, kind))
        for place, points in self._points():
            yield from ((f"{place}.{id}", point) for id, point in points.items())
        yield "law_not_on_file", self.law_not_on_file
        yield from ((f"{option.id}.numbers", one) for option in self.others.values() for one in option.numbers)

    def _points(self) -> Iterator[tuple[str, Mapping[str, schema.Point]]]:
        yield "exosomes.all", self.exosomes.all
        yield "exosomes.law", self.exosomes.law
        yield from ((f"exosomes.{route}", points) for route, points in self.exosomes.routes.items())
        for use, known in self.exosomes.uses.items():
            yield f"exosomes.{use}", {"known": known.known, "unknown": known.unknown}
            yield f"exosomes.{use}.found", known.found
        yield from ((option.id, option.points) for option in self.others.values())


def read(folder: Path = FOLDER) -> Guide:
    """The guide of `folder`. Raises FactsError with one problem for everything that has the wrong form."""
    files: dict[str, Any] = {}
    problems: list[Problem] = []
    for name in ("guide", "choices", "options", "thinking"):
        path = folder / f"{name}.yml"
        try:
            files[name] = yaml_files.read(path)
        except (OSError, UnicodeDecodeError, yaml.YAMLError, ValueError) as error:
            problems.append(Problem(file=str(path), record="-", field="-", what=f"cannot be read ({type(error).__name__})"))
    if problems:
        raise FactsError(problems)

    def take(kind: Any, file: str, key: str) -> Any:
        try:
            return parse_obj_as(kind, files[file][key])
        except (ValidationError, KeyError, TypeError) as error:
            items = error.errors() if isinstance(error, ValidationError) else [{"loc": (key,), "msg": "is missing"}]
            where = str(folder / f"{file}.yml")
            problems.extend(
                Problem(file=where, record=key, field=".".join(map(str, item["loc"])), what=str(item["msg"])) for item in items
            )
            return None

    others = take(tuple[schema.Option, ...], "options", "others")
    made: dict[str, Any] = {
        "about": take(schema.About, "guide", "about"),
        "steps": take(tuple[schema.Label, ...], "guide", "steps"),
        "words": take(dict[str, str], "guide", "words"),
        "screens": take(dict[str, schema.Ask], "guide", "screens"),
        "numbers": take(schema.NumberWords, "guide", "numbers"),
        "sure_words": take(schema.SureWords, "guide", "sure"),
        "uses": take(tuple[schema.Use, ...], "choices", "uses"),
        "routes": take(tuple[schema.Choice, ...], "choices", "routes"),
        "stances": take(tuple[schema.Choice, ...], "choices", "stances"),
        "fillers": frozenset(take(tuple[str, ...], "choices", "fillers") or ()),
        "asks": take(tuple[str, ...], "choices", "asks"),
        "verdicts": take(tuple[str, ...], "choices", "verdicts"),
        "other_uses": take(tuple[str, ...], "choices", "other_uses"),
        "know": take(tuple[schema.Choice, ...], "choices", "know"),
        "yes_no": take(tuple[schema.Choice, ...], "choices", "sure"),
        "points": take(tuple[schema.Label, ...], "options", "points"),
        "exosomes": take(schema.Exosomes, "options", "exosomes"),
        "law_not_on_file": take(schema.Line, "options", "law_not_on_file"),
        "others": {option.id: option for option in others or ()},
        "values": take(tuple[schema.Value, ...], "thinking", "values"),
        "checks": take(tuple[schema.Check, ...], "thinking", "checks"),
        "sure": take(tuple[schema.SureItem, ...], "thinking", "sure"),
        "questions": take(tuple[schema.ClinicianQuestion, ...], "thinking", "questions"),
    }
    if problems:
        raise FactsError(problems)
    return Guide(**made)


def _balance(guide: Guide) -> Iterator[tuple[str, str]]:
    """What makes one option, or one side, weigh more than another."""
    points = [point.id for point in guide.points]
    for option in guide.others.values():
        if list(option.points) != points:
            yield option.id, f"must have the points {', '.join(points)}, in this order"
    routes = {route.id for route in guide.routes}
    for use in guide.uses:
        if missing := [id for id in use.options if id not in guide.others]:
            yield f"uses.{use.id}", f"there is no option '{missing[0]}'"
        if use.id not in guide.exosomes.uses:
            yield f"uses.{use.id}", "exosomes have no points for this use"
        elif "other" not in guide.exosomes.uses[use.id].found:
            yield f"exosomes.{use.id}.found", "needs 'other'"
    for route in routes ^ set(guide.exosomes.routes):
        yield f"exosomes.{route}", "routes of choices.yml and options.yml differ"
    for route, parts in guide.exosomes.routes.items():
        whole = {*parts, *guide.exosomes.all, LAW, "known", "found", "unknown"}
        if whole != set(points):
            yield f"exosomes.{route}", f"must have the points {', '.join(points)}"
    sides = [value.side for value in guide.values]
    if sides.count("for") != sides.count("against"):
        yield "values", "there must be as many reasons for as against"


def check(guide: Guide, catalogue: Catalogue) -> list[Problem]:
    """All that is wrong with `guide` beside its facts; an empty list means that it may be shown."""
    replaced = {old for fact in catalogue.facts.values() for old in fact.supersedes}
    found = list(_balance(guide))
    for place, said in guide.sourced():
        if not said.facts and not said.gaps:
            found.append((place, "names neither a fact nor a gap"))
        found += [(place, f"there is no fact '{id}'") for id in said.facts if id not in catalogue.facts]
        found += [(place, f"the fact '{id}' has been replaced") for id in said.facts if id in replaced]
        found += [(place, f"there is no gap '{id}'") for id in said.gaps if id not in catalogue.gaps]
        if type(said) is schema.Point and not place.startswith("uses.") and len(END.findall(said.text)) != SENTENCES:
            found.append((place, f"must have {SENTENCES} sentences, like the same point of every option"))
    return [Problem(file="data/aid", record=place, field="-", what=what) for place, what in found]


def require(catalogue: Catalogue) -> None:
    """Raises FactsError where the guide cannot be shown beside `catalogue`."""
    if problems := check(read(), catalogue):
        raise FactsError(problems)


@lru_cache(maxsize=1)
def guide() -> Guide:
    """The guide of this process."""
    return read()
