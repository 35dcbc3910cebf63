"""WCAG 2.2 AA: axe-core in every state, the keyboard alone, what a screen reader hears, sizes, zoom, motion, colours."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.driver import EMERGENCY, MESSAGE, OPENER, Held, Widget, box

SCREENS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "320 px": {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True},
}
ACCENTS = ["#ffe100", "#777777", "#e91e63", "#000", "#fff", "hotpink", "no colour"]
ZOOMED = {"200%": {"width": 640, "height": 380}, "400%": {"width": 320, "height": 256}}
SIZES = """[...root.querySelectorAll('button, a, summary, textarea')]
  .filter((one) => one.checkVisibility() && !one.closest('p') && !one.closest('.sr'))
  .map((one) => [one.id || one.className || one.tagName, one.getBoundingClientRect()])
  .map(([name, box]) => [name, Math.round(Math.min(box.width, box.height) * 10) / 10])"""
WIDE = """[...root.querySelectorAll('.panel, .panel *:not(.sr)')]
  .filter((one) => one.clientWidth && one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== 'visible')
  .map((one) => one.className || one.tagName)"""
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
  p { margin-bottom: 2em !important } .root { font-size: 32px !important }"""
MOVING = "root.getAnimations().length"
WATCH = """[window.heard = [], new MutationObserver((changes) => {
  for (const change of changes) for (const node of change.addedNodes)
    if (node.nodeType === 1) window.heard.push([node.parentNode === root.querySelector('[role=log]'), node.innerText.length]);
}).observe(root.querySelector('[role=log]'), {childList: true, subtree: true})].length"""


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_in_any_state(visit: Visit, screen: str) -> None:
    widget = visit(allow=("Failed to load resource",), **SCREENS[screen])
    found = {"closed": widget.violations()}
    widget.open()
    found["open"] = widget.violations()
    widget.button("Options").click()
    found["options"] = widget.violations()
    widget.page.keyboard.press("Escape")
    widget.ask(OPENER)
    found["answer"] = widget.violations()
    widget.panel.locator(".citation").first.click()
    found["source open"] = widget.violations()
    widget.panel.locator("summary").first.click()
    found["all sources"] = widget.violations()
    widget.ask("I want to talk to a person at the clinic")
    found["clinic"] = widget.violations()
    widget.ask(EMERGENCY)
    found["emergency"] = widget.violations()
    widget.page.route(MESSAGE, lambda route: route.abort("connectionrefused"))
    widget.write("What are the risks?")
    widget.button("Try again").wait_for()
    found["error"] = widget.violations()
    widget.page.context.set_offline(True)
    expect(widget.panel.locator(".offline")).not_to_be_empty()
    found["offline"] = widget.violations()
    widget.page.context.set_offline(False)
    widget.button("Options").click()
    widget.button("Start again").click()
    found["start again"] = widget.violations()
    widget.page.unroute(MESSAGE)
    widget.button("Yes, start again").click()
    widget.ask("what about it")
    found["unclear"] = widget.violations()
    held = Held(widget.page)  # else the answer may be there before the panel is closed
    widget.write("are exosomes safe?")
    widget.button("Close").click()
    held.let_go()
    expect(widget.launcher.locator(".badge")).to_be_visible()
    found["unread"] = widget.violations()
    widget.open()
    expect(widget.panel.locator(".note")).to_be_visible()
    found["disagreement"] = widget.violations()
    assert {state: problems for state, problems in found.items() if problems} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_any_accent_colour_can_be_read(visit: Visit, theme: str) -> None:
    widget = visit()
    widget.choose(theme=theme)
    widget.open()
    widget.ask(OPENER)
    widget.panel.locator(".citation").first.click()
    found, headers = {}, set()
    for accent in ACCENTS:
        widget.choose(accent=accent)
        found[accent] = widget.violations()
        headers.add(widget.panel.locator("header").evaluate("(one) => getComputedStyle(one).backgroundColor"))
    assert found == {accent: [] for accent in ACCENTS}
    assert len(headers) == len(ACCENTS)  # each of them was on show; the last is no colour, so the widget's own


def test_everything_can_be_done_with_the_keyboard_alone(visit: Visit) -> None:
    widget = visit(permissions=["clipboard-read", "clipboard-write"])
    press = widget.page.keyboard.press
    widget.tab_to("Ask about exosomes")
    press("Enter")
    assert widget.focused() == "input"
    widget.tab_to("Are exosome treatments approved?", key="Shift+Tab")
    press("Space")
    assert widget.focused() == "input"
    widget.answer(1)
    widget.tab_to("Source 1", key="Shift+Tab")
    press("Enter")
    widget.tab_to("Read the source")
    press("Escape")  # closes the source first
    expect(widget.panel.locator(".card:visible")).to_have_count(0)
    assert widget.focused().startswith("Source 1")
    widget.tab_to("All ")
    press("Enter")
    expect(widget.panel.locator(".listed").first).to_be_visible()
    widget.tab_to("Copy answer")
    press("Enter")
    expect(widget.panel.locator(".toast")).to_have_text("Copied")
    widget.tab_to("Tell me more")
    press("Enter")
    widget.answer(2)
    assert widget.focused() == "input"
    widget.page.keyboard.type("one line")
    press("Shift+Enter")
    widget.page.keyboard.type("and another: what are the risks?")
    expect(widget.input).to_have_value("one line\nand another: what are the risks?")
    press("Enter")
    widget.answer(3)
    widget.tab_to("Conversation", key="Shift+Tab")  # the log scrolls with the arrow keys
    press("End")
    expect(widget.panel.locator(".newest")).to_have_count(0)
    press("Home")
    expect(widget.panel.locator(".newest")).to_be_visible()
    widget.tab_to("Options", key="Shift+Tab")
    press("Enter")
    widget.tab_to("Start again")
    press("Enter")
    assert widget.focused() == "Yes, start again"
    press("Escape")
    assert widget.focused() == "Options"
    widget.tab_to("Close")
    press("Enter")
    expect(widget.panel).to_be_hidden()
    assert widget.focused() == "Ask about exosomes"


def test_what_goes_wrong_is_mended_with_the_keyboard_alone(visit: Visit) -> None:
    widget = visit(
        permissions=["clipboard-read", "clipboard-write"],
        viewport={"width": 1100, "height": 600},
        allow=("Failed to load resource",),
    )
    press = widget.page.keyboard.press
    widget.tab_to("Ask about exosomes")
    press("Space")
    widget.page.route(MESSAGE, lambda route: route.abort("connectionrefused"))
    widget.page.keyboard.type(OPENER)
    widget.tab_to("Send")
    press("Enter")
    widget.button("Change it").wait_for()
    assert widget.focused() == "input"
    widget.tab_to("Change it", key="Shift+Tab")
    press("Enter")
    assert widget.focused() == "input"
    expect(widget.input).to_have_value(OPENER)
    press("Enter")
    widget.button("Try again").wait_for()
    widget.page.unroute(MESSAGE)
    widget.tab_to("Try again", key="Shift+Tab")
    press("Space")
    assert widget.focused() == "input"
    widget.answer(1)
    held = Held(widget.page)  # else the answer may be there before the panel is closed
    widget.tab_to("What ", key="Shift+Tab")  # one of the questions to go on with
    press("Enter")
    press("Escape")
    assert widget.focused() == "Ask about exosomes"
    held.let_go()
    expect(widget.launcher.locator(".badge")).to_be_visible()
    press("Enter")
    expect(widget.panel.locator(".newest")).to_be_visible()  # the answer begins at the top and is longer than the panel
    widget.tab_to("Go to the newest message", key="Shift+Tab")
    press("Enter")
    assert widget.focused() == "input"
    widget.tab_to("Options", key="Shift+Tab")
    press("Enter")
    widget.tab_to("Copy this conversation")
    press("Enter")
    expect(widget.panel.locator(".toast")).to_have_text("Copied")
    assert widget.focused() == "Options"
    press("Enter")
    widget.tab_to("Print this conversation")
    with widget.page.expect_popup() as opening:
        press("Enter")
    opening.value.close()
    assert widget.focused() == "Options"
    press("Enter")
    widget.tab_to("Call 555-010-0199")
    press("Escape")
    assert widget.focused() == "Options"
    press("Enter")
    widget.tab_to("Start again")
    press("Enter")
    widget.tab_to("No, keep it")
    press("Enter")
    assert widget.focused() == "Options"
    expect(widget.answers).to_have_count(2)
    press("Enter")
    widget.tab_to("Start again")
    press("Enter")
    press("Enter")
    expect(widget.log).to_have_text("")
    assert widget.focused() == "input"


def test_the_keyboard_leaves_an_open_panel_beside_the_page_and_stays_in_one_that_fills_the_screen(visit: Visit) -> None:
    beside = visit().open()
    beside.page.keyboard.press("Tab")
    beside.page.keyboard.press("Tab")
    beside.tab_to("Your visit")
    filling = visit(viewport={"width": 360, "height": 700}).open()
    names = set()
    for _ in range(30):
        filling.page.keyboard.press("Tab")
        names.add(filling.focused())
    assert "Your visit" not in names
    assert {"Close", "Options", "Send", "input"} <= names


def test_the_log_is_there_before_the_first_message_and_gets_each_message_whole(visit: Visit) -> None:
    widget = visit()
    live = widget.inside("[root.querySelector('[role=log]').ariaLive, root.querySelector('[role=log]').children.length]")
    assert live == ["polite", 0]
    widget.inside(WATCH)
    widget.open()
    widget.ask(OPENER)
    whole = [len(row.inner_text()) for row in widget.log.locator(":scope > *").all()]
    assert widget.page.evaluate("() => window.heard") == [[True, length] for length in whole]
    assert len(whole) == 2


def test_input_buttons_and_dialog_have_names(visit: Visit) -> None:
    widget = visit().open()
    expect(widget.page.get_by_role("dialog", name="Exosome guide")).to_be_visible()
    expect(widget.input).to_have_accessible_description("Please leave out names and private details.")
    names = widget.panel.get_by_role("button").evaluate_all(
        "found => found.map(one => one.getAttribute('aria-label') || one.innerText)"
    )
    assert all(name.strip() for name in names)


@pytest.mark.parametrize(("touch", "least"), [(False, 24), (True, 44)])
def test_targets_are_large_enough(visit: Visit, touch: bool, least: int) -> None:
    widget = visit(**({**SCREENS["320 px"]} if touch else {})).open()
    sizes = list(widget.inside(SIZES))
    widget.ask(OPENER)
    widget.panel.locator(".citation").first.click()
    sizes += widget.inside(SIZES)
    widget.button("Options").click()
    sizes += widget.inside(SIZES)
    widget.page.keyboard.press("Escape")
    widget.ask(EMERGENCY)
    sizes += widget.inside(SIZES)
    assert [(name, size) for name, size in sizes if size < least and name != "link"] == []


@pytest.mark.parametrize("zoom", ZOOMED)
def test_at_zoom_everything_is_there_and_nothing_scrolls_sideways(visit: Visit, zoom: str) -> None:
    widget = visit(viewport=ZOOMED[zoom]).open()
    widget.ask(OPENER)
    place = box(widget.panel)
    assert (place["x"], place["y"], place["width"], place["height"]) == (0, 0, ZOOMED[zoom]["width"], ZOOMED[zoom]["height"])
    assert widget.inside(WIDE) == []
    for part in (widget.button("Close"), widget.input, widget.button("Send")):
        expect(part).to_be_in_viewport(ratio=1)
    assert box(widget.panel.locator(".scroll"))["height"] >= 100
    assert widget.violations() == []


def test_text_can_be_spaced_and_enlarged(visit: Visit) -> None:
    """WCAG 1.4.12, and a larger font size chosen in the browser."""
    widget = visit()
    sheet = "(() => { const made = new CSSStyleSheet(); made.replaceSync(argument); return made; })()"
    widget.inside(f"(root.adoptedStyleSheets = [...root.adoptedStyleSheets, {sheet}]).length", SPACED)
    widget.open()
    widget.ask(OPENER)
    for part in (widget.button("Close"), widget.input, widget.button("Send")):
        expect(part).to_be_in_viewport(ratio=1)
    assert widget.violations() == []


def test_nothing_moves_for_those_who_asked_for_less_motion(visit: Visit) -> None:
    widget = visit(reduced_motion="reduce").open()
    widget.write(OPENER)
    assert widget.inside(MOVING) == 0
    widget.answer(1)
    assert widget.inside(MOVING) == 0


def test_forced_colours_keep_the_edges_of_what_can_be_pressed(visit: Visit) -> None:
    widget = visit(forced_colors="active").open()
    assert _edge(widget, ".send") == _edge(widget, ".greeting .chip") == "1px solid"


def _edge(widget: Widget, selector: str) -> str:
    found = widget.panel.locator(selector).first
    return str(
        found.evaluate("(one) => { const look = getComputedStyle(one); return look.borderTopWidth + ' ' + look.borderTopStyle; }")
    )
