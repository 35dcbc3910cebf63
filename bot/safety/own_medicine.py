"""Tells whether someone asks to stop or change a medicine of their own: that is for who prescribed it. Imports no Rasa."""

from __future__ import annotations

import re

CHANGE = (
    r"\b(stop(ping)?|quit(ting)?|skip(ping)?|paus(e|ing)|com(e|ing) off|go(ing)? off|drop(ping)?|halv(e|ing)|reduc(e|ing)|"
    r"cut(ting)? (down|out|back)|doubl(e|ing)|delay(ing)?|miss(ing)?|keep taking|carry on with|stay on)\b"
)
MEDICINE = (
    r"\b(medic(ines?|ations?)|meds|tablets?|"
    r"pills?|prescriptions?|"
    r"blood ?thinners?|anti ?coagulants?|warfarin|apixaban|rivaroxaban|"
    r"clopidogrel|heparin|aspirin|methotrexate|steroids?|"
    r"prednis\w+|insulin|metformin|anti ?depressants?|ssri\w*|accutane|roaccutane|"
    r"isotretinoin|finasteride|immuno ?suppress\w+|biologics|chemo\w*|statins?|beta ?blockers?|antibiotics?|hrt|contracepti\w+|"
    r"birth control|tacrolimus|lithium|\w{3,}(mab|pril|sartan|statin|xaban|olol))\b"
)
ASKED = re.compile(rf"{CHANGE}.{{0,40}}{MEDICINE}", re.IGNORECASE)
ONE_S_OWN = re.compile(r"\b(i|my|me|he|she|his|her|mum|mom|dad|wife|husband)\b", re.IGNORECASE)


def own_medicine(text: str) -> bool:
    """Whether `text` asks to stop, skip or change a medicine that someone takes."""
    return bool(ASKED.search(text) and ONE_S_OWN.search(text))
