"""What a matching came to: counts, and one row a subject, for people and spreadsheets."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from schools.matching.decisions import VERDICTS
from schools.matching.match import Match

_BY = ("identifier", "name", "alias")


def counts(matches: Sequence[Match]) -> dict[str, int]:
    """How many subjects were read, and how many of each answer, every answer named; those after `read` add up to it.

    sure_identifier, sure_name, sure_alias; decided_… for each verdict, the first when a subject has several (of
    different years); doubtful; unmatched.
    """
    found = Counter(_answer(match) for match in matches)
    names = (
        *(f"sure_{by}" for by in _BY),
        *(f"decided_{verdict}" for verdict in VERDICTS),
        "doubtful",
        "unmatched",
    )
    return {"read": len(matches)} | {name: found[name] for name in names}


def _answer(match: Match) -> str:
    if match.outcome == "sure":
        return f"sure_{match.by}"
    if match.outcome == "decided":
        return f"decided_{match.decisions[0].verdict}"
    return match.outcome


def head() -> tuple[str, ...]:
    """The names of the columns, in the reader's language."""
    return (
        _("jeu de données"), _("identifiants"), _("nom lu"), _("issue"), _("par"), _("école"), _("raisons"),
        _("propositions"),
    )  # fmt: skip


def rows(matches: Iterable[Match]) -> Iterator[tuple[str, ...]]:
    """One row a subject, in their order, under `head`. Several things in a cell are separated by a semicolon."""
    for match in matches:
        subject = match.subject
        yield (
            subject.dataset,
            " ; ".join(subject.keys),
            subject.name,
            outcome_words(match),
            by_words(match),
            match.unit.label if match.unit else "",
            " ; ".join(reason.words for reason in match.reasons),
            " ; ".join(
                f"{each.unit.label} ({each.score}) : {', '.join(reason.words for reason in each.reasons)}"
                for each in match.proposals
            ),
        )


def outcome_words(match: Match) -> str:
    """The answer in words, with the verdicts when it was decided."""
    if match.outcome == "sure":
        return _("sûr")
    if match.outcome == "doubtful":
        return _("douteux")
    if match.outcome == "unmatched":
        return _("sans rapprochement")
    return _("décidé : {verdicts}").format(verdicts=", ".join(_verdicts()[each.verdict] for each in match.decisions))


def by_words(match: Match) -> str:
    """What said so, in words; empty when nothing did."""
    words = {"identifier": _("identifiant"), "name": _("nom"), "alias": _("autre nom"), "decision": _("décision")}
    return words.get(match.by, "")


def _verdicts() -> dict[str, str]:
    return {
        "same": _("la même école"),
        "site": _("un de ses sites"),
        "component": _("une partie seulement de l’école"),
        "wider": _("un établissement plus large"),
        "predecessor": _("une école dont elle est issue"),
        "outside": _("hors du champ"),
        "unsaid": _("école non précisée par la source"),
    }
