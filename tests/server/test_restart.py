"""A server that is ended and started again goes on where it was; then its database goes and comes back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import requests

from bot.conversations.store import open_conversations
from bot.settings import Settings
from bot.train import train
from tests.contract import check_turn
from tests.server.conftest import Server
from tests.server.test_decision_guide import Talk, screen
from tests.servers import UNLIMITED

pytestmark = pytest.mark.xdist_group("alone")
SECRET = "only-for-the-tests-of-the-guide-0123456789"
QUESTION = "Are exosomes approved by the FDA?"
EMERGENCY = "My throat is closing up and I can't breathe"


@dataclass(frozen=True)
class Restarted:
    """The server after the restart, and what it said before."""

    server: Server
    guided: str  # the sender who is in the decision guide
    link: str  # to the page of the guide
    offered: list[str]  # buttons of an answer


@pytest.fixture(scope="module")
def restarted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Restarted]:
    """A server that was ended and started again, amid two conversations."""
    train()
    folder = tmp_path_factory.mktemp("restart")
    env = {**UNLIMITED, "WIDGET_SECRET": SECRET, "DATABASE_URL": f"sqlite:///{folder / 'facts.db'}"}
    server = Server(folder=folder, env=env).start()
    try:
        talk = Talk(server)
        for text in ("help me decide", "hair", "shots"):
            talk.say(text)
        link = talk.link(talk.say("summary"), "Open the page to print or save")
        talk.say("change told")
        check_turn(server.ask("Do exosomes help against wrinkles?", sender="stays"))
        offered = [button["payload"] for button in server.ask("are exosomes approved?", sender="stays")[0]["buttons"]]
    finally:
        server.stop()
    server.start()
    yield Restarted(server, talk.sender, link, offered)
    server.stop()


def test_a_conversation_goes_on_after_a_restart(restarted: Restarted) -> None:
    server = restarted.server
    follow_up = check_turn(server.ask("and in Canada?", sender="stays"))
    pressed = check_turn(server.ask(restarted.offered[0], sender="stays"))
    assert follow_up["scope"]["jurisdiction"] == "CA"
    assert pressed["kind"] == "answer"
    store = open_conversations(Settings(database_url=server.env["DATABASE_URL"]).conversations_url)
    kept = store.whole("rest-stays")
    store.engine.dispose()
    assert kept is not None
    assert len([event for event in kept.events if event["event"] == "user"]) == 4


def test_the_decision_guide_goes_on_after_a_restart(restarted: Restarted) -> None:
    again = Talk(restarted.server, restarted.guided)
    assert screen(again.say("It regrows hair, they said")) == "stance"
    assert "It regrows hair, they said" in requests.get(restarted.server.url + restarted.link, timeout=30).text


def test_a_missing_database_is_said_and_recovered_from(restarted: Restarted) -> None:
    server = restarted.server
    assert check_turn(server.ask(QUESTION, sender="one"))["kind"] == "answer"
    moved = [(path, path.with_name("gone-" + path.name)) for path in server.folder.glob("facts.db*")]
    for path, away in moved:
        path.rename(away)
    down = server.ask(QUESTION, sender="one")
    assert check_turn(down)["kind"] == "error"
    assert "911" in down[0]["text"]
    assert check_turn(server.ask(EMERGENCY, sender="two"))["kind"] == "emergency"
    assert check_turn(server.ask("thank you so much", sender="three"))["kind"] == "conversation"
    for path in server.folder.glob("facts.db*"):
        path.unlink()
    for path, away in moved:
        away.rename(path)
    assert check_turn(server.ask(QUESTION, sender="one"))["kind"] == "answer"
