"""Every error that Cenotaph raises on purpose.

::

    CenotaphError
    ├── UsageError            the call itself is wrong: a bad option, a folder that is no casebook
    ├── ValueFormatError      a text cannot be read as the value it should be
    │   └── DateFormatError   ... as a date
    │       └── NoYearError   it says a day or a month, and of what year it says nothing
    ├── InputError            bytes or a file from outside cannot be taken in
    │   ├── EncodingError     the bytes are not text in the encoding stated
    │   ├── TooLargeError     over the limit that the settings give this type
    │   ├── DamagedFileError  truncated, a bomb, or not what its name says
    │   └── ChangedWhileReadError  the file changed under the reader
    ├── MappingError          a list's mapping is wrong: says file, key and what to write
    ├── SettingsError         casebook.toml is wrong: says key, value and what is allowed
    ├── NotFoundError         no record with that id
    ├── RefusedError          a rule forbids it; the message names the rule and the way round
    ├── ConfirmationNeeded    allowed, but only with ``--yes``
    └── StoreError            the casebook's store
        ├── LedgerBrokenError chain, row or capture does not match what was committed
        ├── BusyError         another writer holds the casebook for too long
        └── DiskFailedError   the disk is full or fails: it says nothing about the record
            └── DiskFullError nothing was written; make room and run it again

A message says what is wrong, with which record, and what to do. ``hint`` is the last of these, kept apart so that
a caller may print it on a line of its own.
"""

from __future__ import annotations


class CenotaphError(Exception):
    """Any failure that Cenotaph foresaw.

    Parameters
    ----------
    message
        What is wrong and with which record. Never a person's data: an id, a line, a column.
    hint
        What the reader can do about it.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UsageError(CenotaphError):
    """The call itself is wrong."""


class ValueFormatError(CenotaphError):
    """A text cannot be read as the value it should be."""


class DateFormatError(ValueFormatError):
    """A text cannot be read as a date."""


class NoYearError(DateFormatError):
    """A text says a day or a month and no year: it was read, and gives no interval."""


class InputError(CenotaphError):
    """Bytes or a file from outside cannot be taken in."""


class EncodingError(InputError):
    """The bytes are not text in the encoding stated."""


class TooLargeError(InputError):
    """The input is over the limit that the settings give its type."""


class DamagedFileError(InputError):
    """The file is truncated, a bomb, or not what its name says."""


class ChangedWhileReadError(InputError):
    """The file changed while it was read."""


class MappingError(CenotaphError):
    """A list's mapping is wrong."""


class SettingsError(CenotaphError):
    """``casebook.toml`` is wrong."""


class NotFoundError(CenotaphError):
    """No record has that id."""


class RefusedError(CenotaphError):
    """A rule forbids what was asked."""


class ConfirmationNeeded(RefusedError):
    """What was asked is allowed, but only when it is confirmed."""


class StoreError(CenotaphError):
    """The casebook's store cannot do what was asked."""


class LedgerBrokenError(StoreError):
    """The record does not match what the ledger committed to."""


class BusyError(StoreError):
    """Another writer holds the casebook for too long."""


class DiskFailedError(StoreError):
    """The disk is full or fails, so that nobody can tell how the record is."""


class DiskFullError(DiskFailedError):
    """The disk is full; nothing was written."""
