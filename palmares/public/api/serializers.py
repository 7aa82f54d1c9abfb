"""The shapes of the API's answers. Figures are texts, exact to the digit: a JSON number would be read as binary."""

from rest_framework import serializers as s


class RankingSerializer(s.Serializer):
    """A ranking, and the years of it that are published."""

    slug = s.CharField()
    title_fr = s.CharField()
    title_en = s.CharField()
    years = s.ListField(child=s.IntegerField())


class PrintSerializer(s.Serializer):
    """The print an archival edition was taken from, and its method in words."""

    title = s.CharField(source="source_title")
    publisher = s.CharField(source="source_publisher")
    licence = s.CharField(source="source_licence")
    date = s.DateField(source="source_date", allow_null=True)
    url = s.CharField(source="source_url")
    file = s.CharField(source="source_file")
    sha256 = s.CharField(source="source_sha256")
    method_fr = s.CharField()
    method_en = s.CharField()


class ReleaseSerializer(s.Serializer):
    """One published version of an edition."""

    ranking = s.CharField(source="ranking_slug")
    year = s.IntegerField()
    number = s.IntegerField(help_text="1 for the first publication; a correction is the next number.")
    title_fr = s.CharField()
    title_en = s.CharField()
    purpose_fr = s.CharField()
    purpose_en = s.CharField()
    audience_fr = s.CharField()
    audience_en = s.CharField()
    reason_fr = s.CharField(help_text="Why this version replaced the one before; empty for the first.")
    reason_en = s.CharField()
    archival = s.BooleanField(help_text="Whether its ranks are those of a print, which cannot be computed again.")
    ranked_count = s.IntegerField(help_text="In an archival edition as printed: the schools listed may be fewer.")
    unranked_count = s.IntegerField()
    method_digest = s.CharField(help_text="SHA-256 of the method file; empty for an archival edition.")
    digest = s.CharField(help_text="SHA-256 of the release document.")
    seal_digest = s.CharField(help_text="SHA-256 of every row shown, verification dates included.")
    published_at = s.DateTimeField(source="publish_at")
    out_of = s.CharField(help_text="The most points, as printed; empty where none is, and for a computed edition.")
    printed = PrintSerializer(allow_null=True, help_text="Of an archival edition; null for a computed one.")


class WithdrawalSerializer(s.Serializer):
    """A version that was public and has been taken back."""

    number = s.IntegerField(source="release.number")
    at = s.DateTimeField()
    reason_fr = s.CharField()
    reason_en = s.CharField()


class VersionsSerializer(s.Serializer):
    """Every version of an edition the public may read, the current one first, and those taken back."""

    releases = ReleaseSerializer(many=True)
    withdrawals = WithdrawalSerializer(many=True)


class NodeSerializer(s.Serializer):
    """A family (level 0) or a criterion of the method."""

    key = s.CharField()
    parent_key = s.CharField()
    level = s.IntegerField()
    title_fr = s.CharField()
    title_en = s.CharField()
    weight = s.CharField(help_text="Beside those of its siblings; 0 for a bonus.")
    out_of = s.CharField(help_text="The most points it can bring.")
    bonus = s.BooleanField(
        help_text="Whether its points add to the score as they are, outside its maximum and the coverage."
    )
    indicator = s.CharField(help_text="The indicator a criterion reads; empty for a family.")
    denominator = s.CharField(help_text="What the indicator is divided by, when it is one indicator.")
    denominators = s.ListField(
        child=s.CharField(), source="divisors", help_text="The indicators whose sum divides it; none when it is not."
    )
    multiply = s.CharField(help_text="What the quotient is multiplied by; empty for 1.")
    ratio_digits = s.IntegerField(
        allow_null=True, help_text="To how many decimals the quotient is rounded, half up; null when it is exact."
    )
    unit = s.CharField(help_text="How a quotient is written: ratio, percentage, euros or months.")


class IndicatorSerializer(s.Serializer):
    """An indicator as it was defined when the release was sealed."""

    code = s.CharField()
    definition_version = s.IntegerField()
    label_fr = s.CharField()
    label_en = s.CharField()
    definition_fr = s.CharField()
    definition_en = s.CharField()
    measure = s.CharField(help_text="percentage, count, ratio, euros, months, mark, ordinal or boolean.")
    decimals = s.IntegerField()
    reference_year = s.IntegerField()
    carry_over_years = s.IntegerField(help_text="How many years back a figure may be taken; 0 for none.")


class PointsSerializer(s.Serializer):
    """What a school got at one node."""

    points = s.CharField(allow_null=True, help_text="Exact text; null when the node was left out of its score.")
    status = s.CharField(help_text="scored, imputed, carried, set_by_rule or left_out.")
    absence = s.CharField(allow_null=True, help_text="Why there was no value, if there was none.")
    value = s.CharField(
        allow_null=True,
        help_text="At a criterion, what its scale was given, a quotient included: exact text; null when kept back.",
    )
    kind = s.CharField(
        allow_null=True, help_text="That of the value, the least sure of its figures': known, carried_over, estimated."
    )


class CellSerializer(s.Serializer):
    """A cell of the source."""

    sheet = s.CharField()
    cell = s.CharField()
    column = s.CharField()
    text = s.CharField(help_text="As read, byte for byte; empty when the licence keeps the figure back.")
    role = s.CharField()


class UnitSerializer(s.Serializer):
    """A school as the release says it was. `rank` and `score` are null together, and the reason is then given."""

    slug = s.CharField()
    name = s.CharField()
    identifiers = s.ListField(child=s.CharField(), help_text="Official numbers: « uai 0999999X ».")
    city = s.CharField()
    academie = s.CharField()
    region = s.CharField()
    sector = s.CharField(help_text="public, private_contract, private, consular, or empty when unknown.")
    entry = s.CharField(help_text="post_bac, post_prepa, or empty when unknown.")
    duration_years = s.IntegerField(allow_null=True, help_text="How many years the course lasts; null when unknown.")
    rank = s.IntegerField(allow_null=True, help_text="Competition rank (1-2-2-4) in the whole ranking.")
    tied = s.BooleanField(help_text="Whether others share the rank (ex aequo).")
    score = s.CharField(allow_null=True, help_text="Bonus included.")
    coverage_percent = s.CharField(allow_null=True, help_text="The known share of the method's weight.")
    unranked_fr = s.CharField(allow_null=True)
    unranked_en = s.CharField(allow_null=True)
    points = s.DictField(child=PointsSerializer(), help_text="By node key.")
    cells = CellSerializer(many=True, help_text="In an archival edition, where its place was read; else none.")


class UnitPageSerializer(s.Serializer):
    """Some of the schools, in the order asked for; `count` is how many the filters keep."""

    count = s.IntegerField()
    limit = s.IntegerField()
    offset = s.IntegerField()
    results = UnitSerializer(many=True)


class SourceSerializer(s.Serializer):
    """The document a value comes from."""

    title = s.CharField()
    publisher = s.CharField()
    licence = s.CharField()
    leaves = s.CharField(help_text="What the licence lets out: values, display (on the site only) or points.")
    url = s.CharField()
    file = s.CharField()
    sha256 = s.CharField()


class SourcedSerializer(s.Serializer):
    """A figure of one year with its provenance. An absence is never a zero: `kind` says which absence it is."""

    indicator = s.CharField()
    year = s.IntegerField(help_text="The year the figure really is of.")
    kind = s.CharField(help_text="known, carried_over, estimated, missing, not_communicated, not_applicable or secret.")
    figure = s.CharField(allow_null=True, help_text="Exact text; null for an absence or when `withheld`.")
    withheld = s.BooleanField(help_text="Whether the licence of the source keeps the figure back.")
    source = SourceSerializer()  # type: ignore[assignment]
    cells = CellSerializer(many=True)
    verified_at = s.DateTimeField()
    verified_meaning = s.CharField(help_text="true_to_source, plausible or confirmed.")


class ValueSerializer(SourcedSerializer):
    """A value of this edition: `year` is earlier than `reference_year` when it was carried over."""

    reference_year = s.IntegerField(help_text="The year the edition reads the indicator in.")


class UnitValueSerializer(ValueSerializer):
    """A value of this edition, with the school it is of."""

    unit = s.CharField(help_text="The slug of the school.")


class ValuePageSerializer(s.Serializer):
    """Some of the values, in the order of the ranking, then of the codes of the indicators."""

    count = s.IntegerField()
    limit = s.IntegerField()
    offset = s.IntegerField()
    results = UnitValueSerializer(many=True)


class SetAsideSerializer(s.Serializer):
    """A value that waits to be verified, and that the edition goes out without."""

    indicator = s.CharField(source="indicator.code")
    year = s.IntegerField()
    reason_fr = s.CharField()
    reason_en = s.CharField()


class UnitDetailSerializer(UnitSerializer):
    """A school with its values, those of the earlier years kept for its evolution, and what is set aside."""

    values = ValueSerializer(many=True)
    series = SourcedSerializer(many=True)
    set_aside = SetAsideSerializer(many=True)


class ErrorSerializer(s.Serializer):
    """What was wrong."""

    detail = s.CharField()


class GoneSerializer(s.Serializer):
    """Why an edition was taken back, and when."""

    detail = s.CharField()
    at = s.DateTimeField()


class PlaceSerializer(s.Serializer):
    """The place of a school in one edition. Scores of two editions compare only if their methods do."""

    ranking = s.CharField()
    year = s.IntegerField()
    release = s.IntegerField(help_text="The number of the version in force.")
    rank = s.IntegerField(allow_null=True, help_text="Null when it was not ranked.")
    tied = s.BooleanField()
    ranked_count = s.IntegerField(help_text="How many schools that edition ranks.")
    score = s.CharField(allow_null=True)


class SchoolSerializer(s.Serializer):
    """A school over the editions, named as in the latest one that holds it."""

    slug = s.CharField()
    name = s.CharField()
    region = s.CharField()
    city = s.CharField()
    sector = s.CharField()
    places = PlaceSerializer(many=True)


class SchoolPageSerializer(s.Serializer):
    """Some of the schools, by name."""

    count = s.IntegerField()
    limit = s.IntegerField()
    offset = s.IntegerField()
    results = SchoolSerializer(many=True)
