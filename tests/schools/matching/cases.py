"""Schools and subjects for the tests of the matching: names are real, so that the traps are; numbers too."""

from typing import Any

from schools.matching import Alias, Decision, Identifier, Known, KnownUnit, Place, Subject, UnitRef
from schools.matching.decisions import Verdict
from schools.matching.periods import ALWAYS, Period
from schools.matching.subjects import named

YEAR = 2025


def school(number: int, name: str, *others: str, academie: str = "", uai: str = "", span: Period = ALWAYS) -> KnownUnit:
    """A school of ours, with its number in the CTI's list, other names, and a UAI of these dates if one is given."""
    numbers = [Identifier("cti", str(number))] + ([Identifier("uai", uai, span)] if uai else [])
    aliases = tuple(Alias(each) for each in others)
    return KnownUnit(number, name, aliases, tuple(numbers), Place("", academie, ""))


def subject(keys: str, *names: str, years: tuple[int, ...] = (YEAR,), dataset: str = "essai", **said: Any) -> Subject:
    """What a file says: keys with commas between, names all of the same years."""
    found, marked = named((name, years[0], years[-1]) for name in names)
    in_order = sorted(found, key=lambda name: [each.rstrip(" *") for each in names].index(name.text))
    place = Place(said.pop("city", ""), said.pop("academie", ""), "")
    numbers = tuple(said.pop("numbers", ()))
    cells = tuple(keys.split(",")) if keys else ()
    return Subject(dataset, "uai", cells, years, tuple(in_order), numbers, place, marked_component=marked, **said)


def decision(keys: str, verdict: Verdict, unit: int | None = None, **said: Any) -> Decision:
    """What somebody said of keys of the same file."""
    ref = UnitRef("cti", str(unit)) if unit else None
    values = tuple(keys.split(","))
    said.setdefault("path", f"decision[{keys}]")
    return Decision(said.pop("dataset", "essai"), said.pop("scheme", "uai"), values, verdict, ref, "Parce que.", **said)


# The schools on which the traps are set.
METZ = school(
    82, "École supérieure d'ingénieurs des travaux de la construction de Metz", "ESITC", academie="Nancy-Metz"
)
PARIS = school(
    175, "École supérieure d'ingénieurs des travaux de la construction de Paris", "ESITC", academie="Créteil"
)
GEOLOGY = school(76, "École nationale supérieure de géologie", "ENSG", academie="Nancy-Metz")
MAPS = school(172, "École nationale des sciences géographiques", "ENSG", academie="Créteil")
ANGERS = school(91, "École supérieure d'agriculture", "ESA", academie="Nantes")
LYON = school(56, "Institut national des sciences appliquées de Lyon", "INSA Lyon", academie="Lyon")
ROUEN = school(102, "Institut national des sciences appliquées de Rouen", "INSA Rouen", academie="Normandie")
SIGMA = school(23, "École d'ingénieurs SIGMA Clermont", "SIGMA Clermont", academie="Clermont-Ferrand")
STRASBOURG = school(136, "Université de Strasbourg", academie="Strasbourg")
EPITA = school(178, "École pour l'informatique et les techniques avancées", "EPITA", academie="Créteil")
ALL = (METZ, PARIS, GEOLOGY, MAPS, ANGERS, LYON, ROUEN, SIGMA, STRASBOURG, EPITA)
KNOWN = Known(ALL)
