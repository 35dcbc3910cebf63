"""The turns after an emergency: they stay with it until help is on the way, it is over, or something else is plainly asked.

`following` reads a message and says what holds after it; `said` gives the words. All is decided here, once a turn: the policy
`bot/dialogue/emergency_policy.py` asks, and the outcome stands in a slot for whoever words the reply. Imports no Rasa. The texts
are in `data/safety/after_emergency.yml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Optional

from bot.safety.emergency.abroad import with_crisis_line
from bot.safety.emergency.answers import TELLING, answer_in, said_in
from bot.safety.emergency.someone_else import about_someone_else

REPLY = "utter_after_emergency"
ALARMS = {"emergency": "body", "crisis": "crisis"}  # kinds of emergency by intent; "other": someone else is in despair
ALARM = "alarm"  # this turn says the first reply to an emergency
FIRST = "question"  # this turn asks on help first, and then says what it would say anyway
STILL, COMING, NOT_COMING, OVER = "still", "coming", "not_coming", "over"
PATIENCE = {"body": 1}  # how many other questions in a row are answered after the question on help
MORE_PATIENCE = 2  # the same for who is in despair


@dataclass(frozen=True)
class Standing:
    """What holds after a message: `say` is what this turn says, None where it says nothing on the emergency.

    `despair`: an emergency of the body, with thoughts of self-harm beside it. `elsewhere` counts other questions in a row.
    """

    kind: str
    language: str = "en"
    country: Optional[str] = None
    despair: bool = False
    coming: bool = False
    elsewhere: int = 0
    say: Optional[str] = None

    def to_slot(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)

    @classmethod
    def from_slot(cls, value: Mapping[str, Any] | None) -> Standing | None:
        """From what `to_slot` made; None where there is no emergency."""
        return cls(**value) if value else None


@dataclass(frozen=True)
class Heard:
    """A message as understood. `asks`: it plainly asks something; `about_treatment`: that names the treatment, too."""

    text: str
    intent: str = ""
    signs: tuple[str, ...] = ()
    crisis_too: bool = False
    language: str = "en"
    country: Optional[str] = None
    asks: bool = False
    about_treatment: bool = False

    @property
    def telling(self) -> bool:
        """Whether it is long enough to tell its language."""
        return len(self.text.split()) >= TELLING or self.language in ("zh", "ja")


def following(before: Standing | None, heard: Heard) -> Standing | None:
    """What holds after `heard`, where `before` held; None where there is no emergency, or no longer."""
    before = None if before and before.say == OVER else before
    if heard.intent in ALARMS:
        return _alarmed(before, heard)
    if before is None:
        return None
    held = _where(before, heard)
    found = None if heard.about_treatment else _answer(before, heard)
    if found:
        return replace(held, say=found, coming=found == COMING or (before.coming and found != NOT_COMING), elsewhere=0)
    if heard.asks:
        patience = 0 if before.coming else PATIENCE.get(before.kind, MORE_PATIENCE)
        return replace(held, say=FIRST, elsewhere=before.elsewhere + 1) if before.elsewhere < patience else None
    return replace(held, say=None if before.coming else STILL)


def said(standing: Standing, *, emergency: str, crisis: str) -> str | None:
    """The words for `standing`; None where its language has none of its own: then those of the first reply fit."""
    texts = said_in()[standing.language if standing.language in said_in() else "en"].texts
    kind = standing.kind
    own = texts.get(kind, {})
    key = standing.say or FIRST
    chosen = own.get(key) or own.get(FIRST if key == STILL else NOT_COMING)
    if chosen is None:
        return None
    text = now_first(chosen.format(emergency=emergency, crisis=crisis), emergency=emergency)
    despair = standing.despair and kind == "body" and key != FIRST
    return with_crisis_line(text, language=standing.language, crisis=crisis) if despair else text


def asks_first(text: str, standing: Standing | None, *, emergency: str, crisis: str) -> str:
    """`text`, after the question on help where this turn asks it."""
    first = said(standing, emergency=emergency, crisis=crisis) if standing and standing.say == FIRST else None
    return f"{first}\n\n{text}" if first else text


def now_first(text: str, *, emergency: str) -> str:
    """`text` with "call 999 now (elsewhere: 911)" for "call 999 (elsewhere: 911) now"."""
    number, bracket, rest = emergency.partition(" (")
    return text.replace(f"{emergency} now", f"{number} now ({rest}") if bracket else text


def _alarmed(before: Standing | None, heard: Heard) -> Standing:
    """After a message that sounds alarming. The answer on help may do so as well: only a sign that is named makes it a new one."""
    if before and not heard.signs and (found := COMING if before.coming else _answer(before, heard)):
        return replace(_where(before, heard), say=found, coming=found == COMING, elsewhere=0)
    # "No one is here to help me" after an emergency sounds like despair and is none: nothing of the kind is named.
    despair = any(sign.endswith("suicide") for sign in heard.signs)
    kind = ALARMS[heard.intent]
    if kind == "crisis" and before and before.kind == "body" and not despair:
        kind = "body"
    known = "other" in said_in().get(heard.language, said_in()["en"]).texts
    if kind == "crisis" and known and (about_someone_else(heard.text) or (before and before.kind == "other" and not heard.signs)):
        kind = "other"
    desperate = heard.crisis_too or (before is not None and (before.despair or before.kind == "crisis"))
    held = _where(before, heard) if before else Standing("", heard.language, heard.country)
    return replace(held, kind=kind, despair=kind == "body" and desperate, coming=False, elsewhere=0, say=ALARM)


def _where(before: Standing, heard: Heard) -> Standing:
    """`before` with the language and the country of a message that tells them."""
    known = heard.language in said_in() and heard.telling
    return replace(before, language=heard.language if known else before.language, country=heard.country or before.country)


def _answer(before: Standing, heard: Heard) -> str | None:
    """What `heard` answers to the question on help, or asks of it; a plain yes or no only right after a turn that was about it."""
    spoken = dict.fromkeys((before.language, heard.language, "en"))  # "no" and "ok" are said in any language
    found = next((found for code in spoken if code in said_in() and (found := answer_in(heard.text, code))), None)
    return None if found in (COMING, NOT_COMING) and before.say is None else found
