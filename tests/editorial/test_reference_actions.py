"""Schools, indicators and sources: what values refer to."""

from decimal import Decimal

import pytest

from editorial.actions.indicators import Definition, define_indicator
from editorial.actions.references import keep_reference
from editorial.actions.sources import Citation, cite_source
from schools.models import Unit, UnitAlias, UnitIdentifier
from tests import factories as make
from tests.editorial.refusing import last_event, nothing_written, refusal
from tests.people import Cast

pytestmark = pytest.mark.django_db


def test_keep_adds_changes_and_says_when_nothing_changed(people: Cast) -> None:
    unit = Unit(name="École du Lac", slug="ecole-du-lac")
    said = {"by": people.hugo, "at": make.NOW, "reference": unit}
    assert keep_reference(**said)
    assert (unit.search_key, unit.created_at, last_event().verb) == ("ecole du lac", make.NOW, "reference.add")
    with nothing_written():
        assert not keep_reference(**said)
    unit.name = "École des Lacs"
    assert keep_reference(**said)
    assert last_event().details == (
        '{"name":["École du Lac","École des Lacs"],"search_key":["ecole du lac","ecole des lacs"]}'
    )


def test_keep_is_for_the_data_cell(people: Cast) -> None:
    unit = make.unit()
    for reference in (unit, UnitAlias(unit=unit, name="EMB"), make.indicator(), UnitIdentifier(unit=unit)):
        said = {"by": people.lise, "at": make.NOW, "reference": reference}
        assert refusal(keep_reference, **said).startswith("Tenir les écoles")


def test_keep_refuses_what_breaks_the_rules_of_its_model(people: Cast) -> None:
    unit = make.unit()
    taken = UnitIdentifier(unit=make.unit("Autre"), scheme="uai", value=unit.identifiers.get().value)
    said = {"by": people.hugo, "at": make.NOW, "reference": taken}
    assert refusal(keep_reference, **said)


def test_a_definition_with_values_is_only_reworded(people: Cast) -> None:
    indicator = make.indicator()
    said = {"by": people.hugo, "at": make.NOW, "reference": indicator}
    indicator.decimals = 2
    assert keep_reference(**said)
    make.entered_value()
    indicator.label_fr = "Emploi à 6 mois"
    assert keep_reference(**said)
    indicator.maximum = Decimal(200)
    assert "ouvrez-en une nouvelle version" in refusal(keep_reference, **said)


CITATION = {"title": "Rapport", "publisher": "Cour", "licence": "Licence Ouverte 2.0", "leaves": "values"}


def test_cite_a_document_once(people: Cast) -> None:
    said = {"by": people.hugo, "at": make.NOW, "citation": Citation(**CITATION)}
    source = cite_source(**said)
    assert (source.title, source.received_by, last_event().verb) == ("Rapport", people.hugo, "source.cite")
    with nothing_written():
        assert cite_source(**said) == source


def test_cite_refuses_the_unqualified_and_the_unfinished(people: Cast) -> None:
    said = {"at": make.NOW, "citation": Citation(**CITATION)}
    assert refusal(cite_source, by=people.jean, **said).startswith("Citer une source")
    for name in ("title", "publisher", "licence"):
        unfinished = Citation(**CITATION | {name: " "})
        assert "avec son titre" in refusal(cite_source, by=people.hugo, at=make.NOW, citation=unfinished)
    unknown = Citation(**CITATION | {"leaves": "all"})
    assert "laisse sortir" in refusal(cite_source, by=people.hugo, at=make.NOW, citation=unknown)


DEFINITION = {
    "code": "salaire",
    "label_fr": "Salaire",
    "label_en": "Salary",
    "definition_fr": "Salaire brut.",
    "definition_en": "Gross salary.",
    "measure": "euros",
}


def test_define_versions_what_differs(people: Cast) -> None:
    said = {"by": people.hugo, "at": make.NOW}
    first = define_indicator(definition=Definition(**DEFINITION), **said)
    assert (first.version, last_event().verb) == (1, "indicator.define")
    with nothing_written():
        assert define_indicator(definition=Definition(**DEFINITION), **said) == first
    second = define_indicator(definition=Definition(**DEFINITION | {"definition_fr": "Salaire net."}), **said)
    assert second.version == 2


def test_define_refuses_the_unqualified_and_the_impossible(people: Cast) -> None:
    said = {"at": make.NOW, "definition": Definition(**DEFINITION)}
    assert refusal(define_indicator, by=people.lise, **said).startswith("Définir un indicateur")
    odd = said | {"definition": Definition(**DEFINITION | {"measure": "smiles"})}
    assert refusal(define_indicator, by=people.hugo, **odd)
