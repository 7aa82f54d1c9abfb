"""Which schools a name makes one think of. Likeness proposes, a person decides."""

import math
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from rapidfuzz import fuzz

from schools.matching.known import Known, KnownUnit
from schools.matching.reasons import Proposal, Reason, because
from schools.matching.subjects import Subject
from schools.naming import search_key

MOST = 3
# Under this a likeness is not worth showing; from NEAR on it is a question that somebody must answer.
LEAST = 50
NEAR = 84
# An identifier whose school looks less than this like the name beside it is perhaps somebody else's.
UNLIKE = 30
# Two long words as alike as this are one, misspelt or in the plural. Short ones are sigles: ENSA is not INSA.
_LONG, _SAME_WORD = 6, 88
# « EN » is a school and a word.
_SHORTEST = 3


class _Weighed(NamedTuple):
    """A name as a key, its words as the known schools spell them, and how much these say together."""

    key: str
    words: frozenset[str]
    said: float


class Likeness:
    """Compares names with those of the known schools. Built once for a source."""

    def __init__(self, known: Known) -> None:
        self.known = known
        keys = {unit.id: _keys(unit) for unit in known.units}
        carried = Counter(word for each in keys.values() for word in {word for key in each for word in key.split()})
        # The more schools have a word, the less it says: « école » next to nothing, a town much, a made-up name most.
        self.weights = {word: math.log(1 + len(known.units) / count) for word, count in carried.items()}
        self.unheard = math.log(1 + len(known.units))
        self.names = {unit: [self._weighed(key, key.split()) for key in each] for unit, each in keys.items()}
        self.bearers = Counter(key for each in keys.values() for key in set(each))
        self._spellings: dict[str, str] = {}

    def proposals(self, subject: Subject) -> tuple[Proposal, ...]:
        """The nearest schools, at most MOST, the nearest first."""
        found = [proposal for unit in self.known.units if (proposal := self._proposal(subject, unit))]
        return tuple(sorted(found, key=lambda each: (-each.score, each.unit.id))[:MOST])

    def unlike(self, subject: Subject, unit: KnownUnit) -> bool:
        """Whether no name of the subject looks like one of the school's, and none of the school's stands in it."""
        return self._nearest(subject, unit)[0] < UNLIKE and not self._within(subject, unit)

    def _proposal(self, subject: Subject, unit: KnownUnit) -> Proposal | None:
        score, text = self._nearest(subject, unit)
        reasons = [because("near_name", score=score, name=text)] if score >= LEAST else []
        within = self._within(subject, unit)
        if within:
            reasons.append(within)
        if not reasons:
            return None
        town = subject.place.shared_town(unit.place)
        academie = subject.place.same_academie(unit.place)
        if town:
            reasons.append(because("same_town", town=town.title()))
        elif academie:
            reasons.append(because("same_academie", academie=subject.place.academie))
        near_by = 6 if town else 3 if academie else 0
        total = score + near_by - (12 if academie is False else 0)
        if within:
            # The more words of it stand there, the less by chance: ECAM EPMI rather than ECAM.
            total = max(total, NEAR + near_by + min(3, len(dict(within.params)["sigle"].split())) - 1)
        return Proposal(unit, min(99, total), tuple(reasons)) if total >= LEAST else None

    def _nearest(self, subject: Subject, unit: KnownUnit) -> tuple[int, str]:
        """The best likeness of a name of one to a name of the other, and that name of the school."""
        texts = (unit.name, *(alias.text for alias in unit.aliases))
        best, nearest = 0, ""
        for name in subject.names:
            mine = self._weighed(name.key, [self._spelt(word) for word in name.key.split()])
            for theirs, text in zip(self.names[unit.id], texts, strict=True):
                score = self._likeness(mine, theirs)
                if score > best:
                    best, nearest = score, text
        return best, nearest

    def _likeness(self, mine: _Weighed, theirs: _Weighed) -> int:
        """0 to 100: half for the letters, half for the share of the words that both have, by what each word says."""
        shared = self._said(mine.words & theirs.words)
        if not shared:
            return 0
        share = 200 * shared / (mine.said + theirs.said)
        return round((fuzz.token_sort_ratio(mine.key, theirs.key) + share) / 2)

    def _weighed(self, key: str, words: Iterable[str]) -> _Weighed:
        once = frozenset(words)
        return _Weighed(key, once, self._said(once))

    def _said(self, words: frozenset[str]) -> float:
        return sum(self.weights.get(word, self.unheard) for word in sorted(words))

    def _spelt(self, word: str) -> str:
        """The word as the known schools spell it, when it is one of theirs but for a letter or so."""
        if word in self.weights or len(word) < _LONG:
            return word
        if word not in self._spellings:
            alike = [(fuzz.ratio(word, other), other) for other in self.weights if len(other) >= _LONG]
            score, nearest = max(alike, default=(0, word))
            self._spellings[word] = nearest if score >= _SAME_WORD else word
        return self._spellings[word]

    def _within(self, subject: Subject, unit: KnownUnit) -> Reason | None:
        """A name of the school that stands, whole, in a longer one of the subject: its sigle and a town, say."""
        for name in subject.names:
            padded = f" {name.key} "
            for key in (theirs.key for theirs in self.names[unit.id]):
                if len(key) < _SHORTEST or f" {key} " not in padded or key == name.key:
                    continue
                shown, count = key if " " in key else key.upper(), self.bearers[key]
                return because("shared_sigle", sigle=shown, count=count) if count > 1 else because("sigle", sigle=shown)
        return None


def _keys(unit: KnownUnit) -> tuple[str, ...]:
    return tuple(search_key(text) for text in (unit.name, *(alias.text for alias in unit.aliases)))
