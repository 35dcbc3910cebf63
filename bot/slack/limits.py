"""What Slack takes in one message, and a check before anything is sent. Imports no Rasa.

The figures are Slack's (Block Kit reference). The one for a whole message is written nowhere: Slack refuses blocks of more than
about 13,200 characters with `msg_blocks_too_long`, so this stays below it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

TITLE = 75  # characters on a button
VALUE = 2_000  # characters of a button's value
SECTION = 3_000  # characters of a section's text
CONTEXT = 2_000  # characters of one text in a context block
HEADER = 150
ELEMENTS = 25  # in an actions block
CONTEXT_ELEMENTS = 10
BLOCKS = 50  # in a message
HOME_BLOCKS = 100
WHOLE = 12_000  # characters of all blocks of a message, as JSON
TEXT = 3_800  # characters of a message that is text alone; Slack advises 4,000
ELLIPSIS = "…"


def cut(text: str, limit: int) -> str:
    """`text`, shortened to `limit` characters with an ellipsis where it is longer."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + ELLIPSIS


def weight(blocks: Sequence[dict[str, Any]]) -> int:
    """How much of `WHOLE` these blocks take."""
    return len(json.dumps(list(blocks), ensure_ascii=False))


def problems(blocks: Sequence[dict[str, Any]], *, most: int = BLOCKS) -> list[str]:
    """What Slack would refuse in `blocks`, in words; empty when all is well."""
    found = []
    if not 0 < len(blocks) <= most:
        found.append(f"{len(blocks)} blocks")
    if most == BLOCKS and weight(blocks) > WHOLE:
        found.append(f"{weight(blocks)} characters in all")
    for place, block in enumerate(blocks):
        found += [f"block {place} ({block.get('type')}): {problem}" for problem in _of(block)]
    return found


def _of(block: dict[str, Any]) -> list[str]:
    found = []
    try:
        parsed = Block.parse(dict(block))
        if parsed is None:
            return ["unknown type"]
        parsed.to_dict()
    except (SlackObjectFormationError, TypeError, AttributeError) as error:
        found.append(str(error))
    for element in block.get("elements", []) if block["type"] == "context" else []:
        if not 0 < len(element["text"]) <= CONTEXT:
            found.append(f"a text of {len(element['text'])} characters")
    if block["type"] == "section" and not block["text"]["text"].strip():
        found.append("an empty text")
    if block["type"] == "actions":
        found += _of_buttons(block["elements"])
    return found


def _of_buttons(buttons: Sequence[dict[str, Any]]) -> list[str]:
    found = [f"a title of {n} characters" for n in (len(b["text"]["text"]) for b in buttons) if not 0 < n <= TITLE]
    found += [f"a value of {n} characters" for n in (len(b["value"]) for b in buttons) if not 0 < n <= VALUE]
    if len({button["action_id"] for button in buttons}) < len(buttons):
        found.append("two buttons with one action_id")
    return found
