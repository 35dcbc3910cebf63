"""False premises and questions on one's own medicine: what is recognised, and what comes first in the reply."""

from __future__ import annotations

import pytest

from bot.answer.detect.premises import beliefs, premise_of
from bot.safety.emergency.complaints import own_medicine
from tests.builders import shipped


def first_fact(text: str, *, country: str | None = None) -> str | None:
    """The fact that corrects `text` first, for a clinic in the US."""
    premise = premise_of(text, country=country, home="US")
    return premise.facts[0] if premise else None


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("it is just a cosmetic so the FDA has no say", "us-exempt-claim-untrue"),
        ("Our clinic says it is exempt from the rules", "us-exempt-claim-untrue"),
        ("The clinic is licensed so the treatment must be approved", "us-no-approval-found-2026"),
        ("minors are fine, it is safe for teens with a parent's permission", "no-study-children"),
        ("exosomes are living cells that keep working", "misev-cannot-copy-themselves"),
        ("they are my own cells so there is no risk", "anne-human-source"),
        ("it's natural, so it can't do harm", "us-nebraska-serious-events"),
    ],
)
def test_a_false_premise_is_recognised(text: str, fact: str) -> None:
    assert first_fact(text) == fact


@pytest.mark.parametrize(
    "text",
    [
        "",
        "are exosomes natural?",
        "do they come from my own cells?",
        "is it safe for teenagers?",
        "what does the FDA say about exosomes",
        "is the clinic licensed",
        "are exosomes living cells?",
        "they're natural so they are safe in pregnancy",  # pregnancy has facts of its own
    ],
)
def test_a_question_is_no_premise(text: str) -> None:
    assert first_fact(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "exosomes are not FDA approved",
        "I know exosomes aren't approved, but what do they do?",
        "is it true that no exosome product is approved",
        "when will exosomes be approved",
        "once it's approved, how much will it cost",
        "I won't do it until it's approved",
        "is it approved for kids",
        "is my clinic licensed to inject exosomes",
        "my doctor is licensed, how do I check",
        "the clinic isn't approved by anyone",
        "I was approved for financing, is the treatment worth it",
        "my insurance approved it, is it safe",
        "does the FDA have authority over exosomes",
        "what does off-label mean for exosomes",
        "are exosomes made from my own cells?",
        "where do the exosomes come from, my own blood or a donor",
        "my own dermatologist says there is no proof",
        "never had a reaction to my own medication",
        "can my body reject exosomes",
        "how long does swelling last after microneedling with exosomes",
        "is swelling normal after exosomes",
        "what should I do about swelling after my treatment",
        "should I tell my clinic about a lump after the shots",
        "swelling went down after two days, should I book again",
        "how do I make the swelling go away by itself faster",
        "the swelling settled, what are the long term risks",
        "they waited with the second session because of a lump",
        "my clinic says the swelling is fine but I already called my doctor",
        "slightly puffy last night, back to normal now",
        "natural exosomes vs synthetic exosomes",
        "is natural the same as safe",
        "I want natural looking results, nothing can be too subtle",
        "my natural hair is fine and thin",
        "are exosomes alive",
        "can exosomes divide like cells do",
        "are there living cells in it",
        "exosomes are released by cells",
        "my daughter is 15 and wants an exosome facial",
        "my kid is fine with needles",
        "I have no risk factors, what happens at the appointment",
        "I never had a problem with any treatment in years",
        "has nobody ever had a bad reaction?",
        "I am fine with the price, can you tell me how it is given",
        "no problem, thanks",
    ],
)
def test_what_is_true_or_only_asked_is_not_corrected(text: str) -> None:
    assert first_fact(text) is None


def test_a_swelling_that_is_to_be_left_alone_is_for_a_clinician_and_its_report_for_the_country() -> None:
    premise = premise_of("lumps come up after exosomes, you simply leave them alone", country="GB", home="US")
    assert premise is not None
    assert (premise.facts[0], premise.of_reaction) == ("not-on-file-left-alone", True)


def test_the_law_of_the_united_states_corrects_nobody_elsewhere() -> None:
    assert first_fact("the FDA has no say over this", country="GB") is None


def test_every_correcting_fact_is_on_file_and_may_stand_alone() -> None:
    named = {fact for belief in beliefs() for fact in belief.premise.facts}
    assert named - set(shipped().facts) == set()
    assert {belief.premise.topic for belief in beliefs()} - set(shipped().topics) == set()


@pytest.mark.parametrize(
    "text",
    [
        "can i stop my methotrexate",
        "should I come off blood thinners before my exosome session",
        "is it ok for her to skip her warfarin that day",
        "do I keep taking my medication",
    ],
)
def test_a_change_of_medicine_is_for_who_prescribed_it(text: str) -> None:
    assert own_medicine(text)


@pytest.mark.parametrize(
    "text",
    ["can exosomes stop hair loss", "do blood thinners matter", "I take methotrexate, is it ok", "may I drop in in April", ""],
)
def test_other_questions_are_not_about_changing_a_medicine(text: str) -> None:
    assert not own_medicine(text)
