"""A part that is down: the person is told in plain words, an emergency is still seen, and it goes on when the part is back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contract import check_turn
from tests.server.conftest import Server

pytestmark = pytest.mark.xdist_group("faults")
QUESTION = "Are exosomes approved by the FDA?"
EMERGENCY = "My throat is closing up and I can't breathe"


def test_a_missing_database_is_said_and_recovered_from(tmp_path: Path) -> None:
    server = Server(folder=tmp_path, env={"DATABASE_URL": f"sqlite:///{tmp_path / 'facts.db'}"}).start()
    try:
        assert check_turn(server.ask(QUESTION, sender="one"))["kind"] == "answer"
        moved = [(path, path.with_name("gone-" + path.name)) for path in tmp_path.glob("facts.db*")]
        for path, away in moved:
            path.rename(away)
        down = server.ask(QUESTION, sender="one")
        assert check_turn(down)["kind"] == "error"
        assert "911" in down[0]["text"]
        assert check_turn(server.ask(EMERGENCY, sender="two"))["kind"] == "emergency"
        assert check_turn(server.ask("thank you so much", sender="three"))["kind"] == "conversation"
        for path in tmp_path.glob("facts.db*"):
            path.unlink()
        for path, away in moved:
            away.rename(path)
        assert check_turn(server.ask(QUESTION, sender="one"))["kind"] == "answer"
    finally:
        server.stop()


def test_without_the_action_server_an_emergency_is_still_answered(tmp_path: Path) -> None:
    server = Server(folder=tmp_path, env={"ACTION_URL": "http://127.0.0.1:9/webhook"}).start()
    try:
        assert check_turn(server.ask(QUESTION, sender="one"))["kind"] == "error"
        assert check_turn(server.ask(EMERGENCY, sender="one"))["kind"] == "emergency"
    finally:
        server.stop()


def test_an_action_that_takes_too_long_is_given_up_and_said(tmp_path: Path) -> None:
    server = Server(folder=tmp_path, env={"ACTION_TIMEOUT": "0.001"}).start()
    try:
        assert check_turn(server.ask(QUESTION, sender="one"))["kind"] == "error"
    finally:
        server.stop()
