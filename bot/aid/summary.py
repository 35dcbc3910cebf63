"""The one page that a person takes along, as data: their own words and answers, and what is on file. Imports no Rasa.

Nothing in it is concluded: where a person leans is what they said, or that they did not say.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.aid.content import Guide
from bot.aid.dangers import dangers_in
from bot.aid.fixed import NONE_HIGH, NOT_SAID, NOTE
from bot.aid.readability import grades
from bot.aid.schema import Check, Choice, ClinicianQuestion
from bot.aid.screens import option_names, use_of
from bot.aid.state import State
from bot.aid.table import Cell, cite, facts_of, gaps_of, on_file, table
from bot.answer.reply import wording
from bot.answer.reply.contract import ShownSource
from bot.answer.retrieve.snapshot import Snapshot
from bot.facts.schema import Source

TITLE = "My decision about exosomes"
MATTERS = 3  # from this rating on a reason is listed
ON_FILE = "What is on file"
FOUND, HARMS = " Found: ", " Harms: "
SOURCES = "Sources"


@dataclass(frozen=True)
class Summary:
    """`sections` are headings with their lines, in order; `date` is an ISO day; `notice` says what is past its date."""

    title: str
    date: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    sources: tuple[ShownSource, ...] = ()
    notice: str | None = None
    numbers: Mapping[str, Sequence[int]] = field(default_factory=dict)  # the citations of each fact


def summarise(guide: Guide, state: State, snapshot: Snapshot, *, today: dt.date) -> Summary:
    """The page for `state`."""
    asked = questions(guide, state, snapshot)
    known = [(check, state.text(f"check-{check.id}")) for check in guide.checks]
    use = use_of(guide, state)
    ids = [id for check, _ in known for id in check.facts] + [id for question in asked for id in question.facts]
    options = table(guide, snapshot, use=use, route=state.text("route"), country=state.country) if use else None
    gaps = [id for one in (*guide.checks, *asked) for id in one.gaps]
    rows = []
    if options:
        points = [point.id for point in guide.points]
        found, harms = points.index("found"), points.index("harms")
        for column in options.columns:
            ids += [*column.cells[found].facts, *column.cells[harms].facts]
            gaps += [*column.cells[found].gaps, *column.cells[harms].gaps]
            counted = any(one.side == "harm" for one in column.numbers)
            rows.append((column.name, column.cells[found], column.cells[harms], "" if counted else f" {guide.numbers.how_many}"))
    said = wording.prepare(
        facts_of(ids, snapshot), snapshot=snapshot, disagreement=False, today=today, gaps=gaps_of(gaps, snapshot)
    )
    numbers = {fact.id: fact.citations for fact in said.facts}

    def told(cell: Cell) -> str:
        return cited(cell.text, cell.facts)

    def cited(text: str, facts: Sequence[str]) -> str:
        return cite(text, facts, numbers)

    sections = [
        ("My decision", (state.text("decision") or NOT_SAID,)),
        ("What I think about", tuple(_about_me(guide, state))),
        (ON_FILE, tuple(f"{name}.{FOUND}{told(good)}{HARMS}{told(bad)}{none}" for name, good, bad, none in rows)),
        ("What I know", tuple(f"{_heard(guide, check, given)} {cited(_told(check.told), check.facts)}" for check, given in known)),
        ("What matters most to me", tuple(_matters(guide, state))),
        ("Where I lean", (_lean(guide, state),)),
        ("What is still open", tuple(_open(guide, state))),
        ("Questions for the clinician", tuple(cited(question.text, question.facts) for question in asked)),
        (SOURCES, tuple(_source(snapshot.sources[one.id], one.n) for one in said.sources)),
        ("About this page", tuple(about(guide))),
    ]  # fmt: skip
    shown = tuple((heading, lines) for heading, lines in sections if lines)
    return Summary(TITLE, today.isoformat(), shown, said.sources, said.notice, numbers)


def _source(source: Source, n: int) -> str:
    """One short line, so that the page stays one page: the source's label, its date, its address."""
    date = wording.day(source.published) if source.published else "no date"
    named = source.short if date[-4:] in source.short else f"{source.short}, {date}"
    gain = " May gain." if source.interest else ""
    return " ".join(filter(None, [f"[{n}] {named}.{gain}", source.link]))


def _heard(guide: Guide, check: Check, given: str) -> str:
    return f"{check.ask} I said: {_label(guide.know, given)}."


def _told(told: str) -> str:
    return told.removeprefix("Yes. ").removeprefix("No. ")


def _label(choices: tuple[Choice, ...], given: str) -> str:
    return next((choice.label.lower() for choice in choices if choice.id == given), "nothing yet")


def _about_me(guide: Guide, state: State) -> list[str]:
    use = use_of(guide, state)
    route = next((one.label for one in guide.routes if one.id == state.text("route")), "")
    stance = next((one.label for one in guide.stances if one.id == state.text("stance")), "")
    names = option_names(guide, state)
    lines = [
        f"For: {use.label}" if use else "",
        f"Given: {route}" if route else "",
        f"The clinic told me: {state.text('told')}" if state.text("told") else "",
        f"Where I stand: {stance}" if stance else "",
        f"Who has a say: {state.text('others')}" if state.text("others") else "",
        f"My options: {'; '.join(names)}" if names else "",
    ]
    return [line for line in lines if line]


def _matters(guide: Guide, state: State) -> list[str]:
    """The reasons that were rated high, highest first; reasons of one's own without a rating come last."""
    rated = [(state.ratings[value.id], value.text) for value in guide.values if value.id in state.ratings]
    rated += [(rating, text) for text, rating in state.own if rating is not None]
    high = sorted((one for one in rated if one[0] >= MATTERS), key=lambda one: -one[0])
    lines = [f"{text} ({rating} of 5)" for rating, text in high] + [text for text, rating in state.own if rating is None]
    return lines or ([NONE_HIGH] if rated else [])


def _lean(guide: Guide, state: State) -> str:
    return state.text("lean") or NOT_SAID


def _open(guide: Guide, state: State) -> list[str]:
    """The person's own words, then each "no" of the SURE test with the help that fits."""
    lines = [state.text("open")] if state.text("open") else []
    lines += [f"{item.ask} No. {item.help}" for item in guide.sure if state.text(f"sure-{item.id}") == "no"]
    return lines


def questions(guide: Guide, state: State, snapshot: Snapshot) -> list[ClinicianQuestion]:
    """The questions that are always worth asking, then those that fit what was said."""
    told = dangers_in(state.words())

    def fits(question: ClinicianQuestion) -> bool:
        if state.country in question.not_in or (question.only_in and state.country not in question.only_in):
            return False
        narrow = (question.use, question.route, question.sure, question.value, question.heard)
        if not any(narrow) and not question.told:
            return True
        unsure = {item.id for item in guide.sure if state.text(f"sure-{item.id}") == "no"}
        high = {id for id, rating in state.ratings.items() if rating >= MATTERS}
        route = state.text("route") or "unsure"
        return bool(
            state.text("use") in question.use
            or route in question.route
            or unsure & set(question.sure)
            or high & set(question.value)
            or (question.told and state.text("told"))
            or told & set(question.heard)
        )

    return [question for question in guide.questions if fits(question) and on_file(question, snapshot)]


def about(guide: Guide, note: str = NOTE) -> list[str]:
    """Who made the guide, who pays, when it was reviewed, how evidence was chosen, how it is updated, how it reads."""
    median, highest = grades(guide)
    return [
        note,
        guide.about.maker,
        guide.about.money,
        guide.about.evidence,
        f"Last reviewed: {wording.day(guide.about.reviewed)}. {guide.about.updated}",
        f"Reading grade (SMOG): {median:.1f} in the middle, {highest:.1f} at most.",
    ]


def as_text(summary: Summary) -> str:
    """The page as plain text, for Slack and the shell, but for its sources and its notice: they end the reply as ever."""
    blocks = [f"{summary.title}, {wording.day(summary.date)}"]
    blocks += ["\n".join([f"{heading}:", *(line if line.startswith("[") else f"- {line}" for line in lines)])
               for heading, lines in summary.sections if heading != SOURCES]  # fmt: skip
    return "\n\n".join(blocks)
