"""The words after which a name of a person is due, and how surely one is. Imports no Rasa."""

from __future__ import annotations

import re
from enum import Enum, auto

from bot.safety.privacy.finders.patterns import IGNORE, either

RELATIVES = either(
    "husband wife partner boyfriend girlfriend fianc[ée]e? daughter son child baby mum mom mam mammy mother dad father sister "
    "brother aunt auntie uncle cousin niece nephew grand(?:mother|father|son|daughter|ma|pa|dad) gran nan friend mate "
    "neighbou?r colleague boss nurse doctor dermatologist surgeon gp injector practitioner a?esthetician beautician "
    "therapist receptionist consultant technician specialist physician assistant lady woman man girl guy bloke lad "
    "someone somebody person patient pt client sobrina hij[oa] espos[oa] marido herman[oa] amig[oa] enfermera mari femme "
    "fille fils soeur frère amie? infirmière mann frau tochter sohn schwester bruder freundin freund"
)
MY = either("my our his her their mi mon ma meine?")


class Cue(Enum):
    """How surely a name follows."""

    NAMED = auto()  # "my name is": a name, whatever word it is
    TITLE = auto()  # "Dr"
    WANTED = auto()  # "ask for", "Thanks,": a name if it is written like one
    SELF = auto()  # "I'm": a given name, be it that of a place, too
    HINTED = auto()  # "this is", "my sister": a name if it is known as one
    NEAR = auto()  # "by", "with": likewise, but only with a capital
    ALONE = auto()  # nothing


IS = r"(?:['’]?s|\s(?:is|was|are|were)|(?=\s?[:=]))"
COLON = r"[\s:,;=–-]{1,3}"
# "my full name is", "the doctor's name was", "first name:"; what a product is called is none.
ENGLISH_NAME = (
    r"\b(?:(?:my|his|her|their|our|whose|(?!product|brand|serum|cream|clinic|company|spa)\w{2,14}['’]s)\s"
    r"(?:(?:full|first|last|legal|maiden|given|real|middle|married|family|sur)[\s-]?){0,2}names?"
    rf"{IS}|(?:sur|first|last|full|fore)[\s-]?name\s(?:is|was)){COLON}"
)
OTHER_NAME = either(
    r"me_llamo mi_nombre(?:_completo)?_es mis_apellidos_son je_m['’\s]?appell?e mon_(?:pré)?nom(?:_complet|_de_famille)?_est "
    r"(?:ich|i)_hei(?:ß|ss)e mein_(?:vor|nach)?name_(?:ist|lautet) mi_chiamo il_mio_nome_(?:è|e['’]?) me_chamo chamo-me "
    r"meu_nome(?:_completo)?_(?:é|e) nazywam_się mam_na_imię na_imię_mi ik_heet mijn_naam_is меня_зовут мо[её]_имя мене_звати "
    r"мо[єе]_ім['’]?я (?:benim_)?ad[ıi]m ismim tôi_tên(?:_là)? tên_tôi(?:_là)? mình_tên(?:_là)? em_tên(?:_là)? اسمي أنا_اسمي"
)
FIELD = (
    r"(?:^|[\n,;.(|]) ?(?:(?:full|first|last|patient|client|family|given|my)(?:['’]?s)?[ -]?)?"
    + either(
        "name surname patient client signed nombre apellidos? nom prénom nome cognome imię(?:_i_nazwisko)? nazwisko "
        "naam имя фамилия ім['’]я الاسم"
    )
    + r"\s?[:=]\s?"
)
SHORT_TITLE = either(r"dr dra drs mr mrs ms mx prof sr sra srta mme mlle dott dott\.?ssa dr\.?ssa lek doç uzm")
LONG_TITLE = either(
    "doctor professor miss madam sister matron nurse señora? señorita doctora docteur docteure madame mademoiselle "
    "monsieur herr frau doktor signora? signorina dottor dottore dottoressa senhora? doutora? pani? доктор врач лікар "
    "bác_sĩ meneer mevrouw shri smt reverend father"
)
WANTED = either(
    "ask(?:ed|ing)?_for (?:speak|spoke|spoken|speaking|talk|talked|talking|chat|chatted)_(?:to|with) attn:? tell told "
    "thank attention(?:_of)?:? care_of c/o on_behalf_of regards_to seen_by treated_by injected_by (?:done|performed)_by "
    "(?:appointment|appt|booked|booking|reserved|session|consult(?:ation)?|slot)_(?:with|for|under) call_me known_as "
    "i_go_by goes_by pregunt[ea]_por hablar_con parler_(?:à|avec) sprechen_mit signed,?"
)
SELF = either("i['’]?m i_am (?:yo_)?soy je_suis ich_bin(?:_die|_der)? (?:io_)?sono (?:eu_)?sou(?:_[ao])? jestem tu ik_ben ben я")
HINTED = either(
    "this_is it['’]?s it_is it_was here_is c['’]est hier_ist hier_spricht aqui_é это це se_llama s['’]appelle si_chiama "
    "se_chama heißt name['’]?s? with saw met"
)
NEAR = either(
    "saw seen met see with from by to and for dear hi hello hey our ask contact call ring text phone email under via because_of"
)

# What comes before a name. Only the place where the match ends matters; the order does not.
CUES: tuple[tuple[Cue, re.Pattern[str]], ...] = (
    (Cue.NAMED, re.compile(ENGLISH_NAME, IGNORE)),
    (Cue.NAMED, re.compile(rf"\b{OTHER_NAME}{COLON}", IGNORE)),
    (Cue.NAMED, re.compile(FIELD, IGNORE)),
    (Cue.TITLE, re.compile(rf"\b{SHORT_TITLE}\b\.? ?|\b{LONG_TITLE} ", IGNORE)),
    (Cue.WANTED, re.compile(rf"\b{WANTED} ", IGNORE)),
    (Cue.WANTED, re.compile(rf"\b{MY} {RELATIVES}(?:(?:,|['’]?s| is| was)? (?:called|named))?,? ", IGNORE)),
    (Cue.SELF, re.compile(rf"\b{SELF} ", IGNORE)),
    (Cue.HINTED, re.compile(rf"\b(?:{HINTED}|{RELATIVES}(?:(?:,|['’]?s| is| was)? (?:called|named))?),? ", IGNORE)),
    (Cue.NEAR, re.compile(rf"\b{NEAR},? ", IGNORE)),
)
THANKS = either(
    "thanks thank_you thx ta regards wishes cheers sincerely truly faithfully yours love best respectfully take_care "
    "all_the_best speak_soon see_you_soon x{1,4} xoxo rgds brgds saludos gracias un_saludo merci cordialement danke "
    "(?:viele_|liebe_|mit_freundlichen_)?gr(?:ü|ue)(?:ß|ss)en? vielen_dank lg mfg grazie obrigad[oa] dziękuję "
    "pozdrawiam спасибо дякую"
)
FEW_WORDS = r"(?=[^\W\d_]{2,20}(?:\s[^\W\d_]{1,20}){0,2}[\s.!x]{0,4}$)"
FAREWELL = re.compile(
    rf"(?:^|[\n,.!?;–-])\s?(?:(?:kind|best|warm|warmest|many|with|yours)\s){{0,2}}{THANKS}\b"
    r"(?: (?:so much|a lot|again|in advance|very much))?[^\w\n]{0,4}\n?\s?(?=[^\W\d_])"
    rf"|[–—~-]{{1,2}}\s?{FEW_WORDS}",
    IGNORE,
)
# The last words of a message, in a sentence or a line of their own.
LAST = re.compile(rf"[.!?\n]\s?{FEW_WORDS}")
RESIDENT = re.compile(r"^[ -](?:based|born|bound|resident|native|side|law)\b", IGNORE)
CLOSING = re.compile(r"[\s.!,x)*]{0,6}(?:$|\n)", IGNORE)
CALLING = re.compile(
    r"^[\s,]{0,2}(?:$|[,.!;:\n(–-]|here\b|calling\b|from\b|again\b|speaking\b|writing\b|and i\b|aged?\b|\d)", IGNORE
)
HERE = re.compile(r"(?<=[^\W\d_])\s(?:here|speaking|calling)\b", IGNORE)
# What people say to be: "copywriter here", "strictly speaking".
NO_NAME = re.compile(r"(?:er|or|ist|ian|ess|ee|ant|ent|man|woman|ly|ic)$")
CALLER = re.compile(r"^,?\s(?:here|speaking|calling|from|again)\b|^,\s(?:aged?\s)?\d\d(?=[,.;)\s]|$)", IGNORE)
# Titles after which a word in small letters is a name even if no list has it; and those that are mostly something else.
SHORT_TITLES = frozenset("dr mr mrs prof".split())
RELATED = frozenset("sister father miss madam matron".split())
