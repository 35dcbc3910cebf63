"""Finds names of people: after words that introduce one, after titles, under a message, and wherever a given name stands.

Names in scripts without spaces have rules of their own in `asian.py`. Imports no Rasa.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.safety.privacy.finders.cues import CLOSING, CUES, FAREWELL, HERE, LAST, NO_NAME, Cue
from bot.safety.privacy.finders.reading import Reading
from bot.safety.privacy.finders.spans import Span
from bot.safety.privacy.finders.words import lexicon, words

OPENING = 4  # words within which a message says who is here


def _introduced(said: Reading) -> Iterator[Span]:
    for cue, pattern in CUES:
        for match in pattern.finditer(said.text):
            first, begin = said.first(match.end()) or (None, 0)
            if first is None or not said.starts(first, cue):
                continue
            if cue in (Cue.NAMED, Cue.TITLE) or not said.of_a_body(first, said.end(first, cue)):
                yield said.name(first, cue, begin=begin)


def _signed(said: Reading) -> Iterator[Span]:
    """Names under a message. At its very end a given name counts even if it is a place, too ("Thanks, Jordan")."""
    for match in FAREWELL.finditer(said.text):
        first, begin = said.first(match.end()) or (None, 0)
        if first is None:
            continue
        word, last = said.words[first], said.end(first, Cue.WANTED)
        closes = bool(CLOSING.match(said.after(last)))
        given = closes and said.known.is_given(word.key) and not said.known.is_ordinary(word.key)
        if given or (said.starts(first, Cue.WANTED) and (closes or said.known.is_usual(word.key))):
            yield said.name(first, Cue.WANTED, begin=begin)
    for match in LAST.finditer(said.text):
        first, begin = said.first(match.end()) or (None, 0)
        if (
            first is not None
            and said.known.is_name(said.words[first].key)
            and CLOSING.match(said.after(said.end(first, Cue.WANTED)))
        ):
            yield said.name(first, Cue.WANTED, begin=begin)


def _here(said: Reading) -> Iterator[Span]:
    """Who says to be here: "Maria here", and in small letters, too."""
    for match in HERE.finditer(said.text):
        number = said.till.get(match.start())
        if number is None or not said.known.is_free(said.words[number].key):
            continue
        word, before = said.words[number], said.words[number - 1] if said.joined(number) else None
        first = before is not None and said.known.is_given(before.key) and said.known.is_free(before.key)
        if before and first and (said.loose(number) or (word.text.islower() and said.known.is_usual(before.key))):
            yield Span(before.start, word.end, "name")
            continue
        listed = said.known.is_usual(word.key) or (said.capital(number) and said.known.is_given(word.key))
        if (listed and number < OPENING) or (number == 0 and said.loose(number) and not NO_NAME.search(word.key)):
            yield Span(word.start, word.end, "name")


def _alone(said: Reading) -> Iterator[Span]:
    """Given names that nothing introduces; pairs of capitalised words come as unsure."""
    number = 0
    while number < len(said.words):
        word = said.words[number]
        if said.capital(number):
            last = said.end(number, Cue.ALONE)
            if said.starts(number, Cue.ALONE):
                if not said.of_a_body(number, last):
                    yield said.name(number, Cue.ALONE)
                number = last
            elif last > number and said.loose(number) and said.loose(number + 1):
                yield Span(word.start, said.words[last].end, "name", sure=False)
        elif said.in_small_letters(number):
            yield Span(word.start, said.words[number + 1].end, "name", sure=False)
        number += 1


def _again(said: Reading, names: list[Span]) -> Iterator[Span]:
    """The same names where the message says them once more, be it only one word of them."""
    parts = {word.text for span in names for word in words(said.text[span.start : span.end]) if len(word.text) > 2}
    for number, word in enumerate(said.words):
        if word.text in parts and number not in said.protected and said.known.is_free(word.key):
            yield Span(word.start, word.end, "name")


def find(text: str) -> Iterator[Span]:
    """The names in `text`; two words of which nothing is known are unsure."""
    said = Reading(text, lexicon())
    if not said.words:
        return
    names = [*_introduced(said), *_signed(said), *_here(said), *_alone(said)]
    yield from names
    yield from _again(said, [span for span in names if span.sure])
