"""Archival editions: places entered whole or not at all, signed by one, sealed by another, never computed."""

import json
from dataclasses import replace
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from editorial.actions import editions, prints
from editorial.exceptions import Stale
from editorial.models import AuditEvent
from rankings.blocks import blocks
from rankings.models import Edition, EditionPlace, EditionPrint, Release, ReleasePrint
from rankings.seal import seal_digest
from schools import files
from schools.importing import FileRefused, PlaceColumns
from schools.models import Source, Unit, UnitAlias, UnitIdentifier
from schools.naming import search_key
from tests import factories as make
from tests.editorial.raw_sql import without_triggers
from tests.editorial.refusing import last_event, nothing_written, refusal
from tests.people import Cast
from tests.scenes import scene

pytestmark = pytest.mark.django_db


def opened(people: Cast, year: int = 2018) -> Edition:
    return editions.open_edition(
        by=people.hugo, at=make.START, ranking=make.ranking(), year=year, texts=make.TEXTS, archival=True
    )


def entering(people: Cast, edition: Edition, content: bytes, **said: Any) -> dict[str, Any]:
    return {
        "by": people.hugo,
        "at": make.START,
        "edition": edition,
        "seen_version": edition.version,
        "received": make.received_print(content),
        "columns": PlaceColumns(),
        "words": make.PRINT_WORDS,
        **said,
    }


def by_name(*rows: tuple[str, str]) -> bytes:
    return make.printed_file(*rows, head=("École", "Rang"))


def places(edition: Edition) -> dict[str, tuple[int, bool, str]]:
    return {place.unit.name: (place.rank, place.tied, place.points) for place in edition.places.select_related("unit")}


def test_places_are_kept_with_their_cells_and_their_file(people: Cast) -> None:
    schools = make.units(2)
    edition = opened(people)
    content = by_name((schools[0].name, "1re"), (schools[1].name, "52e ex aequo"))
    entered = prints.enter_places(**entering(people, edition, content))
    assert (entered.read.problems, entered.doubts) == ((), ())
    assert places(edition) == {schools[0].name: (1, False, ""), schools[1].name: (52, True, "")}
    place = edition.places.get(rank=52)
    assert place.cells == [
        {"sheet": "", "cell": "A3", "column": "École", "text": schools[1].name, "role": "attribute"},
        {"sheet": "", "cell": "B3", "column": "Rang", "text": "52e ex aequo", "role": "rank"},
    ]
    record = EditionPrint.objects.get(edition=edition)
    assert (record.ranked_count, record.source.title) == (63, "Le magazine, n° 412, p. 38")
    assert files.read(record.source.sha256) == content
    assert (last_event().verb, json.loads(last_event().details)["places"]) == ("edition.places", 2)
    assert edition.version == 2


def test_the_next_file_replaces_the_places(people: Cast) -> None:
    schools = make.units(2)
    edition = opened(people)
    prints.enter_places(**entering(people, edition, by_name((schools[0].name, "1"), (schools[1].name, "2"))))
    words = replace(make.PRINT_WORDS, ranked_count=12, out_of="43,5")
    prints.enter_places(**entering(people, edition, by_name((schools[1].name, "12")), words=words))
    assert places(edition) == {schools[1].name: (12, False, "")}
    assert EditionPrint.objects.values_list("ranked_count", "out_of").get() == (12, "43.5")


def test_schools_are_known_by_number_name_and_other_name_of_the_time(people: Cast) -> None:
    one, two, three = make.units(3)
    UnitAlias.objects.create(
        unit=two, name="ENSI Ancienne", key=search_key("ENSI Ancienne"), valid_to=date(2017, 12, 31)
    )
    UnitIdentifier.objects.filter(unit=one).update(valid_to=date(2018, 6, 30))
    rows = [("", "ensi ancienne", "1"), (one.identifiers.get().value, "", "2"), ("", three.name.upper(), "3")]
    edition = opened(people)
    prints.enter_places(**entering(people, edition, make.printed_file(*rows), columns=PlaceColumns(key="UAI")))
    assert places(edition) == {two.name: (1, False, ""), one.name: (2, False, ""), three.name: (3, False, "")}
    later = opened(people, 2022)
    for row in rows[:2]:
        with pytest.raises(FileRefused, match="Aucune école ne répond"):
            prints.enter_places(**entering(people, later, make.printed_file(row), columns=PlaceColumns(key="UAI")))


def test_a_fault_anywhere_writes_nothing_at_all(people: Cast) -> None:
    school = make.unit()
    edition = opened(people)
    content = by_name((school.name, "1"), ("École de nulle part", "deuxième"))
    with nothing_written(), pytest.raises(FileRefused) as caught:
        prints.enter_places(**entering(people, edition, content))
    assert [(problem.code, problem.cell) for problem in caught.value.problems] == [
        ("place_unknown_school", "A3"),
        ("rank_not_one", "B3"),
    ]
    with pytest.raises(files.FileChanged):
        files.read(files.sha256_of(content))


def test_what_only_looks_wrong_is_kept_and_said(people: Cast) -> None:
    schools = make.units(3)
    rows = [(schools[0].name, "1"), (schools[1].name, "2 ex aequo"), (schools[2].name, "2")]
    words = replace(make.PRINT_WORDS, ranked_count=3)
    entered = prints.enter_places(**entering(people, opened(people), by_name(*rows), words=words))
    assert [doubt.code for doubt in entered.doubts] == ["tie"]
    assert EditionPlace.objects.count() == 3


def test_refusals_say_why_and_write_nothing(people: Cast) -> None:
    schools = make.units(2)
    edition = opened(people)
    said = entering(people, edition, by_name((schools[0].name, "1"), (schools[1].name, "2")))
    for by in (people.lise, people.jean, people.paul):
        reason = refusal(prints.enter_places, **said | {"by": by})
        assert reason == "Préparer une édition revient à la cellule data ou à la rédaction en chef."
    for words, reason in (
        (replace(make.PRINT_WORDS, method_en=" "), "Dites la méthode de l’imprimé"),
        (replace(make.PRINT_WORDS, ranked_count=0), "Dites combien d’écoles"),
        (replace(make.PRINT_WORDS, out_of="vingt"), "n’est pas un nombre de points"),
        (replace(make.PRINT_WORDS, out_of="-5"), "n’est pas un nombre de points"),
    ):
        assert reason in refusal(prints.enter_places, **said | {"words": words})
    kept_back = make.received_print(said["received"].content, leaves=Source.Leaves.POINTS)
    assert "ne laisse pas sortir" in refusal(prints.enter_places, **said | {"received": kept_back})
    refusal(prints.enter_places, kind=Stale, **said | {"seen_version": 7})
    computed = editions.open_edition(by=people.hugo, at=make.START, ranking=make.ranking(), year=2020, texts=make.TEXTS)
    assert "Cette édition se calcule" in refusal(prints.enter_places, **said | {"edition": computed})


def test_fewer_schools_than_places_is_refused(people: Cast) -> None:
    schools = make.units(2)
    content = by_name((schools[0].name, "1"), (schools[1].name, "1"))
    words = replace(make.PRINT_WORDS, ranked_count=1)
    reason = refusal(prints.enter_places, **entering(people, opened(people), content, words=words))
    assert reason == "2 places sont données, et l’imprimé ne classerait que 1 écoles."


@scene(make.archival_edition)
def test_words_of_a_print_change_without_its_places(people: Cast) -> None:
    edition = Edition.objects.get()
    said = {"by": people.hugo, "at": make.NOW, "edition": edition, "seen_version": edition.version}
    words = replace(make.PRINT_WORDS, ranked_count=60, method_fr="Autre.")
    prints.word_print(**said, words=words)
    assert EditionPrint.objects.values_list("ranked_count", "method_fr").get() == (60, "Autre.")
    assert (last_event().verb, edition.places.count()) == ("edition.print", 6)
    said["seen_version"] = edition.version
    assert "au rang 52" in refusal(prints.word_print, **said, words=replace(words, ranked_count=51))
    assert "6 places" in refusal(prints.word_print, **said, words=replace(words, ranked_count=5))
    refusal(prints.word_print, kind=Stale, **said | {"seen_version": 1}, words=words)


def test_words_wait_for_places(people: Cast) -> None:
    edition = opened(people)
    said = {"by": people.hugo, "at": make.NOW, "edition": edition, "seen_version": edition.version}
    assert "Envoyez d’abord" in refusal(prints.word_print, **said, words=make.PRINT_WORDS)


@scene(make.archival_edition)
def test_an_archive_takes_no_method_years_or_perimeter(people: Cast) -> None:
    edition = Edition.objects.get()
    said = {"by": people.hugo, "at": make.NOW, "edition": edition, "seen_version": edition.version}
    for action, more in (
        (editions.choose_method, {"method": make.edition(3).method}),
        (editions.set_columns, {"years": {}}),
        (editions.set_perimeter, {"units": []}),
    ):
        assert "ne se calcule pas" in refusal(action, **said, **more)


def test_blocks_of_an_archive_are_its_texts_and_places(people: Cast) -> None:
    edition = editions.open_edition(
        by=people.hugo, at=make.NOW, ranking=make.ranking(), year=2018, texts=editions.Texts(), archival=True
    )
    assert [block.code for block in blocks(edition)] == ["texts", "places"]
    reason = refusal(editions.compute_release, by=people.hugo, at=make.NOW, edition=edition)
    assert reason == "Aucune place n’est entrée\u00a0: envoyez le fichier de l’imprimé."
    assert blocks(make.archival_edition(year=2019)) == ()


@scene(make.archival_release)
def test_an_archival_release_has_the_places_as_printed_and_nothing_else(people: Cast) -> None:
    release = Release.objects.get()
    assert (release.archival, release.ranked_count, release.unranked_count) == (True, 63, 0)
    assert (release.method_text, release.method_digest, release.out_of) == ("", "", "")
    assert not release.nodes.exists()
    assert not release.indicators.exists()
    rows = list(release.units.values_list("slug", "rank", "tied", "score", "printed", "position"))
    assert [(rank, tied, score, printed) for _slug, rank, tied, score, printed, _at in rows] == [
        (1, False, "", True), (2, False, "", True), (3, True, "", True), (3, True, "", True), (16, False, "", True),
        (52, False, "", True),
    ]  # fmt: skip
    assert [row[-1] for row in rows] == [0, 1, 2, 3, 4, 5]
    printed = ReleasePrint.objects.get(release=release)
    assert (printed.source_file, printed.method) == ("palmares_2018.csv", make.PRINT_WORDS.method_fr)
    with override("en"):
        assert printed.method == make.PRINT_WORDS.method_en


@scene(make.archival_release)
def test_the_document_leads_each_place_to_its_cells(people: Cast) -> None:
    release = Release.objects.get()
    told = json.loads(release.document)
    assert (told["archival"], told["print"]["ranked_count"]) == (True, "63")
    first = told["places"]["ecole-des-mines-de-brezac"]
    assert (first["rank"], first["tied"], first["source"]) == ("1", False, told["print"]["sha256"])
    assert [cell["cell"] for cell in first["cells"]] == ["A2", "B2", "C2"]
    assert "hugo" not in release.document.casefold()
    assert not {"method", "values", "indicators", "result"} & told.keys()


@scene(make.archival_edition)
def test_an_archive_is_signed_by_one_and_sealed_by_another(people: Cast) -> None:
    edition = Edition.objects.get()
    release = make.signed_release(edition)
    seal = {"at": make.NOW, "release": release, "seen_digest": release.digest, "publish_at": make.FUTURE}
    assert "une autre personne" in refusal(
        editions.seal_release, by=people.claire, **seal | {"release": _signed_by(release, people)}
    )
    assert not Release.objects.published(at=make.NOW).exists()


def _signed_by(release: Release, people: Cast) -> Release:
    release.signed_by = people.claire
    return release


@scene(make.archival_edition)
def test_places_entered_after_the_signature_are_stale(people: Cast) -> None:
    edition = Edition.objects.get()
    release = make.signed_release(edition)
    words = replace(make.PRINT_WORDS, method_fr="Autre.")
    prints.word_print(by=people.hugo, at=make.NOW, edition=edition, seen_version=edition.version, words=words)
    said = {"at": make.NOW, "release": release, "seen_digest": release.digest, "publish_at": make.FUTURE}
    refusal(editions.seal_release, kind=Stale, by=people.claire, **said)


def test_a_mistake_of_typing_is_corrected_by_a_second_version(people: Cast) -> None:
    first = make.archival_release()
    edition = first.edition
    schools = list(Unit.objects.order_by("pk"))
    content = make.printed_file(*make.printed_rows(schools, ("1re", "2e", "3e", "4e", "16e", "52e")))
    prints.enter_places(**entering(people, edition, content, columns=PlaceColumns(key="UAI")))
    second = make.sealed_release(edition, publish_at=make.PAST)
    assert (second.number, second.archival, second.reason_fr) == (2, True, "Une valeur a été corrigée.")
    assert Release.objects.current(at=make.NOW).get() == second
    assert first.units.filter(tied=True).count() == 2
    assert not second.units.filter(tied=True).exists()


@scene(make.archival_edition)
def test_preparing_an_archive_again_drops_what_was_not_sealed(people: Cast) -> None:
    edition = Edition.objects.get()
    first = make.computed_release(edition)
    second = make.computed_release(edition)
    assert Release.objects.get() == second
    assert first.digest == second.digest
    assert ReleasePrint.objects.count() == 1


@scene(make.archival_release)
def test_the_seal_covers_the_print_and_its_places(people: Cast) -> None:
    release = Release.objects.get()
    assert seal_digest(release) == release.seal_digest
    without_triggers()
    for rows, column in (
        (release.units.filter(position=0), "cells"),
        (release.units.filter(position=0), "printed"),
        (ReleasePrint.objects.all(), "method_en"),
        (Release.objects.filter(pk=release.pk), "out_of"),
    ):
        kept = rows.values_list(column, flat=True).get()
        changed = {"cells": [{"cell": "Z9"}], "printed": True}.get(column, "9")
        rows.update(**{column: changed})
        if changed != kept:
            assert seal_digest(Release.objects.get(pk=release.pk)) != release.seal_digest, column
        rows.update(**{column: kept})
    assert seal_digest(Release.objects.get(pk=release.pk)) == release.seal_digest


@scene(make.archival_release)
def test_recompute_says_that_an_archive_is_not_computed(people: Cast) -> None:
    out = StringIO()
    call_command("recompute", "ecoles-ingenieurs", "2018", stdout=out)
    assert "its ranks are those of a print and cannot be computed again" in out.getvalue()
    edition = Edition.objects.get()
    words = replace(make.PRINT_WORDS, method_fr="Autre.")
    prints.word_print(by=people.hugo, at=make.NOW, edition=edition, seen_version=edition.version, words=words)
    with pytest.raises(CommandError, match="The places entered give"):
        call_command("recompute", "ecoles-ingenieurs", "2018", stdout=StringIO())


def test_opening_an_archive_is_in_the_trail(people: Cast) -> None:
    opened(people)
    assert json.loads(AuditEvent.objects.latest("number").details) == {"archival": True}
