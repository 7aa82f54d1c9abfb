"""Imports beside what is known of schools: groups of numbers, years, decisions, registers and new schools."""

from datetime import date

import pytest

from editorial.actions import imports
from editorial.exceptions import Stale
from editorial.models import AuditEvent
from schools.import_plan import Change
from schools.models import ImportBatch, Indicator, MatchDecision, Unit, UnitAlias, UnitIdentifier, ValueRevision
from tests import factories as make
from tests.editorial.refusing import last_event, nothing_written, refusal
from tests.people import Cast, cast

pytestmark = pytest.mark.django_db

HEAD = """format = 1
dataset = "effectifs"
title = "Essai"
key = { scheme = "uai", column = "UAI", separator = "," }
reference_year = { column = "Rentrée" }
[unit]
name = { column = "Nom" }
[absences]
"" = "missing"
"""
VALUE = '[[value]]\nindicator = "inscrits"\ncolumn = "Inscrits"\naggregate = "sum"\n'
REGISTER = """format = 1
purpose = "register"
title = "Annuaire"
reference_year = 2025
key = { scheme = "uai", column = "UAI", separator = "," }
[unit]
name = { column = "Nom" }
other_names = ["Sigle"]
names_from = 2020-09-01
[unit.numbers]
ror = { column = "ROR" }
[absences]
"" = "missing"
"""
LAC, MONT, PORT = "0062197F", "0590348H", "0755890V"


def enrolled() -> Indicator:
    known = Indicator.objects.filter(code="inscrits").first()
    return known or make.indicator("inscrits", measure="count", decimals=0, minimum=0, maximum=None)


def opened(text: str, mapping: str = HEAD + VALUE, name: str = "essai.csv") -> ImportBatch:
    enrolled()
    received = imports.Received(
        content=text.encode(), name=name, title="Essai", publisher="Essai", licence="Licence Ouverte 2.0"
    )
    return imports.open_import(by=cast().hugo, at=make.START, received=received, mapping_text=mapping)


def commit(batch: ImportBatch, **said: object) -> dict[str, object]:
    facts = {"by": cast().hugo, "at": make.START, "batch": batch, "seen_version": batch.version}
    return facts | {"seen_digest": imports.plan_of(batch).digest} | said


def school(name: str, *numbers: str) -> Unit:
    unit = make.unit(name, with_uai=False)
    for value in numbers:
        UnitIdentifier.objects.create(unit=unit, scheme="uai", value=value)
    return unit


def decided(value: str, verdict: str, unit: Unit | None = None, **said: object) -> MatchDecision:
    facts = {"dataset": "effectifs", "scheme": "uai", "value": value, "verdict": verdict, "unit": unit}
    return MatchDecision.objects.create(
        **facts | {"reason": "Vu à l’annuaire.", "decided_by": cast().hugo, "decided_at": make.NOW} | said
    )


def recorded() -> set[tuple[str, int, str]]:
    rows = ValueRevision.objects.select_related("unit", "indicator")
    return {(row.unit.name, row.reference_year, str(row.figure)) for row in rows}


def test_all_rows_of_a_school_make_one_value_a_year(people: Cast) -> None:
    school("Lac", LAC, MONT)
    text = f"UAI;Rentrée;Nom;Inscrits\n{LAC};2020;Lac;10\n{MONT};2020;Lac, site;5\n{LAC};2021;Lac;11\n"
    batch = opened(text)
    plan = imports.commit_import(**commit(batch))
    assert recorded() == {("Lac", 2020, "15"), ("Lac", 2021, "11")}
    both = ValueRevision.objects.get(reference_year=2020)
    assert [(cell.reference, cell.text) for cell in both.cells.all()] == [("D2", "10"), ("D3", "5")]
    assert (plan.years, plan.counts["new"]) == ((2020, 2021), 2)
    assert not imports.commit_import(**commit(opened(text, name="encore.csv"))).of(Change.NEW)
    assert ValueRevision.objects.count() == 2


def test_each_year_stands_beside_its_own_value_in_force(people: Cast) -> None:
    unit = school("Lac", LAC)
    enrolled()
    make.approved_value("10", of=unit, indicator_code="inscrits", year=2020)
    make.approved_value("12", of=unit, indicator_code="inscrits", year=2021)
    plan = imports.plan_of(
        opened(f"UAI;Rentrée;Nom;Inscrits\n{LAC};2020;Lac;10\n{LAC};2021;Lac;11\n{LAC};2022;Lac;9\n")
    )
    assert [(v.record.year, v.change) for v in plan.values] == [
        (2020, Change.UNCHANGED),
        (2021, Change.CHANGED),
        (2022, Change.NEW),
    ]


def test_a_number_passes_to_another_school_with_the_years(people: Cast) -> None:
    old, new = school("Sigma"), school("INP")
    UnitIdentifier.objects.create(unit=old, scheme="uai", value=LAC, valid_to=date(2020, 8, 31))
    UnitIdentifier.objects.create(unit=new, scheme="uai", value=LAC, valid_from=date(2020, 9, 1))
    batch = opened(f"UAI;Rentrée;Nom;Inscrits\n{LAC};2019;Sigma;10\n{LAC};2020;INP;50\n")
    plan = imports.commit_import(**commit(batch))
    assert recorded() == {("Sigma", 2019, "10"), ("INP", 2020, "50")}
    assert [(planned.unit, planned.years) for planned in plan.units] == [(old, (2019,)), (new, (2020,))]


def test_what_a_decision_leaves_out_is_counted_and_shown_and_never_recorded(people: Cast) -> None:
    unit = school("Lac", LAC)
    decision = decided(MONT, "wider", unit)
    decided(PORT, "outside", valid_to=date(2020, 9, 1))
    text = f"UAI;Rentrée;Nom;Inscrits\n{LAC};2020;Lac;10\n{MONT};2020;Université;900\n{PORT};2020;Port;x\n"
    batch = opened(text)
    plan = imports.commit_import(**commit(batch))
    assert recorded() == {("Lac", 2020, "10")}
    assert [planned.name for planned in plan.left_out_units if planned.left_out == decision] == ["Université"]
    assert {name: batch.counts[name] for name in ("left_out_units", "rows_of_none", "rows_used", "refused")} == {
        "left_out_units": 2,
        "rows_of_none": 2,
        "rows_used": 1,
        "refused": 0,
    }
    # The decision on the port ends with 2020: the year after it is unknown again.
    later = opened(text.replace(f"{PORT};2020;Port;x", f"{PORT};2021;Port;7"))
    assert [planned.record.key for planned in imports.plan_of(later).unknown_units] == [PORT]


def test_a_decision_taken_after_the_preview_makes_it_stale(people: Cast) -> None:
    unit = school("Lac", LAC)
    batch = opened(f"UAI;Rentrée;Nom;Inscrits\n{LAC};2020;Lac;10\n")
    said = commit(batch)
    decided(LAC, "component", unit)
    assert "a changé depuis votre aperçu" in refusal(imports.commit_import, kind=Stale, **said)


def test_numbers_of_one_cell_that_lead_to_two_schools_refuse_the_whole(people: Cast) -> None:
    school("Lac", LAC), school("Mont", MONT)
    batch = opened(f"UAI;Rentrée;Nom;Inscrits\n{LAC},{MONT};2020;Lac et Mont;10\n".replace(",", ", "))
    reason = refusal(imports.commit_import, **commit(batch, create_unknown=True))
    assert "mènent à plusieurs écoles" in reason
    assert "«\u00a0Lac\u00a0», «\u00a0Mont\u00a0»" in reason
    decided(MONT, "site", Unit.objects.get(name="Lac"))
    imports.commit_import(**commit(batch))
    assert recorded() == {("Lac", 2020, "10")}


def test_unknown_schools_are_sent_to_the_matches(people: Cast) -> None:
    batch = opened(f"UAI;Rentrée;Nom;Inscrits\n{LAC};2020;Lac;10\n")
    assert "décidez ce qu’elles sont aux rapprochements" in refusal(imports.commit_import, **commit(batch))


def test_a_register_creates_schools_when_asked_and_else_nothing(people: Cast) -> None:
    text = f"UAI;Nom;Sigle;ROR\n{LAC},{MONT};École du Lac;EDL;https://ror.org/0abcde123\n{PORT};Port;;\n"
    batch = opened(text.replace(",", ", "), REGISTER)
    with_nothing = imports.commit_import(**commit(batch))
    assert (with_nothing.is_register, Unit.objects.count(), batch.state) == (True, 0, "committed")
    imports.commit_import(**commit(opened(text, REGISTER), create_unknown=True))
    lake = Unit.objects.get(name="École du Lac")
    assert set(lake.identifiers.values_list("scheme", "value")) == {("uai", LAC), ("uai", MONT), ("ror", "0abcde123")}
    assert list(lake.aliases.values_list("name", "key", "valid_from", "valid_to")) == [
        ("EDL", "edl", date(2020, 9, 1), None)
    ]
    before = schools_as_they_are()
    again = imports.commit_import(**commit(opened(text, REGISTER, "encore.csv"), create_unknown=True))
    assert schools_as_they_are() == before
    assert (again.unknown_units, len(again.units)) == ((), 2)
    assert last_event().verb == "import.commit"


def test_a_register_says_where_schools_are_when_nobody_had(people: Cast) -> None:
    lake, hill = school("Lac", LAC), school("Mont", MONT)
    Unit.objects.filter(pk=lake.pk).update(city="", region="", academie="")
    Unit.objects.filter(pk=hill.pk).update(city="Gap", region="", academie="")
    decided(PORT, "site", hill, dataset="annuaire")
    UnitIdentifier.objects.create(unit=hill, scheme="uai", value=PORT)
    mapping = REGISTER.replace('purpose = "register"', 'purpose = "register"\ndataset = "annuaire"').replace(
        'other_names = ["Sigle"]', 'city = { column = "Ville" }\nregion = { column = "Région" }\n'
        'website = { column = "Site" }',
    ).replace("names_from = 2020-09-01\n", "")  # fmt: skip
    text = (
        "UAI;Nom;ROR;Ville;Région;Site\n"
        f"{LAC};Lac;;Annecy;Savoie;https://lac.example/\n{MONT};Mont;;Digne;;mont.example\n"
        f"{PORT};Port;;Brest;Bretagne;https://port.example/\n"
    )
    imports.commit_import(**commit(opened(text, mapping)))
    lake.refresh_from_db(), hill.refresh_from_db()
    assert (lake.city, lake.region, lake.website) == ("Annecy", "Savoie", "https://lac.example/")
    # What was said stays, a site says nothing of its school, and what is no address is not kept.
    assert (hill.city, hill.region, hill.website) == ("Gap", "", "")
    placed = AuditEvent.objects.get(verb="unit.place")
    assert placed.object_id == str(lake.pk)
    assert "Annecy" in placed.details
    before = schools_as_they_are()
    imports.commit_import(**commit(opened(text.replace("Annecy", "Thonon"), mapping, "encore.csv")))
    assert schools_as_they_are() == before


def schools_as_they_are() -> list[list[dict[str, object]]]:
    return [list(model.objects.order_by("pk").values()) for model in (Unit, UnitIdentifier, UnitAlias)]


def test_a_new_school_keeps_every_name_it_bore_with_its_years(people: Cast) -> None:
    text = f"UAI;Rentrée;Nom;Inscrits\n{LAC};2018;Le Lac;1\n{LAC};2019;LE LAC;2\n{LAC};2020;École du Lac;3\n"
    imports.commit_import(**commit(opened(text), create_unknown=True))
    unit = Unit.objects.get()
    assert unit.name == "École du Lac"
    assert list(unit.aliases.values_list("name", "valid_from", "valid_to")) == [
        ("Le Lac", date(2018, 9, 1), date(2019, 8, 31))
    ]
    assert len(recorded()) == 3


def test_two_cells_of_unknown_numbers_that_share_one_are_one_new_school(people: Cast) -> None:
    text = f"UAI;Rentrée;Nom;Inscrits\n{LAC}, {MONT};2019;Lac;1\n{LAC};2020;Lac;2\n"
    imports.commit_import(**commit(opened(text), create_unknown=True))
    assert recorded() == {("Lac", 2019, "1"), ("Lac", 2020, "2")}
    assert Unit.objects.get().identifiers.count() == 2


def test_two_such_cells_in_one_year_are_not_added_up_unseen(people: Cast) -> None:
    batch = opened(f"UAI;Rentrée;Nom;Inscrits\n{LAC}, {MONT};2020;Lac;1\n{LAC};2020;Lac;2\n")
    said = commit(batch, create_unknown=True)
    assert "une même école nouvelle" in refusal(imports.commit_import, **said)


def test_a_number_that_another_school_bears_refuses_the_creation(people: Cast) -> None:
    holder = make.unit("Port", with_uai=False)
    UnitIdentifier.objects.create(unit=holder, scheme="ror", value="0abcde123")
    batch = opened(f"UAI;Nom;Sigle;ROR\n{LAC};Lac;;0abcde123\n", REGISTER)
    said = commit(batch, create_unknown=True)
    assert "ROR 0abcde123" in refusal(imports.commit_import, **said)


def test_the_cells_of_a_product_are_kept_with_their_roles(people: Cast) -> None:
    school("Lac", LAC), school("Mont", MONT)
    mapping = HEAD + VALUE + 'times = "Part"\nnot_measured = [{ columns = ["Nom"], equals = ["?"], why = "essai" }]\n'
    text = f"UAI;Rentrée;Nom;Inscrits;Part\n{LAC};2020;Lac;10;0,5\n{MONT};2020;?;10;0,5\n"
    imports.commit_import(**commit(opened(text, mapping)))
    lake, mount = ValueRevision.objects.order_by("unit__name")
    assert [(cell.reference, cell.role) for cell in lake.cells.all()] == [("D2", "value"), ("E2", "factor")]
    assert ((mount.kind, mount.value), [(c.reference, c.role) for c in mount.cells.all()]) == (
        ("missing", None),
        [("C3", "condition")],
    )


def test_the_plan_takes_as_many_queries_for_a_longer_file(people: Cast, django_assert_max_num_queries) -> None:
    def rows(count: int) -> str:
        return "UAI;Rentrée;Nom;Inscrits\n" + "".join(
            f"{make.uai(number)};{year};École {number};{number}\n" for number in range(count) for year in (2020, 2021)
        )

    imports.commit_import(**commit(opened(rows(40)), create_unknown=True))
    short, long = opened(rows(2)), opened(rows(60))
    with django_assert_max_num_queries(7):
        imports.plan_of(short)
    with django_assert_max_num_queries(7):
        imports.plan_of(long)
    with nothing_written():
        imports.plan_of(long)
