"""Finds dates of birth. Other dates stay, such as that of a treatment, for people ask about them. Imports no Rasa."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.safety.privacy.finders.patterns import IGNORE, MONTHS, either
from bot.safety.privacy.finders.spans import Span

FULL_YEAR = r"(?:19|20)\d\d"
YEAR = rf"(?:{FULL_YEAR}|['’]?\d\d)(?!\d)"
ORDINAL = r"(?:st|nd|rd|th|er|º|ª|\.)?"
OF = r"(?:of |de |del |d[ei'] )?"
TO_NINTH = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
DAY = rf"(?:\d{{1,2}}{ORDINAL}|(?:twenty|thirty)?[ -]?(?:{TO_NINTH})|tenth|eleventh|twelfth|\w{{3,6}}teenth|twentieth|thirtieth)"
NUMERIC = (
    rf"(?:{FULL_YEAR}[./-]\d{{1,2}}[./-]\d{{1,2}}|\d{{1,2}}[./-]\s?\d{{1,2}}[./-]\s?{YEAR}|\d{{1,2}} \d{{1,2}} {YEAR}|"
    r"\d{1,2}/\d{1,2}(?![\d/])|\d{6}(?:\d\d)?(?!\d))"
)
WORDED = (
    rf"(?:{DAY}\s?{OF}{MONTHS}\b\.?,?(?:\s{OF}{YEAR})?|{MONTHS}\.?,? {FULL_YEAR}(?!\d)|"
    rf"{MONTHS}\.?\s\d{{1,2}}(?!\d){ORDINAL}(?!\s?(?:weeks|days|mm|ml))(?:,?\s{YEAR})?|"
    rf"\d{{1,2}}{ORDINAL}\s{OF}[^\W\d_]{{3,12}}\.?,?\s{OF}{FULL_YEAR})"
)
EASTERN = rf"{FULL_YEAR}\s?[年년]\s?\d{{1,2}}\s?[月월]\s?\d{{1,2}}\s?[日号號일]?"
DATE = rf"(?P<date>{EASTERN}|{NUMERIC}|{WORDED})"
BIRTHDAY = r"(?:d\.?\s?o\.?\s?b\.?|date of birth|birth\s?date|birth\s?day|b-?day|bdate)"
BORN = (
    rf"(?:\b(?:born|{BIRTHDAY}|"
    + either(
        r"nacid[oa] nac[ií] nacimiento cumplea[ñn]os né\(?e?\)? née naissance geboren geb geburts\w{3,8} nat[oa] nascita "
        r"nascid[oa] nasci nascimento urodz\w{2,8} ur doğum(?:_tarihi[mn]?)? ngày_sinh sinh(?:_ngày)? geboortedatum "
        r"születt\w{1,3}"
    )
    + r")\b|"
    + either(r"родил\w{1,3} рождения народи\w{1,4} народження 出生(?:日期|年月日|于)? 生日 生年月日 생년월일 생일 ميلاد مواليد जन्म")
    + ")"
)
SAID = re.compile(rf"{BORN}|doğumlu|生まれ|\d\s?년?생|year of birth|birth year", IGNORE)
GAP = r"[^\d\n.!?()]"  # a bracket may be that of a date taken out already, after which another date is no birthday
WHERE_SAID = (
    re.compile(rf"{BORN}{GAP}{{0,28}}?\.?{GAP}{{0,4}}?(?:in {FULL_YEAR},? on (?:the )?)?\(?{DATE}", IGNORE),
    re.compile(rf"{DATE}\s?(?:\(?(?:born|{BIRTHDAY}|doğumlu\w{{0,3}}|geboren)\b|出生|生まれ|生\b|년생|생(?!\w))", IGNORE),
    re.compile(rf"{DATE}\s?(?:is|was|,|=|-)\s?(?:my|his|her|the)?\s?{BIRTHDAY}", IGNORE),
    re.compile(
        rf"\b(?:{BIRTHDAY}|(?:year of birth|birth year))[\s:=-]{{0,3}}(?:is |was )?(?P<date>{FULL_YEAR})(?![\d/.-])", IGNORE
    ),
)
AGED = re.compile(rf"\b(?:aged?|years old|y/?o)[\s,]{{0,2}}(?:\d{{1,3}})?[\s,(]{{1,3}}(?P<date>{NUMERIC})", IGNORE)
LONG_AGO = r"(?:19\d\d|200\d)"
OLD = re.compile(
    rf"(?<![\w./-])(?:\d{{1,2}}[./-]\d{{1,2}}[./-](?:{LONG_AGO}|[3-9]\d)|{LONG_AGO}-\d\d-\d\d|"
    rf"\d{{1,2}}{ORDINAL} {MONTHS},? {LONG_AGO}|"
    rf"{MONTHS} \d{{1,2}}{ORDINAL},? {LONG_AGO}|born (?:in )?{LONG_AGO})(?![\w./-])",
    IGNORE,
)


def find(text: str) -> Iterator[Span]:
    """The dates of birth in `text`. A date long past is an unsure one: beside a name or a number it is no treatment's."""
    if not any(c.isdigit() for c in text) and not SAID.search(text):
        return
    for pattern in WHERE_SAID if SAID.search(text) else ():
        yield from (Span(*match.span("date"), "birth date") for match in pattern.finditer(text))
    yield from (Span(*match.span("date"), "birth date") for match in AGED.finditer(text))
    yield from (Span(*match.span(), "birth date", sure=False) for match in OLD.finditer(text))
