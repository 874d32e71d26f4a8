"""Whose each report is, incidents with their victims, and remains."""

from __future__ import annotations

from django.db import models

from cenotaph.casebook.models.ledger import Guarded


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


class Incident(Guarded):
    """One event with its place and time; who died in it are people, and places for those whom nobody has named."""

    happened = models.TextField(null=True)
    keys = models.TextField(null=True)
    title = models.TextField(null=True)
    place = models.TextField(null=True)

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
