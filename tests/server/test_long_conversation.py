"""After two hundred turns what was said last, its sources and the decision guide are still at hand."""

from __future__ import annotations

import uuid

from bot.channels.rest import PREFIX
from bot.conversations.store import open_conversations
from bot.settings import Settings
from tests.aid.talk import WHOLE
from tests.server.conftest import Server
from tests.server.test_decision_guide import Talk, screen

TURNS = 200


def test_more_its_sources_and_the_guide_are_found_after_two_hundred_turns(server: Server) -> None:
    talk = Talk(server, sender=f"long-{uuid.uuid4().hex[:6]}")
    talk.say("help me decide")
    shown = screen(talk.say(WHOLE[0]))
    kept = open_conversations(Settings(database_url=server.env["DATABASE_URL"]).conversations_url)
    before = kept.whole(PREFIX + talk.sender)
    answer = talk.say("do exosomes help with hair loss?")
    after = kept.whole(PREFIX + talk.sender)
    assert before is not None
    assert after is not None
    kept.append(PREFIX + talk.sender, list(after.events[len(before.events) :]) * (TURNS - 3), state=after.state)
    more = talk.say("tell me more")
    sources = talk.say("who says that?")
    told, said = ({fact["id"] for fact in custom["facts"]} for custom in (answer, more))
    assert (more["kind"], more["topics"], bool(said), said & told) == ("answer", answer["topics"], True, set())
    assert (sources["topics"], {fact["id"] for fact in sources["facts"]}) == (["sources"], said)
    assert screen(talk.say("go back to the guide")) == shown
    whole = kept.whole(PREFIX + talk.sender)
    assert whole is not None
    assert sum(event["event"] == "user" for event in whole.events) == TURNS + 3
    kept.engine.dispose()
