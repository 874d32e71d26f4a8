"""The command ``cenotaph``: its groups, found by name and imported only when one is used."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import click

from cenotaph import __version__
from cenotaph.cli.context import Call
from cenotaph.domain.errors import CenotaphError, UsageError

_COMMANDS: dict[str, tuple[str, str, str]] = {
    "init": ("cenotaph.cli.init", "init", "Make a casebook."),
    "capture": ("cenotaph.cli.capture", "capture", "Keep files and pages, and see what is kept."),
    "list": ("cenotaph.cli.lists", "lists", "Take in lists of named dead."),
    "report": ("cenotaph.cli.report", "report", "Enter and see what a document says of one person."),
    "extract": ("cenotaph.cli.extract", "extract", "Read what the texts of a casebook say."),
    "claim": ("cenotaph.cli.claims", "claim", "Read what texts claim of numbers of people."),
    "name": ("cenotaph.cli.name", "name", "Read, compare and romanise people's names."),
    "judgement": ("cenotaph.cli.judgement", "judgement", "Record a reviewer's word on a question."),
    "person": ("cenotaph.cli.person", "person", "Look at people, join and part them."),
    "incident": ("cenotaph.cli.incident", "incident", "Record incidents, their victims, and places nobody has named."),
    "remains": ("cenotaph.cli.remains", "remains", "Record bodies and parts of bodies, and whose they are."),
    "assess": ("cenotaph.cli.assess", "assess", "Say how everybody stands under a standard and a scope."),
    "standard": ("cenotaph.cli.assess", "standard", "Look at standards of evidence."),
    "scope": ("cenotaph.cli.assess", "scope", "Look at scopes."),
    "count": ("cenotaph.cli.count", "count", "Count, and follow a count down to its rows."),
    "link": ("cenotaph.cli.link", "link", "Find the people that reports are about."),
    "figure": ("cenotaph.cli.figure", "figure", "Look at figures, and defend them."),
    "release": ("cenotaph.cli.release", "release", "Freeze what is counted, so that anyone can count it again."),
    "challenge": ("cenotaph.cli.challenge", "challenge", "Record what is said to be wrong, and answer it."),
    "site": ("cenotaph.cli.site", "site", "Make the public site from releases."),
    "ledger": ("cenotaph.cli.ledger", "ledger", "See and check everything that was done."),
    "seal": ("cenotaph.cli.seal", "seal", "Destroy content that must go, and leave a tombstone."),
    "backup": ("cenotaph.cli.backup", "backup", "Write the whole casebook to one file."),
    "restore": ("cenotaph.cli.backup", "restore", "Unpack a backup into a new folder and check it."),
    "demo": ("cenotaph.cli.demo", "demo", "Run the example from beginning to end."),
}


STOPPED = (
    "Stopped. What has no entry in the ledger is not in the record. One entry may have been written just before: "
    "`cenotaph ledger show` lists what stands."
)
"""True at every moment: an entry and the word of it are two steps, and a person can stop the command between them."""


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called: the command line stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands' names in the order in which help lists them."""
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module, name, _ = _COMMANDS[cmd_name]
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, _, words) in _COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="cenotaph")
@click.option(
    "--casebook",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The casebook to work on; without it, the one in or above this folder.",
)
@click.option("--as", "account", metavar="ACCOUNT", help="Whose account ledger entries carry.")
@click.option("--role", metavar="ROLE", help="The role they carry: recorder, editor, analyst, case_worker.")
@click.option("--quiet", "-q", is_flag=True, help="No progress and no talk, only results and errors.")
@click.pass_context
def cli(ctx: click.Context, casebook: Path | None, account: str | None, role: str | None, quiet: bool) -> None:
    """Turn open-source reports of war deaths into a count that can be defended.

    Results go to standard output, talk to standard error. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done in part,
    with every skipped row and its reason.
    """
    ctx.obj = Call(casebook, account, role, quiet)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with its code."""
    try:
        code = cli.main(args=arguments, prog_name="cenotaph", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.exceptions.Abort:
        click.echo(f"\n{STOPPED}", err=True)
        sys.exit(1)
    except UsageError as error:
        _say_error(error)
        sys.exit(2)
    except CenotaphError as error:
        _say_error(error)
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except OSError as error:  # A folder that is not there, a disk that is full: nothing of this program's to trace.
        named = f"{error.filename}: " if error.filename else ""
        click.echo(f"Error: {named}{error.strerror or error}.", err=True)
        sys.exit(1)


def _say_error(error: CenotaphError) -> None:
    click.echo(f"Error: {error.message}", err=True)
    if error.hint:
        click.echo(f"       {error.hint}", err=True)


if __name__ == "__main__":
    main()
