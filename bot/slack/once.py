"""Each thing that happens in Slack is handled once, however often Slack tells of it. Imports no Rasa."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

SECONDS = 60 * 60  # Slack tries again after 0, 1 and 5 minutes
MOST = 10_000
T = TypeVar("T")


class Once(Protocol):
    """What a shared store must offer, where several processes serve one workspace."""

    def first(self, *keys: str) -> bool:
        """Whether none of `keys` was seen lately; from now on all of them were."""


class Kept(Generic[T]):
    """Values in memory, at most `most` of them and none for longer than `seconds`; the oldest go first."""

    def __init__(self, *, seconds: float = SECONDS, most: int = MOST, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._most, self._clock = seconds, most, clock
        self._kept: OrderedDict[str, tuple[float, T]] = OrderedDict()

    def put(self, key: str, value: T) -> None:
        """Keeps `value`."""
        self._kept[key] = (self._clock(), value)
        self._kept.move_to_end(key)
        self._forget()

    def get(self, key: str) -> T | None:
        """The value of `key`; None when it was never there, or is forgotten."""
        self._forget()
        return self._kept[key][1] if key in self._kept else None

    def __len__(self) -> int:
        return len(self._kept)

    def _forget(self) -> None:
        oldest = self._clock() - self._seconds
        while self._kept and (len(self._kept) > self._most or next(iter(self._kept.values()))[0] < oldest):
            self._kept.popitem(last=False)


class OnceHere(Kept[bool]):
    """Remembers in this process."""

    def first(self, *keys: str) -> bool:
        """See `Once`. Keys are marked together, so that a message told of in two ways is still one."""
        fresh = not any(self.get(key) for key in keys)
        for key in keys:
            self.put(key, True)
        return fresh
