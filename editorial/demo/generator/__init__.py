"""The fictional schools of the demonstration and their figures, drawn from a seed: the same bytes on any machine.

Everything is whole numbers: draws are SHA-256 sums, figures are counted in units of their last decimal. No figure
depends on the order in which others are drawn, so a school more changes nothing for the others.
"""
