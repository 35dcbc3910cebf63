"""The options side by side, from the curated points and the facts on file: for each option the same points in the same order.

Imports no Rasa.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.aid.content import Guide
from bot.aid.schema import Numbers, Point, Sourced, Use
from bot.answer.snapshot import Snapshot
from bot.facts.schema import Fact, Gap

MISSING = "This is not on file at the moment. Ask the clinic about it."


@dataclass(frozen=True)
class Cell:
    """One point of one option, and the facts and gaps that it restates."""

    text: str
    facts: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """One option: its name, a cell for each point, and a result counted in people or None."""

    name: str
    cells: tuple[Cell, ...]
    numbers: Numbers | None


@dataclass(frozen=True)
class Table:
    """`rows` are the labels of the points; each column has as many cells."""

    rows: tuple[str, ...]
    columns: tuple[Column, ...]

    def facts(self) -> list[str]:
        """The ids of all facts behind the table, row by row, each once."""
        found = [id for place in range(len(self.rows)) for column in self.columns for id in column.cells[place].facts]
        counted = [id for column in self.columns if column.numbers for id in column.numbers.facts]
        return list(dict.fromkeys(found + counted))


def table(guide: Guide, snapshot: Snapshot, *, use: Use, route: str) -> Table:
    """Exosomes by `route` (an unknown one counts as "unsure"), the other options for `use`, and waiting."""
    known = guide.exosomes.uses[use.id]
    by_route = guide.exosomes.routes.get(route) or guide.exosomes.routes["unsure"]
    found = known.found.get(route, known.found["other"])
    exosomes = {**guide.exosomes.all, **by_route, "known": known.known, "unknown": known.unknown, "found": found}
    label = next((one.label for one in guide.routes if one.id == route and route != "unsure"), "")
    name = f"{guide.exosomes.name} {label[0].lower()}{label[1:]}" if label else guide.exosomes.name
    others = [guide.others[id] for id in use.options]
    columns = [_column(guide, snapshot, name=name, points=exosomes, numbers=None)]
    columns += [_column(guide, snapshot, name=one.name, points=one.points, numbers=one.numbers) for one in others]
    return Table(tuple(point.label for point in guide.points), tuple(columns))


def _column(guide: Guide, snapshot: Snapshot, *, name: str, points: Mapping[str, Point], numbers: Numbers | None) -> Column:
    cells = tuple(_cell(points[point.id], snapshot) for point in guide.points)
    return Column(name, cells, numbers if numbers and on_file(numbers, snapshot) else None)


def _cell(point: Point, snapshot: Snapshot) -> Cell:
    return Cell(point.text, point.facts, point.gaps) if on_file(point, snapshot) else Cell(MISSING)


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
