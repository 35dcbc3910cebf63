"""What moves a person about in the guide and answers nothing: skip, back, stop, go on, change. Imports no Rasa."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.aid.before import Before
from bot.aid.choosing import plain

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
CHANGE = re.compile(
    r"(change|redo|edit|(go )?back to|go to)( to| of| in)?( (my|the))?( answers?)?( to| of| in| on)?( step)? "
    r"(?P<what>[1-7]|[a-z '’]{2,40})",
    re.IGNORECASE,
)
# How a screen is called beside its id: by what it asks, or by its heading on the page.
CALLED = {
    "told": ("what the clinic said", "what the clinic told me", "what the clinic says", "what i was told", "what they told me"),
    "stance": ("where i stand",),
    "others": ("who has a say", "who else has a say"),
    "values": ("reasons", "ratings", "what matters", "what matters to me", "what matters most", "what matters most to me"),
    "own": ("own reason", "own reasons", "reason of my own", "reasons of my own"),
    "check-approved": ("check", "checks", "what i know"),
    "sure-sure": ("sure test",),
    "lean": ("where i lean", "leaning"),
    "open": ("what is still open", "whats still open", "still open"),
}
NAMES = {name: screen for screen, names in CALLED.items() for name in names}


def command(bare: str, *, led_back: bool = False) -> str | None:
    """The move that `bare` is the word for; `led_back`: where another reply stands between."""
    known = LED_BACK if led_back else COMMANDS
    return next((do for do, words in known.items() if re.fullmatch(words, bare, re.IGNORECASE)), None)


def takes_up(bare: str, before: Before, *, is_open: bool) -> bool:
    """Whether `bare` takes the guide up again, and does not ask for more of the answer just given."""
    if BACK_TO.fullmatch(bare):
        return True
    return bool(GO_ON.fullmatch(bare)) and (not before.facts or (is_open and bool(FULL.search(bare))))


def to_change(steps: Mapping[str, int], bare: str) -> str:
    """The screen that one wants to see again, by its step, its id or what it is called; empty where none is meant."""
    found = CHANGE.fullmatch(bare)
    if not found:
        return ""
    what = plain(found["what"])
    if what.isdecimal():
        return next((id for id, step in steps.items() if step == int(what)), "")
    return NAMES.get(what, what if what in steps else "")
