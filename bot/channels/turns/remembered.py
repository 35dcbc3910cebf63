"""What this process remembers of a conversation besides the database: an emergency, and the country that was spoken of.

With it the turn after an emergency is answered while the database is down, an input without words after one as well, and an
error names the number of the place where someone is. Nothing that was typed is in it. Imports no Rasa.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Optional

from bot.clinic import clinic
from bot.safety.emergency.after_emergency import FIRST, Standing, said

MOST = 5_000  # conversations; then the one silent for longest is forgotten
SECONDS = 3600  # as long as Rasa's session


@dataclass(frozen=True)
class Remembered:
    """`standing` is the slot as it is after the newest turn; `unkept`: the database has not kept that."""

    standing: Optional[Mapping[str, Any]] = None
    country: Optional[str] = None
    unkept: bool = False
    at: float = 0.0

    @property
    def emergency(self) -> str:
        """The number to call."""
        return clinic().emergency_line(self._where)

    def asked(self) -> str:
        """The question on help, where there is an emergency and help is not known to come; else nothing."""
        held = Standing.from_slot(self.standing)
        if held is None or held.coming or held.say == "over":
            return ""
        asking = Standing(held.kind, held.language, say=FIRST)
        lines = clinic().lines(self._where, held.language)
        return said(asking, **lines) or said(Standing("body", held.language, say=FIRST), **lines) or ""

    @property
    def _where(self) -> str | None:
        held = Standing.from_slot(self.standing)
        return (held and held.country) or self.country


class Conversations:
    """The newest conversations of this process."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: OrderedDict[str, Remembered] = OrderedDict()

    def note(self, conversation: str, *, standing: Mapping[str, Any] | None, country: str | None, unkept: bool = False) -> None:
        """Remembers what holds after a turn. What it does not know of the country stays."""
        before = self.of(conversation)
        self._kept[conversation] = Remembered(standing, country or (before.country if unkept else None), unkept, self._clock())
        self._kept.move_to_end(conversation)
        if len(self._kept) > MOST:
            self._kept.popitem(last=False)

    def of(self, conversation: str) -> Remembered:
        """What is remembered; nothing of one that was silent for an hour."""
        kept = self._kept.get(conversation, Remembered())
        return kept if kept.at > self._clock() - SECONDS else Remembered()


@lru_cache(maxsize=1)
def remembered() -> Conversations:
    """Those of this process."""
    return Conversations()
