"""Import drops: see `--help`."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from articles.ingest.finding.source import Source, UnusableSource
from articles.ingest.finding.sources import NothingThere, find_sources, from_stream
from articles.ingest.finding.watch import Watch
from articles.ingest.lock import AnotherImportRuns, import_lock
from articles.ingest.report import Report
from articles.ingest.report_file import NoPlace, ReportFile
from articles.ingest.run import Options, run_import
from articles.ingest.stopping import stopping
from articles.management.site_command import TROUBLES, SiteCommand, in_words
from articles.management.summary import print_summary
from articles.rules.phrasing import one_line

EPILOG = """exit codes: 0 all imported, 1 some drops rejected (the rest is in),
2 wrong usage, 3 another import runs, 130 interrupted"""


class Command(SiteCommand):
    help = "Import drops: files, folders, archives, or - for standard input."
    # What the checks look at, admin and addresses, an import does not use; loading
    # it all would cost an unchanged re-import half its time.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.epilog = EPILOG
        parser.add_argument("paths", nargs="*", metavar="PATH")
        flag: dict[str, Any] = {"action": "store_true"}
        parser.add_argument(
            "--publish",
            help="publish the articles this run creates, unless an editor decided",
            **flag,
        )
        parser.add_argument("--name", help="source name of standard input")
        parser.add_argument("--root", type=Path, help="folder that names start from")
        parser.add_argument(
            "--dry-run", help="write nothing, say what would be", **flag
        )
        parser.add_argument("--json", help="print one JSON object", **flag)
        parser.add_argument("--report", type=Path, metavar="FILE")
        parser.add_argument("--watch", help="keep importing what arrives", **flag)
        parser.add_argument("--fail-fast", help="stop at the first rejection", **flag)
        parser.add_argument("--strict", help="warnings reject the drop", **flag)

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console(
            stderr=True, no_color=options["no_color"] or None, soft_wrap=True
        )
        if options["watch"]:
            self._watch(options, console)
        sources = _sources(options)
        report_file = _report_file(options, sources)
        try:
            with stopping() as stopped:
                report = _locked_run(sources, options, console, stopped)
        except AnotherImportRuns:
            raise CommandError(
                "another import is running; this one did nothing", returncode=3
            ) from None
        self._tell(report, options, console)
        if report_file:
            report_file.write(_as_text(report))
        sys.exit(report.exit_code)

    def _watch(self, options: dict[str, Any], console: Console) -> NoReturn:
        """Import what arrives, until SIGINT or SIGTERM ends it."""
        watch, report_file = _watched(options), _report_file(options, [])
        paths = ", ".join(map(str, _tops(options)))
        console.print(escape(f"Watching {paths}; Ctrl-C ends it."))
        hindered = ""

        def bring(sources: list[Source]) -> None:
            report = _locked_run(sources, options, console, stopped)
            if not report.interrupted:
                watch.done(sources)
            self._tell(report, options, console)
            if report_file:
                report_file.write(_as_text(report))

        with stopping() as stopped:
            while not stopped:
                before, hindered = hindered, ""
                try:
                    for sources in watch.ready(time.monotonic()):
                        if not stopped:
                            bring(sources)
                except AnotherImportRuns:
                    hindered = "another import is running"
                except TROUBLES as error:
                    hindered = in_words(error)
                    connection.close_if_unusable_or_obsolete()
                if hindered and hindered != before:
                    console.print(escape(f"Waiting: {hindered}"))
                time.sleep(1)
        sys.exit(130)

    def _tell(self, report: Report, options: dict[str, Any], console: Console) -> None:
        for problem in report.problems:
            self.stderr.write(str(problem), style_func=str)
        print_summary(report, console)
        if options["json"]:
            self.stdout.write(_as_text(report), ending="")


def _as_text(report: Report) -> str:
    return json.dumps(report.as_json(), ensure_ascii=False) + "\n"


def _tops(options: dict[str, Any]) -> list[Path]:
    """The files and folders to import from."""
    paths = options["paths"] or [str(settings.SEEDS_DIR)]
    return [Path(path) for path in dict.fromkeys(paths) if path != "-"]


def _report_file(
    options: dict[str, Any], sources: Sequence[Source]
) -> ReportFile | None:
    if options["report"] is None:
        return None
    try:
        return ReportFile(options["report"], tops=_tops(options), sources=sources)
    except NoPlace as error:
        raise CommandError(one_line(str(error)), returncode=2) from None


def _watched(options: dict[str, Any]) -> Watch:
    if options["dry_run"] or "-" in options["paths"]:
        raise CommandError("--watch imports files and folders", returncode=2)
    for path in _tops(options):
        # What is not there may come; what can never be imported is said at once.
        with suppress(NothingThere):
            _found(path, options["root"])
    return Watch(_tops(options), root=options["root"])


def _sources(options: dict[str, Any]) -> list[Source]:
    sources: list[Source] = []
    if "-" in options["paths"]:
        sources.append(_standard_input(options["name"]))
    try:
        for path in _tops(options):
            sources.extend(_found(path, options["root"]))
    except NothingThere as error:
        raise CommandError(one_line(str(error)), returncode=2) from None
    return sources


def _found(path: Path, root: Path | None) -> Iterable[Source]:
    """What lies at a path. Raises NothingThere and, as wrong usage, CommandError."""
    try:
        return find_sources(path, root=root)
    except NothingThere:
        raise
    except UnusableSource as error:
        raise CommandError(one_line(str(error)), returncode=2) from None


def _standard_input(name: str | None) -> Source:
    if name is None:
        raise CommandError("standard input needs --name", returncode=2)
    if sys.stdin is None:
        raise CommandError("standard input is closed", returncode=2)
    try:
        return from_stream(sys.stdin.buffer, name=name)
    except UnusableSource as error:
        raise CommandError(str(error), returncode=2) from None


def _locked_run(
    sources: list[Source],
    options: dict[str, Any],
    console: Console,
    stopped: Sequence[int],
) -> Report:
    """Run the import under its lock; a dry run needs none."""
    columns = TextColumn("Importing"), BarColumn(), MofNCompleteColumn()
    lock = nullcontext() if options["dry_run"] else import_lock()
    bar = Progress(*columns, console=console, disable=not console.is_terminal)
    with lock, bar:
        task = bar.add_task("import", total=len(sources))
        return run_import(
            sources,
            Options(
                publish=options["publish"],
                dry_run=options["dry_run"],
                fail_fast=options["fail_fast"],
                strict=options["strict"],
                detail=options["verbosity"] > 1,
                stop=lambda: bool(stopped),
                progress=lambda files: bar.advance(task, files),
            ),
            now=timezone.now(),
        )
