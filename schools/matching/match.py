"""The answer for every subject of a source: sure, decided, doubtful or unmatched."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from schools.importing.mapping_keys import MappingProblem
from schools.matching.decisions import Decision, DecisionsRefused
from schools.matching.known import Known, KnownUnit
from schools.matching.likeness import NEAR, Likeness
from schools.matching.linking import Link, Linker
from schools.matching.reasons import Proposal, Reason, because
from schools.matching.ruling import Ruling, rule
from schools.matching.subjects import Subject

Outcome = Literal["sure", "decided", "doubtful", "unmatched"]
By = Literal["identifier", "name", "alias", "decision", ""]


@dataclass(frozen=True, slots=True)
class Match:
    """What a subject of a source is to us.

    unit: the school when it is sure; when decided, the one school the decisions name, if they name one. by: what said
    so. reasons: why; of a decided one, what was decided, then what made it a question. decisions: those that hold for
    it, of one verdict unless they are of different years. proposals: for a person.
    """

    subject: Subject
    outcome: Outcome
    unit: KnownUnit | None = None
    by: By = ""
    reasons: tuple[Reason, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    decisions: tuple[Decision, ...] = ()


def match(subjects: Sequence[Subject], known: Known, decisions: Sequence[Decision]) -> tuple[Match, ...]:
    """One answer a subject, in their order; the order changes no answer.

    A number valid in the subject's years comes first, then an exact name, then another name; what people decided comes
    before all. Raises DecisionsRefused, with every problem, for a decision of one of these sources that names an
    unknown school, a key or name that no subject has in its years, what another decision contradicts, or what a sure
    identifier contradicts without saying so.
    """
    likeness = Likeness(known)
    linker = Linker(subjects, known, likeness)
    links = {subject.identity: linker.link(subject) for subject in subjects}
    ruling = rule(subjects, known, decisions, links)
    if ruling.problems:
        raise DecisionsRefused(_once(ruling.problems))
    links = _one_key_each(subjects, links, ruling)
    return tuple(_answer(subject, links[subject.identity], ruling, likeness) for subject in subjects)


def _answer(subject: Subject, link: Link, ruling: Ruling, likeness: Likeness) -> Match:
    decided = ruling.decided.get(subject.identity, ())
    open_years = ruling.open_years(subject)
    if decided and not open_years:
        said = tuple(because("decision", reason=decision.reason) for decision in decided)
        led = _led_by(link, likeness.proposals(subject))
        # What made it a question stays told beside the answer.
        return Match(subject, "decided", ruling.unit_of(decided), "decision", (*said, *link.obstacles), led, decided)
    obstacles = link.obstacles
    if decided:
        obstacles = (because("partly_decided", years=", ".join(map(str, open_years))), *obstacles)
    if link.unit is not None and not obstacles:
        return Match(subject, "sure", link.unit, link.by, link.reasons)  # type: ignore[arg-type]
    proposals = likeness.proposals(subject)
    if obstacles:
        return Match(subject, "doubtful", None, "", (*obstacles, *link.reasons), _led_by(link, proposals))
    near = bool(proposals) and proposals[0].score >= NEAR and not subject.wider
    return Match(subject, "doubtful" if near else "unmatched", proposals=proposals)


def _led_by(link: Link, proposals: tuple[Proposal, ...]) -> tuple[Proposal, ...]:
    """The proposals, the school of the link first."""
    if link.unit is None:
        return proposals
    others = tuple(each for each in proposals if each.unit.id != link.unit.id)
    return (Proposal(link.unit, 99, link.reasons), *others)[:3]


def _one_key_each(
    subjects: Sequence[Subject], links: dict[tuple[str, str, tuple[str, ...], str], Link], ruling: Ruling
) -> dict[tuple[str, str, tuple[str, ...], str], Link]:
    """The links, where a name alone gives a school no second key of one source: a site and a homonym look the same."""
    claims: dict[tuple[str, int], list[Subject]] = {}
    for subject in subjects:
        for unit in ruling.same_as(subject) or _surely(links[subject.identity]):
            claims.setdefault((subject.dataset, unit.id), []).append(subject)
    kept = dict(links)
    for subject in subjects:
        link = links[subject.identity]
        if not link.is_sure or link.by == "identifier" or link.unit is None:
            continue
        others = sorted(
            key
            for each in claims.get((subject.dataset, link.unit.id), [])
            if each.identity != subject.identity
            for key in each.keys
        )
        if others:
            doubt = because("several_keys", keys=", ".join(others))
            kept[subject.identity] = replace(link, obstacles=(*link.obstacles, doubt))
    return kept


def _surely(link: Link) -> tuple[KnownUnit, ...]:
    return (link.unit,) if link.is_sure and link.unit else ()


def _once(problems: Sequence[MappingProblem]) -> tuple[MappingProblem, ...]:
    return tuple(dict.fromkeys(problems))
