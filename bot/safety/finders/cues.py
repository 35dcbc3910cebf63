"""The words after which a name of a person is due, and how surely one is. Imports no Rasa."""

from __future__ import annotations

import re
from enum import Enum, auto

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


