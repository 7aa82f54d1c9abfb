"""How far a ranking depends on its choices: it is drawn anew thousands of times (Method § 13).

The only part of the engine that needs NumPy. Nothing is approximated on the way: points are whole numbers
(scenarios.py), a drawn weighting is brought to whole numbers too, and their sums stay below 2⁵³, where binary floats
add whole numbers exactly, in whatever order a processor takes them. What is drawn comes from raw bits. The same seed
gives the same digits on any machine.
"""

from rankings.engine.robustness.inquiry import study

__all__ = ["study"]
