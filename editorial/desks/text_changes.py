"""What a correction changes in the text it replaces, paragraph by paragraph: what its reviewer looks at first."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from editorial.desks.columns_in_words import column_words
from editorial.models import Article, ArticleCorrection, CorrectionState

_KIND = ArticleCorrection._meta.label_lower
_PARTS = ("title_fr", "summary_fr", "body_fr", "title_en", "summary_en", "body_en")


@dataclass(frozen=True)
class TextChange:
    """One passage of one part of a text, before and after; empty where there was none, or is none."""

    label: str
    before: str
    after: str


def text_changes(correction: ArticleCorrection) -> list[TextChange]:
    """The passages it changes, in the order of the text. One query after the first correction of an article."""
    before = _replaced_by(correction)
    found = [change for part in _PARTS for change in _changes(part, before, correction)]
    if before.release_id != correction.release_id:
        found.append(TextChange(column_words(_KIND, "release"), str(before.release), str(correction.release)))
    return found


def _replaced_by(correction: ArticleCorrection) -> Article | ArticleCorrection:
    """The text before: that of the correction before, or of the article."""
    if correction.number == 1:
        return correction.article
    earlier = ArticleCorrection.objects.filter(article=correction.article_id, state=CorrectionState.APPROVED)
    return earlier.select_related("release").get(number=correction.number - 1)


def _changes(part: str, before: Article | ArticleCorrection, after: ArticleCorrection) -> Iterator[TextChange]:
    old, new = (_paragraphs(getattr(text, part)) for text in (before, after))
    label = column_words(_KIND, part)
    for kind, start, end, new_start, new_end in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield TextChange(label, "\n\n".join(old[start:end]), "\n\n".join(new[new_start:new_end]))


def _paragraphs(text: str) -> list[str]:
    paragraphs = "\n".join(text.splitlines()).split("\n\n")
    return [paragraph.strip() for paragraph in paragraphs if paragraph.strip()]
