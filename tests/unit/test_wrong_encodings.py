"""Pages whose bytes are not what they declare: read by what fits, said so, or not at all."""

from __future__ import annotations

import pytest

from cenotaph.capture.likely_encodings import find_likely
from cenotaph.capture.readers.html_tree import decode_page
from cenotaph.domain.errors import EncodingError

RUSSIAN = (
    "Житель области Иванов Пётр погиб двенадцатого марта, сообщила его мать. По её словам, контракт он подписал в октябре, "
    "а тело домой так и не привезли."
)
UKRAINIAN = "Мешканець області загинув у березні, повідомила його мати. За її словами, тіло додому так і не привезли."
KAZAKH_LIKE = "Облыс тургыны март айында каза тапты, деп хабарлады анасы. Денеси уйге азирше жеткизилген жок."
ARABIC = "قتل أحد سكان المدينة في شهر مارس كما قالت والدته للصحيفة ولم يتم إعادة الجثمان إلى المنزل حتى الآن."
FRENCH = "Un habitant a été tué en mars, a déclaré sa mère. Le corps n'a pas été ramené à la maison, où l'on espère. Âgée."
GERMAN = "Der Vater hört, daß für die Söhne kein Geld käme; die Schwester möchte zurück nach Österreich, etwa im März."
TURKISH = "Bir kişi mart ayında öldü, dedi annesi. Cenazesi henüz eve götürülmedi, ağabeyi şaşkın, çünkü bunu imzalamıştı."
POLISH = "Mieszkaniec zginął w marcu, powiedziała jego matka. Ciało wciąż nie wróciło, choć rodzina pisała już, żeby ją oddać."
SAMPLES = [
    ("cp1251", RUSSIAN),
    ("koi8-r", RUSSIAN),
    ("cp866", RUSSIAN),
    ("iso8859-5", RUSSIAN),
    ("cp1251", UKRAINIAN),
    ("cp1251", KAZAKH_LIKE),
    ("cp1256", ARABIC),
    ("iso8859-6", ARABIC),
    ("cp1252", FRENCH),
    ("cp1252", GERMAN),
    ("cp1254", TURKISH),
    ("cp1250", POLISH),
]


def page(words: str, declared: str | None = "utf-8") -> str:
    head = f"<meta charset={declared}>" if declared else ""
    return f"<html><head>{head}</head><body><article><p>{words}</p></article></body></html>"


@pytest.mark.parametrize(("encoding", "words"), SAMPLES)
def test_bytes_that_are_not_what_is_declared_are_read_as_what_they_likely_are(encoding: str, words: str) -> None:
    data = page(words).encode(encoding)
    decoded = decode_page(data, None, None)
    assert decoded.text == page(words)
    assert f"read as {decoded.encoding}, though utf-8 is declared" in decoded.said
    assert decode_page(data, None, "utf-8").text == page(words)


@pytest.mark.parametrize(("encoding", "words"), SAMPLES)
def test_nothing_is_told_of_a_page_that_is_what_it_declares(encoding: str, words: str) -> None:
    assert decode_page(page(words, encoding).encode(encoding), None, None)[::2] == (page(words, encoding), "")
    assert decode_page(page(words).encode(), None, None) == (page(words), "utf-8", "")


@pytest.mark.parametrize("header", ["windows-1251", "iso-8859-1"])
def test_utf_8_that_is_declared_as_an_8_bit_encoding_is_read_as_utf_8(header: str) -> None:
    decoded = decode_page(page(RUSSIAN, None).encode(), None, header)
    assert (decoded.text, decoded.encoding) == (page(RUSSIAN, None), "utf-8")
    assert "though cp125" in decoded.said


def test_the_page_s_own_word_counts_where_its_letters_bear_it_out_against_the_header() -> None:
    decoded = decode_page(page(RUSSIAN, "windows-1251").encode("cp1251"), None, "iso-8859-1")
    assert decoded.text == page(RUSSIAN, "windows-1251") and "cp1252 and cp1251 is declared" in decoded.said


def test_utf_8_with_a_torn_character_stays_utf_8_whatever_the_page_says_too() -> None:
    data = page(RUSSIAN + RUSSIAN, "windows-1251").encode().replace(" Пётр".encode(), b" \xd0", 1)
    decoded = decode_page(data, None, "utf-8")
    assert decoded.encoding == "utf-8" and decoded.text.count("\ufffd") == 1
    assert decoded.said == "1 place does not fit utf-8: U+FFFD stands there"


def test_a_few_strange_bytes_of_a_plain_page_stay_strange_and_are_counted() -> None:
    data = page("Twelve were killed near the river, " * 20 + "#").encode().replace(b"#", b"\xa0")
    decoded = decode_page(data, None, "utf-8")
    assert decoded.encoding == "utf-8" and "1 place" in decoded.said


def test_bytes_that_fit_nothing_give_no_text_and_the_remedy() -> None:
    data = page("Some words ").encode() + bytes(range(128, 256)) * 3
    with pytest.raises(EncodingError, match="not text in utf-8") as caught:
        decode_page(data, None, "utf-8")
    assert "--encoding" in caught.value.hint
    assert decode_page(page(RUSSIAN).encode("cp1251"), "cp1251", "utf-8").text == page(RUSSIAN)


@pytest.mark.parametrize("noise", [b"\x80\x81\x82" * 40, bytes(range(128, 256)), b"\xe4" * 60, b"a\xf8b\xb3c\xd0" * 9])
def test_noise_is_likely_nothing(noise: bytes) -> None:
    assert find_likely(noise) is None
