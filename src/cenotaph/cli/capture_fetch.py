"""``cenotaph capture fetch`` and ``queue``: keep pages from the web."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from cenotaph.cli.context import DONE_IN_PART, Call, dry_run_option, json_option, pass_call, print_json_line, shorten


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
@click.option("--again", is_flag=True, help="Ask anew for addresses that were kept, refused or given up before.")
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
    from cenotaph.services import fetch_queue, fetching
    from cenotaph.services.seals import resolve_id
    from cenotaph.services.wording import clean

    casebook = call.casebook()
    actor = call.actor(casebook)
    cited = resolve_id("report", report) if report else None
    wanted = [fetch_queue.Wanted(address, cited) for address in addresses]
    bad = 0
    for file in files:
        for item in fetch_queue.read_address_file(file):
            if isinstance(item, str):
                bad += 1
                click.echo(f"{file.name}, {clean(item)}", err=True)
            else:
                wanted.append(item)
    for list_id in lists:
        found = fetch_queue.read_cited(list_id)
        call.talk(f"{clean(list_id)} cites {len(found):,} addresses.")
        wanted += found
    client = fetching.open_client(casebook, route, allow_private)
    if wanted:
        added = fetching.queue_addresses(casebook, actor, wanted, requisites=requisites, again=again, dry_run=dry_run)
        call.talk(f"{added:,} of {len(wanted):,} addresses were not in the queue yet.")
    if dry_run:
        call.talk("Nothing was written and nothing asked: --dry-run.")
        sys.exit(DONE_IN_PART if bad else 0)
    done = kept = 0
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
            progress=progress,
        ):
            done += 1
            kept += outcome.state == "kept"
            if as_json:
                print_json_line(asdict(outcome))
                continue
            ids = f"  capture {shorten(outcome.capture)}" if outcome.capture else ""
            document = f", document {outcome.document}" if outcome.document else ""
            note = f"  ({clean(outcome.note)})" if outcome.note else ""
            click.echo(f"{outcome.state}: {clean(outcome.address)}{ids}{document}{note}")
    client.close()
    if kept < done or bad:
        sys.exit(DONE_IN_PART if kept else 1)


@click.command()
@click.option("--all", "show_all", is_flag=True, help="Those that were kept, too.")
@json_option
@pass_call
def queue(call: Call, show_all: bool, as_json: bool) -> None:
    """List the addresses that wait, were refused or given up, with the reason of the last attempt."""
    from cenotaph.services import fetch_queue
    from cenotaph.services.wording import clean

    casebook = call.casebook()
    counts: dict[str, int] = {}
    for request in fetch_queue.read_queue(casebook):
        counts[request.state] = counts.get(request.state, 0) + 1
        if request.state == "kept" and not show_all:
            continue
        if as_json:
            values = asdict(request)
            values["next_at"] = request.next_at.isoformat() if request.next_at else None
            print_json_line(values)
            continue
        when = f", not before {request.next_at:%Y-%m-%d %H:%M}Z" if request.next_at else ""
        tries = f"  {request.attempts} tried{when}" if request.attempts else ""
        reason = f"  ({clean(request.reason)})" if request.reason else ""
        click.echo(f"{request.state}: {clean(request.address)}{tries}{reason}")
    call.talk(", ".join(f"{count:,} {state}" for state, count in counts.items()) or "The queue is empty.")
