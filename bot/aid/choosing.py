"""Which of the choices on show a person's words name. Imports no Rasa."""

from __future__ import annotations

import re

from bot.aid.schema import Choice

ASKS = re.compile(
    r"(what|how|why|when|who|where|which|is|are|was|were|can|could|do|does|did|should|would|will|has|have)\b", re.IGNORECASE
)
JOINED = {"and", "or", "both", "plus"}  # words that stand between two choices
# A yes or no, and then a sentence that says it once more: "No, I believe it is not". Who wants something else does not go on so.
BEGINS = re.compile(
    r"(?P<said>yes|yeah|yep|no|nope|nah)\b[,.! ]+(?P<rest>((i|we)('?m| am| do| don'?t| think| believe| guess| feel| know)|it|its"
    r"|it's|they|that|there|none|not)\b[^?]*)",
    re.IGNORECASE,
)
TURNS = re.compile(r"\b(but|what|how|why|who|when|which|if)\b", re.IGNORECASE)  # the rest takes it back, or asks
LONG = 9  # words


def plain(said: str) -> str:
    """In small letters, without signs."""
    return " ".join(re.sub(r"[^\w\s/&-]", " ", re.sub(r"['’]", "", said.lower())).split())


def phrases(choice: Choice) -> list[str]:
    """All ways to type it."""
    return [plain(phrase) for phrase in (choice.label, choice.id, *choice.words)]


def choice_of(choices: tuple[Choice, ...], said: str) -> Choice | None:
    """The choice that `said` names: its number, its label or one of its words."""
    bare = plain(said)
    if bare.isdecimal():
        return choices[int(bare) - 1] if 1 <= int(bare) <= len(choices) else None
    return next((choice for choice in choices if bare in phrases(choice)), None)


def choice_among(choices: tuple[Choice, ...], said: str, *, fillers: frozenset[str]) -> Choice | None:
    """The one choice that `said` names beside words that say nothing more ("with a laser, I think"); None for "no laser"."""
    found, left = _named(choices, said)
    return found[0] if len(found) == 1 and left <= fillers else None


def names_several(choices: tuple[Choice, ...], said: str, *, fillers: frozenset[str]) -> bool:
    """Whether `said` names more than one choice and says nothing else ("hair and scars")."""
    found, left = _named(choices, said)
    return len(found) > 1 and bool(left & JOINED) and left <= fillers | JOINED


def _named(choices: tuple[Choice, ...], said: str) -> tuple[list[Choice], set[str]]:
    """The choices that `said` names, but for those named only within the words of another, and the words beside them."""
    words = plain(said)
    if said.rstrip().endswith("?") or ASKS.match(words):
        return [], set()
    named = {
        choice.id: [phrase for phrase in phrases(choice) if re.search(rf"\b{re.escape(phrase)}\b", words)] for choice in choices
    }
    longest = {id: max(found, key=len) for id, found in named.items() if found}
    kept = [id for id, phrase in longest.items() if not any(phrase in other and phrase != other for other in longest.values())]
    for phrase in sorted((phrase for id in kept for phrase in named[id]), key=len, reverse=True):
        words = re.sub(rf"\b{re.escape(phrase)}\b", " ", words)
    return [choice for choice in choices if choice.id in kept], set(words.split())


def yes_or_no(choices: tuple[Choice, ...], said: str) -> Choice | None:
    """The choice with which a sentence begins ("No, I believe it is not"); None where the rest names another or turns."""
    found = BEGINS.fullmatch(said.strip())
    if not found or len(said.split()) > LONG or TURNS.search(found["rest"]):
        return None
    begun, rest = choice_of(choices, found["said"]), plain(found["rest"])
    others = [phrase for choice in choices if choice is not begun for phrase in phrases(choice)]
    return None if any(re.search(rf"\b{re.escape(phrase)}\b", rest) for phrase in others) else begun
