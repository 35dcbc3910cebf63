"""What the reports count and how questions are grouped."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from bot.conversations.store import ConversationStore, conversations
from bot.curation.reports import Gaps, Turn, turns, unanswered, usage
from bot.nlu.minilm import shared
from bot.settings import ROOT, settings
from tests.builders import FakeEncoder

DAY = 86_400.0
STATE: dict = {"slots": {}, "loop": None}


def _user(text: str, at: float = DAY) -> dict[str, Any]:
    return {"event": "user", "timestamp": at, "text": text}


def _bot(kind: str | None, *topics: str, at: float = DAY) -> dict[str, Any]:
    custom = {"kind": kind, "topics": list(topics), "facts": []} if kind else None
    return {"event": "bot", "timestamp": at, "text": "a reply", "data": {"custom": custom}}


def _asked(text: str, kind: str = "no_evidence", *, at: float = DAY) -> Turn:
    return Turn(conversation="rest-a", at=at, text=text, kind=kind, topics=())


def test_a_turn_is_a_message_and_the_reply_that_says_its_kind() -> None:
    events = [
        ("rest-a", _bot("conversation")),
        ("rest-a", _user("one")),
        ("rest-a", _bot(None)),
        ("rest-a", _bot("answer", "cost")),
    ]
    events += [("rest-a", _user("never answered")), ("widget-b", _bot("answer")), ("widget-b", _user('/ask{"topic": "cost"}'))]
    events += [("widget-b", _bot("clarify", at=2 * DAY))]
    assert list(turns(events)) == [
        Turn("rest-a", DAY, "one", "answer", ("cost",)),
        Turn("widget-b", DAY, "", "clarify", ()),
    ]


def test_usage_counts_turns_by_channel_kind_topic_and_day() -> None:
    found = [
        Turn("widget-a", DAY, "x", "answer", ("cost", "brands")),
        Turn("widget-a", 2 * DAY, "x", "answer", ("cost",)),
        Turn("rest-b", 0.0, "x", "error", ()),
    ]
    assert usage(found) == {
        "conversations": 2,
        "turns": 3,
        "channels": {"widget": 2, "rest": 1},
        "kinds": {"answer": 2, "error": 1},
        "topics": {"cost": 2, "brands": 1},
        "days": {"1970-01-01": 1, "1970-01-02": 1, "1970-01-03": 1},
    }


def test_only_what_found_no_fact_is_grouped_and_the_same_words_count_together() -> None:
    found = [_asked("Does it cure gout?"), _asked("does it  cure GOUT?", "clarify"), _asked("is the moon big", "out_of_scope")]
    found += [_asked("what does it cost", "answer"), _asked("", "no_evidence"), _asked("help", "emergency")]
    assert unanswered(found, FakeEncoder().encode) == [
        {"question": "does it cure gout?", "asked": 2, "kinds": {"no_evidence": 1, "clarify": 1}, "gaps": {}, "examples": []},
        {"question": "is the moon big", "asked": 1, "kinds": {"out_of_scope": 1}, "gaps": {}, "examples": []},
    ]
    assert unanswered([], FakeEncoder().encode) == []


def test_questions_of_the_same_meaning_come_together() -> None:
    tinnitus = ["can exosomes help ringing in the ears", "do exosomes work for tinnitus", "exosomes to stop ear ringing"]
    parking = ["where can I park my car", "is there a car park at the clinic"]
    groups = unanswered([_asked(text) for text in tinnitus + parking], lambda texts: shared().encode(texts))
    assert [{group["question"], *group["examples"]} for group in groups] == [set(tinnitus), {text.lower() for text in parking}]


KINDS_OF_QUESTION = (
    ["what does it cost?", "what is the price", "how expensive are exosomes", "price of exosome hair treatment"],
    ["does insurance pay for exosomes", "will my health insurance cover it", "is exosome therapy covered by medicare"],
    ["is it safe in pregnancy", "i am pregnant can i have it", "can i get exosomes when pregnant"],
    ["exosomes for autism in kids?", "will exosomes help my son with autism", "exosomes for autism"],
    ["exosomes for arthritis in the knee", "do exosomes help my arthritic knee"],
    ["exosomes for lyme disease"],
    ["can exosomes help long covid"],
    ["exosomes for my cat", "can my dog get exosomes"],
)


def test_price_insurance_pregnancy_and_each_illness_are_groups_of_their_own_and_all_their_questions_are_listed() -> None:
    asked = [_asked(text) for kind in KINDS_OF_QUESTION for text in kind]
    groups = unanswered(asked, lambda texts: shared().encode(texts))
    found = {frozenset([group["question"], *group["examples"]]) for group in groups}
    assert found == {frozenset(kind) for kind in KINDS_OF_QUESTION}


def test_a_reply_that_states_a_gap_beside_facts_counts_in_old_words_and_new_and_where_a_fact_says_it() -> None:
    gaps = Gaps.of(
        [
            {"id": "price", "statement": "No price was on file.", "said_by": []},
            {"id": "price", "statement": "No price is on file.", "said_by": []},
            {"id": "young", "statement": "No study is in children.", "said_by": ["no-study-young"]},
        ]
    )

    def replied(text: str, *facts: str) -> dict[str, Any]:
        return {**_bot("answer"), "text": text, "data": {"custom": {"kind": "answer", "topics": [], "facts": list(facts)}}}

    said = {
        "what does it cost": replied("No price is on file.\nA clinic says little. [1]", "f-1"),
        "how much": replied("A clinic says little. [1]\nNo price was on file.\n\nSources: ...", "f-1"),
        "my son is 9": replied("The studies on file are of adults. [1]", "no-study-young"),
        "is it approved": replied("No. Some say that No price is on file. matters. [1]", "f-2"),
    }
    events = [("rest-a", event) for text, reply in said.items() for event in (_user(text), reply)]
    found = list(turns(events, gaps))
    assert [(turn.text, turn.kind, turn.gaps) for turn in found] == [
        ("what does it cost", "answer", ("price",)),
        ("how much", "answer", ("price",)),
        ("my son is 9", "answer", ("young",)),
        ("is it approved", "answer", ()),
    ]
    listed = unanswered(found, FakeEncoder().encode)
    assert [(group["question"], group["kinds"], group["gaps"]) for group in listed] == [
        (text, {"gap_stated": 1}, {gap: 1})
        for text, gap in (("how much", "price"), ("my son is 9", "young"), ("what does it cost", "price"))
    ]


@pytest.fixture
def kept(database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[ConversationStore]:
    """An empty database of conversations, named by the settings, and an empty store of facts."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'empty' / 'facts.db'}")
    monkeypatch.setenv("TRACKER_URL", database_url)
    settings.cache_clear()
    conversations.cache_clear()
    yield conversations()
    conversations().engine.dispose()
    conversations.cache_clear()


def test_the_commands_read_the_conversations_of_the_last_days(
    kept: ConversationStore, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("bot.curation.commands.time.time", lambda: 40 * DAY)
    kept.append("rest-new", [_user("does it cure gout", 39 * DAY), _bot("no_evidence", at=39 * DAY)], state=STATE)
    kept.append("rest-old", [_user("is it safe", 2 * DAY), _bot("no_evidence", at=2 * DAY)], state=STATE)
    assert main(["report", "unanswered", "--json"]) == 0
    group = {"question": "does it cure gout", "asked": 1, "kinds": {"no_evidence": 1}, "gaps": {}, "examples": []}
    assert json.loads(capsys.readouterr().out) == [group]
    assert main(["report", "unanswered", "--days", "1"]) == 0
    assert capsys.readouterr().out == "1 time (nothing on file 1): does it cure gout\n"
    assert main(["report", "usage", "--days", "40", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["kinds"] == {"no_evidence": 2}
    assert main(["report", "usage", "--days", "0"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "0 conversations, 0 turns in 0 days."


def test_the_executable_is_the_command() -> None:
    done = subprocess.run([ROOT / "exoguide", "report", "--help"], capture_output=True, text=True, timeout=120, cwd="/")
    assert (done.returncode, done.stderr) == (0, "")
    assert "unanswered" in done.stdout
