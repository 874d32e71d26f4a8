"""What is kept and what it says: sources, captures, documents, lists, reports, judgements, seals."""

from __future__ import annotations

from django.db import models

from cenotaph.casebook.models.ledger import Guarded
from cenotaph.domain.axes import AXES


class Source(Guarded):
    """Who speaks: an outlet, an official, a registry; or an address that a list cites, not captured yet."""

    kind = models.CharField(max_length=40)
    name = models.TextField(null=True)
    language = models.TextField(null=True)
    url = models.TextField(null=True)
    host = models.TextField(null=True)

    class Meta(Guarded.Meta):
        db_table = "source"


class Capture(Guarded):
    """The preserved bytes of one file; ``id`` is their SHA-256."""

    size = models.BigIntegerField(null=True)
    media_type = models.TextField(null=True)

    class Meta(Guarded.Meta):
        db_table = "capture"


class Sighting(Guarded):
    """One time that a capture was seen: when, how and from where."""

    capture = models.CharField(max_length=64, db_index=True)
    source = models.CharField(max_length=64, null=True)
    seen_at = models.CharField(max_length=40)
    how = models.CharField(max_length=40)
    origin = models.TextField(null=True)
    modified = models.TextField(null=True)

    class Meta(Guarded.Meta):
        db_table = "sighting"


class Document(Guarded):
    """The text or table read out of a capture; a table's cells stay in the capture's bytes."""

    capture = models.CharField(max_length=64, db_index=True)
    reader = models.CharField(max_length=40)
    reader_version = models.CharField(max_length=40)
    kind = models.CharField(max_length=10)
    language = models.TextField(null=True)
    encoding = models.TextField(null=True)
    text = models.TextField(null=True)
    published_on = models.TextField(null=True)

    class Meta(Guarded.Meta):
        db_table = "document"


class CasualtyList(Guarded):
    """A list of named dead that comes in releases; ``id`` is the short name its mapping gives it."""

    source = models.CharField(max_length=64)
    title = models.TextField(null=True)

    class Meta(Guarded.Meta):
        db_table = "casualty_list"


class Reading(Guarded):
    """One release of a list, read under one mapping."""

    list = models.CharField(max_length=64)
    release = models.TextField()
    released_on = models.TextField()
    complete = models.BooleanField()
    base = models.CharField(max_length=64, null=True)
    document = models.CharField(max_length=64)
    reading_hash = models.CharField(max_length=64)
    mapping = models.TextField(null=True)
    summary = models.TextField(null=True)

    class Meta(Guarded.Meta):
        db_table = "reading"


class Report(Guarded):
    """What one list row or one document says of one person: axes as columns, other values in ``other``."""

    reading = models.CharField(max_length=64, null=True)
    document = models.CharField(max_length=64, null=True)
    row_number = models.BigIntegerField(null=True)
    row_key = models.CharField(max_length=64, null=True)
    content = models.CharField(max_length=64, null=True)
    name = models.TextField(null=True)
    birth_from = models.CharField(max_length=10, null=True)
    birth_before = models.CharField(max_length=10, null=True)
    death_from = models.CharField(max_length=10, null=True)
    death_before = models.CharField(max_length=10, null=True)
    age_low = models.IntegerField(null=True)
    age_high = models.IntegerField(null=True)
    cites = models.TextField(null=True)
    other = models.TextField(null=True)

    class Meta(Guarded.Meta):
        db_table = "report"


for _axis in AXES:
    Report.add_to_class(_axis.name, models.TextField(null=True))
    Report.add_to_class(f"{_axis.name}_stated", models.TextField(null=True))


class ListChange(Guarded):
    """A row that a reading withdraws (no report) or brings back (a report that an earlier reading wrote)."""

    reading = models.CharField(max_length=64)
    row_key = models.CharField(max_length=64)
    report = models.CharField(max_length=64, null=True)

    class Meta(Guarded.Meta):
        db_table = "list_change"


class Judgement(Guarded):
    """A reviewer's word on a question, with a reason; a later one replaces it and both stay."""

    question = models.CharField(max_length=40)
    target_kind = models.CharField(max_length=40)
    target = models.CharField(max_length=64, db_index=True)
    field = models.CharField(max_length=60, null=True)
    replaces = models.CharField(max_length=64, null=True)
    made_at = models.CharField(max_length=40)
    role = models.CharField(max_length=20)
    answer = models.TextField(null=True)
    reason = models.TextField(null=True)
    account = models.TextField(null=True)

    class Meta(Guarded.Meta):
        db_table = "judgement"


class Seal(Guarded):
    """A tombstone: what was destroyed, when, for which class of reason, by which role."""

    target_table = models.CharField(max_length=40)
    target_row = models.BigIntegerField()
    target = models.CharField(max_length=64)
    field = models.CharField(max_length=60, null=True)
    reason_class = models.CharField(max_length=40)
    sealed_at = models.CharField(max_length=40)
    role = models.CharField(max_length=20)
    applied_again = models.TextField(null=True)

    class Meta(Guarded.Meta):
        db_table = "seal"
