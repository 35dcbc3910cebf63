"""The conventions of a chat: opening, closing, focus, badge, reload, restart, copy, print, attributes, the page's own scripts."""

from __future__ import annotations

import json

from playwright.sync_api import expect

from bot.settings import ROOT
from tests.browser.conftest import Visit
from tests.browser.driver import OPENER, Held, box
from tests.server.conftest import Server

LANGUAGES = ROOT / "widget" / "languages"
# Where on the line the first and the last character of what was asked stand.
CHARACTERS = """[0, -1].map((place) => {
  const words = [...root.querySelector('.bubble').childNodes].filter((one) => one.nodeType === 3 && one.data.trim()).at(-1);
  const range = document.createRange(), at = place < 0 ? words.data.trimEnd().length - 1 : 0;
  range.setStart(words, at);
  range.setEnd(words, at + 1);
  return range.getBoundingClientRect().left;
})"""
STARTERS = ["What are exosomes?", "Are exosome treatments approved?", "What are the risks?", "Do they work for hair?"]


def test_opens_with_the_focus_in_the_input_and_closes_with_it_back_on_the_launcher(visit: Visit) -> None:
    widget = visit()
    expect(widget.panel).to_be_hidden()
    for close in (lambda: widget.page.keyboard.press("Escape"), lambda: widget.button("Close").click()):
        widget.open()
        assert widget.focused() == "input"
        expect(widget.launcher).to_be_hidden()
        close()
        expect(widget.panel).to_be_hidden()
        assert widget.focused() == "Ask about exosomes"


def test_nothing_is_sent_before_the_panel_is_opened(visit: Visit, site: Server) -> None:
    widget = visit()
    asked: list[str] = []
    widget.page.on("request", lambda request: asked.append(request.url))
    with widget.page.expect_response("**/webhooks/widget/start"):
        widget.open()
    assert asked == [f"{site.url}/webhooks/widget/start"]


def test_focus_goes_back_to_what_on_the_page_opened_the_panel(visit: Visit) -> None:
    widget = visit()
    widget.page.evaluate("""() => {
      const link = document.querySelector('nav a');
      link.addEventListener('click', (event) => { event.preventDefault(); document.querySelector('exosome-guide').open(); });
    }""")
    link = widget.page.locator("nav a").first
    link.focus()
    link.press("Enter")
    widget.input.wait_for()
    widget.page.keyboard.press("Escape")
    expect(link).to_be_focused()


def test_the_page_beside_an_open_panel_stays_usable(visit: Visit) -> None:
    widget = visit().open()
    field = widget.page.locator("#who")
    field.fill("Ann")
    field.press("Escape")
    expect(field).to_have_value("Ann")
    expect(widget.panel).to_be_visible()


def test_what_is_typed_in_the_panel_is_no_shortcut_of_the_page(visit: Visit) -> None:
    widget = visit()
    widget.page.evaluate(
        "() => { window.heard = []; document.addEventListener('keydown', (event) => window.heard.push(event.key)); }"
    )
    widget.page.keyboard.press("s")
    widget.open().input.press_sequentially("is it?")
    expect(widget.input).to_have_value("is it?")
    assert widget.page.evaluate("() => window.heard") == ["s"]


def test_starter_questions_are_asked_and_then_gone(visit: Visit) -> None:
    widget = visit().open()
    assert widget.panel.locator(".greeting .chip").all_inner_texts() == STARTERS
    widget.button(STARTERS[1]).click()
    expect(widget.log.locator(".bubble")).to_have_text(f"You: {STARTERS[1]}")
    expect(widget.panel.locator(".greeting .chip")).to_have_count(0)
    assert widget.focused() == "input"
    widget.answer(1)


def test_typing_draws_no_answer_anew(visit: Visit) -> None:
    """Else a long conversation makes every key slow. The dates of sources are written with Intl."""
    widget = visit().open()
    widget.page.evaluate("""() => {
      const Format = Intl.DateTimeFormat;
      window.drawn = 0;
      Intl.DateTimeFormat = function (...given) { window.drawn += 1; return new Format(...given); };
    }""")
    widget.ask(OPENER)
    drawn = widget.page.evaluate("() => window.drawn")
    widget.input.press_sequentially("and?")
    expect(widget.input).to_have_value("and?")
    assert 0 < drawn == widget.page.evaluate("() => window.drawn")


def test_says_that_it_is_at_work_until_the_answer_is_there(visit: Visit) -> None:
    widget = visit().open()
    status = widget.panel.locator(".status")
    held = Held(widget.page)  # the answer may be there before anybody looks; it goes on its way when the status was seen
    widget.write(OPENER)
    expect(status).to_have_text("Looking up the facts")
    held.let_go()
    widget.answer(1)
    expect(status).to_have_text("")


def test_answers_that_come_while_it_is_closed_are_counted(visit: Visit) -> None:
    widget = visit().open()
    held = Held(widget.page)  # else the answer may be there before the panel is closed
    widget.write(OPENER)
    widget.page.keyboard.press("Escape")
    held.let_go()
    badge = widget.launcher.locator(".badge")
    expect(badge).to_have_text("11 new answer")  # the figure, and the words for a screen reader
    expect(widget.page.get_by_role("status").filter(has_text="1 new answer").first).to_be_attached()
    widget.open()
    widget.page.keyboard.press("Escape")
    expect(badge).to_have_count(0)


def test_an_unread_answer_is_read_from_its_beginning(visit: Visit) -> None:
    widget = visit(viewport={"width": 1100, "height": 500}).open()
    held = Held(widget.page)
    widget.write(OPENER)
    widget.page.keyboard.press("Escape")
    held.let_go()
    expect(widget.launcher.locator(".badge")).to_be_visible()
    widget.open()
    expect(widget.log.locator(".bubble")).to_be_in_viewport(ratio=0.9)
    expect(widget.panel.locator(".newest")).to_be_visible()


def test_zooming_keeps_the_focus_and_the_place_in_the_conversation(visit: Visit) -> None:
    """Zoomed in, the panel fills the screen and is another kind of dialog."""
    widget = visit().open()
    widget.ask(OPENER)
    widget.input.fill("half a quest")
    for size, filling in (((550, 380), True), ((1100, 760), False)):
        widget.inside("root.querySelector('.scroll').scrollTo(0, 0)")
        widget.page.set_viewport_size({"width": size[0], "height": size[1]})
        widget.page.wait_for_function(
            "(modal) => document.querySelector('exosome-guide').shadowRoot.querySelector('dialog').matches(':modal') === modal",
            arg=filling,
        )
        expect(widget.panel.locator(".hello")).to_be_in_viewport(ratio=1)
        assert widget.focused() == "input"


def test_an_element_that_the_page_moves_stays_what_it_was(visit: Visit) -> None:
    widget = visit(viewport={"width": 400, "height": 700}).open()
    widget.ask(OPENER)
    widget.inside("document.querySelector('main').append(guide)")
    widget.page.wait_for_function(
        "() => document.querySelector('exosome-guide').shadowRoot.querySelector('dialog').matches(':modal')"
    )
    expect(widget.answers).to_have_count(1)


def test_a_reload_in_the_same_tab_keeps_the_conversation_the_draft_and_the_session(visit: Visit) -> None:
    widget = visit().open()
    widget.ask(OPENER)
    widget.input.fill("half a quest")
    before, token = widget.log.inner_text(), widget.kept()["session"]["token"]
    widget.page.reload()
    expect(widget.input).to_have_value("half a quest")
    assert (widget.log.inner_text(), widget.kept()["session"]["token"]) == (before, token)
    assert widget.focused() == ""
    widget.input.fill("")
    widget.button("Tell me more").click()
    widget.answer(2)
    expect(widget.panel.locator(".renewed")).to_have_count(0)


def test_the_menu_closes_when_the_focus_or_a_click_goes_elsewhere(visit: Visit) -> None:
    widget = visit().open()
    menu = widget.panel.locator("#menu")
    widget.button("Options").press("Enter")
    expect(menu.get_by_text("Call 555-010-0199")).to_be_visible()  # the number comes from the server
    widget.page.keyboard.press("Tab")
    assert widget.focused() == "Call 555-010-0199"  # the menu follows the button that opens it
    widget.page.keyboard.press("Tab")
    assert widget.focused() == "Close"
    expect(menu).to_be_hidden()
    widget.button("Options").click()
    expect(menu).to_be_visible()
    widget.panel.locator("#hint").click()
    expect(menu).to_be_hidden()


def test_start_again_asks_first_and_clears_everything(visit: Visit) -> None:
    widget = visit().open()
    widget.ask(OPENER)
    token = widget.kept()["session"]["token"]
    widget.button("Options").click()
    widget.button("Start again").click()
    assert widget.focused() == "Yes, start again"
    widget.button("No, keep it").click()
    expect(widget.answers).to_have_count(1)
    widget.button("Options").click()
    widget.button("Start again").click()
    with widget.page.expect_response("**/webhooks/widget/start"):
        widget.button("Yes, start again").click()
    expect(widget.log).to_have_text("")
    assert widget.focused() == "input"
    widget.ask(OPENER)
    assert widget.kept()["session"]["token"] != token


def test_an_answer_and_the_conversation_can_be_copied_with_their_sources(visit: Visit) -> None:
    widget = visit(permissions=["clipboard-read", "clipboard-write"]).open()
    with widget.page.expect_response("**/webhooks/widget/message") as waiting:
        widget.write(OPENER)
    text = waiting.value.json()["messages"][0]["text"]
    answer = widget.answer(1)
    answer.get_by_role("button", name="Copy answer").click()
    expect(answer.get_by_role("button", name="Copied")).to_be_visible()
    assert widget.page.evaluate("() => navigator.clipboard.readText()") == text
    widget.button("Options").click()
    widget.button("Copy this conversation").click()
    expect(widget.panel.locator(".toast")).to_have_text("Copied")
    copied = widget.page.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith(f"You: {OPENER}\n\nExosome guide: {text}\n\nThis is information from published sources")


def test_the_conversation_prints_as_a_clean_page_with_its_sources(visit: Visit) -> None:
    widget = visit().open()
    with widget.page.expect_response("**/webhooks/widget/message") as waiting:
        widget.write(OPENER)
    sources = waiting.value.json()["messages"][0]["custom"]["sources"]
    widget.answer(1)
    widget.button("Options").click()
    with widget.page.expect_popup() as opening:
        widget.button("Print this conversation").click()
    page = opening.value
    assert (page.locator("h1").inner_text(), page.locator("h2").all_inner_texts()) == ("Exosome guide", [OPENER])
    lines = page.locator(".sources li").all_inner_texts()
    assert [line.split(". ")[0] for line in lines] == [f"[{one['n']}] {one['title'].split('. ')[0]}" for one in sources]
    assert page.locator(".sources a").all_inner_texts() == [one["url"] for one in sources if one["url"]]
    assert page.locator("button, input, textarea, svg").count() == 0
    expect(page.locator("body")).to_contain_text("It is not medical advice.")
    assert page.locator("main").evaluate("(main) => getComputedStyle(main).maxWidth") != "none"


def test_attributes_choose_language_side_title_theme_phone_and_questions(visit: Visit) -> None:
    widget = visit()
    widget.choose(language="es-MX", position="left", title="Preguntas", theme="dark", accent="#ffe100")
    widget.choose(phone="+1 555 010 0123", starters="One?|Two?")
    widget.page.get_by_role("button", name="Pregunte sobre exosomas").click()
    panel = widget.page.get_by_role("dialog", name="Preguntas")
    expect(panel).to_be_visible()
    assert box(panel)["x"] < 40
    assert panel.locator(".greeting .chip").all_inner_texts() == ["One?", "Two?"]
    panel.get_by_role("button", name="Opciones").click()
    expect(panel.get_by_role("link", name="Llamar al +1 555 010 0123")).to_have_attribute("href", "tel:+15550100123")
    assert widget.page.locator("exosome-guide").get_attribute("title") is None
    expect(widget.page.locator("exosome-guide .root")).to_have_attribute("lang", "es")
    expect(panel.locator("header")).to_have_css("background-color", "rgb(255, 225, 0)")
    expect(panel.locator("header")).to_have_css("color", "rgb(16, 32, 38)")
    assert widget.violations() == []


def test_a_side_counts_beside_the_page_and_not_where_the_panel_fills_the_screen(visit: Visit) -> None:
    places = []
    for viewport in ({"width": 1100, "height": 760}, {"width": 360, "height": 700}):
        widget = visit(viewport=viewport)
        widget.choose(position="left")
        places.append(box(widget.launcher)["x"])
        widget.open()
        places += [box(widget.panel)["x"], box(widget.panel)["width"]]
    assert places == [16, 16, 416, 16, 0, 360]


def test_a_language_read_from_right_to_left_turns_the_panel_and_leaves_english_answers_as_they_are(visit: Visit) -> None:
    widget = visit()
    words = json.loads((LANGUAGES / "ar.json").read_text(encoding="utf-8"))
    widget.choose(language="ar")
    widget.inside("(guide.strings = argument).open", words)
    widget.page.get_by_role("button", name=words["open"]).click()
    root = widget.page.locator("exosome-guide .root")
    expect(root).to_have_attribute("dir", "rtl")
    for english in (".greeting .chip", ".greeting .urgent a"):
        expect(widget.panel.locator(english).first).to_have_css("direction", "ltr")
    assert box(widget.panel)["x"] < 40
    widget.page.get_by_role("textbox").last.fill(OPENER)
    widget.page.keyboard.press("Enter")
    answer = widget.answer(1)
    first, last = widget.inside(CHARACTERS)
    assert first < last  # the question mark ends the English question on its right
    answer.locator("summary").click()
    widget.panel.locator("#options").click()
    for english in (".chip", ".caution p", ".foot .source-title", ".foot .publisher", ".foot dd[lang=en] bdi", "#menu bdi"):
        expect(widget.panel.locator(english).first).to_have_css("direction", "ltr")
    assert widget.panel.locator("#menu bdi").inner_text() == "555-010-0199"
    widget.page.keyboard.press("Escape")
    expect(answer.locator(".said")).to_have_attribute("lang", "en")
    expect(answer.locator(".said")).to_have_css("direction", "ltr")
    assert widget.violations() == []


def test_languages_have_every_word() -> None:
    words = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(LANGUAGES.glob("*.json"))}
    assert list(words) == ["ar", "en", "es", "fr", "zh"]
    for language, said in words.items():
        assert list(said) == list(words["en"]), language
        holes = {name for name, text in said.items() if "{n}" in text}
        assert holes == {name for name, text in words["en"].items() if "{n}" in text}, language


def test_the_pages_own_scripts_open_close_ask_and_hear_of_answers_without_their_words(visit: Visit) -> None:
    widget = visit()
    widget.page.evaluate("""() => {
      window.heard = [];
      for (const name of ['open', 'close', 'answer'])
        document.addEventListener('exosome-guide-' + name, (event) => window.heard.push([name, event.detail]));
      document.querySelector('exosome-guide').ask('What are exosomes?');
    }""")
    widget.answer(1)
    widget.page.evaluate("() => document.querySelector('exosome-guide').toggle()")
    expect(widget.panel).to_be_hidden()
    assert widget.page.evaluate("() => window.heard") == [["open", {}], ["answer", {"kind": "answer"}], ["close", {}]]


def test_two_tabs_hold_two_conversations_also_when_one_was_made_from_the_other(visit: Visit, site: Server) -> None:
    widget = visit().open()
    widget.ask(OPENER)
    with widget.page.expect_popup() as opening:
        widget.page.evaluate("() => { window.open(location.href); }")  # takes a copy of this tab's storage along
    other = type(widget)(opening.value)
    other.input.wait_for()
    expect(other.log).to_have_text("")
    other.ask("What are the risks?")
    assert other.kept()["session"]["token"] != widget.kept()["session"]["token"]
    widget.page.reload()
    expect(widget.log.locator(".bubble")).to_have_text([f"You: {OPENER}"])
    assert other.said == []
