"""What a message asks for where it names a state of health, is a case of one's own, or asks what is allowed."""

from __future__ import annotations

import pytest

from bot.answer.case import case_topics
from bot.answer.interpret import Reading
from bot.answer.question import Question
from bot.answer.thresholds import AT
from tests.answer.test_interpret import LONG, about, read
from tests.builders import typed


class TestConditions:
    """Who names a state of health reads first what it changes."""

    @staticmethod
    def expecting(*ranking: tuple[str, float], **scope: str) -> Question:
        return Question(LONG, intent=ranking[0][0], topics=ranking, scope=scope, conditions=("pregnancy",))

    def test_that_comes_first_where_the_words_point_to_it(self) -> None:
        question = self.expecting(("side_effects", 0.8), ("who_should_avoid", AT.concerned))
        assert read(question) == about("who_should_avoid", "side_effects")

    def test_not_where_the_topic_is_far_from_it_or_there_already(self) -> None:
        assert read(self.expecting(("cost", 0.8), ("who_should_avoid", AT.concerned - 0.01))) == about("cost")
        both = self.expecting(("cost", 0.5), ("who_should_avoid", 0.4))
        assert read(both) == about("cost", "who_should_avoid")

    @pytest.mark.parametrize(
        ("topics", "expected"),
        [
            (("hair_results",), ("who_should_avoid", "hair_results")),
            (("hair_results", "brands"), ("who_should_avoid", "hair_results")),
            (("cost", "who_should_avoid"), ("who_should_avoid",)),
            (("who_should_avoid", "cost"), ("who_should_avoid", "cost")),
            (("home_products",), ("who_should_avoid",)),
        ],
    )
    def test_in_ones_own_case_always(self, topics: tuple[str, ...], expected: tuple[str, ...]) -> None:
        assert case_topics(self.expecting((topics[0], 0.9)), Reading("topics", topics)) == expected


class TestOwnCase:
    """Which topics bear on a person's own case."""

    @pytest.mark.parametrize(
        ("ranking", "scope", "expected"),
        [
            ((("home_products", 0.9),), {"route": "microneedling"}, ("home_products",)),
            ((("home_products", 0.9), ("hair_results", 0.1)), {"route": "injection"}, ("hair_results",)),
            ((("home_products", 0.9),), {"use": "hair"}, ("hair_results",)),
            ((("home_products", 0.9), ("cost", 0.2), ("side_effects", 0.1)), {}, ("side_effects",)),
            ((("home_products", 0.9),), {}, ("decision_help",)),
        ],
    )
    def test_home_products_need_a_route(self, ranking: tuple, scope: dict[str, str], expected: tuple[str, ...]) -> None:
        question = typed(LONG, *ranking, scope=scope)
        assert case_topics(question, about("home_products", **scope)) == expected


class TestAllowed:
    """ "May it be injected" is a question of approval, how it is given only the second."""

    @pytest.mark.parametrize("route", ["injection", "infusion", "topical", None])
    @pytest.mark.parametrize("share", [AT.concerned, AT.concerned - 0.01])
    def test_for_what_goes_into_the_body(self, route: str | None, share: float) -> None:
        scope = {"route": route} if route else {}
        into = route in ("injection", "infusion") and share >= AT.concerned
        question = typed(LONG, ("how_given", 0.8), ("approval_status", share), scope=scope)
        assert read(question) == about(*(("approval_status", "how_given") if into else ("how_given",)), **scope)
