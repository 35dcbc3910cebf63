"""Puts a choice of facts into words: statements, kind of evidence and date, caveats, notice, sources. Imports no Rasa."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.answer.reply.contract import ShownFact, ShownSource
from bot.answer.retrieve.snapshot import Snapshot
from bot.facts.schema import Fact, Gap, Source
from bot.vocabulary import EVIDENCE, SOURCE_KINDS

MAX_CAVEATS = 3
NONE: Mapping[str, str] = {}
DISAGREE = "Our sources do not agree on this. You see both sides."
OVERDUE = "Part of this answer was due for a new check by now. There may be newer facts."
LEAST = ("undated-source", "ask-clinician")  # caveats that the date, or what there is to ask, says as well
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def day(value: str) -> str:
    """An ISO year, month or day in words: "24 October 2024", "October 2024", "2024"."""
    parts = value.split("-")
    words = [parts[0]]
    if len(parts) > 1:
        words.insert(0, MONTHS[int(parts[1]) - 1])
    if len(parts) > 2:
        words.insert(0, str(int(parts[2])))
    return " ".join(words)


@dataclass(frozen=True)
class Shown:
    """Facts made ready: numbered facts and sources, caveats, notice; `grounds` says by fact what it rests on."""

    facts: tuple[ShownFact, ...]
    sources: tuple[ShownSource, ...]
    caveats: tuple[str, ...]
    notice: str | None
    grounds: Mapping[str, str] = field(default_factory=dict)


def prepare(facts: Sequence[Fact], *, snapshot: Snapshot, disagreement: bool, today: dt.date, gaps: Sequence[Gap] = ()) -> Shown:
    """Numbers the sources in order of appearance and gathers the caveats and the notice of `facts`."""
    numbers: dict[str, int] = {}
    shown = []
    for fact in facts:
        cited = tuple(numbers.setdefault(c.source, len(numbers) + 1) for c in fact.citations)
        shown.append(
            ShownFact(
                id=fact.id,
                statement=fact.statement,
                evidence=EVIDENCE[fact.evidence],
                as_of=fact.as_of,
                citations=tuple(dict.fromkeys(cited)),
            )
        )
    sources = tuple(_source(snapshot.sources[key], n) for key, n in numbers.items())
    notices = [DISAGREE] if disagreement else []
    due = [*(fact.review_by for fact in facts), *(gap.review_by for gap in gaps)]
    if any(date < today for date in due):
        notices.append(OVERDUE)
    return Shown(
        facts=tuple(shown),
        sources=sources,
        caveats=_caveats(facts, snapshot),
        notice=" ".join(notices) or None,
        grounds={fact.id: _grounds(fact, [snapshot.sources[c.source] for c in fact.citations]) for fact in facts},
    )


def _grounds(fact: Fact, sources: Sequence[Source]) -> str:
    """The kind of evidence, how many people were studied for how long where the statement does not say so, the date."""
    parts = [EVIDENCE[fact.evidence]]
    if people := fact.population:
        if people.size and people.size > 1 and not _says(fact.statement, people.size):
            parts.append(f"{people.size} people")
        if people.weeks and not _says(fact.statement, people.weeks, "week"):
            parts.append(f"{people.weeks} weeks")
    parts.append(when(fact, sources))
    return ", ".join(parts)


def when(fact: Fact, sources: Sequence[Source]) -> str:
    """The date of a fact in words; where its `sources` have none, what is known instead."""
    if any(source.published for source in sources):
        return day(fact.as_of)
    if any(source.retrieved.startswith(fact.as_of) for source in sources):
        return f"as read on {day(fact.as_of)}" if len(fact.as_of) == 10 else f"as read in {day(fact.as_of)}"
    return f"no date, {day(fact.as_of)} or later"  # the date is the earliest that the source can be of


def _says(statement: str, number: int, unit: str = "") -> bool:
    """Whether `statement` names the number, in figures or in words."""
    forms = [str(number), *([NUMBERS[number]] if number < len(NUMBERS) else [])]
    return any(re.search(rf"\b{form}\b\W+{unit}", f"{statement} ", re.IGNORECASE) for form in forms)


def _source(source: Source, number: int) -> ShownSource:
    return ShownSource(
        n=number,
        id=source.id,
        title=source.title,
        publisher=source.publisher,
        published=source.published,
        url=source.link,
        kind=SOURCE_KINDS[source.kind],
        interest=source.interest,
    )


def _caveats(facts: Sequence[Fact], snapshot: Snapshot) -> tuple[str, ...]:
    """The caveats of the facts, each once: those of the first fact, then by how many facts carry them; general ones last."""
    ids = [caveat for fact in facts for caveat in fact.caveats if caveat in snapshot.caveats]
    first = facts[0].caveats if facts else ()
    ranked = sorted(dict.fromkeys(ids), key=lambda caveat: (caveat in LEAST, caveat not in first, -ids.count(caveat)))
    return tuple(snapshot.caveats[caveat].text for caveat in ranked[:MAX_CAVEATS])


def statement_lines(shown: Shown, *, ids: Collection[str] | None = None, details: Mapping[str, str] = NONE) -> list[str]:
    """One line for each fact, or for those of `ids`: statement, detail, numbers of its sources, what it rests on."""
    lines = []
    for fact in shown.facts:
        if ids is None or fact.id in ids:
            said = " ".join(filter(None, (fact.statement, details.get(fact.id))))
            lines.append(f"{said} {''.join(f'[{n}]' for n in sorted(fact.citations))} ({shown.grounds[fact.id]})")
    return lines


def source_lines(sources: Sequence[ShownSource]) -> list[str]:
    """The source list, one line each, with what the author stands to gain where that is known."""
    return [f"[{one.n}] {one.title}. {about_source(vars(one))}" + (f" {one.url}" if one.url else "") for one in sources]


def about_source(source: Mapping[str, Any]) -> str:
    """What follows the title in a source list: publisher, date, kind, and what the author stands to gain."""
    when = day(source["published"]) if source.get("published") else "no date"
    gain = f" May gain: {source['interest'].rstrip('.')}." if source.get("interest") else ""
    return f"{source['publisher']}, {when}. {source['kind'].capitalize()}.{gain}"


def ending(shown: Shown) -> list[str]:
    """What follows the statements: caveats, notice, sources; each block is one paragraph."""
    blocks = []
    if shown.caveats:
        blocks.append("Keep in mind: " + " ".join(shown.caveats))
    if shown.notice:
        blocks.append("Please note: " + shown.notice)
    if shown.sources:
        blocks.append("\n".join(["Sources:", *source_lines(shown.sources)]))
    return blocks
