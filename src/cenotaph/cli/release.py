"""``cenotaph release``: freeze what is counted, so that anyone can count it again."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from cenotaph.cli.context import Call, json_option, pass_call, print_json, print_json_line

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group()
def release() -> None:
    """Freeze what is counted into a folder that anyone can check."""


@release.command()
@click.argument("label")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="DIR",
    help="A folder that is not there yet.",
)
@click.option("--figures", "figures_file", type=_FILE, required=True, metavar="FILE", help="What is counted.")
@click.option("--policy", "policy_file", type=_FILE, required=True, metavar="FILE", help="What is shown of whom.")
@click.option(
    "--standard", "standard_name", default="two-sources", show_default=True, metavar="NAME|FILE", help="What evidence is enough."
)
@click.option("--scope", "scope_file", type=_FILE, metavar="FILE", help="Which deaths count; without it, all.")
@click.option("--places", "places_file", type=_FILE, metavar="CSV", help="Coordinates of places, for a map; without it, none.")
@click.option(
    "--date",
    "dated",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="The day it is dated; without it, the last entry's.",
)
@click.option("--title", help="What it is called; without it, the casebook's title.")
@click.option("--author", "authors", multiple=True, help="Who publishes it; may be given several times.")
@click.option("--licence", default="CC-BY-4.0", show_default=True, help="Under what, as SPDX names it.")
@click.option("--yes", "confirmed", is_flag=True, help="It is meant that many are shown no more.")
@click.option("--preview", is_flag=True, help="Say what it would show and change, and write nothing.")
@json_option
@pass_call
def build(
    call: Call,
    label: str,
    out: Path,
    figures_file: Path,
    policy_file: Path,
    standard_name: str,
    scope_file: Path | None,
    places_file: Path | None,
    dated: datetime | None,
    title: str | None,
    authors: tuple[str, ...],
    licence: str,
    confirmed: bool,
    preview: bool,
    as_json: bool,
) -> None:
    """Write the release LABEL: figures with their members, people as far as the policy lets, method, and a script that checks it.

    The same casebook and rules give the same bytes. A label stands for one release for ever; building it again checks that.
    """
    from cenotaph.services.release_rules import load_rules
    from cenotaph.services.release_text import built_record, built_text
    from cenotaph.services.releases import build_release

    casebook = call.casebook()
    rules = load_rules(casebook, standard_name, scope_file, figures_file, policy_file, title, authors, licence, places_file)
    day = dated.date() if dated else None
    actor = call.actor(casebook)
    built = build_release(casebook, actor, label, rules, out.absolute(), day, preview=preview, confirmed=confirmed)
    if as_json:
        print_json(built_record(built))
        return
    for line in built_text(built, label):
        click.echo(line)
    if preview:
        call.talk("Nothing was written: --preview.")


@release.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--signer", metavar="KEY|FILE", help="Who must have signed it: a public key, its fingerprint, or a file of these.")
@json_option
def verify(folder: Path, signer: str | None, as_json: bool) -> None:
    """Check a release's hashes, count every figure again, compare its Parquet files, and check its signature.

    `python3 FOLDER/verify.py` does all but the last two without Cenotaph; `ssh-keygen` checks the signature.
    """
    from cenotaph.services.release_checks import check_release

    if signer is not None and Path(signer).is_file():
        signer = Path(signer).read_text(encoding="utf-8", errors="replace")
    checked = check_release(folder, signer)
    if as_json:
        by = checked.signed.fingerprint if checked.signed else None
        print_json({"sound": checked.sound, "lines": list(checked.lines), "signed_by": by})
    else:
        for line in checked.lines:
            click.echo(line)
    if not checked.sound:
        sys.exit(1)


@release.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--key", type=_FILE, required=True, metavar="FILE", help="A private key, as `ssh-keygen -t ed25519` makes it.")
@click.option("--password", is_flag=True, help="Ask for the key's password.")
def sign(folder: Path, key: Path, password: bool) -> None:
    """Sign a release; whoever has `ssh-keygen` and your public key can check it."""
    from cenotaph.services.release_checks import sign_release

    word = click.prompt("Password of the key", hide_input=True, err=True).encode() if password else None
    signed = sign_release(folder, key, word)
    click.echo(f"Signed by {signed.fingerprint}")
    click.echo(f"Publish this key where readers trust it:  {signed.key}")


@release.command("list")
@json_option
@pass_call
def list_(call: Call, as_json: bool) -> None:
    """List the releases in the record, the first one first."""
    from cenotaph.services.release_record import list_releases

    call.casebook()
    for item in list_releases():
        if as_json:
            print_json_line({"label": item.label, "dated": item.dated, "based_on": item.based_on, "sums": item.sums})
        else:
            click.echo(f"{item.label}  {item.dated}  SHA256SUMS {item.sums[:16]}, from ledger head {item.based_on[:16]}")
