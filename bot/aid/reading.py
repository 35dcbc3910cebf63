"""From what a person types to a move in the guide; None where it is no answer but a question or anything else. Imports no Rasa."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from bot.aid.before import Before
from bot.aid.choosing import ASKS, choice_among, choice_of, names_several, phrases, plain, yes_or_no
from bot.aid.commands import command, takes_up, to_change
from bot.aid.content import Guide
from bot.aid.schema import Choice
from bot.aid.screens import Screen, screen, screens, shuffled, use_of
from bot.aid.state import State
from bot.answer.detect.verdict import asks_verdict

FORCED = re.compile(r"^\s*answer\s*:\s*", re.IGNORECASE)  # the widget's own controls say so; anyone may
ON = re.compile(r"ok(ay)?|(al)?right|got it|done|sure|fine", re.IGNORECASE)
OK = re.compile(r"(ok(ay)?|next|yes|continue|go on|got it|done|thanks?|thank you)", re.IGNORECASE)
QUESTION = re.compile(
    r"(what|how|why|when|who|where|which)('s| (is|are|was|were|do|does|did|can|could|will|would|should|has|have|much|many|long|"
    r"often|about|if|happens?|kind|else|to)\b)|(is|are|was|can|could|do|does|did|should|would|will|has|have)( not|n't)? "
    r"(i|it|they|you|we|he|she|there|this|that|these|the|a|an|any|exosomes?|fda)\b",
    re.IGNORECASE,
)
WISH = re.compile(r"(please )?(tell|explain|show|give) (me|us|to me)\b|(more |some )?info(rmation)? (on|about)\b", re.IGNORECASE)
SMALL_TALK = re.compile(
    r"(hi|hey|hello|thanks?|thank you|thx|bye|goodbye|help|help me|who are you|are you (a )?(bot|robot|human))[ .!]*", re.IGNORECASE
)
NOTHING = re.compile(r"(no|nope|none|nothing|no thanks?|no thank you|n/?a)[ .!]*", re.IGNORECASE)
PAIR = re.compile(r"(?:\b(?:number|reason)\s+)?(\d+)(?:\s*[:=)]\s*|\s+is\s+(?:an?\s+)?)([0-5])(?!\d)", re.IGNORECASE)
RERATED = re.compile(
    r"(please )?(change|set|make|put)( (my|the))?( rating)?( (of|for))?( (number|reason))? (?P<n>\d+)( (to|at|as))?( an?)? "
    r"(?P<rating>[0-5])(,? please)?",
    re.IGNORECASE,
)
ALL_THE_SAME = re.compile(
    r"(?P<which>(the )?(rest|others?)|all( of (them|these|it))?|everything|each( one)?)( (is|are|gets?))?( an?)? (?P<rating>[0-5])"
    r"( each)?",
    re.IGNORECASE,
)
FEW = 4  # words
ONWARD = re.compile(r"\bnext\b", re.IGNORECASE)
# A question to oneself: where the decision is asked for in one's own words, it is the answer and not one to the assistant.
TO_ONESELF = re.compile(
    r"((whether|which( \w+)?|when) )?(should|shall|do|would|will) (i|we|my \w+) |(can|could|may|is|are|do) .+ or "
    r"|.+ or (not|wait)\b|whether ",
    re.IGNORECASE,
)
ELSE = re.compile(r"(some )?(an)?other( (thing|use|one))?|something else|neither|none( of (these|them))?", re.IGNORECASE)
ASKED = 3  # words from which a question is one to keep
CHANGE_TO = re.compile(r"(change|set|switch)( the| my)? (?P<what>use|route|treatment) to (?P<to>.+)", re.IGNORECASE)
RATED = re.compile(r"^(?P<text>.*?\w.*?)[\s,;:]+(?P<rating>[0-5])$", re.DOTALL)


@dataclass(frozen=True)
class Move:
    """What to do: answer, skip, back, stop, continue, summary, restart or change; `at` is the screen that is meant."""

    do: str
    at: str = ""
    value: Any = None
    onward: bool = False  # leave the screen though not all of it is answered
    asks: bool = False  # the words are a question too, which is answered at once


def read(guide: Guide, state: State, text: str, *, before: Before, at: str | None = None) -> Move | None:
    """The move that `text` means on the screen on show; in a guide that was stopped only what takes it up again is one.

    Where the assistant said something else `before`, only what names the guide comes back to it. `at` names the screen of the
    controls with which it was given: it is then an answer to that screen, whatever it looks like.
    """
    if given := next((one for one in screens(guide, state) if one.id == at), None):
        return _answer(guide, state, given, text.strip(), forced=True)
    forced, said = bool(FORCED.match(text)), FORCED.sub("", text).strip()
    bare = said.strip(" .!")
    if takes_up(bare.rstrip("?"), before, is_open=state.open):
        return Move("skip" if state.open and before.guide and screen(guide, state).kind == "info" else "continue")
    if not state.open and not before.guide:
        return None
    if meant := to_change({one.id: one.step for one in screens(guide, state)}, bare):
        return Move("change", meant)
    if found := _change_to(guide, state, bare):
        return found
    if not (state.open and before.guide) and not forced:
        back = command(bare, led_back=True)
        return Move(back, at=state.at) if back else None
    if what := command(bare):
        return Move(what, at=state.at)
    return _answer(guide, state, screen(guide, state), said, forced=forced)


def is_question(said: str) -> bool:
    """Whether words that may be an answer read as a question or as small talk instead."""
    bare = said.strip()
    return bare.endswith("?") or bool(QUESTION.match(bare) or WISH.match(bare) or SMALL_TALK.fullmatch(bare))


def asked_for(guide: Guide, text: str) -> bool:
    """Whether a message on one's own case asks to be led through the choice, and not for a verdict."""
    words = f" {plain(text)} "
    return any(f" {ask} " in words for ask in guide.asks) and not any(f" {verdict} " in words for verdict in guide.verdicts)


def wants_verdict(guide: Guide, text: str) -> bool:
    """Whether someone asks the assistant to choose."""
    words = f" {plain(text)} "
    return asks_verdict(text) or any(f" {verdict} " in words for verdict in guide.verdicts)


def for_another_use(guide: Guide, text: str) -> bool:
    """Whether `text` names something to treat that the guide has no options for."""
    words = f" {plain(text)} "
    if ELSE.fullmatch(words.strip()):
        return True
    for phrase in sorted((phrase for use in guide.uses for phrase in phrases(use)), key=len, reverse=True):
        words = words.replace(f" {phrase} ", " ")  # "acne scars" is no "acne"
    return any(f" {other} " in words for other in guide.other_uses)


def unclear(guide: Guide, state: State, text: str) -> bool:
    """Whether a few words that `read` takes for no move are still most likely meant for the choices on show."""
    shown = screen(guide, state)
    listed = shown.kind in ("rating", "info") or (shown.kind == "radio" and not shown.free)
    return listed and len(text.split()) <= FEW and not is_question(text) and not ASKS.match(text.strip())


def _answer(guide: Guide, state: State, shown: Screen, said: str, *, forced: bool) -> Move | None:
    if not forced and plain(said) in guide.verdicts:  # and nothing else is said
        return Move("verdict", shown.id)
    if shown.kind == "radio":
        if found := _choice(guide, shown, said):
            return Move("answer", shown.id, found.id)
        if shown.loose and names_several(shown.choices, said, fillers=guide.fillers):
            return Move("several", shown.id)
        if shown.id == "use" and not is_question(said) and for_another_use(guide, said):
            return Move("other", shown.id)
        if not shown.free and ON.fullmatch(said.strip(" .!")):
            return Move("skip" if state.text(shown.id) else "unclear", shown.id)
        return _words(guide, shown, said, forced=forced) if shown.free else None
    if shown.kind == "rating":
        return _ratings(guide, state, said)
    if shown.kind == "info":
        if not use_of(guide, state) and (use := choice_of(tuple(guide.uses), said)):
            return Move("answer", "use", use.id)
        return Move("skip", shown.id) if OK.fullmatch(said.strip(" .!")) else None
    if shown.kind == "text":
        return _words(guide, shown, said, forced=forced)
    return None


def _choice(guide: Guide, shown: Screen, said: str) -> Choice | None:
    """The choice of that screen that is meant."""
    if found := choice_of(shown.choices, said):
        return found
    if shown.loose:
        return choice_among(shown.choices, said, fillers=guide.fillers)
    return yes_or_no(shown.choices, said)


def _words(guide: Guide, shown: Screen, said: str, *, forced: bool) -> Move | None:
    if not said:
        return None
    if is_question(said) and not forced:
        return _question(shown, said)
    if said.isdecimal() and not forced:  # a number where words are asked for
        return Move("unclear", shown.id)
    if NOTHING.fullmatch(said):
        return Move("skip", shown.id, "")
    if shown.id != "own":
        return Move("answer", shown.id, said)
    rated = RATED.match(said)
    text, rating = (rated["text"], int(rated["rating"])) if rated else (said, None)
    return Move("answer", shown.id, (text.strip(), rating))


def _question(shown: Screen, said: str) -> Move | None:
    """A question as an answer: only where what is asked for is one."""
    if shown.id == "decision" and TO_ONESELF.match(said):
        return Move("answer", shown.id, said)
    if shown.id == "open" and len(said.split()) >= ASKED and not SMALL_TALK.fullmatch(said):
        return Move("answer", shown.id, said, asks=True)
    return None


def _ratings(guide: Guide, state: State, said: str) -> Move | None:
    """Pairs "1: 3", or bare numbers for the reasons that have none yet, in the order shown."""
    order = [value.id for value in shuffled(guide, state)]
    onward = bool(ONWARD.search(said))
    bare = ONWARD.sub("", said).strip(" .,;")
    if pairs := PAIR.findall(bare):
        if re.fullmatch(r"[\s,;.and]*", PAIR.sub("", bare)) and all(1 <= int(n) <= len(order) for n, _ in pairs):
            return Move("answer", "values", {order[int(n) - 1]: int(rating) for n, rating in pairs}, onward=onward)
        return _no_rating(said)
    if (again := RERATED.fullmatch(bare)) and 1 <= int(again["n"]) <= len(order):
        return Move("answer", "values", {order[int(again["n"]) - 1]: int(again["rating"])})
    if same := ALL_THE_SAME.fullmatch(bare):
        rest = same["which"].lower().endswith(("rest", "other", "others"))
        return Move("answer", "values", {id: int(same["rating"]) for id in order if not rest or id not in state.ratings})
    if not re.fullmatch(r"[0-5]([\s,;]+[0-5])*", bare):
        return _no_rating(said)
    numbers = [int(number) for number in re.findall(r"\d", bare)]
    left = order if len(numbers) == len(order) else [id for id in order if id not in state.ratings] or order
    return Move("answer", "values", dict(zip(left, numbers)), onward=onward) if len(numbers) <= len(left) else _no_rating(said)


def _no_rating(said: str) -> Move | None:
    """Numbers that are none: they are asked for again, as what else could they be meant for?"""
    words = said.split()
    meant = words and re.search(r"\d", said) and (len(words) < FEW or not re.search(r"[^\W\d]", said))
    return Move("unclear", "values") if meant and not is_question(said) and not ASKS.match(said.strip()) else None


def _change_to(guide: Guide, state: State, bare: str) -> Move | None:
    """ "Change the route to injection": the answer in one go."""
    found = CHANGE_TO.fullmatch(bare)
    if not found:
        return None
    at = "use" if found["what"].lower() == "use" else "route"
    choices = tuple(guide.uses) if at == "use" else guide.routes
    chosen = choice_of(choices, found["to"]) or choice_among(choices, found["to"], fillers=guide.fillers)
    return Move("answer", at, chosen.id) if chosen else None
