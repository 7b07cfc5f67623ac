"""`python -m bench [NAME ...] [--runs N]`: measure, and print a table."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from .adding import adding_figures
from .figure import Figure, as_json, pair_lines, table
from .growth import growth_figures
from .imports import NAMES, import_figures
from .lab import Lab
from .memory import memory_figures
from .pages import page_figures
from .process import BenchFailed
from .scale import SCALES
from .site import ROOT
from .waiting import waiting_figures

RUNS = 3
OTHERS: dict[str, Callable[[Lab], list[Figure]]] = {
    "memory": memory_figures,
    "add-one": adding_figures,
    "pages": page_figures,
    "waiting": waiting_figures,
    "waiting-ninefold": partial(waiting_figures, copies=9),
    "load": partial(waiting_figures, editors=0),
    "growth": growth_figures,
    **SCALES,
}
ASKED_ONLY = {"scale-300k", "scale-1m"}  # by name: they take gigabytes and minutes


def main() -> int:
    options = _options()
    archive = options.shared / "corpus" / "drops.tar.xz"
    wanted = set(options.names) or {*NAMES, *OTHERS} - ASKED_ONLY
    if not archive.is_file() and wanted - SCALES.keys():
        print(f"bench: {archive} is not there, so there is nothing to measure with.")
        return 0
    measures: list[Callable[[Lab], list[Figure]]] = []
    if imports := wanted & set(NAMES):
        measures.append(lambda lab: import_figures(lab, imports))
    measures += [case for name, case in OTHERS.items() if name in wanted]
    with tempfile.TemporaryDirectory(prefix="newsagg-bench-") as folder:
        lab = Lab(options.shared, Path(folder), runs=options.runs, keep=options.keep)
        return _measure(lab, measures, told_to=options.json)


def _measure(
    lab: Lab,
    measures: Sequence[Callable[[Lab], list[Figure]]],
    *,
    told_to: Path | None,
) -> int:
    figures: list[Figure] = []
    for measure in measures:
        try:
            figures += measure(lab)
        except BenchFailed as failure:
            lab.failures.append(str(failure))
        except KeyboardInterrupt:
            lab.failures.append("interrupted")
            break
    if figures:
        print(table(figures))
        if pairs := pair_lines(figures):
            print(f"\nPair by pair:\n{pairs}")
    if told_to:
        told_to.write_text(as_json(figures), encoding="utf-8")
    for said in lab.failures:
        print(f"bench: not measured: {said}", file=sys.stderr)
    return 1 if lab.failures else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description="Measure imports, stories and pages against a bare parse of the "
        "same drops: ratios of CPU, one right after the other; memory of the tree.",
    )
    known = (*NAMES, *OTHERS)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"of {', '.join(known)}; none: all"
    )
    parser.add_argument("--json", type=Path, help="a file to write the figures to")
    parser.add_argument("--keep", type=Path, help="folder where big sites are kept")
    parser.add_argument("--runs", type=int, default=RUNS, help=f"rounds; {RUNS}")
    parser.add_argument(
        "--shared",
        type=Path,
        default=ROOT.parent / "shared",
        help="folder with corpus/ and tools/",
    )
    options = parser.parse_args()
    if unknown := sorted(set(options.names) - set(known)):
        parser.error(f"no figure is named {unknown[0]}; there are {', '.join(known)}")
    if options.runs < 1:
        parser.error("--runs must be at least 1")
    return options


if __name__ == "__main__":
    sys.exit(main())
