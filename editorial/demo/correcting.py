"""An article of the demonstration that said what is not so, and its correction: a day later, by two people."""

from dataclasses import asdict, replace
from datetime import datetime, timedelta

from editorial.actions import corrections
from editorial.actions.articles import Draft
from editorial.demo.newsroom import Newsroom
from editorial.demo.work import put_out
from editorial.demo.writing import HOW_IT_IS_MADE
from editorial.models import Article
from rankings.models import Release

_RIGHT_FR = "ce qui est sans objet, ou couvert par le secret statistique, est laissé de côté."
_WRONG_FR = "il en va de même de ce qui est sans objet, ou couvert par le secret statistique."
_RIGHT_EN = "what does not apply, or is under statistical secrecy, is left out."
_WRONG_EN = "the same goes for what does not apply, or is under statistical secrecy."
_NOTE_FR = (
    "L’article disait que ce qui est sans objet, ou couvert par le secret statistique, vaut la note la plus basse. "
    "C’est laissé de côté : la note n’en dépend pas."
)
_NOTE_EN = (
    "The article said that what does not apply, or is under statistical secrecy, is worth the lowest mark. It is left "
    "out: the mark does not depend on it."
)


def put_out_and_correct(room: Newsroom, release: Release, publish_at: datetime) -> None:
    """Jean is wrong and Claire does not see it; the next day he says it, and she approves."""
    article = put_out(room, release, _as_printed(HOW_IT_IS_MADE), publish_at)
    article = Article.objects.get(pk=article.pk)
    said = {name: text for name, text in asdict(HOW_IT_IS_MADE).items() if name not in {"genre", "signature"}}
    made = corrections.propose_correction(
        by=room["jean"],
        at=publish_at + timedelta(hours=22),
        article=article,
        seen_version=article.version,
        release=release,
        corrected=corrections.Corrected(note_fr=_NOTE_FR, note_en=_NOTE_EN, **said),
    )
    at = publish_at + timedelta(hours=23)
    corrections.submit_correction(by=room["jean"], at=at, correction=made, seen_version=made.version)
    at = publish_at + timedelta(hours=25)
    corrections.approve_correction(by=room["claire"], at=at, correction=made, seen_version=made.version)


def _as_printed(draft: Draft) -> Draft:
    """The text with what was wrong in it."""
    return replace(
        draft,
        body_fr=_swap(draft.body_fr, _RIGHT_FR, _WRONG_FR),
        body_en=_swap(draft.body_en, _RIGHT_EN, _WRONG_EN),
    )


def _swap(text: str, right: str, wrong: str) -> str:
    if right not in text:
        raise ValueError(f"nothing there to be wrong about: {right}")
    return text.replace(right, wrong)
