"""What follows from the values: methods, editions, and the sealed releases the public reads."""

from rankings.models.editions import Edition, EditionIndicator, EditionUnit, MethodVersion, Ranking
from rankings.models.prints import EditionPlace, EditionPrint, ReleasePrint
from rankings.models.release_context import ReleaseSeries, ReleaseSetAside
from rankings.models.releases import (
    Release,
    ReleaseIndicator,
    ReleaseNode,
    ReleasePoints,
    ReleaseUnit,
    ReleaseValue,
    ReleaseWithdrawal,
)
from rankings.models.set_aside import EditionSetAside

__all__ = [
    "Edition",
    "EditionIndicator",
    "EditionPlace",
    "EditionPrint",
    "EditionSetAside",
    "EditionUnit",
    "MethodVersion",
    "Ranking",
    "Release",
    "ReleaseIndicator",
    "ReleaseNode",
    "ReleasePoints",
    "ReleasePrint",
    "ReleaseSeries",
    "ReleaseSetAside",
    "ReleaseUnit",
    "ReleaseValue",
    "ReleaseWithdrawal",
]
