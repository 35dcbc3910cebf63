"""Finds the signs of an emergency that a message names, with spaCy matchers. Imports no Rasa.

The signs are in `data/safety/signs.yml`. A sign counts only where it is neither denied ("no fever"), nor supposed ("if my
throat closed"), nor past ("in 2019"), nor hearsay ("the leaflet says"); those are told by the words before it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import spacy
import yaml
from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc

from bot.settings import ROOT

SIGNS = ROOT / "data" / "safety" / "signs.yml"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
DENIED = frozenset(
    "no not without never none nor didnt dont doesnt havent hasnt hadnt isnt wasnt arent aint neither nothing zero sin "
    "pas aucun aucune ningun ninguna jamais nunca denies denied".split()
)
NEGATIVE = frozenset("cant cannot cnt no not wont unable stopped peux peut puedo puede".split())
STOPS = frozenset(".!?;\n")
TURNS = frozenset(["but", "pero", "mais", "now", "since"])  # what follows them is no longer denied
CHINESE_CALM = re.compile(r"没有|没|如果|万一|会不会|是否|听说")
CHINESE_REACH = 5
REACH = 5  # words before a sign in which a denial still counts
CALM = re.compile(
    r"\b(if|suppose|supposing|imagine|hypothetical\w*|what happens when|could (it|this|they|you|i|that)|would (it|this|i|you|they)|"
    r"can (it|this|they|that|you|one|exo\w*)|might|risks?|chances?|likely|possible|signs of|symptoms of|side effects?|ever|anyone|"
    r"anybody|someone|somebody|people|patients|ppl|others|cases?|news|article|read|heard|podcast|documentary|forum|reddit|tiktok|"
    r"consent|form|leaflet|paragraph|list(s|ed)?|warned?|warns?|policy|protocol|training|course|exam|history of|years? ago|"
    r"months? ago|years? back|last (year|spring|summer|autumn|fall|winter|month)|back in|in (19|20)\d\d|since (19|20)\d\d|"
    r"(19|20)\d\d|used to|always have|recovered|all (gone|good|clear|better|fine) now|went away|before i (book|go|sign)|planning|"
    r"lol|haha|nearly|almost died)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Found:
    """A sign found: its id, whether it is one of self-harm, and whether the words around it take it back."""

    id: str
    crisis: bool
    taken_back: bool


def plain(text: str) -> str:
    """Lower case, without accents and apostrophes, so that one spelling of a sign is enough."""
    spread = unicodedata.normalize("NFD", text.lower().replace("’", "'").replace("'", ""))
    return "".join(c for c in spread if not unicodedata.combining(c))


class SignFinder:
    """All signs of the file, compiled once."""

    def __init__(self, path: Path = SIGNS) -> None:
        self._words, self._letters = spacy.blank("xx"), spacy.blank("zh")
        self._phrases = {
            False: PhraseMatcher(self._words.vocab, attr="ORTH"),
            True: PhraseMatcher(self._letters.vocab, attr="ORTH"),
        }
        self._near = Matcher(self._words.vocab)
        for group, signs in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            for sign in signs:
                self._add(sign, key=f"{group}:{sign['id']}", chinese=group.startswith("zh"))

    def _add(self, sign: dict, *, key: str, chinese: bool) -> None:
        language = self._letters if chinese else self._words
        if phrases := sign.get("phrases"):
            self._phrases[chinese].add(key, [language.make_doc(plain(str(phrase))) for phrase in phrases])
        if near := sign.get("near"):
            one, other = ({"LOWER": {"IN": [plain(str(word)) for word in words]}} for words in near)
            between = [{"TEXT": {"NOT_IN": [".", "!", "?"]}, "OP": "?"}] * sign["window"]
            self._near.add(key, [[one, *between, other], [other, *between, one]])

    def find(self, text: str) -> list[Found]:
        """Every sign in `text`."""
        document = self._words.make_doc(plain(text))
        matches = [*self._phrases[False](document), *self._near(document)]
        found = [self._found(self._words.vocab.strings[key], _taken_back(document, start, end)) for key, start, end in matches]
        if CHINESE.search(text):
            letters = self._letters.make_doc(text)
            for key, start, _ in self._phrases[True](letters):
                before = letters[max(0, start - CHINESE_REACH) : start].text
                found.append(self._found(self._letters.vocab.strings[key], bool(CHINESE_CALM.search(before))))
        return list(dict.fromkeys(found))

    @staticmethod
    def _found(key: str, taken_back: bool) -> Found:
        group, name = key.split(":")
        crisis = group.endswith("crisis")
        return Found(id=name, crisis=crisis, taken_back=taken_back)


def _taken_back(document: Doc, start: int, end: int) -> bool:
    """Whether the words around a sign, in the same sentence, deny it, suppose it or place it elsewhere."""
    first = next((place + 1 for place in range(start - 1, -1, -1) if document[place].text in STOPS), 0)
    last = next((place for place in range(end, len(document)) if document[place].text in STOPS), len(document))
    if CALM.search(document[first:last].text):
        return True
    if NEGATIVE & {token.text for token in document[start:end]}:
        return False  # "no" before "can't breathe" does not deny it
    before = document[max(first, start - REACH) : start]
    words: list[str] = []
    for token in before:
        words = [] if token.text in TURNS else [*words, token.text]
    return bool(DENIED & set(words))
