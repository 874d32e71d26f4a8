"""``cenotaph capture chat``: take in the export of a chat."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from cenotaph.cli.context import DONE_IN_PART, Call, json_option, pass_call, print_json, shorten


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--source", metavar="NAME", help="Who speaks in it; without it, the chat's own name.")
@click.option("--source-kind", default="social_media", show_default=True, metavar="KIND", help="What kind of source.")
@click.option("--language", metavar="TAG", help="Its language, as BCP 47 writes it.")
@click.option("--exporter", metavar="ID_OR_NAME", help="Who made the export: user123, of HTML the name shown.")
@click.option("--chat", "chats", multiple=True, metavar="NAME_OR_ID", help="Of a whole account, a chat to take; repeatable.")
@click.option("--all-chats", is_flag=True, help="Of a whole account, every group and channel; no personal dialogue.")
@json_option
@pass_call
def chat(
    call: Call,
    folder: Path,
    source: str | None,
    source_kind: str,
    language: str | None,
    exporter: str | None,
    chats: tuple[str, ...],
    all_chats: bool,
    as_json: bool,
) -> None:
    """Take in a chat that Telegram Desktop exported into FOLDER (result.json or messages.html), with its media.

    The original is kept private; each message becomes a document of its cleaned derivative. Run it again where it was
    stopped: it goes on behind what is written.
    """
    from cenotaph.domain.plurals import choose, count_words
    from cenotaph.services.chat_choice import Choice
    from cenotaph.services.chats import import_chat
    from cenotaph.services.wording import clean

    casebook = call.casebook()
    with call.progress() as progress:
        done = import_chat(
            casebook,
            call.actor(casebook),
            folder,
            source=source,
            source_kind=source_kind,
            language=language,
            exporter=exporter,
            choice=Choice(chats, all_chats),
            progress=progress,
        )
    if as_json:
        print_json(asdict(done))
    else:
        click.echo(
            f"capture {shorten(done.derivative)}: {count_words(done.messages, 'message')}, {done.new:,} of them new, "
            f"{count_words(done.media, 'file')} kept, {done.missing:,} not in the export."
        )
        if done.not_taken or len(done.taken) > 1:
            click.echo(f"Taken: {clean('; '.join(done.taken))}. Not taken: {count_words(done.not_taken, 'chat')}.")
        if done.reprints:
            stand = choose(done.reprints, "stands", "stand")
            told = f"{count_words(done.reprints, 'message')} {stand} for the most part in other documents"
            click.echo(f"{told}; lineages are proposed: cenotaph capture reprints {shorten(done.derivative)}")
        click.echo(f"The original, capture {shorten(done.original)}, is private.")
    for words in done.told:
        call.talk(words)
    for note in done.notes:
        click.echo(clean(note), err=True)
    if done.notes:
        sys.exit(DONE_IN_PART)
