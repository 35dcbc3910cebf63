"""From what a person types to a move in the guide; None where it is no answer but a question or anything else. Imports no Rasa."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from bot.aid.content import Guide
from bot.aid.schema import Choice
from bot.aid.screens import Screen, screen, screens, shuffled, use_of
from bot.aid.state import MAX_WORDS, State

FORCED = re.compile(r"^\s*answer\s*:\s*", re.IGNORECASE)  # the widget's own controls say so; anyone may
COMMANDS = {
    "skip": r"skip( (this|it|that|one))*|pass|next( (step|question))?|(i('d| would) )?(rather|prefer) not( to)? (say|answer)"
    r"|no answer",
    "back": r"(go )?back( a step)?|previous( step| question)?|one step back",
    "stop": r"stop( (here|it|this|the guide))*|leave( the guide)?|quit|exit|that'?s enough( for now)?|not now",
    "summary": r"(show( me)? )?(my |the )?(summary|page)( please)?|finish",
    "restart": r"start (over|again|anew)|restart( the guide)?",
}
RESUME = (
    r"(ok(ay)?,? )?(continue|resume|(let'?s )?(go|carry) on( with)?|back to|return to|come back to)"
    r"( (with )?(my|the|this) (guide|decision( guide| aid)?|steps?|questions?|choice))?( please)?"
)
BARE = re.compile(r"(go|carry) on( with)?|back to|return to|come back to", re.IGNORECASE)  # too little to mean the guide
OK = re.compile(r"(ok(ay)?|next|yes|continue|go on|got it|done|thanks?|thank you)", re.IGNORECASE)
CHANGE = re.compile(
    r"(change|redo|edit|go to|back to)( my)?( answer)?( to| of| in)?( step)? (?P<what>[1-7]|[a-z ]{2,20})", re.IGNORECASE
)
NAMES = {"use": "use", "route": "route", "where i stand": "stance", "options": "options", "values": "values", "reasons": "values",
         "what matters": "values", "lean": "lean", "decision": "decision", "ratings": "values"}  # fmt: skip
QUESTION = re.compile(
    r"(what|how|why|when|who|where|which)('s| (is|are|was|were|do|does|did|can|could|will|would|should|has|have|much|many|long|"
    r"often|about|if|happens?|kind|else|to)\b)|(is|are|was|can|could|do|does|did|should|would|will|has|have)( not|n't)? "
    r"(i|it|they|you|we|he|she|there|this|that|these|the|a|an|any|exosomes?|fda)\b",
    re.IGNORECASE,
)
SMALL_TALK = re.compile(
    r"(hi|hey|hello|thanks?|thank you|thx|bye|goodbye|help|help me|who are you|are you (a )?(bot|robot|human))[ .!]*", re.IGNORECASE
)
NOTHING = re.compile(r"(no|nope|none|nothing|no thanks?|no thank you|n/?a)[ .!]*", re.IGNORECASE)
PAIR = re.compile(r"(\d+)\s*[:=)]\s*([0-5])(?!\d)")
ONWARD = re.compile(r"\bnext\b", re.IGNORECASE)
RATED = re.compile(r"^(?P<text>.*?\w.*?)[\s,;:]+(?P<rating>[0-5])$", re.DOTALL)


@dataclass(frozen=True)
class Move:
    """What to do: answer, skip, back, stop, continue, summary, restart or change; `at` is the screen that is meant."""

    do: str
    at: str = ""
    value: Any = None
    onward: bool = False  # leave the screen though not all of it is answered


def read(guide: Guide, state: State, text: str, *, paused: bool) -> Move | None:
    """The move that `text` means on the screen on show.

    `paused`: the last reply was not one of the guide, so that only what names the guide comes back to it.
    """
    forced, said = bool(FORCED.match(text)), FORCED.sub("", text).strip()
    bare = said.strip(" .!")
    if re.fullmatch(RESUME, bare, re.IGNORECASE) and not (BARE.fullmatch(bare) and paused):
        return Move("skip" if not paused and screen(guide, state).kind == "info" else "continue")
    if found := _change(guide, state, bare):
        return found
    if paused and not forced:
        return None
    command = next((do for do, words in COMMANDS.items() if re.fullmatch(words, bare, re.IGNORECASE)), None)
    if command:
        return Move(command, at=state.at)
    return _answer(guide, state, screen(guide, state), said, forced=forced)


def choice_of(choices: tuple[Choice, ...], said: str) -> Choice | None:
    """The choice that `said` names: its number, its label or one of its words."""
    bare = " ".join(said.lower().replace("’", "'").strip(" .!\"'").split())
    if bare.isdecimal():
        return choices[int(bare) - 1] if 1 <= int(bare) <= len(choices) else None
    for choice in choices:
        if bare in (choice.label.lower().strip(" ."), choice.id, *(word.lower() for word in choice.words)):
            return choice
    return None


def is_question(said: str) -> bool:
    """Whether words that may be an answer read as a question or as small talk instead."""
    return said.rstrip().endswith("?") or bool(QUESTION.match(said.strip()) or SMALL_TALK.fullmatch(said.strip()))


def _answer(guide: Guide, state: State, shown: Screen, said: str, *, forced: bool) -> Move | None:
    if shown.kind == "radio":
        found = choice_of(shown.choices, said)
        if found:
            return Move("answer", shown.id, found.id)
        return _words(shown, said, forced=forced) if shown.free else None
    if shown.kind == "rating":
        return _ratings(guide, state, said)
    if shown.kind == "info":
        if not use_of(guide, state) and (use := choice_of(tuple(guide.uses), said)):
            return Move("answer", "use", use.id)
        return Move("skip", shown.id) if OK.fullmatch(said.strip(" .!")) else None
    if shown.kind == "text":
        return _words(shown, said, forced=forced)
    return None


def _words(shown: Screen, said: str, *, forced: bool) -> Move | None:
    if not said or (is_question(said) and not forced):
        return None
    if NOTHING.fullmatch(said):
        return Move("skip", shown.id)
    if shown.id != "own":
        return Move("answer", shown.id, said[:MAX_WORDS])
    rated = RATED.match(said)
    text, rating = (rated["text"], int(rated["rating"])) if rated else (said, None)
    return Move("answer", shown.id, (text[:MAX_WORDS].strip(), rating))


def _ratings(guide: Guide, state: State, said: str) -> Move | None:
    """Pairs "1: 3", or bare numbers for the reasons that have none yet, in the order shown."""
    order = [value.id for value in shuffled(guide, state)]
    onward = bool(ONWARD.search(said))
    bare = ONWARD.sub("", said).strip(" .,;")
    if pairs := PAIR.findall(bare):
        if re.fullmatch(r"[\s,;.and]*", PAIR.sub("", bare)) and all(1 <= int(n) <= len(order) for n, _ in pairs):
            return Move("answer", "values", {order[int(n) - 1]: int(rating) for n, rating in pairs}, onward=onward)
        return None
    if not re.fullmatch(r"[0-5]([\s,;]+[0-5])*", bare):
        return None
    numbers = [int(number) for number in re.findall(r"\d", bare)]
    left = order if len(numbers) == len(order) else [id for id in order if id not in state.ratings] or order
    return Move("answer", "values", dict(zip(left, numbers)), onward=onward) if len(numbers) <= len(left) else None


def _change(guide: Guide, state: State, bare: str) -> Move | None:
    found = CHANGE.fullmatch(bare)
    if not found:
        return None
    what = found["what"].lower().strip()
    known = {one.id: one for one in screens(guide, state)}
    if what.isdecimal():
        at = next((one.id for one in known.values() if one.step == int(what)), "")
    else:
        at = NAMES.get(what, what if what in known else "")
    return Move("change", at) if at else None
