"""What can be said of a school, or of an edition, from one release: every figure of an article is one of these.

A fact is computed from sealed rows alone, so what is printed is what is published. Each has a token, by which a text
asks for it: `[[rang:ecole-du-lac]]`. Where a claim is not so, or cannot be known, the fact says why instead. The
tokens and the rules are in docs/facts.md; the numerical rules of distinctions in Method § 11.
"""

from rankings.facts.book import Facts, facts_for_unit
from rankings.facts.fact import LANGUAGES, Fact, Standing, UnknownFact, Words
from rankings.facts.families import TOP_OF_FAMILY
from rankings.facts.moves import Move
from rankings.facts.places import TOP_SHARES

__all__ = [
    "LANGUAGES",
    "TOP_OF_FAMILY",
    "TOP_SHARES",
    "Fact",
    "Facts",
    "Move",
    "Standing",
    "UnknownFact",
    "Words",
    "facts_for_unit",
]
