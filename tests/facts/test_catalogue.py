"""Reading the YAML folders: what is wrong is said with file, record and field, and a clinic's folder is laid over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.errors import FactsError, Problem
from bot.facts import shingles
from bot.facts.catalogue import load
from bot.facts.rules import grade
from bot.vocabulary import TOPICS
from tests.builders import (
    MISSING,
    TODAY,
    Row,
    caveat_row,
    cites,
    fact_row,
    gap_row,
    source_row,
    topic_row,
    valid_rows,
    write,
)

HARD = "Regulatory authorities internationally characterise extracellular vesicle preparations as investigational biologicals."
EIGHT_WORDS = "the quick brown fox jumps over seven dogs"
FILES = {"sources": "sources/papers.yml", "caveats": "caveats.yml", "facts": "facts/facts.yml", "gaps": "gaps/gaps.yml"}


def problems(*folders: Path) -> list[Problem]:
    """All that `load` finds wrong."""
    with pytest.raises(FactsError) as caught:
        load(list(folders), today=TODAY)
    assert str(caught.value) == "\n".join(str(problem) for problem in caught.value.problems)
    return list(caught.value.problems)


def added(folder: Path, kind: str, row: Row) -> Path:
    """A folder in order but for one more row."""
    rows = valid_rows()
    rows[FILES[kind]].append(row)
    return write(folder, rows)


def test_a_folder_in_order_gives_every_record_and_the_file_it_came_from(tmp_path: Path) -> None:
    found = load([write(tmp_path, valid_rows())], today=TODAY)
    assert [(kind, record.id) for kind, record in found.records()] == [  # type: ignore[attr-defined]
        ("sources", "paper"),
        ("caveats", "take-care"),
        *(("topics", topic) for topic in TOPICS),
        ("facts", "fact-one"),
        ("gaps", "gap-one"),
    ]
    assert found.files["facts", "fact-one"] == str(tmp_path / "facts/facts.yml")
    assert found.files["topics", "cost"] == str(tmp_path / "topics.yml")


FACT_RULES: list[tuple[Row, str, str]] = [
    ({"topics": ["weather"]}, "topics.0", "unknown topic 'weather'"),
    ({"topics": []}, "topics", "give at least 1"),
    ({"citations": MISSING}, "citations", "field required"),
    ({"citations": []}, "citations", "give at least 1"),
    ({"citations": cites("paper", "nowhere")}, "citations.1.source", "there is no source 'nowhere'"),
    ({"questions": ["One?"]}, "questions", "give at least 2"),
    ({"as_of": MISSING}, "as_of", "field required"),
    ({"as_of": "soon"}, "as_of", "'soon' is not a date; write 2024, 2024-10 or 2024-10-24"),
    ({"as_of": "2024-02-30"}, "as_of", "day is out of range for month"),
    ({"as_of": "2026-11-23"}, "as_of", "2026-11-23 is in the future"),
    ({"as_of": "2026-12"}, "as_of", "2026-12 is in the future"),
    ({"review_by": MISSING}, "review_by", "field required"),
    ({"review_by": "2024-10-01"}, "review_by", "the review date must come after `as_of`"),
    ({"stance": "maybe"}, "stance", "unknown stance 'maybe'"),
    ({"evidence": "rumour"}, "evidence", "unknown kind of evidence 'rumour'"),
    ({"scope": {"route": ["laser", "mouth"]}}, "scope.route.1", "unknown route 'mouth'"),
    ({"scope": {"jurisdiction": ["USA"]}}, "scope.jurisdiction.0", "'USA' is not a two-letter country code or EU"),
    ({"contradicts": ["nowhere"]}, "contradicts", "there is no other fact 'nowhere'"),
    ({"contradicts": ["fact-one"]}, "contradicts", "fact 'fact-one' does not name this fact in return"),
    ({"supersedes": ["nowhere"]}, "supersedes", "there is no other fact 'nowhere'"),
    ({"supersedes": ["fact-two"]}, "supersedes", "there is no other fact 'fact-two'"),
    ({"caveats": ["nowhere"]}, "caveats", "there is no caveat 'nowhere'"),
    ({"colour": "red"}, "colour", "extra fields not permitted"),
    ({"population": {"who": "women", "size": 0}}, "population.size", "ensure this value is greater than or equal to 1"),
    ({"statement": HARD}, "statement", f"reading grade {grade(HARD):.1f} is above 8"),
    ({"detail": HARD}, "detail", f"reading grade {grade(HARD):.1f} is above 8"),
    ({"statement": "It is a Miracle cure."}, "statement", "marketing word 'Miracle'"),
    ({"detail": "Your skin will glow."}, "detail", "marketing word 'glow'"),
    ({"statement": "Exosomes are safe and effective."}, "statement", "marketing word 'safe and effective'"),
    ({"statement": "They are clinically proven to work."}, "statement", "marketing word 'clinically proven to work'"),
    ({"statement": "They are proven to regrow hair."}, "statement", "marketing word 'proven to regrow'"),
    ({"detail": "It is the best treatment there is."}, "detail", "marketing word 'the best treatment'"),
    ({"statement": ""}, "statement", "must not be empty"),
    ({"statement": "  "}, "statement", "must not be empty"),
    ({"citations": [{"source": "paper", "locator": ""}]}, "citations.0.locator", "must not be empty"),
]
OTHER_RULES: list[tuple[str, Row, str, str]] = [
    ("sources", {"published": MISSING}, "undated", "give `published`, or say in `undated` why there is no date"),
    ("sources", {"no_link": MISSING}, "no_link", "give `url` or `doi`, or say in `no_link` why there is neither"),
    (
        "sources",
        {"no_link": "", "url": ""},
        "url",
        "'' is not the address of a web page; write it like https://journal.example/article",
    ),
    ("sources", {"no_link": "", "doi": ""}, "no_link", "give `url` or `doi`, or say in `no_link` why there is neither"),
    ("sources", {"title": ""}, "title", "must not be empty"),
    ("sources", {"published": "2027"}, "published", "2027 is in the future"),
    ("sources", {"retrieved": "2026-11-23"}, "retrieved", "2026-11-23 is in the future"),
    ("sources", {"retrieved": MISSING}, "retrieved", "field required"),
    ("sources", {"kind": "rumour"}, "kind", "unknown source kind 'rumour'"),
    *(
        ("sources", {"url": url}, "url", f"'{url}' is not the address of a web page; write it like https://journal.example/article")
        for url in (
            "javascript:alert(1)",
            "data:text/html,x",
            "//evil.example",
            'https://x.example/"onclick="y',
            "https://",
            "x.example",
        )
    ),
    ("sources", {"short": "x" * 61}, "short", "ensure this value has at most 60 characters"),
    ("caveats", {"text": HARD}, "text", f"reading grade {grade(HARD):.1f} is above 8"),
    ("caveats", {"text": "A magic cream."}, "text", "marketing word 'magic'"),
    ("gaps", {"topics": ["cost", "weather"]}, "topics.1", "unknown topic 'weather'"),
    ("gaps", {"ask": []}, "ask", "give at least 1"),
    ("gaps", {"statement": ""}, "statement", "must not be empty"),
    ("caveats", {"text": " "}, "text", "must not be empty"),
    ("gaps", {"ask": ["Is it safe?", HARD]}, "ask.1", f"reading grade {grade(HARD):.1f} is above 8"),
    ("gaps", {"checked": "2026-11-23"}, "checked", "2026-11-23 is in the future"),
    ("gaps", {"statement": "It is not painless."}, "statement", "marketing word 'painless'"),
]


@pytest.mark.parametrize(("changes", "field", "what"), FACT_RULES)
def test_a_wrong_fact_is_named_with_file_record_and_field(tmp_path: Path, changes: Row, field: str, what: str) -> None:
    folder = added(tmp_path, "facts", fact_row("fact-two", **changes))
    assert problems(folder) == [Problem(str(tmp_path / "facts/facts.yml"), "fact-two", field, what)]


@pytest.mark.parametrize(("kind", "changes", "field", "what"), OTHER_RULES)
def test_a_wrong_source_caveat_or_gap_is_named_likewise(tmp_path: Path, kind: str, changes: Row, field: str, what: str) -> None:
    row = {"sources": source_row, "caveats": caveat_row, "gaps": gap_row}[kind]("new-one", **changes)
    assert problems(added(tmp_path, kind, row)) == [Problem(str(tmp_path / FILES[kind]), "new-one", field, what)]


@pytest.mark.parametrize("id", ["Fact Two", "no", "-dash", "x" * 81])
def test_an_id_must_be_of_small_letters_digits_and_dashes(tmp_path: Path, id: str) -> None:
    (problem,) = problems(added(tmp_path, "facts", fact_row(id)))
    assert (problem.file, problem.record, problem.field) == (str(tmp_path / "facts/facts.yml"), id, "id")


@pytest.mark.parametrize("link", [{"url": "https://journal.example/a"}, {"doi": "10.1000/a"}])
def test_a_source_with_an_address_or_a_doi_needs_no_reason_for_having_none(tmp_path: Path, link: Row) -> None:
    found = load([added(tmp_path, "sources", source_row("other", no_link=MISSING, **link))], today=TODAY)
    assert (found.sources["other"].no_link, found.sources["other"].link) == (None, link.get("url") or "https://doi.org/10.1000/a")


@pytest.mark.parametrize("changes", [{"published": MISSING, "undated": "the page shows none"}, {"published": "2026-11-22"}])
def test_a_source_is_dated_by_today_or_says_why_not(tmp_path: Path, changes: Row) -> None:
    found = load([added(tmp_path, "sources", source_row("other", **changes))], today=TODAY)
    assert list(found.sources) == ["paper", "other"]


@pytest.mark.parametrize("as_of", ["2026-11-22", "2026-11", "2026", 2026])
def test_a_fact_may_be_as_new_as_today(tmp_path: Path, as_of: object) -> None:
    found = load([added(tmp_path, "facts", fact_row("fact-two", as_of=as_of))], today=TODAY)
    assert found.facts["fact-two"].as_of == str(as_of)


def test_a_marketing_word_may_be_quoted(tmp_path: Path) -> None:
    said = 'The ad says "miracle" cream.'
    assert load([added(tmp_path, "facts", fact_row("fact-two", statement=said))], today=TODAY).facts["fact-two"].statement == said


def test_eight_words_in_a_row_from_a_founding_document_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shingles, "_known", lambda: frozenset({shingles.fingerprint(EIGHT_WORDS)}))
    copied = added(tmp_path, "facts", fact_row("fact-two", statement="Once, The quick brown fox jumps over: seven dogs."))
    what = f"copied from a founding document: '{EIGHT_WORDS}'"
    assert problems(copied) == [Problem(str(tmp_path / "facts/facts.yml"), "fact-two", "statement", what)]
    seven = added(tmp_path, "facts", fact_row("fact-two", statement="The quick brown fox jumps over seven."))
    assert "fact-two" in load([seven], today=TODAY).facts


def test_the_hashes_of_the_founding_documents_are_there() -> None:
    assert len(shingles._known()) > 3000
    assert all(len(digest) == 16 and set(digest) <= set("0123456789abcdef") for digest in shingles._known())


@pytest.mark.parametrize("file", ["facts/facts.yml", "facts/later.yml"])
def test_an_id_stands_once_in_a_folder(tmp_path: Path, file: str) -> None:
    rows = valid_rows()
    rows.setdefault(file, []).append(fact_row("fact-one", topics=list(TOPICS)))
    what = f"duplicate id, also in {tmp_path / 'facts/facts.yml'}"
    assert problems(write(tmp_path, rows)) == [Problem(str(tmp_path / file), "fact-one", "id", what)]


BROKEN: list[tuple[bytes, str, str]] = [
    (b"- id: [\n- x: ]", "-", "not valid YAML (line 2)"),
    (b"- {id: abc, as_of: 2024-02-30}", "-", "not valid YAML: day is out of range for month"),
    (b"- id: caf\xe9", "-", "the file is not UTF-8 text"),
    (b"id: fact-two", "-", "the file must be a list of records"),
    (b"- fact-two", "#1", "a record must be a mapping"),
]


@pytest.mark.parametrize(("content", "record", "what"), BROKEN)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes, record: str, what: str) -> None:
    (write(tmp_path, valid_rows()) / "facts/broken.yml").write_bytes(content)
    assert problems(tmp_path) == [Problem(str(tmp_path / "facts/broken.yml"), record, "-", what)]


def test_a_field_that_yaml_takes_for_yes_or_no_is_an_unknown_field(tmp_path: Path) -> None:
    path = write(tmp_path, valid_rows()) / "facts/facts.yml"
    path.write_text(f"{path.read_text()}- {{on: x, {str(fact_row('fact-two'))[1:]}")
    assert problems(tmp_path) == [Problem(str(tmp_path / "facts/facts.yml"), "fact-two", "True", "extra fields not permitted")]


def test_an_empty_file_holds_no_records(tmp_path: Path) -> None:
    (write(tmp_path, valid_rows()) / "facts/empty.yml").write_text("# nothing yet\n")
    assert list(load([tmp_path], today=TODAY).facts) == ["fact-one"]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    there, gone = write(tmp_path / "there", valid_rows()), tmp_path / "gone"
    assert problems(there, gone) == [Problem(str(gone), "-", "-", "there is no such folder")]


def test_every_topic_needs_a_fact_or_a_gap_and_an_entry(tmp_path: Path) -> None:
    rows = valid_rows()
    rows["facts/facts.yml"][0]["topics"] = [topic for topic in TOPICS if topic not in ("cost", "brands")]
    rows["gaps/gaps.yml"][0]["topics"] = ["brands"]
    rows["topics.yml"] = [row for row in rows["topics.yml"] if row["id"] != "origin"]
    assert problems(write(tmp_path, rows)) == [
        Problem("topics.yml", "origin", "id", "the topic has no entry in topics.yml"),
        Problem("facts/", "cost", "topics", "neither a fact nor a gap covers this topic"),
    ]


@pytest.mark.parametrize(
    ("changes", "field", "what"),
    [
        ({"id": "weather"}, "id", "unknown topic 'weather'"),
        ({"label": "x" * 61}, "label", "ensure this value has at most 60 characters"),
        ({"ask": []}, "ask", "give at least 1"),
    ],
)
def test_a_wrong_topic_is_named(tmp_path: Path, changes: Row, field: str, what: str) -> None:
    rows = valid_rows()
    rows["topics.yml"].append({**topic_row("cost"), "id": "cost", **changes})
    (problem,) = problems(write(tmp_path, rows))
    assert problem == Problem(str(tmp_path / "topics.yml"), changes.get("id", "cost"), field, what)


def test_all_problems_are_said_at_once(tmp_path: Path) -> None:
    rows = valid_rows()
    rows["facts/facts.yml"] += [fact_row("fact-two", stance="maybe", colour="red"), fact_row("fact-three", caveats=["nowhere"])]
    file = str(tmp_path / "facts/facts.yml")
    assert sorted(map(str, problems(write(tmp_path, rows)))) == [
        f"{file}: record 'fact-three', field 'caveats': there is no caveat 'nowhere'",
        f"{file}: record 'fact-two', field 'colour': extra fields not permitted",
        f"{file}: record 'fact-two', field 'stance': unknown stance 'maybe'",
    ]


@pytest.mark.parametrize(
    ("file", "field", "value", "what"),
    [
        ("facts/facts.yml", "stance", "maybe", "unknown stance 'maybe'"),
        ("facts/facts.yml", "contradicts", ["nowhere"], "there is no other fact 'nowhere'"),
        ("gaps/gaps.yml", "ask", [], "give at least 1"),
        ("sources/papers.yml", "title", "", "must not be empty"),
        ("caveats.yml", "text", "", "must not be empty"),
        ("topics.yml", "ask", [], "give at least 1"),
    ],
)
def test_one_wrong_field_is_one_problem(tmp_path: Path, file: str, field: str, value: Any, what: str) -> None:
    rows = valid_rows()
    rows["facts/facts.yml"][0].update(contradicts=["fact-two"])
    rows["facts/facts.yml"].append(fact_row("fact-two", contradicts=["fact-one"], closes=["gap-one"]))
    rows["topics.yml"][1]["related"] = [rows["topics.yml"][0]["id"]]
    assert load([write(tmp_path / "right", rows)])
    wrong = rows[file][0]
    wrong[field] = value
    assert problems(write(tmp_path / "wrong", rows)) == [Problem(str(tmp_path / "wrong" / file), wrong["id"], field, what)]
