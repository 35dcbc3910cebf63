"""Finds telephone numbers, and leaves alone public ones, prices, ranges, years and lot numbers. Imports no Rasa."""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers
from phonenumbers import PhoneNumberType

from bot.safety.privacy.finders.patterns import IGNORE, either
from bot.safety.privacy.finders.spans import Span

CANDIDATE = re.compile(
    r"(?<![A-Za-z0-9_$€£¥₹%#.,:/+-])(?:\+|00)?\(?\+?\d(?:[ \u00a0]?[-().\u2013/]?[ \u00a0]?\d){5,17}"
    r"(?![A-Za-z0-9_%€£]|[.,:/-]\d| ?[x×°%$€£])"
)
CALL = either(
    r"call ring text phone tel telephone mobile mob cell(?!s) cellphone whats\s?app wapp sms fax landline reach contact "
    r"dial viber telegram signal imessage t[eé]l[eé]fono tel[eé]fono m[oó]vil celular ll[aá]m\w{2,5} t[eé]l[eé]phone "
    r"portable appel\w{1,4} handy telefon\w{0,4} nummer rufnummer anruf\w{0,4} ruf\w{0,3} cellulare telefone "
    r"telem[oó]vel numer komórka zadzwo\w{1,4} chiama\w{0,4} cep mi_n[uú]mero mon_num[eé]ro "
    "(?:my|his|her|our|their|home|work|contact|daytime|best|phone|mobile|cell|new)_(?:number|no|num|nr|#)"
)
CALL_ELSEWHERE = either(
    "телефон позвон дзвон номер 电话 電話 手机 手機 致电 联系 携帯 번호 전화 연락처 फ़?ोन मोबाइल नंबर هاتف رقمي جوال điện_thoại sđt"
)
CUE = re.compile(rf"(?:\b{CALL}\b|{CALL_ELSEWHERE})[^\d\n()]{{0,28}}\(?$", IGNORE)
CUE_AFTER = re.compile(
    r"^\)?\s?(?:is|was|=|-|\()\s?(?:my|his|her|our|their|the)\s(?:new |work |home |contact |best )?"
    r"(?:hp|handphone|cell|mobile|phone|number|no\b|tel|landline|whats ?app)",
    IGNORE,
)
THING = re.compile(
    r"(?:\b(?:lot|batch|serial|model|ref|sku|gtin|ean|udi|upc|ndc|nct|pmid|doi|isbn|issn|cas|catalog(?:ue)?|item|fei|barcode|tracking|"
    r"chargen?|lote|lotto|partia)\b|批号|ロット)[^\d.!?\n]{0,24}[A-Z]{0,4}[\s-]?$|"
    r"\b(?:expir\w{0,4}|exp|trial|article|letter|510\(?k\)?|registration|"
    r"(?<!driving )(?<!driver )(?<!driver[s'’] )(?<!driver['’]s )licen[cs]e|order|invoice|stem cells?)\b\.?[\s:#(-]{0,3}"
    r"(?:(?:number|no|num|nr|code|id|is|was|n°|nº)\.?[\s:#-]{0,3}){0,2}[A-Z]{0,4}[\s-]?$",
    IGNORE,
)
COUNTED = either(
    "mg ml mcg µg ug iu nm cc particles? exosomes? vesicles billion million trillion cells? units? people patients? "
    "participants women men subjects studies dollars? bucks euros? pounds usd eur gbp pln cny rmb won yen rupees kr per "
    "times years? days weeks months hours minutes shots grafts follicles hairs"
)
UNIT = re.compile(rf"\s?(?:-|to)?\s?(?:\b{COUNTED}\b|元|원|円|₽|%)", IGNORE)
YEARS = re.compile(r"^(?:(?:19|20)\d\d\D{1,3}){1,4}(?:(?:19|20)\d\d|\d\d)$")
DATE = re.compile(
    r"^(?:\d{1,2}[./-](?:19|20)\d\d|(?:19|20)\d\d[./ -]\d{1,2}[./ -]\d{1,2}|\d{1,2}[./ -]\d{1,2}[./ -](?:(?:19|20)?\d\d))$"
)
# How numbers are written out in several countries, so that they need no word that says so.
SHAPE = re.compile(
    r"\(\d{3}\) ?\d{3}[ .-]?\d{4}|(?:1[ .-])?\d{3}([ .-])\d{3}\1\d{4}|[2-9]\d\d[2-9]\d{6}|"  # North America
    r"0\d{8,10}|\(?0\d{1,4}\)?[ ./-]\d{3,8}(?:[ .-]\d{2,4}){0,2}|0\d([ .-])\d\d(?:\2\d\d){3}|"  # most of Europe, with a leading 0
    r"1[3-9]\d[ -]?\d{4}[ -]?\d{4}|[6-9]\d{4} \d{5}|\(\d{2,3}\) ?9?\d{4}-?\d{4}"  # China, India, Brazil
)
# Seven digits, as neighbours give them to each other.
LOCAL = re.compile(r"555[ .-]?\d{4}|[2-9]\d\d[ .-](?:0\d{3}|\d{3}[1-9])")
# Help lines and the like, which people ask about.
PUBLIC = frozenset(
    "116123 116117 116000 116111 131114 741741 686868 131126 18002221222 18003321088 18002738255 1800273825 8002221222 8002738255 "
    "08457909090 08001111 0800116123 1300224636 112911 911112 999112 112999".split()
)
FREE = (PhoneNumberType.TOLL_FREE, PhoneNumberType.SHARED_COST, PhoneNumberType.UAN)
BEFORE = 48


def of_a_thing(before: str) -> bool:
    """Whether the words `before` a number make it one of a thing: a lot, an order, a trial."""
    return bool(THING.search(before))


def _free_call(said: str) -> bool:
    """Whether it is a number of the kind that firms and help lines have, and no person."""
    for region in ["US"] + ["GB"] * said.startswith("0") + ["AU"] * said.startswith(("0", "1")):
        try:
            number = phonenumbers.parse(said, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.number_type(number) in FREE:
            return True
    return False


def _international(said: str) -> bool:
    """Whether it has a country's code and as many digits as numbers there have."""
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(said if said[0] in "+(" else "+" + said.lstrip("0")))
    except phonenumbers.NumberParseException:
        return False


def _judge(said: str, *, before: str, after: str) -> bool | None:
    """Whether `said` is a telephone number; None if only a neighbour could tell."""
    digits = re.sub(r"\D", "", said)
    if digits in PUBLIC or YEARS.match(said) or DATE.match(said) or UNIT.match(after) or of_a_thing(before):
        return False
    cued = bool(CUE.search(before) or CUE_AFTER.search(after))
    if not cued and _free_call(said):
        return False
    if said.startswith(("+", "(+")) or (said.startswith("00") and len(digits) > 10):
        return _international(said)
    if cued and len(digits) >= 6 and not (len(digits) < 9 and said.endswith("000")):
        return True
    if SHAPE.fullmatch(said) and not digits.endswith("0000"):
        return True
    if LOCAL.fullmatch(said):
        return True if said.startswith("555") or digits[3] == "0" else None
    return None if 8 <= len(digits) <= 12 and not digits.endswith("00") and said == digits else False


def find(text: str) -> Iterator[Span]:
    """The telephone numbers in `text`; unsure ones count beside other personal data."""
    for match in CANDIDATE.finditer(text):
        start, end = match.span()
        verdict = _judge(match.group(), before=text[max(0, start - BEFORE) : start], after=text[end : end + 40])
        if verdict is not False:
            yield Span(start, end, "phone", sure=bool(verdict))
