"""The gallery: how turns look in Slack, one JSON file each with the turn and the payloads made of it.

python -m tests.slack.gallery            renders the kept turns anew; look at the difference before you commit it
python -m tests.slack.gallery --record   first makes the turns anew from the shipped facts and the domain
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.answer.interpret import Reading
from bot.answer.reply.contract import Button, Reply, ShownFact, ShownSource
from bot.slack import home, marks
from bot.slack.filled import Filled
from bot.slack.incoming import Press
from bot.slack.render import Answer, Message, render, share_button
from bot.vocabulary import TOPICS
from tests.builders import NOTHING, asked
from tests.slack.turns_of_all_kinds import Turn, core, empty, of_other_kinds, of_the_guide, turn_of

FOLDER = Path(__file__).parent / "gallery"
SET = {
    "emergency": "utter_emergency 17", "emergency-spanish": "utter_emergency 0", "crisis": "utter_crisis 17",
    "conversation": "utter_help 0", "clarify": "clarify", "clarify-many": "clarify many", "handoff": "clinic",
    "out-of-scope": "outside", "error": "failure", "limited": "limited", "unreadable": "unreadable",
}  # fmt: skip


def nasty() -> Reply:
    """A reply full of what Slack would read as formatting, mentions and links; nothing of the kind is on file."""
    fact = ShownFact("f", "p < 0.05 & *many* <!channel> :tada: _felt_ ~better~ `a|b`.", "review of studies", "2024-05", (1, 2))
    address = "https://a.example/x?a=1&b=<2>|3"
    sources = (
        ShownSource(1, "s", "On <b>exosomes</b> & *more*", "The A & B > C Journal", "2024-05", address, "press", "Sells <them>."),
        ShownSource(2, "t", "Without an address", "A journal", None, None, "regulator", None),
    )
    text = f"> Not a quotation\n{fact.statement} [1][2] (review of studies, May 2024)\n- one & two\n\nKeep in mind: <care>"
    pressed = (Button("A & B <c>", '/ask{"topic":"cost"}'), Button("x" * 100, "/more"))
    return Reply("answer", text, ("cost",), {}, (fact,), sources, ("<care>",), "A & B disagree.", pressed)


def turns() -> dict[str, Turn]:
    """The turns of the gallery, made anew."""
    made = dict(of_other_kinds())
    found = {name: made[wanted] for name, wanted in SET.items()}
    for topic in TOPICS:
        found[f"topic-{topic}"] = turn_of(core().reply(asked(topic), NOTHING)[0])
    question, scope = asked("side_effects"), {"route": "injection"}
    opener = "I can't tell you what is right for you."
    case, _ = core().about(
        Reading("topics", ("side_effects", "cost"), scope), question=question, memory=NOTHING, kind="personal_advice", opener=opener
    )
    found["personal-advice"] = turn_of(case)
    found["no-evidence"] = turn_of(empty().about(Reading("topics", ("cost",)), question=asked("cost"), memory=NOTHING)[0])
    found["nasty"] = turn_of(nasty())
    steps = dict(of_the_guide())
    for screen in ("start", "told", "options", "values", "check-weeks", "sure-understand", "decision", "lean", "summary"):
        found[f"guide-{screen}"] = steps[f"{screen} hair"]
    found["guide-values-again"] = steps["values hair again"]
    return found


def payloads(turn: Turn) -> dict[str, list[dict[str, Any]]]:
    """What goes to Slack for `turn`: posted in a thread or a direct message, or shown to one person with a share button."""
    answer = render(turn, base="https://guide.example")
    own = answer if answer.inputs else replace(answer, buttons=(*answer.buttons, share_button("key")))
    return {"posted": [m.payload for m in answer.together()], "shown_to_one": [own.apart()[-1].payload]}


def around() -> dict[str, Any]:
    """The payloads around the answers: home tab, hello, marks."""
    answer = render(turn_of(nasty()))
    message = {"text": "An answer", "blocks": list(answer.together()[-1].blocks)}
    press = Press("choose-0", "/more", "Tell me more & <all>", message)
    step = render(dict(of_the_guide())["route hair"]).together()[-1]
    sent = Filled("route", '/guide{"do":"answer"}', "How would it be given?", {"choice": "As shots"})
    shown: dict[str, tuple[Message, ...]] = {
        "answered": (marks.chosen(Press("submit-0", sent.text, sent.label, step.payload, sent)),),
        "answered-unseen": (marks.chosen(Press("submit-0", sent.text, sent.label, None, sent)),),
        "hello": home.hello(emergency="911").together(),
        "files": home.files(emergency="911").together(),
        "asked": (marks.asked("Is it <safe> & *sound*?"),),
        "chosen": (marks.chosen(press),),
        "chosen-in-a-thread": (marks.chosen(press, by="U0ANN"),),
        "chosen-unseen": (marks.chosen(Press("choose-0", "/more", "Tell me more")),),
        "shared": tuple(marks.shared(answer, by="U0ANN")),
        "after-sharing": (marks.after_sharing(answer),),
        "after-sharing-without-buttons": (marks.after_sharing(Answer("answer", answer.messages)),),
    }
    said = {name: [message.payload for message in messages] for name, messages in shown.items()}
    return {**said, "home": home.view(clinic="Example & Co", emergency="911")}


def written(data: Any) -> str:
    """As it stands in a file."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def renew(*, record: bool) -> None:
    """Writes the gallery."""
    FOLDER.mkdir(exist_ok=True)
    kept = (
        turns()
        if record
        else {path.stem: json.loads(path.read_text())["turn"] for path in FOLDER.glob("*.json") if path.stem != "around"}
    )
    for name, turn in kept.items():
        (FOLDER / f"{name}.json").write_text(written({"turn": turn, **payloads(turn)}), encoding="utf-8")
    (FOLDER / "around.json").write_text(written(around()), encoding="utf-8")


if __name__ == "__main__":
    renew(record="--record" in sys.argv)
