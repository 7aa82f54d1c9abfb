"""The people who decide, what they write, and the trail of what they did."""

from editorial.models.articles import Article, ArticleState, ArticleWithdrawal
from editorial.models.audit import AuditEvent
from editorial.models.corrections import ArticleCorrection, CorrectionState
from editorial.models.user import User

__all__ = [
    "Article",
    "ArticleCorrection",
    "ArticleState",
    "ArticleWithdrawal",
    "AuditEvent",
    "CorrectionState",
    "User",
]
