"""What an act of the trail did, in words: from what to what, by which import, and what else it keeps of it.

An act keeps what it was written with, in the shape of its time: what cannot be read of an old one is left out here,
and stays whole in the file.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from editorial.desks.columns_in_words import column_words, text_words
from editorial.models import AuditEvent
from editorial.roles import LABELS
from schools.models import Kind, Verdict, VerifiedMeaning
from schools.typography import instant_words, number

type Said = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """One thing that was said and is said otherwise; `before` is empty where nothing was."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """An act in words. `batch`: the number of the import it belongs to, if any."""

    changes: tuple[Change, ...]
    notes: tuple[str, ...]
    batch: int | None


type Part = Change | str
type Teller = Callable[[str, Said], Iterator[Part]]

# The counts of an import that are worth a word, when they are not nought.
COUNTS: dict[str, str | Promise] = {
    "new": gettext_lazy("nouvelles"),
    "changed": gettext_lazy("modifiées"),
    "unchanged": gettext_lazy("inchangées"),
    "conflict": gettext_lazy("en conflit"),
    "refused": gettext_lazy("cellules refusées"),
    "suspicious": gettext_lazy("à confirmer"),
    "unknown_units": gettext_lazy("écoles inconnues"),
}
MOST_CELLS = 8


def told(event: AuditEvent) -> Told:
    """What this act did."""
    said = details_of(event)
    parts = [*_TELLERS.get(event.verb, _nothing)(event.object_type, said), *_common(said)]
    changes = tuple(part for part in parts if isinstance(part, Change))
    batch = event.object_id if event.object_type == "schools.importbatch" else said.get("import")
    notes = tuple(part for part in parts if isinstance(part, str))
    return Told(changes, notes, int(batch) if batch else None)


def details_of(event: AuditEvent) -> dict[str, Any]:
    """What the act keeps of itself; nothing when it is not in a shape of ours."""
    said = json.loads(event.details)
    return said if isinstance(said, dict) else {}


def _common(said: Said) -> Iterator[Part]:
    if said.get("publish_at"):
        instant = instant_words(datetime.fromisoformat(said["publish_at"]), get_language())
        yield _("pour le %(instant)s") % {"instant": instant}
    if said.get("digest"):
        yield _("empreinte %(digest)s…") % {"digest": str(said["digest"])[:12]}


def _nothing(kind: str, said: Said) -> Iterator[Part]:
    yield from ()


def _figure(said: Said) -> str:
    """The figure, or why there is none."""
    figure = said.get("value")
    if figure is not None:
        return number(str(figure), None, get_language())
    return str(dict(Kind.choices).get(said.get("kind", ""), ""))


def _value(kind: str, said: Said) -> Iterator[Part]:
    before = said.get("before")
    if isinstance(before, dict):
        yield Change(_("valeur"), _figure(before), _figure(said))
    elif figure := _figure(said):
        yield _("valeur %(figure)s") % {"figure": figure}
    if meaning := dict(VerifiedMeaning.choices).get(said.get("meaning", "")):
        yield str(meaning)
    if said.get("supersedes"):
        yield _("remplace la valeur n° %(number)s") % {"number": said["supersedes"]}


def _between(kind: str, said: Said) -> Iterator[Part]:
    """Columns before and after, by their names."""
    before, after = said.get("before"), said.get("after")
    if isinstance(before, dict) and isinstance(after, dict):
        for name in after:
            if before.get(name) != after[name]:
                yield _change(kind, name, before.get(name), after[name])


def _pairs(kind: str, said: Said) -> Iterator[Part]:
    """Each column with what it was and what it is."""
    for name, pair in said.items():
        if isinstance(pair, list) and len(pair) == 2:
            yield _change(kind, name, *pair)


def _given(kind: str, said: Said) -> Iterator[Part]:
    """Columns that were empty and are filled."""
    for name, value in said.items():
        if value not in (None, ""):
            yield _change(kind, name, None, value)


def _change(kind: str, name: str, before: Any, after: Any) -> Change:
    return Change(column_words(kind, name), text_words(kind, name, before), text_words(kind, name, after))


def _method(kind: str, said: Said) -> Iterator[Part]:
    if said.get("before"):
        yield Change(_("méthode"), f"{said['before'][:12]}…", f"{said['digest'][:12]}…")


def _columns(kind: str, said: Said) -> Iterator[Part]:
    """The year of each indicator, then how far back and since when, before and after."""
    before = said.get("before")
    old = before if isinstance(before, dict) else {}
    years = {name for name in {*old, *said} if isinstance(said.get(name, old.get(name)), int)}
    yield from _differences("%s", {n: old.get(n) for n in years}, {n: said.get(n) for n in years})
    for key, label in (
        ("carry_over_years", _("reprise de %s")),
        ("context_from_year", _("évolution de %s")),
    ):
        yield from _differences(label, old.get(key, {}), said.get(key, {}))


def _differences(label: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Part]:
    for name in sorted({*old, *new}):
        before, after = old.get(name), new.get(name)
        if before != after:
            yield Change(label % name, _or_none(before), _or_none(after) or _("aucune"))


def _or_none(value: Any) -> str:
    return "" if value is None else str(value)


def _perimeter(kind: str, said: Said) -> Iterator[Part]:
    before: Said = said.get("before") or {}
    old, new = before.get("left_out", {}), said.get("left_out", {})
    count = said.get("included")
    if before.get("included") != count:
        yield Change(_("écoles dans le champ"), _or_none(before.get("included")), _or_none(count))
    for slug in sorted({*old, *new}):
        if old.get(slug) != new.get(slug):
            label = _("%(school)s, laissée de côté") % {"school": slug}
            yield Change(label, old.get(slug, ""), new.get(slug) or _("ne l’est plus"))


def _places(kind: str, said: Said) -> Iterator[Part]:
    yield ngettext("%(count)s place", "%(count)s places", said.get("places", 0)) % {"count": said.get("places", 0)}
    yield from _given(kind="rankings.editionprint", said={n: said[n] for n in ("ranked_count", "out_of") if n in said})


def _aside(kind: str, said: Said) -> Iterator[Part]:
    values = said.get("values") or [said.get("value")]
    if len(values) == 1:
        yield _("valeur n° %(number)s") % {"number": values[0]}
    else:
        yield ngettext("%(count)s valeur", "%(count)s valeurs", len(values)) % {"count": len(values)}


def _computed(kind: str, said: Said) -> Iterator[Part]:
    ranked = said.get("ranked", 0)
    yield ngettext("%(count)s école classée", "%(count)s écoles classées", ranked) % {"count": ranked}


def _import(kind: str, said: Said) -> Iterator[Part]:
    counts = said.get("counts")
    for name, label in COUNTS.items():
        if isinstance(counts, dict) and counts.get(name):
            yield _("%(label)s : %(count)s") % {"label": label, "count": counts[name]}
    cells = said.get("left_out")
    if cells:
        named = ", ".join(cells[:MOST_CELLS]) + ("…" if len(cells) > MOST_CELLS else "")
        yield _("cellules laissées de côté : %(cells)s") % {"cells": named}
    for key, label in (("approved", _("approuvées")), ("superseded", _("remplacées")), ("values", _("valeurs"))):
        if said.get(key):
            yield _("%(label)s : %(count)s") % {"label": label, "count": said[key]}


def _checked(kind: str, said: Said) -> Iterator[Part]:
    found = sum(said.get("anomalies", {}).values())
    yield ngettext("%(count)s anomalie", "%(count)s anomalies", found) % {"count": found}


def _decided(kind: str, said: Said) -> Iterator[Part]:
    before = "; ".join(_verdict(each) for each in said.get("before", []))
    yield Change(_("verdict"), before, _verdict(said.get("said", {})))


def _verdict(said: Said) -> str:
    verdict = str(dict(Verdict.choices).get(said.get("verdict", ""), ""))
    return ", ".join(part for part in (verdict, said.get("unit", ""), said.get("from", ""), said.get("to", "")) if part)


def _attached(kind: str, said: Said) -> Iterator[Part]:
    for key, label in (("identifiers", _("identifiants")), ("aliases", _("noms")), ("cut", _("clos"))):
        if said.get(key):
            yield _("%(label)s : %(count)s") % {"label": label, "count": "; ".join(said[key])}


def _account(kind: str, said: Said) -> Iterator[Part]:
    roles = ", ".join(str(LABELS.get(role, role)) for role in said.get("roles", []))
    yield _("rôles : %(roles)s") % {"roles": roles or _("aucun")}
    if said.get("active") is False:
        yield _("compte désactivé")


_TELLERS: Mapping[str, Teller] = {
    **dict.fromkeys(("value.enter", "value.approve", "value.reject", "value.withdraw"), _value),
    **dict.fromkeys(("edition.texts", "edition.print", "article.edit", "correction.edit"), _between),
    **dict.fromkeys(("reference.add", "reference.change"), _pairs),
    **dict.fromkeys(("indicator.define", "source.cite", "unit.place", "ranking.open"), _given),
    **dict.fromkeys(("import.open", "import.commit", "import.approve_equal", "import.withdraw"), _import),
    **dict.fromkeys(("edition.set_aside", "edition.take_back"), _aside),
    **dict.fromkeys(("account.add", "account.change"), _account),
    "import.check": _checked,
    "match.decide": _decided,
    "match.attach": _attached,
    "edition.method": _method,
    "edition.columns": _columns,
    "edition.perimeter": _perimeter,
    "edition.places": _places,
    "release.compute": _computed,
}
