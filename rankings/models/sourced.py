"""A figure in a release, whatever it serves: with its cells, its source and its verification."""

from django.db import models


class Sourced(models.Model):
    """One figure of one school, down to its source cells and its verification, as it stood at the seal.

    `figure` is exact text with the decimals of its indicator, empty when absent or when its licence lets only points
    leave (`withheld`). `cells` lists sheet, cell, column, text as read and role.
    """

    figure = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=20)
    withheld = models.BooleanField(default=False)
    source_title = models.CharField(max_length=200)
    source_publisher = models.CharField(max_length=160)
    source_licence = models.CharField(max_length=120)
    source_leaves = models.CharField(max_length=10)
    source_url = models.URLField(blank=True)
    source_file = models.CharField(max_length=255, blank=True)
    source_sha256 = models.CharField(max_length=64, blank=True)
    cells = models.JSONField(default=list)
    entered_at = models.DateTimeField()
    verified_at = models.DateTimeField()
    verified_meaning = models.CharField(max_length=20)

    class Meta:
        abstract = True
