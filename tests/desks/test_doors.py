"""Who may open which page, by which method, and what everybody finds there."""

from collections.abc import Callable, Iterable
from pathlib import Path
from re import findall

import pytest
from _pytest.mark import ParameterSet
from django.conf import settings
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, reverse

from editorial.desks.words import VERBS
from editorial.models import Article, ArticleCorrection
from editorial.urls import urlpatterns
from rankings.models import Edition, Release
from schools.models import Indicator, Unit, ValueRevision
from tests import corrections
from tests import factories as make
from tests.desks.newsroom import at_desk, words
from tests.people import Cast
from tests.scenes import scene

pytestmark = pytest.mark.django_db

# Every address with, among the five of the cast that have one role each or none, those it lets in.
EVERYBODY = {"hugo", "lise", "jean", "claire"}
READERS = {
    "home": EVERYBODY | {"paul"},
    "queue": {"lise"},
    "value-next": {"lise"},
    "decided": {"lise"},
    "value": EVERYBODY,
    "entry": {"hugo"},
    "entry-unit": {"hugo"},
    "grid": EVERYBODY,
    "grid-unit": EVERYBODY,
    "grid-indicator": EVERYBODY,
    "imports": EVERYBODY,
    "import": EVERYBODY,
    "import-file": EVERYBODY,
    "import-compare": EVERYBODY,
    "matches": EVERYBODY,
    "match-unit": EVERYBODY,
    "editions": EVERYBODY,
    "edition": EVERYBODY,
    "edition-units": EVERYBODY,
    "edition-aside": EVERYBODY,
    "edition-places": EVERYBODY,
    "release": EVERYBODY,
    "articles": EVERYBODY,
    "article-new": {"jean", "claire"},
    "article": EVERYBODY,
    "article-edit": {"jean", "claire"},
    "article-correct": {"jean", "claire"},
    "correction": EVERYBODY,
    "correction-edit": {"jean", "claire"},
    "trail": EVERYBODY,
    "trail-file": EVERYBODY,
    "trail-days": EVERYBODY,
    "trail-proof": EVERYBODY,
    "trail-story": EVERYBODY,
    "trail-story-file": EVERYBODY,
}
BY_POST_ONLY = {
    "value-approve", "value-reject", "value-withdraw", "entry-withdraw", "import-commit", "import-discard",
    "import-withdraw", "import-approve", "edition-texts", "edition-method", "edition-columns", "edition-back",
    "edition-places-enter", "edition-print-words", "edition-compute", "release-sign", "release-seal",
    "release-withdraw", "article-submit", "article-send-back", "article-approve", "article-withdraw",
    "correction-submit", "correction-send-back", "correction-abandon", "correction-approve",
}  # fmt: skip


# How the names of pages about one thing begin, and what is there for them to be about.
ABOUT: dict[str, tuple[Callable[[], Model], type[Model]]] = {
    "value": (make.entered_value, ValueRevision),
    "entry-w": (make.entered_value, ValueRevision),
    "entry-unit": (make.unit, Unit),
    "match-unit": (make.unit, Unit),
    "grid-unit": (make.unit, Unit),
    "grid-indicator": (make.indicator, Indicator),
    "edition": (make.edition, Edition),
    "release": (make.computed_release, Release),
    "article": (make.written_article, Article),
    "trail-story": (make.unit, Unit),
    "correction": (corrections.proposed, ArticleCorrection),
}


def about(name: str) -> tuple[Callable[[], Model], type[Model]] | None:
    """What makes the thing that the page of this name is about, and its model; None when it is about none."""
    if name in {"value-next", "article-new", "editions", "articles"}:
        return None
    return next((ABOUT[start] for start in ABOUT if name.startswith(start)), None)


def pages(names: Iterable[str]) -> list[ParameterSet]:
    """Each name, where there is the thing its page is about; a file's import has its own test."""
    things = {name: about(name) for name in sorted(names) if name == "imports" or not name.startswith("import")}
    return [pytest.param(name, marks=scene(thing[0] if thing else None)) for name, thing in things.items()]


def address(name: str) -> str:
    thing = about(name)
    if thing is None:
        return reverse(f"desk:{name}")
    there = thing[1]._default_manager.get()
    if name.startswith("trail-story"):
        return reverse(f"desk:{name}", args=["ecole", there.pk])
    part = there.code if isinstance(there, Indicator) else there.slug if isinstance(there, Unit) else there.pk
    return reverse(f"desk:{name}", args=[part])


def test_every_address_is_in_the_tables() -> None:
    names = {pattern.name for pattern in urlpatterns if isinstance(pattern, URLPattern)}
    assert names == set(READERS) | BY_POST_ONLY


@pytest.mark.parametrize("name", pages(READERS))
def test_page_opens_to_those_who_may_and_to_nobody_else(name: str, people: Cast) -> None:
    url = address(name)
    for who in ("hugo", "lise", "jean", "claire", "paul"):
        status = at_desk(getattr(people, who)).get(url).status_code
        expected = {200, 302} if who in READERS[name] else {403}
        assert status in expected, who


@pytest.mark.parametrize("name", pages(READERS))
def test_page_asks_who_you_are_and_refuses_other_methods(name: str, people: Cast) -> None:
    url = address(name)
    answer = Client().get(url)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("login"))
    assert at_desk(people.alice).delete(url).status_code == 405
    assert "no-store" in at_desk(people.alice).get(url)["Cache-Control"]


@pytest.mark.parametrize("name", pages(BY_POST_ONLY))
def test_change_is_a_post_with_a_token_by_somebody(name: str, people: Cast) -> None:
    url = address(name)
    assert at_desk(people.alice).get(url).status_code == 405
    assert Client().post(url).status_code == 302
    assert at_desk(people.paul).post(url).status_code == 403
    checked = Client(enforce_csrf_checks=True)
    checked.force_login(people.alice, backend=settings.AUTHENTICATION_BACKENDS[-1])
    assert checked.post(url).status_code == 403


def test_bar_names_the_desks_of_each_role(people: Cast) -> None:
    bar = {who: [d["label"] for d in at_desk(getattr(people, who)).get("/redaction/").context["desk_nav"]] for who in
           ("hugo", "lise", "jean", "claire", "paul")}  # fmt: skip
    shared = ["Grilles", "Imports", "Rapprochements", "Éditions", "Articles", "Journal"]
    assert bar["hugo"] == ["Saisie", *shared]
    assert bar["lise"] == ["Vérification", *shared]
    assert bar["jean"] == bar["claire"] == shared
    assert bar["paul"] == []


def test_person_without_role_learns_nothing(people: Cast) -> None:
    make.published_release()
    page = words(at_desk(people.paul).get("/redaction/"))
    assert "pas encore de rôle" in page
    assert "Brézac" not in page
    assert "Derniers actes" not in page


def test_every_verb_of_the_trail_has_its_words() -> None:
    root = Path(__file__).resolve().parents[2] / "editorial" / "actions"
    source = "\n".join(path.read_text() for path in root.rglob("*.py"))
    used = set(findall(r'audit\.record\([^)]*?verb="([a-z_.]+)"', source))
    assert used
    assert used <= set(VERBS)


def a_crowd() -> None:
    make.submitted_article(make.sealed_release(schools=8))
    for code in ("salaire", "emploi"):
        for school in make.units(8):
            make.entered_value("41", of=school, indicator_code=code, year=2031)


@scene(a_crowd)
@pytest.mark.parametrize("name", ["queue", "decided", "grid", "editions", "articles", "trail", "trail-days"])
def test_number_of_queries_does_not_grow_with_the_list(name: str, people: Cast, django_assert_max_num_queries) -> None:
    client = at_desk(people.alice)
    client.get(reverse(f"desk:{name}"))
    with django_assert_max_num_queries(24):
        client.get(reverse(f"desk:{name}"))
