"""The language of a headline is told only where its script leaves no doubt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.rendering.templates import lang_of
from articles.rules.text.language import language_of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", ""),
        ("Ferry sails again", ""),
        ("Fähre läuft wieder aus", ""),
        ("Паром снова в пути", ""),
        ("العبارة تبحر مجددا", ""),
        ("नौका फिर चली", ""),
        ("渡轮再次启航", ""),
        ("フェリーが再び出航", "ja"),
        ("東京五輪が開幕", "ja"),
        ("優の良品", ""),
        ("여객선이 다시 출항했다", "ko"),
        ("文 대통령 訪美", "ko"),
        ("Το πλοίο σαλπάρει ξανά", "el"),
        ("Ὁ πλοῦς ἄρχεται", "el"),
        ("המעבורת מפליגה שוב", "he"),
        ("เรือข้ามฟากออกเดินทาง", "th"),
        ("ბორანი კვლავ გავიდა", "ka"),
        ("Լաստանավը կրկին մեկնում է", "hy"),
        ("Researchers trace the Ω and β variants", ""),
        ("Sony の新製品 announced in a long English headline", ""),
        ("Microsoft、日本でクラウドを拡大", "ja"),
    ],
)
def test_the_language_that_a_script_tells(text, code):
    assert language_of(text) == code


def test_a_template_gets_an_attribute_or_nothing():
    assert lang_of("フェリーが再び出航") == ' lang="ja"'
    assert lang_of("Ferry sails again") == ""


@given(st.text())
def test_any_text_has_a_plain_code_or_none(text):
    code = language_of(text)
    assert code == "" or (code.isascii() and len(code) == 2)
