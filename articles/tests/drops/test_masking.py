"""The text of a drop without what it keeps secret, and all of it otherwise."""

from __future__ import annotations

import pytest

from articles.drops.masking import MASK, mask_secured


def masked(text: str) -> str | None:
    return mask_secured(f"---\n{text}---\n".encode())


def shown(text: str) -> str:
    return f"---\n{text}---\n"


@pytest.mark.parametrize(
    "secrets",
    [
        ("a", "b", "c"),
        ("a longer secret than its mask", "short", "another long secret of the drop"),
        ("short", "a longer secret than its mask", "s"),
    ],
)
def test_every_one_of_several_secrets_is_masked_and_nothing_else(secrets):
    text = (
        "title: Before\n"
        "secured: {}\n"
        "provider:\n"
        "  name: Between\n"
        "  secured: {}\n"
        "related:\n"
        "  - title: Within\n"
        "    secured: {}\n"
        "    type: article\n"
        "last: After\n"
    )
    assert masked(text.format(*secrets)) == shown(text.format(MASK, MASK, MASK))


def test_secrets_on_one_line_are_masked_each():
    text = "{title: A, secured: %s, provider: {secured: %s, name: P}, last: 1}\n"
    assert masked(text % ("ab", "a much longer one")) == shown(text % (MASK, MASK))


def test_a_secret_within_a_list_of_lists_is_masked():
    text = "a:\n- - - secured: %s\n      b: 1\n  - secured: %s\n"
    assert masked(text % ("x", "'a long and quoted secret'")) == shown(
        text % (MASK, MASK)
    )


@pytest.mark.parametrize("blank", ["\n", "\n\n", "  \n", " # a remark\n"])
def test_what_stands_between_a_secret_and_the_next_key_stays(blank):
    text = "secured: {}" + blank + "last: After\n"
    assert masked(text.format("SECRET")) == shown(text.format(MASK))


def test_the_blank_lines_below_a_secret_of_many_lines_stay():
    assert masked("secured: |\n  SECRET\n  SECRET\n\n\nlast: After\n") == shown(
        f"secured: {MASK}\n\n\nlast: After\n"
    )


def test_a_drop_without_a_secret_is_shown_as_it_is():
    text = "title: Insecured\n# secured: a remark\nsecuredly: x\n"
    assert masked(text) == shown(text)


def test_what_stands_below_the_front_matter_is_left_out():
    assert mask_secured(b"---\ntitle: A\n---\nsecured: SECRET\n") == shown("title: A\n")


@pytest.mark.parametrize("text", ["", "\n", "# secured: SECRET\n"])
def test_nothing_is_shown_where_there_is_nothing_of_a_drop(text):
    assert masked(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "secured: a\nsecured: b\n",
        "title: A\ntitle: B\nsecured: SECRET\n",
        "related:\n- secured: a\n  secured: b\n",
        "secured: 'SECRET\n",
    ],
)
def test_nothing_is_shown_where_a_key_stands_twice_or_nothing_parses(text):
    assert masked(text) is None
