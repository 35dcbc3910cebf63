"""What records say of one another: each reference leads somewhere and none goes in a circle. Texts of topics are plain too."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.errors import FactsError
from bot.facts.catalogue import load
from bot.facts.rules import grade
from bot.vocabulary import CONDITIONS
from tests.builders import SHIPPED, TODAY, Row, fact_row, gap_row, shipped, valid_rows, write

HARD = "Regulatory authorities internationally characterise extracellular vesicle preparations as investigational biologicals."


def said(folder: Path, rows: dict[str, list[Row]]) -> list[str]:
    """The whole sentences in which `load` says what is wrong, without the folder."""
    with pytest.raises(FactsError) as caught:
        load([write(folder, rows)], today=TODAY)
    return [str(problem).replace(f"{folder}/", "") for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("changes", "field", "what"),
    [
        ({"follows": ["nowhere"]}, "follows", "there is no other fact 'nowhere'"),
        ({"follows": ["fact-two"]}, "follows", "there is no other fact 'fact-two'"),
        ({"conditions": ["flu"]}, "conditions.0", "unknown condition 'flu'"),
    ],
)
def test_of_a_fact(tmp_path: Path, changes: Row, field: str, what: str) -> None:
    rows = valid_rows()
    rows["facts/facts.yml"].append(fact_row("fact-two", **changes))
    assert said(tmp_path, rows) == [f"facts/facts.yml: record 'fact-two', field '{field}': {what}"]


@pytest.mark.parametrize("field", ["supersedes", "follows"])
def test_a_circle_is_told_of_each_fact_in_it(tmp_path: Path, field: str) -> None:
    rows = valid_rows()
    ring = {"aaa": "bbb", "bbb": "ccc", "ccc": "aaa", "ddd": "aaa"}
    rows["facts/facts.yml"] += [fact_row(id, **{field: [other]}) for id, other in ring.items()]
    assert said(tmp_path, rows) == [
        f"facts/facts.yml: record 'aaa', field '{field}': goes in a circle: aaa -> bbb -> ccc -> aaa",
        f"facts/facts.yml: record 'bbb', field '{field}': goes in a circle: bbb -> ccc -> aaa -> bbb",
        f"facts/facts.yml: record 'ccc', field '{field}': goes in a circle: ccc -> aaa -> bbb -> ccc",
    ]


SOURCELESS = "tells what is known; a gap has no source, so name the facts in `known` or `said_by`"


@pytest.mark.parametrize(
    ("changes", "field", "what"),
    [
        ({"id": "fact-one"}, "id", "a fact has the same id, in facts/facts.yml"),
        ({"said_by": ["nowhere"]}, "said_by", "there is no fact 'nowhere'"),
        ({"known": ["nowhere"]}, "known", "there is no fact 'nowhere'"),
        *(
            ({"statement": statement}, "statement", f"'{claim}' {SOURCELESS}")
            for statement, claim in [
                ("No price is on file. One clinic asked for 600 dollars.", "600"),
                ("No rating is on file. The FDA has sent letters to two firms.", "has sent"),
                ("No share is on file. A review called harm rare.", "called"),
            ]
        ),
        ({"conditions": ["nursing", "flu"]}, "conditions.1", "unknown condition 'flu'"),
        ({"review_by": "2026-10-31"}, "review_by", "the review date must come after `checked`"),
    ],
)
def test_of_a_gap(tmp_path: Path, changes: Row, field: str, what: str) -> None:
    rows = valid_rows()
    rows["gaps/gaps.yml"].append({**gap_row("gap-two"), **changes})
    record = changes.get("id", "gap-two")
    assert said(tmp_path, rows) == [f"gaps/gaps.yml: record '{record}', field '{field}': {what}"]


@pytest.mark.parametrize(
    ("changes", "field", "what"),
    [
        ({"related": ["brands", "weather"]}, "related", "there is no other topic 'weather'"),
        ({"related": ["cost"]}, "related", "there is no other topic 'cost'"),
        ({"question": HARD}, "question", f"reading grade {grade(HARD):.1f} is above 8"),
        ({"subject": HARD}, "subject", f"reading grade {grade(HARD):.1f} is above 8"),
        ({"ask": ["Is it safe?", HARD]}, "ask.1", f"reading grade {grade(HARD):.1f} is above 8"),
        ({"label": "Is it a magic cream?"}, "label", "marketing word 'magic'"),
    ],
)
def test_of_a_topic(tmp_path: Path, changes: Row, field: str, what: str) -> None:
    rows = valid_rows()
    next(row for row in rows["topics.yml"] if row["id"] == "cost").update(changes)
    assert said(tmp_path, rows) == [f"topics.yml: record 'cost', field '{field}': {what}"]


def test_a_label_of_one_long_word_is_a_name_and_has_no_grade(tmp_path: Path) -> None:
    rows = valid_rows()
    rows["topics.yml"][0].update(label="Regulation", subject="internationalisation")
    assert load([write(tmp_path, rows)], today=TODAY).topics[rows["topics.yml"][0]["id"]].label == "Regulation"


def test_every_state_of_health_that_facts_and_gaps_name_has_its_words() -> None:
    words = yaml.safe_load((SHIPPED / "vocabulary.yml").read_text())["condition"]
    assert set(CONDITIONS) <= set(words)
    named = {condition for kind in (shipped().facts, shipped().gaps) for entry in kind.values() for condition in entry.conditions}
    assert named == set(CONDITIONS)


def test_what_a_shipped_fact_follows_has_a_place_in_one_of_its_topics() -> None:
    facts = shipped().facts
    apart = [
        fact.id
        for fact in facts.values()
        if fact.follows and not any(set(fact.topics) & set(facts[other].topics) for other in fact.follows)
    ]
    assert apart == []
