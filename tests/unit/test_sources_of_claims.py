"""Who says so: joint sources, short names in brackets, titles with full stops, counts made with others."""

from __future__ import annotations

import pytest

from cenotaph.extract import read_claims


@pytest.mark.parametrize(
    ("text", "language", "source"),
    [
        ("The Norwegian Refugee Council (NRC) said 30 people had drowned.", "en", "The Norwegian Refugee Council"),
        ("Nine miners died, the Labour Inspectorate (LI) said.", "en", "the Labour Inspectorate"),
        ("The army and the Red Crescent said 45 people were missing.", "en", "The army and the Red Crescent"),
        ("Four people died, doctors and police said.", "en", "doctors and police"),
        ("Verstka and Mediazona say 2,100 prisoners were killed.", "en", "Verstka and Mediazona"),
        ("Six soldiers were killed, said Brig. Gen. Amos Oduya.", "en", "Brig. Gen. Amos Oduya"),
        ("Army bloggers claimed that 50 soldiers lost their lives.", "en", "Army bloggers"),
        ("The ministry has so far registered 90 foreigners killed.", "en", "The ministry"),
        ("Суд и прокуратура сообщили о гибели четверых.", "ru", "Суд и прокуратура"),
        ("МЧС и Красный Крест заявили, что пропали 12 человек.", "ru", "МЧС и Красный Крест"),
        ("«Верстка» вместе с волонтёрами подтвердила гибель 700 солдат.", "ru", "«Верстка»"),
        ("«Верстка»: погибли 700 солдат.", "ru", "«Верстка»"),
        ("Погибли пятеро, сообщили в группировке «Восток».", "ru", "группировке «Восток»"),
    ],
)
def test_a_source_is_named_whole(text: str, language: str, source: str) -> None:
    (claim,) = read_claims(text, language).claims
    assert claim.attribution == source


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("A shell hit Kharkiv and the mayor said nine people were killed.", "the mayor"),
        ("Three men left the army and police said 12 others were missing.", "police"),
        ("Rebels claimed 40 lives in the raid, officials said.", "officials"),
    ],
)
def test_what_is_no_source_is_not_joined_to_one(text: str, source: str) -> None:
    assert [claim.attribution for claim in read_claims(text, "en").claims][-1] == source
