"""The words of a text: one reading for what is indexed, asked for and marked."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.rules.text.fold import fold_text
from articles.rules.text.words import LONGEST, form, read_words

# More of what matters than chance would bring.
TEXTS = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("aeioßøłİıé\u0301\u0308\u200d\u00ad-–'’.,&+#%½…™①ﬁ"),
        st.sampled_from("かがｶﾞ\u3099한\u1112\u1161\u11ab東กิ่ําကို"),
    )
)


def forms(text: str) -> list[str]:
    return [word.form for word in read_words(text).words]


def compounds(text: str) -> set[str]:
    return {word.form for word in read_words(text).compounds}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("FERRY", "ferry"),
        ("Zürich São Łódź Ærø", "Zurich Sao Lodz AEro"),
        ("Straße", "STRASSE"),
        ("İstanbul ılık", "istanbul ilik"),
        ("Việt Nam, Đà Nẵng", "Viet Nam Da Nang"),
        ("cafe\u0301", "café"),
        ("Σίσυφος", "ΣΙΣΥΦΟΣ"),
        ("Ёлка", "елка"),
        ("مُحَمَّد", "محمد"),
        ("أحمد", "احمد"),
        ("שָׁלוֹם", "שלום"),
        ("Ｆｅｒｒｙ", "ferry"),
        ("ﬁnance", "finance"),
        ("٢٠٢٠", "2020"),
        ("한국", "한국"),
        ("ガラス", "ｶﾞﾗｽ"),
        ("क़लम", "क़लम"),
        ("soft\u00adhyphen", "softhyphen"),
        ("companies", "company"),
        ("tested, testing, tests", "test test test"),
        ("planned running stopped", "plan run stop"),
        ("classes businesses", "class business"),
        ("recognising organization", "recognized organisation"),
        ("used using uses", "use use use"),
        ("Apple's users'", "Apple users"),
        ("U.S. A.I.", "US AI"),
        ("C# C++ .NET Disney+", "C sharp, C plus plus, dot net, Disney plus"),
        ("100% of R&D", "100 percent of R and D"),
        ("Azure™ Percept®", "Azure Percept"),
    ],
)
def test_spellings_of_one_thing_are_the_same_words(one, other):
    assert forms(one) == forms(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("news", "new"),
        ("३", "४"),
        ("हिन्दी", "हिन्दू"),
        ("C", "C++"),
        ("us", "use"),
    ],
)
def test_other_things_are_other_words(one, other):
    assert forms(one) != forms(other)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("東京AI模型", ["東", "京", "ai", "模", "型"]),
        ("ภาษาไทย", ["ภ", "า", "ษ", "า", "ไ", "ท", "ย"]),
        ("กิ่ง", ["กิ่", "ง"]),
        ("한국어", ["한", "국", "어"]),
        ("नमस्ते दुनिया", ["नमस्ते", "दुनिया"]),
        ("Привет, мир", ["привет", "мир"]),
        ("— … !", []),
        ("", []),
    ],
)
def test_scripts_have_words_of_their_own(text, words):
    assert forms(text) == words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("COVID-19", {"covid19"}),
        ("e‑mails", {"email"}),
        ("real–time", {form("realtime")}),
        ("O’Reilly", {form("oreilly")}),
        ("l'Oréal", {"loreal"}),
        ("AT&T", {"att"}),
        ("10,000 users", {"10000"}),
        ("C#", {"csharp"}),
        (".NET", {"dotnet"}),
        ("Node.js", {form("nodejs")}),
        ("state-of-the-art", {"stateof", "ofth", "theart", "stateoftheart"}),
        ("VMs", {"vm"}),
        ("3.5, 2020-01-24, real time", set()),
        ("a.b.c-d-e-f-g-h", {form("abcd"), "de", "ef", "fg", "gh"}),
    ],
)
def test_compounds_are_words_as_well(text, found):
    assert compounds(text) == found


@given(TEXTS)
def test_folding_twice_changes_nothing(text):
    once = fold_text(text).text
    assert fold_text(once).text == once


@given(TEXTS)
@example("½ ﬁ…e\u0301")
def test_words_stand_where_they_are_said_to(text):
    reading = read_words(text)
    for word in (*reading.words, *reading.compounds):
        assert 0 <= word.start < word.end <= len(text)
        assert 0 < len(word.letters) <= LONGEST
    starts = [word.start for word in reading.words]
    assert starts == sorted(starts)


@given(st.lists(st.sampled_from(["Ferry", "Łódź", "東", "e\u0301te", "U.S.", "ГОРОД"])))
def test_a_word_is_read_from_its_own_letters_alone(parts):
    text = " – ".join(parts)
    for word in read_words(text).words:
        assert [word.form] == forms(text[word.start : word.end])


@given(TEXTS)
def test_words_hold_nothing_that_a_database_takes_for_a_sign(text):
    reading = read_words(text)
    for word in (*reading.words, *reading.compounds):
        assert not set(word.form) & set(" \0\"'()*^:{}+-\ue000")
        word.form.encode()


@given(st.from_regex("[a-z]{1,12}", fullmatch=True))
def test_endings_never_leave_nothing(letters):
    assert form(letters)
    assert form(letters) == form(letters)
