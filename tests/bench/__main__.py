"""`python -m tests.bench`: measure this project and the others on the same handbook, side by side.

Every round builds with everyone in turn, so that a slow minute of the machine hits all alike; what counts is the
median of the rounds. The figures go to tests/bench/results/ENTRIES.json, the tables and the picture are made of them.
"""

from __future__ import annotations

import argparse
import datetime
import shutil
import signal
import sys
import time
from pathlib import Path
from typing import Final

from . import contenders, report
from .contenders import Contender, Field
from .measure import FailedError, cpu_of_all, machine, run
from .results import Results
from .serving import serving

WORK: Final = Path(__file__).parent / ".work"
EDITS: Final = 9
"""Edits of each kind under one development server, fewer where they take long."""
PATIENCE: Final = 90.0
"""Seconds for all edits of one kind; at least one is waited for."""


def main() -> int:
    """Run the benchmark as the command line says."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that no server is left behind
    options = _options()
    if not options.only_report:
        results = _measure(options.entries, options.rounds, options.only or list(contenders.everyone()), options.limit)
        results.save()
    report.write()
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("entries", type=int, nargs="?", default=500, help="entries with a page in each language (500)")
    parser.add_argument("--rounds", type=int, default=5, help="builds of each kind; medians count (5)")
    parser.add_argument("--limit", type=float, default=900, help="seconds after which a build is given up (900)")
    parser.add_argument("--only", nargs="+", choices=contenders.everyone(), help="whom to measure (all)")
    parser.add_argument("--only-report", action="store_true", help="measure nothing; write tables and picture again")
    return parser.parse_args()


def _measure(entries: int, rounds: int, names: list[str], limit: float) -> Results:
    work = WORK / str(entries)
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    _say(f"making a handbook of {entries} entries")
    field = Field(work, entries)
    results = Results.load(entries)
    results.about(machine(), datetime.date.today().isoformat(), rounds, field.source.pages)
    ready: dict[str, Contender] = {}
    for name in names:
        results.forget(name)
        try:
            ready[name] = contenders.everyone()[name](field)
        except FailedError as error:
            _say(f"{name}: not installed: {error}")
            results.failed(name, f"not installed: {error}")
        else:
            results.takes_part(name, ready[name].name, ready[name].about)
    for number in range(1, rounds + 1):
        started, worked, own = time.perf_counter(), cpu_of_all(), 0.0
        for name, contender in list(ready.items()):
            try:
                own += _round(name, contender, number, results, work, limit)
            except FailedError as error:
                _say(f"{name}: {error}")
                results.failed(name, str(error))
                del ready[name]
        results.disturbed((cpu_of_all() - worked - own) / (time.perf_counter() - started))
        results.save()
    for name, contender in ready.items():
        _serve(name, contender, results, work, limit)
        results.save()
    shutil.rmtree(work, ignore_errors=True)
    return results


def _round(name: str, contender: Contender, number: int, results: Results, work: Path, limit: float) -> float:
    """One build of each kind, and a look at what came out. Returns the processor time of all."""
    everything = 0.0
    for step in contender.steps:
        step.before()
        used = [run(command, work / f"{name}.log", limit) for command in step.commands]
        total = sum(used[1:], used[0])
        everything += total.cpu
        results.built(name, step.name, total)
        _say(
            f"{number} {contender.name}, {step.name}: {total.wall:.2f} s, {total.cpu:.2f} s cpu, {total.memory:.0f} MB"
        )
        made = sum(1 for folder in contender.sites for _ in folder.rglob("*.html"))
        if made < contender.pages:
            raise FailedError(f"{made} pages instead of {contender.pages}")
    return everything


def _serve(name: str, contender: Contender, results: Results, work: Path, limit: float) -> None:
    """Edits under the development server."""
    server = contender.serving
    if not server:
        return
    try:
        with serving(server.command, work / f"{name}.log") as running:
            first = running.first_answer(server.page, limit)
            results.served(name, "first answer", [first], server.about)
            _say(f"{contender.name}: first answer after {first:.2f} s")
            for kind, edit in (("text", server.text), ("title", server.title)):
                if edit:
                    place, paths = edit
                    taken: list[float] = []
                    before = running.cpu()
                    while not taken or (len(taken) < EDITS and sum(taken) < PATIENCE):
                        taken.append(running.latency(place.change, paths, min(limit, 300)))
                    results.served(name, kind, taken, server.about)
                    results.served(name, f"{kind}, cpu", [(running.cpu() - before) / len(taken)], server.about)
                    _say(f"{contender.name}: {kind} served after " + ", ".join(f"{seconds:.3f}" for seconds in taken))
    except FailedError as error:
        _say(f"{name}, serving: {error}")
        results.failed(f"{name}, serving", str(error))


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
