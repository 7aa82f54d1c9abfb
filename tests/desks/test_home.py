"""The first page: what waits for each role, and nothing to who has none."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from editorial.actions import articles, editions, values
from rankings.models import Edition, Release
from tests import factories as make
from tests.desks.newsroom import at_desk, words
from tests.imported import hold_back, opened_import, recorded_import
from tests.people import Cast, cast
from tests.race.files import survey
from tests.scenes import scene

pytestmark = pytest.mark.django_db
HOME = "/redaction/"


def block(person, name: str):
    return at_desk(person).get(HOME).context[name]


def test_each_role_sees_its_own_blocks_and_several_roles_see_all(people: Cast) -> None:
    seen = {who: {name for name in ("verifier", "cell", "chief", "journalist") if block(getattr(people, who), name)}
            for who in ("hugo", "lise", "jean", "claire", "paul", "alice")}  # fmt: skip
    assert seen["lise"] == {"verifier"}
    assert seen["hugo"] == {"cell", "chief"}
    assert seen["jean"] == {"journalist"}
    assert seen["claire"] == {"chief", "journalist"}
    assert seen["paul"] == set()
    assert seen["alice"] == {"verifier", "cell", "chief", "journalist"}
    people.lise.groups.add(*people.jean.groups.all())
    assert block(people.lise, "verifier") is not None
    assert block(people.lise, "journalist") is not None


def test_login_leads_there(client, people: Cast) -> None:
    answer = client.post(reverse("login"), {"username": "lise", "password": "mot de passe des essais"})
    assert answer["Location"] == HOME


def test_person_without_role_learns_nothing(people: Cast) -> None:
    make.published_release()
    page = words(at_desk(people.paul).get(HOME))
    assert "pas encore de rôle" in page
    for hidden in ("Brézac", "Derniers actes", "Ailleurs"):
        assert hidden not in page


def test_administration_is_led_to_by_staff_alone(people: Cast) -> None:
    assert reverse("admin:index") in at_desk(people.lise).get(HOME).content.decode()
    people.lise.is_staff = False
    people.lise.save()
    assert reverse("admin:index") not in at_desk(people.lise).get(HOME).content.decode()


def test_verifier_sees_her_queue_by_priority_and_what_she_did_today(people: Cast) -> None:
    make.edition(3)
    batch = recorded_import(survey(2, first=20))
    hold_back(batch, batch.revisions.earliest("pk"))
    make.entered_value("42", of=make.units(1)[0])
    done = make.entered_value("43", year=2020)
    values.approve_value(by=people.lise, at=timezone.now(), revision=done, seen_version=1)
    page = at_desk(people.lise).get(HOME)
    assert "3 valeurs attendent votre décision" in words(page)
    assert [count["n"] for count in page.context["verifier"]["counts"]] == [1, 1, 1, 1, 0]
    assert "2 valeurs à comparer à la source" in words(page)
    assert reverse("desk:import-compare", args=[batch.pk]) in page.content.decode()
    people.hugo.groups.add(*people.lise.groups.all())
    own = at_desk(people.hugo).get(HOME).context["verifier"]
    assert (own["left"], own["whole"]) == (0, [])


def test_data_cell_sees_imports_what_misses_and_what_was_rejected(people: Cast) -> None:
    edition = make.edition(3)
    edition.perimeter.create(unit=make.unit("École nouvelle"))
    opened_import()
    opened_import("UAI;École;Emploi\r\n9990301A;École;140,0\r\n".encode())
    rejected = make.entered_value("12", year=2019)
    values.reject_value(by=people.lise, at=make.NOW, revision=rejected, seen_version=1, reason="Ce n’est pas ce taux.")
    make.entered_value("55", year=2018)
    page = at_desk(people.hugo).get(HOME)
    cell, seen = page.context["cell"], words(page)
    assert [count["n"] for count in cell["counts"][:2]] == [2, 1]
    assert "Ce n’est pas ce taux." in seen
    assert "1 valeur entrée par vous attend" in seen
    assert "12 cases réglées sur 16, 4 sans rien" in seen
    assert f"{reverse('desk:grid')}?edition={edition.pk}" in page.content.decode()


def test_rejected_value_leaves_the_first_page_once_entered_again(people: Cast) -> None:
    first = make.entered_value("12")
    values.reject_value(by=people.lise, at=make.NOW, revision=first, seen_version=1, reason="Autre taux.")
    assert [value.pk for value in block(people.hugo, "cell")["rejected"]] == [first.pk]
    make.entered_value("13")
    assert block(people.hugo, "cell")["rejected"] == []


def test_journalist_sees_drafts_what_came_back_and_what_is_to_come(people: Cast) -> None:
    release = make.sealed_release(publish_at=make.NOW + timedelta(days=3, hours=2, minutes=5))
    draft = make.written_article(release, title_fr="Mon brouillon")
    back = make.submitted_article(release, title_fr="À reprendre")
    articles.send_back_article(
        by=people.claire, at=make.NOW, article=back, seen_version=back.version, reason="Le titre est trop long."
    )
    make.submitted_article(release, title_fr="Chez la relectrice")
    make.approved_article(release, title_fr="Pour bientôt")
    page = at_desk(people.jean).get(HOME)
    mine, seen = page.context["journalist"], words(page)
    assert [row["article"].pk for row in mine["sent_back"]] == [back.pk]
    assert [article.pk for article in mine["drafts"]] == [draft.pk]
    assert "Claire Vasseur : Le titre est trop long." in seen
    assert "Chez la relectrice" in seen
    assert "dans 3 jours et 2 heures" in seen
    assert f"{reverse('desk:article-new')}?version={release.pk}" in page.content.decode()
    form = at_desk(people.jean).get(reverse("desk:article-new"), {"version": release.pk})
    assert form.context["release"] == release


def test_article_submitted_again_came_back_no_more(people: Cast) -> None:
    back = make.submitted_article()
    articles.send_back_article(by=people.claire, at=make.NOW, article=back, seen_version=2, reason="Le titre.")
    articles.submit_article(by=people.jean, at=make.NOW, article=back, seen_version=3)
    assert block(people.jean, "journalist")["sent_back"] == []


def test_withdrawn_release_is_not_proposed_to_write_on(people: Cast) -> None:
    make.withdrawn_release()
    assert block(people.jean, "journalist")["releases"] == []


def publishing() -> None:
    """An edition with an obstacle, one computed, one signed, one under embargo, one overtaken by a correction."""
    make.submitted_article(make.published_release(make.edition(3, year=2026)))
    make.sealed_release(make.edition(3, year=2027), publish_at=make.NOW + timedelta(days=1, minutes=5))
    make.signed_release(make.edition(3, year=2028))
    make.computed_release(make.edition(3, year=2029))
    bare = make.edition(3, year=2030)
    editions.write_texts(by=cast().hugo, at=make.START, edition=bare, seen_version=bare.version, texts=editions.Texts())
    make.approved_value("51.5", of=make.units(1)[0], at=make.NOW)


@scene(publishing)
def test_chief_sees_what_blocks_what_to_sign_and_to_seal_and_corrections(people: Cast) -> None:
    page = at_desk(people.claire).get(HOME)
    chief, seen = page.context["chief"], words(page)
    assert [count["n"] for count in chief["counts"]] == [1, 1, 1]
    assert [row.edition.year for row in chief["editions"]] == [2030, 2029, 2028]
    assert [len(row.blocks) for row in chief["editions"]] == [1, 0, 0]
    bare = Edition.objects.get(year=2030)
    assert f'href="{reverse("desk:edition", args=[bare.pk])}#textes"' in page.content.decode()
    assert "dans 1 jour" in seen
    assert [one.release.year for one in chief["overtaken"]] == [2026]
    assert "1 valeur a changé depuis son calcul" in seen
    assert "au palmarès Jean Castel" in seen


@scene(publishing)
def test_who_settles_what_waits_is_led_where_she_may_go(people: Cast) -> None:
    make.entered_value("52.5", of=make.units(1)[0])
    computed = Release.objects.get(year=2029).edition
    chief = at_desk(people.claire).get(HOME).content.decode()
    assert reverse("desk:edition-aside", args=[computed.pk]) in chief
    assert f"?edition={computed.pk}" not in chief
    assert f"{reverse('desk:queue')}?edition={computed.pk}" in at_desk(people.alice).get(HOME).content.decode()


@scene(publishing)
def test_first_page_asks_as_much_whatever_there_is(people: Cast, django_assert_max_num_queries) -> None:
    client = at_desk(people.alice)
    client.get(HOME)
    for year in range(2010, 2020):
        make.entered_value("50", year=year)
        make.written_article(Release.objects.get(year=2026), title_fr=f"Article {year}")
    with django_assert_max_num_queries(54):
        client.get(HOME)
