"""From a turn in the form of the answer contract to messages in Slack's Block Kit. Pure: no Rasa, no network."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.answer.reply.wording import about_source, day
from bot.slack import form, limits
from bot.slack.incoming import CHOOSE, SHARE
from bot.slack.limits import cut
from bot.slack.mrkdwn import bold, controls, escape, link, split

Block = dict[str, Any]
APART = {"Keep in mind:": "caveats", "Please note:": "notice", "Sources:": "sources"}  # paragraphs shown from `custom` instead
NUMBERS = re.compile(r"\s*(?:\[\d+\])+\s*(?:\((?P<grounds>.*)\))?\s*$")
ITEM = re.compile(r"^[-•]\s+")
SHARE_LABEL = "Share to channel"


@dataclass(frozen=True)
class Message:
    """One message as Slack takes it. `text` says all of it in plain words: for notifications, and if blocks are refused."""

    text: str
    blocks: tuple[Block, ...]

    @property
    def payload(self) -> dict[str, Any]:
        """The arguments of `chat.postMessage` and of a `response_url`."""
        return {"text": controls(self.text), "blocks": list(self.blocks), "unfurl_links": False, "unfurl_media": False}


@dataclass(frozen=True)
class Answer:
    """A whole turn for Slack: messages, and what stands below the last one: inputs to fill in, and buttons."""

    kind: str
    messages: tuple[Message, ...]
    buttons: tuple[Block, ...] = ()
    inputs: tuple[Block, ...] = ()

    def together(self) -> tuple[Message, ...]:
        """The messages, with inputs and buttons in the last of them, or after it where it is full."""
        if not self.buttons:
            return self.messages
        last = self.messages[-1]
        text = "\n".join(filter(None, [last.text, form.said(self.inputs)]))
        joined = Message(text, (*last.blocks, *self.inputs, *actions(self.buttons)))
        if limits.problems(joined.blocks):
            return self.apart()
        return (*self.messages[:-1], joined)

    def apart(self) -> tuple[Message, ...]:
        """The messages, with inputs and buttons in one of their own: it can be replaced when the rest cannot be read back."""
        if self.inputs:
            return (*self.messages, Message(form.said(self.inputs), (*self.inputs, *actions(self.buttons))))
        return (*self.messages, choices(self.buttons)) if self.buttons else self.messages


@dataclass(frozen=True)
class _Unit:
    """Blocks that stay in one message."""

    text: str
    blocks: list[Block] = field(default_factory=list)


def render(turn: Sequence[Mapping[str, Any]], *, base: str = "") -> Answer:
    """The messages of one turn (`text`, `buttons`, `custom`) for Slack; `base` is the server's public address, if it has one."""
    custom: Mapping[str, Any] = next((message["custom"] for message in turn if message.get("custom")), {})
    step = custom.get("form")
    inputs = form.inputs(step) if step else ()
    if step and (inputs or not form.asked(step)):
        units = [*(unit for message in turn for unit in _step(message, base)), *_ending(custom)]
        pressed = buttons([{"title": one["label"], "payload": one["payload"]} for one in step["actions"]])
        pressed = (form.send_button(step), *pressed) if inputs else pressed
    else:
        units = [unit for message in turn for unit in _units(message)]
        pressed = buttons([button for message in turn for button in message.get("buttons") or ()])
    return Answer(custom.get("kind", "conversation"), tuple(_messages(units)), pressed, inputs)


def buttons(offered: Sequence[Mapping[str, str]], *, action: str = CHOOSE) -> tuple[Block, ...]:
    """Button elements for `offered` (`title`, `payload`); one that Slack could not carry is left out."""
    return tuple(
        {
            "type": "button",
            "action_id": f"{action}-{place}",
            "text": {"type": "plain_text", "text": cut(button["title"].strip(), limits.TITLE), "emoji": False},
            "value": button["payload"],
        }
        for place, button in enumerate(offered)
        if button["title"].strip() and 0 < len(button["payload"]) <= limits.VALUE
    )


def share_button(key: str) -> Block:
    """The button that shows an answer to the whole channel."""
    return buttons([{"title": SHARE_LABEL, "payload": key}], action=SHARE)[0]


def actions(elements: Sequence[Block]) -> list[Block]:
    """As many action blocks as the buttons need."""
    step = limits.ELEMENTS
    return [{"type": "actions", "elements": list(elements[at : at + step])} for at in range(0, len(elements), step)]


def choices(elements: Sequence[Block], *, said: str = "What next?") -> Message:
    """A message that is no more than buttons under a short line."""
    titles = ", ".join(element["text"]["text"] for element in elements)
    return Message(f"{said} {titles}".strip(), (context([escape(said)]), *actions(elements)))


def section(mrkdwn: str) -> Block:
    """A section; `mrkdwn` is escaped already."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": mrkdwn, "verbatim": True}}


def context(texts: Sequence[str]) -> Block:
    """A context block; `texts` are escaped already."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True} for text in texts]}


def _messages(units: Sequence[_Unit]) -> Iterator[Message]:
    """Fills messages with units as far as Slack's limits let it; the buttons need room for two blocks in the last."""
    texts: list[str] = []
    blocks: list[Block] = []
    for unit in units:
        if blocks and (len(blocks) + len(unit.blocks) > limits.BLOCKS - 2 or limits.weight([*blocks, *unit.blocks]) > limits.WHOLE):
            yield Message("\n".join(texts), tuple(blocks))
            texts, blocks = [], []
        texts.append(unit.text)
        blocks += unit.blocks
    if blocks:
        yield Message("\n".join(texts), tuple(blocks))


def _step(message: Mapping[str, Any], base: str) -> Iterator[_Unit]:
    """What a step of the decision guide says, without what it asks."""
    custom = message.get("custom") or {}
    if not custom.get("form"):
        yield from _units(message)
        return
    urls = {source["n"]: source.get("url") for source in custom.get("sources") or ()}
    for text in form.sections(custom["form"], urls, base=base):
        yield _Unit(form.words(text), [section(text)])


def _units(message: Mapping[str, Any]) -> Iterator[_Unit]:
    custom = message.get("custom") or {}
    urls = {source["n"]: source.get("url") for source in custom.get("sources") or ()}
    left = list(custom.get("facts") or ())
    paragraphs = [part for part in re.split(r"\n\s*\n", message.get("text") or "") if part.strip() and not _apart(part, custom)]
    if custom.get("kind") == "emergency" and paragraphs:
        first, _, rest = paragraphs[0].partition("\n")  # what to do now comes first and stands out
        yield from _said([first], mark=bold)
        paragraphs = [*filter(None, [rest]), *paragraphs[1:]]
    for paragraph in paragraphs:
        yield from _paragraph([line for line in paragraph.split("\n") if line.strip()], left, urls)
    for fact in left:  # none is lost, whatever the text says
        yield from _fact(fact, fact["statement"], urls)
    yield from _ending(custom)


def _apart(paragraph: str, custom: Mapping[str, Any]) -> bool:
    return any(paragraph.startswith(start) and custom.get(name) for start, name in APART.items())


def _paragraph(lines: Sequence[str], left: list[Any], urls: Mapping[int, str | None]) -> Iterator[_Unit]:
    """Facts one by one, each as far as its line goes; what stands between them as it is."""
    said: list[str] = []
    for line in lines:
        fact = next((one for one in left if line.startswith(one["statement"])), None)
        if fact is None:
            said.append(ITEM.sub("• ", line))
            continue
        yield from _said(said)
        said = []
        left.remove(fact)
        yield from _fact(fact, line, urls)
    yield from _said(said)


def _said(lines: Sequence[str], *, mark: Any = escape) -> Iterator[_Unit]:
    for piece in split("\n".join(lines), limits.SECTION - 100):  # room for the marks of bold lines
        yield _Unit(piece, [section(mark(piece))])


def _fact(fact: Mapping[str, Any], line: str, urls: Mapping[int, str | None]) -> Iterator[_Unit]:
    """A statement with its citations as links, and below it the kind of evidence and the date."""
    numbers = NUMBERS.search(line)
    grounds = (numbers and numbers["grounds"]) or f"{fact['evidence']}, {day(fact['as_of'])}"
    statement = NUMBERS.sub("", line)
    numbered = "".join(f"[{n}]" for n in fact["citations"])
    cited = " ".join(link(f"[{n}]", urls.get(n)) for n in fact["citations"])
    cited = cited if len(cited) <= limits.SECTION else numbered
    *before, last = split(statement, limits.SECTION)
    for piece in before:
        yield _Unit(piece, [section(escape(piece))])
    whole = f"{escape(last)} {cited}"
    said = [section(whole)] if len(whole) <= limits.SECTION else [section(escape(last)), section(cited)]
    note = context([cut(escape(grounds[:1].upper() + grounds[1:]), limits.CONTEXT)])
    yield _Unit(f"{last} {numbered} ({grounds})", [*said, note])


def _ending(custom: Mapping[str, Any]) -> Iterator[_Unit]:
    """Caveats, notice and sources, each in a context block."""
    for title, said in (("Keep in mind:", " ".join(custom.get("caveats") or ())), ("Please note:", custom.get("notice") or "")):
        pieces = split(said, limits.CONTEXT - 100)
        for place, piece in enumerate(pieces):
            head = f"*{title}* " if place == 0 else ""
            yield _Unit(f"{title} {piece}" if place == 0 else piece, [context([head + escape(piece)])])
    lines = [(_source(source), _source(source, plain=True)) for source in custom.get("sources") or ()]
    texts: list[tuple[str, str]] = []
    size = 0
    for marked, said in [*([("*Sources:*", "Sources:")] if lines else []), *lines]:
        if texts and size + len(marked) + 1 > limits.CONTEXT:
            yield _joined(texts)
            texts, size = [], 0
        texts.append((marked, said))
        size += len(marked) + 1
    if texts:
        yield _joined(texts)


def _joined(texts: Sequence[tuple[str, str]]) -> _Unit:
    return _Unit("\n".join(said for _, said in texts), [context(["\n".join(marked for marked, _ in texts)])])


def _source(source: Mapping[str, Any], *, plain: bool = False) -> str:
    """A line of the source list: number, title, publisher, date, kind, and what the author stands to gain."""
    end = f". {about_source(source)}"
    title, url = cut(source["title"], 200), source.get("url")
    if plain:
        return f"[{source['n']}] {title}{end}" + (f" {url}" if url else "")
    line = f"[{source['n']}] {link(title, url)}{escape(end)}"
    return line if len(line) <= limits.CONTEXT else escape(cut(f"[{source['n']}] {title}{end}", limits.CONTEXT // 5))
