"""What is shown of an answer: statements, sources, caveats, buttons, emergencies; and what the widget never does with text."""

from __future__ import annotations

from typing import Any

import yaml
from playwright.sync_api import Route, expect

from bot.settings import ROOT
from tests.browser.conftest import Visit
from tests.browser.driver import EMERGENCY, OPENER, Held, Widget, sent
from tests.server.conftest import Server

HOSTILE = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>${window.hit=1}{{7*7}} javascript:alert(1)'
SCRIPT_URLS = (
    "javascript:window.hit=1",
    "data:text/html,<script>window.hit=1</script>",
    " JavaScript:window.hit=1",
    "vbscript:x",
    "//evil",
)


def _reply(widget: Widget, question: str) -> dict[str, Any]:
    """Asks, and returns the message that the server sent."""
    with widget.page.expect_response("**/webhooks/widget/message") as waiting:
        widget.write(question)
    return dict(waiting.value.json()["messages"][0])


def test_a_statement_shows_its_sources_evidence_and_date_and_nothing_is_lost_or_said_twice(visit: Visit) -> None:
    widget = visit().open()
    message = _reply(widget, OPENER)
    answer = widget.answer(1)
    custom = message["custom"]
    assert answer.locator(".statement").all_inner_texts() == [fact["statement"] for fact in custom["facts"]]
    numbers = [[int(one) for one in fact.locator(".citation").all_inner_texts()] for fact in answer.locator(".fact").all()]
    assert numbers == [sorted(fact["citations"]) for fact in custom["facts"]]
    for fact, shown in zip(custom["facts"], answer.locator(".grounds").all_inner_texts()):
        assert fact["evidence"].lower() in shown.lower()
        assert fact["as_of"][:4] in shown
    assert answer.locator(".caution p").all_inner_texts() == custom["caveats"]
    said = answer.locator(".said").inner_text()
    for apart in ("Keep in mind:", "Please note:", "Sources:", "[1]"):
        assert apart not in said
    assert answer.locator(".chip").all_inner_texts() == [button["title"] for button in message["buttons"]]


def test_a_citation_opens_its_source_and_closes_it_again(visit: Visit) -> None:
    widget = visit().open()
    message = _reply(widget, OPENER)
    source = next(one for one in message["custom"]["sources"] if one["n"] == message["custom"]["facts"][0]["citations"][0])
    answer = widget.answer(1)
    citation = answer.locator(".citation").first
    expect(citation).to_have_attribute("aria-expanded", "false")
    citation.click()
    expect(citation).to_have_attribute("aria-expanded", "true")
    card = answer.locator(".card:visible")
    expect(card).to_have_count(1)
    shown = card.inner_text()
    for wanted in (source["title"], source["publisher"], "Kind", "What they may gain", source["interest"] or "Nothing known"):
        assert wanted in shown
    link = card.get_by_role("link")
    assert {name: link.get_attribute(name) for name in ("href", "target", "rel")} == {
        "href": source["url"],
        "target": "_blank",
        "rel": "noopener noreferrer",
    }
    citation.click()
    expect(answer.locator(".card:visible")).to_have_count(0)


def test_the_list_of_all_sources_unfolds(visit: Visit) -> None:
    widget = visit().open()
    message = _reply(widget, OPENER)
    answer = widget.answer(1)
    answer.locator("summary").click()
    assert answer.locator(".listed .source-title").all_inner_texts() == [
        f"{source['n']}{source['title']}" for source in message["custom"]["sources"]
    ]


def test_follow_up_buttons_are_asked_as_the_payload_that_was_offered(visit: Visit) -> None:
    widget = visit().open()
    message = _reply(widget, OPENER)
    choice = next(button for button in message["buttons"] if button["title"] != "Tell me more")
    widget.answer(1)
    with widget.page.expect_request("**/webhooks/widget/message") as waiting:
        widget.button(choice["title"]).click()
    asked = sent(waiting.value)
    assert (asked["payload"], "text" in asked) == (choice["payload"], False)
    expect(widget.log.locator(".bubble").nth(1)).to_have_text(f"You: {choice['title']}")
    widget.answer(2)
    expect(widget.answers.nth(0).locator(".chip")).to_have_count(0)


def test_tell_me_more_gives_further_facts(visit: Visit) -> None:
    widget = visit().open()
    first = _reply(widget, OPENER)
    widget.answer(1)
    widget.button("Tell me more").click()
    second = widget.answer(2).locator(".statement").all_inner_texts()
    assert second
    assert set(second).isdisjoint(fact["statement"] for fact in first["custom"]["facts"])


def test_an_unclear_question_gets_choices_once_and_a_choice_is_answered(visit: Visit) -> None:
    widget = visit().open()
    message = _reply(widget, "what about it")
    assert message["custom"]["kind"] == "clarify"
    titles = [button["title"] for button in message["buttons"]]
    answer = widget.answer(1)
    said = [line for line in answer.inner_text().split("\n") if line]
    assert said == [message["text"].split("\n")[0], "Choose one", *titles]  # what a button says is not listed above it
    widget.button(titles[0]).click()
    expect(widget.answer(2)).to_have_attribute("data-kind", "answer")


def test_an_emergency_says_what_to_do_offers_the_call_and_nothing_else(visit: Visit) -> None:
    widget = visit().open()
    widget.ask(OPENER)
    message = _reply(widget, EMERGENCY)
    shown = widget.answer(2).locator("section.emergency")
    expect(shown).to_have_attribute("role", "alert")
    lines = message["text"].split("\n")
    assert shown.inner_text().split("\n") == [*_parts("Get help now", lines[0], "Call 911", *lines[1:])]
    assert [(link.inner_text(), link.get_attribute("href")) for link in shown.get_by_role("link").all()] == [
        ("Call 911", "tel:911")
    ]
    expect(widget.panel.locator("article .chip, .newest")).to_have_count(0)
    expect(shown).to_have_css("background-color", "rgb(179, 18, 29)")


def _parts(*parts: str) -> list[str]:
    """Parts as `inner_text` gives paragraphs: with an empty line between two of them."""
    head, first, call, *rest = parts
    return [head, "", first, "", call, "", *[piece for line in rest for piece in (line, "")][:-1]]


def test_an_emergency_that_comes_while_the_panel_is_closed_opens_it(visit: Visit) -> None:
    widget = visit().open()
    held = Held(widget.page)  # else the reply may be there before the panel is closed
    widget.write(EMERGENCY)
    widget.page.keyboard.press("Escape")
    held.let_go()
    expect(widget.panel.locator("section.emergency")).to_be_visible()


def test_the_clinic_can_be_called_where_a_person_is_asked_for(visit: Visit) -> None:
    widget = visit().open()
    answer = widget.ask("I want to talk to a person at the clinic")
    expect(answer.get_by_role("link", name="555-010-0199")).to_have_attribute("href", "tel:5550100199")


def test_the_emergency_number_can_be_called_where_an_answer_names_it(visit: Visit) -> None:
    widget = visit().open()
    answer = widget.ask("my cheeks are red and itchy since my exosome facial yesterday")
    expect(answer.get_by_role("link", name="911")).to_have_attribute("href", "tel:911")


def test_markup_that_a_person_types_is_shown_as_typed(visit: Visit) -> None:
    widget = visit().open()
    widget.ask(HOSTILE)
    expect(widget.log.locator(".bubble").first).to_have_text(f"You: {HOSTILE}")
    _nothing_ran(widget)


def test_markup_and_script_addresses_in_facts_stay_text(visit: Visit) -> None:
    widget = visit(allow=("Refused",)).open()

    def poisoned(route: Route) -> None:
        facts = [{"id": "a", "statement": HOSTILE, "evidence": HOSTILE, "as_of": HOSTILE, "citations": [1, 2, 3, 4, 5, "<b>"]}]
        sources = [
            {
                "n": n,
                "id": HOSTILE,
                "title": HOSTILE,
                "publisher": HOSTILE,
                "published": HOSTILE,
                "kind": HOSTILE,
                "interest": HOSTILE,
                "url": url,
            }
            for n, url in enumerate(SCRIPT_URLS, start=1)
        ]
        custom = {"kind": "answer", "facts": facts, "sources": sources, "caveats": [HOSTILE, 7, None], "notice": HOSTILE}
        buttons = [{"title": HOSTILE, "payload": "/x"}, {"title": 7}, None]
        route.fulfill(json=_turn(route, {"text": f"{HOSTILE}\n\n{HOSTILE} [1] ({HOSTILE})", "custom": custom, "buttons": buttons}))

    widget.page.route("**/webhooks/widget/message", poisoned)
    answer = widget.ask("anything")
    answer.locator(".citation").first.click()
    answer.locator("summary").click()
    assert answer.get_by_role("link").count() == 0
    expect(answer.locator(".caution p")).to_have_text(HOSTILE)
    expect(answer.locator(".card:visible .source-title")).to_contain_text(HOSTILE)
    with widget.page.expect_popup() as opening:
        widget.button("Options").click()
        widget.button("Print this conversation").click()
    assert opening.value.locator("img, script, a").count() == 0
    assert opening.value.evaluate("() => window.hit") is None
    _nothing_ran(widget)


def test_a_reply_that_is_no_reply_is_an_error_and_not_silence(visit: Visit) -> None:
    widget = visit().open()
    widget.page.route(
        "**/webhooks/widget/message", lambda route: route.fulfill(body="<html>proxy</html>", content_type="text/html")
    )
    widget.write("hello")
    expect(widget.button("Try again")).to_be_visible()


def test_what_the_widget_shows_holds_no_element_made_of_text(visit: Visit, site: Server) -> None:
    widget = visit(path="/?q=<img src=x onerror=window.hit=1>#<script>window.hit=1</script>").open()
    widget.ask("<b>bold</b> <a href='javascript:window.hit=1'>x</a>")
    _nothing_ran(widget)


def _turn(route: Route, message: dict[str, Any]) -> dict[str, Any]:
    return {"id": sent(route.request)["id"], "messages": [message]}


def _nothing_ran(widget: Widget) -> None:
    assert widget.page.evaluate("() => window.hit") is None
    made = "img, script, iframe, object, [onerror], .bubble *:not(.sr)"
    assert widget.inside("root.querySelectorAll(argument).length", made) == 0
    addresses = widget.inside("[...root.querySelectorAll('[href]')].map((link) => link.getAttribute('href'))")
    assert [address for address in addresses if not address.startswith(("https:", "http:", "tel:"))] == []


def test_set_replies_are_marked_with_the_language_they_are_in(visit: Visit) -> None:
    """So that a screen reader speaks them right: an emergency above all."""
    replies = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["responses"]
    wanted, texts = [], []
    for name in ("utter_emergency", "utter_crisis", "utter_other_language"):
        for reply in replies[name]:
            wanted.append(next((one["value"] for one in reply.get("condition", []) if one["name"] == "language"), "en"))
            texts.append(reply["text"])
    widget = visit().open()
    messages = [{"text": text, "custom": {"kind": "conversation"}} for text in texts]
    widget.page.route(
        "**/webhooks/widget/message", lambda route: route.fulfill(json={"id": sent(route.request)["id"], "messages": messages})
    )
    widget.write("hello")
    widget.answer(len(texts))
    assert widget.answers.locator(".said").evaluate_all("found => found.map(one => one.lang)") == wanted
