"""The first line to who is in despair: it fits what has been done as well as what may be done."""

from __future__ import annotations

import pytest
import textstat
import yaml

from bot.settings import ROOT

REPLIES = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["responses"]["utter_crisis"]
FIRST = {
    next((one["value"] for one in reply.get("condition", []) if one["name"] == "language"), "en"): reply["text"].split("\n")[0]
    for reply in REPLIES
}
BOTH = {
    "en": "Call {emergency} now if you have taken something, are hurt, or may act on these thoughts. "
    "To talk to someone at once: {crisis}.",
    "es": "Llame ahora al {emergency} si ha tomado algo, se ha hecho daño o cree que puede hacérselo. "
    "Para hablar con alguien: {crisis}.",
    "fr": "Appelez le {emergency} tout de suite si vous avez pris quelque chose, si vous vous êtes fait du mal ou si vous "
    "pensez le faire. Pour parler à quelqu'un : {crisis}.",
    "zh": "如果您已经服下了药物或别的东西、已经受伤,或可能伤害自己,请立即拨打 {emergency}。想找人倾诉:{crisis}。",
}


@pytest.mark.parametrize("language", BOTH)
def test_an_overdose_already_taken_is_told_to_call_as_well(language: str) -> None:
    assert FIRST[language] == BOTH[language]


@pytest.mark.parametrize("language", FIRST)
def test_both_numbers_stand_in_the_first_line_of_every_language(language: str) -> None:
    assert (FIRST[language].count("{emergency}"), FIRST[language].count("{crisis}")) == (1, 1)


def test_the_english_text_is_easy_to_read() -> None:
    text = REPLIES[-1]["text"].format(emergency="911", crisis="988")
    assert textstat.flesch_kincaid_grade(text) <= 8
