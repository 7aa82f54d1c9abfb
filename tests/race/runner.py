"""A process of a race: it makes the field, or runs one lane of it, on the base it is told to use (`tests.race.steady`).

Lanes are told « go » all at once, round after round; each answers how it ended.
"""

import time
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from editorial import audit, triggers  # noqa: E402
from editorial.actions import articles, editions, imports, values  # noqa: E402
from editorial.actions import corrections as actions  # noqa: E402
from editorial.exceptions import Refused  # noqa: E402
from editorial.models import Article, ArticleCorrection, AuditEvent  # noqa: E402
from rankings.models import Edition, Release  # noqa: E402
from schools.models import ImportBatch, Unit, ValueRevision  # noqa: E402
from tests import corrections  # noqa: E402
from tests import factories as make  # noqa: E402
from tests.people import cast  # noqa: E402
from tests.race import files, steady  # noqa: E402

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def values_to_decide(rounds: int) -> list[int]:
    made = []
    for number in range(rounds):
        made.append(make.entered_value("80", of=make.unit(f"École numéro {number}", with_uai=False)).pk)
    return made


def values_without_refusals(rounds: int) -> list[int]:
    made = values_to_decide(rounds)
    triggers.uninstall()
    return made


def imports_to_commit(rounds: int) -> list[int]:
    make.indicator("emploi")
    batches = []
    for number in range(rounds):
        received = imports.Received(
            content=files.survey(20, first=number),
            name=f"enquete-{number}.csv",
            title="Enquête",
            publisher="x",
            licence="x",
        )
        batches.append(
            imports.open_import(by=cast().hugo, at=make.START, received=received, mapping_text=files.MAPPING).pk
        )
    return batches


def imports_to_withdraw(rounds: int) -> list[int]:
    batches = imports_to_commit(rounds)
    for pk in batches:
        batch = ImportBatch.objects.get(pk=pk)
        _commit(batch)
    return batches


def releases_to_seal(rounds: int) -> list[int]:
    return [make.signed_release(make.edition(3, year=2000 + number)).pk for number in range(rounds)]


def editions_to_compute(rounds: int) -> list[int]:
    return [make.edition(3, year=2000 + number).pk for number in range(rounds)]


def _resting() -> tuple[Release, dict[str, str]]:
    """A release, and a text on it that rests on the edition before too."""
    make.published_release(make.edition(3, year=2025), publish_at=make.PAST - corrections.DAY)
    return make.published_release(make.edition(3, year=2026)), {"body_fr": "[[classees]] [[classees:2025]]"}


def articles_to_approve(rounds: int) -> list[int]:
    release, said = _resting()
    return [make.submitted_article(release, **said).pk for _round in range(rounds)]


def articles_to_correct(rounds: int) -> list[int]:
    release, _said = _resting()
    return [make.approved_article(release).pk for _round in range(rounds)]


def corrections_to_approve(rounds: int) -> list[int]:
    release, said = _resting()
    return [corrections.submitted(make.approved_article(release), **said).pk for _round in range(rounds)]


def approve(pk: int, lane: int) -> None:
    by = (cast().lise, cast().vera)[lane % 2]
    values.approve_value(by=by, at=make.NOW, revision=ValueRevision.objects.get(pk=pk), seen_version=1)


def decide(pk: int, lane: int) -> None:
    if lane % 2 == 0:
        approve(pk, lane)
    else:
        values.reject_value(
            by=cast().vera, at=make.NOW, revision=ValueRevision.objects.get(pk=pk), seen_version=1, reason="non"
        )


def decide_unguarded(pk: int, lane: int) -> None:
    """What most sites do: read, check, change, save, record. The control of the race."""
    revision = ValueRevision.objects.get(pk=pk)
    if revision.state != "pending":
        raise Refused("too late")
    # As long as a page takes to be built between reading and writing.
    time.sleep(0.005)
    with transaction.atomic():
        revision.state = "in_force"
        revision.version += 1
        revision.decided_by, revision.decided_at = (cast().lise, cast().vera)[lane % 2], make.NOW
        revision.verified_meaning = "plausible"
        revision.save()
        audit.record(by=revision.decided_by, at=make.NOW, verb="value.approve", on=revision)


def seal(pk: int, lane: int) -> None:
    release = Release.objects.get(pk=pk)
    by = (cast().claire, cast().alice)[lane % 2]
    editions.seal_release(by=by, at=make.NOW, release=release, seen_digest=release.digest, publish_at=make.FUTURE)


def approve_article(pk: int, lane: int) -> None:
    by, article = (cast().claire, cast().marc)[lane % 2], Article.objects.get(pk=pk)
    articles.approve_article(by=by, at=make.NOW, article=article, seen_version=2, publish_at=make.NOW)


def propose_correction(pk: int, lane: int) -> None:
    article = Article.objects.select_related("release").get(pk=pk)
    actions.propose_correction(
        by=(cast().jean, cast().claire)[lane % 2],
        at=make.NOW,
        article=article,
        seen_version=3,
        release=article.release,
        corrected=corrections.corrected(),
    )


def approve_correction(pk: int, lane: int) -> None:
    by, correction = (cast().claire, cast().marc)[lane % 2], ArticleCorrection.objects.get(pk=pk)
    actions.approve_correction(by=by, at=make.NOW, correction=correction, seen_version=2)


def correct_or_withdraw(pk: int, lane: int) -> None:
    if lane % 2 == 0:
        approve_correction(pk, 1)
        return
    article = ArticleCorrection.objects.select_related("article").get(pk=pk).article
    articles.withdraw_article(by=cast().claire, at=make.NOW, article=article, seen_version=3, reason="x")


def compute(pk: int, lane: int) -> None:
    editions.compute_release(by=(cast().hugo, cast().nadia)[lane % 2], at=make.NOW, edition=Edition.objects.get(pk=pk))


def _commit(batch: ImportBatch) -> None:
    imports.commit_import(
        by=cast().hugo,
        at=make.NOW,
        batch=batch,
        seen_version=batch.version,
        seen_digest=imports.plan_of(batch).digest,
        create_unknown=True,
    )


def commit(pk: int, lane: int) -> None:
    _commit(ImportBatch.objects.get(pk=pk))


def withdraw_or_approve(pk: int, lane: int) -> None:
    batch = ImportBatch.objects.get(pk=pk)
    if lane % 2 == 0:
        imports.withdraw_import(by=cast().hugo, at=make.NOW, batch=batch, seen_version=batch.version, reason="x")
        return
    seen = [values.Seen(revision, revision.version) for revision in batch.revisions.order_by("-pk")]
    values.approve_values(by=cast().lise, at=make.NOW, seen=seen)


FIELDS: dict[str, Callable[[int], list[int]]] = {
    "values": values_to_decide,
    "values without refusals": values_without_refusals,
    "imports": imports_to_commit,
    "committed": imports_to_withdraw,
    "releases": releases_to_seal,
    "editions": editions_to_compute,
    "articles": articles_to_approve,
    "published articles": articles_to_correct,
    "corrections": corrections_to_approve,
}
LANES: dict[str, Callable[[int, int], None]] = {
    "approve": approve,
    "decide": decide,
    "decide_unguarded": decide_unguarded,
    "seal": seal,
    "compute": compute,
    "approve_article": approve_article,
    "propose_correction": propose_correction,
    "approve_correction": approve_correction,
    "correct_or_withdraw": correct_or_withdraw,
    "commit": commit,
    "withdraw_or_approve": withdraw_or_approve,
}


def hire() -> None:
    """The cast, before a race begins: lanes find everybody there."""
    cast()


def make_field(kind: str, rounds: int) -> list[int]:
    return FIELDS[kind](rounds)


def run(job: str, lane: int, pk: int) -> dict[str, Any]:
    """One round of one lane: whether it won, or what it was refused or broke on."""
    try:
        LANES[job](pk, lane)
    except Refused as refused:
        return {"lane": lane, "won": False, "refused": type(refused).__name__}
    except Exception as error:  # The race must say what it broke on, not hang.
        return {"lane": lane, "won": False, "error": f"{type(error).__name__}: {error}"}
    return {"lane": lane, "won": True}


def commit_slowly(moment: str, pk: int) -> None:
    """Record an import and stand still at this moment of it, for ever: somebody will kill this process."""

    def stands_still(function: Callable[..., Any]) -> Callable[..., Any]:
        def then(*args: Any, **kwargs: Any) -> Any:
            result = function(*args, **kwargs)
            steady.answer(moment)
            time.sleep(600)
            return result

        return then

    manager, name = {
        "claimed": (imports, "change_state"),
        "units": (imports, "units_of"),
        "revisions": (ValueRevision.objects, "bulk_create"),
        "cells": (imports, "_write"),
    }[moment]
    setattr(manager, name, stands_still(getattr(manager, name)))
    _commit(ImportBatch.objects.get(pk=pk))


def report() -> dict[str, Any]:
    acts: dict[str, dict[str, int]] = {}
    for verb, key in AuditEvent.objects.values_list("verb", "object_id"):
        acts.setdefault(verb, {}).setdefault(key, 0)
        acts[verb][key] += 1
    broken = audit.first_broken_link()
    return {
        "acts": acts,
        "states": dict(ValueRevision.objects.values_list("pk", "state")),
        "batches": dict(ImportBatch.objects.values_list("pk", "state")),
        "revisions_of": {
            pk: sorted(ImportBatch.objects.get(pk=pk).revisions.values_list("state", flat=True))
            for pk in ImportBatch.objects.values_list("pk", flat=True)
        },
        "units": Unit.objects.count(),
        "releases": sorted(Release.objects.values_list("edition_id", "number")),
        "sealed": Release.objects.filter(sealed_at__isnull=False).count(),
        "broken_link": None if broken is None else broken.number,
    }


def migrate() -> None:
    call_command("migrate", verbosity=0)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


if __name__ == "__main__":
    steady.serve({
        "migrate": migrate,
        "hire": hire,
        "field": make_field,
        "run": run,
        "commit_slowly": commit_slowly,
        "report": report,
    })  # fmt: skip
