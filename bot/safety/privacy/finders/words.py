"""Which words are names of people, and which are not. Imports no Rasa.

Names come from Faker's lists (used as data only; nothing is made up with them). Many names are words, too ("Will", "Rose",
"Jordan"), so what counts as an ordinary word comes from textstat's list of easy words and from the vocabulary of the facts,
and what the assistant must go on seeing (products, agencies, places, illnesses) from that vocabulary and `personal.yml`.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from bot import yaml_files
from bot.kept import kept
from bot.safety.text.easy_words import easy_words
from bot.settings import ROOT, settings

WORDS = ROOT / "data" / "safety" / "personal.yml"
WORD = re.compile(r"(?<!\w)[^\W\d_]+(?:['’‑-][^\W\d_]+)*(?!\w)")
POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
INNER_CAPITAL = re.compile(r"[a-zß-ÿ][A-Z]")
SURNAME_PREFIX = re.compile(r"^(?:Mc|Mac|De|Di|Le|La|Van|Von|Fitz|O['’])[A-Z]")
ENDINGS = ("s", "es", "d", "ed", "ing", "ly", "ment")
SHORTEST = 3

PARTICLES = frozenset(
    "de del della di da do dos das du la le las los van von der den ter ten zu bin ben binti ibn al el st san y e".split()
)

# Names from these are taken wherever they stand; those of all other languages only where something says that a name follows.
COMMON = (
    "en_US en_GB en_IE en_NZ en_IN en_NG en_PK es_ES es_MX es_CO fr_FR fr_CA de_DE it_IT pt_BR pt_PT pl_PL nl_NL sv_SE da_DK "
    "no_NO fi_FI ro_RO hr_HR tr_TR vi_VN id_ID ru_RU uk_UA zh_CN ja_JP ko_KR ar_SA hi_IN"
).split()
OTHER = (
    "ar_AA bg_BG cs_CZ de_AT de_CH el_GR en en_KE es es_AR es_CL fa_IR fr_CH he_IL hu_HU lt_LT sk_SK sw ta_IN yo_NG zh_TW".split()
)


def plain(word: str) -> str:
    """Lower case, without accents and apostrophes, as every word is looked up."""
    if word.isascii():
        return word.lower().replace("'", "")
    spread = unicodedata.normalize("NFD", word.lower().replace("’", "").replace("'", ""))
    return "".join(c for c in spread if not unicodedata.combining(c))


class Word(NamedTuple):
    """A word of a text: as written without a possessive, where it stands, and as it is looked up."""

    text: str
    start: int
    end: int
    key: str

    @property
    def capital(self) -> bool:
        """Whether it is written like a name: a capital first, and none inside as in "ExoCoBio" or "FDA"."""
        if not self.text[0].isupper() or (len(self.text) > 1 and self.text.isupper()):
            return False
        return not INNER_CAPITAL.search(self.text) or bool(SURNAME_PREFIX.match(self.text))


def words(text: str) -> list[Word]:
    """The words of `text`; what touches a digit is none ("B12")."""
    found = []
    for match in WORD.finditer(text):
        said = POSSESSIVE.sub("", match.group())
        found.append(Word(said, match.start(), match.start() + len(said), plain(said)))
    return found


@dataclass(frozen=True)
class Lexicon:
    """Words by what they can be. All are looked up by `Word.key`."""

    given: frozenset[str]
    family: frozenset[str]
    known: frozenset[str]  # given or family, in a language that people here often have
    usual: frozenset[str]  # given, and nothing else than a name
    function: frozenset[str]
    ordinary: frozenset[str]
    kept: frozenset[str]
    bodies: frozenset[str]
    phrases: dict[str, tuple[tuple[str, ...], ...]]

    def is_ordinary(self, key: str) -> bool:
        """Whether `key` is an everyday word or a form of one; of words joined by a hyphen, whether any is ("Avon-type")."""
        if key in self.ordinary or key in self.function:
            return True
        if "-" in key:
            return key.split("-")[0] not in PARTICLES and any(
                self.is_ordinary(part) for part in key.split("-") if len(part) >= SHORTEST
            )
        if key in self.known:
            return False
        stems = (key[: -len(ending)] for ending in ENDINGS if key.endswith(ending))
        return any(len(stem) >= SHORTEST and (stem in self.ordinary or stem + "e" in self.ordinary) for stem in stems)

    def is_free(self, key: str) -> bool:
        """Whether nothing is known about `key`: it could be anybody's name."""
        parts = (part for part in key.split("-") if len(part) >= SHORTEST)
        return key not in self.kept and not any(part in self.kept for part in parts) and not self.is_ordinary(key)

    def is_name(self, key: str) -> bool:
        """Whether `key` is on a list of names and means nothing else."""
        return (self.is_given(key) or key in self.family) and self.is_free(key)

    def is_given(self, key: str) -> bool:
        """Whether `key` is on a list of given names, or is put together of such ("anne-marie")."""
        return key in self.given or ("-" in key and all(part in self.given for part in key.split("-")))

    def is_usual(self, key: str) -> bool:
        """Whether `key` is a given name and nothing else."""
        return key in self.usual or ("-" in key and self.is_given(key) and any(part in self.usual for part in key.split("-")))

    def protected(self, said: list[Word]) -> set[int]:
        """The positions of the words that belong to a phrase which must stay whole ("Dr Pen", "Santa Monica")."""
        keys = [word.key for word in said]
        taken: set[int] = set()
        for at, key in enumerate(keys):
            for phrase in self.phrases.get(key, ()):
                if tuple(keys[at : at + len(phrase)]) == phrase:
                    taken.update(range(at, at + len(phrase)))
        return taken


def _names(locales: Iterable[str], start: str) -> Iterator[str]:
    """The names in Faker's lists whose attribute starts with `start`, word by word."""
    for locale in locales:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in dir(provider):
            listed = getattr(provider, attribute) if attribute.startswith(start) else None
            if isinstance(listed, (tuple, list, set, dict)):
                yield from (word.key for name in listed for word in words(str(name)) if len(word.key) > 1 or not word.key.isascii())


def _listed() -> dict[str, list[str]]:
    """Faker's given and family names, in common and in other languages. To go through its lists takes a second: they are kept."""

    def made() -> dict[str, list[str]]:
        kinds = {"given": "first_name", "family": "last_name"}
        groups = {"common": COMMON, "other": OTHER}
        return {f"{kind} {group}": sorted(set(_names(groups[group], kinds[kind]))) for kind in kinds for group in groups}

    of = importlib.metadata.version("faker").encode() + Path(__file__).read_bytes()
    found: dict[str, list[str]] = kept("names", of=of, make=made)
    return found


def _vocabulary() -> Iterator[tuple[str, str]]:
    """Label and phrase of everything in the vocabularies of the facts and of the clinic."""
    for folder in (settings().facts_dir, settings().clinic_dir):
        path: Path | None = folder / "vocabulary.yml" if folder else None
        if path and path.is_file():
            for label, values in (yaml_files.read(path) or {}).items():
                yield from ((label, str(phrase)) for phrases in values.values() for phrase in phrases)


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The words of this process, read once."""
    lists = yaml_files.read(WORDS)
    function, bodies = ({plain(word) for word in lists[name].split()} for name in ("function", "bodies"))
    names = {plain(word) for word in lists["names"].split()}
    ordinary = {plain(word) for text in (lists["ordinary"], lists["frequent"]) for word in text.split()}
    ordinary = (ordinary | {plain(word) for word in easy_words()}) - names
    kept = {plain(word) for word in lists["kept"].split()}
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for label, phrase in [*_vocabulary(), *(("", phrase) for phrase in lists["phrases"])]:
        keys = tuple(word.key for word in words(phrase))
        if len(keys) > 1:
            phrases.setdefault(keys[0], []).append(keys)
        elif keys and label in ("jurisdiction", "agency", "brand"):
            kept.add(keys[0])
        elif keys:
            ordinary.add(keys[0])
    listed = _listed()
    common = {*listed["given common"], *names}
    given = common.union(listed["given other"])
    family_common = set(listed["family common"]) - function
    family = family_common.union(listed["family other"])
    return Lexicon(
        given=frozenset(given),
        family=frozenset(family),
        known=frozenset(common | family_common),
        usual=frozenset(name for name in common if len(name) >= SHORTEST or not name.isascii())
        - ordinary
        - kept
        - function
        - bodies,
        function=frozenset(function),
        ordinary=frozenset(ordinary),
        kept=frozenset(kept),
        bodies=frozenset(bodies),
        phrases={first: tuple(rest) for first, rest in phrases.items()},
    )
