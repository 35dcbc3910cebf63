"""The widget's pictures in docs/images, taken from a running server: `python -m tests.browser.pictures http://127.0.0.1:5005`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from bot.settings import ROOT
from tests.browser.driver import EMERGENCY, OPENER, Widget
from tests.browser.test_decision_guide import whole_way

FOLDER = ROOT / "docs" / "images"
DESK: dict[str, Any] = {"viewport": {"width": 1000, "height": 720}}
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 720}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}


def take(widget: Widget, name: str) -> None:
    """Writes the picture `name` of what the page shows now, at rest."""
    widget.page.wait_for_timeout(900)
    path = FOLDER / f"widget-{name}.png"
    widget.page.screenshot(path=path, animations="disabled")
    _slim(path)


def _slim(path: Path) -> None:
    """Few colours: a third of the size, and no difference to the eye."""
    Image.open(path).convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)


def pictures(browser: Browser, url: str) -> None:
    """The main states on a desk, in the dark and on a phone."""

    def start(**options: Any) -> Widget:
        return Widget(browser.new_context(**options).new_page()).visit(url)

    desk = start(**DESK)
    take(desk, "closed")
    desk.open()
    answer = desk.ask(OPENER)
    take(desk, "answer")
    answer.locator(".citation").first.click()
    take(desk, "source")
    desk.button("Options").click()
    with desk.page.expect_popup() as opening:
        desk.button("Print this conversation").click()
    opening.value.set_viewport_size({"width": 800, "height": 720})
    opening.value.screenshot(path=FOLDER / "widget-print.png")
    _slim(FOLDER / "widget-print.png")
    opening.value.close()
    desk.page.route("**/webhooks/widget/message", lambda route: route.abort())
    desk.write("What are the risks?")
    desk.button("Try again").wait_for()
    take(desk, "not-sent")
    dark = start(**DESK, color_scheme="dark").open()
    dark.ask(OPENER)
    take(dark, "dark")
    phone = start(**PHONE).open()
    phone.ask(OPENER)
    take(phone, "phone")
    phone.ask(EMERGENCY)
    take(phone, "emergency")


def guide(browser: Browser, url: str) -> None:
    """The decision guide: the options, and the page to take along as it is printed."""
    widget = Widget(browser.new_context(**DESK, reduced_motion="reduce").new_page()).visit(url)
    whole_way(widget)
    with widget.page.expect_popup() as opening:
        widget.answers.last.get_by_role("link", name="Open the page to print or save").click()
    paper(opening.value)
    widget.ask("change 3")
    widget.answers.last.get_by_role("table").wait_for()
    take(widget, "guide-options")


def paper(page: Page) -> None:
    """The page at the size of an A4 sheet, with its print style sheet."""
    page.set_viewport_size({"width": 794, "height": 1123})
    page.emulate_media(media="print")
    page.screenshot(path=FOLDER / "guide-page.png")
    _slim(FOLDER / "guide-page.png")


def main() -> None:
    """Takes all pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        url = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:5005"
        pictures(browser, url)
        guide(browser, url)
        browser.close()


if __name__ == "__main__":
    main()
