"""The decision guide on a running server: what people write in their own words, and what is kept of it."""

from __future__ import annotations

import json
import re

import pytest
import requests
from sqlalchemy import select, update

from bot.aid.kept import PLACEHOLDER
from bot.conversations.models import ConversationRow, EventRow
from bot.conversations.store import ConversationStore, open_conversations
from tests.server.conftest import Server
from tests.server.test_decision_guide import Talk, screen


def kept(server: Server) -> ConversationStore:
    """The conversations of a running server."""
    beside = re.sub(r"[^/]+\.db$", "conversations.db", server.env["DATABASE_URL"])
    return open_conversations(server.env.get("TRACKER_URL") or beside)


def aged(server: Server, word: str, *, seconds: float) -> None:
    """Moves the conversation in which `word` was said into the past."""
    store = kept(server)
    with store.engine.begin() as connection:
        rows = connection.execute(select(EventRow.id, EventRow.conversation, EventRow.body)).all()
        name = next(row.conversation for row in rows if word in row.body)
        for row in rows:
            if row.conversation == name:
                body = json.loads(row.body)
                old = {**body, "timestamp": body["timestamp"] - seconds}
                connection.execute(update(EventRow).where(EventRow.id == row.id).values(at=old["timestamp"], body=json.dumps(old)))
    store.engine.dispose()


@pytest.mark.parametrize("said", ["{}", "Answer: {}"])
@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("The lady there tells me to drop my blood pressure tablets for it", "before you change anything."),
        ("I would get needles by post and do it at home", "Please do not inject or needle these products yourself."),
        ("My lip is still swollen since their last injection", "I can't tell from here what this is."),
    ],
)
def test_an_answer_that_holds_a_danger_is_taken_and_the_warning_comes_first(
    server: Server, said: str, text: str, warning: str
) -> None:
    for screen_id, on in (
        ("told", "stance"),
        ("others", "options"),
        ("own", "check-approved"),
        ("decision", "lean"),
        ("open", "summary"),
    ):
        talk = Talk(server)
        for first in ("help me decide", "hair", f"change {screen_id}"):
            talk.say(first)
        custom = talk.say(said.format(text))
        if custom["kind"] == "emergency":  # that goes before
            continue
        assert (screen(custom), screen_id) == (on, screen_id)
        assert warning in talk.text.split("\n")[0]
        assert warning in custom["form"]["say"][0]


def test_the_page_is_not_kept_in_the_conversation(server: Server) -> None:
    talk = Talk(server)
    for text in ("help me decide", "hair", "shots", "They promise quokka hair"):
        talk.say(text)
    assert "The clinic told me: They promise quokka hair" in (talk.say("summary") and talk.text)
    store = kept(server)
    with store.engine.begin() as connection:
        bodies = connection.execute(select(EventRow.body).where(EventRow.kind == "bot")).scalars().all()
        last = connection.execute(select(ConversationRow.last)).scalars().all()
    store.engine.dispose()
    assert [body for body in bodies if "quokka" in body or "My decision about exosomes" in body] == []
    assert [one for one in last if one and ("quokka" in one or "My decision about exosomes" in one)] == []
    assert any(PLACEHOLDER.split(".")[0] in body for body in bodies)


def test_who_comes_back_after_hours_of_silence_finds_the_guide_where_they_left_it(server: Server) -> None:
    talk = Talk(server)
    for text in ("help me decide", "scars", "a laser", "They say numbat scars fade", "close"):
        talk.say(text)
    link = talk.link(talk.say("summary"), "Open the page to print or save")
    talk.say("change others")
    aged(server, "numbat", seconds=3 * 3600)
    assert screen(talk.say("continue")) == "others"
    assert screen(talk.say("my aunt")) == "options"
    assert "numbat" in (talk.say("summary") and talk.text)
    assert requests.get(server.url + link, timeout=30).status_code == 200
    talk.say("start over")
    assert requests.get(server.url + link, timeout=30).status_code == 410


def test_a_question_as_what_is_still_open_is_kept_and_answered(server: Server) -> None:
    talk = Talk(server)
    for text in ("help me decide", "hair", "change open"):
        talk.say(text)
    assert talk.say("How long do the results last?")["kind"] in ("answer", "no_evidence")
    assert "I put your question on your page" in talk.text
    assert screen(talk.say("continue")) == "open"
    talk.say("summary")
    assert "What is still open:\n- How long do the results last?" in talk.text


def test_a_decision_put_as_a_question_is_the_decision(server: Server) -> None:
    talk = Talk(server)
    for text in ("help me decide", "scars", "change decision"):
        talk.say(text)
    assert screen(talk.say("Do I go for needling with it or needling alone?")) == "lean"
    talk.say("summary")
    assert "My decision:\n- Do I go for needling with it or needling alone?" in talk.text


@pytest.mark.parametrize(
    ("at", "text"), [("told", "pick for me"), ("options", "just tell me which one"), ("values", "whats right for me")]
)
def test_who_asks_for_a_verdict_in_the_guide_is_told_that_there_is_none(server: Server, at: str, text: str) -> None:
    talk = Talk(server)
    for first in ("help me decide", "hair", f"change {at}"):
        talk.say(first)
    talk.say(text)
    assert re.match("I can't (choose for you|tell you what is right for you)", talk.text)


def test_a_place_named_beside_the_options_is_taken(server: Server) -> None:
    talk = Talk(server)
    for first in ("help me decide", "hair", "change options"):
        talk.say(first)
    assert screen(talk.say("I am in Japan at the moment")) == "options"
    assert "Legal status in Japan:" in talk.text
    assert "I did not get that" not in talk.text


def test_what_the_guide_has_no_options_for_is_not_taken_for_one_of_its_uses(server: Server) -> None:
    talk = Talk(server)
    talk.say("help me decide about exosomes for my psoriasis")
    assert "This is what I took from your words" not in talk.text
