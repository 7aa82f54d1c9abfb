"""Preparing an edition, computing it, signing it, sealing it with its instant, taking it back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from editorial import audit, rules
from editorial.actions._columns import columns_of, details_of, why_not_columns
from editorial.actions._moving import refuse
from editorial.exceptions import Refused, Stale
from editorial.models import User
from rankings.blocks import blocks
from rankings.compute import Computation, compute
from rankings.copies import Copy, release_fields
from rankings.engine import DatasetError, MethodError, parse_method
from rankings.models import (
    Edition,
    EditionIndicator,
    EditionUnit,
    MethodVersion,
    Ranking,
    Release,
    ReleaseIndicator,
    ReleaseNode,
    ReleasePoints,
    ReleasePrint,
    ReleaseSeries,
    ReleaseSetAside,
    ReleaseUnit,
    ReleaseValue,
    ReleaseWithdrawal,
)
from rankings.printed import Print, read_print
from rankings.seal import seal_digest
from schools.models import Indicator, Unit

# What keeps an edition from coming out at all, even to be looked at.
STOPPING = frozenset({"method", "columns", "perimeter", "places"})


@transaction.atomic
def open_ranking(*, by: User, at: datetime, slug: str, title_fr: str, title_en: str) -> Ranking:
    """Open a palmarès, to which editions will belong."""
    refuse(rules.why_not_change_edition(by))
    if Ranking.objects.filter(slug=slug).exists():
        raise Refused(_("L’adresse « %(slug)s » est déjà prise.") % {"slug": slug})
    ranking = Ranking.objects.create(slug=slug, title_fr=title_fr, title_en=title_en)
    audit.record(by=by, at=at, verb="ranking.open", on=ranking, details={"slug": slug})
    return ranking


@transaction.atomic
def file_method(*, by: User, at: datetime, ranking: Ranking, text: str) -> MethodVersion:
    """File a method under a ranking, as its canonical text; the same method twice is one version.

    Raises `MethodError` with every problem of the text, `Refused` when it uses indicators that do not exist.
    """
    refuse(rules.why_not_change_edition(by))
    method = parse_method(text)
    known = MethodVersion.objects.filter(ranking=ranking, digest=method.digest).first()
    if known:
        return known
    latest = {i.code: i for i in Indicator.objects.filter(code__in=method.indicators).order_by("version")}
    missing = sorted(set(method.indicators) - set(latest))
    if missing:
        raise Refused(_("La méthode emploie des indicateurs inconnus : %(codes)s.") % {"codes": ", ".join(missing)})
    last = MethodVersion.objects.filter(ranking=ranking).order_by("-number").first()
    version = MethodVersion.objects.create(
        ranking=ranking,
        number=last.number + 1 if last else 1,
        text=method.canonical_text,
        digest=method.digest,
        created_by=by,
        created_at=at,
    )
    version.indicators.set(latest.values())
    audit.record(by=by, at=at, verb="method.file", on=version, details={"digest": method.digest})
    return version


@dataclass(frozen=True)
class Texts:
    """What an edition says of itself: what it measures and does not, and for whom; nothing is published without."""

    purpose_fr: str = ""
    purpose_en: str = ""
    audience_fr: str = ""
    audience_en: str = ""


@transaction.atomic
def open_edition(
    *, by: User, at: datetime, ranking: Ranking, year: int, texts: Texts, archival: bool = False
) -> Edition:
    """Open one year of a ranking, empty. `archival`, said for good: its places will be those of a print."""
    refuse(rules.why_not_change_edition(by))
    if Edition.objects.filter(ranking=ranking, year=year).exists():
        raise Refused(_("L’édition %(year)s existe déjà.") % {"year": year})
    edition = Edition.objects.create(
        ranking=ranking, year=year, archival=archival, created_by=by, created_at=at, **vars(texts)
    )
    details = {"archival": True} if archival else {}
    audit.record(by=by, at=at, verb="edition.open", on=edition, details=details)
    return edition


@transaction.atomic
def write_texts(*, by: User, at: datetime, edition: Edition, seen_version: int, texts: Texts) -> None:
    """Change what an edition says of itself. What was published keeps its own copy."""
    refuse(rules.why_not_change_edition(by))
    before = {name: getattr(edition, name) for name in vars(texts)}
    change_edition(edition, seen_version, **vars(texts))
    audit.record(by=by, at=at, verb="edition.texts", on=edition, details={"before": before, "after": vars(texts)})
    edition.refresh_from_db()


@transaction.atomic
def choose_method(*, by: User, at: datetime, edition: Edition, seen_version: int, method: MethodVersion) -> None:
    """Give an edition its method, one of its own ranking's."""
    refuse(rules.why_not_prepare(by, edition))
    if method.ranking_id != edition.ranking_id:
        raise Refused(_("Cette méthode est celle d’un autre palmarès."))
    change_edition(edition, seen_version, method=method)
    audit.record(by=by, at=at, verb="edition.method", on=edition, details={"digest": method.digest})
    edition.refresh_from_db()


@transaction.atomic
def set_columns(
    *,
    by: User,
    at: datetime,
    edition: Edition,
    seen_version: int,
    years: Mapping[Indicator, int],
    carry_over: Mapping[Indicator, int] | None = None,
    context_from: Mapping[Indicator, int] | None = None,
) -> None:
    """Say in which year each indicator is read; replaces what was said before.

    `carry_over`: how many years back at most a unit's latest figure is taken where its year gives none; an indicator
    that is not there takes none. `context_from`: the first of the earlier years kept for the evolution. Either is left
    as it was for the indicators that stay when it is None.
    """
    refuse(rules.why_not_prepare(by, edition))
    columns = columns_of(edition, years, carry_over, context_from)
    refuse(why_not_columns(columns, carry_over, context_from))
    change_edition(edition, seen_version)
    edition.columns.all().delete()
    EditionIndicator.objects.bulk_create(columns)
    audit.record(by=by, at=at, verb="edition.columns", on=edition, details=details_of(columns))
    edition.refresh_from_db()


@dataclass(frozen=True)
class LeftOut:
    """A unit the newsroom does not rank, and the reason the public reads."""

    unit: Unit
    reason_fr: str
    reason_en: str


@transaction.atomic
def set_perimeter(
    *,
    by: User,
    at: datetime,
    edition: Edition,
    seen_version: int,
    units: Iterable[Unit],
    left_out: Iterable[LeftOut] = (),
) -> None:
    """Say which units an edition is about, and which it leaves out and why; replaces what was said before."""
    refuse(rules.why_not_prepare(by, edition))
    excluded = list(left_out)
    included = list(units)
    refuse(_why_not_perimeter(included, excluded))
    change_edition(edition, seen_version)
    edition.perimeter.all().delete()
    rows = [EditionUnit(edition=edition, unit=unit) for unit in included]
    rows += [
        EditionUnit(
            edition=edition,
            unit=item.unit,
            status=EditionUnit.Status.EXCLUDED,
            reason_fr=item.reason_fr,
            reason_en=item.reason_en,
        )
        for item in excluded
    ]
    EditionUnit.objects.bulk_create(rows)
    details = {"included": len(included), "left_out": {item.unit.slug: item.reason_fr for item in excluded}}
    audit.record(by=by, at=at, verb="edition.perimeter", on=edition, details=details)
    edition.refresh_from_db()


def _why_not_perimeter(included: list[Unit], excluded: list[LeftOut]) -> str | None:
    named = [*included, *(item.unit for item in excluded)]
    twice = sorted({unit.name for unit in named if named.count(unit) > 1})
    if twice:
        return _("Une école n’a qu’une place dans une édition : %(names)s.") % {"names": ", ".join(twice)}
    silent = [item.unit.name for item in excluded if not (item.reason_fr.strip() and item.reason_en.strip())]
    if silent:
        return _("Dites, en français et en anglais, pourquoi est laissée de côté : %(names)s.") % {
            "names": ", ".join(silent)
        }
    return None


def change_edition(edition: Edition, seen_version: int, **fields: object) -> None:
    """Make it the next version, with these columns; `Stale` when somebody else did since it was seen."""
    changed = Edition.objects.filter(pk=edition.pk, version=seen_version).update(version=seen_version + 1, **fields)
    if changed != 1:
        raise Stale(_("L’édition a changé depuis que vous l’avez ouverte : relisez-la."))


def computed(edition: Edition) -> Computation | Print:
    """The edition as it would come out now: computed, or as printed for an archive.

    Raises `Refused` with the block that keeps anything from coming out at all.
    """
    stopping = [block.sentence for block in blocks(edition) if block.code in STOPPING]
    if stopping:
        raise Refused(" ".join(stopping))
    if edition.archival:
        return read_print(edition)
    try:
        return compute(edition)
    except (MethodError, DatasetError) as error:
        raise Refused(_("Le calcul a échoué : %(error)s") % {"error": error}) from error


@transaction.atomic
def compute_release(*, by: User, at: datetime, edition: Edition, reason_fr: str = "", reason_en: str = "") -> Release:
    """Compute the edition and keep the result as its one unsealed release, in place of the one before; unsigned.

    An archive is not computed: its release holds the places of its print.
    From the second version on, a reason is due: the public reads why figures changed. The same data and method give
    the same digest.
    """
    refuse(rules.why_not_compute(by))
    _take_turns(edition)
    sealed = edition.releases.filter(sealed_at__isnull=False).order_by("-number").first()
    if sealed and not (reason_fr.strip() and reason_en.strip()):
        raise Refused(_("Une version corrige la précédente : dites pourquoi, en français et en anglais."))
    computation = computed(edition)
    _drop_unsealed(edition)
    try:
        release = Release.objects.create(
            edition=edition,
            number=sealed.number + 1 if sealed else 1,
            reason_fr=reason_fr.strip(),
            reason_en=reason_en.strip(),
            computed_by=by,
            computed_at=at,
            **(computation.release_fields() if isinstance(computation, Print) else release_fields(computation)),
        )
    except IntegrityError as error:  # Two people computed at once: one result is kept.
        raise Stale(_("Un autre calcul vient d’aboutir : relisez-le.")) from error
    if isinstance(computation, Print):
        computation.write(release)
    else:
        Copy(release, computation).write()
    details = {"digest": release.digest, "number": release.number, "ranked": release.ranked_count}
    audit.record(by=by, at=at, verb="release.compute", on=release, details=details)
    return release


def _take_turns(edition: Edition) -> None:
    """Hold the edition until the transaction ends: what replaces or seals its release does so one after the other.

    SQLite's transactions take turns by themselves, and Django locks no row there.
    """
    Edition.objects.select_for_update().get(pk=edition.pk)


def _drop_unsealed(edition: Edition) -> None:
    for model, path in (
        (ReleasePoints, "unit__release"),
        (ReleaseValue, "unit__release"),
        (ReleaseSeries, "unit__release"),
        (ReleaseSetAside, "unit__release"),
        (ReleaseUnit, "release"),
        (ReleaseNode, "release"),
        (ReleaseIndicator, "release"),
        (ReleasePrint, "release"),
    ):
        stale = model._default_manager.filter(**{f"{path}__edition": edition, f"{path}__sealed_at": None})
        stale._raw_delete(stale.db)
    unsealed = Release.objects.filter(edition=edition, sealed_at=None)
    unsealed._raw_delete(unsealed.db)


@transaction.atomic
def sign_release(*, by: User, at: datetime, release: Release, seen_digest: str) -> None:
    """Answer for a computation: it is complete, and nothing blocks. Another person will seal it.

    `seen_digest` is the digest of the computation the person looked at; `Stale` when it was computed again since.
    """
    refuse(rules.why_not_sign(by, release, blocks=len(blocks(release.edition))))
    signed = Release.objects.filter(pk=release.pk, digest=seen_digest, signed_at=None, sealed_at=None).update(
        signed_by=by, signed_at=at, seal_digest=seal_digest(release)
    )
    if signed != 1:
        raise Stale(_("Ce calcul a été refait ou signé depuis que vous l’avez ouvert : relisez-le."))
    audit.record(by=by, at=at, verb="release.sign", on=release, details={"digest": seen_digest})
    release.refresh_from_db()


@transaction.atomic
def seal_release(*, by: User, at: datetime, release: Release, seen_digest: str, publish_at: datetime) -> None:
    """Seal a signed release with the instant at which the public will read it; nothing in it changes after.

    The edition is computed again and its rows read again first: `Stale` when the base no longer gives the digest that
    was signed, or when a row is not what was signed. Refused to the person who signed. `publish_at` may be `at`: then
    it is published at once.
    """
    _take_turns(release.edition)
    found = rules.why_not_seal(by, release, blocks=len(blocks(release.edition)), publish_at=publish_at, at=at)
    refuse(found)
    if computed(release.edition).digest != seen_digest:
        raise Stale(_("Depuis ce calcul, des valeurs en vigueur ont changé : recalculez, relisez, signez."))
    as_signed = Release.objects.filter(
        pk=release.pk, digest=seen_digest, seal_digest=seal_digest(release), sealed_at=None, signed_at__isnull=False
    ).exclude(signed_by=by)
    if as_signed.update(sealed_by=by, sealed_at=at, publish_at=publish_at) != 1:
        raise Stale(_("Cette version a été refaite ou scellée depuis que vous l’avez ouverte : relisez-la."))
    details = {"digest": seen_digest, "publish_at": publish_at.isoformat()}
    audit.record(by=by, at=at, verb="release.seal", on=release, details=details)
    release.refresh_from_db()


@transaction.atomic
def withdraw_release(*, by: User, at: datetime, release: Release, reason_fr: str, reason_en: str) -> ReleaseWithdrawal:
    """Take a sealed release back, before its instant or after. The reason is public; the release itself stays whole."""
    refuse(rules.why_not_withdraw_release(by, release, reason=reason_fr))
    refuse(rules.why_not_withdraw_release(by, release, reason=reason_en))
    try:
        withdrawal = ReleaseWithdrawal.objects.create(
            release=release, by=by, at=at, reason_fr=reason_fr.strip(), reason_en=reason_en.strip()
        )
    except IntegrityError as error:
        raise Stale(_("Cette version vient d’être retirée par quelqu’un d’autre.")) from error
    audit.record(by=by, at=at, verb="release.withdraw", on=release, reason=reason_fr.strip())
    return withdrawal
