"""A person in the decision guide, without Rasa: what they type, and the replies they get."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from functools import lru_cache
from typing import Any

from bot.aid.before import Before
from bot.aid.content import Guide, guide
from bot.aid.flow import move
from bot.aid.reading import Move, read
from bot.aid.show import reply
from bot.aid.state import State
from bot.aid.summary import Summary, summarise
from bot.answer.reply.contract import Reply
from bot.answer.retrieve.snapshot import Snapshot
from tests.builders import TODAY, shipped, snapshot_of

WHOLE = ["hair", "shots", "It regrows hair.", "thinking", "my wife", "ok", "3 0 5 4 4 5 2 1", "my wedding, 5", "no", "yes",
         "not sure", "yes", "no", "yes", "yes", "Whether to have shots", "more to waiting", "what it costs"]  # fmt: skip


@lru_cache(maxsize=1)
def facts() -> Snapshot:
    """The shipped facts."""
    return snapshot_of(shipped())


class Person:
    """Types in the guide; every answer goes through the slot as it does in a conversation."""

    def __init__(self, *, seed: int = 7, today: dt.date = TODAY, country: str = "US", named: dict[str, str] | None = None) -> None:
        self.guide: Guide = guide()
        self.state, self.seed, self.today, self.country = State(), seed, today, country
        self.last: Reply = self.does(Move("start", value=named))

    def does(self, what: Move) -> Reply:
        """The reply to a move."""
        after, note = move(self.guide, self.state, what, seed=self.seed)
        self.state = State.from_slot(json.loads(json.dumps(replace(after, country=self.country).to_slot())))
        page = self.page() if self.state.at == "summary" else None
        self.last = reply(self.guide, self.state, facts(), note=note, today=self.today, summary=page, link="/summary/token")
        return self.last

    def says(self, *texts: str) -> Reply:
        """The reply to the last of `texts`. Fails where one of them is no answer."""
        for text in texts:
            what = read(self.guide, self.state, text, before=Before(guide=True))
            assert what, f"{text!r} is no answer at {self.state.at}"
            self.does(what)
        return self.last

    def fills_everything(self, *, use: str, route: str) -> Person:
        """Answers each screen at some length, with a "no" wherever one brings help."""
        answers: dict[str, Any] = {
            "use": use, "route": route, "stance": "close",
            "told": "They said it is totally safe and that it is all done after three goes, and that I get a deal this week.",
            "others": "my wife and my doctor, and my sister who had it",
            "values": {value.id: 4 for value in self.guide.values},
            "own": ("my wedding is in June and I want to feel like me again", 5),
            **{f"check-{check.id}": "unsure" for check in self.guide.checks},
            **{f"sure-{item.id}": "no" for item in self.guide.sure},
            "decision": "Whether to have this now, later or not at all", "lean": "Waiting or doing nothing",
            "open": "What it costs with all visits, and who looks after me if it goes wrong.",
        }  # fmt: skip
        for at, value in answers.items():
            self.does(Move("answer", at, value))
        return self

    def page(self) -> Summary:
        """The page as it would be now."""
        return summarise(self.guide, self.state, facts(), today=self.today)

    def section(self, heading: str) -> tuple[str, ...]:
        """The lines of one section of the page."""
        return dict(self.page().sections)[heading]
