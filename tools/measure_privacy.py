"""Measures how well personal data is taken out of messages, on the two sets in tests/data or the files given.

A line holds a `text` and the strings in it that must be `gone`; where there are none, the message must stay as it is.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.safety.privacy.personal import PLACEHOLDER, scrub
from bot.settings import ROOT

DATA = ROOT / "tests" / "data" / "privacy.jsonl"
SECOND = DATA.with_name("privacy_b.jsonl")  # written by another person, who had not seen the finders at work
PART = re.compile(r"\w{2,}")


@dataclass(frozen=True)
class Case:
    """One message of the set, and what became of it."""

    text: str
    gone: tuple[str, ...]
    got: str

    @property
    def left(self) -> tuple[str, ...]:
        """The strings that still stand there, be it in part: of "Maria Gomez" not even "Gomez" may be left."""
        hidden = Counter(part for string in self.gone for part in PART.findall(string))
        before, after = Counter(PART.findall(self.text)), Counter(PART.findall(PLACEHOLDER.sub("", self.got)))
        rest = {part: max(0, before[part] - count) for part, count in hidden.items()}  # "Georgia" may also be where she lives
        return tuple(
            string
            for string in self.gone
            if self.got.count(string) > self.text.count(string) - self.gone.count(string)
            or any(after[part] > rest[part] for part in PART.findall(string))
        )

    @property
    def changed(self) -> bool:
        """Whether anything was taken out."""
        return self.got != self.text


@dataclass(frozen=True)
class Figures:
    """What came of a whole set."""

    cases: tuple[Case, ...]
    seconds: float

    @property
    def strings(self) -> int:
        """How many strings must be gone."""
        return sum(len(case.gone) for case in self.cases)

    @property
    def recall(self) -> float:
        """The share of the strings that are gone, all of each."""
        return 1 - sum(len(case.left) for case in self.cases) / max(1, self.strings)

    @property
    def clean(self) -> tuple[Case, ...]:
        """The messages without personal data."""
        return tuple(case for case in self.cases if not case.gone)

    @property
    def false_alarms(self) -> float:
        """The share of the clean messages that were changed."""
        return sum(case.changed for case in self.clean) / max(1, len(self.clean))


def measure(paths: Sequence[Path] = (DATA,)) -> Figures:
    """Scrubs every message of the files."""
    rows = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    scrub("Maria, 555 0142")  # the lists are read at the first call
    start = time.process_time()
    cases = tuple(Case(row["text"], tuple(row["gone"]), scrub(row["text"]).text) for row in rows)
    return Figures(cases, time.process_time() - start)


def main() -> None:
    """Prints the figures, and with `--misses` every string left and every clean message changed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--misses", action="store_true", help="print every miss")
    chosen = parser.parse_args()
    for path in chosen.files or (DATA, SECOND):
        figures = measure([path])
        print(path.name)
        print(f"recall        {figures.recall:6.1%} of {figures.strings} strings")
        print(f"false alarms  {figures.false_alarms:6.1%} of {len(figures.clean)} messages")
        print(f"time          {1000 * figures.seconds / max(1, len(figures.cases)):.2f} ms a message")
        for case in figures.cases if chosen.misses else ():
            if case.left or (case.changed and not case.gone):
                print(f"{list(case.left)} | {case.text!r} -> {case.got!r}")


if __name__ == "__main__":
    main()
