"""The documents say what is true: commands exist, settings and topics are covered, links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.settings import ROOT, Settings
from bot.vocabulary import TOPICS

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_make_command_named_in_a_document_exists(document: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.M))
    named = set(re.findall(r"(?:^|`)(?:[A-Z_]+=\S+ )?make ([a-z]+)", document.read_text(), flags=re.M))
    assert named - targets == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_and_file_named_in_a_document_exists(document: Path) -> None:
    text = document.read_text()
    links = {link for link in re.findall(r"\]\(([^)#]+)\)", text) if not link.startswith("http")}
    paths = {path for path in re.findall(r"`((?:bot|data|docs|tests|tools|actions)/[\w./-]+)`", text) if "*" not in path}
    missing = {link for link in links if not (document.parent / link).exists()}
    assert missing | {path for path in paths if not (ROOT / path).exists()} == set()


def test_every_make_target_is_described() -> None:
    makefile = (ROOT / "Makefile").read_text()
    named = set(re.search(r"^\.PHONY: (.+)$", makefile, flags=re.M)[1].split())  # type: ignore[index]
    assert named == set(re.findall(r"^([a-z]+):.*## ", makefile, flags=re.M))


def test_every_setting_is_documented_and_no_other() -> None:
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs" / "settings.md").read_text(), flags=re.M))
    assert documented == {name.upper() for name in Settings.__fields__}


def test_every_topic_is_documented() -> None:
    documented = re.findall(r"^\| `([a-z_]+)` \|", (ROOT / "docs" / "topics.md").read_text(), flags=re.M)
    assert tuple(documented) == TOPICS


def test_documents_are_short() -> None:
    long = {path.name: len(path.read_text().splitlines()) for path in DOCUMENTS if path.name != "curation-log.md"}
    assert {name: count for name, count in long.items() if count > 150} == {}
