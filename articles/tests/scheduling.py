"""Which worker runs which test."""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling

# Their fixtures cost more than their tests: one worker runs all of a group.
TOGETHER = {
    "test_browser.py": "browser",
    "test_reading.py": "reading",
    "test_crawl.py": "crawl",
    "test_corpus.py": "corpus",
    "test_facets.py": "corpus",
    "test_findable.py": "corpus",
    "test_known_items.py": "corpus",
}


class Scheduling(LoadScopeScheduling):
    """Hands tests to workers one by one, but those of a group together."""

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.partition("::")[0].rpartition("/")[2]
        return TOGETHER.get(module, nodeid)
