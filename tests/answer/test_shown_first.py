"""What the shipped facts show first to a question, with the published encoder: a fact, or the gap that says what is missing."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Optional

import pytest

from bot.answer.answerer import Answerer
from bot.answer.interpret import Reading
from bot.answer.question import Question
from bot.answer.reply.contract import Reply
from bot.answer.topics import SAYINGS
from bot.nlu import joint
from tests.builders import NOTHING, TODAY, FixedLibrary, shipped, snapshot_of

Row = tuple[str, str, dict[str, str], str, str, Optional[str]]
SKIN, HAIR = {"use": "skin"}, {"use": "hair"}

# message, topic, scope, kind of reply, what stands first, the gap that is told if any
ROWS: list[Row] = [
    ("Does it do a thing for crow's feet?", "skin_results", SKIN, "answer", "park-ageing-skin-better", None),
    ("what about the dark circles", "skin_results", SKIN, "no_evidence", "under-eye", "under-eye"),
    ("does it help melasma", "skin_results", SKIN, "no_evidence", "melasma-dark-spots", "melasma-dark-spots"),
    ("does it grow hair", "hair_results", HAIR, "answer", "amini-hair-count-up", None),
    ("how does it compare to prp", "versus_prp", {}, "answer", "estupinan-no-better-than-prp", None),
    ("is there a study", "evidence_overall", {}, "answer", "trials-four-favour-exosomes", None),
    ("are there any phase 3 trials", "evidence_overall", {},
     "no_evidence", "phase-3-and-approval-date", "phase-3-and-approval-date"),
    ("does insurance cover exosomes", "cost", {}, "no_evidence", "insurance", "insurance"),
    ("will blue cross cover it", "cost", {}, "no_evidence", "insurance", "insurance"),
    ("how much does an exosome facial cost", "cost", SKIN, "answer", "price", "price"),
    ("does it hurt", "side_effects", {}, "no_evidence", "pain", "pain"),
    ("does it sting", "side_effects", {}, "no_evidence", "pain", "pain"),
    ("does it burn when they put it on", "side_effects", {}, "no_evidence", "pain", "pain"),
    ("has anyone died", "serious_harms", {}, "answer", "us-nebraska-serious-events", "deaths"),
    ("has anybody died", "serious_harms", {}, "answer", "us-nebraska-serious-events", "deaths"),
    ("how many rounds until i see something", "durability", {}, "answer", "aps-hair-density-up", "how-soon-results-show"),
    ("how long does it last", "durability", {}, "answer", "trials-cannot-show-lasting", None),
    ("human exosomes in creams here", "home_products", {"origin": "human", "route": "topical", "jurisdiction": "IE"},
     "answer", "eu-human-cells-banned-in-cosmetics", None),
    ("salmon exosomes any good", "plant_origin", {"origin": "animal"}, "no_evidence", "animal-exosomes", "animal-exosomes"),
    ("are the plant ones any good", "plant_origin", {"origin": "plant"}, "answer", "parkpark-human-and-plant-alike", None),
    ("exosomes or minoxidil", "alternatives", HAIR, "answer", "head-to-head-others", "head-to-head-others"),
    ("my acne scars", "scar_wound_results", SKIN, "answer", "kwon-acne-scars-better", None),
    ("had my first one weds, still a bit pink", "side_effects", {}, "answer", "kwon-redness-milder", "normal-after-treatment"),
    ("is pink on day two ordinary", "side_effects", {}, "answer", "kwon-redness-milder", "normal-after-treatment"),
    ("tiny bit itchy where they rolled it", "side_effects", {}, "answer", "kwon-redness-milder", "normal-after-treatment"),
    ("how is my hairdresser allowed to do this", "regulation", {}, "answer", "us-ind-only-before-licence", "who-may-perform"),
    ("is my nurse injector breaking the law", "regulation", {}, "answer", "us-ind-only-before-licence", "who-may-perform"),
    ("insta ad: 20 BILLION PER ML", "marketing_claims", {}, "answer", "us-misleading-web-claims", "particle-counts"),
    ("w needles??", "how_given", {}, "answer", "clinician-needling-laser", None),
    ("facial step by step", "how_given", SKIN, "answer", "clinician-needling-laser", "session-steps"),
    ("my temples are thinning im 23", "hair_results", HAIR, "answer", "aps-hair-density-up", None),
    ("does it work for women", "hair_results", HAIR, "answer", "womens-hair-loss", "womens-hair-loss"),
    ("do they calm down inflamation", "scar_wound_results", {}, "answer", "patient-article-calm-inflammation", None),
    ("is anything in the vial", "product_quality", {}, "answer", "anne-unknown-contents", None),
    ("who checks purity", "product_quality", {}, "answer", "clinician-purity-not-told", None),
    ("are exosome injections approved?", "approval_status", {"route": "injection"}, "answer", "us-no-approval-found-2026", None),
    ("made out of foreskins?", "origin", {"origin": "human"}, "answer", "clinician-human-sources", "foreskin-cells"),
    ("are plant exosomes safe", "side_effects", {"origin": "plant"}, "no_evidence", "plant-exosome-safety", "plant-exosome-safety"),
    ("do exosomes fade melasma", "skin_results", {"use": "pigment"}, "no_evidence", "melasma-dark-spots", "melasma-dark-spots"),
    ("long covid drip with exosomes, does it do anything", "medical_uses", {"route": "infusion", "use": "medical"},
     "no_evidence", "covid-lungs", "covid-lungs"),
    ("can men have the exosome facial too", "who_should_avoid", {}, "no_evidence", "men-and-women", "men-and-women"),
    ("is it better to wait and do nothing", "alternatives", {}, "no_evidence", "waiting-hair-goes-on", None),
    ("what should i ask a clinic", "choosing_provider", {}, "answer", "patient-article-ask-evidence", None),
]  # fmt: skip


@lru_cache(maxsize=2)
def core(home: str = "US") -> Answerer:
    """The answer core over the shipped facts, of a clinic in `home`."""
    encoder = joint.shared()
    return Answerer(FixedLibrary(snapshot_of(shipped(), encoder=encoder)), encode=encoder.one, home=home, today=lambda: TODAY)


def order(reply: Reply) -> list[str]:
    """The ids of the facts and the gaps that the text tells, in its order."""
    told = {fact.id: fact.statement for fact in reply.facts} | {gap.id: gap.statement for gap in shipped().gaps.values()}
    return sorted((id for id, statement in told.items() if statement in reply.text), key=lambda id: reply.text.index(told[id]))


@pytest.mark.parametrize(("text", "topic", "scope", "kind", "first", "gap"), ROWS, ids=[row[0] for row in ROWS])
def test_what_answers_stands_first(text: str, topic: str, scope: dict[str, str], kind: str, first: str, gap: str | None) -> None:
    question = Question(text=text, intent=topic, confidence=0.9, topics=((topic, 0.9),), scope=scope)
    reply, _ = core().about(Reading("topics", (topic,), scope), question=question, memory=NOTHING)
    told = order(reply)
    assert (reply.kind, told[0], [id for id in told if id in shipped().gaps]) == (kind, first, [gap] if gap else [])


def test_beside_a_gap_on_men_and_women_stands_no_fact_on_a_state_of_health() -> None:
    question = Question(text="can men have the exosome facial too", topics=(("who_should_avoid", 0.6),), intent="who_should_avoid")
    reply, _ = core().about(Reading("topics", ("who_should_avoid",)), question=question, memory=NOTHING)
    assert order(reply) == ["men-and-women", "nobody-studied-by-group"]


@pytest.mark.parametrize("text", ["are they approved", "are exosomes approved"])
def test_that_nothing_is_approved_stands_before_one_persons_view_in_another_country_too(text: str) -> None:
    question = Question(text=text, intent="approval_status", confidence=0.9, topics=(("approval_status", 0.9),))
    reply, _ = core("GB").about(Reading("topics", ("approval_status",)), question=question, memory=NOTHING)
    sayings = [shipped().facts[fact.id].evidence in SAYINGS for fact in reply.facts]
    assert (order(reply)[0], sayings == sorted(sayings), any(sayings)) == ("evcna-no-full-approval", True, True)


def test_what_is_counted_over_the_records_is_dated_by_the_day_of_the_count() -> None:
    counted = [fact for fact in shipped().facts.values() if fact.id.startswith("trials-") or fact.id == "us-no-approval-found-2026"]
    assert {fact.evidence for fact in counted} == {"own_check"}
    assert {dt.date.fromisoformat(fact.as_of) for fact in counted} == {dt.date(2026, 11, 21)}
