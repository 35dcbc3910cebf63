"""Small, valid records and ready-made parts for tests; every builder takes keyword changes to its defaults."""

from __future__ import annotations

import datetime as dt
import re
import zlib
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from bot.answer.answerer import Answerer
from bot.answer.question import Memory, Question
from bot.answer.reply.contract import Reply, ShownFact, ShownSource
from bot.answer.retrieve.library import Library
from bot.answer.retrieve.snapshot import Snapshot
from bot.facts import catalogue
from bot.facts.catalogue import Catalogue
from bot.facts.schema import Caveat, Fact, Gap, Record, Source, Topic
from bot.facts.store import Encoder, searchable
from bot.settings import ROOT
from bot.vocabulary import TOPICS

TODAY = dt.date(2026, 11, 22)
SHIPPED = ROOT / "data" / "facts"
MISSING = object()
Row = dict[str, Any]


def _row(defaults: Row, changes: Row) -> Row:
    return {key: value for key, value in {**defaults, **changes}.items() if value is not MISSING}


def source_row(id: str = "paper", **changes: Any) -> Row:
    """A dated source that states no interest."""
    defaults = {"id": id, "title": f"The title of {id}", "short": id, "publisher": "A journal", "kind": "peer_reviewed_review"}
    dated = {
        "published": "2024-05",
        "retrieved": "2026-11-01",
        "licence": "facts only",
        "read_as": "abstract",
        "no_link": "a made-up paper",
    }
    return _row({**defaults, **dated}, changes)


def fact_row(id: str = "fact-one", **changes: Any) -> Row:
    """A neutral fact on side effects with one source."""
    defaults: Row = {"id": id, "topics": ["side_effects"], "statement": f"This is what {id} says.", "stance": "neutral"}
    judged = {"evidence": "review", "as_of": "2024-10", "review_by": "2027-11-21"}
    found = {"citations": [{"source": "paper", "locator": "page 1"}], "questions": [f"What does {id} say?", f"Is {id} true?"]}
    return _row({**defaults, **judged, **found}, changes)


def gap_row(id: str = "gap-one", **changes: Any) -> Row:
    """A gap on side effects with one question for a clinician."""
    defaults: Row = {"id": id, "topics": ["side_effects"], "statement": f"No study is on file for {id}.", "ask": [f"What of {id}?"]}
    found = {"checked": "2026-11-01", "review_by": "2027-05-21", "questions": [f"What about {id}?", f"Is there {id}?"]}
    return _row({**defaults, **found}, changes)


def caveat_row(id: str = "take-care", **changes: Any) -> Row:
    """A caveat."""
    return _row({"id": id, "text": f"The note {id} holds here."}, changes)


def topic_row(id: str, **changes: Any) -> Row:
    """A topic with one question for a clinician and no related topics."""
    words = id.replace("_", " ")
    return _row({"id": id, "label": words, "question": f"What of {words}?", "subject": words, "ask": [f"Ask on {words}?"]}, changes)


def fact(id: str = "fact-one", **changes: Any) -> Fact:
    """`fact_row` as a record."""
    return Fact.parse_obj(fact_row(id, **changes))


def source(id: str = "paper", **changes: Any) -> Source:
    """`source_row` as a record."""
    return Source.parse_obj(source_row(id, **changes))


def gap(id: str = "gap-one", **changes: Any) -> Gap:
    """`gap_row` as a record."""
    return Gap.parse_obj(gap_row(id, **changes))


def caveat(id: str = "take-care", **changes: Any) -> Caveat:
    """`caveat_row` as a record."""
    return Caveat.parse_obj(caveat_row(id, **changes))


def topic(id: str, **changes: Any) -> Topic:
    """`topic_row` as a record."""
    return Topic.parse_obj(topic_row(id, **changes))


def cites(*ids: str) -> list[Row]:
    """The value of `citations` for these sources."""
    return [{"source": id, "locator": "page 1"} for id in ids]


def catalogue_of(*records: Record) -> Catalogue:
    """A catalogue of `records`, with the source "paper" and all topics unless they are given; nothing is checked."""
    made = Catalogue()
    kinds = {model: kind for kind, (_, model) in catalogue.PATTERNS.items()}
    for record in (source(), *map(topic, TOPICS), *records):
        kind = kinds[type(record)]
        getattr(made, kind)[record.id] = record  # type: ignore[attr-defined]
    return made


def valid_rows() -> dict[str, list[Row]]:
    """The files of the smallest folder that is in order: each test changes one thing in them."""
    return {
        "sources/papers.yml": [source_row()],
        "caveats.yml": [caveat_row()],
        "topics.yml": [topic_row(id, question="What is it?", ask=["Is it safe?"]) for id in TOPICS],  # at a grade for all ids
        "facts/facts.yml": [fact_row(topics=list(TOPICS), caveats=["take-care"])],
        "gaps/gaps.yml": [gap_row()],
    }


def write(folder: Path, rows: dict[str, list[Row]]) -> Path:
    """Writes `rows` as YAML files below `folder`."""
    for name, listed in rows.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(listed, allow_unicode=True), encoding="utf-8")
    return folder


@lru_cache(maxsize=1)
def shipped() -> Catalogue:
    """The facts of the project, checked."""
    return catalogue.load([SHIPPED])


class FakeEncoder:
    """Counts words into 64 places: the same words give the same unit vector. `seen` lists what was encoded."""

    def __init__(self, fingerprint: str = "fake") -> None:
        self.fingerprint = fingerprint
        self.seen: list[str] = []

    def encode(self, texts: list[str]) -> np.ndarray:
        """One unit vector for each text."""
        self.seen += texts
        return np.stack([self._vector(text) for text in texts])

    def one(self, text: str) -> np.ndarray:
        """The vector of one text."""
        return self._vector(text)

    @staticmethod
    def _vector(text: str) -> np.ndarray:
        counts = np.zeros(64, dtype=np.float32)
        for word in re.findall(r"\w+", text.lower()) or ["-"]:
            counts[zlib.crc32(word.encode()) % 64] += 1
        return counts / np.linalg.norm(counts)


def snapshot_of(found: Catalogue, *, release: int = 1, encoder: Encoder | None = None) -> Snapshot:
    """A snapshot of a catalogue, without a database."""
    entries: list[Fact | Gap] = [*found.facts.values(), *found.gaps.values()]
    texts = [text for entry in entries for text in searchable(entry)]
    vectors = dict(zip(texts, encoder.encode(texts))) if encoder and texts else {}
    return Snapshot(release, found.facts, found.gaps, found.sources, found.topics, found.caveats, vectors)


class FixedLibrary(Library):
    """Hands out the snapshot that it was given; a test may replace it."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(store=None, encoder=None)  # type: ignore[arg-type]  # `current` needs no store here
        self.snapshot = snapshot

    def current(self) -> Snapshot:
        """The snapshot."""
        return self.snapshot


def answerer_of(
    found: Catalogue | Iterable[Record], *, today: dt.date = TODAY, encode: Callable[[str], np.ndarray] | None = None
) -> Answerer:
    """An answerer over a catalogue or over `records`, at home in the United States."""
    whole = found if isinstance(found, Catalogue) else catalogue_of(*found)
    vectors = FakeEncoder() if encode else None
    return Answerer(FixedLibrary(snapshot_of(whole, encoder=vectors)), encode=encode, home="US", today=lambda: today)


def asked(*topics: str, text: str = "", **scope: str) -> Question:
    """A press on the button of `topics` within `scope`."""
    ranking = tuple((id, 1.0) for id in topics)
    return Question(text=text, intent="ask", topics=ranking, scope=scope, here=scope.get("jurisdiction"), chosen=True)


def typed(
    text: str, *ranking: tuple[str, float], inside: float = 1.0, intent: str = "", scope: dict[str, str] | None = None
) -> Question:
    """A typed message with the classifier's ranking of topics."""
    intent = intent or (ranking[0][0] if ranking else "")
    scope = scope or {}
    return Question(text=text, intent=intent, topics=ranking, inside=inside, scope=scope, here=scope.get("jurisdiction"))


NOTHING = Memory()
ENCODE = FakeEncoder().one
PAPER = ShownSource(1, "paper", "The title of paper", "A journal", "2024-05", None, "peer-reviewed review", None)
PAPER_LINE = "Sources:\n[1] The title of paper. A journal, May 2024. Peer-reviewed review."


def shown(id: str, *citations: int) -> ShownFact:
    """A fact of `builders.fact` as shown."""
    return ShownFact(id, f"This is what {id} says.", "review of studies", "2024-10", citations or (1,))


def line(id: str) -> str:
    """Its line in the text."""
    return f"This is what {id} says. [1] (review of studies, October 2024)"


def ask(core: Answerer, *topics: str, memory: Memory = NOTHING, **scope: str) -> tuple[Reply, Memory]:
    """The reply to a press on a button."""
    return core.reply(asked(*topics, **scope), memory)


def ids(reply: Reply) -> list[str]:
    """The facts shown."""
    return [entry.id for entry in reply.facts]
