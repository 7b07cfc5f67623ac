"""Where a story may be two, and how alike two stories are."""

from __future__ import annotations

from itertools import permutations

import pytest

from articles.clustering.suggest import (
    ALIKE,
    MOST,
    Report,
    alike,
    beyond,
    called,
    common,
    cut_of,
    words_of,
)

FLOOD = [
    "Zeppelin festival in Brzezinka flooded",
    "Brzezinka zeppelin festival under water",
    "Flooded festival: zeppelins of Brzezinka grounded",
]
TRIAL = ["Kuusisto on trial in Turku over forged violins", "Turku violins trial begins"]


def reports(titles, *, hours=None) -> list[Report]:
    times = hours or range(len(titles))
    return [
        Report(f"k{number}", title, "", float(at))
        for number, (title, at) in enumerate(zip(titles, times, strict=True))
    ]


def test_two_events_in_one_story_are_told_apart_in_whatever_order_they_come():
    held = reports([FLOOD[0], TRIAL[0], FLOOD[1], TRIAL[1], FLOOD[2]])
    cuts = {cut_of(order) for order in permutations(held)}
    [cut] = cuts
    assert (cut.reason, cut.staying, cut.leaving) == (
        "loose",
        ("k0", "k2", "k4"),
        ("k1", "k3"),
    )
    assert cut.silence_hours == 0.0


def test_a_report_that_has_little_to_do_with_the_others():
    cut = cut_of(reports([*FLOOD, TRIAL[0]]))
    assert cut is not None and cut.leaving == ("k3",)


@pytest.mark.parametrize("titles", [FLOOD, [FLOOD[0]] * 4, [FLOOD[0], TRIAL[0]], []])
def test_what_agrees_or_is_too_little_is_left_alone(titles):
    assert cut_of(reports(titles)) is None


def test_a_reprint_after_long_silence_is_no_other_event():
    assert cut_of(reports([FLOOD[0]] * 3, hours=(0, 1, 200))) is None


def test_what_is_said_after_long_silence_may_be_another_event():
    late = "Zeppelin pilot Kowalczyk lands safely on Madeira"
    cut = cut_of(reports([FLOOD[0], FLOOD[0], late], hours=(0, 1, 200)))
    assert cut is not None and cut.leaving == ("k2",)
    assert cut.silence_hours == 199.0


def test_very_large_stories_are_not_compared_pair_by_pair():
    assert cut_of(reports([*FLOOD * MOST, TRIAL[0]])) is None


def test_stories_are_alike_by_their_titles_and_their_time():
    one, other, trial = (words_of(some) for some in (FLOOD, FLOOD[1:], TRIAL))
    assert alike(one, other, 0.0) == alike(other, one, 20.0) > ALIKE
    assert alike(one, other, 200.0) < ALIKE
    assert alike(one, trial, 0.0) < 0.1
    assert alike(words_of([""]), one, 0.0) == 0.0


def test_words_are_named_as_titles_spell_them():
    one, other = words_of(FLOOD), words_of(TRIAL)
    named = called(common(one, words_of(FLOOD[:1])), FLOOD, most=3)
    assert named[0] == "Brzezinka" and len(named) == 3
    assert "Turku" in called(beyond(other, one), TRIAL, most=5)
    assert called(beyond(one, one), FLOOD, most=5) == []


def test_scripts_without_spaces_are_compared_as_well():
    one = words_of(["香港国際空港で航空機が衝突"])
    assert alike(one, words_of(["航空機が衝突、香港国際空港"]), 0.0) > ALIKE
