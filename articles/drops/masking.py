"""Showing the text of a drop without what must never be shown."""

from __future__ import annotations

from .layout import NoFrontMatter, front_matter
from .problems import SECRET
from .tree import BrokenYaml, build_tree
from .values import walk

MASK = "(not shown)"


def mask_secured(raw: bytes) -> str | None:
    """Return the text of a drop with the value of `secured` replaced, at any depth.

    The value is found by the parser's marks. None where the bytes do not parse, or a
    key is given twice: then nothing of the file may be shown. The fences stay, so that
    lines count as in the file; what stands below the front matter is left out.
    """
    try:
        front = front_matter(raw)
        tree = build_tree(front.text)
    except (NoFrontMatter, BrokenYaml):
        return None
    if tree.notes or tree.root is None:
        return None
    hidden = [node for name, node in walk(tree.root) if name == SECRET]
    text = front.text
    places = {(node.start, node.end) for node in hidden}
    for start, end in sorted(places, reverse=True):
        value = text[start:end]
        kept = value[len(value.rstrip()) :]
        text = f"{text[:start]}{MASK}{kept}{text[end:]}"
    return f"---\n{text}---\n"
