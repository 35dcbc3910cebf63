"""The small messages around an answer: what was asked, what was chosen, who shared it. Imports no Rasa."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.slack.incoming import Press
from bot.slack.limits import cut
from bot.slack.mrkdwn import bold, escape, split
from bot.slack.render import Answer, Message, choices, context, section

SHARED = "You shared this answer with the channel."
GONE = "I no longer have that answer at hand. Please ask once more, then share it."
NOT_SHARED = "I could not post in this channel. Please copy the answer, or invite me and mention me here."
MOST_ASKED = 500  # characters of a question that is said again


def asked(question: str) -> Message:
    """The question, before the answer to it, in a place where it cannot be seen otherwise."""
    piece = split(cut(question, MOST_ASKED), 2_900)[0]
    return Message(f"You asked: {piece}", (section(f"*You asked:* {escape(piece)}"),))


def chosen(press: Press, *, by: str | None = None) -> Message:
    """The message that was pressed without its buttons, and what was chosen; `by` names the person among several."""
    who, label = f"<@{by}>" if by else "You", cut(press.label, 150)
    note = context([f"✓ {who} chose: {bold(label)}"])
    blocks = [block for block in (press.message or {}).get("blocks") or () if block.get("type") != "actions"]
    text = f"✓ {'Someone' if by else 'You'} chose: {label}"
    before = str((press.message or {}).get("text") or "")
    return Message(f"{before}\n{text}".strip(), (*blocks, note))


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
