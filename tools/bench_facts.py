"""How long the answer core takes with 100 to 100,000 facts: synthetic facts in a temporary store, timed inside this process.

The encoder is left out (its time does not depend on the facts): texts get a random but fixed unit vector.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import tempfile
import time
import zlib
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import numpy as np

from bot.answer.answerer import Answerer
from bot.answer.question import Memory, Question
from bot.answer.snapshot import Library
from bot.facts import catalogue
from bot.facts.database import connect, migrate
from bot.facts.schema import Fact
from bot.facts.store import FactStore
from bot.settings import ROOT
from bot.vocabulary import TOPICS

WIDTH = 384
ASKED = 40  # questions for each number of facts, after as many that are not counted


class FixedVectors:
    """Stands for the encoder: the same text always gets the same vector."""

    fingerprint = "bench"

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors (len(texts), 384)."""
        found = np.stack([np.random.default_rng(zlib.crc32(text.encode())).standard_normal(WIDTH) for text in texts])
        return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)

    def one(self, text: str) -> np.ndarray:
        """The vector of one text."""
        return np.asarray(self.encode([text])[0])


def _facts(count: int, template: Fact) -> dict[str, Fact]:
    made = {}
    for number in range(count):
        changes = {
            "id": f"bench-{number}",
            "topics": (TOPICS[number % len(TOPICS)],),
            "statement": f"This is what fact {number} of the benchmark says.",
            "questions": (f"What does fact {number} say?", f"Is fact {number} true?"),
            "stance": ("neutral", "against")[number % 2],
            **dict.fromkeys(("contradicts", "supersedes", "follows", "conditions", "caveats"), ()),
            "review_by": dt.date(2100, 1, 1),
        }
        made[f"bench-{number}"] = template.copy(update=changes)
    return made


def seconds_per_answer(count: int) -> dict[str, float]:
    """Median processor seconds of an answer among `count` facts, and seconds to read the store the first time."""
    shipped = catalogue.load([ROOT / "data" / "facts"])
    template = next(fact for fact in shipped.facts.values() if not fact.follows)
    found = dataclasses.replace(shipped, facts=_facts(count, template), gaps={})
    with tempfile.TemporaryDirectory() as folder:
        engine = connect(f"sqlite:///{Path(folder) / 'facts.db'}")
        migrate(engine)
        store, encoder = FactStore(engine), FixedVectors()
        store.load(found)
        core = Answerer(Library(store, encoder), encode=encoder.one)
        began = time.perf_counter()
        core.warm_up()
        read = time.perf_counter() - began
        times = []
        for number in range(2 * ASKED):
            topic = TOPICS[number % ASKED % len(TOPICS)]
            question = Question(text=f"bench question {number}", intent=topic, confidence=0.95, topics=((topic, 0.95),))
            began = time.process_time()
            core.reply(question, Memory())
            times.append(time.process_time() - began)
        engine.dispose()
    return {"facts": count, "answer": median(times[ASKED:]), "read": read}
