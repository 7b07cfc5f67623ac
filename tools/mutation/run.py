"""Mutation tests of the modules on which readers' trust hangs; prints what survives.

    python tools/mutation/run.py masking cursor      # these, in a copy of the checkout
    python tools/mutation/run.py --every 3 names     # a third of the mutants

Needs `pip install cosmic-ray`. It changes the modules where they are while it runs, and
puts them back: run it in a copy. Survivors are to be killed by a test, or listed in
`articles/tests/mutants.md` with the reason why no test can tell them.
"""

from __future__ import annotations

import argparse
import ast
import os
import signal
import sys
import time
import tomllib
from difflib import unified_diff
from importlib import import_module
from pathlib import Path
from tempfile import gettempdir

import django
import pytest
from cosmic_ray import plugins
from cosmic_ray.commands.init import _all_work_items
from cosmic_ray.mutating import use_mutation
from cosmic_ray.work_item import MutationSpec
from django.db import connection
from operators import OPERATORS

PLANS = Path(__file__).with_name("plans.toml")
# Of the many replacements of one operator, those that are likest to it.
LIKEST = {
    *("Eq_NotEq", "NotEq_Eq", "Is_IsNot", "IsNot_Is", "Lt_LtE", "LtE_Lt"),
    *("Lt_GtE", "LtE_Gt", "Gt_GtE", "GtE_Gt", "Gt_LtE", "GtE_Lt"),
    *("Add_Sub", "Sub_Add", "Mul_Div", "Div_Mul", "BitOr_BitAnd", "BitAnd_BitOr"),
    *("Pow_Mul", "FloorDiv_Div", "Mod_Add", "LShift_RShift"),
    *("USub_UAdd", "UAdd_USub", "Delete_Not", "Delete_USub", "Delete_Invert"),
}
ASKED = ["-x", "-q", "-n", "0", "-p", "no:cacheprovider", "-m", "not nightly"]
LONGEST_S = 60
# What is loaded once, since models and the desk can be registered only once.
KEPT = ("articles.models", "articles.admin", "articles.apps", "articles.rules")


def mutants(module: Path) -> list[MutationSpec]:
    """All mutations of a module but those of types, which are not run."""
    typed = _annotations(module)
    text = module.read_text(encoding="utf-8").splitlines()
    found = [item.mutations[0] for item in _all_work_items([module], {})]
    return [
        one
        for one in found
        if _likely(one.operator_name)
        and not any(begin <= one.start_pos < end for begin, end in typed)
        and not _is_a_mark(one, text[one.start_pos[0] - 1])
    ]


def _is_a_mark(one: MutationSpec, line: str) -> bool:
    """Whether this is the star of a signature or call, which cosmic-ray multiplies."""
    return "Binary" in one.operator_name and line[one.end_pos[1] :][:1] != " "


def _likely(name: str) -> bool:
    replaces = name.startswith("core/Replace") and "Operator_" in name
    return not replaces or name.partition("Operator_")[2] in LIKEST


def _annotations(module: Path) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    found = []
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        for name in ("annotation", "returns"):
            typed = getattr(node, name, None)
            if isinstance(typed, ast.expr):
                begin = (typed.lineno, typed.col_offset)
                found.append(
                    (begin, (typed.end_lineno or 0, typed.end_col_offset or 0))
                )
    return found


def _run(name: str, *, every: int, first: int, basetemp: str) -> None:
    plan = tomllib.loads(PLANS.read_text(encoding="utf-8"))[name]
    module = Path(plan["module"])
    asked = [*ASKED, f"--basetemp={basetemp}", *plan["tests"]]
    assert _passes(module, asked), f"{name}: its tests fail without a mutation"
    every_one = mutants(module)
    counted = {True: 0, False: 0}
    for one in every_one[first::every]:
        operator = plugins.get_operator(one.operator_name)()
        with use_mutation(module, operator, one.occurrence) as (was, mutant):
            survives = _passes(module, asked)
        counted[survives] += 1
        if survives:
            lines = unified_diff(
                was.splitlines(), mutant.splitlines(), n=1, lineterm=""
            )
            print(one.operator_name, *list(lines)[2:], "", sep="\n", flush=True)
    ran = f"{counted[False]} killed, {counted[True]} survived"
    print(f"== {name}: {len(every_one)} mutants; run: {ran}", flush=True)


def _prepare() -> None:
    """Load the site and migrate a database in memory, once for all mutants."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "articles.tests.settings"
    django.setup()
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    import_module("articles.tests.conftest")  # for what it loads of others


def _unload(module: Path) -> None:
    """Let this module, and all that may know it, be imported anew."""
    mutated = ".".join(module.with_suffix("").parts)
    for name in [name for name in sys.modules if name.startswith("articles.")]:
        if name == mutated or not name.startswith(KEPT):
            del sys.modules[name]
            parent, _, child = name.rpartition(".")
            vars(sys.modules.get(parent, django)).pop(child, None)


def _passes(module: Path, asked: list[str]) -> bool:
    """Whether the tests pass, in a process that has loaded all but what may differ."""
    child = os.fork()
    if not child:
        os.setsid()
        _unload(module)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1), os.dup2(quiet, 2)
        os._exit(int(pytest.main(asked)))
    until = time.monotonic() + LONGEST_S
    while time.monotonic() < until:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return status == 0
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="+")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--basetemp", default=str(Path(gettempdir()) / "mutation"))
    given = parser.parse_args()
    plugins.OPERATOR_PROVIDERS["site"] = OPERATORS
    sys.dont_write_bytecode = True
    sys.path.insert(0, os.getcwd())
    _prepare()
    for name in given.names:
        _run(name, every=given.every, first=given.first, basetemp=given.basetemp)


if __name__ == "__main__":
    main()
