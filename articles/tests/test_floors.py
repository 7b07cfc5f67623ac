"""Imports run one way: a module knows its own package and the floors below it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

APP = Path(__file__).resolve().parents[1]
FLOORS = (
    {"rules"},
    {"drops", "drawing"},
    {"models", "fingerprint"},
    {"search", "clustering", "pictures"},
    {"library"},  # what clustering asks to know, answered from memory or the database
    {"rendering"},
    {"settle"},
    {"publishing", "selectors"},
    {"ingest", "templatetags", "filters", "digest", "operating", "accounts"},
    {"views", "syndication", "admin"},
    {"urls", "management", "apps"},
)
FLOOR = {
    package: floor for floor, packages in enumerate(FLOORS) for package in packages
}
PASSED_OVER = {"migrations", "tests", "__init__"}


def test_imports_run_down_the_floors():
    assert list(breaches(APP)) == []


# No Django here. Rules need stems of English words, drops a scanner of YAML.
ALLOWED = {
    "rules": {"Stemmer"},
    "drops": {"yaml"},
    "drawing": set(),
    "clustering": set(),
}


def test_rules_and_drops_know_no_library_but_the_parser_and_the_stemmer():
    strangers = {
        f"{path.relative_to(APP)}: {name}"
        for wing, allowed in ALLOWED.items()
        for path in (APP / wing).rglob("*.py")
        for name in imported(path, APP)
        if name.split(".")[0] not in sys.stdlib_module_names | allowed
        and not name.startswith(("articles.rules", f"articles.{wing}"))
    }
    assert strangers == set()


@pytest.mark.parametrize(
    ("path", "line", "said"),
    [
        ("models/a.py", "from articles.views import feed", "models imports views"),
        ("rules/a.py", "import articles.models.page", "rules imports models"),
        ("views/a.py", "from articles import syndication", "views imports syndication"),
        ("views/a.py", "from ..admin import article", "views imports admin"),
        (
            "library/a.py",
            "from articles.settle import settle",
            "library imports settle",
        ),
        (
            "management/commands/a.py",
            "from ...urls import x",
            "management imports urls",
        ),
        (
            "search/a.py",
            "if True:\n    from articles import urls",
            "search imports urls",
        ),
        ("cellar/a.py", "import os", "cellar has no floor"),
        ("views/a.py", "from articles.cellar import x", "cellar has no floor"),
        ("views/a.py", "def f():\n    import os", "imports inside a function"),
        (
            "views/a.py",
            "class A:\n    def f(self):\n        from .b import c",
            "imports inside a function",
        ),
    ],
)
def test_a_breach_is_found(tmp_path, path, line, said):
    write(tmp_path, path, line)
    [breach] = breaches(tmp_path)
    assert said in breach


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("views/a.py", "from articles.models import Page\nfrom .b import c"),
        ("views/a.py", "from ..selectors import feed"),
        ("publishing/__init__.py", "from .settle import settle"),
        ("filters.py", "from articles.search import matching\nimport articles.models"),
        ("management/commands/a.py", "from articles.ingest.run import run_import"),
        ("tests/a.py", "def f():\n    from articles.urls import x"),
    ],
)
def test_what_the_floors_allow_is_no_breach(tmp_path, path, line):
    write(tmp_path, path, line)
    assert list(breaches(tmp_path)) == []


def write(app: Path, path: str, text: str) -> None:
    (app / path).parent.mkdir(parents=True, exist_ok=True)
    (app / path).write_text(text, encoding="utf-8")


def breaches(app: Path) -> Iterator[str]:
    """What each module below `app` does against the table, in words."""
    for path in sorted(app.rglob("*.py")):
        package = path.relative_to(app).with_suffix("").parts[0]
        if package in PASSED_OVER:
            continue
        where = path.relative_to(app).as_posix()
        if package not in FLOOR:
            yield f"{where}: {package} has no floor"
            continue
        if imports_in_functions(path):
            yield f"{where}: imports inside a function"
            continue
        for other in sorted(
            {package_of(name) for name in imported(path, app)} - {"", package}
        ):
            if other not in FLOOR:
                yield f"{where}: {other} has no floor"
            elif FLOOR[other] >= FLOOR[package]:
                yield f"{where}: {package} imports {other}"


def imported(path: Path, app: Path) -> Iterator[str]:
    """Absolute names of what a module imports; `from a import b` gives `a.b`."""
    here = ("articles", *path.relative_to(app).with_suffix("").parts)
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(here[: len(here) - node.level]) if node.level else ""
            module = ".".join(filter(None, (base, node.module)))
            yield from (f"{module}.{alias.name}" for alias in node.names)


def imports_in_functions(path: Path) -> bool:
    return any(
        isinstance(inner, ast.Import | ast.ImportFrom)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
    )


def package_of(name: str) -> str:
    """The app's package that an absolute name belongs to; "" for other names."""
    app, _, rest = name.partition(".")
    return rest.split(".")[0] if app == "articles" else ""


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))
