"""Finds dates of birth. Other dates stay: when a treatment was done, or a notice given, is what people ask about. Imports no Rasa."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.safety.finders.spans import Span

I = re.IGNORECASE
MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
ORDINAL = r"(?:st|nd|rd|th|er|º|ª|\.)?"
YEAR = r"(?:(?:19|20)\d\d|['’]?\d\d)(?!\d)"
NUMERIC = rf"(?:(?:19|20)\d\d[./-]\d{{1,2}}[./-]\d{{1,2}}|\d{{1,2}}[./-]\s?\d{{1,2}}[./-]\s?{YEAR}|\d{{1,2}} \d{{1,2}} {YEAR})"
WORDED = (
    rf"(?:\d{{1,2}}{ORDINAL}\s?(?:of |de |d[ei'] )?{MONTH}\.?,?(?:\s(?:of |de |del )?{YEAR})?|{MONTH}\.?\s\d{{1,2}}{ORDINAL}(?!\s?(?:weeks|days|mm|ml))(?:,?\s{YEAR})?|"
    rf"\d{{1,2}}{ORDINAL}\s(?:de |d[ei'] )?[^\W\d_]{{3,12}}\.?,?\s(?:de |del )?(?:19|20)\d\d)"
)
EASTERN = r"(?:19|20)\d\d\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日号號일]?"
DATE = rf"(?P<date>{EASTERN}|{NUMERIC}|{WORDED})"
BORN = (
    r"\b(?:born|d\.?\s?o\.?\s?b\.?|date of birth|birth\s?date|birth\s?day|b-?day|bdate|nacid[oa]|nac[ií]|nacimiento|cumplea[ñn]os|"
    r"né\(?e?\)?|née|naissance|geboren|geb|geburts\w{3,8}|nat[oa]|nascita|nascid[oa]|nasci|nascimento|urodz\w{2,8}|ur|"
    r"doğum(?: tarihi[mn]?)?|ngày sinh|sinh(?: ngày)?|geboortedatum|születt\w{1,3})\b|родил\w{1,3}|рождения|народи\w{1,4}|народження|"
    r"出生(?:日期|年月日|于)?|生日|生年月日|생년월일|생일|ميلاد|مواليد|जन्म"
)
AFTER_WORD = re.compile(rf"(?:{BORN})[^\d\n.!?]{{0,28}}?\.?[^\d\n.!?]{{0,4}}?{DATE}", I)
BEFORE_WORD = re.compile(
    rf"{DATE}\s?(?:\(?(?:born|d\.?o\.?b|birth ?day|birth ?date|doğumlu\w{{0,3}}|geboren)\b|出生|生まれ|生\b|년생|생(?!\w))", I
)
YEAR_ALONE = re.compile(
    r"\b(?:d\.?o\.?b\.?|date of birth|year of birth|birth year|birthdate)[\s:=-]{0,3}(?:is |was )?(?P<date>(?:19|20)\d\d)(?![\d/.-])",
    I,
)
OLD = re.compile(
    rf"(?<![\w./-])(?:\d{{1,2}}[./-]\d{{1,2}}[./-](?:19\d\d|200\d|[3-9]\d)|(?:19\d\d|200\d)-\d\d-\d\d|\d{{1,2}}{ORDINAL} {MONTH},? (?:19\d\d|200\d)|"
    rf"{MONTH} \d{{1,2}}{ORDINAL},? (?:19\d\d|200\d)|born (?:in )?(?:19\d\d|200\d))(?![\w./-])",
    I,
)


def find(text: str) -> Iterator[Span]:
    """The dates of birth in `text`. A date long past is an unsure one: beside a name or a number it is no treatment's."""
    if not any(c.isdigit() for c in text):
        return
    for pattern in (AFTER_WORD, BEFORE_WORD, YEAR_ALONE):
        yield from (Span(*match.span("date"), "birth date") for match in pattern.finditer(text))
    yield from (Span(*match.span(), "birth date", sure=False) for match in OLD.finditer(text))
