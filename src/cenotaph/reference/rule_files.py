"""A file of rules as a tree of plain values that knows the line of every key: TOML, YAML, or the record's own JSON.

Mappings, scopes, standards, figures and policies are such files.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cenotaph.domain.errors import MappingError, UsageError

if TYPE_CHECKING:
    from yaml import Node

MAX_BYTES = 8 * 1024 * 1024
_DEEPEST = 20

Tree = str | int | bool | list["Tree"] | dict[str, "Tree"]
Place = tuple[str | int, ...]


@dataclass(frozen=True)
class RuleFile:
    """A file of rules, parsed but not checked.

    Parameters
    ----------
    name
        What errors call it.
    tree
        Its keys and values.
    lines
        Line of each key by its place, as far as it is known: ``("column", 2, "fields")``.
    given
        Options of the call that stand for keys, by the key's place.
    """

    name: str
    tree: dict[str, Tree]
    lines: dict[Place, int] = field(default_factory=dict)
    given: dict[Place, str] = field(default_factory=dict)

    def error(self, place: Place, problem: str, hint: str) -> MappingError | UsageError:
        """Return the error that names this file, the line and the key; or the option, where the value came from one."""
        if place[:2] in self.given:
            return UsageError(f"{self.given[place[:2]]}: {problem}", hint)
        line = next((self.lines[place[:n]] for n in range(len(place), 0, -1) if place[:n] in self.lines), None)
        where = self.name + (f", line {line}" if line else "")
        key = write_place(place)
        return MappingError(f"{where}: {key + ': ' if key else ''}{problem}", hint)


def write_place(place: Place) -> str:
    """Return a place as a person names it: ``column 3, words.ЧВК``."""
    parts: list[str] = []
    for part in place:
        if isinstance(part, int) and parts:
            parts[-1] += f" {part + 1},"
        elif parts and not parts[-1].endswith(","):
            parts[-1] += f".{part}"
        else:
            parts.append(str(part))
    return " ".join(parts).rstrip(",")


def read_rule_file(path: Path) -> RuleFile:
    """Read a file of rules; ``.yaml`` and ``.yml`` are YAML, everything else is TOML.

    Raises
    ------
    MappingError
        It cannot be read, is too large, is not UTF-8, or is not what its name says.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise MappingError(f"{path} cannot be read: {error.strerror}.", "Name a file that can be read.") from error
    if len(data) > MAX_BYTES:
        raise MappingError(f"{path.name} has more than {MAX_BYTES} bytes.", "Is it the right file?")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MappingError(f"{path.name} is not UTF-8 at byte {error.start}.", "Save it as UTF-8.") from error
    form = "yaml" if path.suffix.lower() in (".yaml", ".yml") else "toml"
    return parse_rule_file(text, form, path.name)


def parse_rule_file(text: str, form: str, name: str) -> RuleFile:
    """Parse the text of rules; ``form`` is ``toml``, ``yaml`` or ``json``."""
    try:
        if form == "yaml":
            return _parse_yaml(text, name)
        tree = json.loads(text) if form == "json" else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise MappingError(f"{name} is not valid {form.upper()}: {error}.", "Mend the line it names.") from error
    plain = _plain(tree, name)
    if not isinstance(plain, dict):
        raise MappingError(f"{name} holds no keys.", "Write KEY = VALUE.")
    return RuleFile(name, plain, _find_toml_lines(text) if form == "toml" else {})


def _plain(value: object, name: str) -> Tree:
    if isinstance(value, str):
        return _check_text(value, name)
    if isinstance(value, bool | int):
        return value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(item, name) for item in value]
    if isinstance(value, dict):
        return {_check_text(str(key), name): _plain(item, name) for key, item in value.items()}
    raise MappingError(f"{name}: {value!r} is no value of such a file.", "Write it as text, in quotation marks.")


def _check_text(text: str, name: str) -> str:
    """Refuse what the record could not keep."""
    if "\0" in text or any("\ud800" <= c <= "\udfff" for c in text):
        raise MappingError(f"{name}: {ascii(text)[:60]} holds a character that is none.", "Take it out.")
    return text


_HEAD = re.compile(r"^\s*(\[\[?)(.+?)(\]\]?)\s*(?:#.*)?$")
_PART = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|\'([^\']*)\'|([A-Za-z0-9_-]+))\s*(\.|=|$)')


def _find_toml_lines(text: str) -> dict[Place, int]:
    """Return the lines of a TOML file's tables and keys; good enough to point at, since the parser gives none."""
    found: dict[Place, int] = {}
    table: Place = ()
    counts: dict[Place, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        head = _HEAD.match(line)
        parts = _split_key(head.group(2) if head else line, bool(head))
        if not parts:
            continue
        if head is None:
            found.setdefault((*table, *parts), number)
            continue
        place: Place = ()
        for part in parts[:-1]:
            place = (*place, part)
            if place in counts:
                place = (*place, counts[place])
        place = (*place, parts[-1])
        if head.group(1) == "[[":
            counts[place] = counts.get(place, -1) + 1
            place = (*place, counts[place])
        elif place in counts:
            place = (*place, counts[place])
        found.setdefault(place, number)
        table = place
    return found


def _split_key(line: str, whole: bool) -> tuple[str, ...]:
    parts: list[str] = []
    at = 0
    while match := _PART.match(line, at):
        double, single, bare, end = match.groups()
        parts.append(double if double is not None else single if single is not None else bare)
        at = match.end()
        if end == "=":
            return tuple(parts)
        if end == "":
            return tuple(parts) if whole and at == len(line) else ()
    return ()


def _parse_yaml(text: str, name: str) -> RuleFile:
    import yaml

    lines: dict[Place, int] = {}
    try:
        depth = 0
        for event in yaml.parse(text, yaml.SafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                raise MappingError(f"{name} is nested too deeply.", "Is it the right file?")
            if isinstance(event, yaml.AliasEvent):
                line = event.start_mark.line + 1 if event.start_mark else "?"
                raise MappingError(f"{name}, line {line}: it has aliases, which are not read.", "Write the value out.")
        node = yaml.compose(text, yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise MappingError(f"{name} is not valid YAML: {error}.", "Mend the line it names.") from error
    tree = _read_node(node, (), lines, name) if node is not None else ""
    if not isinstance(tree, dict):
        raise MappingError(f"{name} holds no keys.", "Write KEY = VALUE.")
    return RuleFile(name, tree, lines)


_YAML_WHOLE = re.compile(r"^(0|-?[1-9]\d{0,18})$")


def _read_node(node: Node, place: Place, lines: dict[Place, int], name: str) -> Tree:
    """Turn a node into plain values by YAML 1.2's rules: ``no`` is a word, ``2025-11-03`` and ``007`` are text."""
    import yaml

    if isinstance(node, yaml.ScalarNode):
        value = _check_text(str(node.value), name)
        if node.style in ("'", '"', "|", ">"):
            return value
        if value in ("true", "false"):
            return value == "true"
        return int(value) if _YAML_WHOLE.match(value) else value
    if isinstance(node, yaml.SequenceNode):
        items: list[Tree] = []
        for at, item in enumerate(node.value):
            lines[*place, at] = item.start_mark.line + 1
            items.append(_read_node(item, (*place, at), lines, name))
        return items
    assert isinstance(node, yaml.MappingNode)
    tree: dict[str, Tree] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise MappingError(f"{name}, line {line}: a key is not a text.", "Put it in quotation marks.")
        key = _check_text(str(key_node.value), name)
        if key in tree:
            raise MappingError(f"{name}, line {line}: the key '{key}' stands twice.", "Take one away.")
        lines[*place, key] = line
        tree[key] = _read_node(value_node, (*place, key), lines, name)
    return tree
