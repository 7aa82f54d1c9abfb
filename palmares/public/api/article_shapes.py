"""The shapes of what the newsroom writes, and of the figures it quotes."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers as s

from editorial.models import Article


class ArticleSerializer(s.Serializer):
    """A published article or announcement. English texts are empty where there is no English."""

    slug = s.CharField()
    genre = s.CharField(help_text="article or announcement.")
    ranking = s.CharField(source="release.ranking_slug")
    year = s.IntegerField(source="release.year")
    release = s.IntegerField(source="release.number")
    title_fr = s.CharField()
    title_en = s.CharField()
    summary_fr = s.CharField()
    summary_en = s.CharField()
    published_at = s.DateTimeField(source="publish_at")
    corrected_at = s.DateTimeField(allow_null=True, help_text="When it was last corrected; null when it never was.")


class ArticlePageSerializer(s.Serializer):
    """Some of the articles, the latest first."""

    count = s.IntegerField()
    limit = s.IntegerField()
    offset = s.IntegerField()
    results = ArticleSerializer(many=True)


class FactEditionSerializer(s.Serializer):
    """The version of an edition that a figure rests on."""

    year = s.IntegerField()
    number = s.IntegerField()


class FactSerializer(s.Serializer):
    """A figure of an article, as a sentence true in the release it quotes: by which rule, of how many, on what."""

    token = s.CharField()
    unit = s.CharField()
    text_fr = s.CharField()
    text_en = s.CharField()
    definition_fr = s.CharField(required=False)
    definition_en = s.CharField(required=False)
    denominator_fr = s.CharField(required=False)
    denominator_en = s.CharField(required=False)
    note_fr = s.CharField(required=False)
    note_en = s.CharField(required=False)
    editions = FactEditionSerializer(many=True, required=False)


class ArticleCorrectionSerializer(s.Serializer):
    """A correction of an article: what was wrong, and since when it says otherwise."""

    number = s.IntegerField()
    corrected_at = s.DateTimeField()
    note_fr = s.CharField()
    note_en = s.CharField()


class ArticleDetailSerializer(ArticleSerializer):
    """An article with its text, as clean HTML, its figures, and what was corrected in it, the latest first."""

    signature = s.CharField(help_text="Empty: the newsroom.")
    corrections = s.SerializerMethodField()
    html_fr = s.CharField(source="rendered_fr")
    html_en = s.CharField(source="rendered_en")
    facts = FactSerializer(many=True)

    @extend_schema_field(ArticleCorrectionSerializer(many=True))
    def get_corrections(self, article: Article) -> Any:
        """Those of the context: the article's own are not all public."""
        return ArticleCorrectionSerializer(self.context["corrections"], many=True).data
