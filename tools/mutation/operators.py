"""Mutations that cosmic-ray does not know: of querysets, of calls, of statements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar

import parso
from cosmic_ray.operators.operator import Example, Operator

SWAPS = {"min": "max", "max": "min", "any": "all", "all": "any", "sorted": "list"}
LINKS = {"filter", "exclude", "order_by", "distinct", "select_related", "annotate"}
BOUNDS = {"lt": "lte", "lte": "lt", "gt": "gte", "gte": "gt"}
_BOUND = re.compile(r"__(lte?|gte?)\b")
Position = tuple[tuple[int, int], tuple[int, int]]


class _Operator(Operator):
    """A mutation of one node; `mutant` is its text then, None where it has none."""

    example: ClassVar[tuple[str, str]]

    def mutant(self, node: Any) -> str | None:
        raise NotImplementedError

    def mutation_positions(self, node: Any) -> Iterator[Position]:
        if self.mutant(node) is not None:
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        text = self.mutant(node)
        assert text is not None
        return parso.parse(node.get_first_leaf().prefix + text)

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (Example(*cls.example),)


class SwapName(_Operator):
    """min is max, any is all, and what was sorted is as it came."""

    example = ("min(a)", "max(a)")

    def mutant(self, node: Any) -> str | None:
        called = node.get_next_leaf() if node.type == "name" else None
        if called is None or called.value != "(" or node.value not in SWAPS:
            return None
        return None if node.parent.type == "trailer" else SWAPS[node.value]


class DropLink(_Operator):
    """A condition or an order of a queryset less."""

    example = ("a.filter(b).c", "a.c")

    def mutant(self, node: Any) -> str | None:
        if node.type != "trailer" or node.children[0].value != ".":
            return None
        name, called = node.children[1].value, node.get_next_sibling()
        if name not in LINKS or called is None or called.children[0].value != "(":
            return None
        return ".all"

    def mutate(self, node: Any, index: int) -> Any:
        called = node.get_next_sibling()
        called.children[1:-1] = []
        return super().mutate(node, index)


class DropStatement(_Operator):
    """A statement that only calls something, or adds to something, is not there."""

    example = ("a()", "pass")

    def mutant(self, node: Any) -> str | None:
        if node.parent is None or node.parent.type != "simple_stmt":
            return None
        called = node.type in ("atom_expr", "power")
        added = node.type == "expr_stmt" and node.children[1].type == "operator"
        raised = node.type == "raise_stmt"
        if added and node.children[1].value == "=":
            return None
        return "pass" if called or added or raised else None


class DropArgument(_Operator):
    """An argument by name less."""

    example = ("a(b, c=1)", "a(b, )")

    def mutant(self, node: Any) -> str | None:
        named = node.type == "argument" and getattr(node.children[1], "value", "")
        return "**{}" if named == "=" else None


class DropCondition(_Operator):
    """A comprehension without its condition, and a choice that is always made."""

    example = ("[a for a in b if c]", "[a for a in b if True]")

    def mutant(self, node: Any) -> str | None:
        return "if True" if node.type == "comp_if" else None


class TurnMembership(_Operator):
    """What is in something is not."""

    example = ("a in b", "a not in b")

    def mutant(self, node: Any) -> str | None:
        if node.type == "keyword" and node.value == "in":
            return "not in" if node.parent.type == "comparison" else None
        return "in" if node.type == "comp_op" and "in" in node.get_code() else None


class MoveBound(_Operator):
    """A bound of a query that includes its end excludes it, and the other way."""

    example = ("a(b__lt=1)", "a(b__lte=1)")

    def mutant(self, node: Any) -> str | None:
        if node.type not in ("name", "string", "fstring_string"):
            return None
        moved = _BOUND.sub(lambda found: f"__{BOUNDS[found[1]]}", node.value)
        return moved if moved != node.value else None


class TurnOrder(_Operator):
    """What comes last comes first."""

    example = ('a("-b")', 'a("b")')

    def mutant(self, node: Any) -> str | None:
        if node.type != "string" or not node.value.startswith('"-'):
            return None
        return '"' + node.value[2:]


OPERATORS = {
    one.__name__: one
    for one in (
        SwapName,
        DropLink,
        DropStatement,
        DropArgument,
        DropCondition,
        TurnMembership,
        MoveBound,
        TurnOrder,
    )
}
