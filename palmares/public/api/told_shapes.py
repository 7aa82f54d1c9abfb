"""The shapes of what is told of an edition in words: what changed since another, and the facts of a school."""

from rest_framework import serializers as s

from palmares.public.api.article_shapes import FactEditionSerializer
from rankings.facts import Standing

# The parts of what changes, in the order they are told.
PARTS = ("score", "nodes", "weights", "scales", "missing", "indicators", "years", "schools")


class ChangeSerializer(s.Serializer):
    """One change from an earlier edition. What changed in one language alone is empty in the other."""

    part = s.ChoiceField(PARTS, help_text="What it is a change of; all but schools are of the method and its data.")
    kind = s.CharField(help_text="A code that stays the same from one edition to the next: criterion_added, scale…")
    subject = s.CharField(
        allow_blank=True,
        help_text="The key of a node, the code of an indicator, a kind of absence, the slug of a school; several codes "
        "with spaces between for years; empty for the whole score.",
    )
    text_fr = s.CharField(help_text="A sentence; for weights and scales, the title of the node.")
    text_en = s.CharField()
    before_fr = s.CharField(help_text="What it was, where that is told apart; for weights an exact figure, or empty.")
    before_en = s.CharField()
    after_fr = s.CharField(help_text="What it is, likewise.")
    after_en = s.CharField()


class ChangePageSerializer(s.Serializer):
    """Some of the changes, part by part."""

    since = s.IntegerField(allow_null=True, help_text="The earlier edition; null when this is the first published.")
    since_release = s.IntegerField(allow_null=True, help_text="The number of its version in force.")
    release = s.IntegerField(help_text="The number of the version in force of this edition.")
    same_method = s.BooleanField(
        allow_null=True,
        help_text="Whether values make the same points and the same score in both. Null when nobody can tell: there is "
        "no earlier edition, or the ranks of one of them are those of a print.",
    )
    count = s.IntegerField()
    limit = s.IntegerField()
    offset = s.IntegerField()
    results = ChangeSerializer(many=True)


class UnitFactSerializer(s.Serializer):
    """A claim on a school: said with its rule and of how many, or not, with the reason; what is not said is empty."""

    token = s.CharField(help_text="What an article quotes it by.")
    kind = s.CharField(help_text="The first word of the token.")
    unit = s.CharField()
    standing = s.ChoiceField(
        [one.value for one in Standing],
        help_text="true: it is so; false: it is known not to be; unknown: what is published does not tell.",
    )
    distinction = s.BooleanField(help_text="Whether a school may boast of it.")
    figure_fr = s.CharField(help_text="The figure alone.")
    figure_en = s.CharField()
    text_fr = s.CharField(help_text="The whole sentence.")
    text_en = s.CharField()
    definition_fr = s.CharField(help_text="By which rule it holds.")
    definition_en = s.CharField()
    denominator_fr = s.CharField(help_text="Of how many, with the division where there is one.")
    denominator_en = s.CharField()
    note_fr = s.CharField(help_text="What must be known beside it, a change of method for one.")
    note_en = s.CharField()
    reason_fr = s.CharField(help_text="Why it cannot be said.")
    reason_en = s.CharField()
    editions = FactEditionSerializer(many=True, help_text="What it rests on, the earliest first.")


class UnitFactPageSerializer(s.Serializer):
    """Some of the facts of a school."""

    count = s.IntegerField()
    limit = s.IntegerField()
    offset = s.IntegerField()
    results = UnitFactSerializer(many=True)
