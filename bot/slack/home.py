"""What the assistant says of itself in Slack: the home tab, and the hello to an empty question. Imports no Rasa."""

from __future__ import annotations

from typing import Any

from bot.slack.incoming import SAY
from bot.slack.limits import HEADER, cut
from bot.slack.mrkdwn import bold, escape
from bot.slack.render import Answer, Message, actions, buttons, context, section

STARTERS = (
    "Are exosome treatments approved?",
    "What are the risks?",
    "How good is the evidence?",
    "What should I ask a clinic?",
    "Help me decide",
)
INTRO = (
    "I answer questions on exosome treatments. Each fact comes with its source, the kind of evidence and its date. "
    "I never say what to choose, and I am not a doctor."
)
WAYS = (
    "Write to me under Messages.",
    "Mention me in a channel that I was invited to. I answer in the thread.",
    "Type /exosomes and your question in any channel. Only you see the answer, and you can share it.",
)
PRIVATE = "Please leave out names and other details of patients."
URGENT = "If it is urgent, call {emergency} now. I can't call for help."
ASK = "Try one of these:"
FILES = (
    "I can't look at pictures or files. Please tell me in words what you would like to know. "
    "If someone feels very ill or it is urgent, call {emergency} now."
)


def view(*, clinic: str, emergency: str) -> dict[str, Any]:
    """The home tab, for `views.publish`."""
    title = f"Exosome guide of {clinic}" if clinic != "the clinic" else "Exosome guide"
    blocks = [
        {"type": "header", "text": {"type": "plain_text", "text": cut(title, HEADER), "emoji": False}},
        section(escape(INTRO)),
        section(f"{bold(URGENT.format(emergency=emergency))}"),
        {"type": "divider"},
        section("\n".join(["*How to ask*", *(f"• {escape(way)}" for way in WAYS)])),
        section(bold(ASK)),
        *actions(_starters()),
        context([escape(PRIVATE)]),
    ]
    return {"type": "home", "blocks": blocks}


def hello(*, emergency: str) -> Answer:
    """The reply to a mention or a command without a question."""
    lines = [INTRO, URGENT.format(emergency=emergency), PRIVATE, ASK]
    blocks = [section("\n".join(map(escape, lines)))]
    return Answer("conversation", (Message("\n".join(lines), tuple(blocks)),), _starters())


def files(*, emergency: str) -> Answer:
    """The reply to a picture or a file without words."""
    said = FILES.format(emergency=emergency)
    return Answer("clarify", (Message(said, (section(escape(said)),)),))


def _starters() -> tuple[dict[str, Any], ...]:
    return buttons([{"title": question, "payload": question} for question in STARTERS], action=SAY)
