"""Finds the signs of an emergency in languages other than English, by the beginnings of words. Imports no Rasa.

One entry of `data/safety/signs_abroad.yml` covers all endings of a word, and two lists that must meet ("lips", "swollen") cover
what no list of phrases could. What denies a sign, or tells that it is not happening now, is kept there too, by language.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Optional

from pydantic import validator

from bot.safety.text.english import could_be_english, reads_english
from bot.safety.text.words import Lists, Words, compiling, read
from bot.settings import ROOT

FILE = ROOT / "data" / "safety" / "signs_abroad.yml"
BY_SCRIPT = {
    "ru": "CYRILLIC", "uk": "CYRILLIC", "ar": "ARABIC", "he": "HEBREW", "hi": "DEVANAGARI", "ko": "HANGUL", "zh": "CJK",
    "ja": "CJK",
}  # fmt: skip
UNSPACED = ("zh", "ja")
TRANSLITERATED = "translit"  # languages of other scripts as they are typed in Latin letters
SURE = ("es", "fr", "de", "it", "pt", "pl", "vi", "tr", "nl", "tl", "sv")  # told from one another by their words
INSIDE = (*UNSPACED, "ko", "hi")  # stems are also looked for inside a word
PREFIX = {"ar": r"\b[وفبلك]?(?:ال)?", "he": r"\b[והבלמשכ]{0,2}"}  # "and", "the", "in" are written as one with the word
REACH, REACH_UNSPACED = 45, 10  # characters between the two parts of a sign
BEFORE, BEFORE_UNSPACED, AFTER = 24, 3, 12  # characters before and behind a sign in which a denial counts
SENTENCE = re.compile(r"[^.!?;\n。！？；؟।]+")
CLAUSE = re.compile(r"[^.!?;\n。！？；,，、]+")  # where commas do what full stops do elsewhere
DECIMAL = re.compile(r"(?<=\d)[.,](?=\d)")  # no end of a sentence
TURN = re.compile(r"[,，、،]|\b(?:pero|mais|aber|maar|men|mas|ma|ale|ama|но|але)\b")
ENGLISH = re.compile(r"\b(?:the|my|your|what|how|does|and|they|this|that|you|have|been|was|with|would|should)\b")
ALIKE = re.compile(r"\b(?:suicid(?:e|es|al)|overdos(?:e|ed|es|ing)|convulsions?)\b")  # English words like those abroad
LETTERS = str.maketrans({"’": "", "'": "", "ı": "i", "ł": "l", "đ": "d", "ß": "ss"})  # these have no accent to take off
ARABIC = str.maketrans("ىة", "يه", "\u0653\u0654\u0655")
TRADITIONAL = str.maketrans(  # the signs are written in simplified characters
    "腫嚨氣過臉發燒頭嘔藥針後麼這個還沒無體覺動語說話講見視歲媽爺嗎們來時開關門樓橋殺傷髮癢紅藍雙邊腳臟壓緊難彎暈顫熱診醫護車電請問價錢約買賣網"
    "幾會為與從對點線條變壞實應該給讓嚴嚇嗆嚥險誤飲劑膚潰爛膿腦斷續聲啞痺幫嬰兒歡淚絕遺書離輕滅盡結終掙紮脹誰樣邊覽記憶風濕驚歷頸紋蕁臺灣國陸廣馬亞韓蘭",
    "肿咙气过脸发烧头呕药针后么这个还没无体觉动语说话讲见视岁妈爷吗们来时开关门楼桥杀伤发痒红蓝双边脚脏压紧难弯晕颤热诊医护车电请问价钱约买卖网"
    "几会为与从对点线条变坏实应该给让严吓呛咽险误饮剂肤溃烂脓脑断续声哑痹帮婴儿欢泪绝遗书离轻灭尽结终挣扎胀谁样边览记忆风湿惊历颈纹荨台湾国陆广马亚韩兰",
)
Span = tuple[int, int]


def plain(text: str) -> str:
    """Lower case, without accents and apostrophes, so that one spelling of a sign is enough."""
    spread = unicodedata.normalize("NFD", text.lower().translate(LETTERS))
    bare = "".join(c for c in spread if not "\u0300" <= c <= "\u036f")
    return unicodedata.normalize("NFC", bare.translate(ARABIC).translate(TRADITIONAL))


def _pattern(stems: Iterable[str], *, code: str) -> re.Pattern[str]:
    """A pattern for any of `stems`: "*" in front lets one stand inside a word, "_" at the end closes the word."""
    parts, inside = [], code in INSIDE
    for stem in stems:
        said = plain(stem.strip().lstrip("*").rstrip("_")).replace(" ", r"\s+")
        edges = (
            "" if inside or stem.startswith("*") else PREFIX.get(code, r"\b"),
            r"\b" if stem.endswith("_") and not inside else "",
        )
        parts.append(f"{edges[0]}{said}{edges[1]}")
    return re.compile("|".join(parts))


class Stems(Lists):
    """The entries of one language in the file."""

    says: Words
    crisis: Words
    near: list[tuple[Words, Words]] = []
    denied: Optional[Words] = None
    calm: Optional[Words] = None
    after: Optional[Words] = None
    jest: Optional[Words] = None

    @validator("*", each_item=True)
    def compiles(cls, value: Any) -> Any:
        """Whether each is a regular expression."""
        for stem in (stem for part in value for stem in part) if isinstance(value, tuple) else [value or ""]:
            compiling(stem.strip("*_"))
        return value


class Abroad(Lists):
    """The whole file, by language."""

    __root__: dict[str, Stems]


@dataclass(frozen=True)
class Tongue:
    """The signs of one language, compiled."""

    code: str
    says: re.Pattern[str]
    crisis: re.Pattern[str]
    near: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = ()
    denied: re.Pattern[str] | None = None
    calm: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None
    jest: re.Pattern[str] | None = None
    unspaced: bool = field(default=False)

    def find(self, sentence: str) -> Iterator[tuple[bool, bool]]:
        """For each sign in one sentence in plain letters: whether it is one of self-harm, and whether words take it back."""
        sentence = self.jest.sub(" ", sentence) if self.jest else sentence
        calm = bool(self.calm and self.calm.search(sentence))
        for match in self.crisis.finditer(sentence):
            yield True, self._taken(sentence, match.span())
        for match in self.says.finditer(sentence):
            yield False, calm or self._taken(sentence, match.span())
        english = bool(self.near) and reads_english(sentence)
        for pair in self.near:
            for span, between in self._met(sentence, *pair):
                # Without accents "eat" is "an" in Vietnamese, and "red" is "do".
                if not (english and could_be_english((sentence[span[0] : between[0]], sentence[between[1] : span[1]]))):
                    yield False, calm or self._taken(sentence, span, between)

    def _met(self, sentence: str, one: re.Pattern[str], other: re.Pattern[str]) -> Iterator[tuple[Span, Span]]:
        """Where a word of each list meet: the piece from one to the other, and what lies between."""
        reach = REACH_UNSPACED if self.unspaced else REACH
        seconds = [match.span() for match in other.finditer(sentence)]
        starts = [start for start, _ in seconds]
        for match in one.finditer(sentence) if seconds else ():
            low, high = bisect_left(starts, match.start() - 2 * reach), bisect_left(starts, match.end() + reach + 1)
            for start, end in seconds[low:high]:
                between = (min(match.end(), end), max(match.start(), start))
                if 0 <= between[1] - between[0] <= reach:
                    yield (min(match.start(), start), max(match.end(), end)), between

    def _taken(self, sentence: str, span: Span, between: Span | tuple[()] = ()) -> bool:
        """Whether a denial stands before the sign, within it or, in some languages, behind it."""
        start, end = span
        inner = sentence[between[0] : between[1]] if between else ""
        if self.after and (self.after.search(sentence[end : end + AFTER]) or self.after.search(inner)):
            return True
        if not self.denied or self.denied.search(inner):
            return bool(self.denied)
        if self.denied.search(sentence[start:end]):
            return False  # "no" before "cannot breathe" does not deny it
        before = sentence[max(0, start - (BEFORE_UNSPACED if self.unspaced else BEFORE)) : start]
        return bool(self.denied.search(TURN.split(before)[-1]))


@lru_cache(maxsize=1)
def tongues(path: Path = FILE) -> tuple[Tongue, ...]:
    """All languages of the file. Raises SettingsError, one sentence, where it is wrong."""
    made = []
    for code, about in read(path, Abroad).__root__.items():
        near = tuple((_pattern(one, code=code), _pattern(other, code=code)) for one, other in about.near)
        rest = {name: _pattern(words, code=code) for name, words in about.dict(exclude={"near"}, exclude_none=True).items()}
        made.append(Tongue(code=code, near=near, unspaced=code in UNSPACED, **rest))
    return tuple(made)


def find(text: str, *, spoken: str = "en") -> list[tuple[str, bool, bool]]:
    """The signs in `text` as (language, of self-harm, taken back); what is written in English is not looked at.

    `spoken` is the language that the message is known to be in; "en" where it is unclear, and any may be meant.
    """
    read = DECIMAL.sub("", plain(text))
    scripts = {unicodedata.name(c, "LATIN").split()[0] for c in set(read) if c.isalpha()}
    kana = bool(scripts & {"HIRAGANA", "KATAKANA"})
    scripts |= {"CJK"} if kana else set()
    excluded = "zh" if kana else "ja"  # both are written in Chinese characters; only Japanese has kana beside them
    found = []
    for tongue in tongues():
        if BY_SCRIPT.get(tongue.code, "LATIN") not in scripts or tongue.code == excluded:
            continue
        if spoken in SURE and tongue.code not in (spoken, TRANSLITERATED):  # statistics take these for any language
            continue
        for sentence in (CLAUSE if tongue.unspaced else SENTENCE).findall(read):
            if BY_SCRIPT.get(tongue.code) or not ENGLISH.search(sentence):
                read_there = sentence if spoken == tongue.code else ALIKE.sub(" ", sentence)
                found += [(tongue.code, *sign) for sign in tongue.find(read_there)]
    return list(dict.fromkeys(found))


def reserved(text: str, *, spoken: str) -> bool:
    """Whether a message in the language `spoken` has words that tell of what is supposed, past, read about or over."""
    return any(tongue.calm.search(plain(text)) for tongue in tongues() if tongue.code == spoken and tongue.calm)
