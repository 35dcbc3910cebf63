"""How long an answer takes with 100 to 100,000 synthetic facts: over REST, and of the answer core alone inside this process.

The texts of these facts get random but fixed unit vectors; for the core alone the question does too, and no encoder is run.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import sys
import tempfile
import time
import zlib
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import numpy as np

from bot import lean, quiet  # noqa: F401  (first: it silences the imports below)
from bot.answer.answerer import Answerer
from bot.answer.question import Memory, Question
from bot.answer.retrieve.library import Library
from bot.database import connect, migrate
from bot.facts import catalogue
from bot.facts.schema import Fact
from bot.facts.store import FactStore, searchable
from bot.nlu import joint
from bot.settings import ROOT, Settings
from bot.vocabulary import TOPICS
from tools.bench_questions import ROUND
from tools.bench_servers import latencies, ours

WIDTH = 1152
ASKED = 40  # questions for each number of facts, after as many that are not counted


class FixedVectors:
    """Stands for the encoder: the same text always gets the same vector."""

    def __init__(self, fingerprint: str = "bench") -> None:
        self.fingerprint = fingerprint

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors (len(texts), 1152), as wide as those of both encoders."""
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


def synthetic(count: int) -> catalogue.Catalogue:
    """The shipped catalogue with `count` made-up facts in the place of its own."""
    shipped = catalogue.load([ROOT / "data" / "facts"])
    template = next(fact for fact in shipped.facts.values() if not fact.follows)
    return dataclasses.replace(shipped, facts=_facts(count, template), gaps={})


def over_rest(count: int, folder: Path, *, answers: int) -> dict[str, float]:
    """Median seconds of an answer over REST among `count` facts."""
    with ours(folder, command=("tools.bench_facts", str(count))) as assistant:
        latencies(assistant, answers=ROUND)  # each topic is asked about, and its shelf made
        return {"rest": median(latencies(assistant, answers=max(answers, ROUND)))}


def seconds_per_answer(count: int) -> dict[str, float]:
    """Median processor seconds of an answer among `count` facts, and seconds to read the store the first time."""
    found = synthetic(count)
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


def main(count: int) -> None:
    """Serves as `make run` does, with `count` synthetic facts in the place of the shipped ones."""
    from bot import serve, service

    def load_facts(chosen: Settings | None = None, *, again: bool = True) -> tuple[FactStore, catalogue.Catalogue, int]:
        store, found = service.open_store(chosen), synthetic(count)
        encoder = joint.shared()
        texts = [text for fact in found.facts.values() for text in searchable(fact)]
        store.vectors(texts, FixedVectors(encoder.fingerprint))  # kept as if the encoder had made them, which takes an hour
        return store, found, store.load(found, again=again)

    service.load_facts = load_facts
    serve.main()


if __name__ == "__main__":
    lean.leave_out()
    main(int(sys.argv[1]))
