"""A calm question on what to do in an emergency is told from one on anything else."""

from __future__ import annotations

import pytest

from bot.answer.detect.when_to_call import asks_when_to_call
from bot.answer.reply import phrases
from bot.facts.rules import MAX_GRADE, grade


@pytest.mark.parametrize(
    "text",
    [
        "What should I do if my lips swell after the shots?",
        "when should I call an ambulance",
        "at what point do I go to the hospital",
        "what do I do if my throat swells",
        "which symptoms mean I should go to A&E",
        "who do I ring if I can't breathe after it",
        "how do I tell if it's an infection or just redness",
        "if she passes out in the chair what should the nurse do",
        "which side effects need a doctor",
        "when do I need to see a doctor about redness",
        "what happens in case of anaphylaxis",
        "if I faint at home, what do I do?",
        "which reactions are an emergency?",
        "which reactions to exosomes are an emergency?",
        "when do I need to go to the ER after this",
        "what are the signs that I should call 911",
        "in case of an allergic reaction what happens",
        "who do I call if I get a fever at night",
        "how do I know if it is a severe reaction",
    ],
)
def test_asked(text: str) -> None:
    assert asks_when_to_call(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "what should I do before the treatment",
        "which is better for exosomes, a nurse or a doctor?",
        "What is a doctor allowed to inject?",
        "what training does a doctor need for this",
        "which clinics have a doctor on site",
        "when is a doctor better than a nurse",
        "who is allowed to give it when a doctor is away",
        "is the hospital version the same as the clinic's",
        "which hospital do I go to for a facial",
        "what is 999 billion particles",
        "what becomes of the exosomes in the hospital waste",
        "what do I ask when I see a doctor about it",
        "does it cause swelling",
        "what happens in a session",
        "who approved them, and when",
        "was it an FDA emergency use approval",
        "when should I see a result",
        "how common are allergic reactions",
    ],
)
def test_not_asked(text: str) -> None:
    assert not asks_when_to_call(text)


@pytest.mark.parametrize("text", [phrases.WHEN_TO_CALL, phrases.FEVER, phrases.REPORT_IF, phrases.LEFT_ALONE])
def test_what_is_said_is_easy_to_read_and_names_the_number(text: str) -> None:
    assert "{emergency}" in text
    assert grade(text.format(emergency="911")) <= MAX_GRADE
