"""The record as Django models. Rows are written by :mod:`cenotaph.casebook.ledger` alone and never changed.

Every guarded table has the same bookkeeping: ``row`` (its number in the table, from 1 without a gap), ``entry`` (the ledger
entry that wrote it), ``salt`` and ``row_hash`` (its commitment), ``sealed`` (null, or what a seal left of the commitment).
References between rows are the targets' ids, so that a row's hash says the same wherever the row is stored.
"""

from __future__ import annotations

from django.db import models

from cenotaph.domain.axes import AXES


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


class LinkRun(Guarded):
    """One accepted assignment of reports to people: by a run of the linkage, by a person's word, or taking one back."""

    previous = models.CharField(max_length=64, null=True)
    kind = models.CharField(max_length=20)
    model = models.CharField(max_length=64, null=True)
    summary = models.TextField()

    class Meta(Guarded.Meta):
        db_table = "link_run"


class Assignment(Guarded):
    """Whose a unit (a list's row, or an entered report) is from one run on; no person where that was taken back.

    ``certainty`` is a probability in millionths.
    """

    run = models.CharField(max_length=64, db_index=True)
    unit = models.CharField(max_length=64, db_index=True)
    report = models.CharField(max_length=64)
    person = models.CharField(max_length=64, null=True, db_index=True)
    certainty = models.IntegerField(null=True)
    resolution = models.CharField(max_length=20, null=True)

    class Meta(Guarded.Meta):
        db_table = "assignment"


class PersonChange(Guarded):
    """What became of a person's id in a run: merged into another, split, or restored."""

    run = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=20)
    person = models.CharField(max_length=64, db_index=True)
    to_person = models.CharField(max_length=64, null=True)
    units = models.IntegerField()

    class Meta(Guarded.Meta):
        db_table = "person_change"


class Release(Guarded):
    """A frozen, checksummed publication: its label, its date, the state it was made from, and the hash of its sums."""

    label = models.CharField(max_length=64)
    dated = models.CharField(max_length=10)
    previous = models.CharField(max_length=64, null=True)
    based_on = models.CharField(max_length=64)
    sums = models.CharField(max_length=64)
    summary = models.TextField()

    class Meta(Guarded.Meta):
        db_table = "release"


class ReleasePerson(Guarded):
    """Whom a release shows whom the one before did not, or shows no more; all others are as before."""

    release = models.CharField(max_length=64, db_index=True)
    person = models.CharField(max_length=64, db_index=True)
    shown = models.BooleanField()

    class Meta(Guarded.Meta):
        db_table = "release_person"


class Challenge(Guarded):
    """Somebody outside says that a figure, a person's standing or a claim is wrong."""

    received_on = models.CharField(max_length=10)
    challenger = models.CharField(max_length=40)
    about = models.CharField(max_length=20)
    target = models.CharField(max_length=64)
    deadline = models.CharField(max_length=10)
    public = models.BooleanField()
    document = models.CharField(max_length=64, null=True)
    words = models.TextField(null=True)

    class Meta(Guarded.Meta):
        db_table = "challenge"


class ChallengeAnswer(Guarded):
    """A dated answer to a challenge; a later one replaces it, and both stay."""

    challenge = models.CharField(max_length=64, db_index=True)
    answered_on = models.CharField(max_length=10)
    outcome = models.CharField(max_length=20)
    words = models.TextField(null=True)

    class Meta(Guarded.Meta):
        db_table = "challenge_answer"


class Incident(Guarded):
    """One event with its place and time; who died in it are people, and places for those whom nobody has named."""

    title = models.TextField(null=True)
    place = models.TextField(null=True)
    happened = models.TextField(null=True)
    keys = models.TextField(null=True)

    class Meta(Guarded.Meta):
        db_table = "incident"


class IncidentStatement(Guarded):
    """How many victims a source states for an incident or a group of its victims; or that a statement is set aside."""

    incident = models.CharField(max_length=64, db_index=True)
    document = models.CharField(max_length=64, null=True)
    replaces = models.CharField(max_length=64, null=True)
    stated_on = models.CharField(max_length=10, null=True)
    keys = models.TextField(null=True)
    low = models.IntegerField(null=True)
    high = models.IntegerField(null=True)
    words = models.TextField(null=True)

    class Meta(Guarded.Meta):
        db_table = "incident_statement"


class IncidentVictim(Guarded):
    """Whether a person is a victim of an incident, by somebody's word; the last one stands."""

    incident = models.CharField(max_length=64, db_index=True)
    person = models.CharField(max_length=64, db_index=True)
    within = models.BooleanField()
    reason = models.TextField(null=True)

    class Meta(Guarded.Meta):
        db_table = "incident_victim"


class Remains(Guarded):
    """A body or a part of one."""

    label = models.TextField(null=True)
    words = models.TextField(null=True)

    class Meta(Guarded.Meta):
        db_table = "remains"


class RemainsEvent(Guarded):
    """What happened to remains, and whose they are said to be; an event can be taken back by a later one."""

    remains = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=20)
    person = models.CharField(max_length=64, null=True, db_index=True)
    document = models.CharField(max_length=64, null=True)
    replaces = models.CharField(max_length=64, null=True)
    happened = models.TextField(null=True)
    words = models.TextField(null=True)

    class Meta(Guarded.Meta):
        db_table = "remains_event"
