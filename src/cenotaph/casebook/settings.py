"""What ``casebook.toml`` may say: every setting with its type, default and meaning; reading, checking, writing."""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from cenotaph.domain.canonical import JsonValue, canonical_json, content_id
from cenotaph.domain.errors import SettingsError

SETTINGS_SCHEMA = 1
FILE_NAME = "casebook.toml"

Value = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Setting:
    """One key of ``casebook.toml``.

    Parameters
    ----------
    name
        Section and key, ``section.key``.
    type
        ``str``, ``int``, ``float`` or ``bool``.
    default
        What holds where the file says nothing.
    help
        What it does, with its unit.
    minimum, maximum
        Closed range of a number, where there is one.
    """

    name: str
    type: type
    default: Value
    help: str
    minimum: float | None = None
    maximum: float | None = None


_MIB = 1024 * 1024

SETTINGS: tuple[Setting, ...] = (
    Setting("casebook.schema", int, SETTINGS_SCHEMA, "Version of this file's form.", 1, SETTINGS_SCHEMA),
    Setting("casebook.title", str, "Untitled casebook", "What readers see at the head of tables and pages."),
    Setting(
        "store.url",
        str,
        "sqlite",
        "Where the record lies: `sqlite` (the file record.sqlite3 in the casebook's folder) or an address "
        "`postgresql://user@host/database`.",
    ),
    Setting(
        "store.keyring",
        str,
        "",
        "The folder of captures' keys, a whole path outside the casebook; empty: captures lie as they are.",
    ),
    Setting("store.busy_seconds", int, 60, "How long a writer waits for another one, in seconds.", 0, 3600),
    Setting("who.account", str, "", "Whose account entries carry where no `--as` is given; empty: the system's user name."),
    Setting(
        "who.role",
        str,
        "recorder",
        "The role entries carry where no `--role` is given: recorder, editor, analyst, case_worker.",
    ),
    Setting(
        "imports.withdraw_share",
        float,
        0.05,
        "A complete release that withdraws more than this share of the list asks for `--yes`.",
        0,
        1,
    ),
    Setting("limits.text_bytes", int, 64 * _MIB, "Largest plain text file, in bytes.", 1),
    Setting("limits.csv_bytes", int, 2048 * _MIB, "Largest CSV file, in bytes.", 1),
    Setting("limits.xlsx_bytes", int, 256 * _MIB, "Largest XLSX file, in bytes.", 1),
    Setting("limits.other_bytes", int, 1024 * _MIB, "Largest file of any other type, in bytes.", 1),
    Setting("limits.unzipped_bytes", int, 1024 * _MIB, "Most bytes that a packed file may unpack to.", 1),
    Setting("limits.columns", int, 4096, "Most columns of a table.", 1, 1_000_000),
    Setting("limits.cell_characters", int, 1_000_000, "Most characters in one cell.", 1),
    Setting("limits.rows", int, 20_000_000, "Most rows of a table.", 1),
    Setting("limits.read_bytes", int, 64 * _MIB, "Largest page, PDF, document, message or picture that is read, in bytes.", 1),
    Setting("limits.reader_mib", int, 1024, "Memory that reading one of them may take, in MiB.", 256),
    Setting("limits.reader_seconds", int, 60, "Time that reading one of them may take, in seconds.", 1, 3600),
    Setting("fetch.agent", str, "Cenotaph", "What fetching calls itself before hosts."),
    Setting("fetch.page_bytes", int, 128 * _MIB, "Largest answer of a host that is taken, in bytes.", 1),
    Setting("fetch.seconds", int, 120, "Longest time that one answer may take, in seconds.", 1, 86_400),
    Setting("fetch.pause_seconds", float, 2.0, "Least pause between two questions to one host, in seconds.", 0, 3600),
    Setting("fetch.attempts", int, 3, "How often an address is tried before it is given up.", 1, 100),
    Setting("fetch.retry_minutes", int, 10, "Pause before an address is tried again, in minutes; it doubles.", 0, 10_080),
    Setting("work.memory_mib", int, 1024, "Memory that counting may use, in MiB.", 64),
    Setting("work.threads", int, 2, "Processor threads that counting may use.", 1, 1024),
)

_BY_NAME = {setting.name: setting for setting in SETTINGS}


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one casebook, checked; :meth:`text`, :meth:`number` and :meth:`share` read them by name."""

    values: dict[str, Value]

    def text(self, name: str) -> str:
        """Return a setting that is text."""
        return cast(str, self.values[name])

    def number(self, name: str) -> int:
        """Return a setting that is a whole number."""
        return cast(int, self.values[name])

    def share(self, name: str) -> float:
        """Return a setting that is a fraction."""
        return float(self.values[name])

    def record(self) -> dict[str, JsonValue]:
        """Return every setting as the ledger records it; fractions as text."""
        return {name: str(value) if isinstance(value, float) else value for name, value in self.values.items()}

    def name(self) -> str:
        """Return the name of this state of the settings, by which each ledger entry says under which it was made."""
        return content_id("settings", canonical_json(self.record()))


def default_settings(changes: Mapping[str, Value] | None = None) -> Settings:
    """Return the defaults with some replaced, by name: ``section.key``."""
    values: dict[str, Value] = {setting.name: setting.default for setting in SETTINGS}
    for name, value in (changes or {}).items():
        values[name] = _check(name, value, "the call")
    return Settings(values)


def read_settings(path: Path) -> Settings:
    """Read and check ``casebook.toml``.

    Raises
    ------
    SettingsError
        The file is missing, is not TOML, or has a key or value that Cenotaph does not know.
    """
    try:
        parsed = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SettingsError(f"{path} is missing.", "Every casebook has one; `cenotaph init` writes it.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not valid TOML: {error}.", "Mend the line it names.") from error
    values: dict[str, Value] = {setting.name: setting.default for setting in SETTINGS}
    for section, keys in parsed.items():
        if not isinstance(keys, dict):
            raise SettingsError(f"{path}: '{section}' stands outside a section.", "Write it under [casebook] or another section.")
        for key, value in keys.items():
            name = f"{section}.{key}"
            values[name] = _check(name, value, str(path))
    return Settings(values)


def _check(name: str, value: object, where: str) -> Value:
    setting = _BY_NAME.get(name)
    if setting is None:
        near = difflib.get_close_matches(name, _BY_NAME, n=2)
        hint = f"Did you mean {' or '.join(near)}?" if near else f"Settings are: {', '.join(sorted(_BY_NAME))}."
        raise SettingsError(f"{where}: there is no setting '{name}'.", hint)
    if setting.type is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if type(value) is not setting.type:
        raise SettingsError(f"{where}: {name} is {value!r}.", f"It takes a value of type {setting.type.__name__}.")
    if isinstance(value, int | float) and not isinstance(value, bool):
        low, high = setting.minimum, setting.maximum
        if (low is not None and value < low) or (high is not None and value > high):
            span = f"from {low:g}" + (f" to {high:g}" if high is not None else "") if low is not None else f"up to {high:g}"
            raise SettingsError(f"{where}: {name} is {value}.", f"It takes a number {span}.")
    return cast(Value, value)


def write_settings(path: Path, settings: Settings) -> None:
    """Write a ``casebook.toml`` that says every setting with its meaning, synced."""
    with path.open("w", encoding="utf-8") as stream:
        stream.write(settings_text(settings))
        stream.flush()
        os.fsync(stream.fileno())


def settings_text(settings: Settings) -> str:
    """Return the text of ``casebook.toml`` for these settings."""
    lines: list[str] = ["# The settings of this casebook. Every key is explained in docs/reference/settings.md."]
    section = ""
    for setting in SETTINGS:
        head, key = setting.name.split(".", 1)
        if head != section:
            lines += ["", f"[{head}]"]
            section = head
        lines += [f"# {setting.help}", f"{key} = {_toml(settings.values[setting.name])}"]
    return "\n".join(lines) + "\n"


def _toml(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + value.translate(_TOML_ESCAPES) + '"'
    return str(value)


_TOML_ESCAPES = {
    **{code: f"\\u{code:04x}" for code in [*range(0x20), 0x7F]},
    ord("\\"): "\\\\",
    ord('"'): '\\"',
}
