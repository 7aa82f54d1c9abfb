"""From a value to points (Method § 3).

A scale is a class with four short methods, in its own module, and one entry of SCALES. `fit` looks at the known values
once and answers with cut points; `mark` then needs nothing else, so that whoever has the published cut points finds
the same points. `marks` does for a whole column what `mark` does for one value.
"""

from rankings.engine.scales.base import Scale
from rankings.engine.scales.cuts import CutPoints
from rankings.engine.scales.declared import SCALES, check_scale_of_a_bonus, read_scale
from rankings.engine.scales.distance import Distance
from rankings.engine.scales.gaps import Gaps
from rankings.engine.scales.lookup import Lookup
from rankings.engine.scales.minmax import MinMax
from rankings.engine.scales.offscale import OffScale, naming
from rankings.engine.scales.percentile import Percentile
from rankings.engine.scales.places import Places
from rankings.engine.scales.quantiles import Quantiles
from rankings.engine.scales.reading import BETTER
from rankings.engine.scales.steps import Next, next_step
from rankings.engine.scales.thresholds import Thresholds
from rankings.engine.scales.zscore import ZScore

__all__ = [
    "BETTER",
    "SCALES",
    "CutPoints",
    "Distance",
    "Gaps",
    "Lookup",
    "MinMax",
    "Next",
    "OffScale",
    "Percentile",
    "Places",
    "Quantiles",
    "Scale",
    "Thresholds",
    "ZScore",
    "check_scale_of_a_bonus",
    "naming",
    "next_step",
    "read_scale",
]
