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
HEADER = 150  # characters of a header
ELEMENTS = 25  # in an actions block
LABEL = 2_000  # characters of an input's label, and of its hint
PLACEHOLDER = 150
OPTION = 75  # characters of an option's text
OPTION_VALUE = 150
RADIOS = 10  # options of radio buttons
SELECTS = 100  # options of a select
INPUT = 3_000  # characters that a text input may ask for
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
    names = [block["block_id"] for block in blocks if "block_id" in block]
    if len(set(names)) < len(names):
        found.append("two blocks with one block_id")
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
    return found + (_of_input(block) if block["type"] == "input" else [])


def _of_buttons(buttons: Sequence[dict[str, Any]]) -> list[str]:
    found = [f"a title of {n} characters" for n in (len(b["text"]["text"]) for b in buttons) if not 0 < n <= TITLE]
    found += [f"a value of {n} characters" for n in (len(b["value"]) for b in buttons) if not 0 < n <= VALUE]
    if len({button["action_id"] for button in buttons}) < len(buttons):
        found.append("two buttons with one action_id")
    return found


def _of_input(block: dict[str, Any]) -> list[str]:
    element, kind = block["element"], block["element"]["type"]
    texts = [(block["label"], LABEL), (block.get("hint"), LABEL), (element.get("placeholder"), PLACEHOLDER)]
    found = [f"a text of {len(text['text'])} characters" for text, most in texts if text and not 0 < len(text["text"]) <= most]
    if kind == "plain_text_input":
        most = element.get("max_length", INPUT)
        fits = 0 < most <= INPUT and len(element.get("initial_value", "")) <= most
        return found if fits else [*found, "an input that asks for too much, or holds it"]
    options, most = element["options"], RADIOS if kind == "radio_buttons" else SELECTS
    if not 0 < len(options) <= most:
        found.append(f"{len(options)} options")
    found += [f"an option of {n} characters" for n in (len(one["text"]["text"]) for one in options) if not 0 < n <= OPTION]
    found += [f"an option's value of {n} characters" for n in (len(one["value"]) for one in options) if not 0 < n <= OPTION_VALUE]
    if element.get("initial_option", options[0]) not in options:
        found.append("an initial option that is not one of the options")
    return found
