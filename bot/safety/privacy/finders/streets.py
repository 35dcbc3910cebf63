"""Finds streets with a house number and post boxes. Cities and countries stay: the law depends on them. Imports no Rasa."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.safety.privacy.finders.patterns import IGNORE, NO_SUM, either
from bot.safety.privacy.finders.spans import Span

CAPITAL = r"(?:[A-ZÀ-ÖØ-ÞŁŚŻ][\w.'’-]{0,24}|\d{1,3}(?:st|nd|rd|th))"
CLEAR = "street road avenue ave lane terrace crescent boulevard blvd drive court gardens grove rd close mews"
STREET = either(
    f"{CLEAR} str st av ln ct place pl ter cres square sq highway hwy parkway pkwy circle cir trail trl alley garden gdns row way "
    "walk rise heights loop turnpike pike quay hill green parade esplanade broadway vale view wharf path plaza"
)
UNIT = r"(?:(?:\b(?:apt|apartment|unit|suite|ste|flat|floor|room|rm|no)\b\.?\s?#?|#)\s?(?:\d\w{0,4}|[A-Z])\b)"
UNIT_BEFORE = rf"(?:\b(?i:{UNIT},?|unit|flat|apt\.?|suite|shop)\s)?"
UNIT_AFTER = rf"(?:,?\s(?i:{UNIT}))?"
HOUSE = rf"(?P<house>{NO_SUM}\d{{1,5}}(?:[ -]?[A-Da-d]\b|[/-]\d{{1,5}})?)"
COMPASS = r"(?:[NSEW]{1,2}\.? |(?:North|South|East|West) )?"
NAME = rf"(?P<name>(?:{CAPITAL} ){{1,3}})"
# After its name: "NW", or the number that a road has instead of one.
REST = r"(?:\.(?=,))?(?:\s(?:[NSEW]{1,2}|North|South|East|West)\b|\s\d{1,4}\b)?"
ENGLISH = (
    re.compile(rf"{UNIT_BEFORE}{HOUSE},? {COMPASS}{NAME}(?i:{STREET})\b{REST}{UNIT_AFTER}"),
    re.compile(rf"{UNIT_BEFORE}{HOUSE},? {COMPASS}{NAME}Dr\b(?!\.?\s[A-Z][a-z]+\s(?:[a-z]|$))\.?{UNIT_AFTER}"),  # no "Dr Smith"
    re.compile(
        rf"{HOUSE}\s(?P<name>(?:[a-z][a-z'-]{{1,20}}\s){{1,2}}){either(CLEAR)}\b"
        rf"(?!\s(?:clinics?|shops?|stores?|salons?))(?:,?\s{UNIT})?"
    ),
    # in small letters and shortened: "12 high st", "1600 n main st", "18 w 72nd st"
    re.compile(
        rf"{UNIT_BEFORE}{HOUSE},?\s(?:[nsew]\s)?(?P<name>(?:[a-z][a-z'-]{{2,20}}|\d{{1,3}}(?:st|nd|rd|th))\s(?:[a-z]{{3,20}}\s)?)"
        + either("st str rd ave ln gdns blvd pkwy hwy cres terr")
        + r"\b\.?(?!\s(?:clinics?|shops?|stores?|salons?|johns?))",
        IGNORE,
    ),
)
NUMBER_LAST = re.compile(
    rf"\b(?P<name>(?:{CAPITAL}\s){{1,2}})(?:Street|Road|Avenue|Lane|Drive|Boulevard|Terrace|Crescent)\s"
    r"(?P<house>\d{1,4}[a-d]?)(?=$|[,.;!?\n]|\sand\b)"
)
SMALL = (
    r"(?:"
    + either("de del de_la de_los de_las la las los des du d['’] l['’] da do dos das di della dei san santa von der den am im")
    + r"\s?)"
)
PART = rf"(?:{SMALL}{{0,2}}[^\W\d_][\w.'’-]{{0,24}})"
FRENCH = re.compile(
    rf"{NO_SUM}\d{{1,4}}\s?(?:bis|ter|quater)?,?\s"
    + either(
        r"rue avenue av\. boulevard bd place chemin impasse allée quai cours route passage "
        r"square(?!\x20(?:inch|feet|foot|met|mile|cm|root))"
    )
    + rf"\s{PART}(?:[ -]{PART}){{0,3}}(?=$|[\s,.;)!?])",
    IGNORE,
)
STREET_FIRST = either(
    "calle avenida avda paseo plaza carrer carrera camino ronda rua travessa praça estrada via viale piazza corso largo "
    "vicolo strada ulica ulicy aleja улица улице вулиця проспект бульвар переулок đường phố"
)
SHORTENED = r"(?:c/|" + either("avda av pza r ul al os pl ул вул пр") + r"\.)"
IN_SMALL_LETTERS = ("calle", "rua", "ul.", "ulica", "ул.")  # these say it even where the name has no capital
DOOR = r"(?:,?\s?\d{1,2}\s?[º°ªo]?\s?[A-Da-d]?\b)?"
NUMBER_AFTER = (
    r"(?:,?\s(?:n[º°o.]{0,2}\s?|nr\.?\s?|número\s|num\.?\s)?\d{1,5}(?:\s?[a-dA-D]\b|[/-]\d{1,4})?"
    + DOOR
    + r")(?!\w| ?(?:de|mg|ml|%|€))"
)
ROMANCE = re.compile(rf"\b(?P<kind>{STREET_FIRST}\s|{SHORTENED}\s?)(?P<name>(?:{PART}[ ]?){{1,4}}){NUMBER_AFTER}", IGNORE)
GERMAN_NAME = r"[A-ZÄÖÜ][\wäöüß-]{1,24}"
GERMANIC = re.compile(
    r"(?<!\w)(?:[A-ZÄÖÜ][\wäöüß.-]{1,24}[ -]){0,2}(?:"
    + r"[A-ZÄÖÜ][\wäöüß-]{1,28}"
    + either(r"straße strasse str\. weg platz allee gasse damm ufer straat laan gracht plein vägen gatan vej veien")
    + rf"|{GERMAN_NAME}\s"
    + either(r"Straße Strasse Str\. Weg Platz Allee Gasse Ring Damm Ufer")
    + r"|[a-zäöü]{3,20}(?:straße|strasse|straat|gracht|str\.))\s\d{1,4}(?:\s?[a-h]\b)?(?!\w| ?(?:mg|ml|%|€|Jahre))",
)
SQUARE = re.compile(
    r"\b(?:Am|An der|Auf der|Auf dem|Im|In der|Zum|Zur|Beim|Unter den)\s"
    rf"{GERMAN_NAME}(?:\s{GERMAN_NAME})?\s\d{{1,3}}\s?[a-h]?(?=,?\s(?:D-)?\d{{5}}\s[A-ZÄÖÜ])"
)
TURKISH = re.compile(
    r"(?<!\w)(?:[A-ZÇĞİÖŞÜ][\wçğıöşü]{1,20}\s){1,3}"
    + either("Mah Mahallesi Cad Caddesi Sok Sokak Sokağı Sk Blv Bulvarı")
    + r"\b\.?,?\s?(?:No\.?:?\s?)?\d{1,5}(?:/\d{1,4})?"
)
NAMED_HOUSE = re.compile(NO_SUM + r"\d{1,5}\s(?:Broadway|The\s(?:[A-Z]\w{2,20}\s?){1,2}(?=,|\n|$))")
BOX = re.compile(
    r"\b(?:p\.?\s?o\.?\s?box|post(?:al)? box|postfach|apartado|bo[iî]te postale|caixa postal)\s?(?:no\.?\s?)?\d{1,7}\b", IGNORE
)
HAN = r"[\u4e00-\u9fff]"
EASTERN = (
    re.compile(
        rf"(?:{HAN}{{2,8}}?[市区县區縣镇])?{HAN}{{1,10}}?[路街道巷弄里村]\s?(?:[\u4e00-\u9fff0-9]{{0,6}}[弄巷])?\d{{1,5}}\s?[号號](?:院|楼)?"
        rf"(?:[0-9A-Za-z\u4e00-\u9fff]{{0,8}}?\d{{1,5}}\s?[室户楼层])?"
    ),
    re.compile(r"[\u4e00-\u9fff\u3040-\u30ff]{1,10}[区市町村][\u4e00-\u9fff\u3040-\u30ff]{1,10}\s?\d{1,3}(?:-\d{1,3}){1,3}"),
    re.compile(r"[\u4e00-\u9fff\u3040-\u30ff]{1,8}\d{1,2}丁目[\d番地号-]{0,12}"),
    re.compile(r"[가-힣]{1,8}(?:대로|로|길)\s?\d{1,4}(?:번?길\s?\d{1,4})?(?:-\d{1,4})?(?:번지)?(?=[\s,.]|$|에|입|번)"),
)
# A house number after words that say that an address comes, whatever the street is called.
LIVES = (
    re.compile(
        r"\b(?:i live at|(?:home |mailing |postal |billing )?address(?: is|:)|ship (?:it |them )?to|post it to|mi direcci[oó]n es|"
        r"mon adresse est|meine adresse(?: ist|:)|abito in|moro na)\s"
        r"(?P<place>\d{1,5}\w?,?\s[^\d.!?\n,;]{3,40}?)(?=$|[.!?\n,;]| and | but | y | et | und )",
        IGNORE,
    ),
    re.compile(r"(?:住在|住址|地址|住所は)[\s::：是]{0,2}(?P<place>[^\d\s,，。]{0,20}\d{1,5}[^\s,，。]{0,12}?)(?=$|[\s,，。])"),
)
NOT_STREETS = frozenset(
    "the a an of in on at to my your our his her their this that down off from for with by and or up per pm am times weeks week "
    "days day months month years year minutes minute hours hour min mins miles mile km people patients sessions session vials vial "
    "units ml mg mcg shots doses percent more less other side long way new fda dr mr mrs".split()
)
YEAR = re.compile(r"^(?:19|20)\d\d$")
SINCE = re.compile(r"\b(?:in|since|until|from|by|of|during|after|before|and)\s$", IGNORE)


def _is_street(text: str, match: re.Match[str]) -> bool:
    """Whether what looks like a street is one: not "2 months down the road" nor "in 2019 Harley Street"."""
    if any(word in NOT_STREETS for word in match["name"].lower().split()):
        return False
    if not YEAR.match(match["house"]):
        return True
    return match.re is not NUMBER_LAST and not SINCE.search(text[max(0, match.start() - 8) : match.start()])


def find(text: str) -> Iterator[Span]:
    """The streets with a number in `text`, and the post boxes."""
    if not any(c.isdigit() for c in text):
        return
    for pattern in (*ENGLISH, NUMBER_LAST):
        yield from (Span(*match.span(), "address") for match in pattern.finditer(text) if _is_street(text, match))
    for match in ROMANCE.finditer(text):
        if match["name"] != match["name"].lower() or match["kind"].lower().strip() in IN_SMALL_LETTERS:
            yield Span(*match.span(), "address")
    for pattern in (FRENCH, GERMANIC, SQUARE, TURKISH, NAMED_HOUSE, BOX, *EASTERN):
        yield from (Span(*match.span(), "address") for match in pattern.finditer(text))
    for pattern in LIVES:
        for match in pattern.finditer(text):
            start, end = match.span("place")
            if not NOT_STREETS & set(text[start:end].lower().split()):
                yield Span(start, end, "address")
