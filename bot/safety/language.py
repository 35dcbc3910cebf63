"""Tells whether a message is in English, and if not, in which language. Imports no Rasa."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

SET_TEXTS = ("es", "fr", "zh", "de", "it", "pt", "pl", "ru", "ar", "ko", "ja", "vi", "hi", "tr", "uk")
LATIN = ("en", "es", "fr", "de", "it", "pt", "pl", "vi", "tr")
SCRIPTS = {"CJK": "zh", "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "ARABIC": "ar", "DEVANAGARI": "hi"}
SURE, WORDS = 0.99, 4
ENGLISH = frozenset("the is are it its my your what how does do and for of to with they this that you im exos".split())


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
    if script == "CYRILLIC" or (script == "LATIN" and len(words) >= WORDS and not words & ENGLISH):
        code, share = _identifier().classify(text)
        if script == "CYRILLIC":
            return code if code in ("ru", "uk") else "ru"
        return code if share >= SURE else "en"
    return "en"
