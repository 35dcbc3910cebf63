"""Measures whether what is on file is found, and whether the assistant says so where nothing is.

Each row of `tests/data/answerable/*.jsonl` has a `text`, in `answers` the ids of the facts and gaps that really answer it (none
where nothing on file does), those that are fair `beside` it, and its `topic`. Each question goes through the whole assistant.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.answer.reply import phrases
from bot.facts.schema import Fact, Gap
from bot.local import load, say
from bot.service import core
from bot.settings import ROOT

ROWS = ROOT / "tests" / "data" / "answerable"


@dataclass(frozen=True)
class Told:
    """What one question should get, and what it got: the ids told, the kind, whether it was said to be near only."""

    answers: tuple[str, ...]
    told: tuple[str, ...]
    kind: str
    hedged: bool
    gap_first: bool  # it begins with what is not known


def in_order(text: str, statements: Mapping[str, str]) -> tuple[str, ...]:
    """The ids of the statements that `text` holds, in its order."""
    places = {id: text.find(statement) for id, statement in statements.items()}
    return tuple(sorted((id for id, place in places.items() if place >= 0), key=places.__getitem__))


async def measure(paths: Sequence[Path]) -> list[Told]:
    """Asks every question of the files in a conversation of its own."""
    agent = await load()
    snapshot = core().snapshot()
    entries: list[Fact | Gap] = [*snapshot.facts.values(), *snapshot.gaps.values()]
    statements = {entry.id: entry.statement for entry in entries}
    found = []
    for path in paths:
        for row in map(json.loads, path.read_text().splitlines()):
            messages = await say(agent, row["text"], sender=f"answerable-{uuid.uuid4().hex}")
            text = "\n".join(message.get("text", "") for message in messages)
            kind = next(message["custom"]["kind"] for message in messages if "custom" in message)
            hedged = phrases.NEAREST in text or phrases.NOTHING_NEAR in text
            told = in_order(text, statements)
            found.append(Told(tuple(row["answers"]), told, kind, hedged, bool(told) and told[0] in snapshot.gaps))
    return found


def report(found: Sequence[Told]) -> dict[str, tuple[int, int]]:
    """Prints the figures and returns each as hits and cases."""
    known = [one for one in found if one.answers]
    unknown = [one for one in found if not one.answers]
    missed = [one for one in known if not set(one.told) & set(one.answers)]

    def honest(rows: Sequence[Told]) -> int:
        return sum(one.hedged or one.gap_first or one.kind != "answer" for one in rows)

    figures = {
        "what answers is told": (len(known) - len(missed), len(known)),
        "what answers is told first": (sum(one.told[:1] != () and one.told[0] in one.answers for one in known), len(known)),
        "told, and yet said to be near only": (sum(one.hedged for one in known if one not in missed), len(known) - len(missed)),
        "on file and not told: no plain answer": (honest(missed), len(missed)),
        "nothing on file: no plain answer": (honest(unknown), len(unknown)),
    }
    for name, (hits, of) in figures.items():
        print(f"{name:40}{hits / max(of, 1):6.1%} ({hits} of {of})")
    return figures


def main() -> None:
    """Measures the files given, or all of tests/data/answerable."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("paths", nargs="*", type=Path)
    report(asyncio.run(measure(parser.parse_args().paths or sorted(ROWS.glob("*.jsonl")))))


if __name__ == "__main__":
    main()
