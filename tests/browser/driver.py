"""Drives the widget in a page as a person does, and asks axe-core about it."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from playwright.sync_api import Error, FloatRect, Locator, Page, Request, Route

from bot.settings import ROOT

AXE = ROOT / "widget" / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ANSWER_MS = 60_000  # deadlines, not measures: a busy machine takes its time
MESSAGE = "**/webhooks/widget/message"
OPENER = "Are exosome treatments approved?"
EMERGENCY = "My throat is closing up and I can't breathe"
# The innermost element that has the focus: its name as assistive technology gets it, or its text.
FOCUSED = """() => {
  let at = document.activeElement;
  while (at && at.shadowRoot && at.shadowRoot.activeElement) at = at.shadowRoot.activeElement;
  if (!at || at === document.body) return '';
  if (at.id === 'input') return 'input';
  return (at.getAttribute('aria-label') || at.innerText || at.tagName).replace(/\\s+/g, ' ').trim();
}"""
AXE_RUN = """async (tags) => {
  const found = await axe.run(document, {runOnly: tags, resultTypes: ['violations']});
  return found.violations.map(v => `${v.id}: ${v.nodes.map(n => JSON.stringify(n.target) + ' ' + n.failureSummary).join('; ')}`);
}"""


def sent(request: Request) -> dict[str, Any]:
    """The JSON that a request carries."""
    return dict(json.loads(request.post_data or "{}"))


def box(shown: Locator) -> FloatRect:
    """Where it is on the screen."""
    found = shown.bounding_box()
    assert found, "it is not on the screen"
    return found


class Held:
    """Holds the page's messages back, those that `which` names by their words, so that what is shown meanwhile can be seen."""

    def __init__(self, page: Page, *, which: Callable[[str], bool] = bool) -> None:
        self._which = which
        self._routes: list[Route] = []
        self._open = False
        page.route(MESSAGE, self._take)

    def _take(self, route: Route) -> None:
        if self._open or not self._which(str(sent(route.request).get("text"))):
            route.continue_()
        else:
            self._routes.append(route)

    def let_go(self) -> None:
        """Sends on what was held back, and all that comes later. What the page gave up meanwhile, it sends again by itself."""
        self._open = True
        for route in self._routes:
            with suppress(Error):
                route.continue_()


class Widget:
    """The widget in `page`; `said` are messages of the page's console that are errors."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.said: list[str] = []
        page.on("console", lambda message: self.said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def visit(self, url: str) -> Widget:
        """Loads a page that holds the widget and waits until it is there."""
        self.page.goto(url)
        self.launcher.wait_for(state="attached")
        return self

    @property
    def launcher(self) -> Locator:
        return self.page.locator("exosome-guide .launcher")

    @property
    def panel(self) -> Locator:
        return self.page.locator("exosome-guide dialog")

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    @property
    def input(self) -> Locator:
        return self.page.get_by_role("textbox", name="Your question")

    @property
    def answers(self) -> Locator:
        return self.page.locator("exosome-guide article")

    def button(self, name: str) -> Locator:
        """The button of exactly that name."""
        return self.panel.get_by_role("button", name=name, exact=True)

    def open(self) -> Widget:
        """Opens the panel with the launcher."""
        self.launcher.click()
        self.input.wait_for()
        return self

    def write(self, text: str) -> None:
        """Types a question and sends it."""
        self.input.fill(text)
        self.input.press("Enter")

    def ask(self, text: str) -> Locator:
        """Asks and waits for the answer."""
        before = self.answers.count()
        self.write(text)
        return self.answer(before + 1)

    def answer(self, number: int) -> Locator:
        """The answer of that number, counted from 1, once it is there."""
        found = self.answers.nth(number - 1)
        found.wait_for(timeout=ANSWER_MS)
        return found

    def inside(self, script: str, argument: Any = None) -> Any:
        """The value of `script`, which knows `guide` (the element), `root` (what is in it) and `argument`."""
        known = "const guide = document.querySelector('exosome-guide'), root = guide.shadowRoot;"
        return self.page.evaluate(f"(argument) => {{ {known} return ({script}); }}", argument)

    def choose(self, **attributes: str) -> None:
        """Sets attributes of the element."""
        self.inside("Object.entries(argument).forEach(([name, value]) => guide.setAttribute(name, value))", attributes)

    def focused(self) -> str:
        """The name of what has the focus."""
        return str(self.page.evaluate(FOCUSED))

    def tab_to(self, name: str, *, key: str = "Tab", most: int = 60) -> None:
        """Presses Tab until what has the focus is named `name`."""
        seen = []
        for _ in range(most):
            self.page.keyboard.press(key)
            seen.append(self.focused())
            if seen[-1].startswith(name):
                return
        raise AssertionError(f"{name!r} is not reached with {key}: {seen}")

    def kept(self) -> dict[str, Any]:
        """What the tab keeps for a reload."""
        text = self.page.evaluate(
            "() => Object.entries(sessionStorage).filter(([k]) => k.startsWith('exosome-guide:')).map(([, v]) => v)[0] || '{}'"
        )
        return dict(json.loads(text).get("kept", {}))

    def violations(self) -> list[str]:
        """What axe-core finds against WCAG 2.2 AA."""
        self.inside(
            "Promise.all(root.getAnimations().filter(one => one.effect.getTiming().iterations === 1).map(one => one.finished))"
        )
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        return list(self.page.evaluate(AXE_RUN, WCAG))
