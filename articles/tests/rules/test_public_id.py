from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from articles.rules.public_id import ID_LENGTH, article_id, page_id


@given(st.text(st.characters(codec=None)))
def test_ids_are_short_and_an_article_is_never_taken_for_a_page(text):
    assert re.fullmatch(r"[a-z2-7]+", article_id(text))
    assert len(article_id(text)) == len(page_id(text)) == ID_LENGTH
    assert article_id(text) != page_id(text)


def test_ids_never_change():
    assert article_id("a") == "ebtpkgvl3hrz"
    assert page_id("a") == "ua43w75xt5yd"


def test_a_file_name_that_is_no_text_has_an_id():
    assert article_id("caf\udce9") != article_id("caf\u00e9")
