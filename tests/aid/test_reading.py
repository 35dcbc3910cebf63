"""What people type at a screen, and what it is taken for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.aid.before import Before, before
from bot.aid.content import guide
from bot.aid.reading import Move, asked_for, for_another_use, read, unclear, wants_verdict
from bot.aid.screens import shuffled
from bot.aid.state import State
from tests.aid.talk import Person

SCREEN, FACTS, OTHER = Before(guide=True), Before(facts=True), Before()


def at(screen: str, **answers: Any) -> State:
    """An open guide at that screen."""
    return State(at=screen, answers=answers, seed=7, open=True)


def taken(state: State, text: str, *, before: Before = SCREEN) -> tuple[str, Any] | None:
    """The move and its value."""
    found = read(guide(), state, text, before=before)
    return (found.do, found.value if found.do == "answer" else found.at) if found else None


@pytest.mark.parametrize(
    ("screen", "text", "move"),
    [
        ("use", "2", ("answer", "skin")),
        ("use", "Hair loss", ("answer", "hair")),
        ("use", " WRINKLES. ", ("answer", "skin")),
        ("use", "7", None),
        ("use", "purple", None),
        ("use", "my hair", ("answer", "hair")),
        ("use", "it's for old acne scars", ("answer", "scars")),
        ("use", "scars on my face", ("answer", "scars")),
        ("use", "hair and skin", ("several", "use")),
        ("use", "both my scars and hair loss", ("several", "use")),
        ("use", "hair or shots, what is it", None),
        ("use", "my hairline is receding", ("answer", "hair")),
        ("use", "which one is best", ("verdict", "use")),
        ("use", "not hair", None),
        ("use", "hair loss side effects", None),
        ("use", "does it help hair", None),
        ("use", "it's for hair actually", ("answer", "hair")),
        ("use", "eczema", ("other", "use")),
        ("use", "something else", ("other", "use")),
        ("use", "my acne scars", ("answer", "scars")),
        ("stance", "change the route to injection", ("answer", "injection")),
        ("stance", "switch my treatment to a laser", ("answer", "laser")),
        ("decision", "Do I take the serum or wait a year?", ("answer", "Do I take the serum or wait a year?")),
        ("decision", "should we go ahead with it or not", ("answer", "should we go ahead with it or not")),
        ("decision", "what are the side effects?", None),
        ("decision", "can I talk to someone", None),
        ("decision", "5", ("unclear", "decision")),
        ("open", "How long does it last?", ("answer", "How long does it last?")),
        ("open", "thanks", None),
        ("told", "you choose", ("verdict", "told")),
        ("told", "Decide for me!", ("verdict", "told")),
        ("told", "Answer: you choose", ("answer", "you choose")),
        ("told", "they said you choose the spot yourself", ("answer", "they said you choose the spot yourself")),
        ("open", "why?", None),
        ("use", "Answer: scars", ("answer", "scars")),
        ("route", "I don’t know", ("answer", "unsure")),
        ("route", "I'd rather not say", ("skip", "route")),
        ("route", "a laser", ("answer", "laser")),
        ("route", "i meant with needling", ("answer", "microneedling")),
        ("route", "jabs into the scalp i think", ("answer", "injection")),
        ("route", "jabs i think", ("answer", "injection")),
        ("route", "they didn't say", ("answer", "unsure")),
        ("route", "no needles please", None),
        ("route", "what about laser", None),
        ("route", "is laser safe", None),
        ("stance", "I'm in two minds", ("answer", "thinking")),
        ("stance", "nearly booked", None),
        ("route", "needles or a laser", ("several", "route")),
        ("told", "tell me about the side effects", None),
        ("told", "They said it lasts a year", ("answer", "They said it lasts a year")),
        ("told", "is it safe?", None),
        ("told", "what are the risks", None),
        ("told", "what they said was vague", ("answer", "what they said was vague")),
        ("told", "Answer: is it safe?", ("answer", "is it safe?")),
        ("told", "thanks", None),
        ("told", "nothing", ("skip", "told")),
        ("own", "my wedding is soon, 5", ("answer", ("my wedding is soon", 5))),
        ("own", "I am 35", ("answer", ("I am 35", None))),
        ("check-approved", "nope", ("answer", "no")),
        ("sure-sure", "y", ("answer", "yes")),
        ("sure-sure", "maybe", ("answer", "no")),
        ("sure-sure", "I’m not sure", ("answer", "no")),
        ("sure-sure", "yes but not sure", None),
        ("sure-sure", "I think I do", ("answer", "yes")),
        ("sure-sure", "not really, no", ("answer", "no")),
        ("sure-sure", "No, I feel I need more time", ("answer", "no")),
        ("sure-sure", "yes, but what is the risk", None),
        ("sure-sure", "no I want to talk to a person", None),
        ("check-approved", "No, I believe it is not", ("answer", "no")),
        ("check-approved", "it's not approved", ("answer", "no")),
        ("check-weeks", "yes they are under 16 weeks", ("answer", "yes")),
        ("check-weeks", "no I don't know", None),
        ("check-weeks", "no thanks", None),
        ("check-share", "i guess not", ("answer", "no")),
        ("check-weeks", "I dont know", ("answer", "unsure")),
        ("check-weeks", "i think so", ("answer", "yes")),
        ("options", "ok", ("skip", "options")),
        ("options", "continue", ("skip", "")),
        ("options", "hair", ("answer", "hair")),
        ("lean", "more to waiting", ("answer", "more to waiting")),
        ("lean", "should I do it?", None),
        ("lean", "you tell me", ("verdict", "lean")),
        ("stance", "skip this", ("skip", "stance")),
        ("stance", "go back", ("back", "stance")),
        ("stance", "stop", ("stop", "stance")),
        ("stance", "change 2", ("change", "stance")),
        ("stance", "change step 6", ("change", "sure-sure")),
        ("stance", "change my answer to route", ("change", "route")),
        ("stance", "change the world", None),
        ("told", "change what the clinic said", ("change", "told")),
        ("told", "change what the clinic told me", ("change", "told")),
        ("told", "change who has a say", ("change", "others")),
        ("told", "change my reasons", ("change", "values")),
        ("told", "change my own reasons", ("change", "own")),
        ("open", "change what's still open", ("change", "open")),
        ("open", "change where I lean", ("change", "lean")),
        ("open", "change my decision", ("change", "decision")),
        ("open", "change what matters most to me", ("change", "values")),
        ("open", "go back to the check", ("change", "check-approved")),
        ("told", "change the dressing twice a day", ("answer", "change the dressing twice a day")),
        ("stance", "show me my summary", ("summary", "stance")),
        ("stance", "start over", ("restart", "stance")),
        ("stance", "what did I say so far", ("summary", "stance")),
        ("stance", "I don't want to answer that", ("skip", "stance")),
    ],
)
def test_at_a_screen(screen: str, text: str, move: tuple[str, Any] | None) -> None:
    assert taken(at(screen), text) == move


@pytest.mark.parametrize("text", ["2", "hair", "yes", "stop", "next", "go on", "They said so", "is it safe?"])
def test_after_another_reply_an_answer_is_not_guessed(text: str) -> None:
    assert taken(at("use"), text, before=FACTS) is None


@pytest.mark.parametrize(
    "text",
    [
        "continue", "Resume", "go on with the guide", "back to my decision", "ok, continue please", "where were we",
        "can we go back to the guide", "take me back to where I was", "where were we?", "carry on with the guide", "Where was I",
        "let's keep going with my decision", "can we pick up where we left off?", "I'd like to go on with the steps, please",
    ],
)  # fmt: skip
def test_after_another_reply_the_guide_is_found_again_by_its_name(text: str) -> None:
    for last in (FACTS, OTHER):
        assert taken(at("use"), text, before=last) == ("continue", "")


@pytest.mark.parametrize(
    ("text", "do"),
    [("skip", "continue"), ("skip this", "continue"), ("back", "continue"), ("next step", "continue"), ("stop the guide", "stop"),
     ("my page please", "summary")],
)  # fmt: skip
def test_after_another_reply_a_command_of_the_guide_leads_back_and_skips_nothing(text: str, do: str) -> None:
    found = read(guide(), at("told"), text, before=FACTS)
    assert found == Move(do, at="told")


@pytest.mark.parametrize("text", ["go on", "carry on", "let's keep going", "ok, go on please", "proceed"])
def test_to_go_on_means_the_guide_unless_there_may_be_more_of_an_answer(text: str) -> None:
    found = [taken(replace(at("use"), open=open), text, before=one) for open in (True, False) for one in (SCREEN, OTHER, FACTS)]
    assert found == [("continue", ""), ("continue", ""), None] * 2


@pytest.mark.parametrize(
    "text", ["carry on with the guide", "where were we", "Where were we?", "back to the guide", "resume my decision"]
)
def test_a_guide_that_was_stopped_is_taken_up_by_its_name_at_any_time(text: str) -> None:
    stopped = replace(at("stance"), open=False)
    assert [taken(stopped, text, before=one) for one in (SCREEN, OTHER, FACTS)] == [("continue", "")] * 3


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("continue", [("continue", ""), ("continue", ""), None]),
        ("my page please", [("summary", "stance"), None, None]),
        ("change 3", [("change", "options"), None, None]),
        *((text, [None, None, None]) for text in ("2", "close", "yes", "skip it for now", "my wife", "is it safe?", "thanks")),
    ],
)
def test_after_a_stop_nothing_typed_answers_a_screen(text: str, after: list[tuple[str, Any] | None]) -> None:
    stopped = replace(at("stance"), open=False)
    assert [taken(stopped, text, before=one) for one in (SCREEN, OTHER, FACTS)] == after


def test_what_was_said_before_is_told_by_its_kind() -> None:
    person = Person()
    assert before(person.last.custom()) == before(person.does(Move("stop")).custom()) == SCREEN
    assert before({"kind": "answer", "facts": [{}]}) == FACTS
    assert before({"kind": "emergency", "facts": []}) == before({}) == before(None) == OTHER


def test_ratings_are_taken_in_the_order_shown_in_pairs_and_in_parts() -> None:
    state = at("values")
    order = [value.id for value in shuffled(guide(), state)]
    assert taken(state, "3 0 5 4 4 5 2 1") == ("answer", dict(zip(order, (3, 0, 5, 4, 4, 5, 2, 1))))
    assert taken(state, "2: 4, 8: 0") == ("answer", {order[1]: 4, order[7]: 0})
    assert taken(state, "5") == ("answer", {order[0]: 5})
    assert taken(at("values", values={order[0]: 5}), "1") == ("answer", {order[1]: 1})
    assert taken(state, "all 3") == ("answer", dict.fromkeys(order, 3))
    assert taken(at("values", values={order[0]: 5}), "the rest 0") == ("answer", dict.fromkeys(order[1:], 0))
    assert read(guide(), state, "Answer: 1: 3, 2: 5 next", before=SCREEN) == Move(
        "answer", "values", {order[0]: 3, order[1]: 5}, onward=True
    )


def test_an_answer_from_the_controls_of_a_screen_answers_that_one_and_not_the_one_on_show() -> None:
    state = at("open")
    first = shuffled(guide(), state)[0].id
    given = (("told", "is it safe?"), ("values", "1: 3 next"), ("check-weeks", "no"), ("open", "stop"), ("purple", "is it safe?"))
    found = [read(guide(), state, text, before=before, at=name) for name, text in given for before in (SCREEN, FACTS)]
    told, rated = Move("answer", "told", "is it safe?"), Move("answer", "values", {first: 3}, onward=True)
    assert found == [
        told,
        told,
        rated,
        rated,
        *[Move("answer", "check-weeks", "no")] * 2,
        *[Move("answer", "open", "stop")] * 2,
        Move("answer", "open", "is it safe?", asks=True),
        None,
    ]


@pytest.mark.parametrize("text", ["2 is 4", "number 2 is 4", "change my rating of 2 to 4", "change 2 to 4", "put 2 at a 4, please"])
def test_one_rating_can_be_changed_in_words(text: str) -> None:
    state = at("values", values={"money": 1})
    assert taken(state, text) == ("answer", {shuffled(guide(), state)[1].id: 4})


@pytest.mark.parametrize("text", ["6", "9: 3", "1: 7", "3 0 5 4 4 5 2 1 1", "money 5", "9 is 3", "1 to 5"])
def test_numbers_that_are_no_rating_are_asked_for_again(text: str) -> None:
    assert taken(at("values"), text) == ("unclear", "values")


@pytest.mark.parametrize("text", ["a lot", "is 5 the most?", "how many of 100 people get lumps"])
def test_what_is_no_rating_is_not_taken_for_one(text: str) -> None:
    assert taken(at("values"), text) is None


def test_what_was_named_at_the_start_is_confirmed_with_a_word() -> None:
    assert taken(at("use", use="scars"), "ok") == ("skip", "use")
    assert taken(at("use"), "ok") == ("unclear", "use")
    assert taken(at("use"), "thanks") is None


@pytest.mark.parametrize(
    ("screen", "text", "meant"),
    [
        ("use", "purple", True), ("sure-sure", "hm hard to say", True), ("values", "a lot", True), ("options", "wow", True),
        ("use", "side effects?", False), ("use", "is it safe", False), ("use", "what is that", False), ("told", "purple", False),
        ("use", "my brother in law had this done in Seoul last year", False),
    ],
)  # fmt: skip
def test_a_few_unclear_words_at_a_list_of_choices_are_meant_for_it(screen: str, text: str, meant: bool) -> None:
    assert unclear(guide(), at(screen), text) is meant


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("A clinic in Leeds quoted me for jabs. Walk me thru whether this makes sense for me", True),
        ("I can’t decide, help me go through it", True),
        ("should I have the jabs, I can't decide", False),
        ("help me decide: yes or no?", False),
        ("I have a vial and a needle, talk me through the first jab", False),
        ("is it right for me", False),
    ],
)
def test_to_be_led_through_the_choice_is_told_from_a_verdict(text: str, asked: bool) -> None:
    assert asked_for(guide(), text) is asked


def test_the_order_of_the_reasons_differs_between_people_and_stays_for_one() -> None:
    orders = {tuple(value.id for value in shuffled(guide(), State(seed=seed))) for seed in range(1, 20)}
    assert len(orders) > 10
    assert shuffled(guide(), State(seed=3)) == shuffled(guide(), State(seed=3))


def test_a_question_at_what_is_still_open_is_to_be_answered_too() -> None:
    found = [
        read(guide(), at("open"), text, before=SCREEN) for text in ("Will I need a second round?", "Answer: Will I?", "the price")
    ]
    assert [one.asks for one in found if one] == [True, False, False]


@pytest.mark.parametrize(
    ("text", "wants"),
    [("you choose", True), ("whats best for me", True), ("just tell me what to do", True), ("my doctor will choose", False),
     ("needles", False)],
)  # fmt: skip
def test_a_wish_for_a_verdict_is_heard(text: str, wants: bool) -> None:
    assert wants_verdict(guide(), text) is wants


@pytest.mark.parametrize(
    ("text", "other"),
    [("help me decide for my eczema", True), ("for stretch marks", True), ("for my acne scars", False), ("hair", False)],
)
def test_what_the_guide_has_no_options_for_is_told_apart(text: str, other: bool) -> None:
    assert for_another_use(guide(), text) is other
