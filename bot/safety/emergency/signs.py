"""Finds the signs of an emergency that a message names: in English with spaCy matchers, else by stems. Imports no Rasa.

The English signs are in `data/safety/signs.yml`; other languages have their own file (`stems.py`). A sign counts
only where the words around it do not take it back (`context.py`). Misspelt words are mended first
(`bot/safety/text/spelling.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional

import spacy
from pydantic import PositiveInt, root_validator
from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc

from bot.safety.emergency import stems
from bot.safety.emergency.context import long_over, said_lightly, taken_back
from bot.safety.emergency.stems import plain
from bot.safety.text.short import call, cry
from bot.safety.text.spelling import Speller
from bot.safety.text.words import Lists, Text, Words, read
from bot.settings import ROOT

SIGNS = ROOT / "data" / "safety" / "signs.yml"
CRY = "cry"  # a cry or call for help
WORD = "suicide-word"  # the mere word
SAID = "said-suicide"  # what people also deny of themselves: "I'm not suicidal"


class Sign(Lists):
    """One entry of the file: `phrases`, or two lists of which a word each must be `near` each other, within `window` words."""

    id: Text
    phrases: Optional[Words] = None
    near: Optional[tuple[Words, Words]] = None
    window: Optional[PositiveInt] = None

    @root_validator
    def one_form(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Whether it has either form, whole."""
        phrases, near, window = (values.get(name) is not None for name in ("phrases", "near", "window"))
        if phrases == near or window != near:
            raise ValueError("a sign has either phrases, or near with its window")
        return values


class Signs(Lists):
    """The whole file: signs of the body, and of self-harm."""

    en: list[Sign]
    crisis: list[Sign]


@dataclass(frozen=True)
class Found:
    """A sign found: its id, whether it is one of self-harm, whether the words around it take it back, and its language."""

    id: str
    crisis: bool
    taken_back: bool
    language: str = "en"


class SignFinder:
    """All signs of the file, compiled once. Raises SettingsError, one sentence, where the file is wrong."""

    def __init__(self, path: Path = SIGNS) -> None:
        self._language = spacy.blank("xx")
        self._phrases = PhraseMatcher(self._language.vocab, attr="ORTH")
        self._near = Matcher(self._language.vocab)
        english: set[str] = set()
        said = read(path, Signs)
        for group, signs in (("en", said.en), ("crisis", said.crisis)):
            for sign in signs:
                self._add(sign, key=f"{group}:{sign.id}")
                english |= {plain(word) for words in sign.near or () for word in words}
                english |= {word for phrase in sign.phrases or () for word in plain(phrase).split()}
        self._speller = Speller(english)

    def _add(self, sign: Sign, *, key: str) -> None:
        if sign.phrases:
            self._phrases.add(key, [self._language.make_doc(plain(phrase)) for phrase in sign.phrases])
        if sign.near and sign.window:
            one, other = ({"LOWER": {"IN": [plain(word) for word in words]}} for words in sign.near)
            between = [{"TEXT": {"NOT_IN": [".", "!", "?"]}, "OP": "?"}] * sign.window
            self._near.add(key, [[one, *between, other], [other, *between, one]])

    def mended(self, text: str) -> str:
        """`text` in plain letters with misspelt words of the signs put right."""
        return self._speller.mend(plain(text))

    def misspelt(self, text: str) -> bool:
        """Whether `text` has words of the signs that are misspelt."""
        return self.mended(text) != plain(text)

    @staticmethod
    def _taken(document: Doc, start: int, end: int, *, name: str | None) -> bool:
        """Whether words take the sign back; `name` is that of a sign of self-harm."""
        if name in (None, WORD):
            return taken_back(document, start, end)
        return long_over(document, start, end) or (name == SAID and said_lightly(document, start, end))

    def find(self, text: str, *, spoken: str = "en") -> list[Found]:
        """Every sign in `text`, which is in the language `spoken`, or in any where that is "en"."""
        found = []
        calm = spoken != "en" and stems.reserved(text, spoken=spoken)  # "sepsis" is a word in other languages, too
        for reading in dict.fromkeys((plain(text), self.mended(text))):
            document = self._language.make_doc(reading)
            for key, start, end in (*self._phrases(document), *self._near(document)):
                group, name = self._language.vocab.strings[key].split(":")
                taken = self._taken(document, start, end, name=name if group == "crisis" else None)
                found.append(Found(id=name, crisis=group == "crisis", taken_back=taken or (calm and group != "crisis")))
        for language, crisis, taken in stems.find(text, spoken=spoken):
            name = f"{language}-suicide" if crisis else language
            found.append(Found(id=name, crisis=crisis, taken_back=taken, language=language))
        if crying := cry(text) or call(text, spoken=spoken):
            found.append(Found(id=CRY, crisis=False, taken_back=False, language=crying))
        return list(dict.fromkeys(found))
