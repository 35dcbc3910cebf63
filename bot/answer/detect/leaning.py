"""How a message leans on what was said before it: in its words, and in what to look facts up by. Imports no Rasa."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
from spacy.lang.en.stop_words import STOP_WORDS

from bot.answer.detect.by_oneself import alone
from bot.answer.question import Memory, Question
from bot.answer.thresholds import AT

BACK = re.compile(r"\b(it|its|it's|they|them|their|they're|that|that's|those|these|this|there|ones?|same)\b", re.IGNORECASE)
ALTERNATIVES = re.compile(
    r"\b(minoxidil|r[eo]gaine|finasteride|propecia|tretinoin|retin[- ]?a|retinoids?|renova|micro[- ]?needling|needling|"
    r"derma ?-?(?:rollers?|rolling|pens?))\b",
    re.IGNORECASE,
)
OTHERS = re.compile(r"\b(exo\w*|serums?|ampoules?|vials?|prp|stem cells?|booster)\b", re.IGNORECASE)
NEIGHBOURS = re.compile(
    r"\b(botox|dysport|xeomin|fillers?|juv[ei]derm|restylane|sculptra|profhilo|coolsculpting|lip flip|dentist|braces|tattoos?)\b",
    re.IGNORECASE,
)
NAMES_EXOSOMES = re.compile(r"\bexo", re.IGNORECASE)
WIDENS = re.compile(r"\b(in general|generally|overall|as a whole|any kind|of any kind|all kinds)\b", re.IGNORECASE)
HOME_TOOL = re.compile(r"\b(derma ?-?)?(rollers?|rolling|stamps?|stamping|pens?)\b", re.IGNORECASE)
NEEDLED = ("microneedling", "injection")
OPEN = STOP_WORDS | {"wrong", "til", "till", "ok", "okay", "tho", "though", "like", "far", "long", "often", "many", "soon", "wait"}
SAID_WORDS = 40  # words of what was said that are kept, the last ones


def on_alternatives(text: str) -> bool:
    """Whether it names an established treatment, and neither exosomes nor what they come in or are compared with."""
    return bool(ALTERNATIVES.search(text)) and not OTHERS.search(text)


def names_neighbour(text: str) -> bool:
    """Whether it is about a treatment next door and not about exosomes."""
    return bool(NEIGHBOURS.search(text)) and not NAMES_EXOSOMES.search(text)


def another_neighbour(question: Question, memory: Memory) -> bool:
    """Whether a few words ask of another treatment next door what was asked of one before: "and fillers?"."""
    return question.words <= AT.bare and names_neighbour(question.text) and bool(NEIGHBOURS.search(memory.said))


def names_exosomes(text: str) -> bool:
    """Whether it names exosomes."""
    return bool(NAMES_EXOSOMES.search(text))


def short(question: Question, memory: Memory) -> bool:
    """Whether the message is short and comes after an answer."""
    return bool(memory.topics) and question.words < AT.short


def refers_back(text: str) -> bool:
    """Whether a message of moderate length speaks of "it" or "those" and does not name exosomes by itself."""
    return len(text.split()) < AT.refers and bool(BACK.search(text)) and not NAMES_EXOSOMES.search(text)


def in_own_hands(question: Question, memory: Memory) -> bool:
    """Whether a follow-up puts the needle of the last answer into the person's own hands: "is that safe at home"."""
    if question.chosen or not short(question, memory) or memory.scope.get("route") not in NEEDLED:
        return False
    return alone(question.text) or bool(HOME_TOOL.search(question.text))


def keeps_scope(question: Question, memory: Memory) -> bool:
    """Whether what the last answer was narrowed to still holds."""
    if question.chosen or not memory.topics or WIDENS.search(question.text):
        return False
    return short(question, memory) or refers_back(question.text)


def names_nothing(text: str) -> bool:
    """Whether all words are of the kind that stands in any sentence: "til when", "and for how long then"."""
    words = re.findall(r"[a-z']+", text.lower())
    return bool(words) and all(word in OPEN for word in words)


def joined(said: str, text: str) -> str:
    """What was said and what is said now, as one question of at most SAID_WORDS words."""
    return " ".join(f"{said} {text}".split()[-SAID_WORDS:])


def vector_of(text: str, *, after: str, whole: str = "", encode: Callable[[str], np.ndarray]) -> np.ndarray:
    """The unit vector to look facts up by: of `text`, or between it and what it stands in.

    That is what it means `after` what was said, as a fragment alone misses what it is about and both together hide
    what is new in it; or the `whole` message whose part on one topic it is.
    """
    alone = encode(text)
    if after:
        return _between(AT.fragment * alone, encode(joined(after, text)))
    return _between(AT.part * alone, encode(whole)) if whole and whole != text else alone


def _between(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    both = one + other
    return np.asarray(both / np.linalg.norm(both), dtype=np.float32)
