"""What people take for granted and is wrong ("my own cells, so no risk"), and the facts that correct it. Imports no Rasa.

A message that asks ("are they natural?") is no premise; one that draws a conclusion from it ("natural, so safe") is. The words
are in `data/answers/premises.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Optional

from pydantic import conlist

from bot.safety.text.words import Lists, Words, any_of, read
from bot.settings import ROOT

FILE = ROOT / "data" / "answers" / "premises.yml"


class Premise(Lists):
    """One wrong belief as it is in the file.

    `topic` and `facts` correct it; a message means it where a word of each list of `says` is in it and none of `unless` (left
    out: none of the file's `cases`).
    """

    name: str
    topic: str
    facts: Words
    says: conlist(Words, min_items=1)  # type: ignore[valid-type]
    unless: Optional[list[str]] = None
    stated: bool = False  # not meant where the message begins like a question
    no_question: bool = False  # nor where it ends like one
    law: bool = False  # holds in the US only
    reaction: bool = False  # who should see the skin is told beside it
    beside: bool = False  # the rest of the message is answered too
    fever: bool = False  # who should be asked about a fever, today, is told beside it

    @property
    def of_reaction(self) -> bool:
        """Whether it is on something that the person has now."""
        return self.reaction or self.fever


class Premises(Lists):
    """The whole file."""

    cases: Words
    questions: Words
    premises: conlist(Premise, min_items=1)  # type: ignore[valid-type]


@dataclass(frozen=True)
class Belief:
    """A premise with its patterns: all of `says`, none of `unless`, and no `opening` of a question."""

    premise: Premise
    says: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str] | None
    opening: re.Pattern[str] | None

    @classmethod
    def of(cls, premise: Premise, *, cases: Sequence[str], questions: Sequence[str]) -> Belief:
        """`premise` of a file with these `cases` and `questions`."""
        unless = cases if premise.unless is None else premise.unless
        return cls(
            premise=premise,
            says=tuple(any_of(words) for words in premise.says),
            unless=any_of(unless) if unless else None,
            opening=any_of(questions) if premise.stated else None,
        )

    def meant(self, text: str) -> bool:
        """Whether `text` takes it for granted."""
        asked = (self.opening and self.opening.match(text.lstrip())) or (self.premise.no_question and re.search(r"\?\s*$", text))
        if asked or (self.unless and self.unless.search(text)):
            return False
        return all(words.search(text) for words in self.says)


@lru_cache(maxsize=1)
def beliefs(path: Path = FILE) -> tuple[Belief, ...]:
    """All premises of the file. Raises SettingsError, one sentence, where it is wrong."""
    held = read(path, Premises)
    return tuple(Belief.of(premise, cases=held.cases, questions=held.questions) for premise in held.premises)


def premise_of(text: str, *, country: str | None, home: str) -> Premise | None:
    """The first premise that `text` takes for granted; none on the law of the US where another country is meant."""
    abroad = (country or home) != "US"
    meant = (belief.premise for belief in beliefs() if belief.meant(text))
    return next((premise for premise in meant if not (premise.law and abroad)), None)
