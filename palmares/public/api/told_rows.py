"""Changes and facts as the API tells them: the same row in French and in English."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import override

from palmares.public.api.told_shapes import PARTS
from palmares.public.changes import Change, Changes
from rankings.facts import LANGUAGES, Fact
from schools.typography import typeset

# Part, kind, subject, and which one of those that share them.
type Key = tuple[str, str, str, int]


def told_changes(changes: Changes) -> list[dict[str, Any]]:
    """Every change in both languages, part by part; a name may have changed in one of them alone."""
    said = {language: _said(changes, language) for language in LANGUAGES}
    keys = dict.fromkeys(key for told in said.values() for key in told)
    return [_row(key, said) for key in sorted(keys, key=lambda key: PARTS.index(key[0]))]


def _said(changes: Changes, language: str) -> dict[Key, Change]:
    met: Counter[tuple[str, str, str]] = Counter()
    found = {}
    with override(language):
        for part, change in [*changes.all, *_weights(changes)]:
            shared = (part, change.kind, change.subject)
            found[*shared, met[shared]] = change
            met[shared] += 1
    return found


def _weights(changes: Changes) -> Iterator[tuple[str, Change]]:
    """What each node is out of, and its share of the score, where they are not what they were."""
    for row in changes.weights:
        for kind, before, after in (
            ("node_out_of", row.out_of_before, row.out_of),
            ("node_percent", row.percent_before, row.percent),
        ):
            if before != after:
                yield "weights", Change(kind, row.key, row.title, _exact(before), _exact(after))


def _exact(figure: Decimal | None) -> str:
    return "" if figure is None else format(figure, "f")


def _row(key: Key, said: dict[str, dict[Key, Change]]) -> dict[str, Any]:
    part, kind, subject, _nth = key
    row = {"part": part, "kind": kind, "subject": subject}
    for name in ("text", "before", "after"):
        for language in LANGUAGES:
            change = said[language].get(key)
            row[f"{name}_{language}"] = typeset(getattr(change, name), language) if change else ""
    return row


def told_fact(fact: Fact) -> dict[str, Any]:
    """A fact, whether it can be said or not."""
    row: dict[str, Any] = {
        "token": fact.token,
        "kind": fact.kind,
        "unit": fact.unit_slug,
        "standing": fact.standing.value,
        "distinction": fact.distinction,
    }
    for language in LANGUAGES:
        row[f"figure_{language}"] = fact.words[language].figure
        row[f"text_{language}"] = fact.sentence(language) if fact.known else ""
        for name in ("definition", "denominator", "note", "reason"):
            row[f"{name}_{language}"] = getattr(fact, name)(language)
    return row | {"editions": [{"year": one.year, "number": one.number} for one in fact.editions]}
