"""What facts and gaps are gathered for: one topic of a question, and what it is narrowed to. Imports no Rasa."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from bot.answer.retrieve.rank import Fit, fit
from bot.answer.thresholds import AT
from bot.answer.topics import AT_HOME, PLACE_TOPICS, USES_OF
from bot.facts.schema import Fact, Gap

Scope = Mapping[str, str]


@dataclass(frozen=True)
class Query:
    """One topic of a question."""

    topic: str
    home: str  # the clinic's country, an ISO 3166-1 code
    scope: Scope = field(default_factory=dict)  # what the question is narrowed to
    vector: np.ndarray | None = None  # the unit vector of the question, or of its part on this topic; None: no likeness is known
    alone: bool = True  # the topic is the only one of the reply
    conditions: Collection[str] = ()  # the states of health that the question names
    told: Collection[str] = ()  # the ids of facts and gaps that an earlier section of the reply shows
    text: str = ""  # the question, or its part on this topic: a gap on a special case needs it named there
    leans: bool = False  # the question goes on with the one before
    worded: Sequence[Fact | Gap] = ()  # entries of other topics that hold the question in nearly the same words

    nearest: str = ""  # the id of the gap that is clearly the nearest of all entries to the question

    @cached_property
    def narrowed(self) -> dict[str, str]:
        """The scope as it bears on the topic: the law is that of the clinic's country where no other one is named."""
        narrowed = dict(self.scope)
        if self.topic in PLACE_TOPICS and self.topic != "other_countries":
            narrowed.setdefault("jurisdiction", self.home)
        uses = USES_OF.get(self.topic)
        if uses and narrowed.get("use", uses[0]) not in uses:
            del narrowed["use"]  # it belongs to the other half of the question
        return narrowed

    @property
    def named_scope(self) -> dict[str, str]:
        """What the question itself is narrowed to, as far as it bears on the topic."""
        return {key: value for key, value in self.scope.items() if key in self.narrowed}

    @property
    def named(self) -> str:
        """The words that may name a special case."""
        return f"{self.text} {self.named_scope.get('use', '')}"

    @property
    def place(self) -> dict[str, str]:
        """The country that it is narrowed to, as a scope; empty where to none."""
        return {key: value for key, value in self.narrowed.items() if key == "jurisdiction"}

    @property
    def of_no_place(self) -> bool:
        """Whether no country is asked about, nor does one decide."""
        return self.topic not in PLACE_TOPICS and "jurisdiction" not in self.scope

    def at_home(self, fact: Fact) -> Fit:
        """How well the fact meets the clinic's own country."""
        return fit(fact, {"jurisdiction": self.home})

    def loss(self, fact: Fact) -> float:
        """What the fact loses in likeness by the country that it is on; below 0: what it gains."""
        if not self.of_no_place:
            return 0.0
        here = self.at_home(fact)
        if here is Fit.NONE:
            return AT.abroad
        return -AT.home if here is Fit.NAMED and self.topic in AT_HOME else 0.0
