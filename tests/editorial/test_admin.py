"""Django's admin: who sees what, and that it writes through the actions alone."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils.functional import Promise

from editorial.actions import articles, matches
from editorial.models import AuditEvent, User
from editorial.roles import VERIFIER
from schools.known_units import known_units
from schools.matching import Decision, match
from schools.models import Indicator, Unit, UnitAlias, UnitIdentifier, ValueRevision
from tests import corrections
from tests import factories as make
from tests.editorial.raw_sql import without_triggers
from tests.editorial.refusing import nothing_written
from tests.imported import hold_back, recorded_import
from tests.people import Cast, cast
from tests.rankings import shares
from tests.scenes import scene
from tests.schools.matching.cases import subject

pytestmark = pytest.mark.django_db

OURS = [model for model in admin.site._registry if model._meta.app_label in {"schools", "rankings", "editorial"}]


def address(model: type, page: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def as_person(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def everything() -> None:
    """At least one row of every model."""
    release = make.published_release(schools=3)
    make.approved_article(release)
    withdrawn = make.approved_article(release, title_fr="Retiré depuis")
    articles.withdraw_article(
        by=cast().claire, at=make.NOW, article=withdrawn, seen_version=withdrawn.version, reason="Il était faux."
    )
    corrections.proposed(make.approved_article(release, title_fr="À corriger"))
    make.withdrawn_release(make.edition(3, year=2025))
    make.archival_release()
    shares.with_years([make.unit(f"Institut des parts, campus {place}") for place in range(1, 6)])
    _of_an_import()
    make.entered_value("12.5", of=make.unit("École qui attend"))


def _of_an_import() -> None:
    batch = recorded_import()
    revision = batch.revisions.earliest("pk")
    hold_back(batch, revision)
    UnitAlias.objects.create(unit=revision.unit, name="Un autre nom", key="un autre nom")
    outside = Decision("essai", "uai", ("0632033T",), "outside", None, "Elle ne forme pas d’ingénieurs.")
    found = match([subject("0632033T", "Un institut")], known_units(), [outside])
    matches.apply_matches(by=cast().hugo, at=make.START, dataset="essai", matches=found)


def test_every_model_of_ours_has_its_page() -> None:
    there = {m for label in ("schools", "rankings", "editorial") for m in apps.get_app_config(label).get_models()}
    assert set(OURS) == there
    assert not admin.site.is_registered(Group)


@pytest.mark.parametrize("model", OURS)
def test_every_model_and_column_is_named_by_us(model: type) -> None:
    """A name that Django makes of an identifier is said in no language."""
    assert isinstance(model._meta.verbose_name, Promise)
    assert isinstance(model._meta.verbose_name_plural, Promise)
    if model.__name__.startswith("Release") and model.__name__ != "Release":
        assert {f.name for f in model._meta.fields if not isinstance(f.verbose_name, Promise)} <= {
            "id",
            "source_sha256",
        }


ADDS = {"hugo": {"Unit", "Indicator", "ValueRevision"}, "alice": {"Unit", "Indicator", "ValueRevision", "User"}}
CHANGES = {"hugo": {"Unit", "Indicator"}, "alice": {"Unit", "Indicator", "User"}}


@scene(everything)
@pytest.mark.parametrize("name", ["hugo", "lise", "jean", "claire", "alice"])
def test_the_matrix_of_permissions(people: Cast, name: str) -> None:
    client = as_person(getattr(people, name))
    for model in OURS:
        called = model.__name__
        seen = 200 if called != "User" or name == "alice" else 403
        assert client.get(address(model, "changelist")).status_code == seen, called
        assert client.get(address(model, "add")).status_code == (200 if called in ADDS.get(name, ()) else 403), called
        row = model._default_manager.first()
        assert row is not None, f"no {called} to look at"
        shown = client.get(address(model, "change", row.pk))
        assert shown.status_code == seen, called
        saves = b'name="_save"' in shown.content
        assert saves is (called in CHANGES.get(name, ())), called
        with nothing_written():
            assert client.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403, called


@scene(everything)
@pytest.mark.parametrize("model", OURS)
def test_nobody_gets_in_without_a_role_or_a_name(people: Cast, model: type) -> None:
    for page in ("changelist", "add"):
        assert as_person(people.paul).get(address(model, page), follow=True).status_code == 403
        answer = Client().get(address(model, page), follow=True)
        assert answer.redirect_chain[-1][0].partition("?")[0] == reverse("login")


def many_rows() -> None:
    for year in range(2020, 2024):
        make.approved_article(make.published_release(make.edition(5, year=year)))
    make.entered_value("12.5", of=make.unit("École qui attend"))
    make.archival_release()


@scene(many_rows)
@pytest.mark.parametrize("model", OURS)
def test_lists_take_no_more_queries_with_more_rows(people: Cast, model: type, django_assert_max_num_queries) -> None:
    client = as_person(people.alice)
    with django_assert_max_num_queries(14):
        assert client.get(address(model, "changelist")).status_code == 200


def filled(**said: str) -> dict[str, object]:
    cell = {"sheet": "", "reference": "p. 3", "column": "", "text": "88,5"}
    ids = {"unit": make.unit().pk, "indicator": make.indicator().pk, "source": make.source().pk}
    return {**ids, **cell, "reference_year": "2025", "kind": "known", "value": "88.5", "comment": "", **said}


def test_hugo_enters_a_value(people: Cast) -> None:
    answer = as_person(people.hugo).post(address(ValueRevision, "add"), filled())
    assert (answer.status_code, answer["Location"]) == (302, address(ValueRevision, "changelist"))
    entered = ValueRevision.objects.get()
    assert (entered.author, entered.state, str(entered.figure)) == (people.hugo, "pending", "88.5")
    assert entered.cells.get().reference == "p. 3"
    assert AuditEvent.objects.get().verb == "value.enter"
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"value": "140"}, "140 dépasse la borne haute de"),
        ({"value": ""}, "Il manque le chiffre"),
        ({"kind": "secret"}, "Une valeur absente n’a pas de chiffre"),
        ({"reference": ""}, "Ce champ est obligatoire"),
        ({"reference_year": "1800"}, "L’année de référence doit être entre"),
    ],
)
def test_a_refused_entry_comes_back_with_its_reason(people: Cast, said: dict[str, str], reason: str) -> None:
    data, client = filled(**said), as_person(people.hugo)
    with nothing_written():
        answer = client.post(address(ValueRevision, "add"), data)
    assert answer.status_code == 200
    assert reason in answer.content.decode()
    assert "88,5" in answer.content.decode()


def decide(client: Client, action: str, *revisions: ValueRevision, **more: str):
    data = {"action": action, "_selected_action": [r.pk for r in revisions], **more}
    return client.post(address(ValueRevision, "changelist"), data, follow=True)


def test_lise_approves_from_the_list_and_from_the_page(people: Cast) -> None:
    one, two = make.entered_value("1.0"), make.entered_value("2.0", of=make.unit("Autre"))
    client = as_person(people.lise)
    assert "1 valeur approuvée." in decide(client, "approve_values", one).content.decode()
    page = client.get(address(ValueRevision, "change", two.pk)).content.decode()
    assert "Approuver" in page
    assert 'name="_save"' not in page
    data = {"CHANGE_FORM-action": "approve_values", "_selected_action": [two.pk]}
    client.post(address(ValueRevision, "change", two.pk), data)
    assert set(ValueRevision.objects.values_list("state", "decided_by__username")) == {("in_force", "lise")}


def test_lise_rejects_with_a_reason_asked_on_a_page(people: Cast) -> None:
    waiting = make.entered_value()
    client = as_person(people.lise)
    with nothing_written():
        asked = decide(client, "reject_values", waiting)
        assert 'name="reason"' in asked.content.decode()
        again = decide(client, "reject_values", waiting, reason="  ")
        assert "Un rejet se motive" in again.content.decode()
    assert "1 valeur rejetée." in decide(client, "reject_values", waiting, reason="Année fausse").content.decode()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.decision_reason) == ("rejected", "Année fausse")


def test_own_values_are_refused_with_the_reason(people: Cast) -> None:
    hers = make.entered_value(by=people.alice)
    theirs = make.entered_value("3.0", of=make.unit("Autre"))
    client = as_person(people.alice)
    with nothing_written():
        for action in ("approve_values", "reject_values"):
            answer = decide(client, action, hers, theirs, reason="x").content.decode()
            assert "Vous avez entré cette valeur\u00a0: une autre personne doit la vérifier." in answer


def test_only_verifiers_are_offered_decisions(people: Cast) -> None:
    waiting = make.entered_value()
    for user in (people.hugo, people.jean, people.claire):
        client = as_person(user)
        assert b"approve_values" not in client.get(address(ValueRevision, "changelist")).content
        with nothing_written():
            decide(client, "approve_values", waiting)


def test_a_role_lost_is_lost_at_the_next_request(people: Cast) -> None:
    waiting = make.entered_value()
    client = as_person(people.lise)
    people.lise.groups.remove(Group.objects.get(name=VERIFIER))
    with nothing_written():
        assert decide(client, "approve_values", waiting).status_code == 403


def test_facts_and_states_cannot_be_posted(people: Cast) -> None:
    waiting = make.entered_value()
    said = filled(state="in_force")
    for user in (people.hugo, people.lise, people.alice):
        client = as_person(user)
        with nothing_written():
            answer = client.post(address(ValueRevision, "change", waiting.pk), said)
            assert answer.status_code == 403


def inlines(**identifier: str) -> dict[str, str]:
    empty = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "1000"}
    data = {f"{prefix}-{name}": value for prefix in ("identifiers", "aliases") for name, value in empty.items()}
    if identifier:
        data |= {"identifiers-TOTAL_FORMS": "1", **{f"identifiers-0-{k}": v for k, v in identifier.items()}}
        data |= {"aliases-TOTAL_FORMS": "1", "aliases-0-name": "École du Lac (ENL)"}
    return data


def test_hugo_keeps_a_school_its_numbers_and_names(people: Cast) -> None:
    client = as_person(people.hugo)
    said = {"name": "École du Lac", "slug": "ecole-du-lac", "kind": "school", "sector": "public"}
    said |= {"entry": "post_prepa", "duration_years": "3"}
    client.post(address(Unit, "add"), {**said, **inlines(scheme="uai", value="9990042F")})
    unit = Unit.objects.get()
    assert (unit.entry, unit.duration_years) == ("post_prepa", 3)
    assert (unit.search_key, unit.identifiers.get().value) == ("ecole du lac", "9990042F")
    assert UnitAlias.objects.get().key == "ecole du lac enl"
    assert list(AuditEvent.objects.values_list("verb", flat=True)) == ["reference.add"] * 3
    number = UnitIdentifier.objects.get()
    kept = {
        "identifiers-INITIAL_FORMS": "1", "identifiers-0-id": str(number.pk), "identifiers-0-unit": str(unit.pk),
        "aliases-INITIAL_FORMS": "1", "aliases-0-id": str(UnitAlias.objects.get().pk), "aliases-0-unit": str(unit.pk),
    }  # fmt: skip
    closed = inlines(scheme="uai", value="9990042F", valid_to="2026-01-01") | kept
    client.post(address(Unit, "change", unit.pk), {**said, "city": "Annecy-le-Lac", **closed})
    number.refresh_from_db()
    assert str(number.valid_to) == "2026-01-01"
    assert AuditEvent.objects.filter(verb="reference.change").count() == 2
    assert '"city":["","Annecy-le-Lac"]' in AuditEvent.objects.filter(verb="reference.change").earliest("pk").details


def test_a_definition_that_values_refer_to_is_fixed(people: Cast) -> None:
    make.entered_value()
    indicator = Indicator.objects.get()
    client = as_person(people.hugo)
    said = {"label_fr": "Emploi à 6 mois", "label_en": "Work", "code": "x", "decimals": "3", "maximum": "1000"}
    client.post(address(Indicator, "change", indicator.pk), said)
    indicator.refresh_from_db()
    assert (indicator.label_fr, indicator.code, indicator.decimals) == ("Emploi à 6 mois", "emploi", 1)


def test_the_trail_says_whether_it_is_whole(people: Cast) -> None:
    make.approved_value()
    client = as_person(people.claire)
    assert "La chaîne est entière" in client.get(address(AuditEvent, "changelist")).content.decode()
    without_triggers()
    AuditEvent.objects.filter(number=1).update(reason="réécrit")
    assert "La chaîne est rompue à l’acte 1" in client.get(address(AuditEvent, "changelist")).content.decode()


def test_the_history_of_a_row_is_in_the_trail(people: Cast) -> None:
    revision = make.approved_value()
    make.entered_value("5.0", of=make.unit("Autre"))
    answer = as_person(people.claire).get(address(ValueRevision, "history", revision.pk), follow=True)
    shown = answer.content.decode()
    assert shown.count("value.approve") >= 1
    assert answer.context["cl"].result_count == 2


def test_alice_gives_a_role_and_the_trail_keeps_it(people: Cast) -> None:
    client = as_person(people.alice)
    group = Group.objects.get(name=VERIFIER)
    page = client.get(address(User, "change", people.paul.pk)).content.decode()
    assert "vérificatrice" in page
    assert "user_permissions" not in page
    said = {"username": "paul", "is_active": "on", "is_staff": "on", "groups": [group.pk]}
    client.post(address(User, "change", people.paul.pk), said)
    assert list(people.paul.groups.all()) == [group]
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor_name) == ("account.change", "Alice Roche")
    assert '"roles":["verifier"]' in event.details
    assert "password" not in event.details.lower()


def test_pages_keep_the_strict_policy(people: Cast) -> None:
    waiting = make.entered_value()
    client = as_person(people.lise)
    for answer in (
        client.get(reverse("admin:index")),
        client.get(address(ValueRevision, "changelist")),
        client.get(address(ValueRevision, "change", waiting.pk)),
        decide(client, "reject_values", waiting),
    ):
        assert "unsafe-inline" not in answer["Content-Security-Policy"]
        page = answer.content.decode()
        assert " style=" not in page
        assert "<script>" not in page
        assert " onclick=" not in page
