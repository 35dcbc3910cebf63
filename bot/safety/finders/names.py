"""Finds names of people: after words that introduce one, after titles, under a message, and wherever a given name stands.

Names in scripts without spaces or capitals have rules of their own in `asian.py`. Imports no Rasa.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto

from bot.safety.finders.spans import Span
from bot.safety.finders.words import PARTICLES, Lexicon, Word, lexicon, words

MOST_WORDS = 4
    "de del della di da do dos das du la le las los van von der den ter ten zu bin binti ibn al el st san y e".split()
)
RELATIVES = (
    r"husband|wife|partner|boyfriend|girlfriend|fianc[ée]e?|daughter|son|child|baby|mum|mom|mother|dad|father|sister|brother|aunt|"
    r"auntie|uncle|cousin|niece|nephew|grand(?:mother|father|son|daughter|ma|pa|dad)|gran|nan|friend|mate|neighbou?r|colleague|boss|"
    r"nurse|doctor|dermatologist|surgeon|gp|injector|practitioner|a?esthetician|beautician|therapist|receptionist|consultant|"
    r"technician|specialist|physician|assistant|lady|woman|man|girl|guy|bloke|lad|someone|somebody|person|patient|client|sobrina|"
    r"hij[oa]|espos[oa]|marido|herman[oa]|amig[oa]|enfermera|mari|femme|fille|fils|soeur|frère|amie?|infirmière|mann|frau|tochter|"
    r"sohn|schwester|bruder|freundin|freund"
)
I = re.IGNORECASE


class Cue(Enum):
    """How surely a name follows."""

    NAMED = auto()  # "my name is": a name, whatever word it is
    TITLE = auto()  # "Dr"
    WANTED = auto()  # "ask for", "Thanks,": a name if it is written like one
    HINTED = auto()  # "I'm", "this is", "my sister": a name if it is known as one
    NEAR = auto()  # "by", "with": likewise, but only with a capital
    ALONE = auto()  # nothing


# What comes before a name. Only the place where the match ends matters; order does not.
CUES: tuple[tuple[Cue, re.Pattern[str]], ...] = (
    (
        Cue.NAMED,
        re.compile(
            r"\b(?:(?:my|his|her|their|our|whose|(?:"
            + RELATIVES
            + r")['’]?s)\s(?:(?:full|first|last|legal|maiden|given|real|middle|"
            r"married|family|sur)[\s-]?){0,2}names?(?:['’]?s|\s(?:is|was|are|were))?|(?:sur|first|last|full|fore)[\s-]?name\s(?:is|was)|"
            r"me llamo|mi nombre(?: completo)? es|mis apellidos son|je m['’\s]?appell?e|mon (?:pré)?nom(?: complet| de famille)? est|"
            r"(?:ich|i) hei(?:ß|ss)e|mein (?:vor|nach)?name (?:ist|lautet)|mi chiamo|il mio nome (?:è|e['’]?)|me chamo|chamo-me|"
            r"meu nome(?: completo)? (?:é|e)|nazywam się|mam na imię|na imię mi|ik heet|mijn naam is|меня зовут|мо[её] имя|мене звати|"
            r"мо[єе] ім['’]?я|(?:benim )?ad[ıi]m|ismim|tôi tên(?: là)?|tên tôi(?: là)?|mình tên(?: là)?|em tên(?: là)?|اسمي|أنا اسمي)"
            r"(?=[\s:,;=–-])[\s:,;=–-]{1,3}",
            I,
        ),
    ),
    (
        Cue.NAMED,
        re.compile(
            r"(?:^|[\n,;.(|])[ ]?(?:(?:full|first|last|patient|client|family|given|my)(?:['’]?s)?[ -]?)?(?:name|surname|patient|client|"
            r"signed|nombre|apellidos?|nom|prénom|nome|cognome|imię(?: i nazwisko)?|nazwisko|naam|имя|фамилия|ім['’]я|الاسم)\s?[:=]\s?",
            I,
        ),
    ),
    (
        Cue.TITLE,
        re.compile(
            r"\b(?:dr|dra|drs|mr|mrs|ms|mx|prof|sr|sra|srta|mme|mlle|dott|dott\.?ssa|dr\.?ssa|lek|doç|uzm)\b\.?\s?|"
            r"\b(?:doctor|professor|miss|madam|sister|matron|nurse|señora?|señorita|doctora|docteur|docteure|madame|mademoiselle|"
            r"monsieur|herr|frau|doktor|signora?|signorina|dottor|dottore|dottoressa|senhora?|doutora?|pani?|доктор|врач|лікар|bác sĩ|"
            r"meneer|mevrouw|sahib|shri|smt|reverend|father)\s",
            I,
        ),
    ),
    (
        Cue.WANTED,
        re.compile(
            r"\b(?:ask(?:ed|ing)? for|(?:speak|spoke|spoken|speaking|talk|talked|talking|chat|chatted) (?:to|with)|attn:?|"
            r"tell|told|thank|attention(?: of)?:?|care of|c/o|on behalf of|regards to|seen by|treated by|injected by|(?:done|performed) by|"
            r"(?:appointment|appt|booked|booking|reserved|session|consult(?:ation)?|slot) (?:with|for|under)|call me|known as|i go by|goes by|"
            r"pregunt[ea] por|hablar con|parler (?:à|avec)|sprechen mit|signed,?)\s",
            I,
        ),
    ),
    (
        Cue.HINTED,
        re.compile(
            r"\b(?:i['’]?m|i am|this is|it['’]?s|it is|it was|here is|yo soy|soy|je suis|c['’]est|ich bin(?: die| der)?|hier ist|"
            r"hier spricht|(?:io )?sono|(?:eu )?sou|aqui é|jestem|ik ben|это|я|це|se llama|s['’]appelle|si chiama|se chama|heißt|"
            r"name['’]?s?|with|saw|met|(?:" + RELATIVES + r")(?:,? (?:called|named))?),?\s",
            I,
        ),
    ),
    (
        Cue.NEAR,
        re.compile(r"\b(?:saw|seen|met|see|with|from|by|to|and|for|dear|hi|hello|hey|our|contact|call|ring|text|phone|email|under|via|because of),?\s", I),
    ),
)
FAREWELL = re.compile(
    r"(?:^|[\n,.!?;–-])\s?(?:(?:kind|best|warm|warmest|many|with|yours)\s){0,2}(?:thanks|thank you|thx|ta|regards|wishes|cheers|"
    r"sincerely|truly|faithfully|yours|love|best|respectfully|x{1,4}|saludos|gracias|un saludo|merci|cordialement|danke|"
    r"(?:viele |liebe |mit freundlichen )?gr(?:ü|ue)(?:ß|ss)en?|vielen dank|lg|mfg|grazie|obrigad[oa]|dziękuję|pozdrawiam|спасибо|дякую)"
    r"(?: (?:so much|a lot|again|in advance|very much))?[^\w\n]{0,4}\n?\s?(?=[^\W\d_])|[^\w\s]?[\s]?[–—~-]{1,2}\s?(?=[^\W\d_]{2,20}(?:\s[^\W\d_]{1,20}){0,2}[\s.!x]{0,4}$)",
    I,
)
CLOSING = re.compile(r"[\s.!,x)*]{0,6}(?:$|\n)", I)
CALLING = re.compile(r"^[\s,]{0,2}(?:$|[,.!;:\n(–-]|here\b|calling\b|from\b|again\b|speaking\b|writing\b|and i\b|aged?\b|\d)", I)
HERE = re.compile(r"^\s(?:here|speaking|calling)\b", I)
# Titles after which a word in small letters is a name even if no list has it; and those that are mostly something else.
SHORT_TITLES = frozenset("dr mr mrs prof".split())
RELATED = frozenset("sister father miss madam matron".split())


class _Text:
    """One text with its words, and the rules by which a name is read off from a word on."""

    def __init__(self, text: str, known: Lexicon) -> None:
        self.text, self.known = text, known
        self.words = words(text)
        self.at = {word.start: number for number, word in enumerate(self.words)}
        self.protected = known.protected(self.words)
        letters = sum(c.isalpha() for c in text)
        self.shouting = letters > 8 and sum(c.isupper() for c in text) > 0.6 * letters

    def capital(self, number: int) -> bool:
        """Whether the word is written like a name. In a text all in capitals that means nothing."""
        return not self.shouting and self.words[number].capital

    def loose(self, number: int) -> bool:
        """Whether the word exists, is written like a name, and nothing else is known about it."""
        if not 0 <= number < len(self.words) or number in self.protected or not self.capital(number):
            return False
        word = self.words[number]
        return len(word.text) > 1 and self.known.is_free(word.key) and word.key not in self.known.bodies

    def joined(self, number: int) -> bool:
        """Whether the word follows on the one before it within one name."""
        if not 0 < number < len(self.words):
            return False
        before, word = self.words[number - 1], self.words[number]
        between = self.text[before.end : word.start]
        return between == " " or (between in (".", ". ") and len(before.text) == 1) or between in ("-", " - ")

    def starts(self, number: int, cue: Cue) -> bool:
        """Whether a name can start at the word, given what came before."""
        word, known = self.words[number], self.known
        if word.key in known.function and not (self.capital(number) and known.is_given(word.key) and self.surname(number + 1)):
            return False
        if number in self.protected and cue is not Cue.NAMED:
            return False
        listed = known.is_given(word.key) or word.key in known.family
        free, capital = known.is_free(word.key), self.capital(number)
        if cue is Cue.NAMED:
            return (listed or free) and (word.key not in known.kept or known.is_given(word.key)) and len(word.text) > 1 - capital
        if cue is Cue.TITLE:
            title = self.words[number - 1] if number else word
            if title.text.isupper() and not self.shouting and not capital:
                return False  # "MS fatigue"
            if not capital:
                rare = title.key in SHORT_TITLES and not word.key.endswith(("ed", "ing", "s")) and len(word.text) > 3
                return free and (word.key in known.known or rare) and title.key not in RELATED
            return free or listed
        if not capital:
            return known.is_usual(word.key) and cue in (Cue.WANTED, Cue.HINTED)
        if cue is Cue.WANTED:
            return free or (known.is_given(word.key) and (word.key not in known.kept or self.surname(number + 1)))
        if known.is_given(word.key) and (free or self.surname(number + 1)):
            return cue is not Cue.ALONE or known.is_usual(word.key) or self.surname(number + 1)
        return (
            cue is not Cue.ALONE and free and self.loose(number + 1) and self.joined(number + 1) and self.vouched(number + 1, cue)
        )

    def surname(self, number: int) -> bool:
        """Whether the word is joined to the one before it and is a family name or could be one."""
        return (
            self.joined(number)
            and self.loose(number)
            and (self.words[number].key in self.known.family or len(self.words[number].text) > 3)
        )

    def vouched(self, number: int, cue: Cue) -> bool:
        """Whether two unknown words, of which this is the second, are a person: one is a listed name, or the next words say so."""
        pair = self.words[number - 1 : number + 1]
        if any(self.known.is_name(word.key) for word in pair):
            return True
        return cue is Cue.HINTED and bool(CALLING.match(self.text[pair[-1].end : pair[-1].end + 16]))

    def goes_on(self, number: int, first: int, cue: Cue) -> bool:
        """Whether the name that started at `first` takes this word, too."""
        if not self.joined(number) or number in self.protected:
            return False
        word, known = self.words[number], self.known
        if self.capital(number):
            if word.key in known.bodies or word.key in known.function:
                return False
            return known.is_free(word.key) or (word.key in known.family and self.capital(first))
        if cue is Cue.ALONE or word.key in known.function:
            return False
        listed = word.key in known.known and known.is_free(word.key)
        return listed or (cue is Cue.NAMED and not self.capital(first) and known.is_free(word.key) and self.text.isascii())

    def end(self, first: int, cue: Cue) -> int:
        """The number of the last word of the name that starts at `first`."""
        last = first
        while last + 1 < len(self.words) and last - first < MOST_WORDS:
            step = 1
            while (
                step < 3 and last + step < len(self.words) and self.words[last + step].key in PARTICLES and self.joined(last + step)
            ):
                step += 1
            if not self.goes_on(last + step, first, cue):
                initial = last + 1 < len(self.words) and len(self.words[last + 1].text) == 1 and self.words[last + 1].text.isupper()
                if not (initial and self.joined(last + 1) and self.goes_on(last + 2, first, cue)):
                    break
                step = 2
            last += step
        return last

    def span(self, first: int, cue: Cue) -> Span:
        """The name that starts at the word, with its initials before it."""
        return Span(self.words[first].start, self.words[self.end(first, cue)].end, "name")

    def of_a_body(self, first: int, last: int) -> bool:
        """Whether the words beside these make them the name of a firm or a place."""
        after, before = last + 1, first - 1
        if self.joined(after) and self.words[after].key in self.known.bodies and self.words[after].text[0].isupper():
            return True
        return self.joined(first) and before >= 0 and self.words[before].key in SAINTS


SAINTS = frozenset("san santa saint st lake mount fort port los las".split())


def _first(said: _Text, position: int) -> int | None:
    """The number of the word at `position`, initials and brackets passed over."""
    while position < len(said.text) and said.text[position] in " \"'“‘*_":
        position += 1
    return said.at.get(position)


def find(text: str) -> Iterator[Span]:
    """The names in `text`; pairs of capitalised words of which nothing else is known come as unsure ones."""
    said = _Text(text, lexicon())
    if not said.words:
        return
    for cue, pattern in CUES:
        for match in pattern.finditer(text):
            first = _first(said, match.end())
            if first is not None and said.starts(first, cue):
                if cue in (Cue.NAMED, Cue.TITLE) or not said.of_a_body(first, said.end(first, cue)):
                    yield said.span(first, cue)
    for match in FAREWELL.finditer(text):
        first = _first(said, match.end())
        if first is None:
            continue
        word = said.words[first]
        last = said.end(first, Cue.WANTED)
        closes = bool(CLOSING.match(text[said.words[last].end :][:12]))
        only_given = closes and said.known.is_given(word.key) and not said.known.is_ordinary(word.key)
        if only_given or (said.starts(first, Cue.WANTED) and (closes or said.known.is_usual(word.key))):
            yield said.span(first, Cue.WANTED)
    yield from _alone(said)


def _alone(said: _Text) -> Iterator[Span]:
    """Given names that nothing introduces, and pairs of capitalised words."""
    number = 0
    while number < len(said.words):
        word = said.words[number]
        if said.capital(number) and said.starts(number, Cue.ALONE):
            last = said.end(number, Cue.ALONE)
            if not said.of_a_body(number, last):
                yield said.span(number, Cue.ALONE)
            number = last + 1
            continue
        if said.known.is_usual(word.key) and HERE.match(said.text[word.end : word.end + 12]) and number < 4:
            yield Span(word.start, word.end, "name")
        elif said.loose(number) and said.loose(number + 1) and said.joined(number + 1):
            yield Span(word.start, said.words[said.end(number, Cue.ALONE)].end, "name", sure=False)
        number += 1
