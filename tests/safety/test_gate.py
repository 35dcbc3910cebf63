"""The verdict on a message, from its signs and from what a classifier would say; and how a long one is read."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest
import yaml

from bot.safety.emergency.gate import (
    ALARM,
    ALARM_RESERVED,
    ALARM_TAKEN_BACK,
    DESPAIR,
    SUPPORT,
    WINDOW,
    SafetyClassifier,
    Verdict,
    judge,
    squeezed,
    understood,
    windows,
)
from bot.safety.emergency.letters import LetterClassifier
from bot.safety.emergency.signs import SignFinder
from bot.settings import ROOT


class Fixed(SafetyClassifier):
    """Says what it was told to, whatever the vector; the vector's own number, if it is higher, is the alarm."""

    def __init__(self, alarm: float, crisis: float = 0.0) -> None:
        self.alarm, self.crisis = alarm, crisis

    def probabilities(self, vector: np.ndarray) -> tuple[float, float]:
        """The numbers given."""
        return max(self.alarm, float(vector[0])), self.crisis


@lru_cache(maxsize=1)
def finder() -> SignFinder:
    """The shipped signs, compiled once."""
    return SignFinder()


def encode(text: str) -> np.ndarray:
    """A vector that is alarming for the one text "danger"."""
    return np.array([0.9 if text == "danger" else 0.0])


def verdict(text: str, alarm: float | None = None, crisis: float = 0.0) -> Verdict:
    """The verdict where the classifier gives these numbers, or without one."""
    return judge(text, encode=encode, classifier=None if alarm is None else Fixed(alarm, crisis), finder=finder())


class TestJudge:
    """Signs and meaning together."""

    @pytest.mark.parametrize(
        ("alarm", "crisis", "expected"),
        [
            (ALARM - 0.01, 1.0, None),
            (ALARM, 0.49, "emergency"),
            (ALARM, DESPAIR, "crisis"),
        ],
    )
    def test_the_meaning_alone_is_enough(self, alarm: float, crisis: float, expected: str | None) -> None:
        assert verdict("it is all strange", alarm, crisis) == Verdict(expected, alarm)

    @pytest.mark.parametrize(("alarm", "expected"), [(SUPPORT, "emergency"), (SUPPORT / 2, None)])
    def test_a_sign_raises_it_unless_the_meaning_is_clearly_calm(self, alarm: float, expected: str | None) -> None:
        assert verdict("my chest is tight", alarm) == Verdict(expected, alarm, ("chest",))

    @pytest.mark.parametrize(
        ("text", "sign", "intent"),
        [
            ("my throat is closing", "airway", "emergency"),
            ("I cant breathe", "breathing", "emergency"),
            ("i drank the vial", "poison", "emergency"),
            ("I want to kill myself", "suicide", "crisis"),
        ],
    )
    def test_some_signs_count_whatever_the_classifier_says(self, text: str, sign: str, intent: str) -> None:
        found = verdict(text, 0.0)
        assert found.intent == intent
        assert sign in found.signs

    @pytest.mark.parametrize("text", ["my throat is closing", "my chest is tight", "she passed out"])
    def test_a_named_physical_sign_is_never_answered_as_a_crisis(self, text: str) -> None:
        assert verdict(text, 1.0, 1.0).intent == "emergency"

    @pytest.mark.parametrize(
        "text", ["I would never kill myself", "if it fails I will kill myself", "lol I want to die", "last year I was suicidal"]
    )
    def test_a_sign_of_self_harm_is_never_taken_back(self, text: str) -> None:
        assert (verdict(text, 0.0).intent, verdict(text).intent) == ("crisis", "crisis")

    def test_a_sign_that_is_taken_back_does_not_count(self) -> None:
        assert verdict("what do I do if my throat is closing", ALARM - 0.01) == Verdict(None, ALARM - 0.01)

    @pytest.mark.parametrize(("alarm", "intent"), [(ALARM_TAKEN_BACK - 0.01, None), (ALARM_TAKEN_BACK, "emergency")])
    def test_where_every_sign_is_taken_back_the_meaning_must_be_surer(self, alarm: float, intent: str | None) -> None:
        assert verdict("I had no chest pain", alarm).intent == intent

    @pytest.mark.parametrize(
        "text",
        [
            "I'm not suicidal, only vexed",
            "i dont want to die bald",
            "I want to die of embarrassment",
            "As a teen I tried to end my life. I'm very happy these days",
        ],
    )
    def test_despair_denied_in_jest_or_long_over_is_left_to_the_meaning(self, text: str) -> None:
        assert verdict(text, ALARM_TAKEN_BACK - 0.01).intent is None
        assert verdict(text, ALARM_TAKEN_BACK, 1.0).intent == "crisis"

    @pytest.mark.parametrize(
        "text",
        [
            "I'm not suicidal but I want to kill myself",
            "As a teen I was suicidal and today it is back, they say I'm doing great",
            "two years ago I wanted to end my life",
            "I want to die",
        ],
    )
    def test_despair_that_is_not_over_stands(self, text: str) -> None:
        assert verdict(text, 0.0).intent == "crisis"

    @pytest.mark.parametrize(
        ("text", "spoken"),
        [
            ("no me duele el pecho", "es"),
            ("nadie se desmayó", "es"),
            ("mi abuelo murió de sepsis", "es"),
            ("je n'ai aucune douleur à la poitrine", "fr"),
            ("évanouie au lycée il y a longtemps, une fois à la cantine", "fr"),
        ],
    )
    def test_in_spanish_and_french_what_is_denied_or_past_needs_a_sure_meaning(self, text: str, spoken: str) -> None:
        for alarm, intent in ((ALARM_RESERVED - 0.01, None), (ALARM_RESERVED, "emergency")):
            asked = {"encode": encode, "classifier": Fixed(alarm), "finder": finder(), "spoken": spoken}
            assert judge(text, **asked).intent == intent  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        ("text", "spoken"),
        [("quiero morirme de risa", "es"), ("j'ai envie de mourir de rire", "fr"), ("笑死我了 想死的心都有", "zh")],
    )
    def test_ways_to_speak_are_no_signs(self, text: str, spoken: str) -> None:
        assert finder().find(text, spoken=spoken) == []

    @pytest.mark.parametrize(
        "text",
        ["nobody fainted", "my worst fear is that I can't breathe", "her eyes are swollen but coming down", "tight chest muscles"],
    )
    def test_a_sign_that_is_denied_feared_or_going_is_left_to_the_meaning(self, text: str) -> None:
        assert verdict(text, ALARM_TAKEN_BACK - 0.01).intent is None

    @pytest.mark.parametrize(
        "text", ["swelling going down into my throat, lips huge", "chest pressure", "fine the next minute, then she collapsed"]
    )
    def test_words_that_are_only_like_those_take_nothing_back(self, text: str) -> None:
        assert verdict(text, SUPPORT).intent == "emergency"

    @pytest.mark.parametrize(
        ("text", "intent"), [("- [x] qefj", None), ("!!! -0z", None), ("h e l l o", None), ("me muero aqui", "emergency")]
    )
    def test_the_meaning_of_what_holds_no_word_is_not_believed(self, text: str, intent: str | None) -> None:
        assert verdict(text, 0.6).intent == intent

    def test_without_a_classifier_the_signs_decide(self) -> None:
        assert verdict("my chest is tight").intent == "emergency"
        assert verdict("is it safe for my skin").intent is None

    def test_one_sentence_of_a_long_message_is_enough(self) -> None:
        long = " ".join(f"word{number}" for number in range(WINDOW)) + "\n"
        assert verdict(long + "danger", 0.0) == Verdict("emergency", 0.9)


class TestBodyAndDespair:
    """An emergency of the body comes first, the crisis line beside it."""

    @pytest.mark.parametrize("text", ["I took all my pills and I want to die", "i want to kill myself and my chest is tight"])
    def test_both_named(self, text: str) -> None:
        found = verdict(text, 0.9, 0.9)
        assert (found.intent, found.crisis_too) == ("emergency", True)

    def test_the_body_named_and_despair_meant(self) -> None:
        found = verdict("she passed out", 0.9, 0.9)
        assert (found.intent, found.crisis_too) == ("emergency", True)

    @pytest.mark.parametrize("text", ["something is odd", "What if I can't breathe? I nearly can't"])
    def test_where_neither_is_clear_the_body_comes_first_and_the_crisis_line_beside_it(self, text: str) -> None:
        found = verdict(text, 0.9, DESPAIR - 0.01)
        assert (found.intent, found.crisis_too) == ("emergency", True)

    def test_a_sign_of_the_body_that_is_taken_back_still_tells_the_kind(self) -> None:
        assert verdict("What if I can't breathe? I nearly can't", 0.9, 1.0).intent == "emergency"

    @pytest.mark.parametrize(("crisis", "beside"), [(0.5, False), (DESPAIR, True)])
    def test_beside_a_foreign_sign_of_the_body_the_crisis_line_needs_more(self, crisis: float, beside: bool) -> None:
        asked = {"encode": encode, "classifier": Fixed(0.9, crisis), "finder": finder(), "spoken": "zh"}
        assert judge("我喘不上气", **asked).crisis_too is beside  # type: ignore[arg-type]

    @pytest.mark.parametrize("text", ["my throat is closing", "i want to kill myself"])
    def test_one_alone(self, text: str) -> None:
        assert verdict(text, 0.9, 0.1).crisis_too is False


class TestLanguages:
    """The classifier is asked only in the languages it has learnt."""

    def test_in_another_language_the_signs_decide(self) -> None:
        asked = {"encode": encode, "classifier": Fixed(0.99), "finder": finder()}
        assert judge("nur etwas rot", spoken="de", **asked).intent is None  # type: ignore[arg-type]
        found = judge("ich kriege keine Luft", spoken="de", **asked)  # type: ignore[arg-type]
        assert (found.intent, found.language) == ("emergency", "de")

    @pytest.mark.parametrize(
        ("text", "language"), [("nefes alamıyorum", "tr"), ("voglio farla finita", "it"), ("my throat is closing", None)]
    )
    def test_the_signs_tell_the_language_of_a_short_message(self, text: str, language: str | None) -> None:
        assert verdict(text).language == language


@pytest.mark.parametrize(
    ("judged", "spoken", "language", "intent"),
    [
        (Verdict(None, 0.01), "en", "en", None),
        (Verdict(None, 0.01), "de", "de", "other_language"),
        (Verdict("crisis", 0.9, ("suicide-plan",)), "en", "en", "crisis"),
        (Verdict("emergency", 0.05, ("es",), "es"), "en", "es", "emergency"),
        (Verdict("emergency", 0.05, ("es",), "es"), "fr", "fr", "emergency"),
        (Verdict("emergency", 0.05, ("translit",), "translit"), "en", "en", "emergency"),
        (Verdict("emergency", 0.05, ("translit-suicide",), "translit"), "pl", "en", "emergency"),
    ],
)
def test_what_a_verdict_means_for_the_turn(judged: Verdict, spoken: str, language: str, intent: str | None) -> None:
    assert understood("some text", judged, spoken=spoken) == {
        "entities": [{"entity": "language", "value": language, "start": 0, "end": 9, "extractor": "SafetyGate"}],
        "signs": list(judged.signs),
        "crisis_too": False,
        "alarm": judged.probability,
        **({"intent": {"name": intent, "confidence": 1.0}} if intent else {}),
    }


class TestWindows:
    """A long message is read whole and in runs of sentences."""

    def test_a_short_message_is_read_once(self) -> None:
        text = " ".join(["word"] * WINDOW)
        assert windows(text) == [text]
        assert windows("") == [""]

    def test_a_long_one_also_in_runs_of_whole_sentences(self) -> None:
        sentences = [" ".join([f"s{n}"] * 24) + "." for n in range(4)]
        text = " ".join(sentences)
        assert windows(text) == [text, " ".join(sentences[:2]), " ".join(sentences[2:])]

    def test_nothing_is_lost_and_no_run_is_too_long(self) -> None:
        text = " ".join(f"w{n}{'.' if n % 37 == 0 else ''}" for n in range(500)) + " " + "x " * 150
        whole, *runs = windows(text)
        assert whole == text
        assert " ".join(runs).split() == text.split()
        assert max(len(run.split()) for run in runs) <= WINDOW


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("exosome " * 400, "exosome"),
        ("is it safe " * 3, "is it safe"),
        ("very very sore", "very very sore"),  # twice is how people speak
        ("", ""),
    ],
)
def test_what_is_repeated_is_read_once(text: str, said: str) -> None:
    assert squeezed(text) == said


def test_letters_are_a_second_judge_in_the_languages_that_the_encoder_knows_less_well() -> None:
    calm = ["cuanto cuesta la sesion", "a que hora abren", "tengo la piel seca"]
    alarming = ["mi padre no respira bien", "se puso morado y no despierta", "se ahoga y no contesta"]
    letters = LetterClassifier().fit([*calm, *alarming], [False] * 3 + [True] * 3)
    assert letters.beside("a que hora abren hoy", 0.9) < letters.beside("mi madre no respira", 0.9)


def test_the_gate_comes_before_all_else_that_reads_a_message() -> None:
    pipeline = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    assert pipeline[0] == {"name": "bot.nlu.safety_gate.SafetyGate"}
