"""The verifier's desk: her queue, the value beside its source, her decisions."""

import pytest
from django.urls import reverse

from editorial.models import AuditEvent
from schools.models import ValueRevision, ValueState
from tests import factories as make
from tests.desks.newsroom import at_desk, words
from tests.people import Cast

pytestmark = pytest.mark.django_db


def post(person, name: str, revision: ValueRevision, **said):
    """What this person sends about this value, as she sees it now unless she says otherwise."""
    return at_desk(person).post(reverse(f"desk:value-{name}", args=[revision.pk]), {"version": revision.version} | said)


def test_queue_holds_what_others_entered_and_counts_ones_own(people: Cast) -> None:
    theirs = make.entered_value("80")
    people.lise.groups.add(*people.hugo.groups.all())
    mine = make.entered_value("4.5", by=people.lise, indicator_code="doctorants")
    page = at_desk(people.lise).get(reverse("desk:queue"))
    assert [row.pk for row in page.context["page_obj"]] == [theirs.pk]
    assert [count["n"] for count in page.context["counts"]] == [1, 0, 0, 1]
    assert "1 valeur que vous avez entrée n’est pas dans votre file" in words(page)
    assert mine.pk not in [row.pk for row in page.context["page_obj"]]


def test_queue_is_narrowed_by_its_address_and_nonsense_narrows_nothing(people: Cast) -> None:
    kept = make.entered_value("80")
    make.entered_value("4.5", indicator_code="doctorants")
    client = at_desk(people.lise)
    narrowed = client.get(reverse("desk:queue"), {"indicateur": kept.indicator_id})
    assert [row.pk for row in narrowed.context["page_obj"]] == [kept.pk]
    assert "retirer ce filtre" in words(narrowed)
    for nonsense in ({"indicateur": "x"}, {"indicateur": "9" * 40}, {"import": "-1"}, {"page": "zzz"}):
        assert len(client.get(reverse("desk:queue"), nonsense).context["page_obj"]) == 2


def test_value_stands_beside_everything_that_helps_to_decide(people: Cast) -> None:
    make.approved_value("70", year=2024)
    others = [make.approved_value(v, of=school) for v, school in zip(("60", "90"), make.units(3)[1:], strict=True)]
    before = make.approved_value("81.5")
    revision = make.entered_value("84.5", cells=[("Emploi", "D47", "Taux", "84,5")])
    page = at_desk(people.lise).get(reverse("desk:value", args=[revision.pk]))
    seen = words(page)
    assert page.context["in_force"] == before
    assert page.context["column"].count == len(others) + 1
    assert str(page.context["column"].median) == "84.5"
    assert page.context["column"].place == 2
    assert [r.reference_year for r in page.context["years"]] == [2024]
    for read in ("84,5 %", "81,5 %", "70,0 %", "Emploi, D47", "Hugo Ferrand", "de 0 à 100", "Enquête certifiée"):
        assert read in seen, read


def test_approval_puts_in_force_and_goes_to_the_next(people: Cast) -> None:
    first, second = make.entered_value("80"), make.entered_value("4.5", indicator_code="doctorants")
    answer = post(people.lise, "approve", first, meaning="plausible")
    assert answer["Location"] == reverse("desk:value", args=[second.pk])
    first.refresh_from_db()
    assert (first.state, first.decided_by, first.verified_meaning) == ("in_force", people.lise, "plausible")


def test_next_keeps_the_filter_and_comes_back_to_the_queue_at_the_end(people: Cast) -> None:
    first = make.entered_value("80")
    make.entered_value("4.5", indicator_code="doctorants")
    url = reverse("desk:value-approve", args=[first.pk]) + f"?indicateur={first.indicator_id}"
    answer = at_desk(people.lise).post(url, {"version": 1, "meaning": "plausible"})
    assert answer["Location"] == reverse("desk:queue") + f"?indicateur={first.indicator_id}"


def test_skipping_changes_nothing_and_comes_round(people: Cast) -> None:
    first, second = make.entered_value("80"), make.entered_value("4.5", indicator_code="doctorants")
    client, url = at_desk(people.lise), reverse("desk:value-next")
    assert client.get(url, {"apres": first.pk})["Location"] == reverse("desk:value", args=[second.pk])
    assert client.get(url, {"apres": second.pk})["Location"] == reverse("desk:value", args=[first.pk])
    assert ValueRevision.objects.pending().count() == 2


def test_rejection_needs_a_reason_and_keeps_what_was_typed(people: Cast) -> None:
    revision = make.entered_value("80")
    events = AuditEvent.objects.count()
    answer = post(people.lise, "reject", revision, reason="  ")
    assert answer.status_code == 403
    assert "Un rejet se motive" in words(answer)
    too_long = post(people.lise, "reject", revision, reason="x" * 1001)
    assert "x" * 1001 in too_long.content.decode()
    assert AuditEvent.objects.count() == events
    assert post(people.lise, "reject", revision, reason="Lu 79,0 dans la source.").status_code == 302
    revision.refresh_from_db()
    assert (revision.state, revision.decision_reason) == ("rejected", "Lu 79,0 dans la source.")


@pytest.mark.parametrize("verb", ["approve", "reject"])
def test_decision_on_what_has_changed_is_out_of_date(verb: str, people: Cast) -> None:
    revision = make.entered_value("80")
    answer = post(people.lise, verb, revision, version=7, meaning="plausible", reason="Mon motif tapé.")
    assert answer.status_code == 409
    assert "plus à jour" in words(answer)
    revision.refresh_from_db()
    assert revision.state == ValueState.PENDING
    if verb == "reject":
        assert "Mon motif tapé." in words(answer)


def test_ones_own_value_is_shown_with_the_reason_and_disabled_buttons(people: Cast) -> None:
    people.lise.groups.add(*people.hugo.groups.all())
    mine = make.entered_value("80", by=people.lise)
    reason = "Vous avez entré cette valeur : une autre personne doit la vérifier."
    page = at_desk(people.lise).get(reverse("desk:value", args=[mine.pk]))
    assert reason in words(page)
    assert page.content.decode().count('aria-disabled="true"') == 2
    assert reverse("desk:value-approve", args=[mine.pk]) not in page.content.decode()
    answer = post(people.lise, "approve", mine, meaning="plausible")
    assert answer.status_code == 403
    assert reason in words(answer)
    assert post(people.lise, "withdraw", mine).status_code == 302
    mine.refresh_from_db()
    assert mine.state == ValueState.WITHDRAWN


@pytest.mark.parametrize("who", ["hugo", "jean", "claire"])
def test_who_may_not_verify_reads_why(who: str, people: Cast) -> None:
    revision = make.entered_value("80", by=people.nadia)
    answer = post(getattr(people, who), "approve", revision, meaning="plausible")
    assert answer.status_code == 403
    assert "Vérifier revient aux vérificatrices." in words(answer)
    revision.refresh_from_db()
    assert revision.state == ValueState.PENDING


def test_rivals_stand_side_by_side_until_one_is_rejected(people: Cast) -> None:
    one, other = make.entered_value("80"), make.entered_value("82", by=people.nadia)
    page = at_desk(people.lise).get(reverse("desk:value", args=[one.pk]))
    assert [rival.pk for rival in page.context["rivals"]] == [other.pk]
    assert "Deux entrées pour la même case" in words(page)
    assert "82,0 %" in words(page)
    refused = post(people.lise, "approve", one, meaning="plausible")
    assert refused.status_code == 403
    post(people.lise, "reject", other, reason="Arrondi.")
    assert post(people.lise, "approve", one, meaning="plausible").status_code == 302


def test_nonsense_meaning_is_refused(people: Cast) -> None:
    revision = make.entered_value("80")
    assert post(people.lise, "approve", revision, meaning="certain").status_code == 403
    revision.refresh_from_db()
    assert revision.state == ValueState.PENDING


def test_only_its_author_takes_a_value_back(people: Cast) -> None:
    revision = make.entered_value("80")
    answer = post(people.nadia, "withdraw", revision)
    assert answer.status_code == 403
    assert "Seule la personne qui l’a entrée" in words(answer)


def test_unknown_value_is_not_found(people: Cast) -> None:
    assert at_desk(people.lise).get(reverse("desk:value", args=[999])).status_code == 404
    assert at_desk(people.lise).post(reverse("desk:value-approve", args=[999])).status_code == 404
