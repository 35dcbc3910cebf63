"""The options side by side, from the curated points and the facts on file: for each option the same points in the same order.

Imports no Rasa.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.aid.content import END, LAW, Guide
from bot.aid.fixed import MISSING
from bot.aid.schema import Numbers, Point, Sourced, Use
from bot.answer.retrieve.snapshot import Snapshot
from bot.facts.schema import Fact, Gap
from bot.vocabulary import EU_MEMBERS, IN_ENGLISH

SHORT = {"US": "the US", "GB": "the UK", "EU": "the EU"}


@dataclass(frozen=True)
class Cell:
    """One point of one option, and the facts and gaps that it restates."""

    text: str
    facts: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """One option: its name, a cell for each point, and the results counted in people."""

    name: str
    cells: tuple[Cell, ...]
    numbers: tuple[Numbers, ...]


@dataclass(frozen=True)
class Table:
    """`rows` are the labels of the points; each column has as many cells."""

    rows: tuple[str, ...]
    columns: tuple[Column, ...]

    def facts(self) -> list[str]:
        """The ids of all facts behind the table, row by row, each once."""
        found = [id for place in range(len(self.rows)) for column in self.columns for id in column.cells[place].facts]
        counted = [id for column in self.columns for one in column.numbers for id in one.facts]
        return list(dict.fromkeys(found + counted))


def table(guide: Guide, snapshot: Snapshot, *, use: Use, route: str, country: str) -> Table:
    """Exosomes by `route` (an unknown one counts as "unsure"), the other options for `use`, and waiting.

    The row on the law is that of `country`; where no rule of it is on file, it says so.
    """
    known = guide.exosomes.uses[use.id]
    route = route if route in guide.exosomes.routes else "unsure"
    by_route = guide.exosomes.routes[route]
    found = known.found.get(route, known.found["other"])
    exosomes = {
        **guide.exosomes.all,
        **by_route,
        LAW: law_of(guide, country),
        "known": known.known,
        "unknown": known.unknown,
        "found": found,
    }
    label = next((one.label for one in guide.routes if one.id == route and route != "unsure"), "")
    name = f"{guide.exosomes.name} {label[0].lower()}{label[1:]}" if label else guide.exosomes.name
    others = [guide.others[id] for id in use.options]
    whole: list[tuple[str, Mapping[str, Point], tuple[Numbers, ...]]] = [(name, exosomes, ())]
    whole += [(one.name, one.points, one.numbers) for one in others]
    columns = tuple(_column(guide, snapshot, name=n, points=points, numbers=m, country=country) for n, points, m in whole)
    return Table(tuple(point.label.format(place=in_words(country)) for point in guide.points), columns)


def law_of(guide: Guide, country: str) -> Point:
    """What is on file on exosomes for `country`; where nothing is, the point on the US with a word on that."""
    law = guide.exosomes.law
    return there(guide, law.get(_whose_law(country)) or law["US"], country)


def _whose_law(country: str) -> str:
    return "EU" if country in EU_MEMBERS else country


def in_words(country: str) -> str:
    """The country as said after "in"."""
    return SHORT.get(country) or IN_ENGLISH.get(country, country)


def _column(
    guide: Guide, snapshot: Snapshot, *, name: str, points: Mapping[str, Point], numbers: tuple[Numbers, ...], country: str
) -> Column:
    cells = tuple(_cell(there(guide, points[point.id], country), snapshot, country) for point in guide.points)
    return Column(name, cells, tuple(one for one in numbers if on_file(one, snapshot)))


def there(guide: Guide, point: Point, country: str) -> Point:
    """`point`; one on the law of another country is cut to its first sentence, and the second says that none is on file here."""
    if point.country in (None, _whose_law(country)):
        return point
    first = point.text[: next(END.finditer(point.text)).end()]
    none = guide.law_not_on_file
    return Point(text=f"{first} {none.text}", facts=(*point.facts, *none.facts), gaps=(*point.gaps, *none.gaps))


def _cell(point: Point, snapshot: Snapshot, country: str) -> Cell:
    if not on_file(point, snapshot):
        return Cell(MISSING)
    return Cell(point.text.format(place=in_words(country)), point.facts, point.gaps)


def on_file(said: Sourced, snapshot: Snapshot) -> bool:
    """Whether the newest release still holds everything that `said` restates."""
    facts = all(id in snapshot.facts and id not in snapshot.outdated for id in said.facts)
    return facts and all(id in snapshot.gaps for id in said.gaps)


def facts_of(ids: Sequence[str], snapshot: Snapshot) -> list[Fact]:
    """The facts on file of these ids, each once."""
    return snapshot.sourced(snapshot.facts[id] for id in dict.fromkeys(ids) if id in snapshot.facts)


def gaps_of(ids: Sequence[str], snapshot: Snapshot) -> list[Gap]:
    """The gaps on file of these ids, each once."""
    return [snapshot.gaps[id] for id in dict.fromkeys(ids) if id in snapshot.gaps]


def cite(text: str, ids: Sequence[str], numbers: Mapping[str, Sequence[int]]) -> str:
    """`text` with the numbers of the sources of the facts `ids`."""
    found = sorted({n for id in ids for n in numbers.get(id, ())})
    return " ".join([text, "".join(f"[{n}]" for n in found)]).rstrip()
