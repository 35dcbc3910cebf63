"""Where a person is in the guide and what they answered: plain data, kept in one slot. Imports no Rasa."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

MAX_WORDS = 500  # characters of an answer in the person's own words
MAX_OWN = 5  # reasons of one's own


@dataclass(frozen=True)
class State:
    """`at` is the screen on show. `answers` holds by screen: an id of a choice, words, or for `values` a rating by value.

    `own` holds reasons of the person's own with a rating or None. A screen that was skipped has no answer. `seed` orders the
    reasons to rate; `open` is false before the start and after "stop". `country` is the one whose law is shown: the clinic's,
    or the one that the person named.
    """

    at: str = "use"
    answers: Mapping[str, Any] = field(default_factory=dict)
    own: tuple[tuple[str, int | None], ...] = ()
    seed: int = 0
    open: bool = False
    country: str = "US"

    def text(self, screen: str) -> str:
        """The answer to `screen`; empty where there is none."""
        return str(self.answers.get(screen) or "")

    def words(self) -> list[str]:
        """All that was answered in words or by a choice, and the reasons of one's own."""
        return [*(said for said in self.answers.values() if isinstance(said, str)), *(text for text, _ in self.own)]

    @property
    def ratings(self) -> dict[str, int]:
        """The rating (0 to 5) of each value that was rated."""
        return dict(self.answers.get("values") or {})

    def to_slot(self) -> dict[str, Any]:
        """As plain JSON data for the slot."""
        own = [list(reason) for reason in self.own]
        return {"at": self.at, "answers": dict(self.answers), "own": own, "seed": self.seed, "open": self.open,
                "country": self.country}  # fmt: skip

    @classmethod
    def from_slot(cls, value: Any) -> State:
        """From the slot's value; an empty or foreign value gives a guide that was not started."""
        if not isinstance(value, Mapping):
            return cls()
        own = tuple((str(text), rating) for text, rating in value.get("own") or ())
        return cls(
            at=str(value.get("at") or "use"),
            answers=dict(value.get("answers") or {}),
            own=own,
            seed=int(value.get("seed") or 0),
            open=bool(value.get("open")),
            country=str(value.get("country") or cls.country),
        )
