"""A long run at a part of what the assistant can do: do memory and latency stay flat?

`python -m tools.soak --minutes 30` measures how many messages a second this machine manages, then sends 70% of that for the time
given. Writes results/soak/soak.json and soak.png; `--keep` also puts the plot and one line into docs/performance.md.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import requests

from bot import quiet  # noqa: F401  (first: it silences the imports below)
from bot.cli import exit_code
from bot.settings import ROOT
from tools.bench_servers import Assistant, latencies, ours, throughput
from tools.soak_report import flat, keep, plot, summary

FOLDER = ROOT / "results" / "soak"
CLIENTS = 8  # with which capacity is measured
CAPACITY_SECONDS = 20.0
SENDERS = 64  # requests that may be under way; at 70% a few are
EVERY = 10.0  # seconds of one point in the plot


@dataclass(frozen=True)
class Point:
    """What was seen in one stretch of time; seconds, megabytes, and how many requests failed or were met with silence."""

    at: float
    count: int
    p50: float
    p95: float
    p99: float
    memory: float
    failed: int


class Watch:
    """Collects how long each message took and makes a point of each stretch."""

    def __init__(self, assistant: Assistant) -> None:
        self.points: list[Point] = []
        self._assistant, self._lock = assistant, threading.Lock()
        self._times: list[float] = []
        self._began, self._failed = time.perf_counter(), self._lost()

    def _lost(self) -> int:
        return self._assistant.failed + self._assistant.silent

    def add(self, seconds: float) -> None:
        """Notes one message."""
        with self._lock:
            self._times.append(seconds)

    def point(self) -> None:
        """Ends a stretch."""
        with self._lock:
            times, self._times = self._times, []
        lost, self._failed = self._lost() - self._failed, self._lost()
        p50, p95, p99 = (float(value) for value in np.percentile(times or [0.0], (50, 95, 99)))
        at = time.perf_counter() - self._began
        self.points.append(Point(at, len(times), p50, p95, p99, self._assistant.memory(), lost))


def steady(assistant: Assistant, *, rate: float, seconds: float) -> list[Point]:
    """Sends `rate` messages a second, whether or not earlier ones are answered; a time counts from when it was due."""
    watch, local = Watch(assistant), threading.local()
    began = time.perf_counter()

    def send(number: int, due: float) -> None:
        if not hasattr(local, "session"):
            local.session = requests.Session()
        assistant.ask(sender=f"soak-{number // 5}", session=local.session)
        watch.add(time.perf_counter() - due)

    with ThreadPoolExecutor(SENDERS) as pool:
        number, stretch = 0, began + EVERY
        while (now := time.perf_counter()) < began + seconds:
            if now >= stretch:
                watch.point()
                stretch += EVERY
            due = began + number / rate
            if due > now:
                time.sleep(min(due - now, 0.2))
                continue
            pool.submit(send, number, due)
            number += 1
    watch.point()
    return watch.points


def run(*, minutes: float, share: float) -> dict[str, Any]:
    """Everything, as JSON data."""
    with tempfile.TemporaryDirectory() as folder, ours(Path(folder)) as assistant:
        latencies(assistant, answers=20)  # warm
        print("Measuring what this machine manages ...", flush=True)
        capacity = throughput(assistant, clients=CLIENTS, seconds=CAPACITY_SECONDS)
        rate = share * capacity
        print(f"{capacity:.1f} messages a second; now {rate:.1f} for {minutes:g} minutes ...", flush=True)
        points: Sequence[Point] = steady(assistant, rate=rate, seconds=60 * minutes)
    found = {"date": dt.date.today().isoformat(), "minutes": minutes, "processors": os.cpu_count(), "load_after": os.getloadavg()}
    found |= {"capacity": capacity, "share": share, "rate": rate, "points": [asdict(point) for point in points]}
    return {**found, "flat": flat(found)}


def main() -> None:
    """Measures, writes, prints."""
    parser = argparse.ArgumentParser(prog="python -m tools.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0, help="how long")
    parser.add_argument("--share", type=float, default=0.7, help="of what the machine manages")
    parser.add_argument("--keep", action="store_true", help="put the plot into docs/performance.md")
    chosen = parser.parse_args()
    found = run(minutes=chosen.minutes, share=chosen.share)
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "soak.json").write_text(json.dumps(found, indent=2) + "\n")
    plot(found, FOLDER / "soak.png")
    print(summary(found))
    if chosen.keep:
        keep(found)


if __name__ == "__main__":
    sys.exit(exit_code(main))
