"""The open ranking from the real files: what was recognised, summed, doubted, left, ranked, and what its pages say.

It is played once for all these tests. Counts are pinned after having been looked at; figures are made again here with
nothing but a reader of CSV and fractions.
"""

import csv
import os
import re
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Max, QuerySet
from django.test import Client
from django.utils import timezone

from editorial.models import Article
from editorial.open_data import report
from editorial.open_data.story import ENROLMENTS, SLUG, YEAR, Story
from rankings.models import Release, ReleaseSeries, ReleaseValue
from schools.matching import report as matching
from schools.models import MatchDecision, SourceCell, Unit, UnitIdentifier, ValueRevision
from tests.public.reading import words
from tests.scenes import scene

ADDRESS = f"/{SLUG}/{YEAR}/"
KINDS = ("généraux", "technologiques", "professionnels")
ENGINEERS = "Formation d'ingénieur Bac + 5"
# Lines of the list that are schools inside a university or an institute, or bear its name.
INSIDE = (2, 13, 14, 25, 30, 35, 39, 40, 41, 68, 69, 80, 81, 136, 145, 147, 148, 170, 188, 194)
# What is known of each file, once played: the story itself, which no test changes.
PLAYED: list[Story] = []


def _folder() -> Path:
    root = Path(__file__).resolve().parents[2]
    return Path(os.environ.get("PALMARES_SHARED_DATA") or root.parent / "shared" / "data") / "ecoles"


def play() -> None:
    """The whole story, from the real files."""
    if not _folder().is_dir():
        pytest.skip("shared data not found")
    story = Story(_folder(), timezone.now(), lambda title: None)
    story.play()
    PLAYED[:] = [story]


pytestmark = [pytest.mark.django_db, scene(play), pytest.mark.usefixtures("shared_data")]


@pytest.fixture
def release() -> Release:
    return Release.objects.get(ranking_slug=SLUG)


def cti(number: int) -> Unit:
    """The school of this line of the list."""
    return UnitIdentifier.objects.get(scheme="cti", value=str(number)).unit


def rows(name: str, delimiter: str = ",") -> list[dict[str, str]]:
    with (_folder() / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def test_digest_is_the_same_on_every_machine_and_base(release: Release) -> None:
    assert release.digest == DIGEST


def test_every_file_is_read_and_every_subject_answered() -> None:
    told = {each.dataset.code: each for each in PLAYED[0].told}
    assert {code: (each.plan.counts["rows_read"], each.plan.counts["rows_used"]) for code, each in told.items()} == {
        "cti-2020": (204, 204),
        "etablissements-2025": (245, 229),
        "etablissements-2020": (266, 252),
        "effectifs": (1383, 472),
        "parcoursup": (585, 433),
    }
    counts = {code: matching.counts(each.matches) for code, each in told.items() if each.matches}
    assert {code: found["doubtful"] for code, found in counts.items()} == dict.fromkeys(counts, 0)
    # Nobody is left without an answer in the two files that bear figures.
    assert counts["effectifs"]["unmatched"] == counts["parcoursup"]["unmatched"] == 0
    assert not told["etablissements-2025"].plan.refused
    # An invisible sign ends the address of a site.
    assert [problem.cell for problem in told["etablissements-2020"].plan.refused] == ["H28"]


def test_intake_is_summed_again_by_hand() -> None:
    """Every school and every sum of Parcoursup, from the file and the numbers that lead to the school."""
    units = _units_by_key("parcoursup")
    sums: dict[tuple[int, str], Fraction] = defaultdict(Fraction)
    for row in rows("parcoursup_formations.csv"):
        if not row["Filière de formation"].startswith(ENGINEERS) or row["uai"] not in units:
            continue
        for code, amount in _amounts(row).items():
            sums[units[row["uai"]], code] += amount
    written = ValueRevision.objects.filter(source__file_name="parcoursup_formations.csv").select_related("indicator")
    assert written.count() == 1140
    for revision in written:
        expected = sums.pop((revision.unit_id, revision.indicator.code), Fraction(0))
        found = Fraction(0) if revision.figure is None else Fraction(revision.figure)
        assert abs(found - expected) <= Fraction(1, 2 * 10**revision.indicator.decimals), revision
    assert not sums


def _amounts(row: dict[str, str]) -> dict[str, Fraction]:
    admitted = Fraction(row["Effectif total admis 2phases"])
    amounts = {
        "capacite": Fraction(row["Capacité de l établissement par formation"]),
        "candidats": Fraction(row["Effectif total candidats 2phases"]),
        "admis": admitted,
        "admises": Fraction(row["pct_filles_admises"]) * admitted,
    }
    if any(
        row[f"pct_d_admis néo bacheliers {kind}"] != "0.0" for kind in ("généraux", "technologiques", "professionnels")
    ):
        amounts["admis_bacheliers"] = admitted
        amounts["admis_boursiers"] = Fraction(row["Pourcentage boursiers admis"]) * admitted / 100
        congratulated = Fraction(row["part_mention_tb_fel"]) * admitted
        amounts["admis_felicitations"] = congratulated
        amounts["admis_mention_tb"] = Fraction(row["part_mention_tb"]) * admitted + congratulated
    if row["taux_acces_num"] != "0.58":
        amounts["admis_acces_connu"] = admitted
        amounts["acces_pondere"] = Fraction(row["taux_acces_num"]) * admitted
    return amounts


def test_congratulated_students_have_highest_honours_too() -> None:
    """INSA Lyon: 0.7576, 0.9493 and 0.4286 of its admitted; not counting the congratulated, a third less."""
    values = {
        revision.indicator.code: Fraction(revision.figure)
        for revision in ValueRevision.objects.filter(unit=cti(56), reference_year=2025).select_related("indicator")
        if revision.figure is not None
    }
    assert _tenth(100 * values["admis_mention_tb"] / values["admis_bacheliers"]) == Fraction("92.9")
    without = values["admis_mention_tb"] - values["admis_felicitations"]
    assert _tenth(100 * without / values["admis_bacheliers"]) == Fraction("59.0")


def _units_by_key(dataset: str) -> dict[str, int]:
    """Key → school: by decision of this file, else by the number the school bears."""
    found = {i.value: i.unit_id for i in UnitIdentifier.objects.filter(scheme="uai", valid_to=None)}
    for decision in MatchDecision.objects.of(dataset):
        if decision.is_counted and decision.unit_id:
            found[decision.value] = decision.unit_id
        else:
            found.pop(decision.value, None)
    return found


def test_enrolments_are_those_of_the_schools_own_rows() -> None:
    columns = {"inscrits": "inscrits", "femmes": "femmes", "mobilite": "mobilite_internationale"}
    lyon = [row for row in rows("mesr_effectifs_2006_2022.csv") if row["uai"] == "0690192J"]
    written = ValueRevision.objects.filter(unit=cti(56), indicator__code__in=columns).select_related("indicator")
    assert written.count() == 3 * 17
    by_year = {int(row["rentree"]): row for row in lyon}
    for revision in written:
        assert revision.figure == Fraction(by_year[revision.reference_year][columns[revision.indicator.code]])


def test_every_verified_enrolment_is_in_the_evolution_of_its_school(release: Release) -> None:
    """From 2006 on: 32 schools, every year and count that their own rows know, but what waits."""
    verified = ValueRevision.objects.in_force().filter(source__file_name__startswith="mesr_effectifs")
    known = {
        (each.unit.slug, each.indicator.code, each.reference_year): each.figure
        for each in verified.select_related("unit", "indicator")
        if each.figure is not None
    }
    rows = [
        row
        for model in (ReleaseSeries, ReleaseValue)
        for row in model.objects.filter(unit__release=release).select_related("unit", "indicator")
        if row.figure and row.year <= 2022
    ]
    shown = {(row.unit.slug, row.indicator.code, row.year): Fraction(row.figure) for row in rows}
    assert {place: Fraction(figure) for place, figure in known.items()} == shown
    assert len({slug for slug, _code, _year in known}) == 32
    assert min(year for _slug, _code, year in known) == 2006


@pytest.mark.parametrize(
    "number", [2, 13, 14, 25, 30, 35, 39, 40, 41, 68, 69, 80, 81, 136, 145, 147, 148, 170, 188, 194]
)
def test_figure_of_a_parent_is_never_its_component_s(number: int) -> None:
    """Schools inside universities and institutes, and those the list calls by the name of their university."""
    enrolments = ValueRevision.objects.filter(unit=cti(number), source__file_name__startswith="mesr_effectifs")
    assert not enrolments.exists()


@pytest.mark.parametrize(
    ("number", "first", "last"),
    [(23, 2015, 2019), (43, 2006, 2018), (55, 2007, 2019), (71, 2006, 2014), (155, 2006, 2022), (45, 2020, 2022)],
)
def test_school_has_its_own_years_only(number: int, first: int, last: int) -> None:
    years = ValueRevision.objects.filter(unit=cti(number), indicator__code="inscrits").values_list(
        "reference_year", flat=True
    )
    assert (min(years), max(years), len(years)) == (first, last, last - first + 1)


def test_registers_say_where_the_schools_they_know_are(client: Client, release: Release) -> None:
    told = {number: (cti(number).city, cti(number).website) for number in (56, 94, 23)}
    assert told[56] == ("Villeurbanne", "http://www.insa-lyon.fr/")
    assert told[94][0] == "Angers"
    assert told[23] == ("", ""), "a number that SIGMA had lost by then says nothing of it"
    assert release.units.exclude(city="").count() == 92
    assert "Villeurbanne" in words(client.get(f"{ADDRESS}ecoles/{cti(56).slug}/"))


def test_known_traps_are_told_apart() -> None:
    isen = {number: set(_numbers(number)) for number in (50, 97, 131)}
    assert isen[50] >= {"0590347G"}
    assert isen[97] >= {"0831458J"}
    assert isen[131] >= {"0292125C", "0442837V", "0142440B"}
    assert not isen[50] & isen[97] | isen[50] & isen[131]
    # The school of architecture shares an initialism with the school of agriculture.
    assert "0753533H" not in _numbers(91)
    # One number, two schools in time.
    sigma = UnitIdentifier.objects.get(scheme="uai", value="0632033T", unit=cti(23))
    assert sigma.valid_to is not None
    assert sigma.valid_to.year <= 2020
    # A register without a UAI for it leads to the school by another number; to a wider establishment never.
    assert set(cti(166).identifiers.filter(scheme="paysage").values_list("value", flat=True)) == {"cZd69"}
    assert not UnitIdentifier.objects.filter(scheme="paysage", value__in=["MihlE", "73Oaz"]).exists()
    # A number with a wrong letter is that of the school the row names.
    assert "0811293I" in _numbers(147)
    assert "0811293R" not in _numbers(147)


def _numbers(number: int) -> list[str]:
    return list(cti(number).identifiers.filter(scheme="uai").values_list("value", flat=True))


def test_what_an_anomaly_touches_waits_and_the_rest_is_verified_by_another() -> None:
    waiting = ValueRevision.objects.pending()
    assert {(r.unit_id, r.indicator.code, r.reference_year) for r in waiting.select_related("indicator")} == {
        (cti(183).pk, "doctorants", 2015),
        (cti(183).pk, "doctorants", 2017),
        (cti(183).pk, "doctorants", 2019),
        (cti(183).pk, "doctorants", 2020),
        (cti(155).pk, "mobilite", 2007),
        (cti(155).pk, "mobilite", 2015),
        (cti(155).pk, "mobilite", 2016),
        (cti(54).pk, "inscrits", 2019),
        (cti(54).pk, "inscrits", 2020),
    }
    decided = ValueRevision.objects.in_force()
    assert decided.count() > 3800
    assert {revision.decided_by.username for revision in decided.select_related("decided_by")} == {"lise"}
    assert not decided.filter(author__username="lise").exists()


def test_204_schools_are_ranked_or_told_why(release: Release) -> None:
    assert (release.ranked_count, release.unranked_count) == (107, 97)
    for unit in release.units.filter(rank=None):
        assert unit.unranked_fr
        assert unit.unranked_en
    small = release.units.filter(unranked_fr__startswith="Moins de vingt")
    assert small.count() == 7


def test_last_known_enrolments_count_however_old(client: Client, release: Release) -> None:
    """The row of ENI Metz ends in 2014: 115 ÷ (115 + 857) and 167 ÷ 1,020, and its page says the year."""
    metz = release.units.get(slug=cti(71).slug)
    used = {v.indicator.code: (v.figure, v.own_year, v.kind) for v in metz.values.select_related("indicator")}
    for code, figure in (("femmes", "115"), ("hommes", "857"), ("inscrits", "1020"), ("mobilite", "167")):
        assert used[code] == (figure, 2014, "carried_over")
    shares = {key: Fraction(value) for key, value in metz.points.values_list("node__key", "value") if value}
    assert shares["femmes_inscrites"] == _tenth(Fraction(11500, 115 + 857))
    assert shares["mobilite_internationale"] == _tenth(Fraction(16700, 1020))
    assert "reprise de 2014" in words(client.get(f"{ADDRESS}ecoles/{metz.slug}/"))


def test_only_two_known_figures_do_not_count(release: Release) -> None:
    """Doctoral students that later rows leave blank: a share never divides them by the enrolled of another year."""

    def figures(rows: QuerySet) -> QuerySet:
        named = rows.filter(unit__release=release, indicator__code__in=ENROLMENTS).exclude(figure="")
        return named.values_list("unit__slug", "indicator__code")

    used = set(figures(ReleaseValue.objects.all()))
    earlier = figures(ReleaseSeries.objects.all()).annotate(last=Max("year"))
    lost = {(slug, code, last) for slug, code, last in earlier if (slug, code) not in used}
    assert lost == {
        ("universite-de-technologie-de-belfort-montbeliard", "doctorants", 2016),
        ("ecole-nationale-superieure-de-chimie-de-montpellier", "doctorants", 2021),
    }


def test_score_of_a_school_is_made_again_by_hand(release: Release) -> None:
    """INSA Lyon: eight quotients rounded to a tenth, their points by the goalposts of the method, their mean."""
    unit = release.units.get(slug=cti(56).slug)
    points = {point.node.key: point for point in unit.points.select_related("node")}
    value = {
        v.indicator.code: Fraction(v.figure) for v in unit.values.select_related("indicator") if v.figure is not None
    }

    def share(above: str, *below: str) -> Fraction:
        return _tenth(100 * value[above] / sum(value[code] for code in below))

    quotients = {
        "mentions": share("admis_mention_tb", "admis_bacheliers"),
        "acces": share("acces_pondere", "admis_acces_connu"),
        "candidats_par_place": _tenth(value["candidats"] / value["capacite"]),
        "boursiers": share("admis_boursiers", "admis_bacheliers"),
        "femmes_admises": share("admises", "admis"),
        "femmes_inscrites": share("femmes", "femmes", "hommes"),
        "mobilite_internationale": share("mobilite", "inscrits"),
        "part_doctorants": share("doctorants", "inscrits"),
    }
    assert {key: Fraction(points[key].value) for key in quotients} == quotients
    goals = {"mentions": (0, 90), "acces": (90, 10), "boursiers": (0, 20), "femmes_admises": (10, 50),
             "femmes_inscrites": (10, 50), "mobilite_internationale": (0, 30), "part_doctorants": (0, 15)}  # fmt: skip
    earned = {key: _tenth(_between(quotients[key], *goal)) for key, goal in goals.items()}
    steps = (5, 10, 15, 20, 30, 40, 60, 90, 130)
    earned["candidats_par_place"] = Fraction(1 + sum(quotients["candidats_par_place"] >= step for step in steps))
    assert {key: Fraction(points[key].points) for key in earned} == earned
    assert Fraction(unit.score) == _tenth(sum(earned.values()) / 8)


def _between(value: Fraction, worst: int, best: int) -> Fraction:
    return max(Fraction(0), min(Fraction(10), 10 * (value - worst) / (best - worst)))


def _tenth(number: Fraction) -> Fraction:
    """To a tenth, the half going up."""
    return Fraction((number * 10 + Fraction(1, 2)).__floor__(), 10)


def test_any_figure_is_followed_to_its_cells() -> None:
    file = rows("parcoursup_formations.csv")
    revision = ValueRevision.objects.get(unit=cti(56), indicator__code="admises")
    cells = SourceCell.objects.filter(revision=revision)
    assert cells.count() > 5
    for cell in cells:
        line = int(re.sub(r"\D", "", cell.reference))
        assert file[line - 2][cell.column] == cell.text


def test_pages_say_what_it_is_and_lead_to_the_cells(client: Client, release: Release) -> None:
    page = words(client.get(ADDRESS))
    assert "107" in page
    assert "INSA" in page or "Institut national des sciences appliquées" in page
    school = words(client.get(f"{ADDRESS}ecoles/{cti(56).slug}/"))
    assert "mesr_effectifs_2006_2022.csv" in school
    assert "2006" in school, "the evolution goes back to the first year"
    method = words(client.get(f"{ADDRESS}methode/"))
    assert "femmes" in method.lower()
    notice = Article.objects.get(release=release)
    for prefix, said in (("", "n’est pas un classement des formations"), ("/en", "It is not a ranking of courses")):
        assert said in words(client.get(f"{prefix}/articles/{notice.slug}/"))


def test_a_school_without_rank_says_what_is_known_of_it_in_one_way(client: Client) -> None:
    """CentraleSupélec: three criteria of eight, 37.5 %, cut in its reason as beside it."""
    said = words(client.get(f"{ADDRESS}ecoles/{cti(183).slug}/"))
    assert "Trop peu de valeurs connues : 37 % du poids de la méthode" in said
    assert "Part connue 37 % du poids de la méthode" in said
    assert "38 %" not in said


def test_a_year_that_waits_is_not_said_to_be_missing(client: Client) -> None:
    """The file gives 36 doctoral students of CentraleSupélec for 2020; nobody has verified it."""
    said = words(client.get(f"{ADDRESS}ecoles/{cti(183).slug}/"))
    assert "2020 sans valeur vérifiée sans valeur vérifiée ÷ 3 984 D514" in said
    assert "2020, manquante" not in said


def test_tables_of_the_report_have_a_row_for_each(tmp_path: Path, release: Release) -> None:
    report.write_tables(tmp_path, PLAYED[0].told, {}, release)
    with (tmp_path / "ecoles.csv").open(encoding="utf-8-sig", newline="") as file:
        schools = list(csv.DictReader(file, delimiter=";"))
    assert sorted(int(row["cti"]) for row in schools) == list(range(1, 205))
    insa = next(row for row in schools if row["cti"] == "56")
    assert insa["parcoursup"].split() == ["0690192J"]
    assert insa["femmes"] == "2280"
    with (tmp_path / "rapprochements.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file, delimiter=";"))) == 1 + 245 + 266 + 120 + 227


def test_again_on_the_same_base_it_records_nothing(capsys: pytest.CaptureFixture[str], release: Release) -> None:
    before = ValueRevision.objects.count()
    call_command("open_data", data=_folder())
    assert release.digest in capsys.readouterr().out
    assert ValueRevision.objects.count() == before
    assert Release.objects.filter(ranking_slug=SLUG).count() == 1


@scene(None)
def test_missing_file_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    for check in (True, False):
        with pytest.raises(CommandError, match=r"cti_2020\.csv"):
            call_command("open_data", data=tmp_path, check=check)
    call_command("open_data", data=_folder(), check=True)
    assert not Unit.objects.exists()


DIGEST = "ad1d58b4220ebf8842e0ce1e4376cc48167c5f5a8bc7e0402ee7b8c99297e9b1"
