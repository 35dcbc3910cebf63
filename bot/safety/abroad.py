"""What is said in place of a number in a country that has none on file, and the line on a crisis, by language. Imports no Rasa."""

from __future__ import annotations

NO_NUMBER = {
    "en": "your local emergency number",
    "es": "número local de emergencias",
    "fr": "numéro d'urgence local",
    "zh": "当地的急救电话",
    "de": "die örtliche Notrufnummer",
    "it": "numero di emergenza locale",
    "pt": "o número de emergência local",
    "pl": "miejscowy numer alarmowy",
    "nl": "het lokale noodnummer",
    "ru": "по местному номеру экстренной помощи",
    "uk": "за місцевим номером екстреної допомоги",
    "ar": "رقم الطوارئ المحلي",
    "hi": "स्थानीय आपातकालीन नंबर",
    "tr": "yerel acil çağrı hattı",
    "tl": "lokal na emergency number",
    "vi": "số cấp cứu tại địa phương",
    "ko": "현지 응급 번호",
    "ja": "現地の緊急番号",
    "sv": "det lokala nödnumret",
    "he": "מספר החירום המקומי",
}
DESPAIR = {
    "en": "If you may also hurt yourself, or did so on purpose, you can talk to someone at once: {crisis}.",
    "es": "Si además piensa hacerse daño, puede hablar con alguien: {crisis}.",
    "fr": "Si vous pensez aussi à vous faire du mal, vous pouvez parler à quelqu'un : {crisis}.",
    "zh": "如果您还想伤害自己,可以找人倾诉:{crisis}。",
}


def no_number(language: str | None) -> str:
    """Stands for the number of a country that has none on file; fits where the set replies name a number."""
    return NO_NUMBER.get(language or "en", NO_NUMBER["en"])


def with_crisis_line(text: str, *, language: str | None, crisis: str) -> str:
    """An emergency reply with the crisis line after its first line, for who is hurt and in despair."""
    first, _, rest = text.partition("\n")
    line = DESPAIR.get(language or "en", "☎ {crisis}").format(crisis=crisis)
    return "\n".join(part for part in (first, line, rest) if part)
