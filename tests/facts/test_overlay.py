"""A clinic's own folder of facts is laid over the shipped one."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import FactsError, Problem
from bot.facts.catalogue import load
from bot.vocabulary import TOPICS
from tests.builders import TODAY, cites, fact_row, source_row, valid_rows, write


def test_it_replaces_and_adds_records(tmp_path: Path) -> None:
    base = write(tmp_path / "base", valid_rows())
    replaced = fact_row("fact-one", topics=list(TOPICS), statement="The clinic knows better.", citations=cites("own"))
    own = {"sources/own.yml": [source_row("own")], "facts/own.yml": [replaced, fact_row("fact-two")]}
    over = write(tmp_path / "over", own)
    found = load([base, over], today=TODAY)
    assert {id: (fact.statement, fact.citations[0].source) for id, fact in found.facts.items()} == {
        "fact-one": ("The clinic knows better.", "own"),
        "fact-two": ("This is what fact-two says.", "paper"),
    }
    assert list(found.sources) == ["paper", "own"]
    assert found.files["facts", "fact-one"] == str(over / "facts/own.yml")
    assert found.files["gaps", "gap-one"] == str(base / "gaps/gaps.yml")


def test_a_problem_in_it_names_its_file(tmp_path: Path) -> None:
    base = write(tmp_path / "base", valid_rows())
    over = write(tmp_path / "over", {"facts/own.yml": [fact_row("own", citations=cites("nowhere"))]})
    what = "there is no source 'nowhere'"
    with pytest.raises(FactsError) as caught:
        load([base, over], today=TODAY)
    assert caught.value.problems == (Problem(str(over / "facts/own.yml"), "own", "citations.0.source", what),)
