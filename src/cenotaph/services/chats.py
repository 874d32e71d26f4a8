"""Taking a chat's export in: the original is private, a cleaned derivative is what people see, each message a document.

Messages go in by the batch, each batch with its media as one ledger entry. A batch that was written is known by its documents,
so an import that was killed goes on behind it when it is run again, and nothing goes in twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path

from cenotaph.capture.chats.messages import ChatMessage, LeftOut, head_line, message_line, read_lines
from cenotaph.capture.chats.recognition import recognise_export
from cenotaph.capture.chats.telegram_html import CUT, OTHERS, PAGE
from cenotaph.capture.chats.telegram_json import MATCHED, TAKEN
from cenotaph.capture.clear_copies import readable_path
from cenotaph.capture.files import open_regular
from cenotaph.capture.intake import HashingOut
from cenotaph.capture.isolation import shared_process
from cenotaph.capture.limits import Limits
from cenotaph.capture.media_types import CHAT
from cenotaph.capture.objects import destroy_object
from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.lock import hold_one
from cenotaph.casebook.store import Casebook
from cenotaph.domain.errors import BusyError, RefusedError, UsageError
from cenotaph.domain.plurals import choose, count_words
from cenotaph.services.capture_record import CaptureRecorder, is_sealed
from cenotaph.services.captures import read_limits
from cenotaph.services.chat_batches import ChatBatches, ChatImport, Head, PartNames, name_part
from cenotaph.services.chat_choice import NO_CHOICE, Choice, check_choice
from cenotaph.services.chat_exporter import UNNAMED, check_exporter, leave_away, refuse_exporter
from cenotaph.services.intakes import taking_in
from cenotaph.services.private import ORIGINAL, derived_from
from cenotaph.services.reprints import find_reprints_of
from cenotaph.services.sources import check_kind, make_source

BATCH = 4000
_NAMED = 5


def import_chat(
    casebook: Casebook,
    actor: Actor,
    folder: Path,
    *,
    source: str | None = None,
    source_kind: str = "social_media",
    language: str | None = None,
    exporter: str | None = None,
    choice: Choice = NO_CHOICE,
    progress: Callable[[str, int], None] = lambda *_: None,
) -> ChatImport:
    """Take in the export of a chat from Telegram Desktop: ``result.json``, else ``messages.html`` and those that follow it.

    Parameters
    ----------
    folder
        The export's folder.
    source, source_kind, language
        Who speaks in the chat, such as the channel; without it the chat's own name.
    choice
        Of the export of a whole account, which chats.
    exporter
        Who made the export: of JSON the id (``user123``), of HTML the name that is shown, for HTML tells no ids. Their name and
        messages' authorship are left away. An export of a whole account in JSON tells it itself.

    Raises
    ------
    UsageError, InputError
        The folder is no export, it is broken, nothing in it is of the exporter that was named, or it is of a whole
        account and nobody chose chats of it, or one that it does not hold.
    RefusedError
        What it holds is under seal.
    BusyError
        Another import of it is under way.
    """
    check_kind(source_kind)
    files, form = _find_files(folder)
    exporter = check_exporter(exporter, form)
    limits = read_limits(casebook.settings)
    done = ChatImport()
    with _alone(casebook, files[0]), taking_in(casebook, limits) as intakes:
        originals = [(path, intakes.take_in(path)) for path in files]
        done.original = originals[0][1].sha256
        if any(is_sealed(taken.sha256) for _, taken in originals):
            for _, taken in originals:
                if is_sealed(taken.sha256):
                    destroy_object(intakes.objects, taken.sha256)
            raise RefusedError("This export is under seal.", "It was destroyed for a reason: leave it away.")
        if form == "html" and exporter is None:
            done.told.append(UNNAMED)
        kept = [(path.name, readable_path(intakes.objects, taken.sha256)) for path, taken in originals]
        derivative = intakes.keep_made(
            "chat.jsonl",
            CHAT,
            lambda out: _derive(out, kept, form, exporter, choice, limits, done),
            datetime(1970, 1, 1, tzinfo=UTC),
        )
        done.derivative = derivative.sha256
        names, repeated = _look_through(readable_path(intakes.objects, derivative.sha256))
        speaker = make_source(source or names[0] or folder.name, source_kind, language)
        with casebook.writing(actor, "capture chat: export") as entry:
            recorder = CaptureRecorder(entry, intakes, speaker, language, None)
            for path, taken in originals:
                intakes.make_sure(path, taken)
                recorder.add_capture(taken)
                recorder.add_sighting(taken.sha256, ORIGINAL, taken.name)
            recorder.add_capture(derivative)
            recorder.add_sighting(derivative.sha256, derived_from(done.original), "chat.jsonl")
            recorder.write()
            entry.detail.update({"original": done.original, "derivative": done.derivative, "files": len(files)})
        intakes.keep()
        batches = ChatBatches(casebook, actor, folder, intakes, speaker, language, derivative, done, PartNames(repeated))
        with readable_path(intakes.objects, derivative.sha256).open("rb") as stream:
            items = read_lines(stream)
            while batch := list(islice(items, BATCH)):
                batches.write(batch)
                progress("messages", len(batch))
        long = batches.long_texts
        done.reprints = len({end for pair in find_reprints_of(long) for end in pair[:2] if end in long})
    return done


@contextmanager
def _alone(casebook: Casebook, path: Path) -> Iterator[None]:
    """Keep other imports of the same export out: they would write the same documents."""
    with open_regular(path) as stream:
        digest = sha256()
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    number = int(digest.hexdigest()[:15], 16)
    with hold_one(casebook.root / "ledger" / "chats.lock", number) as held:
        if not held:
            raise BusyError(
                "Another import of this chat is under way.", "When it has ended, run this one again: it adds what is missing."
            )
        yield


def _find_files(folder: Path) -> tuple[list[Path], str]:
    if folder.is_file() and (folder.name == "result.json" or recognise_export(folder) == "json"):
        return [folder], "json"
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder.", "Name the folder that Telegram Desktop exported into.")
    if (folder / "result.json").is_file():
        return [folder / "result.json"], "json"
    pages = [(int(match[1] or 1), path) for path in folder.iterdir() if (match := PAGE.fullmatch(path.name))]
    if not pages:
        raise UsageError(
            f"{folder.name} holds neither result.json nor messages.html.", "Name the folder that Telegram Desktop exported into."
        )
    return [path for _, path in sorted(pages)], "html"


def _derive(
    out: HashingOut,
    kept: list[tuple[str, Path]],
    form: str,
    exporter: str | None,
    choice: Choice,
    limits: Limits,
    done: ChatImport,
) -> None:
    """Write the cleaned derivative: the same export gives the same bytes. What is left out of it is noted."""
    left: list[str] = []
    head: Head | None = None
    author: str | None = None
    met = 0
    heads: list[Head] = []
    pages = {name for name, _ in kept}
    cut: list[str] = []
    wanted = {_name_page(number) for number in range(1, max(map(_number_page, pages)))} if form == "html" else set()
    for name, path in kept:
        own = exporter if form == "json" else author
        for item in shared_process().read_chat(path, limits, form=form, own=own, chats=choice.chats, every=choice.every):
            if isinstance(item, ChatMessage):
                author = item.author
                clean = leave_away(item, exporter) if form == "html" else item
                met += clean is not item
                out.write(message_line(clean))
            elif isinstance(item, LeftOut):
                done.left_out += 1
                if len(left) < _NAMED:
                    page = f" of {name}" if len(kept) > 1 else ""
                    left.append(f"message {item.at:,}{page}: {item.reason}")
            elif CUT in item:
                cut += [name] if item[CUT] == "yes" else []
                wanted.update((item[OTHERS] or "").split())
            elif MATCHED in item:
                met += int(item[MATCHED] or 0)
            elif form == "json" or head is None:
                head = item
                heads.append(item)
                if item.get(TAKEN) != "no":
                    out.write(head_line(item["name"], item["type"], item["id"]))
    done.taken, done.not_taken = check_choice(choice, heads)
    if exporter is not None and not met:
        raise refuse_exporter(form)
    _note_gaps(sorted(wanted - pages, key=_number_page), cut, done)
    if done.left_out:
        more = f"; and {done.left_out - len(left):,} more" if done.left_out > len(left) else ""
        verb = choose(done.left_out, "is", "are")
        done.notes.append(f"{count_words(done.left_out, 'message')} {verb} left out: {'; '.join(left)}{more}.")


def _note_gaps(missing: list[str], cut: list[str], done: ChatImport) -> None:
    """Note what an HTML export lacks, as far as it can be told: pages between its pages, and ends of pages."""
    gone, ended = "missing, with every message on {}", "cut off: the end of {} and its messages are gone"
    for names, words in ((missing, gone), (cut, ended)):
        if names:
            more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
            told = words.format(choose(len(names), "it", "them"))
            verb = choose(len(names), "is", "are")
            done.notes.append(f"The export is not whole: {', '.join(names[:_NAMED])}{more} {verb} {told}. Export it again.")


def _number_page(name: str) -> int:
    match = PAGE.fullmatch(name)
    return int(match[1] or 1) if match else 0


def _name_page(number: int) -> str:
    return f"messages{number if number > 1 else ''}.html"


def _look_through(path: Path) -> tuple[list[str | None], set[str]]:
    """Return the chats' names, and the names of the parts that may not be the first of theirs: their ids do not ascend."""
    names: list[str | None] = []
    repeated: set[str] = set()
    highest: dict[str | None, int] = {}
    with path.open("rb") as stream:
        for head, message in read_lines(stream):
            if message is None:
                names.append(head["name"])
                continue
            number = int(message.id)
            if number > highest.get(head["id"], -(10**40)):
                highest[head["id"]] = number
            else:
                repeated.add(name_part(head, message))
    return names or [None], repeated
