"""Forms of the desk as a browser sends them: what it was given goes back."""

from __future__ import annotations

from collections.abc import Iterable
from html.parser import HTMLParser

from django.test import Client

Fields = dict[str, list[str]]


class _Forms(HTMLParser):
    """The fields of every form on a page, as they stand when it was opened."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Fields] = []
        self._select = ""

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.forms.append({})
        if not self.forms:
            return
        if tag == "select":
            self._select = given.get("name") or ""
        if tag == "option" and "selected" in given:
            self.forms[-1].setdefault(self._select, []).append(given.get("value") or "")
        if tag != "input" or not given.get("name"):
            return
        box = given.get("type") in ("checkbox", "radio")
        if given.get("type") in ("submit", "button") or (
            box and "checked" not in given
        ):
            return
        usual = "on" if box else ""
        value = given.get("value", usual) or ""
        self.forms[-1].setdefault(given["name"], []).append(value)


def forms_on(text: str) -> list[Fields]:
    parser = _Forms()
    parser.feed(text)
    return parser.forms


def opened(client: Client, path: str, holding: str = "shown") -> Fields:
    """The first form of a page that has a field of this name."""
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    found = [form for form in forms_on(answer.content.decode()) if holding in form]
    return found[0] if found else {}


def ticked(fields: Fields, boxes: dict[int, bool]) -> Fields:
    """The list of articles with the boxes of some rows set."""
    rows = {
        int(values[0]): name.removesuffix("-id")
        for name, values in fields.items()
        if name.startswith("form-") and name.endswith("-id")
    }
    sent = {name: list(values) for name, values in fields.items()}
    for pk, checked in boxes.items():
        name = f"{rows.get(pk, f'form-{900 + pk}')}-published"
        sent.pop(name, None)
        if checked:
            sent[name] = ["on"]
    sent.pop("action", None)
    return sent | {"_save": ["Save"]}


def acting(fields: Fields, action: str, pks: Iterable[int], **more: str) -> Fields:
    """A list with some rows selected for an action."""
    kept = {name: v for name, v in fields.items() if not name.startswith("form-")}
    chosen = {"action": [action], "_selected_action": [str(pk) for pk in pks]}
    return kept | chosen | {name: [value] for name, value in more.items()}
