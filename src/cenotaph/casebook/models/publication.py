"""What was published, and what was said to be wrong with it."""

from __future__ import annotations

from django.db import models

from cenotaph.casebook.models.ledger import Guarded


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
