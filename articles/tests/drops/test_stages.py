"""The way of a drop through the parser: few modules, in a straight line.

`reading` is the door. It leads a drop through three stages: `layout`, `tree` and
`validate`, of which `fields` is the tool. They speak in values that know no stage:
`drop`, `problems`, `values`; a call of one of these belongs to the stage that calls.
"""

from __future__ import annotations

import ast
import statistics
import sys
from itertools import groupby
from pathlib import Path

import pytest

from articles.drops.layout import split_pieces
from articles.drops.reading import EntryCache, read_drop

from .test_parse import raw_drop

APP = Path(__file__).parents[2]
DROPS = APP / "drops"
SEED = max((APP.parent / "seeds").rglob("*.txt"), key=lambda path: path.stat().st_size)
STAGES = {
    "layout": "layout",
    "tree": "tree",
    "validate": "validate",
    "fields": "validate",
}
VALUES = {"drop", "problems", "values"}


def test_eight_modules_take_part_at_most():
    assert modules_on_the_way() == {"reading", *STAGES, *VALUES}
    assert len(modules_on_the_way()) <= 8


def test_no_module_is_long_and_most_functions_are_short():
    paths = list(DROPS.glob("*.py"))
    assert (
        max(len(path.read_text(encoding="utf-8").splitlines()) for path in paths) <= 250
    )
    lengths = [
        node.end_lineno - node.lineno + 1
        for path in paths
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    ]
    assert statistics.median(lengths) <= 8
    assert max(lengths) <= 40


def test_no_stage_knows_another_or_the_door():
    for module, stage in STAGES.items():
        others = {STAGES.get(name, name) for name in imported(module) - VALUES}
        assert others <= {stage}, module
    for module in VALUES:
        assert imported(module) <= VALUES, module


@pytest.mark.parametrize("ways", ["whole", "by its pieces", "known entries"])
@pytest.mark.parametrize(
    "raw",
    [
        SEED.read_bytes(),
        raw_drop("related_twice"),
        raw_drop("related_twice", ("width: 1200", "width: wide")) + b"Text below.\n",
        raw_drop("related_twice", ("quality: 40", "quality: |\n      40")),
        raw_drop("related_twice", ("quality: 40", 'quality: "40')),
        raw_drop("related_twice", ("---\ncategory", "---\n- category")),
        raw_drop("laid_out_otherwise"),
        raw_drop("video"),
        b"no drop at all",
    ],
)
def test_a_drop_enters_each_stage_twice_at_most(raw, ways):
    """Entered: a stage is at work, and the one at work before it was another.

    Twice is for files that turn out irregular after the first try, and for the lines
    that `layout` counts where there are problems to place.
    """
    cache = None if ways == "whole" else EntryCache()
    if ways == "known entries":
        read_drop(raw, entries=cache)
    entered = [stage for stage, _ in groupby(stages_at_work(raw, cache))]
    assert all(entered.count(stage) <= 2 for stage in entered), entered


@pytest.mark.parametrize("known", [False, True])
def test_a_regular_drop_without_problems_enters_each_stage_once(known):
    raw, cache = SEED.read_bytes(), EntryCache()
    assert len(split_pieces(raw)) > 3
    if known:
        read_drop(raw, entries=cache)
    entered = [stage for stage, _ in groupby(stages_at_work(raw, cache))]
    assert entered == ["layout", "tree", "validate"]


def stages_at_work(raw: bytes, cache: EntryCache | None) -> list[str]:
    """The stage of each call into one while a drop is read, in order."""
    seen = []

    def note(frame, event, _):
        path = Path(frame.f_code.co_filename)
        if event == "call" and path.parent == DROPS and path.stem in STAGES:
            seen.append(STAGES[path.stem])

    sys.setprofile(note)
    try:
        read_drop(raw, entries=cache)
    finally:
        sys.setprofile(None)
    return seen


def modules_on_the_way() -> set[str]:
    """The door and all that it imports of this package, however far down."""
    found, waiting = set(), {"reading"}
    while waiting:
        module = waiting.pop()
        found.add(module)
        waiting |= imported(module) - found
    return found


def imported(module: str) -> set[str]:
    """Modules of this package that one of them imports."""
    tree = ast.parse((DROPS / f"{module}.py").read_text(encoding="utf-8"))
    return {
        node.module.removeprefix("articles.drops.")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and (node.level or node.module.startswith("articles.drops."))
    }
