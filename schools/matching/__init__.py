"""Which of our schools a source speaks of. Nothing here knows a database; docs/matching.md says how it is decided.

`match` answers for every subject of a source: sure by a number or an exact name, decided by a person, doubtful with
the reasons, or unmatched. Likeness only proposes.
"""

from schools.matching.decision_reading import parse_decisions
from schools.matching.decisions import Decision, DecisionFile, DecisionsRefused, UnitRef
from schools.matching.known import Alias, Identifier, Known, KnownUnit
from schools.matching.match import Match, match
from schools.matching.reasons import Proposal, Reason
from schools.matching.subjects import Name, Place, Subject

__all__ = [
    "Alias",
    "Decision",
    "DecisionFile",
    "DecisionsRefused",
    "Identifier",
    "Known",
    "KnownUnit",
    "Match",
    "Name",
    "Place",
    "Proposal",
    "Reason",
    "Subject",
    "UnitRef",
    "match",
    "parse_decisions",
]
