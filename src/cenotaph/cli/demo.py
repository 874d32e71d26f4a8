"""``cenotaph demo``: the example from beginning to end."""

from __future__ import annotations

from pathlib import Path

import click

from cenotaph.cli.context import Call, pass_call


@click.command()
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("demo"), show_default=True, help="Where casebook and page go."
)
@click.option("--examples", type=click.Path(path_type=Path, exists=True, file_okay=False), help="The folder of the examples.")
@pass_call
def demo(call: Call, out: Path, examples: Path | None) -> None:
    """Make a casebook from the example, count it, check it, and write one page that shows it."""
    from cenotaph.services.demo import run_demo

    made = run_demo(out.absolute(), click.echo, examples)
    call.talk(f"Done in {made.seconds:.1f} seconds.")
