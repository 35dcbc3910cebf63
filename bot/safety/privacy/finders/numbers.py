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

from bot.safety.privacy.finders.patterns import IGNORE, NOT_BEFORE_WORD, NOT_IN_WORD, either
from bot.safety.privacy.finders.phones import CUE, of_a_thing
from bot.safety.privacy.finders.spans import Span

VALUE = (
    r"(?P<value>(?:[A-Z]{1,4}[ -]?)?[A-Z0-9]{0,20}\d[A-Z0-9]{0,20}(?:[ ./-]{1,3}[A-Z0-9]{0,6}\d[A-Z0-9]{0,8}){0,7}"
    r"(?:[ -][A-Z](?![\w'])|-[A-Z]{2}(?![\w']))?)(?![A-Za-z0-9%])"
)
NUMBER = r"(?:(?:numbers?|num|no|nr|nmbr|id|code|ref(?:erence)?)\b|n[°º]|#)"
IS = r"[\s:#=(,.-]{0,4}(?:(?:is|was|es|est|ist|lautet|it['’]?s|ends in|ending(?: in)?|è|é|to|dla)\b[\s:#=(-]{0,3})?"
# These say it alone ...
ALONE = either(
    "ssn (?:my|his|her)_social social(?=_?:) social_security soc(?:ial)?_sec nhs medicare medicaid mrn nino iban bsn "
    r"cpf dni nie nif nss pesel codice_fiscale sozialversicherung\w{0,10} versicherten\w{0,10} kvnr "
    "numéro_de_sécu(?:rité_sociale)? seguridad_social seguro_social curp aadhaar ohip national_insurance "
    "hospital_number снилс инн полис паспорт tc_kimlik hồ_sơ cmnd cccd cvv cvc routing sort_code swift passport "
    r"driv(?:er|ing)['’]?s?_?licen[cs]e steuer-?id krankenkasse\w{0,12} personalausweis carte_vitale tessera_sanitaria "
    "cédula هوية आधार"
)
# ... these only with "number" or the like ...
TOGETHER = either(
    "social insurance health(?:_?care|_?plan)?(?:_insurance|_card)? policy member(?:ship)? subscriber group plan "
    "medical(?:_record|_card)? record chart patient hospital clinic account acct bank(?:_account)? id(?:_card)? "
    "identity(?:_card)? card credit_card debit_card visa(?:_card)? amex claim file customer client booking reservation "
    r"confirmation appointment case complaint tax personal pps p\.p\.s prescription rx bin ni mutuelle p[oó]liza historia "
    "expediente dossier versicherungs? akten kunden patienten cuenta tarjeta"
)
ELSEWHERE = (
    rf"(?:身份证|医保卡?|社保|病历|就诊卡|주민등록|환자|マイナンバー|保険証|診察券|номер полиса|снилс|инн|паспорт)"
    rf"(?:号码?|番号|번호)?[\s:：是は]{{0,3}}|"
    rf"\b(?:kunden|patienten|versicherungs?|versicherten|akten|mitglieds|konto|karten)-?(?:nummer|nr)\b\.?{IS}|"
    rf"\bn(?:ú|u)mero de (?:p[oó]liza|paciente|expediente|historia|tarjeta|cuenta|afiliad[oa]|seguro)\b{IS}|"
    rf"\bnum[ée]ro de (?:dossier|patient|carte|compte|police|mutuelle)\b{IS}"
)
# ... and these only before many digits.
CUED = (
    (
        5,
        re.compile(
            rf"(?:\b{ALONE}\b(?:\s?(?:card\b|{NUMBER}|nummer\b|:)\.?)?{IS}|\b{TOGETHER}[\s-]?(?:card\s)?{NUMBER}\.?{IS}|"
            rf"{ELSEWHERE}|\b(?:credit|debit|visa|mastercard|amex|bank) ?card\b{IS}|"
            rf"\b(?:i['’]m|i am) (?:patient|member|client|customer)\s(?:{NUMBER}\.?)?\s?){VALUE}",
            IGNORE,
        ),
    ),
    (6, re.compile(rf"\b(?:id|dl|acct|account|a/c|konto|cuenta)\b{IS}{VALUE}", IGNORE)),
    (
        2,
        re.compile(
            rf"\b(?:licen[cs]e|number|registration|car) ?plate\b(?:\s?{NUMBER}\.?)?{IS}(?P<value>(?=\w*\d)\w{{2,8}})\b", IGNORE
        ),
    ),
    (3, re.compile(rf"\b(?:cvv2?|cvc|security code|pin(?: code| number)?){IS}(?P<value>\d{{3,8}})(?!\d)", IGNORE)),
)
A, B = NOT_IN_WORD, NOT_BEFORE_WORD
LETTER = "AC-HJKMNP-RT-Y"  # those that a Medicare number may have
MBI = rf"[1-9][{LETTER}][{LETTER}0-9]\d-?[{LETTER}][{LETTER}0-9]\d-?[{LETTER}]{{2}}\d{{2}}"
OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
# By their form alone: US social security, US Medicare, UK national insurance, IBAN, UK driving licence, address in the network.
FORMS = (
    re.compile(r"(?<![A-Za-z0-9-])(?!000|666|9\d\d-[0-4])\d{3}([- .])\d{2}\1\d{4}(?![A-Za-z0-9-])"),
    re.compile(A + MBI + B, IGNORE),
    re.compile(rf"{A}[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{{2}} ?\d{{2}} ?\d{{2}} ?[A-D]{B}", IGNORE),
    re.compile(rf"{A}[A-Z]{{2}}\d{{2}} ?(?=(?:[A-Z ]{{0,8}}\d){{6}})(?:[A-Z0-9]{{4}} ?){{2,7}}[A-Z0-9]{{1,4}}{B}"),
    re.compile(rf"{A}(?=[A-Z9]{{5}})[A-Z]{{2,5}}9{{0,3}} ?\d{{6}} ?[A-Z][A-Z9]\d[A-Z]{{2}}{B}", IGNORE),
    re.compile(rf"(?<![\w.])(?:{OCTET}\.){{3}}{OCTET}(?![\w.]*\d)"),
)
CARD = re.compile(r"(?<![A-Za-z0-9.+-])[1-9](?:[ -]?\d){12,18}(?![A-Za-z0-9-])")
GROUPED = re.compile(r"\d{4}([ -])\d{4}\1\d{4}\1\d{1,4}|\d{4}[ -]\d{6}[ -]\d{5}")
# By their check digits.
NHS = re.compile(rf"{A}\d{{3}} \d{{3}} \d{{4}}{B}")
TOKEN = re.compile(
    rf"(?<![A-Za-z0-9-])[A-Z0-9][A-Z0-9.+-]{{7,17}}(?![A-Za-z0-9-])|{A}\d{{4}} \d{{4}} \d{{4}}{B}|{A}\d{{13}} \d{{2}}{B}|"
    rf"{A}[12] \d\d \d\d \d\d \d{{3}} \d{{3}} \d\d{B}",
    IGNORE,
)
CHECKS: tuple[Callable[[str], bool], ...] = (
    dni.is_valid, nie.is_valid, codicefiscale.is_valid, pesel.is_valid, ric.is_valid, nir.is_valid, tckimlik.is_valid,
)  # fmt: skip
MARKED: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (re.compile(r"\d{3}\.\d{3}\.\d{3}-\d\d"), cpf.is_valid),
    (re.compile(r"\d{6}-[1-8]\d{6}"), rrn.is_valid),
    (re.compile(r"\d{6}[-+A]\d{3}\w", IGNORE), hetu.is_valid),
    (re.compile(r"\d{4} \d{4} \d{4}"), aadhaar.is_valid),
)
BEFORE = 40


def _is_card(said: str) -> bool:
    digits = "".join(c for c in said if c.isdigit())
    return bool(GROUPED.fullmatch(said)) or (luhn.is_valid(digits) and not ean.is_valid(digits))


def _is_checked(said: str) -> bool:
    """Whether the check digits are right for a number of some country; for one with marks, only in its own form."""
    if said.replace(" ", "").isalnum() and any(check(said) for check in CHECKS):
        return True
    return any(form.fullmatch(said) and check(said) for form, check in MARKED)


def _found(text: str) -> Iterator[tuple[int, int, int]]:
    """Where the numbers are, and where what is said of them begins."""
    for least, pattern in CUED:
        for match in pattern.finditer(text):
            if sum(c.isdigit() for c in match["value"]) >= least:
                yield (*match.span("value"), match.start())
    for pattern in FORMS:
        yield from ((*match.span(), match.start()) for match in pattern.finditer(text))
    yield from ((*match.span(), match.start()) for match in CARD.finditer(text) if _is_card(match.group()))
    for match in NHS.finditer(text):
        if nhs.is_valid(match.group()) and not CUE.search(text[max(0, match.start() - BEFORE) : match.start()]):
            yield (*match.span(), match.start())
    yield from ((*match.span(), match.start()) for match in TOKEN.finditer(text) if _is_checked(match.group()))


def find(text: str) -> Iterator[Span]:
    """The numbers in `text` that stand for a person: after words that say so, by their form, or by their check digits."""
    if any(c.isdigit() for c in text):
        for start, end, said in _found(text):
            if not of_a_thing(text[max(0, said - BEFORE) : said]):
                yield Span(start, end, "number")
