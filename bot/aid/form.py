"""A screen as controls, for clients that can show them: `custom["form"]`, see docs/decision-guide.md. Imports no Rasa."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.aid.choosing import choice_of
from bot.aid.content import Guide
from bot.aid.payload import button
from bot.aid.schema import Count, Numbers
from bot.aid.screens import Screen, shuffled
from bot.aid.state import MAX_WORDS, State
from bot.aid.table import Table

Form = dict[str, Any]
STEPS = 7


def form(
    guide: Guide, state: State, shown: Screen, *, say: Sequence[str], actions: Sequence[Form], controls: Sequence[Form]
) -> Form:
    """The whole object; `say` are the lines before the controls, `actions` the buttons beneath them."""
    title = next(step.label for step in guide.steps if step.id == str(shown.step))
    return {
        "screen": shown.id,
        "step": shown.step,
        "of": STEPS,
        "progress": f"Step {shown.step} of {STEPS}",
        "title": title,
        "say": list(say),
        "controls": [*controls, *own_controls(guide, state, shown)],
        "actions": list(actions),
    }


def own_controls(guide: Guide, state: State, shown: Screen) -> list[Form]:
    """The controls by which a person answers `shown`."""
    if shown.kind == "radio":
        options = [
            {"value": one.id, "label": one.label, "payload": button("answer", at=shown.id, value=one.id)} for one in shown.choices
        ]
        chosen = state.text(shown.id)
        known = choice_of(shown.choices, chosen) if chosen else None
        value = known.id if known else None
        radio = {"kind": "radio", "id": shown.id, "label": shown.ask, "help": shown.help, "options": options, "value": value}
        own = "" if known else chosen
        return [radio, _text(shown.id, "Or in your own words", "", own)] if shown.free else [radio]
    if shown.kind == "rating":
        labels = {"low": "does not matter", "high": "matters most", "min": 0, "max": 5}
        return [
            {"kind": "rating", "id": one.id, "number": n, "label": one.text, **labels, "value": state.ratings.get(one.id)}
            for n, one in enumerate(shuffled(guide, state), start=1)
        ]
    if shown.kind == "text":
        return [_text(shown.id, shown.ask, shown.help, "" if shown.id == "own" else state.text(shown.id))]
    return []


def _text(id: str, label: str, help: str, value: str) -> Form:
    return {"kind": "text", "id": id, "label": label, "help": help, "max": MAX_WORDS, "value": value}


def table_controls(guide: Guide, table: Table, numbers: Mapping[str, Sequence[int]]) -> list[Form]:
    """The options table and the icon arrays; `numbers` are the citations of each fact."""

    def cited(ids: Sequence[str]) -> list[int]:
        return sorted({n for id in ids for n in numbers.get(id, ())})

    rows = [
        {
            "label": label,
            "cells": [
                {"text": column.cells[place].text, "citations": cited(column.cells[place].facts)} for column in table.columns
            ],
        }
        for place, label in enumerate(table.rows)
    ]
    rows += [
        {"label": label, "cells": [{"text": text, "citations": cited(ids)} for text, ids in cells]}
        for label, cells in counted(guide, table)
    ]
    whole = {"kind": "table", "id": "options", "label": "Your options", "columns": [c.name for c in table.columns], "rows": rows}
    results = [(column.name, one) for column in table.columns for one in column.numbers]
    shown = [icons(guide, name, one, n=n, citations=cited(one.facts)) for n, (name, one) in enumerate(results, start=1)]
    if shown:  # said once, beneath them all
        shown[-1]["help"] = guide.numbers.unsure
    return [whole, *shown]


def counted(guide: Guide, table: Table) -> Iterator[tuple[str, list[tuple[str, tuple[str, ...]]]]]:
    """The rows of numbers, for gain and for harm: what each column says there, and the facts behind it."""
    for side, label in (("gain", guide.numbers.gain), ("harm", guide.numbers.harm)):
        cells = []
        for place, column in enumerate(table.columns):
            found = [one for one in column.numbers if one.side == side]
            text = in_words(guide, found) or (guide.numbers.missing if place else guide.numbers.none)
            cells.append((text, tuple(dict.fromkeys(id for one in found for id in one.facts))))
        yield label, cells


def in_words(guide: Guide, numbers: Sequence[Numbers]) -> str:
    """Results out of 100 in words; empty where there are none."""
    return " ".join(f"{one.about.capitalize()}: {group(guide, one.with_)}, {group(guide, one.without)}." for one in numbers)


def group(guide: Guide, of: Count) -> str:
    """One group out of 100 in words, with the source's own count beside it where that is of another number of people."""
    own = f" ({guide.numbers.counted.format(seen=of.seen, people=of.people)})" if of.people else ""
    return f"{of.count} of 100 {of.label}{own}"


def over(guide: Guide, name: str, numbers: Numbers) -> str:
    """What stands over the icons of one result: the option, who was studied, what was counted."""
    return f"{name}. {guide.numbers.intro.format(who=numbers.who, about=numbers.about)}"


def icons(guide: Guide, name: str, numbers: Numbers, *, n: int, citations: Sequence[int]) -> Form:
    """One icon array for each group, out of 100."""
    groups = [
        {"label": one.label, "count": one.count, "of": 100, "words": group(guide, one)} for one in (numbers.with_, numbers.without)
    ]
    return {"kind": "icons", "id": f"numbers-{n}", "label": over(guide, name, numbers), "help": "", "groups": groups,
            "citations": list(citations)}  # fmt: skip
