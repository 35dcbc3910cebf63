"""A bad line, a server that is down, a session that is over: the words are kept, and the person is told what to do."""

from __future__ import annotations

import re
import time

import jwt
from playwright.sync_api import Route, expect

from bot.channels.widget.sessions import ALGORITHM
from tests.browser.conftest import Visit
from tests.browser.driver import EMERGENCY, MESSAGE, OPENER, Held, Widget, sent
from tests.server.conftest import Server

NETWORK = ("Failed to load resource", "ERR_INTERNET_DISCONNECTED")
RENEWED = "The earlier conversation has ended, so this is a new one. I no longer know what came before."


def test_a_message_that_is_lost_is_sent_again_by_itself_and_answered_once(visit: Visit) -> None:
    widget = visit(allow=NETWORK).open()
    ids: list[str] = []

    def lose_first(route: Route) -> None:
        ids.append(sent(route.request)["id"])
        if len(ids) == 1:
            route.fetch()  # the server takes it, its reply is lost on the way
            route.abort("connectionreset")
        else:
            route.continue_()

    widget.page.route(MESSAGE, lose_first)
    widget.ask(OPENER)
    assert (len(ids), len(set(ids))) == (2, 1)
    expect(widget.answers).to_have_count(1)


def test_a_message_that_does_not_get_through_is_kept_and_can_be_tried_again_or_changed(visit: Visit) -> None:
    widget = visit(allow=NETWORK).open()
    widget.page.route(MESSAGE, lambda route: route.abort("connectionrefused"))
    widget.write(OPENER)
    problem = widget.log.locator(".problem")
    expect(problem).to_be_visible()
    expect(problem).to_be_in_viewport(ratio=1)
    assert [line for line in problem.inner_text().split("\n") if line] == [
        "Not sent",
        "Your message did not reach us. Check your connection. Your words are kept.",
        "If it is urgent, call 911.",
        "Try again",
        "Change it",
    ]
    expect(problem.get_by_role("link", name="911")).to_have_attribute("href", "tel:911")
    assert widget.violations() == []
    widget.button("Change it").click()
    expect(widget.input).to_have_value(OPENER)
    expect(widget.log).to_have_text("")
    widget.input.press("Enter")
    expect(problem).to_be_visible()
    widget.page.unroute(MESSAGE)
    widget.button("Try again").click()
    widget.answer(1)
    expect(problem).to_have_count(0)
    expect(widget.log.locator(".bubble")).to_have_text([f"You: {OPENER}"])


def test_offline_is_said_and_what_was_written_is_sent_when_the_line_is_back(visit: Visit) -> None:
    widget = visit(allow=NETWORK).open()
    widget.page.context.set_offline(True)
    expect(widget.panel.locator(".offline")).to_have_text("You are offline. You can keep writing; your words stay here.")
    widget.write(OPENER)
    expect(widget.log.locator(".problem")).to_be_visible()
    widget.page.context.set_offline(False)
    widget.answer(1)
    expect(widget.panel.locator(".offline")).to_have_text("")
    expect(widget.log.locator(".problem")).to_have_count(0)


def test_a_slow_line_is_said_and_a_second_message_need_not_wait(visit: Visit) -> None:
    widget = visit(allow=NETWORK).open()
    expect(widget.panel.locator(".greeting .urgent")).to_have_text("If it is urgent, call 911.")
    held = Held(widget.page, which=lambda text: text == OPENER)
    widget.write(OPENER)
    expect(widget.panel.locator(".status")).to_have_text("This takes longer than usual. Your question is kept.")
    widget.write(EMERGENCY)
    expect(widget.panel.locator("section.emergency")).to_be_visible()
    held.let_go()
    widget.answer(2)
    expect(widget.panel.locator(".status")).to_have_text("")


def test_a_question_that_was_on_its_way_at_a_reload_is_answered_after_it(visit: Visit) -> None:
    widget = visit(allow=NETWORK).open()
    widget.page.route(MESSAGE, lambda route: None)
    widget.write(OPENER)
    expect(widget.panel.locator(".status")).to_have_text("Looking up the facts")
    widget.page.unroute(MESSAGE)
    widget.page.reload()
    widget.answer(1)
    expect(widget.log.locator(".bubble")).to_have_count(1)


def test_too_many_messages_are_answered_with_the_wait(visit: Visit) -> None:
    widget = visit(allow=NETWORK).open()
    text = "You are writing faster than I can answer, so please wait a minute and then ask again."
    body = {"id": "x", "error": "too_many", "messages": [{"text": text, "custom": {"kind": "error"}}]}
    widget.page.route(MESSAGE, lambda route: route.fulfill(status=429, json=body, headers={"Retry-After": "40"}))
    widget.write(OPENER)
    problem = widget.log.locator(".problem")
    expect(problem).to_contain_text(text)
    expect(problem).to_contain_text(re.compile(r"You can try again in (40|[123]\d) seconds\."))


def test_an_ended_session_opens_a_new_one_says_so_and_answers(visit: Visit, site: Server) -> None:
    widget = visit(allow=NETWORK).open()
    widget.ask(OPENER)
    old = widget.kept()["session"]["token"]
    said = jwt.decode(old, options={"verify_signature": False})
    ended = jwt.encode({**said, "exp": int(time.time()) - 60}, site.env["WIDGET_SECRET"], algorithm=ALGORITHM)
    _put_token(widget, ended)
    widget.page.reload()
    widget.button("Tell me more").click()  # a button of the conversation before: its words are asked
    widget.answer(2)
    expect(widget.panel.locator(".renewed")).to_have_text([RENEWED])
    rows = widget.log.locator(".row").evaluate_all("rows => rows.map(row => row.className.split(' ').pop())")
    assert rows == ["asked", "answered", "renewed", "asked", "answered"]
    assert widget.kept()["session"]["token"] not in (old, ended)


def test_a_session_near_its_end_is_renewed_and_the_conversation_goes_on(visit: Visit) -> None:
    widget = visit().open()
    widget.ask(OPENER)
    widget.page.evaluate("""() => {
      const [name, text] = Object.entries(sessionStorage).find(([key]) => key.startsWith('exosome-guide:'));
      const found = JSON.parse(text);
      found.kept.session.expires = Date.now() + 60000;
      sessionStorage.setItem(name, JSON.stringify(found));
    }""")
    with widget.page.expect_response("**/webhooks/widget/start") as waiting:
        widget.page.reload()
    assert waiting.value.json()["renewed"] is True
    widget.button("Tell me more").click()
    widget.answer(2)
    expect(widget.panel.locator(".renewed")).to_have_count(0)


def test_the_server_starts_anew_in_the_middle_of_a_conversation(visit: Visit, site: Server) -> None:
    widget = visit(allow=NETWORK).open()
    widget.ask(OPENER)
    _crash(site)
    try:
        widget.write("What are the risks?")
        expect(widget.button("Try again")).to_be_visible()
    finally:  # the tests that follow go on with the new process; as where no secret is set, it has one of its own
        site.env["WIDGET_SECRET"] = site.env["WIDGET_SECRET"][::-1]
        site.start()
    widget.button("Try again").click()
    widget.answer(2)
    expect(widget.panel.locator(".renewed")).to_have_text([RENEWED])
    expect(widget.log.locator(".problem")).to_have_count(0)


def _crash(site: Server) -> None:
    site.process.kill()
    site.process.wait()


def _put_token(widget: Widget, token: str) -> None:
    widget.page.evaluate(
        """(token) => {
      const [name, text] = Object.entries(sessionStorage).find(([key]) => key.startsWith('exosome-guide:'));
      const found = JSON.parse(text);
      found.kept.session.token = token;
      sessionStorage.setItem(name, JSON.stringify(found));
    }""",
        token,
    )
