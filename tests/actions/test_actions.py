"""Each action with a real tracker and dispatcher over a small store: the whole message and the events that it leaves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answer import ActionAnswer
from actions.core import memory_of, question_of
from actions.core import say as hand_over
from actions.decide import ActionDecide
from actions.hand_off import ActionHandOff
from actions.more import ActionMore
from actions.personal_advice import ActionPersonalAdvice
from bot import service
from bot.answer.question import Memory, Question
from bot.answer.reply import phrases
from bot.answer.reply.contract import Button, Reply
from bot.safety.emergency.after_emergency import Standing
from bot.service import core
from bot.settings import ROOT
from bot.vocabulary import TOPICS
from tests.builders import PAPER_LINE, FakeEncoder, fact_row, line, topic_row, valid_rows, write

CLINIC = {"name": "Elm", "country": "US", "phone": "555 0100", "numbers": {"US": {"emergency": "911"}, "GB": {"emergency": "999"}}}
OFFER = ("Help me think it through", '/guide{"do":"start"}')
CONVERSATION: dict[str, Any] = {"topics": [], "scope": {}, "facts": [], "sources": [], "caveats": [], "notice": None}
PAPER = {"n": 1, "id": "paper", "title": "The title of paper", "publisher": "A journal", "published": "2024-05", "url": None,
         "kind": "peer-reviewed review", "interest": None}  # fmt: skip


@pytest.fixture(autouse=True)
def _small_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A store with four facts on cost, one on every other topic, and the clinic's details; no sentence encoder."""
    rows = valid_rows()
    others = [topic for topic in TOPICS if topic != "cost"]
    rows["facts/facts.yml"] = [fact_row("other", topics=others), *(fact_row(f"cost-{n}", topics=["cost"]) for n in range(4))]
    named = {"cost": topic_row("cost", related=["brands"]), "brands": topic_row("brands")}
    rows["topics.yml"] = [named.get(row["id"], row) for row in rows["topics.yml"]]
    folder = write(tmp_path / "facts", rows)
    (folder / "clinic.yml").write_text(yaml.safe_dump(CLINIC))
    monkeypatch.setenv("FACTS_DIR", str(folder))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'facts.db'}")
    monkeypatch.delenv("CLINIC_DIR", raising=False)
    monkeypatch.setattr(service, "shared", lambda *_, **__: FakeEncoder())
    core.cache_clear()
    yield
    core.cache_clear()


def tracker(text: str = "", *, memory: Any = None, events: list[dict] | None = None, **understood: Any) -> Tracker:
    """A conversation whose newest message is `text`, as the pipeline understood it."""
    message = {"text": text, "intent": {"name": "cost", "confidence": 0.9}, "entities": [], **understood}
    return Tracker("me", {"memory": memory}, message, events or [], False, None, {}, "action_listen")


def run(action: Action, conversation: Tracker) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The messages said and the events left."""
    dispatcher = CollectingDispatcher()
    events = action.run(dispatcher, conversation, {})  # type: ignore[arg-type]
    return dispatcher.messages, list(events)  # type: ignore[arg-type]


def said(text: str, custom: dict[str, Any], *buttons: tuple[str, str]) -> list[dict[str, Any]]:
    """One whole message as the dispatcher keeps it."""
    listed = [{"title": title, "payload": payload} for title, payload in buttons]
    nothing = dict.fromkeys(("template", "response", "image", "attachment"))
    return [{"text": text, "buttons": listed, "elements": [], "custom": custom, **nothing}]


def told(*ids: str, kind: str = "answer", topics: tuple[str, ...] = ("cost",), scope: dict | None = None) -> dict[str, Any]:
    """The contract's object for an answer with these facts."""
    facts = [
        {"id": id, "statement": f"This is what {id} says.", "evidence": "review of studies", "as_of": "2024-10", "citations": [1]}
        for id in ids
    ]
    return {**CONVERSATION, "kind": kind, "topics": list(topics), "scope": scope or {}, "facts": facts, "sources": [PAPER]}


def remembers(**changes: Any) -> list[dict[str, Any]]:
    """The events that keep this memory."""
    return [SlotSet("memory", Memory(**changes).to_slot())]


def test_answer_tells_the_facts_and_remembers_them() -> None:
    entities = [{"entity": "use", "value": "hair"}, {"entity": "use", "value": "skin"}, {"entity": "brand", "value": "x"}]
    messages, events = run(ActionAnswer(), tracker("the price", topics=[["cost", 0.9], ["brands", 0.1]], entities=entities))
    lines = "\n".join(line(f"cost-{n}") for n in range(3))
    buttons = ("Tell me more", "/more"), ("brands", '/ask{"topic":"brands","use":"hair"}')
    custom = told("cost-0", "cost-1", "cost-2", scope={"use": "hair"})
    assert messages == said(f"{lines}\n\n{PAPER_LINE}", custom, *buttons)
    shown = ("cost-0", "cost-1", "cost-2")
    kept = {"scope": {"use": "hair"}, "shown": shown, "rest": ("cost-3",), "kind": "answer", "said": "the price"}
    assert events == remembers(topics=("cost",), **kept)


def test_answer_to_a_button_reads_topic_and_scope_from_its_payload() -> None:
    entities = [{"entity": "topic", "value": "brands"}, {"entity": "jurisdiction", "value": "GB"}]
    pressed = tracker('/ask{"topic":"brands"}', intent={"name": "ask", "confidence": 1.0}, entities=entities, inside=0.0)
    messages, events = run(ActionAnswer(), pressed)
    assert messages == said(f"{line('other')}\n\n{PAPER_LINE}", told("other", topics=("brands",), scope={"jurisdiction": "GB"}))
    assert events == remembers(topics=("brands",), scope={"jurisdiction": "GB"}, shown=("other",), kind="answer", country="GB")


def test_answer_says_what_is_outside() -> None:
    text = "where in this town could we find a really good pizza tonight"
    messages, events = run(ActionAnswer(), tracker(text, intent={"name": "out_of_scope"}, inside=0.0, topics=[["cost", 0.1]]))
    buttons = [(topic.replace("_", " "), f'/ask{{"topic":"{topic}"}}') for topic in phrases.STARTERS]
    assert messages == said(phrases.OUTSIDE, {**CONVERSATION, "kind": "out_of_scope"}, *buttons)
    assert events == remembers(kind="out_of_scope")


def test_answer_asks_back_when_unsure() -> None:
    messages, events = run(ActionAnswer(), tracker("that", intent={"name": "vague"}, topics=[["cost", 0.2], ["brands", 0.2]]))
    text = f"{phrases.CLARIFY}\n- What of cost?\n- What of brands?"
    buttons = ("cost", '/ask{"topic":"cost"}'), ("brands", '/ask{"topic":"brands"}')
    assert messages == said(text, {**CONVERSATION, "kind": "clarify"}, *buttons)
    assert events == remembers(kind="clarify")


def test_personal_advice_gives_the_facts_and_no_verdict() -> None:
    conversation = tracker("should I book it", intent={"name": "personal_advice"}, topics=[["brands", 0.8]], inside=0.9)
    messages, events = run(ActionPersonalAdvice(), conversation)
    text = f"{phrases.OPENERS['personal_advice']}\n\n{line('other')}\n\n{phrases.ASK}\n- Ask on brands?\n\n{PAPER_LINE}"
    assert messages == said(text, told("other", kind="personal_advice", topics=("brands",)), OFFER)
    assert events == remembers(topics=("brands",), shown=("other",), kind="personal_advice", said="should I book it")


def test_more_goes_on_where_the_memory_says() -> None:
    memory = Memory(("cost",), {"use": "hair"}, ("cost-0",), ("cost-3", "gone"), "answer", "GB")
    messages, events = run(ActionMore(), tracker("more", memory=memory.to_slot()))
    text = f"{line('cost-3')}\n\n{PAPER_LINE}"
    assert messages == said(text, told("cost-3", scope={"use": "hair"}), ("brands", '/ask{"topic":"brands","use":"hair"}'))
    assert events == remembers(topics=("cost",), scope={"use": "hair"}, shown=("cost-3",), kind="answer", country="GB")


def test_more_without_anything_before_says_so() -> None:
    messages, events = run(ActionMore(), tracker("more"))
    starters = [(topic.replace("_", " "), f'/ask{{"topic":"{topic}"}}') for topic in phrases.STARTERS]
    assert (messages, events) == (said(phrases.NOTHING_YET, {**CONVERSATION, "kind": "conversation"}, *starters), remembers())


def test_hand_off_gives_the_clinics_details_and_leaves_the_memory() -> None:
    messages, events = run(ActionHandOff(), tracker("a person please"))
    text = (
        "The team at Elm can help you with that:\nPhone: 555 0100\n"
        "I'm not a person and I can't book or change visits.\nIf it is urgent, call 911."
    )
    assert (messages, events) == (said(text, {**CONVERSATION, "kind": "handoff"}), [])


@pytest.mark.parametrize(
    ("country", "call"),
    [
        (None, "911 now"),
        ("US", "911 now"),
        ("GB", "999 now (in the United States: 911)"),
        ("PE", "your local emergency number now (in the United States: 911)"),
    ],
)
def test_after_an_emergency_the_first_question_is_whether_help_comes(country: str | None, call: str) -> None:
    conversation = tracker("what is it", memory=Memory(country=country).to_slot())
    conversation.slots["after_emergency"] = Standing("body", say="question").to_slot()
    messages, _ = run(ActionMore(), conversation)
    assert messages[0]["text"] == f"Is help on the way? If not, call {call}.\n\n{phrases.NOTHING_YET}"


def test_a_message_that_was_hardly_understood_is_still_a_question() -> None:
    bare = Tracker("me", {}, {"text": None, "intent": None, "entities": None}, [], False, None, {}, "action_listen")
    assert (question_of(bare), memory_of(bare)) == (Question(text=""), Memory())


def test_the_domain_knows_every_action() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    names = {action().name() for action in (ActionAnswer, ActionHandOff, ActionMore, ActionPersonalAdvice)}
    assert names <= set(domain["actions"])


def slots(events: list[dict[str, Any]]) -> dict[str, Any]:
    """What the events keep, by slot."""
    return {event["name"]: event["value"] for event in events}


def test_help_to_decide_opens_the_guide_however_the_question_was_understood() -> None:
    for understood in (
        {"intent": {"name": "vague"}, "topics": [["decision_help", 0.8]], "inside": 0.9},
        {"intent": {"name": "ask"}, "entities": [{"entity": "topic", "value": "decision_help"}]},
    ):
        messages, events = run(ActionAnswer(), tracker("hm, this choice", memory={"topics": ["decision_help"]}, **understood))
        assert messages[0]["custom"]["kind"] == "decision"
        assert messages[0]["custom"]["form"]["screen"] == "use"
        assert slots(events)["aid"]["open"] is True


def test_what_the_first_message_names_is_noted_and_can_be_changed() -> None:
    named = [{"entity": "use", "value": "scars"}, {"entity": "route", "value": "laser"}, {"entity": "route", "value": "injection"},
             {"entity": "jurisdiction", "value": "CA"}]  # fmt: skip
    messages, events = run(ActionDecide(), tracker("help me weigh it", intent={"name": "decision_help"}, entities=named))
    assert "This is what I took from your words: Scars." in messages[0]["text"]
    assert "So far you said: Scars" in messages[0]["text"]
    assert slots(events)["aid"]["answers"] == {"use": "scars"}
    assert (slots(events)["aid"]["country"], slots(events)["memory"]["country"]) == ("CA", "CA")


def test_who_asks_in_a_case_of_their_own_to_be_led_through_it_gets_the_guide_and_no_facts() -> None:
    understood: dict[str, Any] = {"intent": {"name": "personal_advice"}, "topics": [["decision_help", 0.8]], "inside": 0.9}
    led, _ = run(ActionPersonalAdvice(), tracker("I'm 60 and bald, I can't decide, walk me through it", **understood))
    told_off, _ = run(ActionPersonalAdvice(), tracker("I'm 60 and bald, should I have it", **understood))
    assert [message["custom"]["kind"] for message in (*led, *told_off)] == ["decision", "personal_advice"]


def test_without_a_country_named_the_law_is_that_of_the_clinic() -> None:
    _, events = run(ActionDecide(), tracker("help me weigh it", intent={"name": "decision_help"}))
    assert (slots(events)["aid"]["country"], slots(events)["memory"]["country"]) == (CLINIC["country"], None)


@pytest.mark.parametrize(
    ("is_open", "titles"), [(True, ["Go on with the guide", "Tell me more"]), (False, [OFFER[0], "Tell me more"])]
)
def test_while_the_guide_is_open_the_way_back_to_it_is_offered_once(is_open: bool, titles: list[str]) -> None:
    conversation, dispatcher = tracker("what is there"), CollectingDispatcher()
    conversation.slots["aid"] = {"seed": 7, "open": is_open, "at": "route"}
    buttons = (Button(OFFER[0], '/ask{"topic":"decision_help"}'), Button("Tell me more", "/more"))
    hand_over(dispatcher, conversation, Reply("answer", "This is on file.", buttons=buttons))
    assert [button["title"] for button in dispatcher.messages[0]["buttons"]] == titles
