"""Which readings say what stood in a list: as of a day, as known at an instant, releases out of order and read again."""

from __future__ import annotations

from datetime import UTC, date, datetime

from cenotaph.count.membership import Chain, chain_readings
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.lists import ListReading


def reading(number: int, released: str, *, complete: bool = True, base: int | None = None, release: str = "") -> ListReading:
    known = datetime(2026, 1, number, tzinfo=UTC)
    return ListReading(number, "list", release or released, PartialDate.from_edtf(released), complete, base, known)


def numbers(chain: Chain) -> list[int]:
    return [reading.number for reading in chain.readings]


FIRST, SECOND = reading(1, "2024-01"), reading(2, "2024-06-15", base=1)
ADDITION = reading(3, "2024-09-01", complete=False, base=2)


def test_nothing_stood_before_the_first_release() -> None:
    assert chain_readings([FIRST], "list", date(2023, 12, 31)) == Chain((), ())
    assert chain_readings([FIRST], "other") == Chain((), ())


def test_a_release_dated_by_its_month_is_public_when_the_month_is_over() -> None:
    before = chain_readings([FIRST], "list", date(2024, 1, 30))
    assert numbers(before) == []
    assert before.notes == ("Release 2024-01 of list is dated 2024-01, which may be before or after 2024-01-30: it is left out.",)
    on_time = chain_readings([FIRST], "list", date(2024, 1, 31))
    assert numbers(on_time) == [1]
    assert on_time.notes == ()


def test_a_complete_release_is_replayed_on_what_it_was_compared_with() -> None:
    chain = chain_readings([FIRST, SECOND], "list")
    assert numbers(chain) == [1, 2]
    assert chain.releases == ("2024-06-15",)


def test_an_addition_stands_beside_the_complete_release_before_it() -> None:
    chain = chain_readings([FIRST, SECOND, ADDITION], "list")
    assert numbers(chain) == [1, 2, 3]
    assert chain.releases == ("2024-06-15", "2024-09-01")
    assert numbers(chain_readings([FIRST, SECOND, ADDITION], "list", date(2024, 8, 31))) == [1, 2]


def test_additions_alone_are_a_list() -> None:
    one, two = reading(1, "2024-01-01", complete=False), reading(2, "2024-02-01", complete=False, base=1)
    assert numbers(chain_readings([one, two], "list")) == [1, 2]


def test_an_earlier_release_that_comes_later_takes_its_place_by_date() -> None:
    late = reading(3, "2024-03-01", base=1)
    assert numbers(chain_readings([FIRST, SECOND, late], "list")) == [1, 2]
    assert numbers(chain_readings([FIRST, SECOND, late], "list", date(2024, 4, 1))) == [1, 3]


def test_a_release_read_again_is_one_release() -> None:
    again = reading(3, "2024-06-15", base=2)
    chain = chain_readings([FIRST, SECOND, again], "list")
    assert numbers(chain) == [1, 2, 3]
    assert chain.releases == ("2024-06-15",)


def test_what_the_casebook_did_not_hold_yet_does_not_stand() -> None:
    again = reading(4, "2024-06-15", base=2)
    readings = [FIRST, SECOND, ADDITION, again]
    assert numbers(chain_readings(readings, "list", known_at=datetime(2026, 1, 1, tzinfo=UTC))) == [1]
    assert numbers(chain_readings(readings, "list", known_at=datetime(2026, 1, 3, 23, tzinfo=UTC))) == [1, 2, 3]
    assert numbers(chain_readings(readings, "list", known_at=datetime(2025, 12, 31, tzinfo=UTC))) == []


def test_two_lists_do_not_mix() -> None:
    other = ListReading(9, "other", "2024-01", PartialDate.from_edtf("2024-01"), True, None, datetime(2026, 1, 9, tzinfo=UTC))
    assert numbers(chain_readings([FIRST, other], "other")) == [9]


def test_of_releases_of_one_day_the_one_taken_in_last_stands() -> None:
    morning = reading(1, "2024-01-01", release="morning")
    evening = reading(2, "2024-01-01", release="evening", base=1)
    assert chain_readings([evening, morning], "list").releases == ("evening",)


def test_reading_one_of_two_releases_of_a_day_again_does_not_change_which_is_in_force() -> None:
    morning, evening = reading(1, "2024-05-01", release="morning"), reading(2, "2024-05-01", release="evening", base=1)
    again = reading(3, "2024-05-01", release="morning", base=1)
    assert chain_readings([morning, evening], "list").releases == ("evening",)
    assert chain_readings([morning, evening, again], "list").releases == ("evening",)
