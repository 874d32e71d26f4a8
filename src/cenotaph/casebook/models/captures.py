"""What stands around captures: fetching, parts of containers, looks at what became of an address, stamps."""

from __future__ import annotations

from django.db import models

from cenotaph.casebook.models.ledger import Guarded


class FetchRequest(Guarded):
    """An address that is wanted: a place in the queue, tied to the source and the report that cite it."""

    asked_at = models.CharField(max_length=40)
    source = models.CharField(max_length=64, null=True)
    report = models.CharField(max_length=64, null=True)
    address = models.TextField(null=True)
    options = models.TextField(null=True)

    class Meta(Guarded.Meta):
        db_table = "fetch_request"


class FetchAttempt(Guarded):
    """One try at a wanted address, and what came of it."""

    request = models.CharField(max_length=64, db_index=True)
    number = models.IntegerField()
    at = models.CharField(max_length=40)
    outcome = models.CharField(max_length=20)
    route = models.CharField(max_length=20)
    robots = models.CharField(max_length=20)
    status = models.IntegerField(null=True)
    capture = models.CharField(max_length=64, null=True, db_index=True)
    reason = models.TextField(null=True)
    final_address = models.TextField(null=True)

    class Meta(Guarded.Meta):
        db_table = "fetch_attempt"


class Payload(Guarded):
    """One answer or file that a captured WARC or WACZ file holds, and where its record stands."""

    capture = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=20)
    role = models.CharField(max_length=20)
    record_start = models.BigIntegerField(null=True)
    record_length = models.BigIntegerField(null=True)
    address = models.TextField(null=True)
    at = models.TextField(null=True)
    status = models.IntegerField(null=True)
    media_type = models.TextField(null=True)
    payload_hash = models.TextField(null=True)
    size = models.BigIntegerField(null=True)

    class Meta(Guarded.Meta):
        db_table = "payload"


class DocumentDetail(Guarded):
    """What a capture says of a document beside its text, and where each of its code points stands in the capture."""

    document = models.CharField(max_length=64, db_index=True)
    payload = models.CharField(max_length=64, null=True)
    part = models.TextField(null=True)
    facts = models.TextField(null=True)
    places = models.TextField(null=True)

    class Meta(Guarded.Meta):
        db_table = "document_detail"


class Look(Guarded):
    """One look whether an address still serves what was captured from it."""

    capture = models.CharField(max_length=64, db_index=True)
    at = models.CharField(max_length=40)
    outcome = models.CharField(max_length=20)
    route = models.CharField(max_length=20)
    status = models.IntegerField(null=True)
    now = models.CharField(max_length=64, null=True)
    address = models.TextField(null=True)
    differences = models.TextField(null=True)

    class Meta(Guarded.Meta):
        db_table = "look"


class Stamp(Guarded):
    """A time stamp on the ledger as it ended with one entry: wanted, or given by an authority (RFC 3161)."""

    stamped_entry = models.BigIntegerField()
    stamped_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=20)
    at = models.CharField(max_length=40)
    authority = models.TextField(null=True)
    token = models.TextField(null=True)
    roots = models.TextField(null=True)

    class Meta(Guarded.Meta):
        db_table = "stamp"
