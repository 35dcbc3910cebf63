"""The steps of the decision guide in Slack: inputs that Slack would take, nothing lost, and what is filled in is read back."""

from __future__ import annotations

import html
from typing import Any

import pytest

from bot.aid.content import guide
from bot.slack import filled, limits
from bot.slack.filled import Filled
from bot.slack.form import inputs, said, sections, words
from bot.slack.incoming import Press
from bot.slack.marks import chosen
from bot.slack.render import Answer, render
from tests.aid.talk import Person
from tests.slack.looks import filled as held
from tests.slack.requests_of_slack import sent_back
from tests.slack.turns_of_all_kinds import Turn, of_the_guide, turn_of
from tests.slack.validate import message_problems

PUBLIC = "https://guide.example"


@pytest.fixture(scope="module")
def turns() -> dict[str, Turn]:
    """The guide's turns by name."""
    return dict(of_the_guide())


def _form(turn: Turn) -> dict[str, Any]:
    return turn[0]["custom"].get("form") or {}


def _blocks(answer: Answer) -> list[dict[str, Any]]:
    return [block for message in answer.together() for block in message.blocks]


def _texts(block: Any) -> list[str]:
    """All texts in a block."""
    if isinstance(block, list):
        return [text for one in block for text in _texts(one)]
    if not isinstance(block, dict):
        return []
    own = [block["text"]] if isinstance(block.get("text"), str) else []
    return own + [text for value in block.values() for text in _texts(value)]


def _strings(form: dict[str, Any]) -> list[str]:
    """All that a step says and asks."""
    found = [form["progress"], form["title"], *form["say"], *(one["label"] for one in form["actions"])]
    for control in form["controls"]:
        found += [control["label"], control.get("help") or "", *control.get("lines", ()), *control.get("columns", ())]
        found += [option["label"] for option in control.get("options", ())]
        found += [text for row in control.get("rows", ()) for text in (row["label"], *(cell["text"] for cell in row["cells"]))]
        found += [group["words"] for group in control.get("groups", ())]
    return [text for text in found if text]


def _seen(blocks: Any) -> str:
    """What a person reads, with marks of formatting and the look-alikes undone."""
    return _bare(html.unescape(" ".join(words(text) for text in _texts(blocks))))


def _bare(text: str) -> str:
    return " ".join(text.translate(str.maketrans("∗∼ˋ∶ˍ›¦", "*~`:_>|")).replace("*", "").split())


def test_slack_would_take_every_step(turns: dict[str, Turn]) -> None:
    wrong: dict[str, Any] = {}
    for name, turn in turns.items():
        answer = render(turn, base=PUBLIC)
        for message in (*answer.together(), *answer.apart()):
            if problems := [*message_problems(message.payload), *limits.problems(message.blocks)]:
                wrong[name] = problems
    assert wrong == {}


def test_every_step_that_asks_has_inputs_and_a_button_that_sends_them(turns: dict[str, Turn]) -> None:
    kinds = {"radio": {"radio_buttons"}, "rating": {"static_select"}, "text": {"plain_text_input"}}
    for name, turn in turns.items():
        asked = [one for one in _form(turn).get("controls", ()) if one["kind"] in kinds]
        blocks = _blocks(render(turn))
        made = [block["element"]["type"] for block in blocks if block["type"] == "input"]
        assert [{kind} for kind in made] == [kinds[one["kind"]] for one in asked], name
        labels = [element["text"]["text"] for block in blocks if block["type"] == "actions" for element in block["elements"]]
        offered = [one["label"] for one in _form(turn).get("actions", ())] or ["Go on with the guide"]
        assert labels == [*(["Next"] if asked else []), *offered], name


def test_all_that_a_step_says_is_shown_once_and_in_its_plain_text(turns: dict[str, Turn]) -> None:
    lost: dict[str, Any] = {}
    for name, turn in turns.items():
        answer, form = render(turn, base=PUBLIC), _form(turn)
        shown, plain = _seen(_blocks(answer)), _bare(" ".join(message.text for message in answer.together()))
        for text in _strings(form) if form else [turn[0]["text"]]:
            bare = _bare(text)
            if bare not in shown or (bare not in plain and bare not in [one["label"] for one in form.get("actions", ())]):
                lost[name] = text
    assert lost == {}
    (question,) = [text for text in _texts(_blocks(render(turns["start hair"]))) if text.startswith("What would")]
    assert question == "What would the treatment be for?"


def test_the_progress_stands_above_the_question(turns: dict[str, Turn]) -> None:
    seen = {name: _texts(_blocks(render(turn))) for name, turn in turns.items() if _form(turn)}
    assert "*Step 4 of 7: What matters to you*" in seen["values hair"]
    assert [name for name, texts in seen.items() if not any(text.startswith("*Step ") for text in texts)] == []


def test_options_stand_side_by_side_with_links_to_their_sources_and_numbers_as_icons(turns: dict[str, Turn]) -> None:
    texts = _texts(_blocks(render(turns["options hair"])))
    (legal,) = [text for text in texts if text.startswith("*Legal status")]
    lines = legal.split("\n")
    assert [line.split("*: ")[0] for line in lines[1:]] == [
        f"• *{name}" for name in ("Exosomes as shots", "Minoxidil on the scalp", "Finasteride pills", "Waiting or doing nothing")
    ]
    assert "<https://www.fda.gov/vaccines" in lines[1]
    gain, icons = [text for text in texts if "●" in text]
    assert (gain.count("●"), gain.count("○")) == (16, 184)
    assert (icons.count("●"), icons.count("○")) == (6, 194)
    assert "4 of 100 with the pill (36 of 945 in the trials)\n●●●●" in icons


def test_the_page_is_a_link_where_the_server_has_a_public_address_and_text_in_any_case(turns: dict[str, Turn]) -> None:
    linked, plain = (_texts(_blocks(render(turns["summary hair"], base=base))) for base in (PUBLIC, ""))
    links = [text for text in linked if "/summary/" in text]
    assert links == [
        "<https://guide.example/summary/token|Open the page to print or save>",
        "<https://guide.example/summary/token.pdf|Save it as a PDF>",
    ]
    assert [text for text in linked if text not in links] == plain
    assert "Questions for the clinician" in " ".join(plain)


def test_answers_given_before_are_filled_in_again(turns: dict[str, Turn]) -> None:
    def given(name: str) -> list[str | None]:
        blocks = [block for block in _blocks(render(turns[name])) if block["type"] == "input"]
        elements = [block["element"] for block in blocks]
        return [e["initial_option"]["text"]["text"] if "initial_option" in e else e.get("initial_value") for e in elements]

    assert given("use scars again") == ["Scars"]
    assert given("told scars again") == ["It regrows hair."]
    assert given("lean scars again") == [None, "<more> to *waiting* & seeing"]
    assert given("values scars again") == ["3", "0: does not matter", "5: matters most", "4", "4", "5: matters most", "2", "1"]
    assert given("values passed over") == [None] * 8


def test_what_slack_could_not_carry_becomes_buttons() -> None:
    turn = turn_of(Person().last)
    long = "/guide" + "x" * 200
    form = _form(turn)
    form["controls"][0]["options"][0]["payload"] = long
    turn[0]["buttons"][0]["payload"] = long
    answer = render(turn)
    assert inputs(form) == ()
    assert [button["text"]["text"] for button in answer.buttons][:2] == ["Hair loss", "Ageing skin"]
    assert message_problems(answer.together()[-1].payload) == []
    assert "What would the treatment be for?" in _seen(_blocks(answer))


def test_eleven_choices_become_a_select() -> None:
    options = [{"value": str(n), "label": f"Choice {n}", "payload": f"/guide{n}"} for n in range(11)]
    control = {"kind": "radio", "id": "use", "label": "Which?", "help": "", "value": "3", "options": options}
    (block,) = inputs({"controls": [control]})
    assert (block["element"]["type"], len(block["element"]["options"])) == ("static_select", 11)
    assert block["element"]["initial_option"]["value"] == "/guide3"


def test_a_row_too_long_for_one_section_is_split_between_options_and_nothing_is_lost() -> None:
    cells = [{"text": f"Option {n}. " + "Words & more. " * 60, "citations": [1]} for n in range(6)]
    cells.append({"text": "Long. " * 700, "citations": []})
    table = {"kind": "table", "label": "x", "columns": [f"N{n}" for n in range(7)], "rows": [{"label": "Row", "cells": cells}]}
    form = {"progress": "Step 3 of 7", "title": "Options", "say": ["Here."], "controls": [table]}
    made = list(sections(form, {1: "https://a.example"}))
    assert max(map(len, made)) <= limits.SECTION
    assert " ".join(words(" ".join(made)).split()).count("Words & more.") == 360
    assert " ".join(made).count("Long.") == 700


class TestFilledIn:
    """Ratings go together, own words before a choice, a choice is what was offered; nothing is nothing."""

    def _read(self, turns: dict[str, Turn], name: str, **given: str) -> Filled:
        answer = render(turns[name])
        blocks = _blocks(answer)
        named = {block["block_id"]: block["label"]["text"] for block in blocks if block["type"] == "input"}
        values = held(blocks, {named[key.replace("_", "-")]: value for key, value in given.items()})
        return filled.read(answer.buttons[0]["value"], values)

    def test_a_choice(self, turns: dict[str, Turn]) -> None:
        found = self._read(turns, "start hair", choice="Scars")
        payload, asked = '/guide{"do":"answer","at":"use","value":"scars"}', "What would the treatment be for?"
        assert (found, found.words) == (Filled("use", payload, asked, {"choice": "Scars"}), False)

    def test_own_words(self, turns: dict[str, Turn]) -> None:
        found = self._read(turns, "told hair", words="They said: 5 &lt; 6 &amp; more ")
        assert (found.screen, found.text, found.label, found.words) == ("told", *["They said: 5 < 6 & more"] * 2, True)

    def test_own_words_go_before_a_choice(self, turns: dict[str, Turn]) -> None:
        found = self._read(turns, "lean hair", choice="Exosomes", instead="rather wait")
        assert (found.text, found.shown) == ("rather wait", {"instead": "rather wait"})

    def test_ratings(self, turns: dict[str, Turn]) -> None:
        found = self._read(turns, "values passed over", rating_8="5: matters most", rating_2="0: does not matter")
        assert found.text == "2: 0, 8: 5 next"
        assert found.shown == {"rating-2": "0: does not matter", "rating-8": "5: matters most"}

    @pytest.mark.parametrize("name", ["start hair", "told hair", "values passed over", "lean passed over"])
    def test_nothing(self, turns: dict[str, Turn], name: str) -> None:
        assert self._read(turns, name).text == ""

    @pytest.mark.parametrize(
        "values",
        [None, [], {"choice": None}, {"choice": {"choice": None}}, {"choice": {"choice": {"selected_option": {}}}},
         {"words": {"words": {"type": "plain_text_input", "value": None}}}, {"other": {"other": {"value": "x"}}}],
    )  # fmt: skip
    def test_what_slack_would_not_send_is_nothing(self, values: Any) -> None:
        assert filled.read("use What?", values) == Filled("use", asked="What?")


class TestMarks:
    """What was sent stays to be read: the question and the answer, without the inputs."""

    def _sent(self, turns: dict[str, Turn], name: str, given: dict[str, str]) -> list[str]:
        answer = render(turns[name])
        (message,) = answer.together()
        found = filled.read(answer.buttons[0]["value"], held(list(message.blocks), given))
        press = Press("submit-0", found.text, found.label, sent_back(message.payload), found)
        marked = chosen(press)
        assert message_problems(marked.payload) == []
        assert {block["type"] for block in marked.blocks} <= {"section", "context"}
        return _texts(list(marked.blocks))

    def test_a_choice(self, turns: dict[str, Turn]) -> None:
        texts = self._sent(turns, "route hair", {"How would it be given?": "As shots"})
        assert texts == [
            "*Step 1 of 7: What you think about*",
            "*How would it be given?*\nAs shots",
            "✓ You answered: *As shots*",
        ]

    def test_own_words_beside_a_choice(self, turns: dict[str, Turn]) -> None:
        texts = self._sent(turns, "lean passed over", {"Or in your own words": "<b> & *so*"})
        assert texts[1:] == [
            "*Where do you lean right now?*",
            "*Or in your own words*\n&lt;b&gt; &amp; ∗so∗",
            "✓ You answered: *&lt;b&gt; &amp; ∗so∗*",
        ]

    def test_ratings_those_that_were_given(self, turns: dict[str, Turn]) -> None:
        approval = next(value.text for value in guide().values if value.id == "approval")
        texts = self._sent(turns, "values passed over", {approval: "4"})
        assert f"*{approval}*\n4" in texts
        assert len(texts) == 2 + 8 + 1

    def test_where_slack_does_not_send_the_message_the_question_is_said_again(self, turns: dict[str, Turn]) -> None:
        found = Filled("route", "/x", "How would it be given?", {"choice": "As shots"})
        texts = _texts(list(chosen(Press("submit-0", "/x", "As shots", None, found)).blocks))
        assert texts == ["*How would it be given?*", "✓ You answered: *As shots*"]

    def test_a_text_is_not_escaped_twice(self) -> None:
        message = {"text": "A &amp; B &lt;c&gt;", "blocks": []}
        assert chosen(Press("choose-0", "/more", "More", message)).payload["text"] == "A &amp; B &lt;c&gt;\n✓ You chose: More"


def test_inputs_in_words_are_enough_to_answer_by_typing(turns: dict[str, Turn]) -> None:
    lines = said(render(turns["lean hair"]).inputs).split("\n")
    assert lines[0] == "Where do you lean right now? Only you can say. You can also write it in your own words."
    assert lines[1] == "1. Exosomes"
    assert lines[-1] == "Or in your own words"
