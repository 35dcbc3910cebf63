"""docs/widget.md names every attribute, method, event, word and error of the widget, and nothing that is not there."""

from __future__ import annotations

import json
import re

from bot.channels.widget.envelope import ERRORS
from bot.channels.widget.pages import SCRIPT_URL
from bot.settings import ROOT

DOCUMENT = (ROOT / "docs" / "widget.md").read_text(encoding="utf-8")
WIDGET = ROOT / "widget"
SOURCES = {path.name: path.read_text(encoding="utf-8") for path in sorted((WIDGET / "src").rglob("*.*"))}


def _section(heading: str) -> str:
    """The text under a heading of the second level."""
    return next(part for part in DOCUMENT.split("\n## ") if part.startswith(f"{heading}\n"))


def test_the_table_of_attributes_is_that_of_the_widget() -> None:
    read = re.search(r"static override properties = \{(.*?)\n  \};", SOURCES["state.ts"], flags=re.S)
    assert read is not None
    own = re.findall(r"^    (\w+): \{(?: attribute: \"(\w+)\" )?\},$", read[1], flags=re.M)
    documented = re.findall(r"^\| `(\w+)` \|", _section("On the page"), flags=re.M)
    assert documented == [given or name for name, given in own]


def test_its_methods_are_there() -> None:
    named = re.findall(r"`(\w+)\((\w*)\)`", _section("On the page"))
    found = re.findall(r"^  (\w+)\((?:(\w+): string)?\): void \{$", SOURCES["exosome-guide.ts"], flags=re.M)
    assert set(named) <= set(found)
    assert [name for name, _ in named] == ["open", "close", "toggle", "ask", "restart", "print"]


def test_its_events_are_those_that_are_sent() -> None:
    sent = {f"exosome-guide-{name}" for name in re.findall(r'this\.#tell\("(\w+)"', SOURCES["exosome-guide.ts"])}
    assert set(re.findall(r"`(exosome-guide-\w+)`", DOCUMENT)) == sent


def test_what_a_style_sheet_may_set_is_there() -> None:
    styles = "".join(text for name, text in SOURCES.items() if name.endswith(".css"))
    assert set(re.findall(r"--exosome-guide-\w+", DOCUMENT)) == set(re.findall(r"var\((--exosome-guide-\w+)", styles))
    views = "".join(text for name, text in SOURCES.items() if name.endswith(".ts"))
    assert set(re.findall(r"::part\((\w+)\)", DOCUMENT)) == set(re.findall(r'\bpart="(\w+)"', views))


def test_its_languages_are_there() -> None:
    names = {"en": "English", "es": "Spanish", "ar": "Arabic", "fr": "French", "zh": "Chinese"}
    assert {path.stem for path in (WIDGET / "languages").glob("*.json")} == set(names)
    assert "(Arabic, French and Chinese are there to copy)" in DOCUMENT


def test_its_errors_and_their_status_are_those_of_the_channel() -> None:
    rows = re.findall(r"^\| (\d{3}) \| ([^|]+) \|", DOCUMENT, flags=re.M)
    documented = {code: int(status) for status, codes in rows for code in re.findall(r"`(\w+)`", codes)}
    assert documented == {code: status for code, (status, _, _) in ERRORS.items()}


def test_the_tag_names_the_script_that_is_served_and_its_attributes_exist() -> None:
    tag = re.search(r"<script src=\"https://guide\.example([^\"]+)\"(.*?)>", DOCUMENT)
    assert tag is not None
    assert tag[1] == SCRIPT_URL
    assert set(re.findall(r"data-(\w+)=", tag[2])) <= set(re.findall(r"^\| `(\w+)` \|", DOCUMENT, flags=re.M))


def test_the_example_session_holds_what_a_start_gives() -> None:
    example = re.search(r"```json\n(.*?)```", DOCUMENT, flags=re.S)
    assert example is not None
    assert list(json.loads(example[1])) == ["token", "expires", "renewed", "country", "emergency", "clinic", "language"]


def test_every_picture_of_the_widget_is_taken_by_the_tool_and_the_main_one_is_in_the_readme() -> None:
    tool = (ROOT / "tests" / "browser" / "pictures.py").read_text(encoding="utf-8")
    taken = {f"widget-{name}.png" for name in re.findall(r'take\(\w+, "([\w-]+)"\)', tool)} | set(
        re.findall(r"widget-[\w-]+\.png", tool)
    )
    assert {path.name for path in (ROOT / "docs" / "images").glob("widget-*.png")} == taken
    shown = set(re.findall(r"docs/images/(widget-[\w-]+\.png)", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert shown <= taken
    assert {"widget-answer.png", "widget-emergency.png"} <= shown
