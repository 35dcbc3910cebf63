"""Finds numbers that stand for one person: insurance, records, identity, cards and bank accounts. Imports no Rasa."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from stdnum import ean, luhn
from stdnum.br import cpf
from stdnum.cn import ric
from stdnum.es import dni, nie
from stdnum.fi import hetu
from stdnum.fr import nir
from stdnum.gb import nhs
from stdnum.in_ import aadhaar
from stdnum.it import codicefiscale
from stdnum.kr import rrn
from stdnum.pl import pesel
from stdnum.tr import tckimlik

from bot.safety.finders.phones import of_a_thing
from bot.safety.finders.spans import Span

I = re.IGNORECASE
VALUE = r"(?P<value>(?:[A-Z]{1,4}[ -]?)?[A-Z0-9]{0,20}\d[A-Z0-9]{0,20}(?:[ ./-]{1,3}[A-Z0-9]{0,6}\d[A-Z0-9]{0,8}){0,7}(?:[ -][A-Z](?![\w'])|-[A-Z]{2}(?![\w']))?)"
NUMBER = r"(?:numbers?|num|no|nr|nmbr|n[°º]|#|id|code|ref(?:erence)?)"
LINKING = r"[\s:#=(,.-]{0,4}(?:(?:is|was|es|est|ist|lautet|it['’]?s|ends in|ending(?: in)?|è|é|to|dla)\b[\s:#=(-]{0,3})?"
# These say it alone ...
ALONE = (
    r"ssn|social security|soc(?:ial)? sec|nhs|medicare|medicaid|mrn|nino|iban|bsn|cpf|dni|nie|nif|nss|pesel|codice fiscale|sozialversicherung\w{0,10}|"
    r"versicherten\w{0,10}|kvnr|numéro de sécu(?:rité sociale)?|seguridad social|seguro social|curp|aadhaar|ohip|national insurance|hospital number|"
    r"身份证|医保卡?|社保|주민등록번호|マイナンバー|保険証番号|診察券|снилс|инн|полис|паспорт|tc kimlik|hồ sơ|cmnd|cccd|cvv|cvc|routing|sort code|swift|"
    r"passport|driv(?:er|ing)['’]?s? ?licen[cs]e|steuer-?id|krankenkasse\w{0,12}|personalausweis|carte vitale|tessera sanitaria|cédula|هوية|आधार"
)
# ... and these only with "number" or the like.
TOGETHER = (
    r"social|insurance|health(?: ?care| ?plan)?(?: insurance| card)?|policy|member(?:ship)?|subscriber|group|plan|medical(?: record| card)?|record|chart|patient|"
    r"hospital|clinic|account|acct|bank(?: account)?|id(?: card)?|identity(?: card)?|card|credit card|debit card|"
    r"visa(?: card)?|amex|claim|file|customer|client|booking|reservation|confirmation|appointment|tax|personal|pps|p\.p\.s|health card|"
    r"prescription|rx|bin|ni|mutuelle|p[oó]liza|historia|expediente|dossier|versicherungs?|akten|kunden|patienten|kartennummer|cuenta|tarjeta"
)
CUED = re.compile(
    rf"(?:\b(?:{ALONE})\b(?:\s?(?:card|{NUMBER}|nummer|number is|号码|番号|:)\b\.?)?{LINKING}|\b(?:{TOGETHER})[\s-]?(?:card\s)?{NUMBER}\b\.?{LINKING}|"
    rf"(?:身份证|医保卡?|社保|病历|就诊卡|주민등록|환자|マイナンバー|保険証|診察券|номер полиса|снилс|инн|паспорт)(?:号码?|番号|번호)?[\s:：是は]{{0,3}}|"
    rf"\b(?:kunden|patienten|versicherungs?|versicherten|akten|mitglieds|konto|karten)-?(?:nummer|nr)\b\.?{LINKING}|"
    rf"\bn(?:ú|u)mero de (?:p[oó]liza|paciente|expediente|historia|tarjeta|cuenta|afiliad[oa]|seguro)\b{LINKING}|"
    rf"\bnum[ée]ro de (?:dossier|patient|carte|compte|police|mutuelle)\b{LINKING}|\b(?:credit|debit|visa|mastercard|amex|bank) ?card\b{LINKING}|"
    rf"\b(?:i['’]m|i am) (?:patient|member|client|customer)\s(?:{NUMBER}\b\.?)?\s?){VALUE}(?![A-Za-z0-9%])",
    I,
)
FEWEST = 5  # digits after such words; a security code has three
CODE = re.compile(r"\b(?:cvv2?|cvc|security code|pin(?: code| number)?)" + LINKING + r"(?P<value>\d{3,8})(?!\d)", I)
SSN = re.compile(r"(?<![A-Za-z0-9-])(?!000|666|9\d\d-[0-4])\d{3}([- .])\d{2}\1\d{4}(?![A-Za-z0-9-])")
MBI = re.compile(
    r"(?<![A-Za-z0-9])[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y]{2}\d{2}(?![A-Za-z0-9])",
    I,
)
NINO = re.compile(r"(?<![A-Za-z0-9])[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![A-Za-z0-9])", I)
IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2} ?(?:[A-Z0-9]{4} ?){2,7}[A-Z0-9]{1,4}(?![A-Za-z0-9])")
CARD = re.compile(r"(?<![A-Za-z0-9.-])\d(?:[ -]?\d){12,18}(?![A-Za-z0-9-])")
GROUPED = re.compile(r"^\d{4}([ -])\d{4}\1\d{4}\1\d{1,4}$|^\d{4}[ -]\d{6}[ -]\d{5}$")
SECURE = re.compile(r"(?<![A-Za-z0-9])\d{3} \d{3} \d{4}(?![A-Za-z0-9])|(?<![A-Za-z0-9])\d{10}(?![A-Za-z0-9])")
TOKEN = re.compile(
    r"(?<![A-Za-z0-9-])[A-Z0-9][A-Z0-9.+-]{7,17}(?![A-Za-z0-9-])|(?<![A-Za-z0-9])\d{4} \d{4} \d{4}(?![A-Za-z0-9])|(?<![A-Za-z0-9])\d{13}[ ]\d{2}(?![A-Za-z0-9])|(?<![A-Za-z0-9])[12] \d\d \d\d \d\d \d{3} \d{3} \d\d(?![A-Za-z0-9])",
    I,
)
CHECKS: tuple[Callable[[str], bool], ...] = (
    dni.is_valid, nie.is_valid, codicefiscale.is_valid, pesel.is_valid, ric.is_valid, nir.is_valid, tckimlik.is_valid,
)  # fmt: skip
MARKED: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (re.compile(r"\d{3}\.\d{3}\.\d{3}-\d\d"), cpf.is_valid),
    (re.compile(r"\d{6}-[1-8]\d{6}"), rrn.is_valid),
    (re.compile(r"\d{6}[-+A]\d{3}\w", I), hetu.is_valid),
    (re.compile(r"\d{4} \d{4} \d{4}"), aadhaar.is_valid),
)
BEFORE = 40


def _stands_for_a_thing(text: str, start: int) -> bool:
    """Whether the words before it make it a lot number, a trial and the like."""
    return of_a_thing(text[max(0, start - BEFORE) : start])


def _checked(said: str) -> bool:
    if said.replace(" ", "").isalnum() and any(check(said) for check in CHECKS):
        return True
    return any(form.fullmatch(said) and check(said) for form, check in MARKED)


def find(text: str) -> Iterator[Span]:
    """The numbers in `text` that stand for a person: after words that say so, or by their form and check digits."""
    if not any(c.isdigit() for c in text):
        return
    for match in CUED.finditer(text):
        digits = sum(c.isdigit() for c in match["value"])
        if digits >= FEWEST:
            yield Span(*match.span("value"), "number")
    yield from (Span(*match.span("value"), "number") for match in CODE.finditer(text))
    for pattern in (SSN, MBI, NINO):
        yield from (Span(*m.span(), "number") for m in pattern.finditer(text) if not _stands_for_a_thing(text, m.start()))
    for match in IBAN.finditer(text):
        if sum(c.isdigit() for c in match.group()) >= 8 and not _stands_for_a_thing(text, match.start()):
            yield Span(*match.span(), "number")
    for match in CARD.finditer(text):
        digits = "".join(c for c in match.group() if c.isdigit())
        if GROUPED.match(match.group()) or (
            luhn.is_valid(digits) and not ean.is_valid(digits) and not _stands_for_a_thing(text, match.start())
        ):
            yield Span(*match.span(), "number")
    for match in SECURE.finditer(text):
        if " " in match.group() and nhs.is_valid(match.group()) and not _stands_for_a_thing(text, match.start()):
            yield Span(*match.span(), "number")
    for match in TOKEN.finditer(text):
        if _checked(match.group()) and not _stands_for_a_thing(text, match.start()):
            yield Span(*match.span(), "number")
