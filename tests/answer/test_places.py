"""Two countries in one question: each has its own part of the reply; one country, or another topic, changes nothing."""

from __future__ import annotations

from bot.answer.question import Memory, Question
from tests.builders import answerer_of, ask, fact, source, topic

RECORDS = [
    topic("other_countries"),
    topic("approval_status"),
    topic("cost"),
    source(),
    fact("in-uk", topics=["other_countries"], scope={"jurisdiction": ["GB"]}),
    fact("in-japan", topics=["other_countries"], scope={"jurisdiction": ["JP"]}),
    fact("in-us", topics=["approval_status"], scope={"jurisdiction": ["US"]}),
    fact("price", topics=["cost"]),
]


def _about(topic_id: str, *places: str) -> tuple[list[str], list[str], Memory]:
    question = Question(
        text="is it allowed there", topics=((topic_id, 1.0),), scope={"jurisdiction": places[0]} if places else {}, places=places
    )
    reply, memory = answerer_of(RECORDS).reply(question, Memory())
    headings = [line for line in reply.text.splitlines() if line.startswith("In ")]
    return headings, [fact.id for fact in reply.facts], memory


def test_each_of_two_countries_is_answered_under_its_name() -> None:
    headings, facts, memory = _about("other_countries", "GB", "JP")
    assert headings == ["In the United Kingdom:", "In Japan:"]
    assert facts == ["in-uk", "in-japan"]
    assert (memory.topics, memory.scope) == (("other_countries",), {"jurisdiction": "GB"})


def test_the_clinics_own_country_beside_another_is_answered_on_approval() -> None:
    assert _about("other_countries", "US", "JP")[:2] == (["In the United States:", "In Japan:"], ["in-us", "in-japan"])


def test_one_country_has_no_heading() -> None:
    assert _about("other_countries", "JP")[:2] == ([], ["in-japan"])


def test_where_no_law_is_asked_about_countries_do_not_split_the_reply() -> None:
    headings, facts, _ = _about("cost", "GB", "JP")
    assert (headings, facts) == ([], ["price"])


def test_whom_to_tell_comes_before_what_is_known_about_a_reaction() -> None:
    records = [topic("side_effects"), topic("report_problem"), source(), fact("rash"), fact("tell", topics=["report_problem"])]
    reply, _ = ask(answerer_of(records), "side_effects", "report_problem")
    assert (reply.kind, reply.topics) == ("report_problem", ("report_problem", "side_effects"))
