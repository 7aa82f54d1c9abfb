"""What is: units, indicators, sources, and values with their revisions."""

from schools.models.anomalies import Anomaly
from schools.models.indicators import Indicator
from schools.models.matches import MatchDecision, Verdict
from schools.models.sources import ImportBatch, Source
from schools.models.units import LONGEST_YEARS, Entry, Sector, Unit, UnitAlias, UnitIdentifier
from schools.models.values import ABSENCES, WITH_VALUE, Kind, SourceCell, ValueRevision, ValueState, VerifiedMeaning

__all__ = [
    "ABSENCES",
    "LONGEST_YEARS",
    "WITH_VALUE",
    "Anomaly",
    "Entry",
    "ImportBatch",
    "Indicator",
    "Kind",
    "MatchDecision",
    "Sector",
    "Source",
    "SourceCell",
    "Unit",
    "UnitAlias",
    "UnitIdentifier",
    "ValueRevision",
    "ValueState",
    "Verdict",
    "VerifiedMeaning",
]
