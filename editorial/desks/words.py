"""The words of the trail: its verbs, its kinds of things, and the lines of a history."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from editorial.desks.acts import Told, told
from editorial.models import AuditEvent
from editorial.stories import WORDS

VERBS: dict[str, str | Promise] = {
    "source.cite": gettext_lazy("a cité une source"),
    "indicator.define": gettext_lazy("a défini un indicateur"),
    "reference.add": gettext_lazy("a ajouté une référence"),
    "reference.change": gettext_lazy("a changé une référence"),
    "import.open": gettext_lazy("a ouvert un import"),
    "import.commit": gettext_lazy("a enregistré un import"),
    "import.check": gettext_lazy("a contrôlé un import"),
    "import.approve_equal": gettext_lazy("a approuvé ce qui est égal à la source"),
    "import.discard": gettext_lazy("a abandonné un import"),
    "import.withdraw": gettext_lazy("a retiré un import"),
    "match.decide": gettext_lazy("a décidé d’un rapprochement"),
    "match.attach": gettext_lazy("a rattaché des identifiants et des noms"),
    "unit.place": gettext_lazy("a situé une école d’après un répertoire"),
    "value.enter": gettext_lazy("a entré une valeur"),
    "value.approve": gettext_lazy("a approuvé une valeur"),
    "value.reject": gettext_lazy("a rejeté une valeur"),
    "value.withdraw": gettext_lazy("a retiré sa valeur"),
    "ranking.open": gettext_lazy("a ouvert un palmarès"),
    "method.file": gettext_lazy("a déposé une méthode"),
    "edition.open": gettext_lazy("a ouvert une édition"),
    "edition.texts": gettext_lazy("a écrit les textes d’une édition"),
    "edition.method": gettext_lazy("a choisi la méthode d’une édition"),
    "edition.columns": gettext_lazy("a choisi les années d’une édition"),
    "edition.perimeter": gettext_lazy("a choisi les écoles d’une édition"),
    "edition.places": gettext_lazy("a entré les places d’un imprimé"),
    "edition.print": gettext_lazy("a décrit l’imprimé d’une édition"),
    "edition.set_aside": gettext_lazy("a mis des valeurs de côté"),
    "edition.take_back": gettext_lazy("a repris une valeur mise de côté"),
    "release.compute": gettext_lazy("a calculé une édition"),
    "release.sign": gettext_lazy("a signé un calcul"),
    "release.seal": gettext_lazy("a scellé une version"),
    "release.withdraw": gettext_lazy("a retiré une version"),
    "article.write": gettext_lazy("a commencé un article"),
    "article.edit": gettext_lazy("a repris un article"),
    "article.submit": gettext_lazy("a demandé une relecture"),
    "article.send_back": gettext_lazy("a renvoyé un article"),
    "article.approve": gettext_lazy("a approuvé un article"),
    "article.withdraw": gettext_lazy("a retiré un article"),
    "account.add": gettext_lazy("a ouvert un compte"),
    "account.change": gettext_lazy("a changé un compte"),
    "correction.propose": gettext_lazy("a proposé la correction d’un article"),
    "correction.edit": gettext_lazy("a repris la correction d’un article"),
    "correction.submit": gettext_lazy("a demandé la relecture d’une correction"),
    "correction.send_back": gettext_lazy("a renvoyé la correction d’un article"),
    "correction.approve": gettext_lazy("a publié la correction d’un article"),
    "correction.abandon": gettext_lazy("a abandonné la correction d’un article"),
}
OBJECTS: dict[str, str | Promise] = {
    "schools.source": gettext_lazy("source"),
    "schools.indicator": gettext_lazy("indicateur"),
    "schools.importbatch": gettext_lazy("import"),
    "schools.unit": gettext_lazy("école"),
    "schools.unitidentifier": gettext_lazy("identifiant d’une école"),
    "schools.unitalias": gettext_lazy("autre nom d’une école"),
    "schools.matchdecision": gettext_lazy("rapprochement"),
    "schools.valuerevision": gettext_lazy("valeur"),
    "rankings.ranking": gettext_lazy("palmarès"),
    "rankings.methodversion": gettext_lazy("méthode"),
    "rankings.edition": gettext_lazy("édition"),
    "rankings.release": gettext_lazy("version"),
    "editorial.article": gettext_lazy("article"),
    "editorial.user": gettext_lazy("compte"),
    "editorial.articlecorrection": gettext_lazy("correction d’un article"),
}


def verb_words(verb: str) -> str:
    """A verb of the trail in words; the verb itself when it is not in the table."""
    return str(VERBS.get(verb, verb))


def object_words(kind: str) -> str:
    """A kind of object in words."""
    return str(OBJECTS.get(kind, kind))


def history(
    events: Iterable[AuditEvent], *, with_object: bool = False, with_hash: bool = False
) -> list[dict[str, object]]:
    """Events as `components/timeline.html` takes them, in the order given."""
    return [_line(event, told(event), with_object=with_object, with_hash=with_hash) for event in events]


def _line(event: AuditEvent, done: Told, *, with_object: bool, with_hash: bool) -> dict[str, object]:
    on_itself = event.object_type == "schools.importbatch"
    return {
        "at": event.at,
        "what": f"{event.actor_name} {verb_words(event.verb)}",
        "thing": thing(event) if with_object else None,
        "changes": done.changes,
        "detail": " · ".join(done.notes),
        "batch": done.batch if with_object and not on_itself else None,
        "quote": event.reason,
        "digest": f"{event.number} · {event.hash}" if with_hash else "",
    }


def thing(event: AuditEvent) -> dict[str, str]:
    """What an act was done on: its label, and the address of its story, where its kind has one."""
    word = WORDS.get(event.object_type)
    known = word and event.object_id.isascii() and event.object_id.isdigit()
    url = reverse("desk:trail-story", args=[word, int(event.object_id)]) if known else ""
    return {"kind": object_words(event.object_type), "label": event.object_label, "url": url}
