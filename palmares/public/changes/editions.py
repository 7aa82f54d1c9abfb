"""An edition beside the one before it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from palmares.public.board import method_of
from palmares.public.changes.nodes import NodeWords, Rows
from palmares.public.changes.rows import indicator_changes, school_changes, year_changes
from palmares.public.changes.rules import common_points, missing_changes, score_changes
from palmares.public.changes.said import Change, Headline, Section, WeightRow, points_words
from rankings.method_changes import MethodChanges
from rankings.models import Release, ReleaseIndicator, ReleaseNode, ReleasePrint
from rankings.moves import Moves
from schools.typography import number


@dataclass
class Changes:
    """What changed since an earlier edition. Six queries: two methods, nodes and indicators, two lists of schools.

    `method` is None when either edition is known by its printed ranks alone. Words are in the language active when they
    are asked for, so that one object tells both.
    """

    release: Release
    earlier: Release

    @cached_property
    def moves(self) -> Moves:
        """The schools of both."""
        return Moves(self.release, self.earlier)

    @cached_property
    def method(self) -> MethodChanges | None:
        """The two methods, where both editions were computed here."""
        if self.release.archival or self.earlier.archival:
            return None
        return MethodChanges(method_of(self.earlier.method_text), method_of(self.release.method_text))

    @cached_property
    def earlier_print(self) -> ReleasePrint | None:
        """What the earlier edition was printed in, when its printed ranks are all that is held of it. One query."""
        return ReleasePrint.objects.filter(release=self.earlier).first() if self.earlier.archival else None

    @cached_property
    def _rows(self) -> tuple[Rows, Rows]:
        """The nodes and indicators of the earlier edition, then of this one. Two queries."""
        both = [self.earlier.pk, self.release.pk]
        nodes: dict[int, dict[str, ReleaseNode]] = {pk: {} for pk in both}
        indicators: dict[int, dict[str, ReleaseIndicator]] = {pk: {} for pk in both}
        for node in ReleaseNode.objects.filter(release__in=both).order_by("position"):
            nodes[node.release_id][node.key] = node
        for indicator in ReleaseIndicator.objects.filter(release__in=both).order_by("code"):
            indicators[indicator.release_id][indicator.code] = indicator
        before, after = (Rows(nodes[pk], indicators[pk]) for pk in both)
        return before, after

    @cached_property
    def _words(self) -> NodeWords | None:
        return NodeWords(self.method, *self._rows) if self.method else None

    @property
    def score(self) -> list[Change]:
        """The rules of the score."""
        return score_changes(self.method) if self.method else []

    @property
    def nodes(self) -> list[Change]:
        """Families and criteria."""
        return self._words.said if self._words else []

    @property
    def scales(self) -> list[Change]:
        """Scales: `text` is the criterion's title."""
        return self._words.scales if self._words else []

    @property
    def missing(self) -> list[Change]:
        """The rules for absences."""
        return missing_changes(self.method) if self.method else []

    @property
    def weights(self) -> list[WeightRow]:
        """Points and weights, of every node; nothing when all are the same."""
        rows = self._words.weights if self._words else []
        return [] if all(row.same for row in rows) else rows

    @property
    def indicators(self) -> list[Change]:
        """Indicators and their definitions."""
        return indicator_changes(*(rows.indicators for rows in self._rows)) if self.method else []

    @property
    def years(self) -> list[Change]:
        """The years that are read."""
        return year_changes(*(rows.indicators for rows in self._rows)) if self.method else []

    @property
    def schools(self) -> list[Change]:
        """The schools that came, left, or changed in name or in being ranked."""
        return school_changes(self.moves)

    @cached_property
    def same_method(self) -> bool:
        """Whether a value makes the same points, and points the same score, as in the earlier edition."""
        return self.method is not None and not (
            self.score or self.nodes or self.scales or self.missing or self.weights or self._redefined
        )

    @property
    def _redefined(self) -> list[Change]:
        return [change for change in self.indicators if change.kind == "redefined"]

    @property
    def sections(self) -> list[Section]:
        """What changed, part by part; a part in which nothing changed is left out."""
        found = (
            Section("change-score", _("Le score"), self.score),
            Section("change-criteres", _("Familles, critères et poids"), self.nodes, self.weights),
            Section("change-baremes", _("Les barèmes"), self.scales),
            Section("change-absences", _("Quand une valeur manque"), self.missing),
            Section("change-indicateurs", _("Les indicateurs et leurs années"), [*self.indicators, *self.years]),
            Section("change-ecoles", _("Les écoles"), self.schools),
        )
        return [section for section in found if section.changes or section.weights]

    @property
    def all(self) -> Iterator[tuple[str, Change]]:
        """Every change, with the part of the method or of the data it is of."""
        parts = ("score", "nodes", "scales", "missing", "indicators", "years", "schools")
        for part in parts:
            for change in getattr(self, part):
                yield part, change

    def headlines(self, most: int = 3) -> list[Headline]:
        """What is worth the front page, the weightiest first."""
        return [headline for headline in self._headlines() if headline][:most]

    def _headlines(self) -> Iterator[Headline | None]:
        year = self.earlier.year
        if self.method is None:
            text = _("Ses rangs sont repris de l’imprimé : sa méthode n’est pas connue ici.")
            yield Headline(str(year), _("Une édition d’archive"), text)
        elif self.same_method:
            text = _("Mêmes critères, mêmes poids, mêmes barèmes : les rangs se comparent d’une édition à l’autre.")
            yield Headline("=", _("La même méthode qu’en %(year)s") % {"year": year}, text)
        else:
            yield self._points_headline()
            yield self._nodes_headline("criterion_added")
            yield self._nodes_headline("bonus_added")
            yield self._nodes_headline("criterion_removed")
            yield self._nodes_headline("renamed")
        yield self._schools_headline()

    def _points_headline(self) -> Headline | None:
        found = common_points(self.method) if self.method else None
        if found is None:
            return None
        before, after = (points_words(points) for points in found)
        text = _("Les rangs de %(before)s et de %(after)s ne se comparent pas sans précaution.") % {
            "before": self.earlier.year,
            "after": self.release.year,
        }
        title = _("Chaque critère vaut %(points)s points") % {"points": after}
        return Headline(after, title, text, before)

    def _nodes_headline(self, kind: str) -> Headline | None:
        found = [change for change in self.nodes if change.kind == kind]
        if not found:
            return None
        titles = {
            "criterion_added": ngettext("Un critère de plus", "Des critères de plus", len(found)),
            "bonus_added": ngettext("Un bonus", "Des bonus", len(found)),
            "criterion_removed": ngettext("Un critère de moins", "Des critères de moins", len(found)),
            "renamed": ngettext("Un nouveau nom", "De nouveaux noms", len(found)),
        }
        return Headline(number(len(found), 0, get_language()), titles[kind], " ".join(c.text for c in found[:2]))

    def _schools_headline(self) -> Headline | None:
        count = self.release.unranked_count
        if not count:
            return None
        title = ngettext("École non classée", "Écoles non classées", count)
        text = _("Ce qu’on en sait ne suffit pas. Elles sont nommées, chacune avec sa raison.")
        return Headline(number(count, 0, get_language()), title, text)
