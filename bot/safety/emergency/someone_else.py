"""Tells whether it is someone else who thinks of self-harm: then the reply is for who stands by them. Imports no Rasa.

In doubt it is the writer: who is in despair must not read of "them".
"""

from __future__ import annotations

import re

from bot.safety.emergency.stems import plain

_NEAR = (
    r"(?:\d\d?[- ]year[- ]old|friend|mate|roommate|flatmate|neighbou?r|colleague|co-?worker|boss|student|"
    r"patient|client|wife|husband|partner|spouse|"
    r"fianc[eé]e?|boyfriend|girlfriend|[bg]f|son|daughter|kid|child|teen(?:ager)?|boy|girl|mom|mum|mother|dad|father|parent|"
    r"sister|brother|sis|bro|twin|aunt|uncle|cousin|niece|nephew|gran|grand(?:ma|pa|mother|father|son|daughter))"
)
_THEY = (
    rf"(?:(?:my|our|his|her|their|this|the)(?: [\w-]+){{0,3}}? {_NEAR}(?:-in-law)?|he|she|they|someone|somebody|a {_NEAR})"
    r"(?:'s|'re)?"
)
_ENDS = (
    r"(?:suicid\w*|self[- ]?harm\w*|(?:him|her)self|themsel\w+|(?:his|her|their) (?:own )?(?:life|wrists?)|overdos\w*|"
    r"(?:to|about|of|wants?|be|was|were) (?:die|dying|dead|death|end it\w*|ending it\w*|disappear\w*|not be(?:ing)? here)|"
    r"want to (?:live|be here|be alive))"
)
_OTHER = re.compile(rf"\b{_THEY}\b[^.!?]{{0,60}}?\b{_ENDS}\b", re.IGNORECASE)
_THIRD = r"(?!\b(?:my|our|he|she|they|he's|she's|they're|someone|somebody)\b)"
_SELF = re.compile(
    rf"\bmyself\b|\bmy (?:own )?life\b|\b(?:i|i'm|im|i'd|i'll|i've)\b(?:{_THIRD}[^.!?,;]){{0,40}}"
    r"\b(?:die|dead|dying|death|suicid\w*|kill|end it|ending it|follow|join|disappear|go on|not be here|be alive|exist|better off|"
    r"cope|live)\b|\bme too\b",
    re.IGNORECASE,
)
_THEM_ABROAD = re.compile(
    r"\b(?:mi|nuestr[oa]|un|una) (?:\w+ )?(?:amig[oa]|hij[oa]|herman[oa]|espos[oa]|marido|mujer|pareja|novi[oa]|madre|padre|mama|"
    r"papa|prim[oa]|ti[oa]|vecin[oa])\b"
    r"|\b(?:mon|ma|notre|un|une) (?:\w+ )?(?:amie?|copine?|fils|fille|frere|soeur|mari|femme|mere|pere|maman|papa|cousine?|"
    r"voisine?|compagn\w+|conjointe?)\b"
    r"|我(?:的|家)?(?:最好的)?(?:朋友|儿子|女儿|孩子|妈妈|爸爸|母亲|父亲|老公|老婆|丈夫|妻子|男朋友|女朋友|哥哥|弟弟|"
    r"姐姐|妹妹|同事|室友|邻居)"
)
_SELF_ABROAD = re.compile(
    r"\b(?:quiero (?:morir|matar)\w*|matarme|suicidarme|quitarme|no puedo mas|no quiero (?:seguir|vivir)|estoy|me siento)\b"
    r"|\b(?:je veux|me tuer|me suicider|envie de mourir|je ne? ?(?:veux|peux|supporte) plus|jen peux plus|je suis)\b"
    r"|我(?!的|家|妈|爸|老|朋|儿|女|孩|丈|妻|男|哥|弟|姐|妹|同|室|邻)[^,。,!]{0,6}(?:死|自杀|不想活|活不下去|撑不)"
)


def about_someone_else(text: str) -> bool:
    """Whether `text` tells of someone else's despair, and not of the writer's own."""
    english, bare = text.replace("’", "'"), plain(text)
    if _SELF.search(english) or _SELF_ABROAD.search(bare):
        return False
    return bool(_OTHER.search(english) or _THEM_ABROAD.search(bare))
