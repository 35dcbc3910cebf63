"""Reads a name off a text from a word on: where it can start, how far it goes, whether it is a firm's. Imports no Rasa."""

from __future__ import annotations

from bot.safety.privacy.finders.cues import CALLER, CALLING, RELATED, RESIDENT, SHORT_TITLES, Cue
from bot.safety.privacy.finders.spans import Span
from bot.safety.privacy.finders.words import PARTICLES, Lexicon, Word, words

MOST_WORDS = 4
SAINTS = frozenset("san santa saint st lake mount fort port los las".split())
MANY, MOSTLY = 8, 0.6  # letters from which on a text in capitals is told by their share
AFTER = 16  # characters after a name that are looked at


class Reading:
    """One text with its words, and the rules by which a name is read off from a word on. Words go by their number."""

    def __init__(self, text: str, known: Lexicon) -> None:
        self.text, self.known = text, known
        self.words = words(text)
        self.at = {word.start: number for number, word in enumerate(self.words)}
        self.till = {word.end: number for number, word in enumerate(self.words)}
        self.protected = known.protected(self.words)
        letters = sum(c.isalpha() for c in text)
        self.shouting = letters > MANY and sum(c.isupper() for c in text) > MOSTLY * letters

    def word(self, number: int) -> Word | None:
        """The word, if there is one."""
        return self.words[number] if 0 <= number < len(self.words) else None

    def after(self, number: int) -> str:
        """What comes after the word."""
        return self.text[self.words[number].end :][:AFTER]

    def capital(self, number: int) -> bool:
        """Whether the word is written like a name. In a text all in capitals that means nothing."""
        return not self.shouting and self.words[number].capital

    def initial(self, number: int) -> bool:
        """Whether the word is a single capital with another word joined to it."""
        word = self.word(number)
        return word is not None and len(word.text) == 1 and word.text.isupper() and self.joined(number + 1)

    def loose(self, number: int) -> bool:
        """Whether the word is written like a name and nothing else is known about it."""
        word = self.word(number)
        if word is None or number in self.protected or len(word.text) == 1 or not self.capital(number):
            return False
        return self.free(number) and word.key not in self.known.bodies

    def free(self, number: int) -> bool:
        """Whether the word could be anybody's name; of a double one ("Wainwright-Brown") one half is enough."""
        word = self.words[number]
        halves = word.text.split("-") if word.key not in self.known.kept else []
        if len(halves) > 1 and all(half[:1].isupper() for half in halves):
            return self.known.is_free(word.key) or any(self.known.is_free(half) for half in word.key.split("-"))
        return self.known.is_free(word.key)

    def joined(self, number: int) -> bool:
        """Whether the word follows on the one before it within one name."""
        before, word = self.word(number - 1), self.word(number)
        if before is None or word is None:
            return False
        between = self.text[before.end : word.start]
        return between in (" ", "-", " - ") or (between in (".", ". ") and len(before.text) == 1)

    def surname(self, number: int, *, listed: bool) -> bool:
        """Whether the word goes with the one before it as a family name, by a list or else for want of another meaning."""
        return self.joined(number) and self.loose(number) and (not listed or self.words[number].key in self.known.family)

    def starts(self, number: int, cue: Cue) -> bool:
        """Whether a name starts at the word, given what came before."""
        word, known = self.words[number], self.known
        given, free, capital = known.is_given(word.key), self.free(number), self.capital(number)
        if word.key in known.function and not (capital and given and self.surname(number + 1, listed=True)):
            return False
        if word.key in SAINTS or (number in self.protected and cue is not Cue.NAMED):
            return False
        if cue is Cue.NAMED:
            return given or free or (word.key in known.family and word.key not in known.kept)
        if cue is Cue.TITLE:
            return free or given or word.key in known.family if capital else self.titled(number)
        if not capital:
            return known.is_usual(word.key) and cue in (Cue.WANTED, Cue.SELF, Cue.HINTED)
        if cue is Cue.ALONE:
            return known.is_usual(word.key) or (given and self.surname(number + 1, listed=True))
        if given and (free or self.surname(number + 1, listed=False)):
            return True
        if cue is Cue.SELF and given and not known.is_ordinary(word.key):
            return not RESIDENT.match(self.after(number))
        if cue is Cue.WANTED:
            return free or (given and word.key not in known.kept)
        if cue in (Cue.SELF, Cue.HINTED) and free and CALLER.match(self.after(number)):
            return True
        return free and self.surname(number + 1, listed=False) and self.vouched(number + 1, cue)

    def titled(self, number: int) -> bool:
        """Whether the word, not written like a name, is one after the title before it: "dr patel", but not "MS fatigue"."""
        word, title = self.words[number], self.words[number - 1] if number else self.words[number]
        if (title.text.isupper() and not self.shouting) or title.key in RELATED:
            return False
        rare = title.key in SHORT_TITLES and len(word.text) > 3 and not word.key.endswith(("ed", "ing", "s"))
        return self.known.is_free(word.key) and (word.key in self.known.known or rare)

    def vouched(self, number: int, cue: Cue) -> bool:
        """Whether two words, of which this is the second, are a person: one is a listed name, or the next words say so."""
        if any(self.known.is_name(word.key) for word in self.words[number - 1 : number + 1]):
            return True
        return cue in (Cue.SELF, Cue.HINTED) and bool(CALLING.match(self.after(number)))

    def goes_on(self, number: int, first: int, cue: Cue) -> bool:
        """Whether the name that started at `first` takes this word, too."""
        if not self.joined(number) or number in self.protected:
            return False
        word, known = self.words[number], self.known
        if word.key in known.function or (word.key in known.bodies and word.text[0].isupper()):
            return False
        if self.capital(number):
            return self.free(number) or (word.key in known.family and self.capital(first))
        if cue is Cue.ALONE or not known.is_free(word.key):
            return False
        return word.key in known.known or (cue is Cue.NAMED and not self.capital(first) and self.text.isascii())

    def in_small_letters(self, number: int) -> bool:
        """Whether the word and the next could be a name in small letters that opens a line ("quill testwood, 555 0142")."""
        pair, start = self.words[number : number + 2], self.words[number].start
        if len(pair) < 2 or (start and self.text[start - 1] != "\n") or not self.joined(number + 1):
            return False
        return all(word.text.islower() and len(word.text) > 1 and self.known.is_free(word.key) for word in pair)

    def end(self, first: int, cue: Cue) -> int:
        """The last word of the name that starts at `first`."""
        last = first
        while last - first < MOST_WORDS:
            after = last + 1
            while after - last < 3 and self.joined(after) and (self.words[after].key in PARTICLES or self.initial(after)):
                after += 1
            if not self.goes_on(after, first, cue):
                break
            last = after
        return last + self.letter(last + 1)

    def letter(self, number: int) -> bool:
        """Whether the word is a single capital that ends a name ("Kim K")."""
        word = self.word(number)
        return (
            word is not None
            and len(word.text) == 1
            and self.capital(number)
            and self.joined(number)
            and word.key not in self.known.function
        )

    def of_a_body(self, first: int, last: int) -> bool:
        """Whether the words beside these make them the name of a firm or a place: "Emily Clinic", "Santa Maria"."""
        after, before = self.word(last + 1), self.word(first - 1)
        if after and self.joined(last + 1) and after.key in self.known.bodies and after.text[0].isupper():
            return True
        return before is not None and self.joined(first) and before.key in SAINTS

    def name(self, first: int, cue: Cue, *, begin: int | None = None) -> Span:
        """The name that starts at the word, from `begin` on where initials stand before it."""
        return Span(self.words[first].start if begin is None else begin, self.words[self.end(first, cue)].end, "name")

    def first(self, position: int) -> tuple[int, int] | None:
        """The first word at `position` that is more than an initial, and where it or its initials begin."""
        while position < len(self.text) and self.text[position] in " \"'“‘*_(":
            position += 1
        number = self.at.get(position)
        while number is not None and self.initial(number):
            number += 1
        return None if number is None else (number, position)
