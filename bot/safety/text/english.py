"""Tells by its words whether a text is English, which statistics on letters do not see in a short one. Imports no Rasa."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.safety.text.easy_words import easy_words
from bot.safety.text.spelling import right_word

WORD = re.compile(r"[^\W\d_]+")
ENDING = re.compile(r"(?:s|es|ed|d|ing|er|ly|y)$")
OURS = re.compile(r"(?:exosome|exo|serum|ampoule|laser)s?$")  # said alike in many languages: they tell nothing
ALIKE = frozenset(  # English words, and Vietnamese ones without accents
    "an do to me mat sung den tim lan hot can than chan con son ban hang may sang song long dan cat gay hay mom tin them"
    " lung van ran run no so in on a i".split()
)
TYPED = frozenset("u ur r pls plz vs im ive whats thats its dont cant isnt got than".split())
EASY = 0.45  # of texts in Latin letters on file in other languages, none has as many easy English words
LENGTH = 3
# Words too rare to be easy ones count only where nothing links them as other languages do.
RIGHT, RARE, FEW = 0.7, 4, 2
LINKS = frozenset(
    "le la les de du des et un une je il elle mon ma est en au aux dans qui que pour sur y el los las una con mi se por es da os um"
    " uma lo di per der die das und ist ein eine ich het een van op och att det en na nie ve bir mga ang ng".split()
)


def known(word: str) -> bool:
    """Whether `word`, in small letters, is an easy English one or a form of one."""
    stem = ENDING.sub("", word)
    return word in easy_words() or word in TYPED or (len(stem) >= LENGTH and (stem in easy_words() or stem + "e" in easy_words()))


def words(text: str) -> set[str]:
    """The different words of `text` in small letters, without those that are alike everywhere."""
    return {word for word in WORD.findall(text.lower()) if len(word) > 1 and word not in ALIKE and not OURS.match(word)}


def reads_english(text: str) -> bool:
    """Whether enough of the words of `text` are easy English ones."""
    said = words(text)
    easy = {word for word in said if known(word)}
    return bool(said) and len(easy) >= EASY * len(said) and any(len(word) >= LENGTH or word in TYPED for word in easy)


def rare_english(text: str) -> bool:
    """Whether nearly all longer words of `text` are right in English, and no small word is one of another language."""
    said = words(text)
    long = [word for word in said if len(word) >= RARE]
    sound = sum(right_word(word) for word in long)
    return text.isascii() and not said & LINKS and sound >= FEW and sound >= RIGHT * len(long)


def could_be_english(pieces: Iterable[str]) -> bool:
    """Whether each of `pieces`, in plain letters, is so short, or so English, that it may stand in an English text."""
    return all(len(word) <= RARE or known(word) or bool(OURS.match(word)) for piece in pieces for word in WORD.findall(piece))
