"""How many messages are taken from one conversation and one address, and how many at a time. Imports no Rasa.

Nobody who is over the limit is met with silence, and an emergency is never held back: the channel asks `alarming`.
"""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import math
import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from limits import RateLimitItem, parse_many
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

from bot import logs
from bot.safety.emergency import gate
from bot.safety.emergency.signs import SignFinder
from bot.settings import NO_LIMIT, Settings, settings

logger = logging.getLogger(__name__)
AT_ONCE_OF_ONE = 8  # messages of one conversation that may wait for each other
AT_ONCE = 100  # messages in work in this process; more would wait longer than a person does
IPV6_PREFIX = 64  # what one household or phone is given
REDIS_SECONDS = 0.5


@lru_cache(maxsize=1)
def _signs() -> SignFinder:
    return SignFinder()


def by_signs(text: str, *, spoken: str = "en") -> gate.Verdict:
    """What the signs in `text` alone say; takes milliseconds, and no model."""
    return gate.judge(text, encode=None, classifier=None, finder=_signs(), spoken=spoken)


def alarming(text: str) -> bool:
    """Whether the signs in `text` alone speak of an emergency."""
    return by_signs(text).intent is not None


def counted(address: str) -> str | None:
    """The name under which an address is counted; None for this machine's own programs, a proxy that was not named
    by PROXIES_COUNT among them: it would make all patients count as one."""
    try:
        found = ipaddress.ip_address(address.strip("[]").partition("%")[0])
    except ValueError:
        return address or None
    found = getattr(found, "ipv4_mapped", None) or found
    if found.is_loopback:
        return None
    return str(ipaddress.ip_network((found, IPV6_PREFIX), strict=False)) if found.version == 6 else str(found)


class Guard:
    """Counts messages, in this process or, with REDIS_URL, together with other processes."""

    def __init__(self, chosen: Settings) -> None:
        self._rates = {"conversation": _items(chosen.rate_per_conversation), "address": _items(chosen.rate_per_address)}
        self._shared = chosen.redis_url is not None
        waits = {"socket_timeout": REDIS_SECONDS, "socket_connect_timeout": REDIS_SECONDS} if self._shared else {}
        url = re.sub("^unix:", "redis+unix:", chosen.redis_url or "memory://")  # as `limits` names it
        storage = storage_from_string(url, **waits)  # type: ignore[arg-type]
        self._limiter = FixedWindowRateLimiter(storage)
        self._working: Counter[str] = Counter()

    async def admits(self, *, conversation: str, address: str) -> bool:
        """Counts one message; False when its conversation or its address has sent too many. A lost Redis holds nobody up."""
        keys = {"conversation": conversation, "address": counted(address)}
        try:
            return await asyncio.to_thread(self._hit, keys) if self._shared else self._hit(keys)
        except Exception as error:  # Redis raises many kinds
            logger.error("Messages are not counted: %s", logs.told(error))
            return True

    async def wait(self, *, conversation: str, address: str) -> int:
        """Whole seconds until a message that was refused would be taken; a minute where that cannot be told."""
        keys = {"conversation": conversation, "address": counted(address)}
        try:
            return await asyncio.to_thread(self._wait, keys) if self._shared else self._wait(keys)
        except Exception:  # Redis raises many kinds; `admits` has logged it
            return 60

    def _wait(self, keys: dict[str, str | None]) -> int:
        stats = [self._limiter.get_window_stats(item, kind, key) for kind, key in keys.items() if key for item in self._rates[kind]]
        return max([1, *(math.ceil(stat.reset_time - time.time()) for stat in stats if not stat.remaining)])

    def _hit(self, keys: dict[str, str | None]) -> bool:
        hits = [self._limiter.hit(item, kind, key) for kind, key in keys.items() if key for item in self._rates[kind]]
        return all(hits)  # each is counted, also after the first that is too many

    @contextmanager
    def at_work(self, conversation: str) -> Iterator[bool]:
        """Marks a message as in work; says whether there is room for it."""
        room = self._working[conversation] < AT_ONCE_OF_ONE and self._working.total() < AT_ONCE
        self._working[conversation] += 1
        try:
            yield room
        finally:
            self._working[conversation] -= 1
            if not self._working[conversation]:
                del self._working[conversation]


@lru_cache(maxsize=1)
def guard() -> Guard:
    """The one of this process, for all its channels."""
    return Guard(settings())


def _items(rate: str) -> list[RateLimitItem]:
    return [] if rate == NO_LIMIT else parse_many(rate)
