"""Preparing, computing, signing, sealing and withdrawing: what each writes, and that a refusal writes nothing."""

import json
from datetime import timedelta

import pytest

from editorial.actions import editions, values
from editorial.exceptions import Stale
from editorial.models import AuditEvent
from rankings.engine import MethodError
from rankings.models import Edition, MethodVersion, Release, ReleaseUnit, ReleaseWithdrawal
from schools.models import Indicator
from tests import factories as make
from tests.editorial.refusing import last_event, nothing_written, refusal
from tests.methods import METHOD
from tests.people import Cast
from tests.scenes import scene

pytestmark = pytest.mark.django_db


@scene(make.edition, 3)
def test_preparing_belongs_to_the_data_cell_and_the_editors(people: Cast) -> None:
    prepared = Edition.objects.get()
    here = {"at": make.NOW, "edition": prepared}
    for by in (people.lise, people.jean, people.paul):
        said = "Préparer une édition revient à la cellule data ou à la rédaction en chef."
        titles = {"slug": "x", "title_fr": "x", "title_en": "x"}
        assert refusal(editions.open_ranking, by=by, at=make.NOW, **titles) == said
        ranking = {"at": make.NOW, "ranking": prepared.ranking}
        assert refusal(editions.file_method, by=by, text=METHOD, **ranking) == said
        assert refusal(editions.open_edition, by=by, year=2030, texts=make.TEXTS, **ranking) == said
        assert refusal(editions.write_texts, by=by, seen_version=1, texts=make.TEXTS, **here) == said
        assert refusal(editions.choose_method, by=by, seen_version=1, method=prepared.method, **here) == said
        assert refusal(editions.set_columns, by=by, seen_version=1, years={}, **here) == said
        assert refusal(editions.set_perimeter, by=by, seen_version=1, units=[], **here) == said


def test_open_ranking_refuses_a_taken_address(people: Cast) -> None:
    make.ranking("mines")
    assert last_event().verb == "ranking.open"
    said = {"slug": "mines", "title_fr": "Mines", "title_en": "Mines"}
    assert refusal(editions.open_ranking, by=people.hugo, at=make.NOW, **said) == "L’adresse « mines » est déjà prise."


def test_file_method_keeps_the_canonical_text_once(people: Cast) -> None:
    for code, *_ in make.INDICATORS:
        make.indicator(code)
    latest = make.indicator("emploi", version=2)
    ranking = make.ranking()
    first = editions.file_method(by=people.hugo, at=make.NOW, ranking=ranking, text=METHOD)
    assert (first.number, last_event().verb) == (1, "method.file")
    assert latest in first.indicators.all()
    assert first.indicators.count() == 4
    with nothing_written():
        same = editions.file_method(by=people.claire, at=make.NOW, ranking=ranking, text=f"# the same\n{METHOD}")
    assert same == first
    other = METHOD.replace("weight = 60", "weight = 70")
    assert editions.file_method(by=people.hugo, at=make.NOW, ranking=ranking, text=other).number == 2


def test_file_method_refuses_unknown_indicators_and_bad_texts(people: Cast) -> None:
    said = {"by": people.hugo, "at": make.NOW, "ranking": make.ranking()}
    assert refusal(editions.file_method, text=METHOD, **said) == (
        "La méthode emploie des indicateurs inconnus : doctorants, emploi, mobilite, salaire."
    )
    with nothing_written(), pytest.raises(MethodError):
        editions.file_method(text="format = 1", **said)


def test_open_edition_once_a_year(people: Cast) -> None:
    said = {"by": people.hugo, "at": make.NOW, "ranking": make.ranking(), "year": 2026, "texts": make.TEXTS}
    opened = editions.open_edition(**said)
    assert (opened.year, opened.purpose_fr, opened.version) == (2026, make.TEXTS.purpose_fr, 1)
    assert last_event().verb == "edition.open"
    assert refusal(editions.open_edition, **said) == "L’édition 2026 existe déjà."


@scene(make.edition, 3)
def test_write_texts_keeps_what_was_said_before(people: Cast) -> None:
    edition = Edition.objects.get()
    said = {"by": people.claire, "at": make.NOW, "edition": edition, "texts": editions.Texts(purpose_fr="Autre objet.")}
    editions.write_texts(seen_version=edition.version, **said)
    details = json.loads(last_event().details)
    assert details["before"]["purpose_fr"] == make.TEXTS.purpose_fr
    assert details["after"]["purpose_fr"] == edition.purpose_fr == "Autre objet."
    assert "relisez-la" in refusal(editions.write_texts, kind=Stale, seen_version=1, **said)


@scene(make.edition, 3)
def test_choose_method_refuses_that_of_another_ranking(people: Cast) -> None:
    edition = Edition.objects.get()
    foreign = editions.file_method(by=people.hugo, at=make.NOW, ranking=make.ranking("mines"), text=METHOD)
    said = {"by": people.hugo, "at": make.NOW, "edition": edition}
    assert refusal(editions.choose_method, seen_version=edition.version, method=foreign, **said) == (
        "Cette méthode est celle d’un autre palmarès."
    )
    assert "relisez-la" in refusal(editions.choose_method, kind=Stale, seen_version=1, method=edition.method, **said)


@scene(make.edition, 3)
def test_set_columns_replaces_and_refuses_the_ambiguous(people: Cast) -> None:
    edition = Edition.objects.get()
    said = {"by": people.hugo, "at": make.NOW, "edition": edition}
    editions.set_columns(years={make.indicator("emploi"): 2024}, seen_version=edition.version, **said)
    assert list(edition.columns.values_list("indicator__code", "reference_year")) == [("emploi", 2024)]
    details = json.loads(last_event().details)
    assert (details.pop("before")["emploi"], details) == (make.YEAR, {"emploi": 2024})
    first, second = Indicator.objects.get(code="emploi"), make.indicator("emploi", version=2)
    assert refusal(editions.set_columns, years={first: 2024}, seen_version=1, kind=Stale, **said)
    said["seen_version"] = edition.version
    assert refusal(editions.set_columns, years={first: 2024, second: 2025}, **said) == (
        "Un indicateur se lit sous une seule définition : emploi."
    )
    assert "entre 1990 et 2100" in refusal(editions.set_columns, years={first: 19_000}, **said)


@scene(make.edition, 3)
def test_set_perimeter_replaces_and_refuses_the_ambiguous(people: Cast) -> None:
    edition = Edition.objects.get()
    said = {"by": people.hugo, "at": make.NOW, "edition": edition}
    one, two = make.units(2)
    out = editions.LeftOut(unit=two, reason_fr="Elle ferme.", reason_en="It closes.")
    editions.set_perimeter(units=[one], left_out=[out], seen_version=edition.version, **said)
    assert refusal(editions.set_perimeter, units=[one], seen_version=1, kind=Stale, **said)
    said["seen_version"] = edition.version
    assert set(edition.perimeter.values_list("unit__slug", "status", "reason_en")) == {
        (one.slug, "included", ""),
        (two.slug, "excluded", "It closes."),
    }
    details = json.loads(last_event().details)
    assert details.pop("before") == {
        "included": 3,
        "left_out": {"institut-des-ponts-suspendus": "Elle ne recrute plus depuis 2024."},
    }
    assert details == {"included": 1, "left_out": {two.slug: "Elle ferme."}}
    assert "n’a qu’une place" in refusal(editions.set_perimeter, units=[one, two], left_out=[out], **said)
    assert "n’a qu’une place" in refusal(editions.set_perimeter, units=[one, one], **said)
    silent = editions.LeftOut(unit=two, reason_fr="Elle ferme.", reason_en=" ")
    assert two.name in refusal(editions.set_perimeter, units=[one], left_out=[silent], **said)


@scene(make.computed_release)
def test_compute_keeps_one_unsealed_release(people: Cast) -> None:
    first = Release.objects.get()
    assert (first.number, first.signed_at, first.sealed_at, first.computed_by) == (1, None, None, people.hugo)
    assert (first.ranked_count, first.unranked_count) == (5, 2)
    assert last_event().verb == "release.compute"
    again = editions.compute_release(by=people.claire, at=make.NOW, edition=first.edition)
    assert Release.objects.get() == again
    assert (again.digest, again.number) == (first.digest, 1)
    assert ReleaseUnit.objects.count() == 7


@scene(make.signed_release, schools=3)
def test_compute_drops_a_signature(people: Cast) -> None:
    signed = Release.objects.get()
    again = editions.compute_release(by=people.hugo, at=make.NOW, edition=signed.edition)
    assert Release.objects.get() == again
    assert again.signed_at is None


@scene(make.edition, 3)
def test_compute_refuses_without_right_or_material(people: Cast) -> None:
    edition = Edition.objects.get()
    said = {"at": make.NOW, "edition": edition}
    assert refusal(editions.compute_release, by=people.lise, **said).startswith("Calculer revient")
    bare = editions.open_edition(
        by=people.hugo, at=make.NOW, ranking=edition.ranking, year=2030, texts=editions.Texts()
    )
    nothing = refusal(editions.compute_release, by=people.hugo, at=make.NOW, edition=bare)
    assert "Aucune école n’est dans le champ" in nothing
    assert "Aucune méthode n’est choisie" in nothing
    editions.set_columns(by=people.hugo, at=make.NOW, edition=edition, seen_version=edition.version, years={})
    assert "sans année de référence" in refusal(editions.compute_release, by=people.hugo, **said)


@scene(make.edition, 3)
def test_compute_says_a_method_that_does_not_read(people: Cast) -> None:
    edition = Edition.objects.get()
    damaged = MethodVersion.objects.create(
        ranking=edition.ranking,
        number=9,
        text="format = 1",
        digest="d" * 64,
        created_by=people.hugo,
        created_at=make.NOW,
    )
    Edition.objects.filter(pk=edition.pk).update(method=damaged)
    edition.refresh_from_db()
    assert "ne se lit pas" in refusal(editions.compute_release, by=people.hugo, at=make.NOW, edition=edition)


@scene(make.edition, 3)
def test_compute_says_what_the_engine_says(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    edition = Edition.objects.get()

    def refuses(_edition: Edition) -> None:
        raise MethodError([])

    monkeypatch.setattr(editions.computing, "compute", refuses)
    assert refusal(editions.compute_release, by=people.hugo, at=make.NOW, edition=edition).startswith(
        "Le calcul a échoué"
    )


@scene(make.computed_release, schools=3)
def test_compute_beside_another_is_stale(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    release = Release.objects.get()
    # What the second of two simultaneous computations sees: the first one's result is not there yet.
    monkeypatch.setattr(editions.computing, "_drop_unsealed", lambda _edition: None)
    said = {"by": people.hugo, "at": make.NOW, "edition": release.edition}
    assert "vient d’aboutir" in refusal(editions.compute_release, kind=Stale, **said)


@scene(make.published_release, schools=3)
def test_a_correction_says_why(people: Cast) -> None:
    release = Release.objects.get()
    said = {"by": people.hugo, "at": make.NOW, "edition": release.edition}
    assert "dites pourquoi" in refusal(editions.compute_release, reason_fr="Une erreur.", **said)
    assert "dites pourquoi" in refusal(editions.compute_release, reason_en="An error.", **said)
    second = editions.compute_release(reason_fr=" Une erreur. ", reason_en="An error.", **said)
    assert (second.number, second.reason_fr, second.reason_en) == (2, "Une erreur.", "An error.")


@scene(make.computed_release, schools=3)
def test_sign_is_once_and_of_what_was_seen(people: Cast) -> None:
    release = Release.objects.get()
    said = {"at": make.NOW, "release": release}
    assert refusal(editions.sign_release, by=people.jean, seen_digest=release.digest, **said).startswith("Signer")
    assert "relisez-le" in refusal(editions.sign_release, kind=Stale, by=people.hugo, seen_digest="0" * 64, **said)
    editions.sign_release(by=people.hugo, seen_digest=release.digest, **said)
    assert (release.signed_by, release.signed_at) == (people.hugo, make.NOW)
    assert last_event().verb == "release.sign"
    assert "déjà signée" in refusal(editions.sign_release, by=people.hugo, seen_digest=release.digest, **said)


@scene(make.computed_release, schools=3)
def test_sign_and_seal_wait_for_every_verification(people: Cast) -> None:
    release = Release.objects.get()
    school = release.edition.perimeter.first().unit
    waiting = make.entered_value("55.5", of=school)
    said = {"at": make.NOW, "release": release, "seen_digest": release.digest}
    blocked = "1 point bloque la publication : réglez-le, puis recalculez."
    assert refusal(editions.sign_release, by=people.marc, **said) == blocked
    values.reject_value(by=people.lise, at=make.NOW, revision=waiting, seen_version=1, reason="non")
    editions.sign_release(by=people.marc, **said)
    make.entered_value("56.5", of=school)
    assert refusal(editions.seal_release, by=people.claire, publish_at=make.FUTURE, **said) == blocked


@scene(make.signed_release, schools=3)
def test_seal_writes_seal_instant_and_digest(people: Cast) -> None:
    release = Release.objects.get()
    editions.seal_release(
        by=people.claire, at=make.NOW, release=release, seen_digest=release.digest, publish_at=make.FUTURE
    )
    assert (release.sealed_by, release.sealed_at, release.publish_at) == (people.claire, make.NOW, make.FUTURE)
    assert len(release.seal_digest) == 64
    event = last_event()
    assert (event.verb, json.loads(event.details)["publish_at"]) == ("release.seal", make.FUTURE.isoformat())


@scene(make.computed_release, schools=3)
def test_seal_refuses_each_wrong_way(people: Cast) -> None:
    release = Release.objects.get()
    said = {"at": make.NOW, "release": release, "seen_digest": release.digest}
    assert refusal(editions.seal_release, by=people.hugo, publish_at=make.FUTURE, **said).startswith("Sceller")
    assert "Personne n’a encore signé" in refusal(
        editions.seal_release, by=people.claire, publish_at=make.FUTURE, **said
    )
    editions.sign_release(by=people.marc, **said)
    assert "Vous avez signé" in refusal(editions.seal_release, by=people.marc, publish_at=make.FUTURE, **said)
    seal = {"by": people.claire, **said}
    assert "Donnez l’instant" in refusal(editions.seal_release, publish_at=None, **seal)
    assert "est passé" in refusal(editions.seal_release, publish_at=make.NOW - timedelta(microseconds=1), **seal)
    assert "plus de deux ans" in refusal(editions.seal_release, publish_at=make.NOW + timedelta(days=732), **seal)
    editions.seal_release(publish_at=make.NOW, **seal)
    assert "déjà scellée" in refusal(editions.seal_release, publish_at=make.FUTURE, **seal)
    assert "est scellée" in refusal(editions.sign_release, by=people.hugo, **said)


@scene(make.signed_release, schools=3)
def test_seal_refuses_when_a_value_has_changed(people: Cast) -> None:
    release = Release.objects.get()
    make.approved_value("1.0", of=release.edition.perimeter.first().unit)
    said = {"by": people.claire, "at": make.NOW, "release": release, "seen_digest": release.digest}
    assert "ont changé" in refusal(editions.seal_release, kind=Stale, publish_at=make.FUTURE, **said)


@scene(make.signed_release, schools=3)
def test_seal_of_a_release_sealed_meanwhile_is_stale(people: Cast) -> None:
    release = Release.objects.get()
    as_seen = Release.objects.get(pk=release.pk)
    said = {"at": make.NOW, "seen_digest": release.digest, "publish_at": make.FUTURE}
    editions.seal_release(by=people.claire, release=release, **said)
    assert "scellée depuis" in refusal(editions.seal_release, kind=Stale, by=people.alice, release=as_seen, **said)


@scene(make.published_release, schools=3)
def test_withdraw_is_once_with_a_reason_in_both_languages(people: Cast) -> None:
    release = Release.objects.get()
    said = {"at": make.NOW, "release": release}
    both = {"reason_fr": " Erreur. ", "reason_en": "Error."}
    assert refusal(editions.withdraw_release, by=people.hugo, **both, **said).startswith("Retirer")
    for silent in ({"reason_fr": " ", "reason_en": "Error."}, {"reason_fr": "Erreur.", "reason_en": ""}):
        assert "se motive" in refusal(editions.withdraw_release, by=people.claire, **silent, **said)
    as_seen = Release.objects.get(pk=release.pk)
    assert not hasattr(as_seen, "withdrawal")
    withdrawal = editions.withdraw_release(by=people.claire, **both, **said)
    assert (withdrawal.reason_fr, withdrawal.at, withdrawal.by) == ("Erreur.", make.NOW, people.claire)
    assert (last_event().verb, last_event().reason) == ("release.withdraw", "Erreur.")
    again = said | {"release": Release.objects.get(pk=release.pk)}
    assert "déjà retirée" in refusal(editions.withdraw_release, by=people.claire, **both, **again)


@scene(make.withdrawn_release)
def test_withdraw_beside_another_is_stale(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    release = Release.objects.get()
    monkeypatch.setattr("editorial.rules.why_not_withdraw_release", lambda *_args, **_kwargs: None)
    said = {"by": people.marc, "at": make.NOW, "release": release, "reason_fr": "Erreur.", "reason_en": "Error."}
    assert "par quelqu’un d’autre" in refusal(editions.withdraw_release, kind=Stale, **said)


@scene(make.signed_release, schools=3)
def test_withdraw_refuses_what_is_not_sealed(people: Cast) -> None:
    release = Release.objects.get()
    said = {"by": people.claire, "at": make.NOW, "release": release, "reason_fr": "Erreur.", "reason_en": "Error."}
    assert "n’est pas scellée" in refusal(editions.withdraw_release, **said)
    assert not ReleaseWithdrawal.objects.exists()


@scene(make.withdrawn_release)
def test_the_whole_way_is_in_the_trail(people: Cast) -> None:
    release = Release.objects.get()
    verbs = list(AuditEvent.objects.order_by("number").values_list("verb", flat=True))
    assert [verb for verb in verbs if verb.startswith("release.")] == [
        "release.compute",
        "release.sign",
        "release.seal",
        "release.withdraw",
    ]
    assert verbs.count("value.enter") == verbs.count("value.approve") == 6 * 4
    assert release.number == 1


@scene(make.signed_release, schools=3)
def test_seal_refuses_rows_that_are_not_what_was_signed(people: Cast) -> None:
    """The children of a signed release may still be written by raw SQL: the seal finds it."""
    release = Release.objects.get()
    first = release.units.order_by("position")[0]
    release.units.filter(pk=first.pk).update(score="99.9")
    said = {"by": people.claire, "at": make.NOW, "seen_digest": release.digest, "publish_at": make.NOW}
    assert "relisez-la" in refusal(editions.seal_release, kind=Stale, release=release, **said)
    release.units.filter(pk=first.pk).update(score=first.score)
    editions.seal_release(release=release, **said)
    assert release.sealed_at == make.NOW
