"""What people take for granted and is wrong ("my own cells, so no risk"), and the facts that correct it. Imports no Rasa.

A message that asks ("are they natural?") is no premise; one that draws a conclusion from it ("natural, so safe") is. The words
are in `data/answers/premises.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Optional

from pydantic import conlist

from bot.safety.words import Lists, Words, any_of, read
from bot.settings import ROOT

FILE = ROOT / "data" / "answers" / "premises.yml"


class Premise(Lists):
    """One wrong belief as it is in the file."""

    name: str
    topic: str
    facts: Words
    says: conlist(Words, min_items=1)  # type: ignore[valid-type]
    unless: Optional[list[str]] = None
    stated: bool = False
    no_question: bool = False
    law: bool = False
    reaction: bool = False
    beside: bool = False
    fever: bool = False


class Premises(Lists):
    """The whole file."""

    cases: Words
    questions: Words
    premises: conlist(Premise, min_items=1)  # type: ignore[valid-type]


class Belief:
    """A premise with its patterns."""

    def __init__(self, premise: Premise, *, cases: Sequence[str], questions: Sequence[str]) -> None:
        self.topic, self.law = premise.topic, premise.law
        self.reaction, self.beside, self.fever = premise.reaction or premise.fever, premise.beside, premise.fever
        self.facts: tuple[str, ...] = tuple(premise.facts)
        unless = list(cases) if premise.unless is None else premise.unless
        self._says = [any_of(words) for words in premise.says]
        self._unless = any_of(unless) if unless else None
        self._opening = any_of(questions) if premise.stated else None
        self._no_question = premise.no_question

    def meant(self, text: str) -> bool:
        """Whether `text` takes it for granted."""
        asked = (self._opening and self._opening.match(text.lstrip())) or (self._no_question and re.search(r"\?\s*$", text))
        if asked or (self._unless and self._unless.search(text)):
            return False
        return all(words.search(text) for words in self._says)


@lru_cache(maxsize=1)
def beliefs(path: Path = FILE) -> tuple[Belief, ...]:
    """All premises of the file. Raises SettingsError, one sentence, where it is wrong."""
    held = read(path, Premises)
    return tuple(Belief(premise, cases=held.cases, questions=held.questions) for premise in held.premises)


def premise_of(text: str, *, country: str | None, home: str) -> Belief | None:
    """The first premise that `text` takes for granted; none on the law of the US where another country is meant."""
    abroad = (country or home) != "US"
    return next((belief for belief in beliefs() if belief.meant(text) and not (belief.law and abroad)), None)
