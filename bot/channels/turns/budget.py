"""How long a turn may take, from the arrival of its message to its reply, and how much of it a database may take. Imports no Rasa.

A slow step takes from what is left to the next ones: limits that each step had for itself would add up.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from bot.conversations.store import Recent

MOMENT = 0.4  # seconds that a message which speaks of an emergency waits for a database, before its reply and after it
_current: ContextVar[Budget | None] = ContextVar("budget", default=None)


class Budget:
    """The time of one turn: `seconds` in all, of which what must be read before the reply may take `reading`."""

    def __init__(
        self, *, seconds: float, reading: float, urgent: Callable[[], bool], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._clock, self._urgent = clock, urgent
        now = clock()
        self._end, self._read_by = now + seconds, now + reading
        self._is_urgent: bool | None = None
        self.read: dict[str, Recent | None] = {}  # what was read of a conversation and not used yet

    @property
    def urgent(self) -> bool:
        """Whether the message speaks of an emergency; looked at only when something is slow, and then once."""
        if self._is_urgent is None:
            self._is_urgent = self._urgent()
        return self._is_urgent

    def hurry(self) -> None:
        """From here on the turn is one of an emergency, whatever its message said."""
        self._is_urgent = True

    @property
    def left(self) -> float:
        """Seconds until there must be a reply."""
        return max(0.0, self._end - self._clock())

    @property
    def for_reading(self) -> float:
        """Seconds that are left for what is read before the reply."""
        return min(self.left, max(0.0, self._read_by - self._clock()))

    def longer(self, seconds: float) -> None:
        """What was waited in line is not counted: it belongs to those who came before."""
        self._end, self._read_by = self._end + seconds, self._read_by + seconds

    @contextmanager
    def spent(self) -> Iterator[Budget]:
        """Within it, and in what is begun there, this is the budget."""
        token = _current.set(self)
        try:
            yield self
        finally:
            _current.reset(token)


def budget() -> Budget | None:
    """The budget of the turn that is under way here; None outside of one."""
    return _current.get()
