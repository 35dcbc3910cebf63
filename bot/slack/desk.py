"""Takes what was asked in Slack through one turn of the conversation, and sends the answer; nobody is met with silence."""

from __future__ import annotations

import asyncio
import logging
import secrets
from dataclasses import replace
from typing import Any

from bot.channels import envelope
from bot.channels.guard import Guard, alarming
from bot.channels.incoming import clean, readable, shorten
from bot.channels.turns import OnNewMessage, take
from bot.clinic import clinic
from bot.safety.personal import scrub
from bot.settings import settings
from bot.slack import home, marks
from bot.slack.delivery import Delivery, NotSent
from bot.slack.incoming import SAY, SHARE, Ask, HomeOpened, Incoming, Place
from bot.slack.once import Kept, Once, OnceHere
from bot.slack.render import Answer, Message, render, section, share_button

logger = logging.getLogger(__name__)
CHANNEL = "slack"
SHAREABLE = ("answer", "no_evidence", "report_problem", "decision")  # not what was said on a person's own case
SHARE_SECONDS, SHARE_MOST = 30 * 60, 500  # as long as Slack takes replies to a command


class Desk:
    """One for each process. `receive` returns at once; the work is done behind it."""

    def __init__(self, *, delivery: Delivery, on_new_message: OnNewMessage, once: Once | None = None) -> None:
        self._delivery, self._on_new_message = delivery, on_new_message
        self._once: Once = once or OnceHere()
        self._guard = Guard(settings())
        self._shared: Kept[tuple[str, Answer]] = Kept(seconds=SHARE_SECONDS, most=SHARE_MOST)
        self._working: set[asyncio.Task[None]] = set()  # the loop itself holds tasks weakly

    def receive(self, incoming: Incoming) -> None:
        """Starts the work on something that happened, unless it is known already."""
        if incoming is None or not self._once.first(*incoming.once):
            return
        task = asyncio.ensure_future(self._safely(incoming))
        self._working.add(task)
        task.add_done_callback(self._working.discard)

    async def finish(self, *, seconds: float) -> None:
        """Waits for the work that was begun; ends what takes longer."""
        if self._working:
            _, late = await asyncio.wait(self._working, timeout=seconds)
            for task in late:
                task.cancel()

    async def _safely(self, incoming: Ask | HomeOpened) -> None:
        try:
            await (self._home(incoming) if isinstance(incoming, HomeOpened) else self._ask(incoming))
        except NotSent as error:
            logger.error("Slack took nothing, not even plain text: %s", error)
        except Exception as error:  # whatever went wrong, the person gets a reply; the log gets no message text
            logger.error("Something asked in Slack failed: %s", type(error).__name__)
            if isinstance(incoming, Ask):
                answer = render(envelope.failure("", emergency=_emergency()))
                await self._quietly(self._delivery.direct(incoming.place.user, answer))

    async def _home(self, opened: HomeOpened) -> None:
        view = home.view(clinic=clinic().name, emergency=_emergency())
        await self._delivery.publish(opened.user, view)

    async def _ask(self, ask: Ask) -> None:
        if ask.press and ask.press.action.startswith(SHARE):
            await self._share(ask)
            return
        marking = asyncio.ensure_future(self._quietly(self._mark(ask)))
        place = await self._opened(ask)
        answer = await self._answer(replace(ask, place=place))
        if place.kind == "own" and answer.kind in SHAREABLE and place.channel.startswith(("C", "G")):
            answer = self._shareable(place, answer)
        sending = [self._delivery.answer(place, answer)]
        if answer.kind == "emergency" and place.kind != "direct":
            sending.append(self._delivery.direct(place.user, answer))  # at once: neither waits for the other
        outcomes = await asyncio.gather(*sending, return_exceptions=True)
        await marking
        for outcome in outcomes:
            if outcome is not None:
                raise outcome

    async def _opened(self, ask: Ask) -> Place:
        """Where to reply. What was asked where nothing can be seen (home tab, command in a direct message) is first said there."""
        place = ask.place
        if place.kind != "home" and not (ask.command and place.channel.startswith("D")):
            return place
        question = scrub(clean(shorten(ask.text, limit=settings().max_message_chars))).text or "?"
        try:
            channel = await self._delivery.post(place.channel or place.user, marks.asked(question))
        except NotSent:
            if place.kind == "home":
                raise
            return place  # a direct message between two people: what is said there only the one who asked may see
        return replace(place, kind="direct", channel=channel)

    async def _answer(self, ask: Ask) -> Answer:
        """What is said to `ask`: one turn, with the same limits and the same cleaning as in every other channel."""
        place, emergency = ask.place, _emergency()
        text = clean(shorten(ask.text, limit=settings().max_message_chars))
        who = f"slack-{place.team}-{place.user}"
        admitted = await self._guard.admits(conversation=place.conversation, address=who)
        with self._guard.at_work(place.conversation) as room:
            if not (admitted and room) and not alarming(text):
                return render(envelope.limited("", emergency=emergency))
            if not text:
                return home.files(emergency=emergency) if ask.files else home.hello(emergency=emergency)
            if not readable(text):
                return render(envelope.unreadable(""))
            offered = ask.press is not None and not ask.press.action.startswith(SAY)
            said = await take(
                self._on_new_message,
                text=text,
                conversation=place.conversation,
                channel=CHANNEL,
                buttons=offered,
                otherwise=clean(ask.press.label) if offered and ask.press else None,
            )
            return render(envelope.turn(said, "", emergency=emergency))

    async def _mark(self, ask: Ask) -> None:
        """Takes the buttons out of the message that was pressed, and says in it what was chosen."""
        press, place = ask.press, ask.place
        if press is None or place.kind == "home":
            return
        if press.message is not None:
            marked = marks.chosen(press, by=place.user if place.kind == "thread" else None)
            await self._delivery.update(place.channel, str(press.message["ts"]), marked)
        elif place.response_url:
            await self._delivery.respond(place.response_url, marks.chosen(press).payload, replace=True)

    def _shareable(self, place: Place, answer: Answer) -> Answer:
        """`answer` with a button that shows it to the channel, for whom it was said to."""
        key = secrets.token_urlsafe(16)
        self._shared.put(key, (place.conversation, answer))
        return replace(answer, buttons=(*answer.buttons, share_button(key)))

    async def _share(self, ask: Ask) -> None:
        place, press = ask.place, ask.press
        assert press is not None
        conversation, answer = self._shared.get(press.value) or ("", None)
        if not place.response_url:
            return
        if answer is None or conversation != place.conversation:
            await self._delivery.respond(place.response_url, _note(marks.GONE))
            return
        try:
            for message in marks.shared(answer, by=place.user):
                await self._delivery.respond(place.response_url, message.payload, to_all=True)
        except NotSent as error:
            logger.error("An answer was not shared: %s", error)
            await self._delivery.respond(place.response_url, _note(marks.NOT_SHARED))
            return
        await self._quietly(self._delivery.respond(place.response_url, marks.after_sharing(answer).payload, replace=True))

    async def _quietly(self, work: Any) -> None:
        """Work whose failure costs nobody their answer."""
        try:
            await work
        except NotSent as error:
            logger.error("Slack did not take an update: %s", error)
        except Exception as error:
            logger.error("An update in Slack failed: %s", type(error).__name__)


def _note(text: str) -> dict[str, Any]:
    return Message(text, (section(text),)).payload


def _emergency() -> str:
    return clinic().at(None).emergency
