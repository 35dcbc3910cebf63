"""What people asked: how often of what, and which questions found no fact, grouped by meaning. Imports no Rasa.

The texts come from the conversations database, from which personal data was taken out before they were kept.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.cluster import AgglomerativeClustering

UNANSWERED = ("no_evidence", "out_of_scope", "clarify")
APART = 0.55  # cosine distance from which two groups stay apart, on average over their questions
MOST = 3000  # distinct questions that are grouped; the distances of more would not fit in a small machine's memory
EXAMPLES = 3
Encode = Callable[[list[str]], np.ndarray]


@dataclass(frozen=True)
class Turn:
    """A message and how it was answered; `at` in seconds since 1970 (UTC), `text` empty where a button was pressed."""

    conversation: str
    at: float
    text: str
    kind: str
    topics: tuple[str, ...]


def turns(events: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[Turn]:
    """The turns in `events`: pairs of a conversation and one of its "user" or "bot" events, each conversation in order."""
    asked: tuple[str, dict[str, Any]] | None = None
    for conversation, event in events:
        if event["event"] == "user":
            asked = (conversation, event)
            continue
        custom = (event.get("data") or {}).get("custom") or {}
        if asked is None or asked[0] != conversation or not custom.get("kind"):
            continue
        text = asked[1].get("text") or ""
        said = "" if text.startswith("/") else text
        yield Turn(conversation, float(asked[1]["timestamp"]), said, custom["kind"], tuple(custom.get("topics") or ()))
        asked = None


def usage(found: Iterable[Turn]) -> dict[str, Any]:
    """Counts: conversations, turns, and turns by channel, kind, topic and day (UTC), each with the most first, days in order."""
    all_of = list(found)
    channels = Counter(turn.conversation.partition("-")[0] for turn in all_of)
    days = Counter(dt.datetime.fromtimestamp(turn.at, dt.timezone.utc).date().isoformat() for turn in all_of)
    return {
        "conversations": len({turn.conversation for turn in all_of}),
        "turns": len(all_of),
        "channels": dict(channels.most_common()),
        "kinds": dict(Counter(turn.kind for turn in all_of).most_common()),
        "topics": dict(Counter(topic for turn in all_of for topic in turn.topics).most_common()),
        "days": dict(sorted(days.items())),
    }


def unanswered(found: Iterable[Turn], encode: Encode) -> list[dict[str, Any]]:
    """Questions that found no fact, grouped by meaning, the largest group first.

    Each group has `asked` (times), `kinds` (how they were answered), `question` (the one nearest to all) and `examples`.
    Of very many different questions only the newest are looked at.
    """
    asked: OrderedDict[str, Counter[str]] = OrderedDict()
    for turn in sorted((turn for turn in found if turn.kind in UNANSWERED and turn.text), key=lambda turn: -turn.at):
        asked.setdefault(" ".join(turn.text.lower().split()), Counter())[turn.kind] += 1
    texts = list(asked)[:MOST]
    groups = [_group(members, asked) for members in _clusters(texts, encode)]
    return sorted(groups, key=lambda group: (-group["asked"], group["question"]))


def _clusters(texts: list[str], encode: Encode) -> Iterator[tuple[list[str], np.ndarray]]:
    if not texts:
        return
    vectors = encode(texts)
    labels = np.zeros(1, dtype=int)
    if len(texts) > 1:
        tree = AgglomerativeClustering(n_clusters=None, distance_threshold=APART, affinity="cosine", linkage="average")
        labels = tree.fit_predict(vectors)
    for label in np.unique(labels):
        places = np.flatnonzero(labels == label)
        yield [texts[place] for place in places], vectors[places]


def _group(members: tuple[list[str], np.ndarray], asked: OrderedDict[str, Counter[str]]) -> dict[str, Any]:
    texts, vectors = members
    order = np.argsort(-(vectors @ vectors.mean(0)), kind="stable")
    kinds: Counter[str] = Counter()
    for text in texts:
        kinds.update(asked[text])
    near = [texts[place] for place in order]
    return {"question": near[0], "asked": kinds.total(), "kinds": dict(kinds.most_common()), "examples": near[1 : 1 + EXAMPLES]}
