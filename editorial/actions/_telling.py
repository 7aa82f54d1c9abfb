"""What a text may not say, figures that its release does not give; and what the trail keeps of its changes."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from editorial.exceptions import Refused
from editorial.models import Article, ArticleCorrection
from editorial.rendering import unsayable
from rankings.facts import Facts


def refuse_unknown_facts(text: Article | ArticleCorrection) -> None:
    """Raise `Refused` while a figure it asks for cannot be said from its release, with the reason of each."""
    facts = Facts(text.release)
    refused = {fact.token: fact for body in (text.body_fr, text.body_en) for fact in unsayable(body, facts)}
    if refused:
        language = "en" if get_language() == "en" else "fr"
        told = " ".join(f"[[{token}]] : {fact.reason(language)}" for token, fact in refused.items())
        raise Refused(
            _("On ne peut pas dire ici : %(facts)s Corrigez le repère ou citez une autre version.") % {"facts": told}
        )


def said_otherwise(before: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """What the trail keeps of a text that was changed: the parts that differ, before and after; empty without any."""
    after = {name: text for name, text in said.items() if before[name] != text}
    return {"before": {name: before[name] for name in after}, "after": after} if after else {}
