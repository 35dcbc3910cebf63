"""What an operator can measure, for Prometheus: counts, times, the state of the facts; no word of a message. Imports no Rasa.

Each process counts its own turns; Prometheus adds them up.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics, generate_latest
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

from bot import logs
from bot.facts.store import FactStore
from bot.vocabulary import KINDS, TOPICS

logger = logging.getLogger(__name__)
disable_created_metrics()  # a second series for each one, with the time of its start, which nobody asks for
REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
PlatformCollector(registry=REGISTRY)
NO_TOPIC = "none"
SECONDS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
TURNS = Counter(
    "exoguide_turns", "Turns by channel, kind of reply and first topic", ["channel", "kind", "topic"], registry=REGISTRY
)
LATENCY = Histogram("exoguide_turn_seconds", "Time of a turn, waiting included", ["channel"], buckets=SECONDS, registry=REGISTRY)
CHANNELS = ("rest", "widget", "slack")
FACTS = Gauge("exoguide_facts", "Facts on show", registry=REGISTRY)
STALE = Gauge("exoguide_facts_stale", "Facts on show that are past their review date", registry=REGISTRY)
RELEASE = Gauge("exoguide_facts_release", "Number of the newest release of the facts", registry=REGISTRY)
READABLE = Gauge("exoguide_facts_store_up", "1 when the facts store could be read for this page, else 0", registry=REGISTRY)


def begin() -> None:
    """Starts each kind of turn at nought: of a series that begins with 1 Prometheus would not count the first, an emergency say."""
    for channel in CHANNELS:
        for kind in KINDS:
            TURNS.labels(channel, kind, NO_TOPIC)


begin()


def outcome(said: Sequence[dict[str, Any]]) -> tuple[str, str]:
    """Kind and first topic of a turn; nothing said is an error. Names outside the contract are not taken as labels."""
    customs = [message["custom"] for message in said if message.get("custom")]
    if not customs:
        return "error", NO_TOPIC
    kind, topics = customs[-1].get("kind"), customs[-1].get("topics") or [NO_TOPIC]
    return (kind if kind in KINDS else "error"), (topics[0] if topics[0] in TOPICS else NO_TOPIC)


def count(said: Sequence[dict[str, Any]], *, channel: str, seconds: float) -> None:
    """Counts one turn, and logs it at the level INFO without its words."""
    kind, topic = outcome(said)
    TURNS.labels(channel, kind, topic).inc()
    LATENCY.labels(channel).observe(seconds)
    fields = {"channel": channel, "kind": kind, "topic": topic, "ms": round(seconds * 1000)}
    logger.info("A turn on %s: %s, %s, %d ms", *fields.values(), extra={"fields": fields})


@lru_cache(maxsize=1)
def _review_days(store: FactStore, release: int) -> list[dt.date]:
    """When each fact of a release is due for a new check."""
    return [fact.review_by for fact in store.records("facts", release=release)]


def page(store: FactStore | None, *, today: dt.date | None = None) -> bytes:
    """The metrics as Prometheus reads them; reads the facts store. Where that fails, its last figures stay and `store_up` is 0."""
    try:
        if store is not None:
            days = _review_days(store, release := store.release())
            FACTS.set(len(days))
            STALE.set(sum(day < (today or dt.date.today()) for day in days))
            RELEASE.set(release)
        READABLE.set(int(store is not None))
    except Exception as error:  # whatever the database raises, the counts of turns must still be seen
        READABLE.set(0)
        logger.error("The facts store was not read for the metrics: %s", logs.told(error))
    return bytes(generate_latest(REGISTRY))
