"""Mends misspelt words of the signs ("chst pian") before signs are looked for. Imports no Rasa.

Only a word that the encoder does not know is mended, so that a right word never becomes another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from spacy.matcher.levenshtein import levenshtein

from bot.encoder_files import word_places

SHORT = 4  # letters; a shorter word is too like others to be what a typo meant
VOWELS = re.compile(r"[aeiou]")
DOUBLES = re.compile(r"(.)\1+")
ENDINGS = re.compile(r"(?:e?s|e?d|ing|e?r|y|ly)$")  # "balding" is no "bleeding"
NEGATED = re.compile(r"(?:is|was|were|are|ai|has|have|had|do|does|did|wo|ca|could|would|should|must|need)nt$")


@lru_cache(maxsize=1)
def known_words() -> frozenset[str]:
    """The whole words that the encoder has in its vocabulary, about 24,000, most of them English."""
    return frozenset(word for word in word_places() if word.isalpha())


def right_word(word: str) -> bool:
    """Whether `word` is known, or made of one that is by an ending; "wasnt" is as good as "wasn't"."""
    known = known_words()
    stem = ENDINGS.sub("", word)
    return word in known or len(stem) >= SHORT - 1 and (stem in known or stem + "e" in known) or bool(NEGATED.match(word))


def _bones(word: str) -> str:
    """The word without vowels after the first letter and without doubled letters: "brething" and "breathing" are alike."""
    return DOUBLES.sub(r"\1", word[:1] + VOWELS.sub("", word[1:]))


def wordy(text: str) -> bool:
    """Whether `text` holds a known word of three letters, or at least two words that may be misspelt or foreign ones."""
    words = re.findall(r"[^\W\d_]{3,20}", text.lower())
    return len(words) > 1 or any(map(right_word, words))


class Speller:
    """Knows the right words and finds the one that a typo meant."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted({word for word in words if len(word) >= SHORT and word.isascii() and word.isalpha()})
        self._bones = {_bones(word): word for word in reversed(self._words) if len(_bones(word)) >= SHORT - 1}
        self._mended = lru_cache(maxsize=4096)(self._nearest)

    def mend(self, text: str) -> str:
        """`text`, in lower case without apostrophes, with its misspelt words of the signs put right."""
        return re.sub(r"[a-z]{3,20}", lambda word: self._mended(word[0]), text)

    def _nearest(self, word: str) -> str:
        if word in self._words or right_word(word):
            return word
        if right := self._bones.get(_bones(word)):
            return right
        close = (right for right in self._words if right[0] == word[0] and len(word) >= SHORT and _close(word, right))
        return next(close, word)


def _close(word: str, right: str) -> bool:
    """One letter more, less or other; or the same letters in another order ("pian")."""
    if abs(len(word) - len(right)) > 1:
        return False
    return sorted(word) == sorted(right) or levenshtein(word, right) <= 1
