"""One thing that can be said from a release, or that cannot, and why."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.translation import override

from rankings.models import Release
from schools.typography import NBSP, is_french, typeset

LANGUAGES = ("fr", "en")


class Standing(StrEnum):
    """Whether a claim holds: `FALSE` is known not to, `UNKNOWN` cannot be told from what is published."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"


class UnknownFact(LookupError):
    """The text asks for what cannot be said; `token` says which, `reasons` why, by language."""

    def __init__(self, token: str, reasons: Mapping[str, str]) -> None:
        super().__init__(token)
        self.token = token
        self.reasons = reasons


@dataclass(frozen=True)
class Words:
    """A fact in one language.

    `figure`: what a text shows in place of the token, and the short form of a distinction (« 1re », « 10 % »).
    `phrase`: the fact as said where the school's name goes without saying. `definition`: by what rule it holds.
    `denominator`: of how many, with the division where there is one. `note`: what a reader must know beside it.
    `method`: sentences on what became of the method between the editions it rests on; others may say the same.
    `reason`: why it cannot be said; the others are empty then.
    """

    figure: str = ""
    phrase: str = ""
    definition: str = ""
    denominator: str = ""
    note: str = ""
    method: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Fact:
    """One claim on one release: true, known to be false, or unknown.

    `editions`: the releases it rests on, the earliest first.
    """

    token: str
    unit_slug: str
    unit_name: str
    words: Mapping[str, Words]
    standing: Standing
    distinction: bool
    editions: tuple[Release, ...]

    @property
    def kind(self) -> str:
        """The first word of its token: « rang », « region »…"""
        return self.token.partition(":")[0]

    @property
    def known(self) -> bool:
        """Whether it can be said."""
        return self.standing is Standing.TRUE

    def figure(self, language: str) -> str:
        """The figure alone, as a text shows it. Raises `UnknownFact`."""
        return self._said(language).figure

    def phrase(self, language: str) -> str:
        """The fact as said on the school's own page, where its name goes without saying. Raises `UnknownFact`."""
        return self._said(language).phrase

    def sentence(self, language: str) -> str:
        """The fact as one whole sentence, the school named. Raises `UnknownFact`."""
        if not self.unit_name:
            return f"{self.phrase(language)}."
        return f"{self.unit_name}{NBSP if is_french(language) else ''}: {self.phrase(language)}."

    def definition(self, language: str) -> str:
        """The rule by which it holds."""
        return self.words[language].definition

    def denominator(self, language: str) -> str:
        """Of how many it is said, and the division itself where there is one."""
        return self.words[language].denominator

    def note(self, language: str) -> str:
        """What must be known beside it: rivals without rank, a method that changed; empty when there is nothing."""
        words = self.words[language]
        return " ".join(filter(None, (words.note, *words.method)))

    def reason(self, language: str) -> str:
        """Why it cannot be said; empty when it can."""
        return self.words[language].reason

    def _said(self, language: str) -> Words:
        if not self.known:
            raise UnknownFact(self.token, {lang: words.reason for lang, words in self.words.items()})
        return self.words[language]


@dataclass(frozen=True)
class Subject:
    """What a fact is about, with its token: a school, or the edition when `slug` is empty."""

    token: str
    slug: str = ""
    name: str = ""

    def so(self, words: Callable[[str], Words], *, editions: Iterable[Release], distinction: bool = False) -> Fact:
        """The claim holds; `words` is called once for each language, with it active."""
        return Fact(self.token, self.slug, self.name, _told(words), Standing.TRUE, distinction, tuple(editions))

    def unless(self, why_not: "Refusal") -> Fact:
        """The claim cannot be made."""
        told = _told(lambda language: Words(reason=why_not.reason(language)))
        return Fact(self.token, self.slug, self.name, told, why_not.standing, False, ())


@dataclass(frozen=True)
class Refusal:
    """Why a claim cannot be made, called with the language active."""

    standing: Standing
    reason: Callable[[str], str]


def untrue(reason: Callable[[str], str]) -> Refusal:
    """What is claimed is known not to be so."""
    return Refusal(Standing.FALSE, reason)


def unknown(reason: Callable[[str], str]) -> Refusal:
    """What is claimed cannot be told from what is published."""
    return Refusal(Standing.UNKNOWN, reason)


def _told(words: Callable[[str], Words]) -> Mapping[str, Words]:
    told = {}
    for language in LANGUAGES:
        with override(language):
            said = words(language)
            set_ = {name: typeset(text, language) for name, text in vars(said).items() if isinstance(text, str)}
            told[language] = replace(said, **set_, method=tuple(typeset(text, language) for text in said.method))
    return told
