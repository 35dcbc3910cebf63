"""A server whose own facts are hostile, whose limit is low: markup in a fact stays text, and who must wait is told so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, expect

from bot.train import train
from tests.browser.conftest import Visit
from tests.browser.driver import EMERGENCY, MESSAGE, OPENER, Widget
from tests.builders import caveat_row, cites, fact_row, source_row
from tests.server.conftest import Server

IMAGE = '<img src=x onerror="window.hit=1">'
SCRIPT = "<script>window.hit=1</script>"
STATEMENT = f"{IMAGE} No one has said yes to it so far. {SCRIPT} It is not so. {{{{7*7}}}} [9]"
CAVEAT = f"{SCRIPT} Ask first. {IMAGE}"
SOURCE = {"title": f"{IMAGE}The title", "publisher": f"{SCRIPT}The press", "interest": f"{IMAGE} It sells them."}
ADDRESS = "https://evil.example/?a=1&b=javascript:window.hit=1"
LIMIT = 3


@pytest.fixture(scope="module")
def hostile(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with hostile records laid over the shipped ones; one conversation may send LIMIT messages."""
    folder = tmp_path_factory.mktemp("hostile")
    fact = fact_row(
        "us-no-approval-found-2026",
        topics=["approval_status", "regulation", "approval_timeline", "brands"],
        statement=STATEMENT,
        scope={"jurisdiction": ["US"]},
        stance="against",
        evidence="regulation",
        citations=cites("fda-alert-2020"),
        caveats=["rules-change"],
        lead=True,
        questions=[OPENER, "Is it approved?"],
        review_by="2025-01-01",
    )
    records = {
        "facts/own.yml": [fact],
        "sources/own.yml": [source_row("fda-alert-2020", url=ADDRESS, **SOURCE)],
        "caveats.yml": [caveat_row("rules-change", text=CAVEAT)],
        "clinic.yml": {"name": f"Riverside {IMAGE}{SCRIPT}"},
    }
    for name, rows in records.items():
        path: Path = folder / "clinic" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(rows), encoding="utf-8")
    train()
    env = {"CLINIC_DIR": str(folder / "clinic"), "RATE_PER_CONVERSATION": f"{LIMIT}/hour", "RATE_PER_ADDRESS": "none"}
    running = Server(folder=folder, env=env).start()
    yield running
    running.stop()


def _nothing_ran(widget: Widget) -> None:
    assert widget.page.evaluate("() => window.hit") is None
    assert widget.page.locator("img, exosome-guide img, exosome-guide script, [onerror]").count() == 0
    assert widget.page.locator("script").count() == 1  # the widget's own


def test_markup_in_the_facts_of_the_server_is_shown_as_text(visit: Visit, hostile: Server) -> None:
    widget = visit(site=hostile).open()
    expect(widget.page.locator("header .name").first).to_have_text(f"Riverside {IMAGE}{SCRIPT}")
    answer = widget.ask(OPENER)
    fact = answer.locator(".fact").filter(has_text="No one has said yes")
    expect(fact.locator(".statement")).to_have_text(STATEMENT)
    expect(answer.locator(".caution")).to_contain_text(CAVEAT)
    expect(answer.locator(".note")).to_contain_text("Please note")  # its review is overdue
    fact.locator(".citation").first.click()
    card = fact.locator(".card:visible")
    for shown in SOURCE.values():
        expect(card).to_contain_text(shown)
    expect(card.get_by_role("link")).to_have_attribute("href", ADDRESS)
    widget.button("Options").click()
    with widget.page.expect_popup() as opening:
        widget.button("Print this conversation").click()
    expect(opening.value.locator("body")).to_contain_text(STATEMENT)
    assert opening.value.evaluate("() => window.hit") is None
    assert opening.value.locator("img, script").count() == 0
    _nothing_ran(widget)


def test_who_is_over_the_limit_is_told_when_to_go_on_keeps_the_words_and_an_emergency_goes_through(
    visit: Visit, hostile: Server
) -> None:
    widget = visit(site=hostile, allow=("429",)).open()
    for _ in range(LIMIT):
        widget.ask("hello")
    with widget.page.expect_response(MESSAGE) as waiting:
        widget.write("What are the risks?")
    assert waiting.value.status == 429
    problem = widget.log.locator(".problem")
    expect(problem).to_contain_text("You are writing faster than I can answer, so please wait a minute and then ask again.")
    expect(problem).to_contain_text(re.compile(r"You can try again in \d+ seconds\."))
    expect(widget.log.locator(".bubble.failed")).to_have_text("You: What are the risks?")
    assert widget.violations() == []
    widget.write(EMERGENCY)
    expect(widget.panel.locator("section.emergency")).to_be_visible()
