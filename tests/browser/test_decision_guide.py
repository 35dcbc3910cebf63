"""The decision guide in the widget: real controls, by keyboard and by name, and the page as the browser prints it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator

from bot.aid.page import as_html
from tests.aid.talk import Person
from tests.browser.conftest import Visit
from tests.browser.driver import ANSWER_MS, EMERGENCY, Widget

LONG = ("It regrows hair.", "my wife and my doctor", "Whether to have shots", "What it costs with all visits.")


def step(widget: Widget, number: int) -> Locator:
    """The newest step, once it has that number."""
    shown = widget.answers.last
    shown.get_by_text(f"Step {number} of 7", exact=True).wait_for(timeout=ANSWER_MS)
    return shown


def goes_on(widget: Widget, name: str = "Next") -> None:
    """Presses a button of the newest step and waits for the next answer."""
    before = widget.answers.count()
    widget.answers.last.get_by_role("button", name=name, exact=True).click()
    widget.answer(before + 1)


def pick(widget: Widget, label: str) -> None:
    """Chooses in a radio group and goes on."""
    widget.answers.last.get_by_role("radio", name=label, exact=True).check()
    goes_on(widget)


def write(widget: Widget, label: str, text: str) -> None:
    """Fills a field of a step and goes on."""
    widget.answers.last.get_by_role("textbox", name=label).fill(text)
    goes_on(widget)


def whole_way(widget: Widget) -> None:
    """From the start to the page."""
    widget.open().ask("help me decide")
    pick(widget, "Hair loss")
    pick(widget, "As shots")
    write(widget, "What has the clinic told you?", LONG[0])
    pick(widget, "I am close to a choice")
    write(widget, "Who else has a say?", LONG[1])
    goes_on(widget)
    for rating in widget.answers.last.get_by_role("group").all():
        rating.get_by_role("radio", name="4", exact=True).check()
    goes_on(widget)
    goes_on(widget, "Skip")
    for _ in range(3):
        pick(widget, "Not sure")
    for _ in range(4):
        pick(widget, "No")
    write(widget, "What do you want to decide?", LONG[2])
    pick(widget, "Waiting or doing nothing")
    write(widget, "What is still open for you?", LONG[3])


def test_the_whole_way_with_the_keyboard_alone(visit: Visit) -> None:
    widget = visit().open()
    widget.ask("help me decide")
    press = widget.page.keyboard.press
    widget.page.keyboard.press("Shift+Tab")
    widget.answers.last.get_by_role("radio", name="Hair loss", exact=True).focus()
    press("ArrowDown")
    press("Enter")
    step(widget, 1).get_by_role("radio", name="As shots", exact=True).wait_for(timeout=ANSWER_MS)
    assert widget.focused() == "What you think about"
    press("Tab")
    press("Space")
    press("ArrowDown")
    press("Enter")
    field = widget.answers.last.get_by_role("textbox", name="What has the clinic told you?")
    field.wait_for(timeout=ANSWER_MS)
    assert widget.answers.last.get_by_text("What has the clinic told you?").count() == 1  # the field's label alone asks
    press("Tab")
    widget.page.keyboard.type("It is quick.")
    widget.tab_to("Next")
    press("Enter")
    step(widget, 2)
    widget.tab_to("Skip")
    press("Enter")
    widget.answers.last.get_by_role("textbox", name="Who else has a say?").wait_for(timeout=ANSWER_MS)
    widget.tab_to("Skip")
    press("Enter")
    table = step(widget, 3).get_by_role("table")
    assert table.get_by_role("columnheader").all_inner_texts() == [
        "Exosomes with needling", "Tretinoin cream", "Needling alone", "Waiting or doing nothing",
    ]  # fmt: skip
    assert table.get_by_role("rowheader").count() == 8
    assert {row.get_by_role("cell").count() for row in table.get_by_role("row").all()[1:]} == {4}


@pytest.mark.parametrize(
    "screen", [{}, {"color_scheme": "dark", "viewport": {"width": 320, "height": 640}}], ids=["light", "dark, 320 px"]
)
def test_each_step_is_named_for_screen_readers_and_breaks_no_rule(visit: Visit, screen: dict[str, Any]) -> None:
    widget = visit(**screen).open()
    widget.ask("help me decide")
    assert step(widget, 1).get_by_role("progressbar", name="Step 1 of 7").count() == 1
    assert widget.violations() == []
    widget.ask("Answer: skin")
    widget.ask("change 3")
    shown = step(widget, 3)
    assert shown.get_by_role("img", name="68 of 100 with the drug in the cream").count() == 1
    assert widget.violations() == []
    widget.ask("ok")
    rating = step(widget, 4).get_by_role("group").first
    assert [one.get_attribute("value") for one in rating.get_by_role("radio").all()] == list("012345")
    assert not any(one.is_checked() for one in step(widget, 4).get_by_role("radio").all())
    assert widget.violations() == []


def test_a_question_and_an_emergency_interrupt_and_the_step_comes_back(visit: Visit) -> None:
    widget = visit().open()
    widget.ask("help me decide")
    pick(widget, "Scars")
    widget.ask("Are exosome treatments approved?")
    goes_back = widget.answers.last.get_by_role("button", name="Go on with the guide")
    goes_back.click()
    widget.answers.last.get_by_role("radio", name="With a laser").wait_for(timeout=ANSWER_MS)
    widget.ask(EMERGENCY)
    assert widget.answers.last.get_attribute("data-kind") == "emergency"
    assert widget.answers.last.get_by_role("button").count() == 0
    widget.ask("continue")
    widget.answers.last.get_by_role("radio", name="With a laser").wait_for(timeout=ANSWER_MS)


def test_what_was_chosen_outlives_a_reload(visit: Visit) -> None:
    widget = visit().open()
    widget.ask("help me decide")
    pick(widget, "Ageing skin")
    widget.page.reload()
    widget.answers.last.get_by_role("radio", name="With a laser").wait_for(timeout=ANSWER_MS)
    pick(widget, "With a laser")
    assert step(widget, 1).get_by_role("textbox", name="What has the clinic told you?").count() == 1


def test_the_page_opens_from_the_widget_and_prints_on_one_sheet(visit: Visit) -> None:
    widget = visit()
    whole_way(widget)
    with widget.page.expect_popup() as opening:
        step(widget, 7).get_by_role("link", name="Open the page to print or save").click()
    page = opening.value
    page.wait_for_load_state()
    text = page.inner_text("main")
    assert all(words in text for words in (*LONG, "Waiting or doing nothing", "Questions for the clinician"))
    assert page.get_by_role("link", name="Save as PDF").is_visible()
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type /Page\b(?!s)", printed)) == 1
    page.emulate_media(media="print")
    assert not page.get_by_role("link", name="Save as PDF").is_visible()


@pytest.mark.parametrize(
    ("use", "route"), [("hair", "injection"), ("skin", "infusion"), ("scars", "laser"), ("recovery", "unsure")]
)
def test_a_page_with_every_answer_prints_on_one_sheet(browser: Browser, use: str, route: str) -> None:
    page = browser.new_page()
    page.set_content(as_html(Person().fills_everything(use=use, route=route).page(), pdf="/x.pdf"))
    printed = page.pdf(prefer_css_page_size=True)
    page.close()
    assert len(re.findall(rb"/Type /Page\b(?!s)", printed)) == 1
