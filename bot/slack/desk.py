"""Takes what was asked in Slack through one turn of the conversation, and sends the answer; nobody is met with silence."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import Any

from bot import logs
from bot.aid.payload import ANSWER_TO
from bot.channels import envelope
from bot.channels.incoming import clean, readable, shorten
from bot.channels.turns.guard import alarming, guard
from bot.channels.turns.queue import LONGEST_WAIT
from bot.channels.turns.remembered import remembered
from bot.channels.turns.shared_locks import SharedLocks
from bot.channels.turns.turn import OnNewMessage, take
from bot.clinic import clinic
from bot.safety.privacy.personal import scrub
from bot.settings import settings
from bot.slack import home, marks
from bot.slack.delivery import Delivery, NotSent
from bot.slack.incoming import SAY, SHARE, Ask, HomeOpened, Incoming, Place
from bot.slack.once import OnceEverywhere, OnceHere
from bot.slack.order import Order
from bot.slack.render import Answer, Message, render, section, share_button
from bot.slack.sharing import SHAREABLE, Sharing

logger = logging.getLogger(__name__)
CHANNEL = "slack"


class Desk:
    """One for each process. `receive` returns at once; the work is done behind it.

    With REDIS_URL, several processes serve one workspace: each thing is handled by one of them, in order.
    """

    def __init__(self, *, delivery: Delivery, on_new_message: OnNewMessage) -> None:
        self._delivery, self._on_new_message = delivery, on_new_message
        url = settings().redis_url
        self._once, self._everywhere = OnceHere(), OnceEverywhere(url) if url else None
        self._order = Order(shared=SharedLocks(url, wait=LONGEST_WAIT) if url else None)
        self._sharing, self._guard = Sharing(url), guard()
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
        await asyncio.gather(self._order.close(), self._sharing.close())
        if self._everywhere:
            await self._everywhere.close()

    async def _safely(self, incoming: Ask | HomeOpened) -> None:
        try:
            await (self._home(incoming) if isinstance(incoming, HomeOpened) else self._ask(incoming))
        except NotSent as error:
            logger.error("Slack took nothing, not even plain text: %s", error)
        except Exception as error:  # whatever went wrong, the person gets a reply; the log gets no message text
            logger.error("Something asked in Slack failed: %s", logs.told(error))
            if isinstance(incoming, Ask):
                held = remembered().of(incoming.place.conversation)
                answer = render(envelope.failure("", emergency=held.emergency, first=held.asked()))
                await self._quietly(self._delivery.direct(incoming.place.user, answer))

    async def _elsewhere(self, incoming: Ask | HomeOpened) -> bool:
        """Whether another process handles it."""
        return self._everywhere is not None and not await self._everywhere.first(*incoming.once)

    async def _home(self, opened: HomeOpened) -> None:
        if not await self._elsewhere(opened):
            await self._delivery.publish(opened.user, home.view(clinic=clinic().name, emergency=clinic().emergency_line()))

    async def _ask(self, ask: Ask) -> None:
        conversation = ask.place.conversation
        with self._guard.at_work(conversation) as room:
            # Nothing is awaited before this: the order in which messages came is the order in which they wait here.
            async with self._order.turn(conversation, urgent=not room or alarming(ask.text)):
                if not await self._elsewhere(ask):
                    await self._reply(ask, room=room)

    async def _reply(self, ask: Ask, *, room: bool) -> None:
        if ask.press and ask.press.action.startswith(SHARE):
            await self._share(ask)
            return
        if ask.press and ask.press.filled and not ask.text:
            where = {"thread_ts": ask.place.thread} if ask.place.kind == "thread" else {}
            await self._delivery.respond(ask.place.response_url or "", {**_note(marks.NOTHING), **where})
            return
        marking = asyncio.ensure_future(self._quietly(self._mark(ask)))
        place = await self._opened(ask)
        answer = await self._answer(replace(ask, place=place), room=room)
        if answer.kind in SHAREABLE and place.kind == "own" and place.channel.startswith(("C", "G")):
            key = await self._sharing.keep(place.conversation, answer)
            answer = replace(answer, buttons=(*answer.buttons, share_button(key)))
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

    async def _answer(self, ask: Ask, *, room: bool) -> Answer:
        """What is said to `ask`: one turn, with the same limits and the same cleaning as in every other channel."""
        place = ask.place
        held = remembered().of(place.conversation)
        text = clean(shorten(ask.text, limit=settings().max_message_chars))
        admitted = await self._guard.admits(conversation=place.conversation, address=f"slack-{place.team}-{place.user}")
        if not (admitted and room) and not alarming(text):
            return render(envelope.limited("", emergency=held.emergency))
        if not text:
            return home.files(emergency=held.emergency) if ask.files else home.hello(emergency=held.emergency)
        if not readable(text):
            return render(envelope.unreadable("", first=held.asked()))
        press, given = ask.press, ask.press.filled if ask.press else None
        offered = press is not None and not press.action.startswith(SAY) and not (given and given.words)
        turn = await take(
            self._on_new_message,
            text=text,
            conversation=place.conversation,
            channel=CHANNEL,
            buttons=offered,
            otherwise=clean(press.label) if offered and press else None,
            metadata={ANSWER_TO: given.screen} if given else None,
        )
        held = remembered().of(place.conversation)
        return render(envelope.turn(turn, "", emergency=held.emergency, first=held.asked()), base=settings().public_url or "")

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

    async def _share(self, ask: Ask) -> None:
        place, press = ask.place, ask.press
        assert press is not None
        if not place.response_url:
            return
        answer = await self._sharing.find(place.conversation, press.value)
        if answer is None:
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
            logger.error("An update in Slack failed: %s", logs.told(error))


def _note(text: str) -> dict[str, Any]:
    return Message(text, (section(text),)).payload
