"""Whether the words around a sign take it back: denied, supposed, past, hearsay, over, a figure of speech. Imports no Rasa."""

from __future__ import annotations

import re

from spacy.tokens import Doc

DENIED = frozenset(
    "no not without never none nor didnt dont doesnt havent hasnt hadnt isnt wasnt arent aint neither nothing zero sin "
    "pas aucun aucune ningun ninguna jamais nunca denies denied kein keine keinen weder ohne nicht niente nessun nessuna "
    "senza non sem nao nenhum nenhuma nie bez geen niet zonder не нет нету без немае yok degil khong walang hindi ni".split()
)
NEGATIVE = frozenset(
    "cant cannot cnt no not wont unable stopped peux peut puedo puede nicht keine kein non nao nie geen niet не немогу khong "
    "hindi alamiyorum alamiyor uyanmiyor".split()
)
STOPS = frozenset(".!?;\n")
TURNS = frozenset(["but", "pero", "mais", "now", "since", "aber", "ma", "mas", "ale", "maar", "но", "ama", "nhung", "pero"])
REACH = 5  # words before a sign in which a denial still counts
SUPPOSED = (
    r"if|you can|(do|have) (your|they|you) (staff|have|know|carry|keep)|"
    r"suppose|supposing|imagine|hypothetical\w*|what happens when|could (it|this|they|you|i|that)|would (it|this|i|you|they)|"
    r"can (it|this|they|that|you|one|exo\w*)|might|risks?|chances?|likely|possible|signs of|symptoms of|side effects?|ever|"
    r"what (counts|would)|does it|theoretically|in theory|en caso de|si (me|se|te|la|je|on|il|elle)|sintomas|riesgos?|puede "
    r"(causar|dar|producir|provocar)|alguna vez|en cas de|symptomes|risques?|(ca|peut-on) peut|peut-on|est-ce que"
)
HEARSAY = (
    r"anyone|anybody|someone|somebody|people|patients|ppl|others|cases?|news|article|read|heard|podcast|documentary|forum|"
    r"reddit|tiktok|insta\w*|influencer|headline|leaflet|paragraph|consent|form|list(s|ed)?|warned?|warns?|policy|protocol|"
    r"training|course|exam|essay|homework|quiz|crossword|literature|trials?|studies|study|research|noticias|infos|quelquun|alguien"
)
UNREAL = (
    r"movies?|films?|novel|episode|soap opera|tv series|drama|squad|song|album|game|cells?|apoptosis|follicles|"
    r"(my|our|the|his|her|neighbou?rs?|vets?) (dog|cat|puppy|kitten|hamster|rabbit|horse|pony|parrot|budgie|goldfish|tortoise|"
    r"gerbil|hen|chickens?|plants?|orchid|laptop|phone|car|engine|boiler)s?|battery|vet|mi (perro|gato)|mon (chien|chat)"
)
FIGURES = (
    r"(prices?|cost|bill|invoice|quote|fee|total|deposit|figure|precio|prix)\W+(\w+\W+){0,5}(heart attack|faint\w*|breath|chok\w+|"
    r"stroke|desma\w+|souffle|collaps\w+|keel\w*)|(faint\w*|chok\w+|keeled over|collapsed|died|heart attack)\W+(\w+\W+){0,6}"
    r"(prices?|cost|bill|invoice|quote|fee|laughing|expensive)|dying (for|to)|die for|meurs d|muero (de|por)|killing my|"
    r"(skin|face|hair|pores?|lips?) (is|are|was) (\w+ )?(gasping|choking|suffocating|thirsty|dying)|"
    r"laugh\w*|lol|haha|nearly|almost died"
)
OVER = (
    r"recovered|recovery from|survivor|all (gone|good|clear|better|fine|sorted|healed) (now|since)|went away|went down|by itself|"
    r"fine (now|since|after|ever since)|right as rain|gone by|turned out|sent home|all clear|long gone|for good|came and went|"
    r"before i (book|go|sign|buy|order)|planning|stable"
)
PAST = (
    r"history of|(years?|months?|weeks?|decades?) (ago|back)|last (year|spring|summer|autumn|fall|winter|month)|back in|"
    r"in (19|20)\d\d|since (19|20)\d\d|(19|20)\d\d|used to|always have|as a (child|kid|teen\w*|baby|tot|lad|girl|boy)|"
    r"(hace|il y a) \w+ (anos|ans|mois|meses)|in my (teens|twenties|thirties|youth)"
)
TAKES_BACK = re.compile(rf"\b({SUPPOSED}|{HEARSAY}|{UNREAL}|{FIGURES}|{OVER})\b")
LONG_PAST = re.compile(rf"\b({PAST})\b")
PRESENT = re.compile(r"\b(right now|now|again|this time|tonight|today|this morning|wont stop|keeps?|still cant|is happening)\b")


def taken_back(document: Doc, start: int, end: int) -> bool:
    """Whether the words around the sign document[start:end], in the same sentence, take it back."""
    first = next((place + 1 for place in range(start - 1, -1, -1) if document[place].text in STOPS), 0)
    last = next((place for place in range(end, len(document)) if document[place].text in STOPS), len(document))
    sentence = document[first:last].text
    if TAKES_BACK.search(sentence) or (LONG_PAST.search(sentence) and not PRESENT.search(sentence)):
        return True
    if NEGATIVE & {token.text for token in document[start:end]}:
        return False  # "no" before "can't breathe" does not deny it
    words: list[str] = []
    for token in document[max(first, start - REACH) : start]:
        words = [] if token.text in TURNS else [*words, token.text]
    return bool(DENIED & set(words))
