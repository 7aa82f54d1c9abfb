"""The trail as the newsroom reads it: filters that are addresses, acts in words, days, and the whole of one thing."""

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from editorial.actions import articles, editions, imports, set_aside, values
from editorial.models import Article, AuditEvent
from rankings.models import Edition, Release
from schools.models import Unit
from tests import factories as make
from tests.desks.newsroom import at_desk, words
from tests.imported import opened_import, recorded_import
from tests.people import Cast
from tests.scenes import scene

pytestmark = pytest.mark.django_db


def shown(person, **query) -> int:
    return at_desk(person).get(reverse("desk:trail"), query).context["page_obj"].paginator.count


def story(person, word: str, pk: int, **query):
    return at_desk(person).get(reverse("desk:trail-story", args=[word, pk]), query)


def verbs(response) -> list[str]:
    return list(response.context["page_obj"].paginator.object_list.values_list("verb", flat=True))


def test_trail_is_filtered_by_person_act_object_and_day(people: Cast) -> None:
    make.approved_value("80")
    make.entered_value("4.5", by=people.nadia, indicator_code="doctorants")
    assert shown(people.claire) == AuditEvent.objects.count() == 3
    assert shown(people.claire, qui=people.lise.pk) == 1
    assert shown(people.claire, qui="systeme") == 0
    assert shown(people.claire, acte="value.enter") == 2
    assert shown(people.claire, objet="schools.valuerevision", intitule="doctorat") == 1
    # The newsroom's day, not that of the universal clock: they differ around midnight.
    day = f"{localtime(make.START):%Y-%m-%d}"
    assert shown(people.claire, depuis=day, jusque=day) == 3
    assert shown(people.claire, depuis="2100-01-01") == 0
    assert shown(people.claire, jusque="2001-01-01") == 0


def test_filters_that_cannot_be_read_are_said_and_ignored(people: Cast) -> None:
    make.entered_value("80")
    asked = {"depuis": "hier", "acte": "rien", "jusque": "9999-12-31", "qui": "0"}
    page = at_desk(people.claire).get(reverse("desk:trail"), asked)
    assert page.status_code == 200
    assert set(page.context["form"].errors) == {"depuis", "acte", "jusque", "qui"}
    assert page.context["page_obj"].paginator.count == 1


def test_acts_are_said_in_words(people: Cast) -> None:
    revision = make.entered_value("80")
    at_desk(people.lise).post(
        reverse("desk:value-reject", args=[revision.pk]), {"version": 1, "reason": "Lu 79 dans la source."}
    )
    seen = words(at_desk(people.jean).get(reverse("desk:trail")))
    assert "Lise Aubry a rejeté une valeur" in seen
    assert "Lu 79 dans la source." in seen
    assert "valeur 80,0" in seen


def test_a_value_tells_from_what_to_what(people: Cast) -> None:
    first = make.approved_value("80")
    second = make.approved_value("82.5")
    seen = words(story(people.claire, "valeur", second.pk))
    assert "valeur : 80,0 devient 82,5" in seen
    assert f"remplace la valeur n° {first.pk}" in seen
    absent = make.entered_value(None, kind="secret")
    assert "valeur : 82,5 devient secret statistique" in words(story(people.claire, "valeur", absent.pk))
    # The same case has one story, by whichever of its entries one comes.
    assert verbs(story(people.claire, "valeur", first.pk)) == verbs(story(people.claire, "valeur", second.pk))


def test_the_story_of_a_value_has_its_import_and_no_other_value(people: Cast) -> None:
    batch = recorded_import()
    revision, other = batch.revisions.order_by("pk")[:2]
    values.approve_value(by=people.lise, at=make.NOW, revision=other, seen_version=1)
    values.reject_value(by=people.lise, at=make.NOW, revision=revision, seen_version=1, reason="Faux.")
    answer = story(people.claire, "valeur", revision.pk)
    assert verbs(answer) == ["value.reject", "import.commit", "import.open"]
    assert f"import n° {batch.pk}" in words(answer)
    assert verbs(story(people.claire, "import", batch.pk)).count("value.approve") == 1


@scene(make.edition, 3)
def test_a_value_set_aside_keeps_it_in_its_story(people: Cast) -> None:
    edition = Edition.objects.get()
    waiting = make.entered_value("12", of=make.units(3)[0])
    other = make.entered_value("13", of=make.units(3)[1])
    said = {"by": people.hugo, "at": make.NOW, "edition": edition}
    set_aside.set_aside(seen=[values.Seen(waiting, 1)], reason_fr="Attendue.", reason_en="Awaited.", **said)
    set_aside.take_back(revision=waiting, **said)
    assert verbs(story(people.claire, "valeur", waiting.pk))[:2] == ["edition.take_back", "edition.set_aside"]
    assert "edition.set_aside" not in verbs(story(people.claire, "valeur", other.pk))
    assert "edition.set_aside" in verbs(story(people.claire, "ecole", waiting.unit_id))
    assert "edition.set_aside" in verbs(story(people.claire, "edition", edition.pk))


@scene(make.edition, 3)
def test_the_story_of_a_school_has_its_values_and_why_it_was_left_out(people: Cast) -> None:
    closed = Unit.objects.get(name="Institut des ponts suspendus")
    answer = story(people.claire, "ecole", closed.pk)
    assert verbs(answer) == ["edition.perimeter"]
    assert "Elle ne recrute plus depuis 2024." in words(answer)
    one, two = make.units(2)
    assert set(verbs(story(people.claire, "ecole", one.pk))) == {"value.enter", "value.approve"}
    assert one.name not in words(story(people.claire, "ecole", two.pk))


@scene(make.computed_release, schools=3)
def test_the_story_of_an_edition_keeps_computations_that_were_replaced(people: Cast) -> None:
    edition, first = Edition.objects.get(), Release.objects.get()
    editions.sign_release(by=people.marc, at=make.NOW, release=first, seen_digest=first.digest)
    editions.compute_release(by=people.hugo, at=make.NOW, edition=edition)
    assert not Release.objects.filter(pk=first.pk).exists()
    answer = story(people.claire, "edition", edition.pk)
    assert verbs(answer)[:3] == ["release.compute", "release.sign", "release.compute"]
    assert {"edition.open", "edition.perimeter", "method.file", "ranking.open"} <= set(verbs(answer))
    # What is gone is known by its acts.
    gone = story(people.claire, "version", first.pk)
    assert verbs(gone) == ["release.sign", "release.compute"]
    assert "Il n’en reste que ses actes." in words(gone)


@scene(make.approved_article)
def test_the_story_of_an_article_says_what_was_rewritten_and_its_release(people: Cast) -> None:
    article = Article.objects.get()
    assert verbs(story(people.claire, "article", article.pk))[-1] == "release.seal"
    draft = make.written_article(article.release, title_fr="Premier titre")
    articles.edit_article(
        by=people.jean,
        at=make.NOW,
        article=draft,
        seen_version=1,
        release=article.release,
        draft=make.draft(title_fr="Second titre"),
    )
    seen = words(story(people.claire, "article", draft.pk))
    assert "titre : Premier titre devient Second titre" in seen
    assert "article.approve" in verbs(story(people.claire, "version", article.release_id))


def test_a_story_of_nothing_is_not_found(people: Cast) -> None:
    assert story(people.claire, "ecole", 4012).status_code == 404
    assert story(people.claire, "licorne", 1).status_code == 404


@scene(make.approved_article)
@pytest.mark.parametrize(
    ("page", "model", "word"),
    [("edition", Edition, "edition"), ("release", Release, "version"), ("article", Article, "article")],
)
def test_pages_lead_to_the_story(people: Cast, page: str, model: type, word: str) -> None:
    thing = model._default_manager.get()
    answer = at_desk(people.claire).get(reverse(f"desk:{page}", args=[thing.pk]))
    assert reverse("desk:trail-story", args=[word, thing.pk]) in answer.content.decode()


def test_pages_of_values_schools_and_imports_lead_to_the_story(people: Cast) -> None:
    batch = recorded_import()
    revision = batch.revisions.earliest("pk")
    unit, indicator = revision.unit, revision.indicator
    for page, part, word, pk in (
        ("value", revision.pk, "valeur", revision.pk),
        ("grid-unit", unit.slug, "ecole", unit.pk),
        ("entry-unit", unit.slug, "ecole", unit.pk),
        ("match-unit", unit.slug, "ecole", unit.pk),
        ("grid-indicator", indicator.code, "indicateur", indicator.pk),
        ("import", batch.pk, "import", batch.pk),
    ):
        answer = at_desk(people.hugo).get(reverse(f"desk:{page}", args=[part]))
        assert reverse("desk:trail-story", args=[word, pk]) in answer.content.decode(), page


def test_days_say_who_did_how_much_and_lead_there(people: Cast) -> None:
    make.approved_value("80")
    make.entered_value("4.5", by=people.nadia, indicator_code="doctorants")
    answer = at_desk(people.claire).get(reverse("desk:trail-days"))
    [row] = answer.context["rows"]
    assert (row["n"], sorted(one["n"] for one in row["people"])) == (3, [1, 1, 1])
    followed = at_desk(people.claire).get(next(one["url"] for one in row["people"] if one["name"] == "Lise Aubry"))
    assert verbs(followed) == ["value.approve"]
    alone = at_desk(people.claire).get(reverse("desk:trail-days"), {"qui": people.hugo.pk})
    assert [row["n"] for row in alone.context["rows"]] == [1]


def test_every_act_can_be_told_in_both_languages(people: Cast) -> None:
    make.approved_article()
    make.archival_release(year=2019)
    batch = opened_import()
    imports.discard_import(by=people.hugo, at=make.NOW, batch=batch, seen_version=batch.version)
    for lang in ("fr", "en"):
        client = at_desk(people.claire)
        client.cookies["palmares-language"] = lang
        assert client.get(reverse("desk:trail")).status_code == 200


@scene(make.computed_release, schools=5)
@pytest.mark.parametrize("word", ["valeur", "ecole", "edition", "version"])
def test_a_story_takes_no_more_queries_the_longer_it_is(people: Cast, word: str, django_assert_max_num_queries) -> None:
    pk = {
        "valeur": make.unit().revisions.earliest("pk").pk,
        "ecole": make.unit().pk,
        "edition": Edition.objects.get().pk,
        "version": Release.objects.get().pk,
    }[word]
    client, there = at_desk(people.alice), reverse("desk:trail-story", args=[word, pk])
    client.get(there)
    with django_assert_max_num_queries(18):
        assert client.get(there).status_code == 200
