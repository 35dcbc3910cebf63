"""What the guide says at each screen: text that is enough by itself, buttons, and the same as controls. Imports no Rasa."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from bot.aid import form as forms
from bot.aid.content import Guide
from bot.aid.fixed import FIRST_NOTE
from bot.aid.payload import button
from bot.aid.schema import Check, Count
from bot.aid.screens import Screen, screen, screens, shuffled, use_of
from bot.aid.state import State
from bot.aid.summary import Summary, about, as_text
from bot.aid.table import Cell, Table, cite, facts_of, gaps_of, in_words, table
from bot.answer.reply import wording
from bot.answer.reply.contract import Button, Reply
from bot.answer.retrieve.snapshot import Snapshot

TOPICS = ("decision_help",)
ICON_ROW = 25
NO_VERDICT = "no_verdict"  # the note to who asks for one


def reply(
    guide: Guide,
    state: State,
    snapshot: Snapshot,
    *,
    note: str,
    today: dt.date,
    summary: Summary | None,
    link: str = "",
    first: Sequence[str] = (),
) -> Reply:
    """The reply that shows the screen on show, after the note of the last move.

    At the end `summary` is the page, and `link` leads to it. `first` is said before all else.
    """
    shown = screen(guide, state)
    if note == "stopped" or (note == NO_VERDICT and shown.id == "options"):  # that long table is not shown twice in a row
        where = [resume(guide, state)[0]] if state.open else []
        return Reply(kind="decision", text=" ".join([guide.words[note], *where]), topics=TOPICS, buttons=(_go_on(guide),))
    options = _table(guide, state, snapshot) if shown.id == "options" else None
    check = next((one for one in guide.checks if note == f"check-{one.id}"), None)
    ids = options.facts() if options else []
    ids = [*(check.facts if check else ()), *_told_facts(guide, state, shown), *ids]
    gaps = [gap for column in options.columns for cell in column.cells for gap in cell.gaps] if options else []
    said = wording.prepare(
        facts_of(ids, snapshot), snapshot=snapshot, disagreement=False, today=today, gaps=gaps_of(gaps, snapshot)
    )
    page = summary if shown.kind == "end" else None
    numbers: Mapping[str, Sequence[int]] = page.numbers if page else {fact.id: fact.citations for fact in said.facts}
    say = [*first, *_say(guide, state, shown, note=note, check=_cell(check), numbers=numbers)]
    controls = forms.table_controls(guide, options, numbers) if options else []
    if shown.kind == "end" and summary:
        links = (("page", "Open the page to print or save", link), ("pdf", "Save it as a PDF", f"{link}.pdf")) if link else ()
        controls = [{"kind": "link", "id": id, "label": label, "href": href} for id, label, href in links]
        controls += [
            {"kind": "info", "id": "summary", "label": heading, "lines": list(lines)} for heading, lines in summary.sections
        ]
    buttons = _buttons(guide, state, shown)
    actions = [{"label": one.title, "payload": one.payload} for one in buttons if '"do":"answer"' not in one.payload]
    sources, notice = (page.sources, page.notice) if page else (said.sources, said.notice)
    told = [*say[:-1], *filter(None, [notice]), say[-1]]  # in the text it stands at the end
    whole = forms.form(guide, state, shown, say=told, actions=actions, controls=controls)
    if note == "start":
        whole["controls"].append({"kind": "info", "id": "about", "label": guide.words["about"], "lines": about(guide, FIRST_NOTE)})
    body = _body(guide, state, shown, options, numbers, summary)
    body += ["\n".join([f"{guide.words['about']}:", *about(guide, FIRST_NOTE)])] if note == "start" else []
    head = f"{whole['progress']}: {whole['title']}"
    hint = [guide.words["hint"]] if shown.kind != "end" else []
    ending = wording.ending(wording.Shown((), sources, (), notice))
    return Reply(
        kind="decision",
        text="\n\n".join(part for part in ["\n".join([*say[:-1], head, say[-1]]), *body, *hint, *ending] if part),
        topics=TOPICS,
        sources=sources,
        notice=notice,
        buttons=buttons,
        form=whole,
    )


def resume(guide: Guide, state: State) -> tuple[str, Button]:
    """What is added to another reply while the guide is open, and the button that leads back."""
    return guide.words["resume"].format(step=screen(guide, state).step), _go_on(guide)


def offer(guide: Guide) -> Button:
    """The button that opens the guide."""
    return Button(guide.words["offer"], button("start"))


def _help(guide: Guide, state: State) -> list[Button]:
    """The ways to the steps that help with each "no" of the SURE test."""
    steps = {one.id: one.step for one in screens(guide, state)}
    wanted = dict.fromkeys(item.goto for item in guide.sure if _sure(state).get(item.id) == "no")
    return [Button(guide.words["again"].format(step=steps[at]), button("change", at=at)) for at in wanted]


def _go_on(guide: Guide) -> Button:
    return Button(guide.words["gone_on"], button("continue"))


def _table(guide: Guide, state: State, snapshot: Snapshot) -> Table | None:
    use = use_of(guide, state)
    return table(guide, snapshot, use=use, route=state.text("route"), country=state.country) if use else None


def _cell(check: Check | None) -> Cell | None:
    """What was asked, with its answer: it stands above the next question."""
    return Cell(f"{check.ask} {check.told}", check.facts, check.gaps) if check else None


def _told_facts(guide: Guide, state: State, shown: Screen) -> tuple[str, ...]:
    """The facts behind what is said before the question of a screen."""
    use = use_of(guide, state)
    if shown.id == "options" and use:
        return use.problem.facts
    return guide.sure_words.facts if shown.id == "decision" and _sure(state) else ()


def _sure(state: State) -> dict[str, str]:
    return {id.removeprefix("sure-"): str(said) for id, said in state.answers.items() if id.startswith("sure-")}


def _say(
    guide: Guide, state: State, shown: Screen, *, note: str, check: Cell | None, numbers: Mapping[str, Sequence[int]]
) -> list[str]:
    """The lines before the controls; the last one asks."""
    lines = [cite(check.text, check.facts, numbers)] if check else []
    if note in guide.words:
        lines.append(guide.words[note])
    if note == "start" and (named := _labels(guide, state)):
        lines.append(guide.words["named"].format(what="; ".join(named)))
    if shown.id == "sure-" + guide.sure[0].id:
        lines.append(guide.sure_words.ask)
    if shown.id == "decision" and (sure := _sure(state)):
        lines += sure_lines(guide, sure, numbers)
    use = use_of(guide, state)
    if shown.id == "options":
        lines += [cite(use.problem.text, use.problem.facts, numbers)] if use else [guide.words["choose_first"]]
        lines += [guide.words["place"].format(place=in_words(state.country))] if use else []
    asked = " ".join(filter(None, [shown.ask, shown.help])) if shown.kind in ("info", "rating", "end") else shown.ask
    return [*lines, asked]


def _labels(guide: Guide, state: State) -> list[str]:
    """The labels of what was chosen so far."""
    return [choice.label for one in screens(guide, state) for choice in one.choices if choice.id == state.text(one.id)]


def sure_lines(guide: Guide, sure: Mapping[str, str], numbers: Mapping[str, Sequence[int]]) -> list[str]:
    """The outcome of the SURE test and the help that fits each "no"."""
    score = sum(said == "yes" for said in sure.values())
    if "no" not in sure.values() and len(sure) < len(guide.sure):
        return [guide.sure_words.skipped]
    words = guide.sure_words.all if score == len(guide.sure) else guide.sure_words.some
    help = [f"- {item.help}" for item in guide.sure if sure.get(item.id) == "no"]
    return [cite(f"You said yes to {score} of {len(guide.sure)}. {words}", guide.sure_words.facts, numbers), *help]


def _body(
    guide: Guide, state: State, shown: Screen, options: Table | None, numbers: Mapping[str, Sequence[int]], summary: Summary | None
) -> list[str]:
    """What stands between the question and the hint, for channels that show text alone."""
    if options:
        return _rows(guide, options, numbers)
    if shown.kind == "end" and summary:
        return [as_text(summary)]
    lines = [shown.help] if shown.help and shown.kind in ("radio", "text") else []
    choices = tuple(guide.uses) if shown.id == "options" else shown.choices
    lines += [f"{n}. {choice.label}" for n, choice in enumerate(choices, start=1)]
    if shown.kind == "rating":
        for n, value in enumerate(shuffled(guide, state), start=1):
            rated = state.ratings.get(value.id)
            lines.append(f"{n}. {value.text}" + ("" if rated is None else f" ({rated})"))
        lines.append('Type a number for each in this order, like "3 0 5 ...", or single ones, like "2: 4".')
    if shown.kind in ("radio", "text") and shown.id != "own" and (given := state.text(shown.id)):
        label = next((one.label for one in shown.choices if one.id == given), given)
        lines.append(f"So far you said: {label}")
    if shown.id == "own" and state.own:
        lines.append("So far you said: " + "; ".join(text for text, _ in state.own))
    return ["\n".join(lines)]


def _rows(guide: Guide, options: Table, numbers: Mapping[str, Sequence[int]]) -> list[str]:
    blocks = []
    for place, label in enumerate(options.rows):
        lines = [f"{label}:"]
        for column in options.columns:
            cell = column.cells[place]
            lines.append(f"- {column.name}: {cite(cell.text, cell.facts, numbers)}")
        blocks.append("\n".join(lines))
    for label, cells in forms.counted(guide, options):
        told = [f"- {column.name}: {cite(text, ids, numbers)}" for column, (text, ids) in zip(options.columns, cells)]
        blocks.append("\n".join([f"{label}:", *told]))
    for column in options.columns:
        for one in column.numbers:
            blocks += [forms.over(guide, column.name, one), _array(guide, one.with_), _array(guide, one.without)]
    if any(column.numbers for column in options.columns):
        blocks.append(guide.numbers.unsure)
    return blocks


def _array(guide: Guide, counted: Count) -> str:
    signs = "●" * counted.count + "○" * (100 - counted.count)
    rows = [signs[start : start + ICON_ROW] for start in range(0, 100, ICON_ROW)]
    return "\n".join([forms.group(guide, counted), *rows])


def _buttons(guide: Guide, state: State, shown: Screen) -> tuple[Button, ...]:
    if shown.kind == "end":
        first = {one.step: one.id for one in reversed(screens(guide, state))}
        again = [Button(f"Change step {step}", button("change", at=at)) for step, at in sorted(first.items())]
        return (*again, Button("Start over", button("restart")))
    chosen = [Button(one.label, button("answer", at=shown.id, value=one.id)) for one in shown.choices]
    back = [Button("Back", button("back", at=shown.id))] if shown.id != "use" else []
    if shown.id == "options" and use_of(guide, state) is None:
        chosen = [Button(one.label, button("answer", at="use", value=one.id)) for one in guide.uses]
    if shown.id == "decision":
        chosen += _help(guide, state)
    on = Button("Next" if shown.kind == "info" else "Skip", button("skip", at=shown.id))
    return (*chosen, on, *back, Button("Stop", button("stop", at=shown.id)))
