"""Articles, read only: they are written and reviewed at their desk."""

from django.contrib import admin

from editorial.admin.base import ReadOnlyAdmin
from editorial.models import Article, ArticleCorrection, ArticleWithdrawal


@admin.register(Article)
class ArticleAdmin(ReadOnlyAdmin):
    """What the newsroom writes around the figures."""

    list_display = ("title_fr", "genre", "state", "author", "approved_by", "publish_at")
    list_filter = ("state", "genre")
    list_select_related = ("author", "approved_by")
    search_fields = ("title_fr", "title_en", "slug")


@admin.register(ArticleWithdrawal)
class ArticleWithdrawalAdmin(ReadOnlyAdmin):
    """The decisions to take an article back, and their public reasons."""

    list_display = ("article", "by", "at", "reason_fr")
    list_select_related = ("article", "by")
    search_fields = ("article__title_fr", "article__slug", "reason_fr", "reason_en")
    date_hierarchy = "at"


@admin.register(ArticleCorrection)
class ArticleCorrectionAdmin(ReadOnlyAdmin):
    """What published articles say since they were corrected, and the notes that say what was wrong."""

    list_display = ("article", "number", "state", "author", "approved_by", "corrected_at", "note_fr")
    list_filter = ("state",)
    list_select_related = ("article", "author", "approved_by")
    search_fields = ("article__title_fr", "article__slug", "title_fr", "note_fr", "note_en")
    date_hierarchy = "corrected_at"
