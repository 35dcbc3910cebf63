"""How turns look in Slack is kept in `gallery/`; each file holds the turn and what was made of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.vocabulary import KINDS, TOPICS
from tests.slack.gallery import FOLDER, around, payloads, written
from tests.slack.validate import message_problems, view_problems

RENEW = "This looks different in Slack now. If it should: 'python -m tests.slack.gallery', and look at the difference."
FILES = [pytest.param(path, id=path.stem) for path in sorted(FOLDER.glob("*.json")) if path.stem != "around"]


@pytest.mark.parametrize("path", FILES)
def test_a_turn_looks_as_in_the_gallery(path: Path) -> None:
    kept = json.loads(path.read_text(encoding="utf-8"))
    made = {"turn": kept["turn"], **payloads(kept["turn"])}
    assert written(made) == path.read_text(encoding="utf-8"), RENEW
    assert [problem for payload in (*made["posted"], *made["shown_to_one"]) for problem in message_problems(payload)] == []


def test_the_home_tab_and_the_marks_look_as_in_the_gallery() -> None:
    made = around()
    assert written(made) == (FOLDER / "around.json").read_text(encoding="utf-8"), RENEW
    assert view_problems(made.pop("home")) == []
    assert [problem for messages in made.values() for payload in messages for problem in message_problems(payload)] == []


def test_every_kind_and_every_topic_is_in_the_gallery() -> None:
    shown = [
        json.loads(path.read_text(encoding="utf-8"))["turn"][-1]["custom"]
        for path in FOLDER.glob("*.json")
        if path.stem != "around"
    ]
    assert {custom["kind"] for custom in shown} == set(KINDS)
    assert {f"topic-{topic}" for topic in TOPICS} <= {path.stem for path in FOLDER.glob("*.json")}
