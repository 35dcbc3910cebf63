"""Puts a choice of facts into words: statements, kind of evidence and date, caveats, notice, sources. Imports no Rasa."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answer.contract import ShownFact, ShownSource
from bot.answer.snapshot import Snapshot
from bot.facts.schema import Fact, Gap, Source
from bot.vocabulary import EVIDENCE, SOURCE_KINDS

MAX_CAVEATS = 3
DISAGREE = "Our sources do not agree on this. You see both sides."
OVERDUE = "A fact shown here is past the date when it was due for a check. It may be out of date."
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip


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
    """Facts made ready: numbered facts and sources, caveats, notice."""

    facts: tuple[ShownFact, ...]
    sources: tuple[ShownSource, ...]
    caveats: tuple[str, ...]
    notice: str | None


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
    )


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
    """The caveats of the facts, each once; those of the first fact come first, then by how many facts carry them."""
    ids = [caveat for fact in facts for caveat in fact.caveats if caveat in snapshot.caveats]
    first = facts[0].caveats if facts else ()
    ranked = sorted(dict.fromkeys(ids), key=lambda caveat: (caveat not in first, -ids.count(caveat)))
    return tuple(snapshot.caveats[caveat].text for caveat in ranked[:MAX_CAVEATS])


def statement_lines(facts: Sequence[ShownFact]) -> list[str]:
    """One line for each fact: the statement, the numbers of its sources, the kind of evidence and its date."""
    return [f"{fact.statement} {''.join(f'[{n}]' for n in fact.citations)} ({fact.evidence}, {day(fact.as_of)})" for fact in facts]


def source_lines(sources: Sequence[ShownSource]) -> list[str]:
    """The source list, one line each, with what the author stands to gain where that is known."""
    lines = []
    for source in sources:
        when = day(source.published) if source.published else "no date"
        line = f"[{source.n}] {source.title}. {source.publisher}, {when}. {source.kind.capitalize()}."
        if source.interest:
            line += f" May gain: {source.interest.rstrip('.')}."
        lines.append(line + (f" {source.url}" if source.url else ""))
    return lines


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
