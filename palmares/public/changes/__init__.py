"""What changed from one edition to the next, in words: its method, its indicators, its schools.

Computed from the two releases' own texts and rows, so that it says of each what was applied and printed.
"""

from palmares.public.changes.editions import Changes
from palmares.public.changes.said import Change, Headline, WeightRow

__all__ = ["Change", "Changes", "Headline", "WeightRow"]
