"""A screen as controls, for clients that can show them: `custom["form"]`, see docs/decision-guide.md. Imports no Rasa."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.aid.content import Guide
from bot.aid.payload import button
from bot.aid.reading import choice_of
from bot.aid.schema import Numbers
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
    counted = [{"text": in_words(guide, column.numbers), "citations": _of(column.numbers, cited)} for column in table.columns]
    rows.append({"label": "In numbers", "cells": counted})
    whole = {"kind": "table", "id": "options", "label": "Your options", "columns": [c.name for c in table.columns], "rows": rows}
    return [whole, *(icons(guide, column.name, column.numbers, cited) for column in table.columns if column.numbers)]


def _of(numbers: Numbers | None, cited: Any) -> list[int]:
    return list(cited(numbers.facts)) if numbers else []


def in_words(guide: Guide, numbers: Numbers | None) -> str:
    """A result out of 100 in words; says so where there is none."""
    if numbers is None:
        return f"{guide.numbers.none[0].upper()}{guide.numbers.none[1:]}."
    one, other = numbers.with_, numbers.without
    return f"{numbers.about.capitalize()}: {one.count} of 100 {one.label}, {other.count} of 100 {other.label}."


def icons(guide: Guide, name: str, numbers: Numbers, cited: Any) -> Form:
    """One icon array for each group, out of 100."""
    groups = [
        {"label": group.label, "count": group.count, "of": 100, "words": f"{group.count} of 100 {group.label}"}
        for group in (numbers.with_, numbers.without)
    ]
    label = f"{name}: {numbers.about} ({numbers.who})"
    return {"kind": "icons", "id": "numbers", "label": label, "help": guide.numbers.unsure, "groups": groups,
            "citations": list(cited(numbers.facts))}  # fmt: skip
