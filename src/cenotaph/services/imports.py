"""Taking a list's release in: rows become reports, and what changed since the release before is said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cenotaph.capture.clear_copies import readable_path
from cenotaph.capture.files import show_name
from cenotaph.capture.intake import Limits, Taken
from cenotaph.capture.objects import destroy_object
from cenotaph.capture.readers import open_table
from cenotaph.casebook import bulk
from cenotaph.casebook.guarded import REPORT, SOURCE
from cenotaph.casebook.history import NOTHING_UNREAD, Unread, read_unread
from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.spool import RowSpool
from cenotaph.casebook.store import Casebook
from cenotaph.domain.canonical import content_id
from cenotaph.domain.errors import ConfirmationNeeded, InputError, RefusedError
from cenotaph.domain.plurals import choose, count_words
from cenotaph.extract.lists import Mapping, ReadingSummary, RowFailure, load_mapping, read_table
from cenotaph.services.capture_record import document_id, is_sealed
from cenotaph.services.captures import read_limits
from cenotaph.services.import_plan import UNDER_SEAL, Changes, Plan, Progress, work_out
from cenotaph.services.import_record import write_import
from cenotaph.services.intakes import Intakes, taking_in
from cenotaph.services.judged_rows import read_judged
from cenotaph.services.kept_tables import find_kept
from cenotaph.services.membership import read_state
from cenotaph.services.sheets import OtherSheet, find_other_sheets


@dataclass(frozen=True, slots=True)
class Import:
    """The outcome of one import.

    Parameters
    ----------
    list_id, release, reading, capture
        What was read: the list, its release, and the ids of the reading and of the file's bytes.
    changes, summary, failures
        What it changed, what it met, and the rows that were not taken in.
    keyed
        Whether rows are known by a key, not by their content.
    notes
        What a person must know of where it stands among the list's other readings.
    nothing_new
        These bytes were read so before, and that reading stands.
    unread
        What that earlier reading could not read.
    other_sheets
        Sheets of the workbook that are not the list's and hold anything.
    """

    list_id: str
    release: str
    reading: str
    capture: str
    changes: Changes
    summary: ReadingSummary
    failures: tuple[RowFailure, ...]
    keyed: bool
    notes: tuple[str, ...] = ()
    nothing_new: bool = False
    unread: Unread = NOTHING_UNREAD
    other_sheets: tuple[OtherSheet, ...] = ()

    @property
    def in_part(self) -> bool:
        """Whether something of the file could not be read: a row, or a value of one."""
        return bool(self.failures or self.summary.unreadable or any(self.unread))


def import_list(
    casebook: Casebook,
    actor: Actor,
    path: Path,
    mapping: Mapping,
    *,
    confirmed: bool = False,
    dry_run: bool = False,
    progress: Progress = lambda *_: None,
) -> Import:
    """Read a list's file under a mapping and write its reports, as one ledger entry.

    Everything is parsed, hashed and compared before the transaction. The same bytes under the same mapping change
    nothing. A row that cannot be read is returned with its reason; the others go in.

    Parameters
    ----------
    mapping
        The list, its release, and how its columns are read.
    confirmed
        Go on where a complete release withdraws more of the list than ``imports.withdraw_share``.
    progress
        Called with a stage's name and the rows done in it.

    Raises
    ------
    InputError, MappingError
        The file or the mapping cannot be used; nothing was written.
    ConfirmationNeeded
        Too many rows would be withdrawn.
    """
    limits = read_limits(casebook.settings)
    with taking_in(casebook, limits) as intakes:
        taken = intakes.take_in(path)
        _refuse_sealed(casebook, taken)
        done = _import(casebook, actor, path, mapping, intakes, taken, limits, confirmed, dry_run, progress)
        if not dry_run:
            intakes.keep()
    return done


def import_kept(
    casebook: Casebook,
    actor: Actor,
    start: str,
    mapping: Mapping,
    *,
    confirmed: bool = False,
    dry_run: bool = False,
    progress: Progress = lambda *_: None,
) -> Import:
    """Read a list from a capture that is in the record, by its id or its beginning, as :func:`import_list` does from a file.

    Raises
    ------
    NotFoundError, RefusedError, LedgerBrokenError
        There is no such capture, it is under seal or private, or its bytes are not those that were kept.
    InputError, MappingError, ConfirmationNeeded
        As :func:`import_list`.
    """
    limits = read_limits(casebook.settings)
    with taking_in(casebook, limits) as intakes:
        taken = find_kept(casebook, start).taken
        return _import(casebook, actor, None, mapping, intakes, taken, limits, confirmed, dry_run, progress)


def _import(
    casebook: Casebook,
    actor: Actor,
    path: Path | None,
    mapping: Mapping,
    intakes: Intakes,
    taken: Taken,
    limits: Limits,
    confirmed: bool,
    dry_run: bool,
    progress: Progress,
) -> Import:
    kept = readable_path(casebook.objects, taken.sha256)
    with _named(path, kept):
        table = open_table(kept, taken.media_type, limits, encoding=mapping.encoding, delimiter=mapping.delimiter)
        if mapping.header_row is not None:
            table.start_at(mapping.header_row)
        table.header(mapping.sheet)
    sheets = find_other_sheets(table, mapping.sheet)
    summary = ReadingSummary()
    rows = read_table(table, mapping, summary)
    reading, stands = _name_reading(mapping, document_id(taken.sha256, table))
    if stands:
        return Import(
            mapping.list_id,
            mapping.release,
            reading,
            taken.sha256,
            Changes(),
            summary,
            (),
            mapping.keyed,
            nothing_new=True,
            unread=_read_unread(reading),
            other_sheets=sheets,
        )
    state = read_state(mapping.list_id, mapping.release, mapping.released_on, mapping.complete)
    helper = casebook.settings.number("work.threads") > 1
    with RowSpool((REPORT, SOURCE), casebook.salts, casebook.root / "ledger", helper) as spool:
        plan = Plan(reading, table, state, spool, read_judged(mapping.list_id))
        with _named(path, kept):
            work_out(plan, rows, mapping, progress)
        summary.hide(plan.sealed_numbers, UNDER_SEAL)
        _ask(plan, mapping, casebook, confirmed or dry_run)
        with casebook.writing(actor, "list import", dry_run=dry_run) as entry:
            write_import(entry, intakes, plan, mapping, taken, path, summary, progress)
    return Import(
        mapping.list_id,
        mapping.release,
        reading,
        taken.sha256,
        plan.changes,
        summary,
        tuple(plan.failures),
        summary.keyed,
        _note(plan, mapping, summary),
        other_sheets=sheets,
    )


def _read_unread(reading: str) -> Unread:
    (number,) = bulk.fetch_one('SELECT "row" FROM reading WHERE id = %s', [reading]) or (0,)
    return read_unread([number]).get(number, NOTHING_UNREAD)


def _refuse_sealed(casebook: Casebook, taken: Taken) -> None:
    if is_sealed(taken.sha256):
        destroy_object(casebook.objects, taken.sha256)
        raise RefusedError(
            f"The bytes of {taken.name} are under seal.",
            "They were destroyed for a reason and are not taken in again.",
        )


def _name_reading(mapping: Mapping, document: str) -> tuple[str, bool]:
    """Return the reading's id, and whether it is the one that stands for this release already."""
    own = (mapping.released_on.edtf, mapping.complete, document, mapping.reading_hash)
    sql = (
        "SELECT id, released_on, complete, document, reading_hash FROM reading WHERE list = %s AND release = %s "
        'ORDER BY "row" DESC'
    )
    same = 0
    for at, (identifier, day, complete, *rest) in enumerate(bulk.fetch_rows(sql, [mapping.list_id, mapping.release])):
        if (day, bool(complete), *rest) == own:
            if at == 0:
                return str(identifier), True
            same += 1  # It was read so before, and another reading has come in between: it is read once more.
    whole = "complete" if mapping.complete else "addition"
    parts = (mapping.list_id, mapping.release, mapping.released_on.edtf, whole, document, mapping.reading_hash)
    return content_id("reading", *parts, *([str(same)] if same else [])), False


@contextmanager
def _named(path: Path | None, kept: Path) -> Iterator[None]:
    """Let errors about the kept bytes name the file that they came from."""
    try:
        yield
    except InputError as error:
        if path is None:
            raise
        raise type(error)(error.message.replace(show_name(kept), show_name(path)), error.hint) from error


def _note(plan: Plan, mapping: Mapping, summary: ReadingSummary) -> tuple[str, ...]:
    """Say what a person must know of where this reading stands among the list's others."""
    notes: list[str] = []
    if mapping.keyed and not summary.keyed:
        notes.append("The file lacks the columns of the key: its rows are known by their content.")
    if plan.state.moved_from is not None:
        notes.append(
            f"The date of release {mapping.release} moves from {plan.state.moved_from.edtf} to {mapping.released_on.edtf}: "
            "counts as of a day go by the new one."
        )
    if plan.state.later:
        names = ", ".join(sorted({release for release, _ in plan.state.later}))
        notes.append(f"Releases of a later date stand already ({names}): this one holds for the days before them.")
        if any(reading_hash != mapping.reading_hash for _, reading_hash in plan.state.later):
            notes.append(
                "They were read under another mapping; import their files under this one too, if it should hold for them."
            )
    lost = sum(failure.row_key is None for failure in plan.failures)
    if lost and plan.changes.withdrawn:
        notes.append(
            f"{count_words(lost, 'row')} could not be read and {choose(lost, 'has', 'have')} no key: rows that count as "
            "withdrawn may be among them."
        )
    return tuple(notes)


def _ask(plan: Plan, mapping: Mapping, casebook: Casebook, confirmed: bool) -> None:
    standing = len(plan.state.rows)
    share = casebook.settings.share("imports.withdraw_share")
    if confirmed or not standing or plan.changes.withdrawn <= share * standing:
        return
    raise ConfirmationNeeded(
        f"This complete release of '{mapping.list_id}' lacks {plan.changes.withdrawn:,} of the list's "
        f"{count_words(standing, 'row')}; they would be withdrawn, which is more than the {share:.0%} that "
        "imports.withdraw_share allows.",
        "Is it the whole list? If it only adds, say `complete = false` or --addition; if the rows are gone, repeat with --yes.",
    )


def load(
    path: Path,
    *,
    release: str | None = None,
    released_on: str | None = None,
    complete: bool | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
) -> Mapping:
    """Read a mapping, with what the call gives instead of it: the release, and how the file is opened."""
    return load_mapping(
        path, release=release, date=released_on, complete=complete, encoding=encoding, sheet=sheet
    )
