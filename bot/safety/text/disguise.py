"""Text in odd letters as it was meant: full width, look-alikes of other scripts, l e t t e r s set apart. Imports no Rasa."""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache

from bot.encoder_files import word_places

EAST = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # scripts whose punctuation is as wide as their letters
APOSTROPHE = re.compile(r"(?<=[^\W\d_])[`\u00b4](?=[^\W\d_])")
MARKS = re.compile(r"[\u0300-\u036f]")
HEAP = re.compile(MARKS.pattern + "{3,}")  # marks piled on a letter
CYRILLIC = dict(zip("авекмнорстухѕіјԁԛԝһАВЕКМНОРСТУХЅІЈ", "abekmhopctyxsijdqwhABEKMHOPCTYXSIJ"))
GREEK = dict(zip("ανορτυικΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "avoptuikABEZHIKMNOPTYX"))
ALIKE = str.maketrans({**CYRILLIC, **GREEK})
MIXED = re.compile(r"\b(?=[^\W\d_]*[a-zA-Z])(?=[^\W\d_]*[\u0370-\u03ff\u0400-\u04ff\u0500-\u052f])[^\W\d_]+")
APART = re.compile(r"(?<![\w'’])[a-zA-Z](?:[ \t.\-_*·]{1,3}['’]?[ \t]?[a-zA-Z]){5,}(?![\w'’])")
CONTRACTED = ("cant", "dont", "wont", "isnt", "im", "ive", "didnt", "doesnt", "hes", "shes", "its", "whats")
MOST = 3  # letters that one character may stand for
RUN = 200  # letters set apart that are put together
LONGEST = 14  # letters of a word that is put together again
UNKNOWN = 14.0  # what a letter that is in no known word costs, more than the rarest word


def meant(text: str) -> str:
    """`text` in the letters that are meant, in composed form."""
    spread = unicodedata.normalize("NFD", text)
    text = MARKS.sub("", spread) if HEAP.search(spread) else text
    text = _composed(APOSTROPHE.sub("'", text))
    return APART.sub(_together, MIXED.sub(lambda word: word[0].translate(ALIKE), text))


def _composed(text: str) -> str:
    """In NFKC; beside Chinese, Japanese or Korean letters their own punctuation stays."""
    wide = bool(EAST.search(unicodedata.normalize("NFKC", text)))
    return unicodedata.normalize("NFC", "".join(_folded(character, wide=wide) for character in text))


def _folded(character: str, *, wide: bool) -> str:
    """One character in NFKC; fractions, powers ("3½", "m²") and signs for whole phrases would read otherwise and stay."""
    kind = unicodedata.category(character)
    folded = unicodedata.normalize("NFKC", character)
    return character if kind == "No" or len(folded) > MOST or (wide and kind[0] == "P") else folded


def _together(match: re.Match[str]) -> str:
    """The words of letters set apart; a wider gap is one between words."""
    if len(match[0]) > 4 * RUN:
        return match[0]
    pieces = re.split(r"[ \t]{2,}", match[0])
    said = " ".join(_words(re.sub(r"[^a-zA-Z]", "", piece).lower()) for piece in pieces)
    return said if all(len(word) > 1 or word in "ai" for word in said.split()) else match[0]


@lru_cache(maxsize=1)
def _costs() -> dict[str, float]:
    """What each known word costs: the less common, the more. The encoder's vocabulary is in the order of frequency."""
    costs = {
        word: math.log(place + 1) for word, place in word_places().items() if word.isalpha() and (len(word) > 1 or word in "ai")
    }
    return {**costs, **dict.fromkeys(CONTRACTED, costs["can"])}


def _words(letters: str) -> str:
    """The likeliest words that `letters` spell, in one run."""
    costs = _costs()
    best: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
    for end in range(1, len(letters) + 1):
        ways = []
        for start in range(max(0, end - LONGEST), end):
            word = letters[start:end]
            cost = costs.get(word, UNKNOWN * len(word) if len(word) == 1 else math.inf)
            ways.append((best[start][0] + cost, (*best[start][1], word)))
        best.append(min(ways))
    return " ".join(best[-1][1])
