"""What texts claim of numbers of people."""

from __future__ import annotations

from django.db import models

from cenotaph.casebook.models.ledger import Guarded


class ClaimReading(Guarded):
    """One document read for claims by one version of the reader; the last one of a document stands."""

    document = models.CharField(max_length=64, db_index=True)
    reader_version = models.CharField(max_length=40)
    run = models.CharField(max_length=64)
    language = models.CharField(max_length=40)
    claims = models.IntegerField()
    allegations = models.IntegerField()
    doubtful = models.IntegerField()
    notices = models.TextField(null=True)

    class Meta(Guarded.Meta):
        db_table = "claim_reading"


class Claim(Guarded):
    """What one reading of a document says of a number of people; ``claim`` is the id that readings have in common."""

    reading = models.CharField(max_length=64, db_index=True)
    document = models.CharField(max_length=64)
    claim = models.CharField(max_length=64, db_index=True)
    number_start = models.BigIntegerField(null=True)
    number_end = models.BigIntegerField(null=True)
    outcome = models.TextField(null=True)
    low = models.TextField(null=True)
    high = models.TextField(null=True)
    bound = models.TextField(null=True)
    unit = models.TextField(null=True)
    nationality = models.TextField(null=True)
    modality = models.TextField(null=True)
    needs_review = models.BooleanField(null=True)
    other = models.TextField(null=True)

    class Meta(Guarded.Meta):
        db_table = "claim"


class Allegation(Guarded):
    """What one reading of a document says was done to people, without a number."""

    reading = models.CharField(max_length=64, db_index=True)
    document = models.CharField(max_length=64)
    allegation = models.CharField(max_length=64, db_index=True)
    act = models.TextField(null=True)
    modality = models.TextField(null=True)
    needs_review = models.BooleanField(null=True)
    other = models.TextField(null=True)

    class Meta(Guarded.Meta):
        db_table = "allegation"
