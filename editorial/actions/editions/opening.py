"""Opening a palmarès, filing its methods, opening its editions."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from editorial import audit, rules
from editorial.actions._moving import refuse
from editorial.exceptions import Refused
from editorial.models import User
from rankings.engine import parse_method
from rankings.models import Edition, MethodVersion, Ranking
from schools.models import Indicator


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
