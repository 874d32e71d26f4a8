"""``cenotaph name``: people's names in any order and script."""

from __future__ import annotations

import click

from cenotaph.cli.context import json_option, print_json, print_json_line

LANGUAGE = click.option("--language", metavar="TAG", default="", help="The language the names are printed in (ru, fa, ne).")
COUNTRY = click.option("--country", metavar="COUNTRY", default="", help="Where the people come from, in any words.")


@click.group()
def name() -> None:
    """Read, compare and romanise people's names; no casebook is needed."""


@name.command()
@click.argument("left", metavar="A")
@click.argument("right", metavar="B")
@LANGUAGE
@COUNTRY
@json_option
def compare(left: str, right: str, language: str, country: str, as_json: bool) -> None:
    """Compare the names A and B word by word, whatever their order and script.

    Each part says how far it agrees and what that is worth in bits, by how common the name is: one bit more doubles the odds
    that the names are one person's. A part that only one name has says nothing; one that contradicts says so.
    """
    from cenotaph.services.name_text import compare_names, comparison_lines, comparison_record

    found = compare_names(left, right, language, country)
    if as_json:
        print_json(comparison_record(found))
    else:
        for line in comparison_lines(found):
            click.echo(line)


@name.command()
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@LANGUAGE
@COUNTRY
@json_option
def parse(names: tuple[str, ...], language: str, country: str, as_json: bool) -> None:
    """Read each NAME into its parts: given and family name, patronymic, grandfather, maiden name, call sign, rank, generation."""
    from cenotaph.services.name_text import parse_line, parse_record

    for text in names:
        if as_json:
            print_json_line(parse_record(text, language, country))
        else:
            click.echo(parse_line(text, language, country))


@name.command("romanise")
@click.argument("text", metavar="NAME")
@click.option(
    "--standard", metavar="KEY", help="By which standard (icao-ru, bgn-uk, iso9, din-ar); without it, by all."
)
@click.option("--back", is_flag=True, help="NAME is romanised: write it in its own script again.")
@json_option
def romanise_command(text: str, standard: str | None, back: bool, as_json: bool) -> None:
    """Write NAME in Latin letters by the usual standards, and say which, and what each leaves open."""
    from cenotaph.services.name_text import romanise_names, romanised_line, romanised_record

    for found in romanise_names(text, standard, back):
        if as_json:
            print_json_line(romanised_record(found))
        else:
            click.echo(romanised_line(found))
