"""`conversations purge`, `erase` and `export`: one line, and an exit code that cron understands."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.channels.incoming import sender_name
from bot.cli import main
from bot.conversations.store import ConversationStore, conversations
from bot.settings import settings

DAY = 86_400
STATE: dict = {"slots": {}, "loop": None}


@pytest.fixture
def kept(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[ConversationStore]:
    """The conversations that the settings name: one of today, one of 40 days ago."""
    monkeypatch.setenv("TRACKER_URL", database_url)
    settings.cache_clear()
    conversations.cache_clear()
    for name, days in (("rest-new", 0), ("rest-old", 40)):
        event = {"event": "user", "timestamp": time.time() - days * DAY, "text": f"words of {name} é"}
        conversations().append(name, [event], state=STATE)
    yield conversations()
    conversations().engine.dispose()
    conversations.cache_clear()


@pytest.mark.parametrize(
    ("arguments", "said", "left"),
    [
        ([], "Forgotten: 1 message older than 30 days, and with them 1 conversation.\n", ["rest-new"]),
        (["--days", "60"], "Forgotten: 0 messages older than 60 days, and with them 0 conversations.\n", ["rest-old", "rest-new"]),
        (["--days", "0"], "Forgotten: 2 messages older than 0 days, and with them 2 conversations.\n", []),
    ],
)
def test_purge_forgets_what_is_too_old(
    kept: ConversationStore, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str, left: list[str]
) -> None:
    assert main(["conversations", "purge", *arguments]) == 0
    assert capsys.readouterr() == (said, "")
    assert kept.ids() == left


def test_the_setting_says_how_long(
    kept: ConversationStore, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RETENTION_DAYS", "60")
    settings.cache_clear()
    assert main(["conversations", "purge"]) == 0
    assert kept.ids() == ["rest-old", "rest-new"]


@pytest.mark.parametrize("name", ["rest-new", "rest:new"])
def test_erase_takes_the_kept_id_or_the_sender(kept: ConversationStore, capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert [main(["conversations", "erase", name]), main(["conversations", "erase", name])] == [0, 1]
    assert capsys.readouterr() == ("Conversation rest-new is erased.\n", "No conversation rest-new is kept.\n")
    assert kept.ids() == ["rest-old"]


def test_export_prints_what_is_kept(kept: ConversationStore, capsys: pytest.CaptureFixture[str]) -> None:
    assert [main(["conversations", "export", "rest-old"]), main(["conversations", "export", "rest-none"])] == [0, 1]
    out, err = capsys.readouterr()
    found = json.loads(out)
    assert [(message["from"], message["text"]) for message in found["messages"]] == [("person", "words of rest-old é")]
    assert (found["conversation"], err) == ("rest-old", "No conversation rest-none is kept.\n")


def test_a_strange_sender_is_found_under_its_hash(kept: ConversationStore, capsys: pytest.CaptureFixture[str]) -> None:
    hashed = f"rest-{sender_name('ann@example.com')}"
    kept.append(hashed, [{"event": "user", "timestamp": time.time(), "text": "hi"}], state=STATE)
    assert main(["conversations", "erase", "rest:ann@example.com"]) == 0
    assert hashed not in kept.ids()


def test_a_database_that_is_not_there_is_one_sentence_and_exit_code_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRACKER_URL", f"sqlite:///{tmp_path}")
    conversations.cache_clear()
    assert main(["conversations", "purge"]) == 1
    said = f"The conversations database at sqlite:///{tmp_path} cannot be used: the file cannot be opened.\n"
    assert capsys.readouterr() == ("", said)
