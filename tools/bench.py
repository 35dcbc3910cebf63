"""`make bench`: this assistant and a stock Rasa starter project, measured side by side in one run.

Writes results/bench/bench.json and a plot, prints the ratios; `--keep` also writes docs/performance.md. `--quick` measures
briefly, trains the stock project for fewer rounds and ours not at all: it says something about ratios only. What is
measured is in docs/performance.md.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from bot import quiet  # noqa: F401  (first: it silences the imports below)
from bot.cli import exit_code
from bot.settings import ROOT
from tools.bench_facts import over_rest, seconds_per_answer
from tools.bench_questions import QUESTIONS, ROUND
from tools.bench_report import keep, plot, table
from tools.bench_servers import Assistant, BenchError, by_turn, latencies, make_stock, ours, stock, throughput

FOLDER = ROOT / "results" / "bench"
CLIENTS = (1, 4, 16)
EDGE = len(QUESTIONS)  # turns at the beginning and at the end of a conversation that are compared: the same questions


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    answers: int
    turns: int
    seconds: float
    facts: tuple[int, ...]


# The turns are full rounds and one row of questions more, which is then asked like the first one.
FULL = Size(answers=500, turns=2 * ROUND + EDGE, seconds=30, facts=(100, 1_000, 10_000, 100_000))
QUICK = Size(answers=96, turns=ROUND + EDGE, seconds=5, facts=(100, 10_000))


def measure(start: Callable[[Path], AbstractContextManager[Assistant]], folder: Path, size: Size) -> dict[str, Any]:
    """All figures of one assistant over REST; times in seconds, memory in megabytes after the load."""
    with start(folder) as assistant:
        latencies(assistant, answers=10)  # warm
        times = latencies(assistant, answers=size.answers)
        p50, p95, p99 = (float(value) for value in np.percentile(times, (50, 95, 99)))
        rates = {str(clients): throughput(assistant, clients=clients, seconds=size.seconds) for clients in CLIENTS}
        turns = by_turn(assistant, turns=size.turns)
        growth = median(turns[-EDGE:]) / median(turns[:EDGE])
        figures = {"start": assistant.start_seconds, "p50": p50, "p95": p95, "p99": p99, "messages_per_second": rates}
        lost = {"silent": assistant.silent, "failed": assistant.failed}
        return {**figures, "memory": assistant.memory(), **lost, "turns": turns, "growth": growth}


def train_seconds() -> float:
    """Seconds of a training of our model from what is kept of the vectors."""
    from bot import train

    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        train._train(Path(folder) / "bench.tar.gz", force=True)
        return time.perf_counter() - began


def run(size: Size, *, quick: bool, train_ours: bool) -> dict[str, Any]:
    """Everything, as JSON data. What cannot be measured is said and left out; what was measured is kept all the same."""
    from bot.train import train

    train()
    found: dict[str, Any] = {
        "date": dt.date.today().isoformat(),
        "quick": quick,
        "turns": size.turns,
        "load_before": os.getloadavg(),
        "processors": os.cpu_count(),
        "facts": [],
        "problems": [],
    }
    with tempfile.TemporaryDirectory() as folder:
        project, own = Path(folder) / "stock", Path(folder) / "ours"
        own.mkdir()
        with _part("Measuring this assistant", found):
            found["ours"] = measure(ours, own, size)
        with _part("Making and training the stock project", found):
            training = make_stock(project, briefly=quick)
            with _part("Measuring the stock project", found):
                found["stock"] = {**measure(stock, project, size), **({} if quick else {"training": training})}
    if train_ours and "ours" in found:
        with _part("Training our model", found):
            found["ours"]["training"] = train_seconds()
    for count in size.facts:
        with _part(f"Measuring this assistant with {count:,} facts", found), tempfile.TemporaryDirectory() as folder:
            found["facts"].append({**over_rest(count, Path(folder), answers=size.answers), **seconds_per_answer(count)})
    found["load_after"] = os.getloadavg()
    return found


@contextmanager
def _part(what: str, found: dict[str, Any]) -> Iterator[None]:
    """One part of the run; when it fails, the others go on. What is found so far is written down after each."""
    _say(f"{what} ...")
    try:
        yield
    except Exception as error:
        found["problems"].append(f"{what}: {error or type(error).__name__}")
        _say(f"  not measured: {error or type(error).__name__}")
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "bench.json").write_text(json.dumps(found, indent=2) + "\n")


def _say(line: str) -> None:
    print(line, flush=True)


def main() -> None:
    """Measures, prints and writes."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="measure briefly")
    parser.add_argument("--keep", action="store_true", help="write docs/performance.md")
    parser.add_argument("--no-training", action="store_true", help="do not measure the training of our model")
    chosen = parser.parse_args()
    found = run(QUICK if chosen.quick else FULL, quick=chosen.quick, train_ours=not (chosen.no_training or chosen.quick))
    (FOLDER / "bench.json").write_text(json.dumps(found, indent=2) + "\n")
    plot(found, FOLDER / "bench.png")
    print(table(found))
    if found["problems"]:
        raise BenchError("Not everything was measured: " + "; ".join(found["problems"]))
    if chosen.keep:
        keep(found)


if __name__ == "__main__":
    sys.exit(exit_code(main))
