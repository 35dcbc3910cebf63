"""From what a person types to a move in the guide; None where it is no answer but a question or anything else. Imports no Rasa."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from bot.aid.before import Before
from bot.aid.content import Guide
from bot.aid.schema import Choice
from bot.aid.screens import Screen, screen, screens, shuffled, use_of
from bot.aid.state import State
from bot.answer.verdict import asks_verdict

FORCED = re.compile(r"^\s*answer\s*:\s*", re.IGNORECASE)  # the widget's own controls say so; anyone may
COMMANDS = {
    "skip": r"skip( (this|it|that|one))*|pass|next( (step|question))?|(i('d| would) )?(rather|prefer) not( to)? (say|answer)"
    r"|no answer|(i )?do(n'?t| not) want to (say|answer)( (this|that))?",
    "back": r"(go )?back( a step)?|previous( step| question)?|one step back",
    "stop": r"stop( (here|it|this|the guide))*|leave( the guide)?|quit|exit|that'?s enough( for now)?|not now",
    "summary": r"(show( me)? )?(my |the )?(summary|page)( please)?|finish"
    r"|what (did|have) i (say|said|answer|answered|put)( so far)?",
    "restart": r"start (over|again|anew)|restart( the guide)?",
}
# What still means the guide where another reply stands between: nothing is skipped or undone, the screen is shown again.
LED_BACK = {
    "continue": r"skip( (this|it|that|one))*|(go )?back( a step)?|(next|previous) (step|question)",
    "stop": r"stop (the|this) guide|leave( the guide)?",
    "summary": r"(show( me)? )?(my |the )?(summary|page)( please)?",
}
# Words that take the guide up again: those that name it or where one was, and those that may also ask for more of an answer.
LEAD = (
    r"((ok(ay)?|right|please|so),? )?((can|could|shall|may) (we|i|you) (please )?|(let'?s|let us) |i('d| would)? (like|want) to )?"
)
TAIL = r"(,? (then|now|again))?(,? please)?"
THING = r"((my|the|this|that) )?(guide|decision( guide| aid)?|steps?|questions?|choice)|where (we|i) (were|was|left off|stopped)"
GO_ON = re.compile(rf"{LEAD}((go|carry|move) on( with)?|keep going|continue|resume|proceed){TAIL}", re.IGNORECASE)
BACK_TO = re.compile(
    rf"{LEAD}(((go|come|take me) )?back to|return to|((go|carry|move) on|keep going|proceed)( with| from)?"
    rf"|(continue|resume|finish)( with| from)?|pick( (it|this))? up) ({THING}){TAIL}"
    rf"|{LEAD}(take me back|pick (it|this) up again)|where (were|was|are|am) (we|i)( up to)?( (in|on|with) ({THING}))?{TAIL}",
    re.IGNORECASE,
)
FULL = re.compile(r"\b(continue|resume)\b", re.IGNORECASE)  # of those words the ones that an open guide tells people to say
ON = re.compile(r"ok(ay)?|(al)?right|got it|done|sure|fine", re.IGNORECASE)
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
WISH = re.compile(r"(please )?(tell|explain|show|give) (me|us|to me)\b|(more |some )?info(rmation)? (on|about)\b", re.IGNORECASE)
ASKS = re.compile(
    r"(what|how|why|when|who|where|which|is|are|was|were|can|could|do|does|did|should|would|will|has|have)\b", re.IGNORECASE
)
SMALL_TALK = re.compile(
    r"(hi|hey|hello|thanks?|thank you|thx|bye|goodbye|help|help me|who are you|are you (a )?(bot|robot|human))[ .!]*", re.IGNORECASE
)
NOTHING = re.compile(r"(no|nope|none|nothing|no thanks?|no thank you|n/?a)[ .!]*", re.IGNORECASE)
PAIR = re.compile(r"(\d+)\s*[:=)]\s*([0-5])(?!\d)")
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
    if _takes_up(state, bare.rstrip("?"), before):
        return Move("skip" if state.open and before.guide and screen(guide, state).kind == "info" else "continue")
    if not state.open and not before.guide:
        return None
    if found := _change(guide, state, bare) or _change_to(guide, state, bare):
        return found
    if not (state.open and before.guide) and not forced:
        back = next((do for do, words in LED_BACK.items() if re.fullmatch(words, bare, re.IGNORECASE)), None)
        return Move(back, at=state.at) if back else None
    command = next((do for do, words in COMMANDS.items() if re.fullmatch(words, bare, re.IGNORECASE)), None)
    if command:
        return Move(command, at=state.at)
    return _answer(guide, state, screen(guide, state), said, forced=forced)


def _takes_up(state: State, bare: str, before: Before) -> bool:
    """Whether `bare` takes the guide up again, and does not ask for more of the answer just given."""
    if BACK_TO.fullmatch(bare):
        return True
    return bool(GO_ON.fullmatch(bare)) and (not before.facts or (state.open and bool(FULL.search(bare))))


def choice_of(choices: tuple[Choice, ...], said: str) -> Choice | None:
    """The choice that `said` names: its number, its label or one of its words."""
    bare = _plain(said)
    if bare.isdecimal():
        return choices[int(bare) - 1] if 1 <= int(bare) <= len(choices) else None
    return next((choice for choice in choices if bare in _phrases(choice)), None)


def choice_among(choices: tuple[Choice, ...], said: str, *, fillers: frozenset[str]) -> Choice | None:
    """The one choice that `said` names beside words that say nothing more ("with a laser, I think"); None for "no laser"."""
    words = _plain(said)
    found: list[tuple[str, Choice]] = []
    for choice in choices:
        named = [phrase for phrase in _phrases(choice) if re.search(rf"\b{re.escape(phrase)}\b", words)]
        found += [(max(named, key=len), choice)] if named else []
    kept = [(phrase, choice) for phrase, choice in found if not any(phrase in other and phrase != other for other, _ in found)]
    if len(kept) != 1 or said.rstrip().endswith("?") or ASKS.match(words):
        return None
    phrase, choice = kept[0]
    left = re.sub(rf"\b{re.escape(phrase)}\b", " ", words).split()
    return choice if set(left) <= fillers else None


def _plain(said: str) -> str:
    return " ".join(re.sub(r"[^\w\s/&-]", " ", re.sub(r"['’]", "", said.lower())).split())


def _phrases(choice: Choice) -> list[str]:
    return [_plain(phrase) for phrase in (choice.label, choice.id, *choice.words)]


def is_question(said: str) -> bool:
    """Whether words that may be an answer read as a question or as small talk instead."""
    bare = said.strip()
    return bare.endswith("?") or bool(QUESTION.match(bare) or WISH.match(bare) or SMALL_TALK.fullmatch(bare))


def asked_for(guide: Guide, text: str) -> bool:
    """Whether a message on one's own case asks to be led through the choice, and not for a verdict."""
    words = f" {_plain(text)} "
    return any(f" {ask} " in words for ask in guide.asks) and not any(f" {verdict} " in words for verdict in guide.verdicts)


def wants_verdict(guide: Guide, text: str) -> bool:
    """Whether someone asks the assistant to choose."""
    words = f" {_plain(text)} "
    return asks_verdict(text) or any(f" {verdict} " in words for verdict in guide.verdicts)


def for_another_use(guide: Guide, text: str) -> bool:
    """Whether `text` names something to treat that the guide has no options for."""
    words = f" {_plain(text)} "
    if ELSE.fullmatch(words.strip()):
        return True
    for phrase in sorted((phrase for use in guide.uses for phrase in _phrases(use)), key=len, reverse=True):
        words = words.replace(f" {phrase} ", " ")  # "acne scars" is no "acne"
    return any(f" {other} " in words for other in guide.other_uses)


def unclear(guide: Guide, state: State, text: str) -> bool:
    """Whether a few words that `read` takes for no move are still most likely meant for the choices on show."""
    shown = screen(guide, state)
    listed = shown.kind in ("rating", "info") or (shown.kind == "radio" and not shown.free)
    return listed and len(text.split()) <= FEW and not is_question(text) and not ASKS.match(text.strip())


def _answer(guide: Guide, state: State, shown: Screen, said: str, *, forced: bool) -> Move | None:
    if shown.kind == "radio":
        found = choice_of(shown.choices, said)
        if not found and shown.loose:
            found = choice_among(shown.choices, said, fillers=guide.fillers)
        if found:
            return Move("answer", shown.id, found.id)
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


def _words(guide: Guide, shown: Screen, said: str, *, forced: bool) -> Move | None:
    if not said:
        return None
    if not forced and _plain(said) in guide.verdicts:  # and nothing else is said
        return Move("verdict", shown.id)
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
        return None
    if same := ALL_THE_SAME.fullmatch(bare):
        rest = same["which"].lower().endswith(("rest", "other", "others"))
        return Move("answer", "values", {id: int(same["rating"]) for id in order if not rest or id not in state.ratings})
    if not re.fullmatch(r"[0-5]([\s,;]+[0-5])*", bare):
        return None
    numbers = [int(number) for number in re.findall(r"\d", bare)]
    left = order if len(numbers) == len(order) else [id for id in order if id not in state.ratings] or order
    return Move("answer", "values", dict(zip(left, numbers)), onward=onward) if len(numbers) <= len(left) else None


def _change_to(guide: Guide, state: State, bare: str) -> Move | None:
    """ "Change the route to injection": the answer in one go."""
    found = CHANGE_TO.fullmatch(bare)
    if not found:
        return None
    at = "use" if found["what"].lower() == "use" else "route"
    choices = tuple(guide.uses) if at == "use" else guide.routes
    chosen = choice_of(choices, found["to"]) or choice_among(choices, found["to"], fillers=guide.fillers)
    return Move("answer", at, chosen.id) if chosen else None


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
