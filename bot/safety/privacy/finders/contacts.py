"""Finds e-mail addresses, user names and links that lead to a person. Imports no Rasa."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.safety.privacy.finders.patterns import IGNORE, either
from bot.safety.privacy.finders.spans import Span
from bot.safety.privacy.finders.words import lexicon, plain

EMAIL = re.compile(r"(?<![\w.%+-])[\w.%+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
PROVIDERS = either(
    "g-?mail googlemail hot-?mail yahoo outlook i-?cloud aol proton(?:mail)? gmx msn btinternet naver yandex libero "
    "wanadoo laposte t-online comcast verizon"
)
AT, DOT = either("at arroba chez chiocciola małpa собака"), either("dot punto point punkt ponto kropka точка")
ENDING = either("com net org edu co uk de fr es it us ca au ie pl")
LOCAL = rf"[\w.+-]{{1,40}}(?:\s{DOT}\s[\w+-]{{1,40}}){{0,2}}"
BRACKETED_AT, BRACKETED_DOT = rf"[\[({{]\s?(?:{AT}|@)\s?[\])}}]", rf"[\[({{]\s?(?:{DOT}|\.)\s?[\])}}]"
# "maria @ gmail.com", "maria at gmail dot com", "maria at example dot org", "maria (at) example.org"
SPELT = (
    re.compile(rf"\b[\w.+-]{{1,40}}\s?@\s?(?:{PROVIDERS}\.[a-z]{{2,6}}|[\w-]{{2,40}}\.(?:com|net|org|edu|co\.uk))\b", IGNORE),
    re.compile(rf"\b{LOCAL}\s{AT}\s{PROVIDERS}(?:(?:\.|\s{DOT}\s)[a-z]{{2,6}}){{0,2}}\b", IGNORE),
    re.compile(rf"\b{LOCAL}\s{AT}\s[\w-]{{2,40}}(?:\s{DOT}\s{ENDING}){{1,2}}\b", IGNORE),
    re.compile(rf"\b{LOCAL}\s?{BRACKETED_AT}\s?[\w-]{{1,40}}\s?(?:\.|{BRACKETED_DOT}|{DOT}\s)\s?[a-z]{{2,6}}\b", IGNORE),
    re.compile(rf"\b[\w.+-]{{1,40}}\s@\s[\w-]{{2,40}}\s?\.\s?{ENDING}\b", IGNORE),
)
# "Buy at amazon dot com" names a shop, not a person's address.
SHOPPING = re.compile(
    r"(?:buy|bought|sold|sells?|shop|order(?:ed)?|available|found|see|look|is|was|it|them|one|site|website)\s", IGNORE
)
HANDLE = re.compile(r"(?<![\w.@/+])@(?P<name>[^\W\d][\w.]{2,29})(?<!\.)|(?<![\w/.])/?u/(?P<reddit>[A-Za-z][\w-]{2,24})")
SERVICES = either(
    r"insta(?:gram)? ig snap(?:chat)? tik\s?tok telegram twitter skype discord facebook fb wechat weixin kakao(?:talk)? "
    "viber venmo paypal reddit"
)
NAMED = re.compile(
    rf"\b{SERVICES}\b(?:\s?(?:id|name|account|user\s?name|handle|page))?(?:\s(?:is|es|est|ist|è)\s|\s?[:=]\s?|\s?@\s?)"
    r"(?P<name>@?[A-Za-z][\w.-]{2,29})|"
    r"\b(?:user\s?name|handle|screen name|login)(?:\s(?:is|es|ist)\s|\s?[:=]\s?)(?P<other>@?[\w.-]{3,30})|"
    r"\buser\s?name\s(?P<plain>[A-Za-z]+[_\d][\w.-]{1,30})|"
    rf"\b{SERVICES}\s(?:as|under)\s(?P<written>@?[A-Za-z][A-Za-z-]*[._\d][\w.-]{{0,24}})|"
    r"(?:微信号?|微信號|weixin)\s?(?:是|[::：])?\s?(?P<chinese>[A-Za-z][\w-]{4,19})",
    IGNORE,
)
SITES = either(
    "instagram facebook fb tiktok twitter x linkedin threads snapchat youtube pinterest venmo paypal onlyfans vk reddit "
    "github medium flickr vimeo twitch"
)
SHORT_SITES = either(r"t\.me wa\.me paypal\.me fb\.me cash\.app calendly\.com linktr\.ee")
PROFILE = re.compile(
    rf"(?:https?://)?(?:www\.|m\.|[a-z]{{2}}\.)?(?:{SITES}\.(?:com|me|net|org)|{SHORT_SITES})/"
    r"(?:(?:in|add|u|user|channel|c|people|profile\.php\?id)[/=])?@?(?P<name>[\w.$+-]{2,60})[^\s,;)\]>\"'，。]{0,120}",
    IGNORE,
)
SECTIONS = frozenset(
    "p reel reels explore watch tv stories story groups events hashtag tag tags search company shorts playlist r results "
    "about".split()
)
LINK = re.compile(r"\bhttps?://[^\s<>\"'，。）)]{4,400}", IGNORE)
KEYS = either(
    r"e?-?mail (?:first|last|full|user|patient)?\x5f?name user(?:\x5f?id)? patient\w{0,10} phone tel dob uid mrn customer\w{0,10} "
    r"member\w{0,10} token"
)
PERSONAL_LINK = re.compile(
    rf"^https?://[^/\s]{{1,80}}@|[?&]{KEYS}=[^&\s]|/(?:~|@)\w|/(?:u|users?|profiles?|patients?|members?|people|accounts?)/[\w%.+-]{{2}}",
    IGNORE,
)


def _official(name: str) -> bool:
    """Whether a user name is that of a product, a maker or an agency, or no name at all."""
    key, known = plain(name.strip("@._-")), lexicon()
    return re.split(r"[._-]|\d+", key)[0] in known.kept or key in known.kept or known.is_ordinary(key)


def find(text: str) -> Iterator[Span]:
    """The e-mail addresses, user names and personal links in `text`."""
    lower = text.lower()
    if "@" in text:
        yield from (Span(*match.span(), "e-mail") for match in EMAIL.finditer(text))
    for match in HANDLE.finditer(text):
        if not _official(match["name"] or match["reddit"]):
            yield Span(*match.span(), "user name")
    for pattern in SPELT:
        yield from (Span(*match.span(), "e-mail") for match in pattern.finditer(text) if not SHOPPING.match(match.group()))
    for match in NAMED.finditer(text):
        group = match.lastgroup or "name"
        name = match[group]
        written = name.startswith("@") or any(c.isdigit() or c in "._" for c in name.strip(".")) or group != "name"
        if not _official(name) and (written or not name[0].isupper()):
            yield Span(*match.span(group), "user name")
    if "/" in text and ("." in text):
        for match in PROFILE.finditer(text):
            if match["name"].lower() not in SECTIONS and not _official(match["name"]):
                yield Span(*match.span(), "link")
    if "http" in lower:
        yield from (Span(*match.span(), "link") for match in LINK.finditer(text) if PERSONAL_LINK.search(match.group()))
