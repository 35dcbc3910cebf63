"""Takes personal data out of a message before anything keeps it: tracker, logs, actions and database. Imports no Rasa.

Each kind of data has a finder in `finders/`. What they find is put in place of by its kind in brackets, so that the
message still reads as a sentence: "Dr (name) said 3 weeks, call me on (phone)". It finds what is written in a usual way, not
everything: it makes less personal data be kept, it is no proof that none is.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass

from bot.safety.privacy.finders import asian, contacts, dates, names, numbers, phones, postcodes, streets
from bot.safety.privacy.finders.spans import KINDS, Span, settle

FINDERS = (contacts.find, numbers.find, dates.find, phones.find, streets.find, postcodes.find, names.find, asian.find)
REMEMBERED = 256
# Texts that hold nothing, the oldest first: a message passes here on its way in and again before it is kept.
_clean: OrderedDict[str, None] = OrderedDict()
PLACEHOLDER = re.compile(r"\((?:" + "|".join(KINDS) + r")\)")


@dataclass(frozen=True)
class Scrubbed:
    """A text without personal data, and the kinds that were taken out, each once and in order of appearance."""

    text: str
    kinds: tuple[str, ...] = ()


def _found(text: str) -> list[Span]:
    """What has to go from `text`. Placeholders that are there already stay what they are."""
    there = bytearray(len(text))
    for match in PLACEHOLDER.finditer(text):
        there[match.start() : match.end()] = b"\1" * len(match.group())
    spans = (span for finder in FINDERS for span in finder(text))
    return settle((span for span in spans if span.start < span.end and not any(there[span.start : span.end])), text)


def scrub(text: str) -> Scrubbed:
    """`text` with "(name)", "(phone)" and the like for each piece of personal data. Scrubbing the outcome changes nothing."""
    if text in _clean:
        return Scrubbed(text)
    kinds: set[str] = set()
    # One pass can bring to light what the next must take. Each one that finds something leaves fewer letters, so this ends.
    while spans := _found(text):
        kinds.update(span.kind for span in spans)
        for span in reversed(spans):
            text = f"{text[: span.start]}({span.kind}){text[span.end :]}"
    _clean[text] = None
    if len(_clean) > REMEMBERED:
        _clean.popitem(last=False)
    named = (match.group()[1:-1] for match in PLACEHOLDER.finditer(text))
    return Scrubbed(text, tuple(dict.fromkeys(kind for kind in named if kind in kinds)))
