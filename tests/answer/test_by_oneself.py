"""Who asks to inject without a clinician is warned; who is offered an injection by one is not."""

from __future__ import annotations

import pytest

from bot.answer.detect.by_oneself import asks_measure, asks_own_measure, by_oneself
from bot.answer.reply import phrases
from tests.builders import NOTHING, answerer_of, fact, ids, typed

ALONE = [
    "I want to do the injections on my own, what do I need",
    "is a derma roller at home with exosome serum safe",
    "got vials online, how do I draw it up",
    "can my husband inject me at home",
    "thinking of microneedling my scalp in my bathroom",
    "I ordered a hyaluron pen and exosomes, will it work",
    "can I needle it in without a nurse",
    "I'd rather jab it into my scalp myself",
    "show me how to inject exosomes into my hairline",
    "how would I reconstitute the powder",
    "how do i inject them at home",
    "how do I inject exosomes myself",
    "can i inject exosomes at home",
    "teach me to inject it",
    "i bought a vial and want to needle it in with a dermapen at home",
    "DIY microneedling with exosomes, how",
    "Is it ok to dermaroll my scalp myself and then put the serum on",
]
WITH_A_CLINICIAN = [
    "does an injection with a doctor hurt",
    "is needling with a nurse better than with a beautician",
    "can I sleep at home the night after the injections",
    "how do I look after my skin at home after microneedling",
    "should I have the injection or the facial",
    "do I have to rest at home after injections",
    "I'm on my own with two kids, can I drive after an injection",
    "my clinic sells a home serum to use after the needling",
    "can I bring my own serum for the doctor to inject",
    "I read up on it myself: the injections are banned, right?",
    "is a numbing cream put on before a jab in the scalp",
    "my derm suggests exosome injections for my hair, good idea?",
    "should i let the nurse inject exosomes in my face",
    "my doctor wants to inject my scalp, what do you think",
    "can i have my dermatologist inject it",
    "I have lupus, should I get exosome injections?",
    "does the injection hurt",
    "can they be injected legally",
    "is a cream for home use worth it",
]


@pytest.mark.parametrize("text", ALONE)
def test_who_would_hold_the_needle_is_known(text: str) -> None:
    assert by_oneself(text)


@pytest.mark.parametrize("text", WITH_A_CLINICIAN)
def test_someone_else_holds_the_needle(text: str) -> None:
    assert not by_oneself(text)


@pytest.mark.parametrize(
    "text",
    ["0.75 mm needle for my cheeks", "how many billion for a beginner", "how much must be injected, how much do i need in ml"],
)
def test_a_dose_or_a_depth_for_a_person_is_asked_for(text: str) -> None:
    assert asks_own_measure(text)


@pytest.mark.parametrize("text", ["how many ml are in a vial", "1.5 mm microneedling in the trial", "should I have it", ""])
def test_a_measure_in_general_is_no_case(text: str) -> None:
    assert not asks_own_measure(text)


def test_who_wants_to_be_led_through_it_would_hold_the_needle() -> None:
    assert by_oneself("got a kit, talk me through needling it in")


@pytest.mark.parametrize(
    "text", ["what needle depth then", "how many ml per side", "which dose for 70 kilos", "how deep do you go"]
)
def test_a_dose_or_a_depth_is_asked_for(text: str) -> None:
    assert asks_measure(text)


def test_a_plain_question_on_doing_it_oneself_gets_the_warning_and_the_harms() -> None:
    core = answerer_of([fact("how", topics=["how_given"]), fact("harm", topics=["serious_harms"], stance="against")])
    reply, _ = core.reply(typed("how do I inject exosomes myself", ("storage_stability", 0.9)), NOTHING)
    assert (reply.kind, reply.topics, ids(reply)) == ("personal_advice", ("how_given", "serious_harms"), ["how", "harm"])
    assert reply.text.startswith(phrases.HANDS_ON)


def test_a_dose_from_a_clinician_is_not_given_either() -> None:
    core = answerer_of([fact(topics=["how_given"])])
    reply, _ = core.personal(typed("my doctor said yes, how many ml per side", ("how_given", 0.9)), NOTHING)
    assert (reply.kind, reply.topics) == ("personal_advice", ("how_given",))
    assert reply.text.startswith(phrases.NO_DOSE)
