"""Finds postcodes by their form, by the words before them, or beside a state or a city. Imports no Rasa."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.safety.privacy.finders.patterns import IGNORE, NO_SUM, PROSE, either
from bot.safety.privacy.finders.phones import of_a_thing
from bot.safety.privacy.finders.spans import Span

STATES = either(
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA "
    "RI SC SD TN TX UT VT VA WA WV WI WY DC PR"
)
STATE_NAMES = either(
    "alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois "
    "indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri "
    "montana nebraska nevada new_hampshire new_jersey new_mexico new_york north_carolina north_dakota ohio oklahoma "
    "oregon pennsylvania rhode_island south_carolina south_dakota tennessee texas utah vermont virginia washington "
    "west_virginia wisconsin wyoming"
)
AREAS = either(
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G "
    "GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW "
    "OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD "
    "WF WN WR WS WV YO ZE"
)
COUNTED = r" ?(?:people|patients|women|men|cases|per|dollars|mg|ml|a |an |exosomes)"
AFTER_STATE = (
    re.compile(rf"(?:\b{STATES}|\b(?i:{STATE_NAMES})),?\s(?P<code>\d{{5}}(?:-\d{{4}})?)(?!\w|,\d|%|{COUNTED})"),
    re.compile(r"\b(?:NSW|VIC|QLD|TAS|ACT|Vic|Qld)\s(?P<code>\d{4})(?!\w)|,\s?(?:WA|SA|NT)\s(?P<other>[5-8]\d{3})(?!\w)"),
)
NAMED = re.compile(
    r"(?:\b(?:zip(?:\s?code)?|post\s?code|postal\s?code|eir\s?code|pin\s?code|plz|postleitzahl|code postal|c[óo]digo postal|"
    r"c\.?p\.|(?-i:CAP|CEP)|kod pocztowy|posta kodu|индекс|postnummer)|邮编|邮政编码|郵便番号|우편번호)"
    r"(?:\s?(?:is|was|es|est|ist|è|é|:|=|是|は))?[\s:]{0,3}"
    r"(?P<code>[A-Z]{0,2}\d[A-Z0-9]{1,4}(?:[ -]\d[A-Z0-9]{1,3})?)(?!\w)|(?P<japanese>〒\s?\d{3}-\d{4})",
    IGNORE,
)
FORMS = (
    re.compile(rf"(?<![\w-]){AREAS}\d[\dA-Z]? ?\d[ABD-HJLNP-UW-Z]{{2}}(?![\w-])", IGNORE),
    re.compile(r"(?<![\w-])[ABCEGHJ-NPRSTVXY]\d[A-Z][ -]\d[A-Z]\d(?![\w-])", IGNORE),
    re.compile(r"(?<![\w-])(?:[AC-FHKNPRTV-Y]\d{2}|D6W) [0-9AC-FHKNPRTV-Y]{4}(?![\w-])"),
)
BEFORE_CITY = re.compile(
    NO_SUM
    + r"(?:[A-Z]{1,2}-)?\d{4,5}(?=\s[A-ZÀ-ÖØ-Þ][\w-]{2,})|(?<!\w)\d{2}-\d{3}(?=\s[A-ZŁŚŻ])|(?<!\w)\d{4} ?[A-Z]{2}(?=,?\s[A-Z])"
)
HOME = re.compile(
    rf"\b(?:live|living|lives|based|address|postcode|ship|send|deliver|mail|moved|from|near|in|wohne|vivo|habite)\b{PROSE}{{0,40}}$",
    IGNORE,
)
# In these languages a postcode comes before the city.
ABROAD = re.compile(
    rf"\b(?:wohn\w{{1,4}}|leb\w{{1,2}}|vivo|resido|habite|abito|moro|mieszkam|woon|bor i)\b{PROSE}{{0,40}}$", IGNORE
)
SHORTEST = 4
BEFORE = 64


def find(text: str) -> Iterator[Span]:
    """The postcodes in `text`; bare digits before a city are unsure and count only beside a street."""
    if not any(c.isdigit() for c in text):
        return
    for pattern in (*AFTER_STATE, NAMED):
        for match in pattern.finditer(text):
            group = match.lastgroup or "code"
            if len(match[group]) >= SHORTEST:
                yield Span(*match.span(group), "address")
    for pattern in FORMS:
        for match in pattern.finditer(text):
            said, before = match.group(), text[max(0, match.start() - BEFORE) : match.start()]
            if not of_a_thing(before) and (said.isupper() or said.islower()):
                yield Span(*match.span(), "address", sure=(said.isupper() and " " in said) or bool(HOME.search(before)))
    for match in BEFORE_CITY.finditer(text):
        yield Span(*match.span(), "address", sure=bool(ABROAD.search(text[max(0, match.start() - BEFORE) : match.start()])))
