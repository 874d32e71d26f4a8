"""``cenotaph capture fetch`` and ``queue``: keep pages from the web."""

from __future__ import annotations

import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cenotaph.cli.context import DONE_IN_PART, Call, dry_run_option, json_option, pass_call, print_json_line, shorten

if TYPE_CHECKING:
    from cenotaph.services.fetch_attempts import Fetched


@click.command()
@click.argument("addresses", nargs=-1, metavar="[ADDRESS]...")
@click.option(
    "--from",
    "files",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A file of addresses, one a line; after a tab the report that cites it.",
)
@click.option("--cited-by", "lists", multiple=True, metavar="LIST", help="Every address that an imported list's reports cite.")
@click.option("--report", metavar="ID", help="The report that cites the addresses given.")
@click.option("--source", metavar="NAME", help="Who speaks in them.")
@click.option("--source-kind", default="outlet", show_default=True, metavar="KIND", help="What kind of source.")
@click.option("--language", metavar="TAG", help="Their language, as BCP 47 writes it; without it, what each page says.")
@click.option("--encoding", metavar="NAME", help="The encoding of the pages where they declare another, such as cp1251.")
@click.option("--requisites", is_flag=True, help="Keep the images and styles that they show, too.")
@click.option(
    "--route",
    default="direct",
    show_default=True,
    metavar="WAY",
    help="How they are asked for, and no other way: direct, tor, tor:PORT, http://HOST:PORT, socks5://HOST:PORT.",
)
@click.option("--allow-private", is_flag=True, help="Ask addresses of this machine and of private networks, too.")
@click.option("--ignore-robots", is_flag=True, help="Do not ask for sites' rules for robots; the record says so.")
@click.option("--browser", is_flag=True, help="Have an installed Chromium load them, and keep a picture and a PDF of each too.")
@click.option("--again", is_flag=True, help="Ask anew for the addresses named; without one for all that failed for good.")
@click.option("--wait", "patience", is_flag=True, help="Stay until those that failed can be tried again.")
@dry_run_option
@json_option
@pass_call
def fetch(
    call: Call,
    addresses: tuple[str, ...],
    files: tuple[Path, ...],
    lists: tuple[str, ...],
    report: str | None,
    source: str | None,
    source_kind: str,
    language: str | None,
    encoding: str | None,
    requisites: bool,
    route: str,
    allow_private: bool,
    ignore_robots: bool,
    browser: bool,
    again: bool,
    patience: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Fetch pages and keep each as it went over the wire; without an ADDRESS, go on with what waits.

    Addresses wait in a queue in the casebook: what is stopped goes on with the next call. Exit 3 where some were not kept;
    each is named with its reason.
    """
    from cenotaph.services import fetch_wants, fetching
    from cenotaph.services.seals import resolve_id
    from cenotaph.services.wording import clean

    casebook = call.casebook()
    actor = call.actor(casebook)
    cited = resolve_id("report", report) if report else None
    wanted = [fetch_wants.Wanted(address, cited) for address in addresses]
    bad = 0
    for file in files:
        for item in fetch_wants.read_address_file(file):
            if isinstance(item, str):
                bad += 1
                click.echo(f"{file.name}, {clean(item)}", err=True)
            else:
                wanted.append(item)
    for list_id in lists:
        found = fetch_wants.read_cited(list_id)
        call.talk(f"{clean(list_id)} cites {len(found):,} addresses.")
        wanted += found
    if again and not (addresses or files or lists):
        wanted = fetch_wants.find_failed(casebook)
    client = fetching.open_client(casebook, route, allow_private)
    done = kept = 0

    def tell(outcome: Fetched) -> None:
        nonlocal done, kept
        done += 1
        kept += outcome.state == "kept"
        if as_json:
            print_json_line(asdict(outcome))
            return
        ids = f"  capture {shorten(outcome.capture)}" if outcome.capture else ""
        document = f", document {outcome.document}" if outcome.document else ""
        note = f"  ({clean(outcome.note)})" if outcome.note else ""
        click.echo(f"{outcome.state}: {clean(outcome.address)}{ids}{document}{note}")

    if wanted:
        queued = fetching.queue_addresses(
            casebook, actor, wanted, requisites=requisites, again=again, private=allow_private, dry_run=dry_run
        )
        before = f", {len(queued.standing):,} stood there already" if queued.standing else ""
        call.talk(f"{queued.added:,} of {len(wanted):,} addresses were put into the queue{before}.")
        for outcome in fetching.tell_queued(casebook, queued, asked_for=bool(addresses)):
            tell(outcome)
    if dry_run:
        call.talk("Nothing was written and nothing asked: --dry-run.")
        sys.exit(DONE_IN_PART if bad or done > kept else 0)
    with call.progress() as progress:
        for outcome in fetching.fetch_waiting(
            casebook,
            actor,
            client,
            source=source,
            source_kind=source_kind,
            language=language,
            obey_robots=not ignore_robots,
            patience=patience,
            browser=browser,
            encoding=encoding,
            progress=progress,
        ):
            tell(outcome)
    client.close()
    if words := fetching.tell_waiting(casebook):
        call.talk(words)
    if kept < done or bad:
        sys.exit(DONE_IN_PART if kept else 1)


@click.command()
@click.argument("addresses", nargs=-1, metavar="[ADDRESS]...")
@click.option("--all", "show_all", is_flag=True, help="Those that were kept, asked for anew or left off, too.")
@click.option("--leave-off", is_flag=True, help="Take off the queue what was refused or given up, or each ADDRESS.")
@dry_run_option
@json_option
@pass_call
def queue(call: Call, addresses: tuple[str, ...], show_all: bool, leave_off: bool, dry_run: bool, as_json: bool) -> None:
    """List the addresses that wait, were refused or given up, with the day and the reason of the last attempt.

    Where ADDRESSes are named, only they are listed.
    """
    from cenotaph.services import fetch_queue, fetch_wants, fetching
    from cenotaph.services.wording import clean

    casebook = call.casebook()
    counts: dict[str, int] = {}
    named = {fetch_wants.read_name(address) for address in addresses}
    if leave_off:
        requests = fetching.clear_queue(casebook, call.actor(casebook), addresses, dry_run=dry_run)
        requests = [replace(request, state=fetch_queue.LEFT_OFF) for request in requests]
    else:
        requests = [request for request in fetch_queue.read_queue(casebook) if not named or request.address in named]
    for request in requests:
        counts[request.state] = counts.get(request.state, 0) + 1
        if request.state not in fetch_queue.OPEN and not (show_all or leave_off or named):
            continue
        if as_json:
            values = asdict(request)
            for key in ("next_at", "asked_until"):
                values[key] = values[key].isoformat() if values[key] else None
            print_json_line(values)
            continue
        when = f", not before {request.next_at:%Y-%m-%d %H:%M}Z" if request.next_at else ""
        tried = f", last on {request.tried_at[:10]}" if request.tried_at else ""
        tries = f"  {request.attempts} tried{tried}{when}" if request.attempts or when else ""
        reason = f"  ({clean(request.reason)})" if request.reason else ""
        click.echo(f"{request.state}: {clean(request.address)}{tries}{reason}")
    call.talk(", ".join(f"{count:,} {state}" for state, count in counts.items()) or "The queue is empty.")
    if dry_run:
        call.talk("Nothing was written: --dry-run.")
