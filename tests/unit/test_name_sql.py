"""The levels in SQL are those in Python, on every pair of many names."""

from __future__ import annotations

from collections import Counter

import pytest

from cenotaph.names.comparing import find_level, name_row
from cenotaph.names.parsing import parse_name
from cenotaph.names.sql import PARTS, Level, level_case, qualify

NAMES = """Иванов Иван Петрович
Ivan Ivanov
Иванов И. П.
Иванов И. С.
И. Петров
Саша Петров
Петров Александр Иванович
Щербаков Иван
Щирбаков Иван
محمد أحمد علي حسن
محمود أحمد علي حسين
Muhammad Ahmad Ali Hasan
Mohammed Ahmed Hussein
محمد علي المدهون
al-Madhoun, Mohammad
Каримов Анвар Рустам угли
Karimov Anvar Rustamovich
Анвар Каримов
राम बहादुर थापा
Тхапа Рам Бахадур
علی حیدری
Ali Heydari
Ким, Ан
Ан, Ким
unknown
Магомедов Магомед Магомедович
Mammadov Mehmet
Абдурахманов Абдурахман
عبدالرحمن عبدالرحمن
Тошматов Хасан
Тошматов Хусан
Тошматов Карим
Тошматова Карима
Tashmatov Karam
Toshmatov Kareem
كريم سامي
Sami Nasr
Насер Собиров
Сабиров Насир
Zukhra Daoud
Захра Давуд
Said Абдирахманов
Саад Абдурахмонов
Abdul Rahman""".splitlines()


@pytest.mark.parametrize("part", PARTS)
def test_sql_and_python_decide_alike(part: str) -> None:
    import duckdb
    import pyarrow as pa

    from cenotaph.names.columns import name_columns, tune_columns

    names = pa.table({"name_full": NAMES})
    found = name_columns(names)
    tunes = tune_columns(found)
    numbers = pa.chunked_array([pa.array(range(len(NAMES)))])
    columns = pa.table([*found.columns, *tunes.columns, numbers], [*found.column_names, *tunes.column_names, "n"])
    connection = duckdb.connect()
    connection.register("columns", columns)
    sql = qualify(level_case(part))
    found = connection.execute(f"SELECT l.n, r.n, {sql} FROM columns l, columns r").fetchall()
    assert len(found) == len(NAMES) ** 2
    rows = [name_row(parse_name(name)) for name in NAMES]
    levels: Counter[Level] = Counter()
    for left, right, level in found:
        assert level == find_level(part, rows[left], rows[right]), (NAMES[left], NAMES[right])
        levels[level] += 1
    assert len(levels) > 1


def test_conditions_are_written_for_either_kind_of_join() -> None:
    assert qualify("given_key_l = family_key_r AND initials_l <> 'x'") == "l.given_key = r.family_key AND l.initials <> 'x'"
    assert qualify("a_l = given_formal_key_r", "p", "q") == "a_l = q.given_formal_key"
