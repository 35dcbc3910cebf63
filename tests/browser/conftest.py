"""A real browser before a real server. Where there is no Chromium the tests are skipped, unless REQUIRE_BROWSER is set."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from bot.train import train
from tests.browser.driver import ANSWER_MS, AXE, Widget
from tests.server.conftest import Server, free_port
from tools import build_widget

CLINIC = "name: Riverside Clinic\nphone: 555-010-0199\n"
SECRET = "only-for-the-browser-tests-" + "0123456789" * 3
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
UNTESTED = "The widget is not tested in a browser:"
CLINIC_PORT = free_port()  # where a test puts a website of a clinic
expect.set_options(timeout=ANSWER_MS)  # else five seconds, which a busy machine may need for a click


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Says once, at the end, why there was no browser."""
    skipped = [report.longrepr for report in terminalreporter.stats.get("skipped", [])]
    reasons = {str(why[2]).removeprefix("Skipped: ") for why in skipped if isinstance(why, tuple)}
    for reason in sorted(reason for reason in reasons if reason.startswith(UNTESTED)):
        terminalreporter.write_line(reason)


def _without(reason: str) -> None:
    line = f"{UNTESTED} {reason}"
    if os.environ.get("REQUIRE_BROWSER"):
        pytest.fail(line, pytrace=False)
    pytest.skip(line)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium of this machine. Its event loop runs in this thread while it is there, so it is ended with these tests."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        _without("there is no Chromium (Debian: 'apt-get install chromium')")
    if build_widget.main(packages=True) or not AXE.is_file():
        _without("the widget could not be built")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield launched
        launched.close()


@pytest.fixture(scope="package")
def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server whose demo page the tests visit."""
    folder = tmp_path_factory.mktemp("browser")
    (folder / "clinic").mkdir()
    (folder / "clinic" / "clinic.yml").write_text(CLINIC, encoding="utf-8")
    train()
    env = {
        "RATE_PER_CONVERSATION": "none",
        "RATE_PER_ADDRESS": "none",
        "WIDGET_SECRET": SECRET,
        "CLINIC_DIR": str(folder / "clinic"),
        "WIDGET_ORIGINS": f"http://localhost:{CLINIC_PORT}",
    }
    running = Server(folder=folder, env=env).start()
    yield running
    running.stop()


Visit = Callable[..., Widget]


@pytest.fixture
def visit(browser: Browser, site: Server) -> Iterator[Visit]:
    """Opens the demo page in a new browser profile; arguments are Playwright's (viewport ...), another `site`, or `url`.

    At the end no page has written an error to its console, content security policy included; `allow` is what may stand there.
    """
    opened: list[tuple[Widget, tuple[str, ...]]] = []

    def go(*, path: str = "/", url: str = "", site: Server = site, allow: tuple[str, ...] = (), **options: Any) -> Widget:
        context = browser.new_context(**{"viewport": {"width": 1100, "height": 760}, **options})
        context.set_default_timeout(ANSWER_MS)
        widget = Widget(context.new_page())
        opened.append((widget, allow))
        return widget.visit(url or site.url + path)

    yield go
    said = [line for widget, allow in opened for line in widget.said if not any(part in line for part in allow)]
    for widget, _ in opened:
        widget.page.context.close()
    assert said == []
