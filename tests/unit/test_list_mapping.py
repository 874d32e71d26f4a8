from __future__ import annotations

from pathlib import Path

import pytest
from tests.tables import HEAD, column, make_mapping

from cenotaph.domain.errors import MappingError, UsageError
from cenotaph.extract.lists import load_mapping, parse_mapping
from cenotaph.extract.lists.fields import FIELD_HELP
from cenotaph.extract.lists.keys import KEYS

NAME = column("name", "name")
TYPE = """
[[column]]
name = "type"
fields = ["path", "branch"]
[column.words]
"заключенные" = { path = "prison" }
"ВДВ" = { branch = "airborne" }
"добровольцы" = "stated"
"""


def write(folder: Path, text: str, name: str = "mapping.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_mapping_is_restored_from_its_canonical_text(example: Path) -> None:
    for mapping in (
        load_mapping(example / "mapping.toml"),
        make_mapping(NAME + TYPE, '["uid", "name"]'),
        make_mapping(
            '[file]\nencoding = "cp1251"\ndelimiter = ";"\nsheet = "Лист 1"\nheader = 3\n'
            '[constants]\nfate = { code = "dead", words = "погибшие" }\n'
            'side = "армия"\ndeath = "2025-06"\n'
            + column("имя", "name", 'names = ["ФИО"]', 'script = "Cyrl"', 'separator = "/"')
            + column(
                "д", "birth death", 'calendar = "solar_hijri"', 'order = "ymd"', "pivot = 2025", 'language = "fa"'
            )
            + '[[column]]\nname = "n"\nignore = true\n[[column]]\nname = "паспорт"\nsecret = true\n'
        ),
    ):
        again = parse_mapping(mapping.text)
        assert again == mapping
        assert again.text == mapping.text
        assert again.reading_hash == mapping.reading_hash


def test_reformatting_a_mapping_is_no_new_reading() -> None:
    plain = make_mapping(NAME + TYPE)
    spaced = make_mapping(
        "# A comment\n" + NAME.replace('"name"\n', '"name" # the name\n') + TYPE.replace("ВДВ", "  вдв ")
    )
    assert spaced.reading_hash == plain.reading_hash


@pytest.mark.parametrize(
    ("old", "new"),
    [('title = "A list"', 'title = "Another"'), ('release = "1"', 'release = "2"'), ('date = "2025-11"', 'date = "2025-12"'),
     ("complete = true", "complete = false"), ('name = "An outlet"', 'name = "Another outlet"')],
)  # fmt: skip
def test_title_release_and_publisher_are_no_part_of_how_rows_are_read(old: str, new: str) -> None:
    assert make_mapping(NAME, head=HEAD.replace(old, new)).reading_hash == make_mapping(NAME).reading_hash


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"prison"', '"mobilised"'),
        ('"добровольцы" = "stated"\n', ""),
        ('"airborne"', '"marines"'),
        ('"type"', '"тип"'),
    ],
)
def test_a_changed_table_of_words_is_a_new_reading(old: str, new: str) -> None:
    assert make_mapping(NAME + TYPE.replace(old, new)).reading_hash != make_mapping(NAME + TYPE).reading_hash


def test_another_language_constant_or_key_is_a_new_reading() -> None:
    plain = make_mapping(NAME)
    others = [
        make_mapping(NAME, '"name"'),
        make_mapping('[constants]\nfate = "dead"\n' + NAME),
        make_mapping(NAME, head=HEAD.replace('"ru"', '"uk"')),
        make_mapping('[file]\nencoding = "cp1251"\n' + NAME),
    ]
    assert len({plain.reading_hash, *(m.reading_hash for m in others)}) == 5


def test_toml_and_yaml_say_the_same(tmp_path: Path) -> None:
    yaml = """
schema: 1
list: {id: dead, title: A list, release: 1, date: 2025-11, complete: true}
source: {name: An outlet, kind: outlet, language: ru}
column:
  - name: name
    fields: name
  - name: type
    fields: [path, branch]
    words:
      заключенные: {path: prison}
      ВДВ: {branch: airborne}
      добровольцы: stated
"""
    assert load_mapping(write(tmp_path, yaml, "mapping.yaml")) == make_mapping(NAME + TYPE)


def test_yaml_words_stay_words(tmp_path: Path) -> None:
    words = "schema: 1\nlist: {id: dead, release: 007, date: 2025-11-03, complete: true}\n"
    words += "source: {name: on, kind: outlet}\ncolumn:\n"
    words += "  - name: sex\n    fields: sex\n    words: {no: unknown, y: m, 1: f}\n"
    mapping = load_mapping(write(tmp_path, words, "m.yml"))
    assert mapping.release == "007" and mapping.source_name == "on"
    assert dict(mapping.columns[0].words) == {"no": (("sex", "unknown"),), "y": (("sex", "m"),), "1": (("sex", "f"),)}


def test_the_call_overrides_release_date_and_completeness(tmp_path: Path) -> None:
    path = write(tmp_path, HEAD.format(key="") + NAME)
    mapping = load_mapping(path, release="2", date="2026-01-15", complete=False)
    assert (mapping.release, mapping.released_on.edtf, mapping.complete) == ("2", "2026-01-15", False)
    assert load_mapping(path).release == "1"


def test_how_a_file_is_opened_may_come_from_the_call_and_is_part_of_the_reading(tmp_path: Path) -> None:
    path = write(tmp_path, HEAD.format(key="") + NAME)
    mapping = load_mapping(path, encoding="cp1251", sheet="Dead")
    assert (mapping.encoding, mapping.sheet) == ("cp1251", "Dead")
    assert parse_mapping(mapping.text) == mapping
    assert mapping.reading_hash != load_mapping(path).reading_hash


def test_what_is_wrong_in_the_call_is_not_blamed_on_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, HEAD.format(key="") + NAME)
    with pytest.raises(UsageError, match=r"^--date: ") as caught:
        load_mapping(path, date="2025-13-01")
    assert "mapping.toml" not in str(caught.value)
    with pytest.raises(UsageError, match=r"^--release: "):
        load_mapping(path, release=" ")


@pytest.mark.parametrize(
    ("columns", "at", "key", "hint"),
    [
        ('[[column]]\nname = "a"\nfeilds = "name"\n', "feilds", "column 1, feilds", "fields"),
        ('[[column]]\nname = "a"\nfields = "nmae"\n', "fields", "column 1, fields", "name"),
        ('[[column]]\nname = "a"\n', "[[column", "column 1", "Fields are"),
        (
            NAME + '[[column]]\nname = " NAME "\nfields = "name"\n',
            '[[column]]\nname = " N',
            "column 2",
            "several fields",
        ),
        (TYPE.replace('"prison"', '"prision"'), '"заключенные', "column 1, words.заключенные", "prison"),
        (TYPE.replace("{ path", "{ force"), '"заключенные', "column 1, words.заключенные", "Add 'force'"),
        (TYPE + '" вдв" = "stated"\n', '" вдв', "column 1, words. вдв", "Take one away"),
        (
            '[[column]]\nname = "a"\nfields = "nationality"\nwords = { "Узб" = "uz" }\n',
            "words",
            "column 1, words.Узб",
            "UZ",
        ),
        (
            '[[column]]\nname = "a"\nfields = "rank"\nwords = { "мл" = "junior" }\n',
            "words",
            "column 1, words.мл",
            "stated",
        ),
        ('[[column]]\nname = "a"\nfields = "name"\nplaces = true\n', "places", "column 1, places", "Take it away"),
        (
            '[[column]]\nname = "a"\nfields = "birth"\ncalendar = "gregorain"\n',
            "calendar",
            "column 1, calendar",
            "gregorian",
        ),
        ('[[column]]\nname = "a"\nfields = "birth"\npivot = 25\n', "pivot", "column 1, pivot", "2025"),
        ('[[column]]\nname = "a"\nignore = true\nfields = "name"\n', "[[column", "column 1", "Take them away"),
        ('[constants]\nfate = "ded"\n' + NAME, "fate", "constants.fate", "dead"),
        ('[constants]\nfaet = "dead"\n' + NAME, "faet", "constants.faet", "fate"),
        ('[constants]\ndeath = "last year"\n' + NAME, "death =", "constants.death", "2023"),
        ('[file]\ndelimiter = ";;"\n' + NAME, "delimiter", "file.delimiter", ";"),
        ("", None, "column", "[[column]]"),
        (
            '[[column]]\nname = "a"\nfields = "name"\nlanguage = "русский"\n',
            'language = "р',
            "column 1, language",
            "ru",
        ),
    ],
)
def test_a_wrong_mapping_is_an_error_that_names_file_line_and_key(
    columns: str, at: str | None, key: str, hint: str
) -> None:
    text = HEAD.format(key="") + columns
    where = f"mapping.toml, line {text[: text.index(at)].count(chr(10)) + 1}" if at else "mapping.toml"
    with pytest.raises(MappingError) as caught:
        parse_mapping(text, "toml", "mapping.toml")
    assert caught.value.message.startswith(f"{where}: {key}: ")
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("schema = 1", "schema = 2", "schema"),
        ('id = "dead"', 'id = "Dead List"', "list.id"),
        ('id = "dead"', 'id = "documents"', "list.id"),
        ('date = "2025-11"', 'date = "November"', "list.date"),
        ("complete = true", 'complete = "yes"', "list.complete"),
        ('release = "1"\n', "", "list.release"),
        ("[source]", "[sources]", "sources"),
    ],
)
def test_a_wrong_head_is_an_error_that_names_the_key(old: str, new: str, key: str) -> None:
    with pytest.raises(MappingError, match=f": {key}"):
        make_mapping(NAME, head=HEAD.replace(old, new))


def test_a_wrong_yaml_mapping_names_the_line(tmp_path: Path) -> None:
    text = "schema: 1\nlist:\n  id: dead\n  release: 1\n  date: 2025\n  complete: true\n"
    text += "source: {name: a, kind: b}\ncolumn:\n  - name: a\n    fields: nam\n"
    with pytest.raises(MappingError, match=r"m\.yaml, line 10: column 1, fields"):
        load_mapping(write(tmp_path, text, "m.yaml"))


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("m.toml", "schema = \n", "not valid TOML"),
        ("m.yaml", "a: &x [1]\nb: *x\n", "aliases"),
        ("m.yaml", "a: 1\na: 2\n", "twice"),
        ("m.yaml", "[" * 5000, "YAML|nested"),
        ("m.yaml", "- a\n", "no keys"),
        ("m.toml", 'schema = 1\nx = "\\u0000"\n', "character"),
        ("m.yaml", '"\\ud800": 1\n', "character|YAML"),
        ("m.toml", "a = 1.5\n", "no value"),
        ("m.toml", "a = " + "[" * 5000 + "]" * 5000, "TOML|nested"),
    ],
)
def test_a_hostile_mapping_ends_in_a_clear_error(tmp_path: Path, name: str, text: str, words: str) -> None:
    with pytest.raises(MappingError, match=words):
        load_mapping(write(tmp_path, text, name))


def test_a_mapping_that_is_no_text_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "m.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(MappingError, match="not UTF-8"):
        load_mapping(path)
    with pytest.raises(MappingError, match="cannot be read"):
        load_mapping(tmp_path)


def test_every_key_and_field_has_a_meaning() -> None:
    assert all(key.help.endswith((".", "true")) for key in KEYS)
    assert all(FIELD_HELP.values())
