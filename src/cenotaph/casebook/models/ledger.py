"""The chain itself, and what every guarded table has."""

from __future__ import annotations

from django.db import models


class LedgerEntry(models.Model):
    """One entry of the chain."""

    number = models.BigIntegerField(primary_key=True)
    previous = models.CharField(max_length=64)
    at = models.CharField(max_length=40)
    role = models.CharField(max_length=20)
    account = models.TextField()
    action = models.CharField(max_length=60)
    detail = models.TextField()
    rows = models.BigIntegerField()
    blocks_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "ledger_entry"


class LedgerBlock(models.Model):
    """The commitment of one entry to up to a thousand consecutive rows of one table."""

    number = models.BigIntegerField(primary_key=True)
    entry = models.BigIntegerField(db_index=True)
    table_name = models.CharField(max_length=40)
    first = models.BigIntegerField()
    rows = models.IntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "ledger_block"


class Guarded(models.Model):
    """What every guarded table has."""

    row = models.BigIntegerField(primary_key=True)
    entry = models.BigIntegerField()
    salt = models.BinaryField(null=True)
    row_hash = models.BinaryField()
    sealed = models.TextField(null=True)
    id = models.CharField(max_length=64)

    class Meta:
        abstract = True
        # Not unique=True, which on PostgreSQL would build a second index over a million ids.
        constraints = (models.UniqueConstraint(fields=("id",), name="%(class)s_id_unique"),)
