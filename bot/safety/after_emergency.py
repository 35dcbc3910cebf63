"""The turn after an emergency begins with the question whether help is on the way, and takes the answer. Imports no Rasa.

Both are in the language of the emergency: the texts are in `data/safety/after_emergency.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from bot import yaml_files
from bot.safety.stems import plain
from bot.settings import ROOT

FILE = ROOT / "data" / "safety" / "after_emergency.yml"
EMERGENCY_REPLIES = ("utter_emergency", "utter_crisis")
SHORT = 12  # words; a longer message says more than yes or no
TELLING = 4  # words from which a message in English shows that the person writes English
_COMING = (
    r"(yes|yeah|yep|yup|ya|y)\b|(an |the )?(ambulance|paramedics?|medics?|help)( is|'s| are)? (on|here|coming|called|now)|"
    r"(they|she|he)( is|'s|'re| are) (on (the|their) way|coming|here)|"
    r"(i|we|he|she|they)('ve| have)?( just)? (called|rang|rung|phoned|dialled|dialed)|"
    r"(i'm|we're|im|at|in) .{0,12}(hospital|er|a&e|ambulance|emergency room)"
)
_NOT = (
    r"(no|nope|nah|n|not yet|nobody|no one|not really|i don'?t know|dont know|should i|do i have to|i can'?t call)\b|"
    r"there('s| is|s) (no ?one|nobody)\b|(i'm|im|i am) (all )?(alone|on my own|by myself)\b"
)
BUT = re.compile(
    r"\b(but|not|nobody|no|never|can'?t|isn'?t|won'?t|engaged|busy|pero|mais|aber|maar|ma|mas|ale|но|але)\b", re.IGNORECASE
)


class Said(NamedTuple):
    """What is said and understood in one language; `yes` and `no` match how an answer begins."""

    question: str
    coming: str
    not_coming: str
    yes: re.Pattern[str]
    no: re.Pattern[str]


@lru_cache(maxsize=1)
def said_in() -> Mapping[str, Said]:
    """The texts of each language by its code."""
    made = {}
    for code, about in yaml_files.read(FILE).items():
        edge = "" if code in ("zh", "ja", "ko", "hi") else r"\b"
        yes, no = (
            rf"(?:{plain(about[key])}){edge}" if key in about else english for key, english in (("yes", _COMING), ("no", _NOT))
        )
        patterns = (re.compile(rf"\W*(?:{words})", re.IGNORECASE) for words in (yes, no))
        made[code] = Said(about["question"], about["coming"], about["not_coming"], *patterns)
    return made


QUESTION, COMING, NOT_COMING = said_in()["en"][:3]


def follows_emergency(events: Sequence[Mapping[str, Any]], *, only: str | None = None) -> bool:
    """Whether the newest reply before the newest message of the person was one to an emergency, or that by `only`."""
    last, _ = _last_turn(events)
    return (last.get("metadata") or {}).get("utter_action") in ([only] if only else EMERGENCY_REPLIES)


def language_of(events: Sequence[Mapping[str, Any]]) -> str:
    """The language in which the person writes: that of the newest message that is long enough to tell."""
    for event in reversed([event for event in events if event.get("event") == "user"]):
        entities = (event.get("parse_data") or {}).get("entities") or []
        spoken = next((str(entity["value"]) for entity in entities if entity.get("entity") == "language"), "en")
        if spoken in said_in() and (spoken != "en" or len(str(event.get("text") or "").split()) >= TELLING):
            return spoken
    return "en"


def ask_first(text: str, *, events: Sequence[Mapping[str, Any]], emergency: str) -> str:
    """`text`, after the question on help where the last turn was an emergency."""
    if not follows_emergency(events):
        return text
    asked = said_in()[language_of(events)].question.format(emergency=emergency)
    return f"{now_first(asked, emergency=emergency)}\n\n{text}"


def about_help(*, events: Sequence[Mapping[str, Any]], emergency: str) -> str | None:
    """What is said, and nothing else, to who plainly answers the question on help; None to anything else."""
    last, answer = _last_turn(events)
    asked = str(last.get("text") or "").startswith(tuple(_asked()))
    if not (asked or follows_emergency(events)) or len(answer.split()) > SHORT:
        return None
    spoken = said_in()[language_of(events)]
    for said in dict.fromkeys((spoken, said_in()["en"])):  # "no" and "ok" are said in any language
        read = answer if said is said_in()["en"] else plain(answer)
        if said.no.match(read):
            return now_first(spoken.not_coming.format(emergency=emergency), emergency=emergency)
        if said.yes.match(read) and not BUT.search(answer):
            return spoken.coming.format(emergency=emergency)
    return None


def now_first(text: str, *, emergency: str) -> str:
    """`text` with "call 999 now (elsewhere: 911)" for "call 999 (elsewhere: 911) now"."""
    number, bracket, rest = emergency.partition(" (")
    return text.replace(f"{emergency} now", f"{number} now ({rest}") if bracket else text


def _asked() -> Iterator[str]:
    """How a reply begins that asks whether help comes, tells to call, or takes the news that it comes."""
    for said in said_in().values():
        yield from (text.split("{")[0].split("?")[0] for text in (said.question, said.not_coming, said.coming))


def _last_turn(events: Sequence[Mapping[str, Any]]) -> tuple[Mapping[str, Any], str]:
    """The newest reply of the assistant before the newest message of the person, and that message."""
    users = [place for place, event in enumerate(events) if event.get("event") == "user"]
    replies = [event for event in (events[: users[-1]] if users else []) if event.get("event") == "bot"]
    return (replies[-1] if replies else {}), str(events[users[-1]].get("text") or "") if users else ""
