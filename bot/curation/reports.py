"""What people asked: how often of what, and which questions met a gap, grouped by meaning. Imports no Rasa.

The texts come from the conversations database, from which personal data was taken out before they were kept.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.cluster import AgglomerativeClustering

UNANSWERED = ("no_evidence", "out_of_scope", "clarify")
APART = 0.55  # cosine distance from which two groups stay apart, on average over their questions
MOST = 3000  # distinct questions that are grouped; the distances of more would not fit in a small machine's memory
# What nearly every question here holds, and so tells none from another: with it all seem to mean the same.
SUBJECT = re.compile(r"\b(?:exosom\w*|treatments?|therap\w+)\b", re.IGNORECASE)
FILLER = re.compile(
    r"\b(?:do|does|did|can|could|will|would|should|is|are|was|be|there|i|i'm|im|my|me|we|you|it|the|a|an|to|of|for|in|on|at|by|"
    r"with|from|and|or|what|whats|what's|any|some|get|have|help|helps|use|used|using|work|works|good|please)\b",
    re.IGNORECASE,
)
STATED = "gap_stated"  # how a reply counts that answered, and stated a gap beside it
Encode = Callable[[list[str]], np.ndarray]


@dataclass(frozen=True)
class Turn:
    """A message and how it was answered; `at` in seconds since 1970 (UTC), `text` empty where a button was pressed."""

    conversation: str
    at: float
    text: str
    kind: str
    topics: tuple[str, ...]
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gaps:
    """How a reply shows that it stated a gap: by the statement of the gap, or by a fact that says the same (`said_by`)."""

    statements: Mapping[str, str]
    said_by: Mapping[str, Collection[str]]

    @classmethod
    def of(cls, versions: Iterable[Mapping[str, Any]]) -> Gaps:
        """From every version of every gap, as the store holds it: an older reply states it in the older words."""
        rows = list(versions)
        said_by: defaultdict[str, set[str]] = defaultdict(set)
        for row in rows:
            said_by[row["id"]].update(row.get("said_by") or ())
        return cls({row["statement"]: row["id"] for row in rows}, said_by)

    def stated_in(self, reply: Mapping[str, Any]) -> tuple[str, ...]:
        """The ids of the gaps that a kept reply states."""
        shown = set(((reply.get("data") or {}).get("custom") or {}).get("facts") or ())
        lines = str(reply.get("text") or "").splitlines()
        told = [self.statements[line] for line in lines if line in self.statements]
        return tuple(dict.fromkeys([*told, *(gap for gap, facts in self.said_by.items() if shown.intersection(facts))]))


NO_GAPS = Gaps({}, {})


def turns(events: Iterable[tuple[str, dict[str, Any]]], gaps: Gaps = NO_GAPS) -> Iterator[Turn]:
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
        at, topics = float(asked[1]["timestamp"]), tuple(custom.get("topics") or ())
        yield Turn(conversation, at, said, custom["kind"], topics, gaps.stated_in(event))
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
    """Questions that found no fact, or whose reply stated a gap beside its facts, grouped by meaning, the largest group first.

    Each group has `asked` (times), `kinds` (how they were answered), `gaps` (which were stated), `question` (the one nearest to
    all) and `examples` (all others). Of very many different questions only the newest are looked at.
    """
    asked: OrderedDict[str, list[Turn]] = OrderedDict()
    for turn in sorted(found, key=lambda turn: -turn.at):
        if turn.text and (turn.kind in UNANSWERED or turn.gaps):
            asked.setdefault(" ".join(turn.text.lower().split()), []).append(turn)
    texts = list(asked)[:MOST]
    groups = [_group(members, asked) for members in _clusters(texts, encode)]
    return sorted(groups, key=lambda group: (-group["asked"], group["question"]))


def bare(text: str) -> str:
    """What tells a question from the others: without the subject and without words that mean nothing alone."""
    return " ".join(FILLER.sub(" ", SUBJECT.sub(" ", text)).split()).strip(" ?!.,'") or text


def _clusters(texts: list[str], encode: Encode) -> Iterator[tuple[list[str], np.ndarray]]:
    if not texts:
        return
    vectors = encode([bare(text) for text in texts])
    labels = np.zeros(1, dtype=int)
    if len(texts) > 1:
        tree = AgglomerativeClustering(n_clusters=None, distance_threshold=APART, affinity="cosine", linkage="average")
        labels = tree.fit_predict(vectors)
    for label in np.unique(labels):
        places = np.flatnonzero(labels == label)
        yield [texts[place] for place in places], vectors[places]


def _group(members: tuple[list[str], np.ndarray], asked: Mapping[str, Sequence[Turn]]) -> dict[str, Any]:
    texts, vectors = members
    order = np.argsort(-(vectors @ vectors.mean(0)), kind="stable")
    all_of = [turn for text in texts for turn in asked[text]]
    kinds = Counter(turn.kind if turn.kind in UNANSWERED else STATED for turn in all_of)
    gaps = Counter(gap for turn in all_of for gap in turn.gaps)
    near = [texts[place] for place in order]
    counts = {"kinds": dict(kinds.most_common()), "gaps": dict(gaps.most_common())}
    return {"question": near[0], "asked": len(all_of), **counts, "examples": near[1:]}
