"""A step of the decision guide for Slack: what it says as sections, what it asks as inputs with one button that sends them all.

The object is described in docs/decision-guide.md. Imports no Rasa.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.slack import limits
from bot.slack.filled import CHOICE, INSTEAD, RATING, SUBMIT, WORDS
from bot.slack.limits import cut
from bot.slack.mrkdwn import bold, escape, link, split, unescape

Block = dict[str, Any]
Form = Mapping[str, Any]
Urls = Mapping[int, "str | None"]
SEND = "Next"
ASKING = ("radio", "rating", "text")  # kinds of controls that ask
CITED = re.compile(r"\[(\d+)\]")
ADDRESS = re.compile(r"(https?://\S+)")
LINK = re.compile(r"<([^<>|]+)\|([^<>]+)>")
ICON_ROW = 25
FULL, HOLLOW = "●", "○"


def sections(form: Form, urls: Urls, *, base: str = "") -> Iterator[str]:
    """What the step says, as mrkdwn for one section each; `base` is the server's public address, without which no link leads on."""
    *before, asks = form["say"]
    yield from _lines([linked(line, urls) for line in before])
    yield bold(f"{form['progress']}: {form['title']}")
    if [one["label"] for one in asked(form)[:1]] != [asks]:  # else it stands above the input
        yield from _lines([linked(asks, urls)])
    for control in form["controls"]:
        yield from _shown(control, urls, base)


def linked(text: str, urls: Urls) -> str:
    """`text` escaped, with the numbers of its sources and the addresses in it as links."""

    def cited(found: re.Match[str]) -> str:
        return link(found[0], urls.get(int(found[1])))

    parts = ADDRESS.split(text)
    return "".join(link(part, part) if ADDRESS.fullmatch(part) else CITED.sub(cited, escape(part)) for part in parts)


def _shown(control: Form, urls: Urls, base: str) -> Iterator[str]:
    kind = control["kind"]
    if kind == "info":
        yield from _lines([bold(control["label"]), *(f"• {linked(line, urls)}" for line in control["lines"])])
    elif kind == "table":
        for row in control["rows"]:
            cells = zip(control["columns"], row["cells"])
            yield from _lines([bold(row["label"]), *(f"• {bold(name)}: {_cell(cell, urls)}" for name, cell in cells)])
    elif kind == "icons":
        arrays = [line for group in control["groups"] for line in _array(group)]
        yield from _lines([bold(control["label"]), *arrays, *filter(None, [escape(control["help"])])])
    elif kind == "link" and base:
        yield link(control["label"], base.rstrip("/") + control["href"])


def _cell(cell: Form, urls: Urls) -> str:
    return " ".join([escape(cell["text"]), *(link(f"[{n}]", urls.get(n)) for n in cell["citations"])])


def _array(group: Form) -> Iterator[str]:
    yield escape(group["words"])
    signs = FULL * group["count"] + HOLLOW * (group["of"] - group["count"])
    yield from (signs[start : start + ICON_ROW] for start in range(0, len(signs), ICON_ROW))


def _lines(lines: Sequence[str]) -> Iterator[str]:
    """Lines of mrkdwn in as few sections as they fit into. A line too long for one loses its links and is split."""
    whole = ""
    for line in lines:
        pieces = [line] if len(line) <= limits.SECTION else [escape(piece) for piece in split(line, limits.SECTION // 2)]
        for piece in pieces:
            if whole and len(whole) + 1 + len(piece) > limits.SECTION:
                yield whole
                whole = ""
            whole = f"{whole}\n{piece}" if whole else piece
    if whole.strip():
        yield whole


def words(mrkdwn: str) -> str:
    """A section's text in plain words: the numbers of sources alone, other links with their address."""
    plain = LINK.sub(_address, mrkdwn)
    return unescape(plain.replace("*", ""))  # an asterisk of the text itself is never one in mrkdwn


def _address(found: re.Match[str]) -> str:
    url, label = found.groups()
    return label if CITED.fullmatch(label) or label == url else f"{label}: {url}"


def asked(form: Form) -> list[Form]:
    """The controls that ask something."""
    return [one for one in form["controls"] if one["kind"] in ASKING]


def inputs(form: Form) -> tuple[Block, ...]:
    """What the step asks, as input blocks; empty where it asks nothing, or where Slack could not carry it."""
    radio = any(one["kind"] == "radio" for one in form["controls"])
    made = [_input(one, alone=not radio) for one in asked(form)]
    return () if made and limits.problems(made) else tuple(made)


def send_button(form: Form) -> Block:
    """The button that sends what was filled in; it names the screen, and what was asked, for who sees only the button's value."""
    first = asked(form)[0]
    about = form["title"] if first["kind"] == "rating" else first["label"]
    return {
        "type": "button",
        "action_id": f"{SUBMIT}-0",
        "style": "primary",
        "text": _plain(SEND),
        "value": cut(f"{form['screen']} {about}", limits.VALUE),
    }


def _input(control: Form, *, alone: bool) -> Block:
    if control["kind"] == "radio":
        name, element = CHOICE, _choice(control)
    elif control["kind"] == "rating":
        name, element = f"{RATING}{control['number']}", _rating(control)
    else:
        name = WORDS if alone else INSTEAD
        element = {"type": "plain_text_input", "multiline": True, "max_length": control["max"]}
        element |= {"initial_value": control["value"]} if control["value"] else {}
    block = {"type": "input", "block_id": name, "optional": True, "label": _plain(control["label"])}
    block["element"] = {**element, "action_id": name}
    return {**block, "hint": _plain(control["help"])} if control.get("help") else block


def _choice(control: Form) -> Block:
    options = [{"text": _plain(one["label"]), "value": one["payload"]} for one in control["options"]]
    chosen = [option for option, one in zip(options, control["options"]) if one["value"] == control["value"]]
    element: Block = {"type": "radio_buttons", "options": options}
    if len(options) > limits.RADIOS:
        element = {"type": "static_select", "options": options, "placeholder": _plain("Choose one")}
    return {**element, "initial_option": chosen[0]} if chosen else element


def _rating(control: Form) -> Block:
    low, high = control["min"], control["max"]
    words = {low: f"{low}: {control['low']}", high: f"{high}: {control['high']}"}
    options = [{"text": _plain(words.get(n, str(n))), "value": str(n)} for n in range(low, high + 1)]
    element: Block = {"type": "static_select", "options": options, "placeholder": _plain(f"{low} to {high}")}
    given = control["value"]
    return {**element, "initial_option": options[given - low]} if given is not None else element


def said(blocks: Sequence[Block]) -> str:
    """Input blocks in words, for who sees no blocks: a person may type the number of a choice, or their own words."""
    lines = []
    for block in blocks:
        name = block["block_id"]
        number = f"{name.removeprefix(RATING)}. " if name.startswith(RATING) else ""
        lines.append(number + " ".join(part["text"] for part in (block["label"], block.get("hint")) if part))
        if name == CHOICE:
            lines += [f"{n}. {option['text']['text']}" for n, option in enumerate(block["element"]["options"], start=1)]
    return "\n".join(lines)


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": False}
