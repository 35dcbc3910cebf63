"""The decision guide in the widget: real controls, by keyboard and by name, and the page as the browser prints it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator

from bot.aid.page import as_html
from tests.aid.talk import Person
from tests.browser.conftest import Visit
from tests.browser.driver import ANSWER_MS, EMERGENCY, Widget, box

ROLES = ("progressbar", "heading", "group", "radio", "textbox", "button", "region", "columnheader", "rowheader", "img", "link")
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


def names(widget: Widget) -> list[tuple[str, str]]:
    """The role and the name of each part of the newest step, in order, as a screen reader gets them."""
    return re.findall(rf"- '?({'|'.join(ROLES)}) \"([^\"]*)\"", widget.answers.last.aria_snapshot())


def expected(form: dict[str, Any]) -> list[tuple[str, str]]:
    """What a screen reader should find in a step, from what the assistant says of it."""
    found = [("progressbar", form["progress"]), ("heading", form["title"])]
    for one in form["controls"]:
        if one["kind"] == "radio":
            found += [("group", one["label"]), *(("radio", option["label"]) for option in one["options"])]
        elif one["kind"] == "rating":
            found += [("group", f"{one['label']} (0: does not matter, 5: matters most)"), *(("radio", n) for n in "012345")]
        elif one["kind"] == "text":
            found.append(("textbox", one["label"]))
        elif one["kind"] == "table":
            found += [("region", one["label"]), *(("columnheader", name) for name in one["columns"])]
            found += [("rowheader", row["label"]) for row in one["rows"]]
        elif one["kind"] == "icons":
            found += [("img", group["words"]) for group in one["groups"]]
        elif one["kind"] == "link":
            found.append(("link", f"{one['label']} (opens in a new tab)"))
    asks = any(one["kind"] in ("radio", "rating", "text") for one in form["controls"])
    return found + [("button", name) for name in (["Next"] if asks else []) + [one["label"] for one in form["actions"]]]


def choose(widget: Widget, label: str) -> None:
    """Chooses in the radio group that has the focus, with the arrow key."""
    widget.page.keyboard.press("Space")
    wanted = widget.answers.last.get_by_role("radio", name=label, exact=True).and_(widget.page.locator(":focus"))
    for _ in range(8):
        if wanted.count() and wanted.is_checked():
            return
        widget.page.keyboard.press("ArrowDown")
    raise AssertionError(f"{label!r} is not reached with the arrow key")


def fill_in(widget: Widget, form: dict[str, Any], answer: str) -> None:
    """Answers the newest step, whose title has the focus, and goes on; an empty answer skips it."""
    press = widget.page.keyboard.press
    kinds = [one["kind"] for one in form["controls"] if one["kind"] in ("radio", "rating", "text")]
    press("Tab")
    if not answer:
        widget.tab_to("Skip" if kinds else "Next")
    elif kinds[0] == "text":
        widget.page.keyboard.type(answer)
        widget.tab_to("Next")
    elif kinds[0] == "radio":
        choose(widget, answer)
    else:
        for place in range(len(kinds)):
            if place:
                press("Tab")
            choose(widget, answer)
    press("Enter")


# What is answered at each screen; what is empty is skipped.
BY_KEYS = ["Ageing skin", "With needling", "It is quick.", "I am close to a choice", "", "", "4", "My wedding, 5", "No", "Yes",
           "Not sure", "No", "Yes", "Yes", "Yes", "Whether to have it", "Waiting or doing nothing", "What it costs"]  # fmt: skip


def test_the_whole_way_with_the_keyboard_alone(visit: Visit) -> None:
    widget = visit()
    press = widget.page.keyboard.press
    widget.tab_to("Ask about exosomes")
    press("Enter")
    widget.input.wait_for()
    widget.page.keyboard.type("help me decide")
    press("Enter")
    widget.answer(1)
    person = Person()  # goes the same way without a server, to say what each step should hold
    form = person.last.form or {}
    widget.tab_to("INPUT", key="Shift+Tab")
    choose(widget, BY_KEYS[0])
    seen = [(form["step"], sorted(names(widget)) == sorted(expected(form)))]
    press("Enter")
    for place, answer in enumerate(BY_KEYS[1:], start=1):
        said = {"4": "all 4", "": "skip"}.get(BY_KEYS[place - 1], BY_KEYS[place - 1])
        form = person.says(said).form or {}
        widget.answer(place + 1)
        step(widget, form["step"])
        assert (widget.focused(), sorted(names(widget))) == (form["title"], sorted(expected(form))), form["screen"]
        seen.append((form["step"], True))
        fill_in(widget, form, answer)
    form = person.says(BY_KEYS[-1]).form or {}
    widget.answer(len(BY_KEYS) + 1)
    assert sorted(names(widget)) == sorted(expected(form))
    assert [number for number, right in seen if right] == [1, 1, 1, 2, 2, 3, 4, 4, 5, 5, 5, 6, 6, 6, 6, 7, 7, 7]
    widget.tab_to("Open the page to print or save")
    with widget.page.expect_popup() as opening:
        press("Enter")
    text = opening.value.inner_text("main")
    assert all(words in text for words in ("It is quick.", "My wedding (5 of 5)", "Waiting or doing nothing", "What it costs"))


def test_the_options_are_a_table_with_heads_of_columns_and_rows(visit: Visit) -> None:
    widget = visit().open()
    widget.ask("help me decide")
    for text in ("Answer: skin", "Answer: needling", "change 3"):
        widget.ask(text)
    table = step(widget, 3).get_by_role("table")
    assert table.get_by_role("columnheader").all_inner_texts() == [
        "Exosomes with needling", "Tretinoin cream", "Needling alone", "Waiting or doing nothing",
    ]  # fmt: skip
    assert table.get_by_role("rowheader").count() == 9
    assert {row.get_by_role("cell").count() for row in table.get_by_role("row").all()[1:]} == {4}
    assert not widget.inside("(one => one.scrollWidth > one.clientWidth)(root.querySelector('.wide'))")  # all columns are in sight
    widget.ask("ok")
    assert box(widget.panel)["width"] < 450  # wide for the table alone


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
    icons = ("68 of 100 with the drug in the cream", "43 of 100 with plain cream", "79 of 100 with the drug in the cream",
             "48 of 100 with plain cream")  # fmt: skip
    assert [one.get_attribute("aria-label") for one in shown.get_by_role("img").all()] == list(icons)
    assert widget.violations() == []
    widget.ask("ok")
    rating = step(widget, 4).get_by_role("group").first
    assert [one.get_attribute("value") for one in rating.get_by_role("radio").all()] == list("012345")
    assert not any(one.is_checked() for one in step(widget, 4).get_by_role("radio").all())
    assert widget.violations() == []
    for text, number in (("change 5", 5), ("summary", 7)):
        widget.ask(text)
        assert step(widget, number).get_by_role("progressbar", name=f"Step {number} of 7").count() == 1
        assert (widget.violations(), number) == ([], number)


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
