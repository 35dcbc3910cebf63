"""The moves of the guide: from a state and a move to the next state. Plain functions, no Rasa, no words but notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.aid.content import Guide
from bot.aid.reading import Move
from bot.aid.screens import screen, screens
from bot.aid.state import MAX_OWN, MAX_WORDS, State

RATINGS = range(6)  # from "does not matter" to "matters most"
MOVES = (
    "start",
    "continue",
    "answer",
    "skip",
    "back",
    "stop",
    "summary",
    "restart",
    "change",
    "verdict",
    "place",
    "other",
    "several",
)
NOTES = {
    "verdict": "no_verdict",
    "place": "placed",
    "other": "four_uses",
    "several": "one_only",
}  # moves that leave one where one is, and what is said


def move(guide: Guide, state: State, what: Move, *, seed: int) -> tuple[State, str]:
    """The state after `what`, and the name of a note to say first ("" for none): a key of the guide's words, or a check's id.

    A move that does not fit leaves the state as it is. `seed` orders the reasons of a guide that starts now.
    """
    if what.do == "restart" or (what.do == "start" and not state.seed):
        fresh = State(open=True, seed=max(1, seed))
        return replace(fresh, answers=_named(guide, fresh, what.value) if what.do == "start" else {}), "start"
    if not state.seed:  # a button of a guide that is no longer kept: what it answers is all that is known
        fresh = State(open=True, seed=max(1, seed))
        return (_answer(guide, fresh, what)[0] if what.do == "answer" else fresh), "lost"
    if what.do in ("start", "continue"):
        return replace(state, open=True), "back"
    state = replace(state, open=True)
    if what.do == "stop":
        return replace(state, open=False), "stopped"
    if what.do in NOTES:
        return state, NOTES[what.do]
    if what.do == "answer":
        return _answer(guide, state, what)
    if what.do == "skip":
        at = what.at or state.at
        if what.value == "":  # "none": what was said there is taken back
            kept = {id: said for id, said in state.answers.items() if id != at}
            state = replace(state, answers=kept, own=() if at == "own" else state.own)
        note = at if at.startswith("check-") and not state.text(at) else ""  # its answer is told all the same
        return (replace(state, at=_beside(guide, state, 1)) if at == state.at else state), note
    if what.do == "back":
        return replace(state, at=_beside(guide, state, -1)), ""
    if what.do == "summary":
        return replace(state, at="summary"), ""
    if what.do == "change" and what.at in {one.id for one in screens(guide, state)}:
        return replace(state, at=what.at), ""
    return state, "unread"


def _named(guide: Guide, state: State, value: Any) -> dict[str, str]:
    """What the message that opened the guide already named, by screen; it is shown and can be changed."""
    given = value if isinstance(value, Mapping) else {}
    known = {one.id: {choice.id for choice in one.choices} for one in screens(guide, state)}
    return {at: given[at] for at in ("use", "route") if given.get(at) in known[at]}


def _beside(guide: Guide, state: State, by: int) -> str:
    order = [one.id for one in screens(guide, state)]
    place = order.index(screen(guide, state).id) + by
    return order[min(max(place, 0), len(order) - 1)]


def _answer(guide: Guide, state: State, what: Move) -> tuple[State, str]:
    """Keeps an answer and goes on; an answer to another screen than the one on show changes that answer alone."""
    at = what.at or state.at
    shown = next((one for one in screens(guide, state) if one.id == at), None)
    if shown is None:
        return state, "unread"
    value = what.value
    if shown.kind == "rating":
        return _rate(guide, state, value, onward=what.onward)
    if at == "own":
        text, rating = value if isinstance(value, (tuple, list)) and len(value) == 2 else (value, None)
        if not isinstance(text, str) or not text.strip() or rating not in (None, *RATINGS):
            return state, "unread"
        fresh = (text[:MAX_WORDS], rating)
        return replace(state, own=(*state.own, fresh)[-MAX_OWN:], at=_onward(guide, state, at)), _cut(text)
    if shown.kind not in ("radio", "text") or not isinstance(value, str) or not value.strip():
        return state, "unread"
    if shown.kind == "radio" and not shown.free and value not in {choice.id for choice in shown.choices}:
        return state, "unread"
    changed = at != state.at
    if what.asks:  # it is answered now; more questions may follow, and each stays
        before = state.text(at)
        value = before if value in before else f"{before} {value}".strip()
    kept = replace(state, answers={**state.answers, at: value[:MAX_WORDS]}, at=state.at if what.asks else _onward(guide, state, at))
    note = at if at.startswith("check-") else _cut(value)
    return kept, note or ("changed" if changed else "")


def _cut(words: str) -> str:
    """The note to who wrote more than is kept."""
    return "cut" if len(words) > MAX_WORDS else ""


def _onward(guide: Guide, state: State, at: str) -> str:
    return _beside(guide, state, 1) if at == state.at else state.at


def _rate(guide: Guide, state: State, value: Any, *, onward: bool) -> tuple[State, str]:
    known = {one.id for one in guide.values}
    if not isinstance(value, Mapping) or not set(value) <= known or not all(rating in RATINGS for rating in value.values()):
        return state, "unread"
    ratings = {**state.ratings, **value}
    kept = replace(state, answers={**state.answers, "values": ratings})
    on = state.at == "values" and (onward or set(ratings) == known)
    return (replace(kept, at=_beside(guide, kept, 1)) if on else kept), ""
