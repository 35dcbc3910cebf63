"""How a message leans on what was said before it: in its words, and in what to look facts up by. Imports no Rasa."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
from spacy.lang.en.stop_words import STOP_WORDS

from bot.answer.question import Memory, Question
from bot.answer.thresholds import AT

BACK = re.compile(r"\b(it|its|it's|they|them|their|they're|that|that's|those|these|this|there|ones?|same)\b", re.IGNORECASE)
NAMES_EXOSOMES = re.compile(r"\bexo", re.IGNORECASE)
WIDENS = re.compile(r"\b(in general|generally|overall|as a whole|any kind|of any kind|all kinds)\b", re.IGNORECASE)
OPEN = STOP_WORDS | {"til", "till", "ok", "okay", "tho", "though", "like", "far", "long", "often", "many", "soon", "wait"}
SAID_WORDS = 40  # words of what was said that are kept, the last ones


def short(question: Question, memory: Memory) -> bool:
    """Whether the message is short and comes after an answer."""
    return bool(memory.topics) and question.words < AT.short


def refers_back(text: str) -> bool:
    """Whether a message of moderate length speaks of "it" or "those" and does not name exosomes by itself."""
    return len(text.split()) < AT.refers and bool(BACK.search(text)) and not NAMES_EXOSOMES.search(text)


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


def vector_of(text: str, *, after: str, encode: Callable[[str], np.ndarray]) -> np.ndarray:
    """The unit vector to look facts up by: of `text`, or between it and what it means `after` what was said.

    A fragment alone misses what it is about; the whole hides what is new in it.
    """
    alone = encode(text)
    if not after:
        return alone
    both = AT.fragment * alone + encode(joined(after, text))
    return np.asarray(both / np.linalg.norm(both), dtype=np.float32)
