from __future__ import annotations

import json

import pytest
from tests.tables import column, make_mapping, other_of, read_one, read_rows

from cenotaph.domain.canonical import canonical_json

NAME = column("name", "name")
TYPE = column(
    "type",
    "path branch force",
    "[column.words]",
    '"заключённые" = { path = "prison" }',
    '"ВДВ" = { branch = "airborne" }',
    '"ЧВК из колонии" = { path = "prison", force = "private_company" }',
    '"добровольцы" = "stated"',
    '"нет" = "unknown"',
)


def test_one_column_feeds_the_axes_that_its_words_stand_for() -> None:
    mapping = make_mapping(NAME + TYPE)
    rows = [read_one(mapping, ("name", "type"), ("А Б", word)) for word in ("Заключенные ", "вдв", "ЧВК из колонии")]
    assert [(r.path, r.branch, r.force) for r in rows] == [
        ("prison", None, None),
        (None, "airborne", None),
        ("prison", None, "private_company"),
    ]
    assert [(r.path_stated, r.branch_stated, r.force_stated) for r in rows] == [
        ("Заключенные", None, None),
        (None, "вдв", None),
        ("ЧВК из колонии", None, "ЧВК из колонии"),
    ]


def test_words_kept_as_quoted_have_no_code_and_words_for_nothing_are_unknown() -> None:
    mapping = make_mapping(NAME + TYPE)
    quoted, nothing = (read_one(mapping, ("name", "type"), ("А Б", word)) for word in ("добровольцы", "нет"))
    assert (quoted.path, quoted.path_stated) == (None, "добровольцы")
    assert (nothing.path, nothing.path_stated) == ("unknown", "нет")


def test_a_word_without_a_code_is_kept_and_counted_with_its_rows() -> None:
    mapping = make_mapping(NAME + TYPE)
    reports, _, summary = read_rows(
        mapping, ("name", "type"), ("А", "танкисты"), ("Б", "танкисты"), ("В", "вдв"), ("Г", "")
    )
    assert summary.unmapped == {"type": {"танкисты": 2}}
    assert [(r.path, r.path_stated) for r in reports[:2]] == [(None, "танкисты")] * 2
    assert (reports[3].path, reports[3].path_stated) == (None, None)


def test_places_are_looked_up_and_the_table_of_words_goes_first() -> None:
    mapping = make_mapping(
        NAME + column("c", "nationality origin", "places = true", "[column.words]", '"ДНР" = { origin = "UA-14" }')
    )
    reports, _, summary = read_rows(
        mapping,
        ("name", "c"),
        ("А", "Узбекистан"),
        ("Б", "ДНР"),
        ("В", "Атлантида"),
        ("Г", "не указано"),
        ("Д", "Африка"),
    )
    assert [(r.nationality, r.origin) for r in reports] == [
        ("UZ", "UZ"), (None, "UA-14"), (None, None), ("unknown", "unknown"), ("x-africa", "x-africa"),
    ]  # fmt: skip
    assert reports[1].nationality_stated is None
    assert reports[2].nationality_stated == "Атлантида"
    assert summary.unmapped == {"c": {"Атлантида": 1}}


def test_a_word_for_a_people_is_no_citizenship() -> None:
    mapping = make_mapping(NAME + column("c", "nationality", "places = true"))
    report = read_one(mapping, ("name", "c"), ("А", "узбек"))
    assert (report.nationality, report.nationality_stated) == (None, "узбек")


def test_several_codes_in_one_cell_are_all_kept_and_none_is_chosen() -> None:
    mapping = make_mapping(NAME + column("c", "nationality", "places = true", 'separator = "/"'))
    rows = (("А", "Узбекистан/Россия"), ("Б", "Узбекистан / Узбекистан"), ("В", "Узбекистан / нечто"))
    reports, _, summary = read_rows(mapping, ("name", "c"), *rows)
    assert [r.nationality for r in reports] == [None, "UZ", "UZ"]
    assert reports[0].nationality_stated == "Узбекистан/Россия"
    assert other_of(reports[0])["values"]["nationality"] == [
        {"code": "UZ", "stated": "Узбекистан"},
        {"code": "RU", "stated": "Россия"},
    ]
    assert summary.several == {"c": 1}
    assert summary.unmapped == {"c": {"Узбекистан / нечто": 1}}


def test_a_constant_holds_where_a_row_says_nothing_itself() -> None:
    status = column("status", "fate", "[column.words]", '"пропал" = "missing"')
    mapping = make_mapping(
        '[constants]\nfate = "dead"\nside = "армия"\ndeath = "2025-06"\n' + NAME + status + column("d", "death")
    )
    one, two = read_rows(mapping, ("name", "status", "d"), ("А", "", ""), ("Б", "пропал", "01.07.2025"))[0]
    assert (one.fate, one.side, one.side_stated) == ("dead", None, "армия")
    assert (one.death_from, one.death_before, other_of(one)["dates"]["death"]["edtf"]) == (
        "2025-06-01",
        "2025-07-01",
        "2025-06",
    )
    assert (two.fate, two.fate_stated, two.death_from) == ("missing", "пропал", "2025-07-01")
    assert other_of(two)["dates"] == {"death": {"edtf": "2025-07-01", "stated": "01.07.2025"}}


def test_dates_are_intervals_and_every_one_is_kept_with_its_words() -> None:
    mapping = make_mapping(NAME + column("b", "birth") + column("d", "death") + column("p", "burial publication"))
    report = read_one(mapping, ("name", "b", "d", "p"), ("А", "05.1982", "2022", "7.03.2022"))
    assert (report.birth_from, report.birth_before) == ("1982-05-01", "1982-06-01")
    assert (report.death_from, report.death_before) == ("2022-01-01", "2023-01-01")
    assert other_of(report)["dates"] == {
        "birth": {"edtf": "1982-05", "stated": "05.1982"},
        "burial": {"edtf": "2022-03-07", "stated": "7.03.2022"},
        "death": {"edtf": "2022", "stated": "2022"},
        "publication": {"edtf": "2022-03-07", "stated": "7.03.2022"},
    }


def test_a_date_or_age_that_cannot_be_read_loses_nobody() -> None:
    mapping = make_mapping(NAME + column("age", "age") + column("d", "death"))
    reports, failures, summary = read_rows(
        mapping, ("name", "age", "d"), ("А", "999", "31.02.2024"), ("Б", "20", "2024")
    )
    assert (len(reports), failures) == (2, [])
    assert (reports[0].name, reports[0].age_low, reports[0].death_from) == ("А", None, None)
    assert other_of(reports[0])["unreadable"] == {"age": "999", "death": "31.02.2024"}
    assert [(u.row_number, u.line, u.column, u.value) for u in summary.unreadable] == [
        (1, 2, "age", "999"),
        (1, 2, "d", "31.02.2024"),
    ]
    assert all(u.reason and not u.reason.endswith(".") for u in summary.unreadable)


def test_words_for_nothing_in_an_age_or_date_are_no_failure() -> None:
    mapping = make_mapping(NAME + column("age", "age", "[column.words]", '"-1" = "unknown"') + column("d", "death"))
    reports, _, summary = read_rows(mapping, ("name", "age", "d"), ("А", "-1", "неизвестно"), ("Б", "—", "-"))
    assert [r.age_low for r in reports] == [None, None]
    assert summary.unreadable == []


def test_names_in_two_scripts_are_rows_and_the_first_whole_one_is_the_name() -> None:
    mapping = make_mapping(
        column("name_ar", "name", 'language = "ar"')
        + column("name_en", "name", 'language = "en"')
        + column("nick", "call_sign")
    )
    report = read_one(mapping, ("name_en", "name_ar", "nick"), ("Ahmed", "أحمد", "Лис"))
    assert report.name == "أحمد"
    assert other_of(report)["names"] == [
        {"kind": "full", "language": "ar", "script": "Arab", "text": "أحمد"},
        {"kind": "full", "language": "en", "script": "Latn", "text": "Ahmed"},
        {"kind": "call_sign", "language": "ru", "script": "Cyrl", "text": "Лис"},
    ]


def test_parts_of_a_name_are_joined_in_the_order_of_the_mapping() -> None:
    mapping = make_mapping(
        column("ф", "family_name")
        + column("и", "given_name")
        + column("о", "patronymic")
        + column("д", "maiden_name")
    )
    report = read_one(mapping, ("и", "о", "ф", "д"), ("Иван", "Петрович", "Сидоров", "Орлов"))
    assert report.name == "Сидоров Иван Петрович"
    assert [n["kind"] for n in other_of(report)["names"]] == ["family", "given", "patronymic", "maiden"]


def test_a_placeholder_is_nobodys_name_and_is_counted() -> None:
    reports, _, summary = read_rows(make_mapping(NAME), ("name",), ("Неизвестный",), ("مجهول",), ("Иванов",), ("?",))
    assert [r.name for r in reports] == [None, None, "Иванов", None]
    assert [other_of(r)["names"][0]["kind"] for r in reports] == ["placeholder", "placeholder", "full", "placeholder"]
    assert (summary.placeholders, summary.empty_names) == (3, 0)


def test_a_row_without_a_name_is_a_report() -> None:
    reports, _, summary = read_rows(
        make_mapping(NAME + column("age", "age")), ("name", "age"), ("", "20"), ("", "20")
    )
    assert (len(reports), summary.empty_names, summary.identical_rows) == (2, 2, 1)


def test_a_column_that_is_not_read_keeps_its_words() -> None:
    reports, _, summary = read_rows(make_mapping(NAME), ("name", "цвет", "x"), ("А", "синий", ""))
    assert other_of(reports[0])["unread"] == {"цвет": "синий"}
    assert summary.unread_columns == ["цвет", "x"]


def test_an_absent_column_is_reported_and_not_fatal() -> None:
    reports, _, summary = read_rows(make_mapping(NAME + column("age", "age")), ("name",), ("А",))
    assert (len(reports), summary.absent_columns) == (1, ["age"])


def test_ignored_and_secret_columns_are_kept_nowhere() -> None:
    columns = NAME + '[[column]]\nname = "n"\nignore = true\n[[column]]\nname = "паспорт"\nsecret = true\n'
    reports, _, summary = read_rows(make_mapping(columns), ("n", "name", "паспорт"), ("1", "А", "40 12"))
    assert "40 12" not in canonical_json(list(reports[0]))
    assert "unread" not in other_of(reports[0])
    assert summary.unread_columns == []


def test_a_secret_column_tells_rows_apart_as_a_key() -> None:
    columns = NAME + '[[column]]\nname = "паспорт"\nsecret = true\n'
    mapping = make_mapping(columns, '"паспорт"')
    first = read_rows(mapping, ("name", "паспорт"), ("А", "1"), ("А", "2"))[0]
    second = read_rows(mapping, ("name", "паспорт"), ("А Б", "2"), ("А", "1"))[0]
    assert first[0].row_key == second[1].row_key
    assert first[1].row_key == second[0].row_key
    assert first[0].content == first[1].content


def test_a_column_is_found_by_any_of_its_names_whatever_case_and_space() -> None:
    mapping = make_mapping(column("name", "name", 'names = ["Имя погибшего"]'))
    assert read_one(mapping, (" ИМЯ  погибшего",), ("А",)).name == "А"
    assert read_one(mapping, ("\ufeffName",), ("А",)).name == "А"


def test_a_renamed_or_moved_column_leaves_a_rows_content_as_it_was() -> None:
    mapping = make_mapping(
        column("name", "name", 'names = ["Имя"]') + column("age", "age") + '[[column]]\nname = "n"\nignore = true\n'
    )
    one = read_one(mapping, ("name", "age", "n"), ("А", "20", "1"))
    two = read_one(mapping, ("n", "age", "Имя"), ("7", " 20", "А "))
    bare = read_one(mapping, ("name", "age"), ("А", "20"))
    assert one.content == two.content == bare.content
    assert one.content != read_one(mapping, ("name", "age"), ("А20", "")).content


def test_two_columns_of_one_field_give_the_first_that_says_something() -> None:
    mapping = make_mapping(NAME + column("age", "age") + column("age_band", "age"))
    both, second = read_rows(mapping, ("name", "age", "age_band"), ("А", "20", "30-39"), ("Б", "", "30-39"))[0]
    assert (both.age_low, both.age_high, other_of(both)["unread"]) == (20, 20, {"age_band": "30-39"})
    assert (second.age_low, second.age_high) == (30, 39)


def test_cited_addresses_of_several_columns_are_one_list() -> None:
    mapping = make_mapping(NAME + column("s", "cites") + column("h", "cited_host"))
    report = read_one(mapping, ("name", "s", "h"), ("А", "https://a.org/1; https://b.org/2", "archive.ph"))
    assert json.loads(report.cites or "") == ["https://a.org/1", "https://b.org/2", "//archive.ph"]
    assert read_one(mapping, ("name", "s", "h"), ("А", "", "")).cites is None


def test_notes_and_numbers_of_the_list_are_kept() -> None:
    report = read_one(
        make_mapping(NAME + column("n", "note") + column("i", "id")), ("name", "n", "i"), ("А", "из Оша", "17")
    )
    assert other_of(report)["notes"] == {"n": "из Оша"}
    assert other_of(report)["ids"] == {"i": "17"}


def test_the_column_of_further_values_is_canonical_json() -> None:
    mapping = make_mapping(NAME + column("b", "birth") + column("a", "death note id") + column("zz", "other_name"))
    report = read_one(mapping, ("name", "b", "a", "zz", "q"), ('А "Б"\\', "1980", "2022", "В\u2028", "\t é"))
    assert canonical_json(json.loads(report.other or "")) == report.other


def test_rows_of_a_list_with_a_key_are_known_by_it() -> None:
    mapping = make_mapping(NAME + column("uid", "id"), '["uid"]')
    reports, _, summary = read_rows(
        mapping, ("uid", "name"), ("7", "А"), ("8", "А"), ("7", "Б"), ("", "В"), ("нет", "Г"), ("7", "Д")
    )
    assert len({r.row_key for r in reports}) == 6
    assert (summary.keyed, summary.repeated_keys, summary.empty_keys) == (True, 2, 2)
    again = read_rows(mapping, ("uid", "name"), ("8", "Другой"), ("7", "А"))[0]
    assert [r.row_key for r in again] == [reports[1].row_key, reports[0].row_key]


def test_a_key_column_that_no_section_names_keeps_its_words() -> None:
    reports, _, summary = read_rows(make_mapping(NAME, '"uid"'), ("uid", "name"), ("7", "А"))
    assert (other_of(reports[0])["ids"], summary.unread_columns) == ({"uid": "7"}, [])


def test_a_key_of_several_columns_does_not_run_together() -> None:
    mapping = make_mapping(column("a", "note") + column("b", "note"), '["a", "b"]')
    reports = read_rows(mapping, ("a", "b"), ("x", "yz"), ("xy", "z"), ("x", ""), ("", "x"))[0]
    assert len({r.row_key for r in reports}) == 4


def test_a_file_without_the_keys_columns_is_known_by_its_content() -> None:
    reports, _, summary = read_rows(make_mapping(NAME, '["uid"]'), ("name",), ("А",), ("А",))
    assert (summary.keyed, summary.identical_rows, summary.absent_columns) == (False, 1, ["uid"])
    assert reports[0].row_key != reports[1].row_key
    assert reports[0].content == reports[1].content


@pytest.mark.parametrize("row", [("А",), ("А", "20", "лишнее"), ()])
def test_a_row_with_the_wrong_number_of_cells_fails_alone(row: tuple[str, ...]) -> None:
    mapping = make_mapping(NAME + column("age", "age"))
    reports, failures, summary = read_rows(mapping, ("name", "age"), ("Б", "30"), row, ("В", "", ""))
    assert [r.name for r in reports] == ["Б", "В"]
    assert [(f.row_number, f.line) for f in failures] == ([(2, 3)] if row else [])
    assert summary.rows == 2 + bool(row)


def test_a_failed_row_says_which_row_it_was_where_its_key_can_be_told() -> None:
    mapping = make_mapping(NAME + column("uid", "id"), '["uid"]')
    whole = read_one(mapping, ("uid", "name"), ("7", "А"))
    failures = read_rows(mapping, ("uid", "name"), ("7", "А", "Б"), ("7",), ("", "Б", "В"))[1]
    assert [f.row_key for f in failures] == [whole.row_key, whole.row_key, None]


def test_a_zero_character_in_a_cell_fails_its_row() -> None:
    reports, failures, _ = read_rows(make_mapping(NAME), ("name",), ("А\0Б",), ("В",))
    assert [r.name for r in reports] == ["В"]
    assert [f.reason for f in failures] == ["a cell holds a zero character"]


def test_a_date_without_a_year_is_kept_in_words_and_is_no_unreadable_value() -> None:
    mapping = make_mapping(NAME + column("born", "birth", 'order = "dmy"'))
    reports, failures, summary = read_rows(mapping, ("name", "born"), ("А", "27.01.хххх"), ("Б", "7 мая"), ("В", "31.02.1990"))
    assert len(reports) == 3 and not failures
    assert [(r.birth_from, r.birth_before) for r in reports] == [(None, None)] * 3
    assert [other_of(r).get("yearless") for r in reports] == [{"birth": "27.01.хххх"}, {"birth": "7 мая"}, None]
    assert summary.yearless == {"born": 2}
    assert [item.value for item in summary.unreadable] == ["31.02.1990"]
