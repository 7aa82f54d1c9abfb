"""Telling the newsroom of an error: the school, the edition and the indicator, read from an address or put into one."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from palmares.public import shelf
from palmares.public.corrections.copies import PrintedValue
from rankings.models import Release, ReleaseIndicator, ReleaseUnit

# The parts of the address, in French as those of every page.
RANKING, YEAR, UNIT, INDICATOR = "palmares", "annee", "ecole", "indicateur"


def report_address(release: Release, unit: ReleaseUnit | None = None, indicator: ReleaseIndicator | None = None) -> str:
    """The page by which an error in this edition, school or figure is reported."""
    said = {RANKING: release.ranking_slug, YEAR: str(release.year)}
    said |= {UNIT: unit.slug} if unit else {}
    said |= {INDICATOR: indicator.code} if indicator else {}
    return f"{reverse('public:contact')}?{urlencode(said)}"


@dataclass(frozen=True)
class Report:
    """What an error is about, as far as the public can read it: what is not published is as if it were not asked."""

    release: Release | None = None
    unit: ReleaseUnit | None = None
    indicator: ReleaseIndicator | None = None
    published: str = ""

    @property
    def subject(self) -> str:
        """The subject of the message."""
        if self.release is None:
            return _("Erreur signalée")
        said = {"edition": f"{self.release.title} {self.release.year}", "school": self.unit.name if self.unit else ""}
        if self.unit is None:
            return _("Erreur signalée : %(edition)s") % said
        return _("Erreur signalée : %(school)s, %(edition)s") % said

    @property
    def body(self) -> str:
        """The message, with what is known of its subject and what the reader has to add."""
        lines = []
        if self.release:
            version = _("version %(number)s") % {"number": self.release.number}
            lines.append((_("Édition"), f"{self.release.title} {self.release.year}, {version}"))
        if self.unit:
            lines.append((_("École"), self.unit.name))
        if self.indicator:
            lines.append((_("Indicateur"), self.indicator.label))
            lines.append((_("Ce que le site publie"), self.published or _("aucune valeur")))
        asked = [] if self.unit else [_("École")]
        asked += [] if self.indicator else [_("Indicateur")]
        asked += [_("Ce que dit votre document"), _("Document, page ou cellule, date")]
        lines += [(name, "") for name in asked]
        colon = _(" : ")
        return "\n".join(f"{name}{colon}{said}".rstrip() for name, said in lines)

    def mailto(self, address: str) -> str:
        """The address that opens the message in the reader's own mail."""
        return f"mailto:{quote(address, safe='@')}?subject={quote(self.subject)}&body={quote(self.body)}"


def report_of(query: QueryDict, at: datetime) -> Report:
    """What the address says an error is about. Three queries at most, none without an edition."""
    ranking, year = query.get(RANKING, "")[:80], query.get(YEAR, "")
    if not (ranking and year.isascii() and year.isdigit() and len(year) == 4):
        return Report()
    release = shelf.edition(ranking.replace("\0", ""), int(year), at)
    if release is None:
        return Report()
    unit = release.units.filter(slug=_plain(query, UNIT)).first()
    if unit is None:
        return Report(release)
    indicator = release.indicators.filter(code=_plain(query, INDICATOR)).first()
    return Report(release, unit, indicator, _published(unit, indicator) if indicator else "")


def _plain(query: QueryDict, name: str) -> str:
    return query.get(name, "")[:120].replace("\0", "")


def _published(unit: ReleaseUnit, indicator: ReleaseIndicator) -> str:
    value = unit.values.filter(indicator=indicator).first()
    if value is None:
        return ""
    printed = PrintedValue(value.figure, value.kind, value.withheld, value.own_year, value.source_sha256)
    return printed.words(indicator)
