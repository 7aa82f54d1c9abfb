"""What the verifier's queue is narrowed to, in its address and in words."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy

from editorial.desks.pages import number_in
from schools.models import Anomaly, ImportBatch, Indicator, ValueState

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from schools.models import ValueRevision

# What the queue may be narrowed to, by its word in the address: the severity of an anomaly, and what it is called.
ANOMALIES = {
    "a-decider": ("blocking", gettext_lazy("à décider une à une")),
    "remarque": ("remark", gettext_lazy("avec une remarque")),
    "aucune": ("", gettext_lazy("sans anomalie")),
}


@dataclass(frozen=True)
class Narrowing:
    """What the queue is narrowed to by its address: an indicator, an import, a kind of anomaly, several or nothing."""

    indicator: int | None
    batch: int | None
    anomaly: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> "Narrowing":
        """Read from an address; nonsense narrows nothing."""
        anomaly = query.get("anomalie", "")
        known = anomaly if anomaly in ANOMALIES else ""
        return cls(number_in(query.get("indicateur")), number_in(query.get("import")), known)

    def apply(self, revisions: "QuerySet[ValueRevision]") -> "QuerySet[ValueRevision]":
        """Those of these revisions that it keeps."""
        if self.indicator:
            revisions = revisions.filter(indicator_id=self.indicator)
        if self.batch:
            revisions = revisions.filter(batch_id=self.batch)
        if self.anomaly:
            touching = Anomaly.objects.filter(revisions=OuterRef("pk"))
            if self.anomaly == "aucune":
                return revisions.filter(~Exists(touching))
            revisions = revisions.filter(Exists(touching.filter(severity=ANOMALIES[self.anomaly][0])))
        return revisions

    def query(self, **changes: int | str | None) -> str:
        """The query string that says it, with these changes."""
        wanted = {"indicateur": self.indicator, "import": self.batch, "anomalie": self.anomaly} | changes
        query = QueryDict(mutable=True)
        query.update({name: str(value) for name, value in wanted.items() if value})
        return f"?{query.urlencode()}" if query else ""


def choices() -> dict[str, object]:
    """The indicators and imports that have waiting values, with how many. Two queries."""
    waiting = Count("revisions", filter=Q(revisions__state=ValueState.PENDING))
    return {
        "anomalies": [(word, label) for word, (_severity, label) in ANOMALIES.items()],
        "indicators": Indicator.objects.annotate(n=waiting).filter(n__gt=0),
        "batches": ImportBatch.objects.select_related("source").annotate(n=waiting).filter(n__gt=0),
    }


def chips(narrowing: Narrowing) -> list[dict[str, str]]:
    home = reverse("desk:queue")
    found = []
    indicator = Indicator.objects.filter(pk=narrowing.indicator).first() if narrowing.indicator else None
    batch = ImportBatch.objects.select_related("source").filter(pk=narrowing.batch).first() if narrowing.batch else None
    if indicator:
        found.append({"label": indicator.label, "url": home + narrowing.query(indicateur=None)})
    if batch:
        found.append({"label": batch.source.file_name, "url": home + narrowing.query(**{"import": None})})
    if narrowing.anomaly:
        found.append({"label": str(ANOMALIES[narrowing.anomaly][1]), "url": home + narrowing.query(anomalie=None)})
    return found
