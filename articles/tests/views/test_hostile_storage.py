"""Whatever lies in a reader's browser, pages work, and nothing of it is done or sent."""

from __future__ import annotations

import json

import pytest

from .visit import Visit, address

pytestmark = [pytest.mark.django_db, pytest.mark.browser]
NAMES = ["saved", "muted", "read", "visit"]
SETTINGS = ["theme", "size", "pictures", "shortcuts", "remember"]
MARKUP = '"><img src=https://elsewhere.example/x onerror="window.ran=1"><script>window.ran=1</script>'
FAR = "+275760-09-13T00:00:00.000Z"
STORY = {"id": "aaaaaaaaaaaa", "title": MARKUP, "by": MARKUP, "at": FAR}
MUTED = {"id": "publisher:__proto__", "name": MARKUP}
NESTED = "[" * 50_000 + "]" * 50_000


def everywhere(text: str) -> dict[str, str]:
    return dict.fromkeys([*NAMES, *SETTINGS], text)


STATES = {
    "no JSON": everywhere("{"),
    "markup": everywhere(MARKUP),
    "nested": everywhere(NESTED),
    "a number": everywhere("1e999"),
    "lists of nothing": everywhere("[null, [], {}, 1, true]"),
    "names of objects' own": everywhere(
        '{"__proto__": {"id": "x", "length": 9}, "constructor": 1, "toString": 2}'
    ),
    "ids of objects' own": {
        "saved": json.dumps([STORY | {"id": "constructor", "url": "/stories/constructor/"}]),
        "muted": json.dumps([MUTED, {"id": "topic:constructor"}]),
        "read": json.dumps([{"id": "constructor", "at": -1}, {"id": "toString"}]),
    },
    "other addresses": {
        "saved": json.dumps(
            [
                STORY | {"url": url + "/stories/aaaaaaaaaaaa/", "id": "aaaaaaaaaaaa"}
                for url in (
                    "javascript:window.ran=1/",
                    "//elsewhere.example",
                    "\\\\elsewhere.example",
                    "/\t/elsewhere.example",
                    "/.//elsewhere.example",
                    "data:text/html,",
                    "https://elsewhere.example",
                )
            ]
        ),
        "visit": json.dumps({"start": 1, "at": 1, "newest": FAR, "before": FAR}),
    },
    "far days": {
        "saved": json.dumps([STORY | {"url": "/stories/aaaaaaaaaaaa/"}]),
        "visit": json.dumps({"start": 2**53, "at": "9", "newest": FAR, "before": MARKUP}),
        "read": json.dumps([{"id": "aaaaaaaaaaaa", "at": 2**53 - 1}]),
    },
    "very many": {
        "saved": json.dumps(
            [STORY | {"id": f"a{n}", "url": f"/stories/a{n}/"} for n in range(3000)]
        ),
        "muted": json.dumps([{"id": f"topic:{n}", "name": MARKUP} for n in range(9000)]),
        "read": json.dumps([{"id": f"a{n}", "at": n} for n in range(30_000)]),
    },
}  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_pages_work_whatever_is_kept(visit: Visit, state):
    page = visit.page
    page.goto("/about/")
    for name in ("latest", "story", "your reading"):
        page.evaluate(
            "kept => { for (const n in kept) localStorage.setItem(n, kept[n]); }",
            STATES[state],
        )
        page.goto(address(name))
        assert page.evaluate("window.ran") is None
        links = page.locator(".reading a").evaluate_all("all => all.map(a => a.origin)")
        assert set(links) <= {visit.server}
        if name == "latest":
            page.keyboard.press("s")
            page.keyboard.press("j")
            page.keyboard.press("s")
            saved = page.evaluate("JSON.parse(localStorage.getItem('saved'))")
            assert len(saved) >= 1
    assert visit.complaints == []
    assert not any("elsewhere" in url for _, url in visit.remote)
