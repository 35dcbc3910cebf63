"""`make eval`: measures the whole assistant on evaluation questions and draws the confusion and calibration pictures.

Each question goes through the trained model, the rules, the actions and the store, in a conversation of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import uuid
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.local import load, say
from bot.settings import ROOT
from tools import pictures

EVAL = ROOT / "tests" / "data" / "eval"
OUT = ROOT / "results" / "eval"


@dataclass(frozen=True)
class Result:
    """One question, what was fair, and what came."""

    text: str
    kind: str
    kinds: tuple[str, ...]
    topics: tuple[str, ...]
    accept: tuple[str, ...]
    got_kind: str
    got_topics: tuple[str, ...]
    offered: tuple[str, ...]
    confidence: float
    two: bool = False  # two questions, and not one that two topics are fair for

    @property
    def in_field(self) -> bool:
        """Whether a topic is expected at all."""
        return bool(self.accept)

    @property
    def right_topic(self) -> bool:
        """Whether the first topic named is a fair one."""
        return bool(self.got_topics) and self.got_topics[0] in self.accept

    @property
    def fair_topic(self) -> bool:
        """Whether any topic named is a fair one."""
        return bool(set(self.got_topics) & set(self.accept))

    @property
    def right_kind(self) -> bool:
        """Whether the kind of reply is a fair one."""
        return self.got_kind in self.kinds

    @property
    def turned_away(self) -> bool:
        """Whether a question in the field was called out of scope."""
        return self.in_field and self.got_kind == "out_of_scope"


def read(paths: Sequence[Path]) -> list[list[dict[str, Any]]]:
    """Conversations: a single question is a conversation of one turn."""
    rows = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [row.get("turns") or [row] for row in rows]


async def run(conversations: Sequence[Sequence[dict[str, Any]]]) -> list[Result]:
    """Asks everything; the confidence is the share of the best topic."""
    agent = await load()
    started = f"eval-{uuid.uuid4().hex[:8]}"  # conversations are kept: those of an earlier run must not be gone on with
    results = []
    for number, turns in enumerate(conversations):
        for turn in turns:
            sender = f"{started}-{number}"
            messages = await say(agent, turn["text"], sender=sender)
            silence: dict[str, Any] = {"custom": {"kind": "", "topics": []}}
            last = next((m for m in reversed(messages) if m.get("custom")), silence)
            tracker = await agent.tracker_store.retrieve(sender)
            parsed = tracker.latest_message.parse_data if tracker and tracker.latest_message else {}
            ranking = parsed.get("topics") or [["", 0.0]]
            buttons = [b["payload"] for b in last.get("buttons") or [] if b["payload"].startswith("/ask")]
            accept = turn.get("accept") or []
            results.append(
                Result(
                    text=turn["text"],
                    kind=turn["kind"],
                    kinds=tuple(turn.get("accept_kinds") or [turn["kind"]]),
                    topics=tuple(turn.get("topics") or accept[:1]),
                    accept=tuple(accept),
                    got_kind=last["custom"]["kind"],
                    got_topics=tuple(last["custom"]["topics"]),
                    offered=tuple(json.loads(payload.removeprefix("/ask"))["topic"] for payload in buttons),
                    confidence=float(ranking[0][1]),
                    two=bool(turn.get("two")),
                )
            )
    return results


def _share(hits: int, of: int) -> str:
    return f"{hits / of:6.1%} ({hits} of {of})" if of else "   n/a"


def report(results: Sequence[Result]) -> dict[str, Any]:
    """Prints the figures and returns them."""
    answers = [r for r in results if r.in_field and r.kind != "clarify"]
    outside = [r for r in results if r.kind == "out_of_scope"]
    alarms = [r for r in results if r.kind == "emergency"]
    calm = [r for r in results if "emergency" not in r.kinds]
    figures = {
        "right topic first": (sum(r.right_topic for r in answers), len(answers)),
        "right topic named": (sum(r.fair_topic for r in answers), len(answers)),
        "fair kind (all)": (sum(r.right_kind for r in results), len(results)),
        "turned away": (sum(r.turned_away for r in answers), len(answers)),
        "asked back": (sum(r.got_kind == "clarify" for r in answers), len(answers)),
        "out of scope recognised": (sum(r.got_kind == "out_of_scope" for r in outside), len(outside)),
        "emergencies recognised": (sum(r.got_kind == "emergency" for r in alarms), len(alarms)),
        "false alarms": (sum(r.got_kind == "emergency" for r in calm), len(calm)),
        "no reply": (sum(not r.got_kind for r in results), len(results)),
    }
    for name, (hits, of) in figures.items():
        print(f"{name:26}{_share(hits, of)}")
    both = [r for r in answers if r.two]
    print(f"{'two questions, both met':26}{_share(sum(set(r.topics) <= set(r.got_topics) for r in both), len(both))}")
    by_topic: dict[str, list[Result]] = defaultdict(list)
    for result in answers:
        by_topic[result.topics[0]].append(result)
    print("\nBy topic (right topic named):")
    for topic, rows in sorted(by_topic.items(), key=lambda item: sum(r.fair_topic for r in item[1]) / len(item[1])):
        print(f"  {topic:22}{_share(sum(r.fair_topic for r in rows), len(rows))}")
    print("\nBy kind (fair kind):")
    for kind in sorted({r.kind for r in results}):
        rows = [r for r in results if r.kind == kind]
        print(f"  {kind:22}{_share(sum(r.right_kind for r in rows), len(rows))}")
    missed = [r for r in answers if not r.fair_topic]
    pairs = Counter((r.topics[0], r.got_topics[0] if r.got_topics else r.got_kind) for r in missed)
    print("\nMost frequent confusions:")
    for (wanted, got), count in pairs.most_common(12):
        print(f"  {count:3} {wanted} -> {got}")
    return {name: {"hits": hits, "of": of} for name, (hits, of) in figures.items()}


def draw(results: Sequence[Result], folder: Path = OUT) -> None:
    """The two pictures; none where no question is on a topic."""
    answers = [r for r in results if r.in_field and r.kind != "clarify"]
    if not answers:
        return
    wanted = [r.got_topics[0] if r.right_topic else r.topics[0] for r in answers]
    pictures.confusion(wanted, [r.got_topics[0] if r.got_topics else "none" for r in answers], path=folder / "confusion.png")
    pictures.calibration([r.confidence for r in answers], [r.right_topic for r in answers], path=folder / "calibration.png")


def main() -> None:
    """Measures the files given, or all of tests/data/eval."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--misses", action="store_true", help="print every miss")
    chosen = parser.parse_args()
    results = asyncio.run(run(read(chosen.files or sorted(EVAL.glob("*.jsonl")))))
    figures = report(results)
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "figures.json").write_text(json.dumps(figures, indent=2) + "\n")
    draw(results)
    print(f"\nPictures and figures: {OUT.relative_to(ROOT)}/")
    if chosen.misses:
        for r in results:
            wrong = not r.right_kind or (r.in_field and r.kind != "clarify" and not r.fair_topic)
            if wrong:
                print(f"{r.kinds}{r.accept} -> {r.got_kind} {r.got_topics} {r.confidence:.2f} | {r.text[:110]}")


if __name__ == "__main__":
    main()
