"""Saying which of our schools a source speaks of: numbers and names are given to schools, decisions are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from editorial import audit, rules
from editorial.actions._attaching import Changes, Ledger
from editorial.actions._moving import refuse
from editorial.exceptions import Refused, Stale
from editorial.models import User
from schools.matching import Decision, DecisionFile, Match
from schools.matching.decisions import NAME
from schools.models import MatchDecision, Unit
from schools.naming import search_key

_LONGEST_NAME = 200


class Undecided(Refused):
    """Some subjects are doubtful and nobody decided; `matches` are they, with their reasons. Nothing was written."""

    def __init__(self, matches: Sequence[Match]) -> None:
        names = " ; ".join(f"« {match.subject.name} »" for match in matches[:5])
        if len(matches) > 5:
            names += " ; …"
        super().__init__(
            _("%(count)s établissement(s) restent douteux, dont %(names)s : décidez-en, ou laissez-les de côté.")
            % {"count": len(matches), "names": names}
        )
        self.matches = tuple(matches)


@dataclass(frozen=True)
class Applied:
    """What was written: how many numbers and names were given or cut, and decisions kept.

    left_alone: numbers and names that were not given, each after its school's name, because another holds them.
    left_undecided: the doubtful subjects of which nothing was recorded.
    """

    identifiers: int
    aliases: int
    cut: int
    decisions: int
    left_alone: tuple[str, ...]
    left_undecided: tuple[Match, ...]

    @property
    def wrote(self) -> bool:
        """Whether anything changed."""
        return bool(self.identifiers or self.aliases or self.cut or self.decisions)


@transaction.atomic
def apply_matches(
    *,
    by: User,
    at: datetime,
    dataset: str,
    matches: Sequence[Match],
    file: DecisionFile | None = None,
    leave_undecided: bool = False,
) -> Applied:
    """Give their numbers and names to the schools that are sure or decided, and keep every decision; all, or nothing.

    `file` is where the decisions were written, for the trail. Raises `Undecided` with every doubtful subject, unless
    told to leave them: then they are recorded nowhere, and reported. What is unmatched is left as it is. The same
    matches twice write nothing more. Released figures have their own names: nothing here touches them.
    """
    refuse(rules.why_not_match(by))
    if any(match.subject.dataset != dataset for match in matches):
        raise ValueError(f"these matches are not all of {dataset}")
    doubtful = [match for match in matches if match.outcome == "doubtful"]
    if doubtful and not leave_undecided:
        raise Undecided(doubtful)
    ordered = sorted(matches, key=lambda match: match.subject.identity)
    try:
        return _Application(by, at, dataset, file, ordered).run(tuple(doubtful))
    except IntegrityError as error:  # Somebody gave one of these numbers or names in the same second.
        raise Stale(_("La base a changé pendant le rapprochement : recommencez, rien n’a été enregistré.")) from error


class _Application:
    """One application of the matches of one source."""

    def __init__(
        self, by: User, at: datetime, dataset: str, file: DecisionFile | None, matches: Sequence[Match]
    ) -> None:
        self.by, self.at, self.dataset, self.file, self.matches = by, at, dataset, file, matches
        self.ledger = Ledger()
        self.kept = list(MatchDecision.objects.of(dataset))
        self.changes: list[Changes] = []
        self.decisions = 0
        self.listed = {value for match in matches for decision in match.decisions for value in decision.lookups}

    def run(self, left: tuple[Match, ...]) -> Applied:
        """Decisions first: what they leave out is then given to nobody."""
        for match in self.matches:
            for decision in match.decisions if match.outcome == "decided" else ():
                self._decide(match, decision)
        for match in self.matches:
            if match.outcome == "sure":
                self._attach(match)
        return Applied(
            identifiers=sum(len(each.identifiers) for each in self.changes),
            aliases=sum(len(each.aliases) for each in self.changes),
            cut=sum(len(each.cut) for each in self.changes),
            decisions=self.decisions,
            left_alone=tuple(text for each in self.changes for text in each.left_alone),
            left_undecided=left,
        )

    def _attach(self, match: Match) -> None:
        unit, subject, changes = self._unit(match.unit.id if match.unit else 0), match.subject, Changes()
        for key in subject.keys:
            self.ledger.add(unit, subject.scheme, key, changes)
        for scheme, value in subject.numbers:
            self.ledger.add(unit, scheme, value, changes)
        self.ledger.call(unit, subject, (None, None), changes)
        self._note(match, unit, changes, reason="")

    def _decide(self, match: Match, decision: Decision) -> None:
        subject, changes = match.subject, Changes()
        ref = decision.unit
        unit = self._unit(self.ledger.known_by.get((ref.scheme, ref.value), 0)) if ref else None
        # Of a cell, the keys that the decision lists, and those that none lists.
        keys = [key for key in subject.keys if key in decision.lookups or key not in self.listed]
        for key in keys:
            if decision.counts and unit:
                self.ledger.give(unit, subject.scheme, key, decision.span, changes)
            else:
                # The school keeps the number if it bears it: the decision leaves out the rows of this source alone.
                self.ledger.left_out.add((subject.scheme, key))
        if decision.counts and unit:
            for scheme, value in subject.numbers:
                self.ledger.add(unit, scheme, value, changes)
            self.ledger.call(unit, subject, decision.span, changes)
        for scheme, value in [(subject.scheme, key) for key in keys] or [(NAME, search_key(subject.name))]:
            self._keep(match, decision, unit, scheme, value)
        self._note(match, unit, changes, reason=decision.reason)

    def _unit(self, pk: int) -> Unit:
        unit = self.ledger.units.get(pk)
        if unit is None:
            raise Stale(_("La base a changé pendant le rapprochement : recommencez, rien n’a été enregistré."))
        return unit

    def _keep(self, match: Match, decision: Decision, unit: Unit | None, scheme: str, value: str) -> None:
        """One row of what was decided; what was decided before of the same days gives way."""
        said: dict[str, Any] = {
            "name_read": match.subject.name[:_LONGEST_NAME],
            "verdict": decision.verdict,
            "unit": unit,
            "valid_from": decision.span[0],
            "valid_to": decision.span[1],
            "reason": decision.reason,
        }
        earlier = [row for row in self.kept if (row.scheme, row.value) == (scheme, value) and _meets(row, decision)]
        if len(earlier) == 1 and all(getattr(earlier[0], name) == each for name, each in said.items()):
            return
        before = [_summary(row) for row in earlier]
        for row in earlier:
            self.kept.remove(row)
            row.delete()
        row = MatchDecision.objects.create(
            dataset=self.dataset, scheme=scheme, value=value, decided_by=self.by, decided_at=self.at, **said
        )
        self.kept.append(row)
        self.decisions += 1
        details = {"dataset": self.dataset, "said": _summary(row), "before": before, **self._written}
        audit.record(
            by=self.by,
            at=self.at,
            verb="match.decide",
            on=row,
            label=match.subject.name,
            reason=decision.reason,
            details=details,
        )

    def _note(self, match: Match, unit: Unit | None, changes: Changes, *, reason: str) -> None:
        changes.left_alone[:] = [f"{unit.name if unit else match.subject.name} : {each}" for each in changes.left_alone]
        self.changes.append(changes)
        if not changes or unit is None:
            return
        subject = match.subject
        details = {"dataset": self.dataset, "keys": list(subject.keys), "by": match.by, **changes.details}
        audit.record(
            by=self.by, at=self.at, verb="match.attach", on=unit, label=subject.name, reason=reason, details=details
        )

    @cached_property
    def _written(self) -> dict[str, str]:
        """Where the decisions were written, and by whom as the file says."""
        if self.file is None:
            return {}
        return {"file": self.file.title, "decided_by": self.file.decided_by, "digest": self.file.digest}


def _meets(row: MatchDecision, decision: Decision) -> bool:
    first, last = decision.span
    return (first is None or row.valid_to is None or first <= row.valid_to) and (
        last is None or row.valid_from is None or row.valid_from <= last
    )


def _summary(row: MatchDecision) -> dict[str, str]:
    return {
        "verdict": row.verdict,
        "unit": row.unit.name if row.unit else "",
        "from": f"{row.valid_from:%Y-%m-%d}" if row.valid_from else "",
        "to": f"{row.valid_to:%Y-%m-%d}" if row.valid_to else "",
        "reason": row.reason,
    }
