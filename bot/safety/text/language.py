"""Tells whether a message is in English, and if not, in which language. Imports no Rasa."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from bot.safety.text.english import rare_english, reads_english
from bot.safety.text.short import short_language

LATIN = ("en", "es", "fr", "de", "it", "pt", "pl", "vi", "tr", "nl", "tl", "sv")
SCRIPTS = {"CJK": "zh", "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "ARABIC": "ar", "DEVANAGARI": "hi", "HEBREW": "he"}
SURE, WORDS, WORDS_WITH_ACCENTS = 0.99, 4, 3
ENGLISH = frozenset(
    "the are my your what how does and with they this that you exos can help improve fix treat work works hair skin price".split()
)
ASKING = re.compile(r"\b(?:do|does|are|is|can|will) (?:exosomes?|u|they|we)\b", re.IGNORECASE)
FIELD = re.compile(r"\bexosomes?\b", re.IGNORECASE)  # French has the word too, and the identifier takes it for Spanish
ALSO_ELSEWHERE = frozenset("is it its do for of in on me no a was has i im to".split())  # English only where many of them stand
MANY = 0.4


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_pickled_model(MODEL_FILE, norm_probs=True)
    identifier.set_languages([*LATIN, "ru", "uk"])
    return identifier


def language(text: str) -> str:
    """The language code of `text`; "en" whenever it is short or unclear, since most people write English here."""
    letters = [c for c in text if c.isalpha()]
    scripts = Counter(unicodedata.name(c, "LATIN").split()[0] for c in letters)
    if not scripts:
        return "en"
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > 0.15 * len(letters):
        return "ja"
    words = set(re.findall(r"\w+", text.lower()))
    script, count = scripts.most_common(1)[0]
    if script in SCRIPTS and count > 0.4 * len(letters):
        return SCRIPTS[script]
    enough = len(words) >= (WORDS if text.isascii() else WORDS_WITH_ACCENTS)
    english = bool(words & ENGLISH) or bool(ASKING.search(text)) or len(words & ALSO_ELSEWHERE) >= MANY * len(words)
    english = english or reads_english(text) or (enough and rare_english(text))
    if script == "LATIN" and not enough and not english and (short := short_language(text)):
        return short
    if script == "CYRILLIC" or (script == "LATIN" and enough and not english):
        shares = dict(_identifier().rank(FIELD.sub(" ", text)))
        if script == "CYRILLIC":
            return "uk" if shares["uk"] > shares["ru"] else "ru"
        return max(shares, key=shares.__getitem__) if shares["en"] <= 1 - SURE else "en"  # which other one may be in doubt
    return "en"
