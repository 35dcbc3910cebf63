"""Long answers, many buttons, strange replies: what comes of them fits into Slack's messages."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answer.reply.contract import Reply
from bot.slack import limits
from bot.slack.render import buttons, render
from tests.builders import PAPER, PAPER_LINE, line, shown
from tests.slack.turns_of_all_kinds import clarify, turn_of
from tests.slack.validate import message_problems

WORDS = st.text(st.sampled_from("ab &<>*_\n.[]1"), max_size=60)


def _types(blocks: tuple[dict[str, Any], ...]) -> list[str]:
    return [block["type"] for block in blocks]


def _reply(**changes: Any) -> Reply:
    text = f"{line('one')}\n\nKeep in mind: Take care.\n\n{PAPER_LINE}"
    given: dict[str, Any] = {
        "kind": "answer",
        "text": text,
        "facts": (shown("one"),),
        "sources": (PAPER,),
        "caveats": ("Take care.",),
    }
    return Reply(**{**given, **changes})


def test_a_fact_is_a_statement_then_its_evidence_then_caveats_then_sources() -> None:
    (message,) = render(turn_of(_reply())).messages
    assert [block.get("text", {}).get("text") or block["elements"][0]["text"] for block in message.blocks] == [
        "This is what one says. [1]",
        "Review of studies, October 2024",
        "*Keep in mind:* Take care.",
        "*Sources:*\n[1] The title of paper. A journal, May 2024. Peer-reviewed review.",
    ]
    assert _types(message.blocks) == ["section", "context", "context", "context"]
    assert message.text == f"{line('one')}\nKeep in mind: Take care.\n{PAPER_LINE}"


def test_a_fact_that_the_text_does_not_name_is_shown_all_the_same() -> None:
    (message,) = render(turn_of(_reply(text="Something else."))).messages
    assert "This is what one says." in str(message.blocks)
    assert "Review of studies, October 2024" in str(message.blocks)


def test_twelve_choices_all_get_a_button() -> None:
    answer = render(turn_of(clarify(12)))
    (message,) = answer.together()
    elements = message.blocks[-1]["elements"]
    assert len(elements) == 12
    assert len({element["action_id"] for element in elements}) == 12
    assert elements[0]["value"] == '/ask{"topic":"definition"}'


def test_sixty_choices_take_three_action_blocks() -> None:
    offered = [{"title": f"Choice {n}", "payload": f"/ask{n}"} for n in range(60)]
    (message,) = render([{"text": "Which?", "buttons": offered, "custom": {"kind": "clarify"}}]).together()
    assert [len(block["elements"]) for block in message.blocks[1:]] == [25, 25, 10]
    assert message_problems(message.payload) == []


def test_a_long_title_is_cut_and_a_button_that_slack_cannot_carry_is_left_out() -> None:
    offered = [("t" * 80, "/more"), ("Too much", "/" + "x" * 2_000), ("Nothing", ""), (" ", "/more")]
    (button,) = buttons([{"title": title, "payload": payload} for title, payload in offered])
    assert (button["text"]["text"], button["value"]) == ("t" * 74 + "…", "/more")


def test_a_long_text_is_split_into_sections_and_messages_and_nothing_is_lost() -> None:
    text = "\n\n".join(f"Paragraph {n}. " + "Words & more words. " * 60 for n in range(30))
    answer = render(turn_of(_reply(text=text, facts=(), sources=(), caveats=())))
    assert len(answer.messages) > 3
    assert [problem for message in answer.together() for problem in message_problems(message.payload)] == []
    assert " ".join(message.text for message in answer.messages).split() == text.split()


def test_fifty_facts_are_split_between_facts() -> None:
    facts = tuple(shown(f"fact-{n}") for n in range(60))
    text = "\n".join(line(f"fact-{n}") for n in range(60))
    answer = render(turn_of(_reply(text=text, facts=facts)))
    assert len(answer.messages) > 1
    assert all(len(message.blocks) <= limits.BLOCKS for message in answer.together())
    assert all(_types(message.blocks)[:2] == ["section", "context"] for message in answer.messages)
    assert [problem for message in answer.together() for problem in message_problems(message.payload)] == []


def test_buttons_that_no_longer_fit_come_in_a_message_of_their_own() -> None:
    offered = [{"title": "T" * 75, "payload": "/" + "x" * 1_900} for _ in range(5)]
    answer = render([{"text": "Words. " * 500, "buttons": offered, "custom": {"kind": "clarify"}}])
    *_, last = answer.together()
    assert _types(last.blocks) == ["context", "actions"]
    assert [problem for message in answer.together() for problem in message_problems(message.payload)] == []


@settings(max_examples=60)
@given(statement=WORDS, text=WORDS, caveat=WORDS, title=WORDS, long=st.integers(0, 90))
def test_whatever_a_reply_holds_slack_would_take_it(statement: str, text: str, caveat: str, title: str, long: int) -> None:
    fact = shown("x")
    facts = ({**vars(fact), "statement": (statement + "w") * (1 + long), "citations": [1]},)
    source = {**vars(PAPER), "title": title + "t", "url": "https://a.example/" + "u" * long, "interest": caveat or None}
    custom = {"kind": "answer", "facts": facts, "sources": [source], "caveats": [caveat + "c"] * 3, "notice": title or None}
    answer = render(
        [{"text": text + "\n\n" + text * long, "custom": custom, "buttons": [{"title": title + "b", "payload": "/more"}]}]
    )
    assert answer.messages
    for message in (*answer.together(), *answer.apart()):
        assert message_problems(message.payload) == []
        assert limits.problems(message.blocks) == []
