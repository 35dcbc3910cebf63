"""The small messages around an answer: what was asked, what was chosen, who shared it. Imports no Rasa."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from bot.slack.filled import INSTEAD
from bot.slack.incoming import Press
from bot.slack.limits import LABEL, cut
from bot.slack.mrkdwn import bold, escape, split, unescape
from bot.slack.render import Answer, Message, choices, context, section

SHARED = "You shared this answer with the channel."
GONE = "I no longer have that answer at hand. Please ask once more, then share it."
NOT_SHARED = "I could not post in this channel. Please copy the answer, or invite me and mention me here."
NOTHING = "Please fill in or choose something first, or press Skip."
MOST_ASKED = 500  # characters of a question that is said again


def asked(question: str) -> Message:
    """The question, before the answer to it, in a place where it cannot be seen otherwise."""
    piece = split(cut(question, MOST_ASKED), 2_900)[0]
    return Message(f"You asked: {piece}", (section(f"*You asked:* {escape(piece)}"),))


def chosen(press: Press, *, by: str | None = None) -> Message:
    """The message that was pressed without its buttons, and what was chosen; `by` names the person among several.

    What was filled in stands below what was asked.
    """
    sent, label = press.filled, cut(press.label, 150)
    did = "answered" if sent else "chose"
    note = context([f"✓ {f'<@{by}>' if by else 'You'} {did}: {bold(label)}"])
    blocks = []
    for block in (press.message or {}).get("blocks") or ():
        if block.get("type") == "input":
            blocks += [section(text) for text in _filled_in(block, sent.shown if sent else {})]
        elif block.get("type") != "actions":
            blocks.append(block)
    if sent and not blocks:
        blocks = [section(bold(cut(sent.asked, 500)))] if sent.asked else []
    text = f"✓ {'Someone' if by else 'You'} {did}: {label}"
    before = unescape(str((press.message or {}).get("text") or ""))
    return Message(f"{before}\n{text}".strip(), (*blocks, note))


def _filled_in(block: Mapping[str, Any], shown: Mapping[str, str]) -> Iterator[str]:
    """An input as text: what was asked, and the answer where there is one."""
    name, label = str(block.get("block_id")), unescape(str(((block.get("label") or {}).get("text")) or "?"))
    if name in shown:
        yield f"{bold(cut(label, LABEL))}\n{escape(cut(shown[name], 500))}"
    elif name != INSTEAD:
        yield bold(cut(label, LABEL))


def shared(answer: Answer, *, by: str) -> Iterator[Message]:
    """The messages of `answer` for the whole channel, without buttons; the last says who shared it."""
    *before, last = answer.messages
    yield from before
    note = context([f"Shared by <@{by}>. To ask me something, mention me or type /exosomes."])
    yield replace(last, blocks=(*last.blocks, note))


def after_sharing(answer: Answer) -> Message:
    """The buttons once more, and that the answer was shared."""
    if answer.buttons:
        return choices(answer.buttons, said=f"✓ {SHARED}")
    return Message(f"✓ {SHARED}", (context([f"✓ {SHARED}"]),))
