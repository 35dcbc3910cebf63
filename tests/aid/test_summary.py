"""The page to take along: the person's own words and what is on file, and nothing concluded from either."""

from __future__ import annotations

import datetime as dt
import re
import time
from typing import Any

import pytest

from bot.aid import links, pdf
from bot.aid.content import guide
from bot.aid.fixed import NONE_HIGH, NOT_SAID, PDF_SIGNS
from bot.aid.page import as_html, gone
from bot.aid.pdf import as_pdf
from bot.aid.reading import Move
from bot.answer.reply import wording
from bot.settings import settings
from tests.aid.talk import WHOLE, Person
from tests.builders import TODAY

HEADINGS = ["My decision", "What I think about", "What is on file", "What I know", "What matters most to me", "Where I lean",
            "What is still open", "Questions for the clinician", "Sources", "About this page"]  # fmt: skip


@pytest.fixture
def person() -> Person:
    """Someone who has gone the whole way."""
    made = Person()
    made.says(*WHOLE)
    return made


def test_it_holds_what_the_person_said(person: Person) -> None:
    assert [heading for heading, _ in person.page().sections] == HEADINGS
    assert person.section("My decision") == ("Whether to have shots",)
    assert person.section("What I think about") == (
        "For: Hair loss",
        "Given: As shots",
        "The clinic told me: It regrows hair.",
        "Where I stand: I am thinking about it",
        "Who has a say: my wife",
        "My options: Exosomes; Minoxidil on the scalp; Finasteride pills; Waiting or doing nothing",
    )
    assert person.section("Where I lean") == ("more to waiting",)
    assert person.section("What is still open") == (
        "what it costs",
        "Do you know the benefits and risks of each option? No. Look at the options once more. "
        "Ask about each point that is not clear.",
    )  # fmt: skip


def test_what_matters_most_comes_first_and_what_does_not_is_left_out(person: Person) -> None:
    lines = person.section("What matters most to me")
    ratings = [int(re.search(r"\((\d) of 5\)", line)[1]) for line in lines]  # type: ignore[index]
    assert ratings == sorted(ratings, reverse=True)
    assert ratings == [5, 5, 5, 4, 4, 3]
    assert "my wedding (5 of 5)" in lines


def test_high_ratings_for_or_against_conclude_nothing() -> None:
    for side in ("for", "against"):
        someone = Person()
        someone.does(Move("answer", "use", "hair"))
        someone.does(Move("answer", "values", {value.id: 5 for value in someone.guide.values if value.side == side}))
        assert someone.section("Where I lean") == (NOT_SAID,)
        assert someone.section("My decision") == (NOT_SAID,)


def test_each_option_is_told_with_what_was_found_and_with_its_harms(person: Person) -> None:
    lines = person.section("What is on file")
    assert len(lines) == 4
    assert all(line.count("Found: ") == line.count("Harms: ") == 1 for line in lines)


@pytest.mark.parametrize("use", [use.id for use in guide().uses])
def test_on_the_page_each_option_s_harm_is_counted_or_it_says_that_there_is_no_number(use: str) -> None:
    someone = Person()
    someone.does(Move("answer", "use", use))
    lines = someone.section("What is on file")
    harms = [line.partition("Harms: ")[2] for line in lines]
    counted = ["of 100 men had trouble with sex" in text for text in harms]
    said = [text.endswith(" How often is not on file.") for text in harms]
    assert [one != other for one, other in zip(counted, said)] == [True] * len(lines)


@pytest.mark.parametrize(
    ("moves", "asked"),
    [
        ([], "Please write down how it is given and where."),
        ([Move("answer", "route", "injection")], "Why a shot and not on the skin?"),
        ([Move("answer", "route", "infusion")], "What study tests a drip for what I want?"),
        ([Move("answer", "use", "scars")], "What is known for my kind of scar?"),
        ([Move("answer", "told", "It is safe.")], "What study shows what you told me?"),
        ([Move("answer", "sure-support", "no")], "Who can give me a second view?"),
        ([Move("answer", "values", {"money": 5})], "Do I get my money back if it does not work?"),
    ],
)
def test_questions_for_the_clinician_fit_what_was_said(moves: list[Move], asked: str) -> None:
    someone = Person()
    for what in moves:
        someone.does(what)
    always = 7
    lines = someone.section("Questions for the clinician")
    assert any(line.startswith(asked) for line in lines[always:])
    words = (
        "IND number",
        "Who makes it",
        "What cells",
        "How will it be given",
        "How often have you done",
        "goes wrong",
        "in writing",
    )
    assert all(word in line for word, line in zip(words, lines))


def test_outside_the_us_the_clinician_is_not_asked_for_american_papers() -> None:
    at_home, abroad = Person(), Person(country="GB")
    assert "IND number" in " ".join(at_home.section("Questions for the clinician"))
    asked = " ".join(abroad.section("Questions for the clinician"))
    assert "IND number" not in asked
    assert "Which health agency has reviewed this treatment?" in asked


def test_a_question_that_does_not_fit_is_not_asked() -> None:
    someone = Person()
    someone.does(Move("answer", "route", "topical"))
    lines = " ".join(someone.section("Questions for the clinician"))
    assert "Why a shot" not in lines
    assert "money back" not in lines


def test_every_number_in_the_page_is_a_source_with_a_date_or_says_that_there_is_none(person: Person) -> None:
    sources = person.section("Sources")
    listed = {int(re.match(r"\[(\d+)\]", line)[1]) for line in sources}  # type: ignore[index]
    named = {
        int(n)
        for heading, lines in person.page().sections
        if heading != "Sources"
        for line in lines
        for n in re.findall(r"\[(\d+)\]", line)
    }
    assert named == listed == set(range(1, len(sources) + 1))
    assert all(re.search(r"(19|20)\d\d|no date|undated", line) for line in sources)


def test_who_made_it_who_pays_the_review_date_and_the_reading_grade_are_on_the_page(person: Person) -> None:
    about = " ".join(person.section("About this page"))
    for words in (
        "made by",
        "not doctors",
        "pays to run it",
        "Last reviewed: 22 November 2026",
        "checked again",
        "Reading grade (SMOG)",
        "health agencies",
    ):
        assert words in about


def test_words_of_a_person_are_text_in_the_page_and_never_markup() -> None:
    someone = Person()
    someone.does(Move("answer", "decision", '<script>alert(1)</script> & "more"'))
    text = as_html(someone.page(), pdf='/summary/"><b>.pdf')
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot;" in text
    assert '"><b>' not in text
    assert "@media print" in text


def test_a_source_is_a_link_on_the_screen_and_its_address_is_left_out_on_paper(person: Person) -> None:
    text = as_html(person.page(), pdf="/x.pdf")
    links = re.findall(r'<a class="link" href="(https?://[^"]+)" rel="noreferrer">(https?://[^<]+)</a>', text)
    assert [href for href, _ in links] == [words for _, words in links]
    assert len(links) == sum(" http" in line for line in person.section("Sources")) > 5
    assert re.search(r"@media print \{.*\.link \{ display: none; \}", text, re.DOTALL)


def pages(file: bytes) -> int:
    """How many sheets a PDF has."""
    return len(re.findall(rb"/Type /Page\b(?!s)", file))


def test_the_pdf_is_one_page_and_says_nothing_of_the_person_outside_of_it(person: Person) -> None:
    made = as_pdf(person.page())
    assert made.startswith(b"%PDF-")
    assert pages(made) == 1
    assert b"/CreationDate (D:20261122" in made
    assert as_pdf(person.page()) == made


@pytest.mark.parametrize("route", [route.id for route in guide().routes])
@pytest.mark.parametrize("use", [use.id for use in guide().uses])
def test_a_page_with_every_answer_is_one_sheet_as_pdf(use: str, route: str) -> None:
    made = as_pdf(Person().fills_everything(use=use, route=route).page())
    assert pages(made) == 1
    assert b"/URI (https://www.fda.gov/" in made


def test_long_answers_run_on_to_a_second_page_and_are_not_lost() -> None:
    someone = Person()
    someone.says(*WHOLE)
    for screen in ("told", "decision", "open", "others"):
        someone.does(Move("answer", screen, "very long words \u2603 " * 40))
    assert pages(as_pdf(someone.page())) in (1, 2)


def test_a_page_that_is_over_says_so() -> None:
    assert "This page is gone" in gone()


def test_a_link_names_its_conversation_until_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    token = links.page_of("widget-abc", seed=7).removeprefix(links.PREFIX)
    assert links.conversation_of(token) == ("widget-abc", 7)
    assert links.conversation_of(token[:-2]) is None
    assert links.conversation_of("") is None
    now = time.time()
    monkeypatch.setattr(links.time, "time", lambda: now - 61 * 60)
    old = links.page_of("widget-abc", seed=7).removeprefix(links.PREFIX)
    assert links.conversation_of(old) is None


def test_a_link_is_signed_with_the_secret_of_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    token = links.page_of("widget-abc", seed=7).removeprefix(links.PREFIX)
    monkeypatch.setenv("WIDGET_SECRET", "another-secret-of-thirty-two-characters")
    settings.cache_clear()
    assert links.conversation_of(token) is None


LATE = dt.date(2029, 1, 1)


def test_the_page_says_that_a_fact_is_past_its_date_in_every_form_and_lists_its_sources_as_data() -> None:
    for today, notice in ((LATE, wording.OVERDUE), (TODAY, None)):
        someone = Person(today=today)
        someone.does(Move("answer", "use", "hair"))
        reply = someone.does(Move("summary"))
        page = as_html(someone.page(), pdf="/x.pdf")
        assert (reply.notice, wording.OVERDUE in page, wording.OVERDUE in reply.text) == (notice, bool(notice), bool(notice))
        assert (wording.OVERDUE in (reply.form or {})["say"]) is bool(notice)
        assert [one.n for one in reply.sources] == list(range(1, len(someone.section("Sources")) + 1))
        assert all(one.title in reply.text for one in reply.sources)
        assert reply.text.count("Sources:") == 1
    late, now = (as_pdf(Person(today=today).page()) for today in (LATE, TODAY))
    assert len(late) > len(now)


def test_a_source_that_may_gain_says_so_on_the_page(person: Person) -> None:
    lines = person.section("Sources")
    gains = [one.interest is not None for one in person.page().sources]
    assert [" May gain." in line for line in lines] == gains
    assert True in gains


def test_that_no_reason_was_rated_high_is_said() -> None:
    someone = Person()
    someone.does(Move("answer", "values", {value.id: 2 for value in someone.guide.values}))
    assert someone.section("What matters most to me") == (NONE_HIGH,)


def test_a_pdf_that_cannot_show_all_letters_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    line = pdf._line

    def noted(sheet: Any, text: str, *args: Any, **kwargs: Any) -> None:
        said.append(text)
        line(sheet, text, *args, **kwargs)

    monkeypatch.setattr(pdf, "_line", noted)
    for words, told in (("plain words, čeština and русский", False), ("我想再等等", True)):
        said.clear()
        someone = Person()
        someone.does(Move("answer", "decision", words))
        as_pdf(someone.page())
        assert (PDF_SIGNS in said) is told
