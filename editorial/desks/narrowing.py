"""What the verifier's queue is narrowed to, in its address and in words."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.desks.pages import number_in
from rankings.models import Edition
from rankings.waiting import blocks_an_edition, in_preparation
from schools.models import Anomaly, ImportBatch, Indicator, Source, Unit, ValueState

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from schools.models import ValueRevision

# What the queue may be narrowed to, by its word in the address: the severity of an anomaly, and what it is called.
ANOMALIES = {
    "a-decider": ("blocking", gettext_lazy("à décider une à une")),
    "remarque": ("remark", gettext_lazy("avec une remarque")),
    "aucune": ("", gettext_lazy("sans anomalie")),
}
# The words of the address, by what they narrow to.
WORDS = {
    "indicator": "indicateur",
    "source": "source",
    "batch": "import",
    "edition": "edition",
    "anomaly": "anomalie",
    "school": "ecole",
}
LONGEST_WORDS = 120


@dataclass(frozen=True)
class Narrowing:
    """What the queue is narrowed to by its address: each of these, several or nothing.

    `edition`: what blocks this one; `school`: words of a school's name.
    """

    indicator: int | None = None
    source: int | None = None
    batch: int | None = None
    edition: int | None = None
    anomaly: str = ""
    school: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> "Narrowing":
        """Read from an address; nonsense narrows nothing."""
        anomaly = query.get("anomalie", "")
        return cls(
            **{name: number_in(query.get(WORDS[name])) for name in ("indicator", "source", "batch", "edition")},
            anomaly=anomaly if anomaly in ANOMALIES else "",
            school=query.get("ecole", "").replace("\x00", "").strip()[:LONGEST_WORDS],
        )

    def __bool__(self) -> bool:
        return any(asdict(self).values())

    def apply(self, revisions: "QuerySet[ValueRevision]") -> "QuerySet[ValueRevision]":
        """Those of these revisions that it keeps."""
        plain = {"indicator_id": self.indicator, "source_id": self.source, "batch_id": self.batch}
        revisions = revisions.filter(**{lookup: pk for lookup, pk in plain.items() if pk})
        if self.edition:
            revisions = revisions.filter(blocks_an_edition(self.edition))
        if self.school:
            revisions = revisions.filter(unit__in=Unit.objects.matching(self.school).values("pk"))
        return self._by_anomaly(revisions) if self.anomaly else revisions

    def _by_anomaly(self, revisions: "QuerySet[ValueRevision]") -> "QuerySet[ValueRevision]":
        touching = Anomaly.objects.filter(revisions=OuterRef("pk"))
        if self.anomaly == "aucune":
            return revisions.filter(~Exists(touching))
        return revisions.filter(Exists(touching.filter(severity=ANOMALIES[self.anomaly][0])))

    def query(self, **changes: int | str | None) -> str:
        """The query string that says it, with these changes."""
        wanted = asdict(self) | changes
        query = QueryDict(mutable=True)
        query.update({WORDS.get(name, name): str(value) for name, value in wanted.items() if value})
        return f"?{query.urlencode()}" if query else ""


def choices() -> dict[str, Any]:
    """The indicators, sources and imports that have waiting values, with how many, and the editions. Four queries."""
    waiting = Count("revisions", filter=Q(revisions__state=ValueState.PENDING))
    return {
        "anomalies": [(word, label) for word, (_severity, label) in ANOMALIES.items()],
        "indicators": Indicator.objects.annotate(n=waiting).filter(n__gt=0),
        "sources": Source.objects.annotate(n=waiting).filter(n__gt=0),
        "batches": list(ImportBatch.objects.select_related("source").annotate(n=waiting).filter(n__gt=0)),
        "editions": in_preparation().select_related("ranking").order_by("ranking", "-year"),
    }


def chips(narrowing: Narrowing) -> list[dict[str, str]]:
    """What it is narrowed to, each as a link that removes it. One query for each."""
    asked: list[tuple[str, str]] = []
    if found := _named(Indicator.objects.all(), narrowing.indicator):
        asked.append(("indicator", found.label))
    if found := _named(Source.objects.all(), narrowing.source):
        asked.append(("source", found.title))
    if found := _named(ImportBatch.objects.select_related("source"), narrowing.batch):
        asked.append(("batch", found.source.file_name))
    if found := _named(Edition.objects.select_related("ranking"), narrowing.edition):
        asked.append(("edition", _("ce qui bloque « %(edition)s »") % {"edition": found}))
    if narrowing.anomaly:
        asked.append(("anomaly", str(ANOMALIES[narrowing.anomaly][1])))
    if narrowing.school:
        asked.append(("school", _("« %(words)s »") % {"words": narrowing.school}))
    home = reverse("desk:queue")
    return [{"label": label, "url": home + narrowing.query(**{name: None})} for name, label in asked]


def _named(rows: "QuerySet[Any]", pk: int | None) -> Any:
    return rows.filter(pk=pk).first() if pk else None
