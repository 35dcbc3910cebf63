"""Finds streets with a house number, post boxes and postcodes. Cities and countries stay: the law depends on them. Imports no Rasa."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.safety.finders.phones import of_a_thing
from bot.safety.finders.spans import Span

I = re.IGNORECASE
WORD = r"[^\W\d_][\w.'’-]{0,24}"
CAPITAL = r"(?:[A-ZÀ-ÖØ-ÞŁŚŻ][\w.'’-]{0,24}|\d{1,3}(?:st|nd|rd|th))"
STREET = (
    r"(?:street|str|st|road|rd|avenue|ave|av|lane|ln|drive|boulevard|blvd|court|ct|place|pl|terrace|ter|crescent|cres|close|square|sq|"
    r"highway|hwy|parkway|pkwy|circle|cir|trail|trl|alley|gardens?|gdns|grove|mews|row|way|walk|rise|heights|loop|turnpike|pike|quay|hill|green|parade|esplanade|broadway|vale|view|wharf|path|plaza)"
)
CLEAR_STREET = r"(?:street|road|avenue|ave|lane|terrace|crescent|boulevard|blvd|drive|court|gardens|grove|rd|close|mews)"
UNIT = r"(?:(?:apt|apartment|unit|suite|ste|flat|floor|room|rm|no|#)\.?\s?#?\s?\w{1,5}\b)"
HOUSE = r"(?<![\w$€£.,/-])\d{1,5}(?:[ -]?[A-Da-d]\b|[/-]\d{1,5})?"
COMPASS = r"(?:[NSEW]{1,2}\.?\s|(?:North|South|East|West)\s)?"
ENGLISH = re.compile(
    rf"(?:\b(?i:{UNIT}),?\s)?(?P<house>{HOUSE}),?\s{COMPASS}(?P<name>(?:{CAPITAL}\s){{1,3}})(?i:{STREET})\b\.?(?:\s(?:[NSEW]{{1,2}}|North|South|East|West)\b|\s\d{{1,4}}\b)?"
    rf"(?:,?\s(?i:{UNIT}))?|(?:\b(?i:{UNIT}),?\s)?(?P<house2>{HOUSE}),?\s{COMPASS}(?P<name2>(?:{CAPITAL}\s){{1,3}})Dr\b(?!\.?\s[A-Z][a-z]+\s(?:[a-z]|$))\.?(?:,?\s(?i:{UNIT}))?"
)
LOWER = re.compile(rf"(?P<house>{HOUSE})\s(?P<name>(?:[a-z][a-z'-]{{1,20}}\s){{1,2}}){CLEAR_STREET}\b(?:,?\s{UNIT})?")
MILE = re.compile(r"(?<![\w$€£.,/-])\d{1,5}\s(?:Broadway|The\s(?:[A-Z]\w{2,20}\s?){1,2}(?=,|\n|$))")
BOX = re.compile(
    r"\b(?:p\.?\s?o\.?\s?box|post(?:al)? box|postfach|apartado|bo[iî]te postale|caixa postal)\s?(?:no\.?\s?)?\d{1,7}\b", I
)
SMALL = r"(?:(?:de|del|de la|de los|de las|la|las|los|des|du|d['’]|l['’]|da|do|dos|das|di|della|dei|san|santa|von|der|den|am|an der|im)\s?)"
PART = rf"(?:{SMALL}{{0,2}}[^\W\d_][\w.'’-]{{0,24}})"
FRENCH = re.compile(
    rf"(?<![\w$€£.,/-])\d{{1,4}}\s?(?:bis|ter|quater)?,?\s(?:rue|avenue|av\.|boulevard|bd|place|chemin|impasse|allée|quai|cours|route|square|passage)\s{PART}(?:[ -]{PART}){{0,3}}(?=$|[\s,.;)!?])",
    I,
)
NUMBER_AFTER = r"(?:,?\s(?:n[º°o.]{0,2}\s?|nr\.?\s?|número\s|num\.?\s)?\d{1,5}(?:\s?[a-dA-D]\b|[/-]\d{1,4})?(?:,?\s?\d{1,2}\s?[º°ªo]?\s?[A-Da-d]?\b)?)(?!\w| ?(?:de|mg|ml|%|€))"
ROMANCE = re.compile(
    r"\b(?P<kind>(?:calle|avenida|avda|paseo|plaza|carrer|carrera|camino|ronda|rua|travessa|praça|estrada|via|viale|piazza|corso|largo|"
    r"vicolo|strada|ulica|ulicy|aleja|улица|улице|вулиця|проспект|бульвар|переулок|đường|phố)\s|(?:c/|(?:avda|av|pza|r|ul|al|os|pl|ул|вул|пр)\.)\s?)"
    rf"(?P<name>(?:{PART}[ ]?){{1,4}}){NUMBER_AFTER}",
    I,
)
GERMANIC = re.compile(
    r"(?<!\w)(?:[A-ZÄÖÜ][\wäöüß.-]{1,24}[ -]){0,2}(?:[A-ZÄÖÜ][\wäöüß-]{1,28}(?:straße|strasse|str\.|weg|platz|allee|gasse|damm|ufer|"
    r"straat|laan|gracht|plein|vägen|gatan|vej|veien)|[A-ZÄÖÜ][\wäöüß-]{1,24}\s(?:Straße|Strasse|Str\.|Weg|Platz|Allee|Gasse|Ring|Damm|Ufer)|"
    r"[a-zäöü]{3,20}(?:straße|strasse|straat|gracht))\s\d{1,4}(?:\s?[a-h]\b)?(?!\w| ?(?:mg|ml|%|€|Jahre))",
)
SQUARE = re.compile(
    r"\b(?:Am|An der|Auf der|Auf dem|Im|In der|Zum|Zur|Beim|Unter den)\s[A-ZÄÖÜ][\wäöüß-]{1,24}(?:\s[A-ZÄÖÜ][\wäöüß-]{1,24})?\s\d{1,3}\s?[a-h]?(?=,?\s(?:D-)?\d{5}\s[A-ZÄÖÜ])"
)
TURKISH = re.compile(
    r"(?<!\w)(?:[A-ZÇĞİÖŞÜ][\wçğıöşü]{1,20}\s){1,3}(?:Mah|Mahallesi|Cad|Caddesi|Sok|Sokak|Sokağı|Sk|Blv|Bulvarı)\b\.?,?\s?(?:No\.?:?\s?)?\d{1,5}(?:/\d{1,4})?"
)
CHINESE = re.compile(
    r"(?:[\u4e00-\u9fff]{2,8}?[市区县區縣镇])?[\u4e00-\u9fff]{1,10}?[路街道巷弄里村]\s?(?:[\u4e00-\u9fff0-9]{0,6}[弄巷])?\d{1,5}\s?[号號](?:院|楼)?(?:[0-9A-Za-z\u4e00-\u9fff]{0,8}?\d{1,5}\s?[室户楼层])?"
)
JAPANESE = re.compile(
    r"〒?\s?\d{3}-\d{4}(?=\s?[\u4e00-\u9fff])|[\u4e00-\u9fff\u3040-\u30ff]{1,10}[区市町村][\u4e00-\u9fff\u3040-\u30ff]{1,10}\s?\d{1,3}(?:-\d{1,3}){1,3}|[\u4e00-\u9fff\u3040-\u30ff]{1,8}\d{1,2}丁目[\d番地号-]{0,12}"
)
KOREAN = re.compile(r"[가-힣]{1,8}(?:대로|로|길)\s?\d{1,4}(?:번?길\s?\d{1,4})?(?:-\d{1,4})?(?:번지)?(?=[\s,.]|$|에|입|번)")

STATES = "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR"
STATE = (
    "alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia|hawaii|idaho|illinois|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|"
    "massachusetts|michigan|minnesota|mississippi|missouri|montana|nebraska|nevada|new hampshire|new jersey|new mexico|new york|north carolina|north dakota|ohio|oklahoma|"
    "oregon|pennsylvania|rhode island|south carolina|south dakota|tennessee|texas|utah|vermont|virginia|washington|west virginia|wisconsin|wyoming"
)
ZIP = re.compile(
    rf"(?:\b(?:{'|'.join(STATES.split())})|\b(?i:{STATE})),?\s(?P<code>\d{{5}}(?:-\d{{4}})?)(?!\w|,\d|%| ?(?:people|patients|women|men|cases|per|dollars|mg|ml|a |an |exosomes))"
)
AUSTRALIAN = re.compile(r"\b(?:NSW|VIC|QLD|TAS|ACT|Vic|Qld)\s(?P<code>\d{4})(?!\w)|,\s?(?:WA|SA|NT)\s(?P<other>[5-8]\d{3})(?!\w)")
AREAS = (
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT "
    "KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA "
    "WC WD WF WN WR WS WV YO ZE"
)
BRITISH = re.compile(rf"(?<![\w-])(?:{'|'.join(AREAS.split())})\d[\dA-Z]?(?P<gap> ?)\d[ABD-HJLNP-UW-Z]{{2}}(?![\w-])", I)
CANADIAN = re.compile(r"(?<![\w-])[ABCEGHJ-NPRSTVXY]\d[A-Z][ -]\d[A-Z]\d(?![\w-])", I)
IRISH = re.compile(r"(?<![\w-])(?:[AC-FHKNPRTV-Y]\d{2}|D6W) [0-9AC-FHKNPRTV-Y]{4}(?![\w-])")
NAMED_CODE = re.compile(
    r"(?:\b(?:zip(?:\s?code)?|post\s?code|postal\s?code|eir\s?code|pin\s?code|plz|postleitzahl|code postal|c[óo]digo postal|c\.?p\.|cap|cep|kod pocztowy|posta kodu|индекс|postnummer)"
    r"|邮编|邮政编码|郵便番号|우편번호)(?:\s?(?:is|was|es|est|ist|è|é|:|=|是|は))?[\s:]{0,3}(?P<code>[A-Z]{0,2}\d[A-Z0-9]{1,4}(?:[ -]\d[A-Z0-9]{1,3})?)(?!\w)",
    I,
)
CONTINENTAL = re.compile(
    r"(?<![\w$€£.,-])(?:[A-Z]{1,2}-)?\d{4,5}(?=\s[A-ZÀ-ÖØ-Þ][\w-]{2,})|(?<!\w)\d{2}-\d{3}(?=\s[A-ZŁŚŻ])|(?<!\w)\d{4} ?[A-Z]{2}(?=,?\s[A-Z])"
)
HOME = re.compile(
    r"\b(?:live|living|lives|based|address|postcode|ship|send|deliver|mail|moved|from|near|in|wohne|vivo|habite)\b[^.!?\n]{0,40}$",
    I,
)
# In these languages a postcode comes before the city.
ABROAD = re.compile(r"\b(?:wohn\w{1,4}|leb\w{1,2}|vivo|resido|habite|abito|moro|mieszkam|woon|bor i)\b[^.!?\n]{0,40}$", I)
LIVES = re.compile(
    r"\b(?:i live at|my (?:home |mailing |postal |billing )?address(?: is|:)|(?:home |mailing |postal |billing )?address\s?[:=]|ship (?:it |them )?to|post it to|mi direcci[oó]n es|vivo en|"
    r"j['’]habite(?: au)?|mon adresse est|meine adresse(?: ist|:)|ich wohne in der|abito in|moro na|住在|住址|地址|住所は)[\s::：是]{0,2}(?P<place>[^.!?\n,;，。]{0,50}?\d[^.!?\n,;，。]{0,14}?)(?=$|[.!?\n,;，。]| and | but | y | et | und )",
    I,
)
NOT_STREETS = frozenset(
    "the a an of in on at to my your our his her their this that down off from for with by and or down up per pm am times weeks week days day months month years year minutes minute hours hour min mins miles mile km "
    "people patients sessions session vials vial units ml mg mcg shots doses percent more less other side long way new fda dr mr mrs".split()
)
YEAR = re.compile(r"^(?:19|20)\d\d$")
SINCE = re.compile(r"\b(?:in|since|until|from|by|of|during|after|before|and)\s$", I)


def _is_street(text: str, match: re.Match[str]) -> bool:
    """Whether what looks like a street is one: not "2 months down the road" nor "in 2019 Harley Street"."""
    groups = match.groupdict()
    house, name = groups.get("house") or groups.get("house2") or "", groups.get("name") or groups.get("name2") or ""
    if any(word in NOT_STREETS for word in name.lower().split()):
        return False
    return not (YEAR.match(house) and SINCE.search(text[max(0, match.start() - 8) : match.start()]))


def _streets(text: str) -> Iterator[Span]:
    for pattern in (ENGLISH, LOWER):
        yield from (Span(*match.span(), "address") for match in pattern.finditer(text) if _is_street(text, match))
    for match in ROMANCE.finditer(text):
        if match["name"] != match["name"].lower() or match["kind"].lower().strip() in ("calle", "rua", "ul.", "ulica", "ул."):
            yield Span(*match.span(), "address")
    for pattern in (FRENCH, GERMANIC, SQUARE, TURKISH, MILE, BOX):
        yield from (Span(*match.span(), "address") for match in pattern.finditer(text))
    if not text.isascii():
        for pattern in (CHINESE, JAPANESE, KOREAN):
            yield from (Span(*match.span(), "address") for match in pattern.finditer(text))
    for match in LIVES.finditer(text):
        if sum(c.isdigit() for c in match["place"]) <= 12:
            yield Span(*match.span("place"), "address")


def _codes(text: str) -> Iterator[Span]:
    for pattern in (ZIP, AUSTRALIAN, NAMED_CODE):
        for match in pattern.finditer(text):
            group = match.lastgroup or "code"
            if sum(c.isdigit() for c in match[group]) >= 2:
                yield Span(*match.span(group), "address")
    for pattern in (BRITISH, CANADIAN, IRISH):
        for match in pattern.finditer(text):
            said, before = match.group(), text[max(0, match.start() - 48) : match.start()]
            if of_a_thing(before) or not (said.isupper() or said.islower()):
                continue
            clear = said.isupper() and " " in said
            yield Span(*match.span(), "address", sure=clear or bool(HOME.search(before)))
    for match in CONTINENTAL.finditer(text):
        yield Span(*match.span(), "address", sure=bool(ABROAD.search(text[max(0, match.start() - 64) : match.start()])))


def find(text: str) -> Iterator[Span]:
    """The addresses and postcodes in `text`; bare digits before a city count only beside a street."""
    if any(c.isdigit() for c in text):
        yield from _streets(text)
        yield from _codes(text)
