"""``cenotaph capture check`` and ``archived``: whether what is kept is whole, and whether its addresses still serve it."""

from __future__ import annotations

import sys
from dataclasses import asdict

import click

from cenotaph.cli.context import Call, json_option, pass_call, print_json_line, shorten


@click.command()
@click.argument("captures", nargs=-1, metavar="[CAPTURE]...")
@click.option("--live", is_flag=True, help="Ask the addresses that they came from, and archived copies, what they serve now.")
@click.option("--history", is_flag=True, help="List what earlier looks found, instead.")
@click.option("--gone", is_flag=True, help="With --history: only what the last look did not find as it was.")
@click.option("--route", default="direct", show_default=True, metavar="WAY", help="How they are asked, as for `capture fetch`.")
@click.option("--allow-private", is_flag=True, help="Ask addresses of this machine and of private networks, too.")
@click.option("--ignore-robots", is_flag=True, help="Do not ask for sites' rules for robots.")
@json_option
@pass_call
def check(
    call: Call,
    captures: tuple[str, ...],
    live: bool,
    history: bool,
    gone: bool,
    route: str,
    allow_private: bool,
    ignore_robots: bool,
    as_json: bool,
) -> None:
    """Hash every capture's bytes again and name those that are not what was kept.

    With --live, ask instead whether their addresses serve the same, something else (kept, and the differences shown) or
    nothing any more. Exit 1 where bytes are wrong; with --live, 0 whatever was found.
    """
    if history or gone:
        _print_history(call, captures, gone, as_json)
    elif live:
        _look(call, captures, route, allow_private, ignore_robots, as_json)
    else:
        _check_bytes(call, captures, as_json)


def _check_bytes(call: Call, starts: tuple[str, ...], as_json: bool) -> None:
    from cenotaph.services import captures
    from cenotaph.services.seals import resolve_id

    casebook = call.casebook()
    wanted = {resolve_id("capture", start) for start in starts}
    wrong = 0
    with call.progress() as progress:
        for line, state in captures.check_all(casebook):
            progress("captures", 1)
            if (wanted and line.id not in wanted) or (state == "ok" and not as_json):
                continue
            wrong += state != "ok"
            if as_json:
                print_json_line({"id": line.id, "state": state})
            else:
                click.echo(f"{line.id}: {state}")
    if not as_json and not wrong:
        click.echo("Every capture has the bytes that were kept.")
    sys.exit(1 if wrong else 0)


def _look(
    call: Call, captures: tuple[str, ...], route: str, allow_private: bool, ignore_robots: bool, as_json: bool
) -> None:
    from cenotaph.services import fetching, looks
    from cenotaph.services.wording import clean

    casebook = call.casebook()
    client = fetching.open_client(casebook, route, allow_private)
    counts: dict[str, int] = {}
    with call.progress() as progress:
        actor = call.actor(casebook)
        for found in looks.look_again(casebook, actor, client, captures, obey_robots=not ignore_robots):
            progress("addresses", 1)
            counts[found.outcome] = counts.get(found.outcome, 0) + 1
            if as_json:
                print_json_line(asdict(found))
                continue
            now = f", now capture {shorten(found.now)}" if found.now else ""
            reason = f"  ({clean(found.reason)})" if found.reason else ""
            click.echo(f"{found.outcome}: {clean(found.address)}  capture {shorten(found.capture)}{now}{reason}")
            for line in found.differences:
                click.echo(f"    {clean(line)}")
    client.close()
    call.talk(", ".join(f"{count:,} {outcome}" for outcome, count in counts.items()) or "No capture came from an address.")


def _print_history(call: Call, captures: tuple[str, ...], gone: bool, as_json: bool) -> None:
    from cenotaph.services import looks
    from cenotaph.services.wording import clean

    call.casebook()
    for past in looks.list_looks(captures, last=gone):
        if gone and past.outcome == "same":
            continue
        if as_json:
            print_json_line(asdict(past))
            continue
        now = f", now capture {shorten(past.now)}" if past.now else ""
        where = clean(past.address) if past.address else "under seal"
        click.echo(f"{past.at[:19]}Z  {past.outcome}: {where}  capture {shorten(past.capture)}{now}")


@click.command()
@click.argument("capture")
@click.argument("address")
@click.option("--made", metavar="DATE", help="When the archive took it: 2025-07, 2025-07-22.")
@pass_call
def archived(call: Call, capture: str, address: str, made: str | None) -> None:
    """Note that an archive elsewhere holds a copy of CAPTURE at ADDRESS; `capture check --live` looks at it too."""
    from cenotaph.domain.dates import PartialDate
    from cenotaph.services.looks import note_archived

    casebook = call.casebook()
    when = PartialDate.from_edtf(made) if made else None
    identifier = note_archived(casebook, call.actor(casebook), capture, address, when)
    click.echo(f"Noted beside capture {shorten(identifier)}.")


@click.command()
@pass_call
def encrypt(call: Call) -> None:
    """Encrypt the captures that lie in the clear, each with a key of its own in the keyring that store.keyring names."""
    from cenotaph.domain.plurals import count_words
    from cenotaph.services.encrypting import encrypt_captures

    casebook = call.casebook()
    with call.progress() as progress:
        done = encrypt_captures(casebook, call.actor(casebook), progress)
    click.echo(f"Encrypted {count_words(done, 'capture')}. What comes in from now on is encrypted as it comes.")


@click.command()
@click.argument("captures", nargs=-1, metavar="[CAPTURE]...")
@json_option
@pass_call
def reprints(call: Call, captures: tuple[str, ...], as_json: bool) -> None:
    """List the documents of CAPTURES, or of all, of which most stands in another document, with what was judged of them."""
    from cenotaph.services.proposed_reprints import list_reprints

    call.casebook()
    count = 0
    for line in list_reprints(captures):
        count += 1
        if as_json:
            print_json_line(asdict(line))
            continue
        where = f"(captures {shorten(line.captures[0])}, {shorten(line.captures[1])})"
        click.echo(f"{line.state}: {line.first} {line.second}  {line.containment:.0%} of the shorter text  {where}")
    if not count:
        call.talk("No text stands, for the most part, in another.")
