"""Every kind of scale in the reader's words, in both languages: its cut points, and what a method declares of it."""

from fractions import Fraction

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.translation import override

from palmares.public.changes.scales import scale_words
from palmares.public.cut_points import Reading, Told
from rankings.engine import parse_method
from rankings.engine.columns import Column
from rankings.engine.scales import SCALES
from rankings.models import ReleaseIndicator, ReleaseNode
from tests import factories as make
from tests.engine.methods import head, leaf
from tests.methods import METHOD
from tests.public.reading import EDITION, words

PERCENT = ReleaseIndicator(code="p", label_fr="Part", measure="percentage", decimals=1)
YES_OR_NO = ReleaseIndicator(code="p", label_fr="Label", measure="boolean", decimals=0)
NODE = ReleaseNode(key="p", indicator="p")
VALUES = "10 20 20 40"

# Scale, its cut points on 10, 20, 20 and 40 %, and the method's declaration.
TOLD = [
    (
        'kind = "minmax", better = "higher", points = [1, 10]',
        "1 point à 10 % ou moins, 10 à 40 % ou plus, en ligne droite entre les deux.",
        "1 point at 10% or less, 10 at 40% or more, in a straight line between the two.",
        "en ligne droite, de 1 point à la plus faible valeur jusqu’à 10 à la plus forte valeur",
    ),
    (
        'kind = "minmax", better = "lower", low = 0, high = 50, clamp = false',
        "10 points à 0 %, 0 à 50 %, en ligne droite, y compris au-delà.",
        "10 points at 0%, 0 at 50%, in a straight line that goes on beyond them.",
        "en ligne droite, de 0 point à 50 % jusqu’à 10 à 0 %, y compris au-delà",
    ),
    (
        'kind = "thresholds", better = "higher", from = [20], points = [0, 10]',
        "",
        "",
        "points : 0 en dessous de 20 % ; 10 à partir de 20 %",
    ),
    (
        'kind = "quantiles", better = "higher", points = [0, 5, 10], shares = [1, 2, 1], definition = "observed"',
        "Les écoles sont rangées en 3 classes, de la moins bonne à la meilleure : 25 %, 50 % et 25 % d’entre elles. "
        "Des valeurs égales sont dans la même classe.",
        "Schools are sorted into 3 classes, from the worst to the best: 25%, 50% and 25% of them. "
        "Equal values are in the same class.",
        "3 classes de 25 %, 50 % et 25 % des écoles, bornes prises parmi les valeurs : 0 ; 5 ; 10 points",
    ),
    (
        'kind = "gaps", better = "lower", points = [0, 5, 10], ties = "best"',
        "Les écoles sont séparées en 3 groupes aux plus grands sauts entre valeurs voisines.",
        "Schools are split into 3 groups at the largest jumps between neighbouring values.",
        "3 groupes séparés par les plus grands sauts (de deux égaux, le plus près de la meilleure valeur) : "
        "0 ; 5 ; 10 points, le plus bas étant le meilleur",
    ),
    (
        'kind = "zscore", better = "higher", deviation = "population", centre = 5, each = 2',
        "5 points à la moyenne (22,5 %) et 2 de plus par écart type (10,8972 %) au-dessus d’elle ; "
        "autant de moins au-dessous. Jamais moins de 0 point ni plus de 10.",
        "5 points at the mean (22.5%) and 2 more for each standard deviation (10.8972%) above it; "
        "as many fewer below. Never fewer than 0 points nor more than 10.",
        "5 points à la moyenne, 2 par écart type (écart type d’une population), de 0 à 10",
    ),
    (
        'kind = "percentile", better = "higher", definition = "half"',
        "Les points vont de 0 à 10 selon la part des écoles devancées : celles dont la valeur est moins bonne, "
        "et la moitié de celles qui ont la même, elle comprise.",
        "Points go from 0 to 10 by the share of schools outdone: those whose value is worse, "
        "and half of those that have the same, itself included.",
        "de 0 à 10 selon la part des écoles devancées : celles dont la valeur est moins bonne, "
        "et la moitié de celles qui ont la même, elle comprise",
    ),
    (
        'kind = "distance", better = "lower", points = [1, 10]',
        "10 points à la meilleure valeur, 10 % ; deux fois moins de points pour deux fois plus. "
        "Jamais moins de 1 point.",
        "10 points at the best value, 10%; half as many points for twice as much. Never fewer than 1 point.",
        "en proportion de la meilleure valeur, qui a 10, jamais moins de 1 point, le plus bas étant le meilleur",
    ),
    (
        'kind = "rank", better = "higher", ties = "mean", spacing = "line"',
        "10 points au premier rang, 0 point au dernier, en ligne droite entre les deux. "
        "Des valeurs égales ont la moyenne des rangs qu’elles prennent ensemble.",
        "10 points for the first rank, 0 points for the last, in a straight line between the two. "
        "Equal values have the mean of the ranks they take together.",
        "selon le rang, en ligne droite, de 0 à 10 ; des valeurs égales ont la moyenne des rangs "
        "qu’elles prennent ensemble",
    ),
    (
        'kind = "lookup", better = "higher", values = [10, 20, 40], points = [0, 4, 10]',
        "",
        "",
        "points : 0 pour 10 % ; 4 pour 20 % ; 10 pour 40 %",
    ),
]  # fmt: skip


def plain(text: str) -> str:
    return text.replace("\xa0", " ").replace("\u202f", " ")


def told(scale: str, values: str = VALUES, indicator: ReleaseIndicator = PERCENT, language: str = "fr") -> Told:
    (one,) = parse_method(head() + leaf("p", scale=scale)).leaves
    cuts = one.scale.fit(Column.of([Fraction(value) for value in values.split()]), one.points)
    with override(language):
        return Reading(cuts, one.scale, NODE, {"p": indicator}).told


@pytest.mark.parametrize(("scale", "french", "english", "declared"), TOLD)
def test_each_kind_is_told(scale: str, french: str, english: str, declared: str) -> None:
    assert plain(" ".join(told(scale).sentences)) == french
    assert plain(" ".join(told(scale, language="en").sentences)) == english
    (one,) = parse_method(head() + leaf("p", scale=scale)).leaves
    with override("fr"):
        assert plain(scale_words(one, NODE, {"p": PERCENT})) == declared
    with override("en"):
        assert scale_words(one, NODE, {"p": PERCENT}) != declared


def test_every_kind_is_here() -> None:
    assert {scale.split('"')[1] for scale, *_ in TOLD} == set(SCALES)


def steps(scale: str, values: str = VALUES, indicator: ReleaseIndicator = PERCENT) -> list[tuple[str, str]]:
    with override("fr"):
        return [(plain(step.bound), str(step.points)) for step in told(scale, values, indicator).steps]


def test_steps_of_the_kinds_that_have_some() -> None:
    classes = 'kind = "quantiles", better = "higher", points = [0, 2, 5, 10], definition = "observed"'
    # Of four quarters the third is empty, for two schools share its bound with the second's.
    assert steps(classes) == [("", "0"), ("20 %", "5"), ("40 %", "10")]
    assert steps('kind = "percentile", better = "lower", definition = "among_others"') == [
        ("40 %", "0"), ("20 %", "3.33"), ("10 %", "10"),
    ]  # fmt: skip
    assert steps('kind = "distance", better = "higher"') == []


def test_yes_and_no_go_without_a_direction() -> None:
    table = told('kind = "lookup", better = "higher", values = [0, 1], points = [0, 10]', "1", YES_OR_NO)
    assert [step.bound for step in table.steps] == ["non", "oui"]
    assert table.yes_or_no
    assert not told('kind = "minmax", better = "higher"').yes_or_no


def test_nothing_known_is_said_for_every_kind_that_follows_the_data() -> None:
    for scale, *_said in TOLD:
        if "from =" not in scale and "values =" not in scale and "low =" not in scale:
            assert told(scale, "") == Told(("Aucune valeur n’était connue.",))


def test_long_tables_are_folded() -> None:
    ranks = 'kind = "rank", better = "higher", ties = "competition", spacing = "count"'
    assert not told(ranks, " ".join(map(str, range(10)))).folded
    assert told(ranks, " ".join(map(str, range(11)))).folded


MARKED = (
    METHOD.replace(
        'scale = { kind = "minmax", better = "higher" }',
        'scale = { kind = "gaps", better = "higher", points = [1, 5, 10], ties = "best" }\n'
        'rounding = { digits = 0, mode = "down" }',
        1,
    )
    .replace(
        'scale = { kind = "minmax", better = "higher", low = 0, high = 25 }',
        'scale = { kind = "zscore", better = "higher", deviation = "sample", centre = 5, each = 2 }',
    )
    .replace(
        'scale = { kind = "minmax", better = "higher" }',
        'scale = { kind = "rank", better = "higher", ties = "mean", spacing = "line" }',
    )
)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["", "/en"])
def test_every_page_of_an_edition_marked_so_can_be_read(client: Client, language: str) -> None:
    release = make.published_release(make.edition(14, method=MARKED))
    call_command("recompute", release.ranking_slug, str(release.year))
    said = words(client.get(f"{language}{EDITION}methode/"))
    assert ("plus grands sauts" if not language else "largest jumps") in said
    assert ("écart type" if not language else "standard deviation") in said
    assert ("Les points de « Salaire »" if not language else "The points of “Salary”") in said
    for key in ("salaire", "doctorants", "mobilite"):
        page = client.get(f"{language}{EDITION}criteres/{key}/")
        assert page.status_code == 200
    school = release.units.order_by("position").first()
    assert client.get(f"{language}{EDITION}ecoles/{school.slug}/").status_code == 200
    assert ("Barème de Mobilité" if not language else "Scale of Mobility") in words(
        client.get(f"{language}{EDITION}criteres/mobilite/")
    )
