"""Several small modules of JavaScript as one, so that a page asks for one file.

They keep to what is read here, and a test holds them to it: imports by name from their
own folder, one on a line; exports of functions and constants where they are declared.
"""

from __future__ import annotations

import re
from collections.abc import Callable

IMPORT = re.compile(
    r'^import (?:\{ (?P<names>[\w, ]+) \} from )?"\./(?P<module>\w+)\.js";$', re.M
)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const) (\w+))", re.M)
_COMMENT = re.compile(r"^ *//.*\n", re.M)


def joined(name: str, read: Callable[[str], str]) -> str:
    """The module of this name behind all that it imports; `read` reads `NAME.js`."""
    found: dict[str, str] = {}
    _find(name, read, found)
    return "".join(_wrapped(module, text) for module, text in found.items())


def _find(name: str, read: Callable[[str], str], found: dict[str, str]) -> None:
    """Put a module behind those that it imports."""
    text = read(f"{name}.js")
    for one in IMPORT.finditer(text):
        if one["module"] not in found:
            _find(one["module"], read, found)
    found[name] = text


def _wrapped(name: str, text: str) -> str:
    """A module as a function called once: its names are its own."""
    exports = ", ".join(EXPORT.findall(text))
    text = IMPORT.sub(_taken, EXPORT.sub("", _COMMENT.sub("", text)))
    return f"const of_{name} = (() => {{\n{text}return {{ {exports} }};\n}})();\n"


def _taken(found: re.Match[str]) -> str:
    """What a module takes of another one, which stands before it."""
    names = found["names"]
    return f"const {{ {names} }} = of_{found['module']};" if names else ""
