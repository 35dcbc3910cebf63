"""The screens of the guide in their order, each with one thing to answer. Imports no Rasa."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Literal

from bot.aid.content import Guide
from bot.aid.fixed import NOT_SURE
from bot.aid.schema import Choice, Use, Value
from bot.aid.state import State

LOOSE = ("use", "route", "stance")
Kind = Literal["radio", "text", "rating", "info", "end"]


@dataclass(frozen=True)
class Screen:
    """One screen: `step` 1 to 7; `choices` of a radio group, to which `free` allows own words.

    On a `loose` one a choice may stand among words that say nothing more ("with a laser, I think").
    """

    id: str
    step: int
    kind: Kind
    ask: str
    help: str = ""
    choices: tuple[Choice, ...] = ()
    free: bool = False
    loose: bool = False


def use_of(guide: Guide, state: State) -> Use | None:
    """What the person said it is for."""
    return next((use for use in guide.uses if use.id == state.text("use")), None)


def option_names(guide: Guide, state: State) -> list[str]:
    """The options in the order of the table; empty until it is known what the treatment is for."""
    use = use_of(guide, state)
    return [guide.exosomes.name, *(guide.others[id].name for id in use.options)] if use else []


def screens(guide: Guide, state: State) -> list[Screen]:
    """All screens; the choices of some depend on earlier answers."""

    def said(id: str, step: int, kind: Kind, choices: tuple[Choice, ...] = (), *, free: bool = False) -> Screen:
        text = guide.screens[id]
        return Screen(id, step, kind, text.ask, text.help, choices, free, loose=id in LOOSE)

    leanings = (*option_names(guide, state), NOT_SURE)
    return [
        said("use", 1, "radio", tuple(guide.uses)),
        said("route", 1, "radio", guide.routes),
        said("told", 1, "text"),
        said("stance", 2, "radio", guide.stances),
        said("others", 2, "text"),
        said("options", 3, "info"),
        said("values", 4, "rating"),
        said("own", 4, "text"),
        *(Screen(f"check-{item.id}", 5, "radio", item.ask, choices=guide.know) for item in guide.checks),
        *(Screen(f"sure-{item.id}", 6, "radio", item.ask, choices=guide.yes_no) for item in guide.sure),
        said("decision", 7, "text"),
        said("lean", 7, "radio", tuple(Choice(id=name, label=name) for name in leanings), free=True),
        said("open", 7, "text"),
        said("summary", 7, "end"),
    ]


def screen(guide: Guide, state: State) -> Screen:
    """The screen on show; the first one where the state names none that there is."""
    every = screens(guide, state)
    return next((one for one in every if one.id == state.at), every[0])


def shuffled(guide: Guide, state: State) -> list[Value]:
    """The reasons to rate, in an order of this conversation's own."""
    values = list(guide.values)
    random.Random(state.seed).shuffle(values)
    return values
