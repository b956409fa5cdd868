"""Checking files: cache first, then this process, or several when there is enough to do. Order is always kept."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from apologylint.cache import DEFAULT_NAME, Cache, content, has_steps, lean, program_digest, report_data, report_from
from apologylint.config import Config
from apologylint.drafts import Source
from apologylint.errors import ApologylintError, InputError
from apologylint.reporters.base import CheckedFile
from apologylint.results import Report

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

    from apologylint.linter import Linter

# A second process costs one to two seconds of work before its first file, a file one to two milliseconds. Measured with
# two processes on two cores that others kept busy, they broke even at 4,000 uncached files; on idle ones far earlier.
_WORTH_A_PROCESS = 4000
# Windows waits for no more of them at once.
_MOST_PROCESSES = 61
_CHUNK = 50
_WINDOW = 4000


@dataclass(frozen=True)
class Task:
    """One file to check.

    Attributes:
        path: as shown.
        config: its settings, overrides applied.
        raw: its bytes, when they came from stdin.
    """

    path: str
    config: Config
    raw: bytes | None = None

    def read(self) -> Source:
        """Decode it, or raise an InputError."""
        from apologylint.sources import read_source

        encoding = self.config.encoding or None
        return read_source(self.path if self.raw is None else self.raw, self.path, encoding)


@dataclass
class Runner:
    """How to check.

    Attributes:
        customer_message: for every draft.
        use_cache: read and write the cache.
        jobs: processes; 0 decides by itself.
        need_steps: whether the steps of a report will be read, so that a cache entry without them is no use.
    """

    customer_message: str | None = None
    use_cache: bool = True
    jobs: int = 0
    need_steps: Callable[[Report], bool] = lambda report: False
    _caches: dict[tuple[str, tuple[str, ...]], Cache] = field(default_factory=dict)
    _linters: dict[Config, Linter] = field(default_factory=dict)

    def run(self, tasks: Sequence[Task]) -> Iterator[CheckedFile]:
        """Check all, in order. A file that cannot be read is a result with an error."""
        pool: ProcessPoolExecutor | None = None
        try:
            for start in range(0, len(tasks), _WINDOW):
                window = tasks[start : start + _WINDOW]
                ready = [self._looked_up(task) for task in window]
                waiting = [(n, pair) for n, pair in enumerate(ready) if isinstance(pair, _Miss)]
                jobs = self._jobs(len(waiting))
                if pool is not None or jobs > 1:
                    pool = pool or _pool(jobs)
                    futures = self._spread(pool, [miss for _, miss in waiting])
                    for config in {miss.task.config for _, miss in waiting}:
                        self._linter(config)  # while they start: a wrong setting is told once, here, not by each worker
                    done = _collected(futures)
                else:
                    done = (self._checked(miss) for _, miss in waiting)
                for item in ready:
                    yield self._kept(item, next(done)) if isinstance(item, _Miss) else item
        finally:
            if pool is not None:
                pool.shutdown(wait=False, cancel_futures=True)

    def settings_used(self) -> list[Config]:
        """Settings that files were checked under in this process, with the old rule names they accept."""
        return [linter.config for linter in self._linters.values()]

    def check_again(self, path: str, config: Config, source: Source) -> list[Report]:
        """Check a text that is not in the file (a fix before it is written)."""
        return self._linter(config).check_source(source, config.read_options(), self.customer_message)

    # -- parts of a run ---------------------------------------------------------------------------------------

    def _looked_up(self, task: Task) -> CheckedFile | _Miss:
        try:
            source = task.read()
        except ApologylintError as error:
            return CheckedFile(task.path, error=str(error))
        cache = self._cache(task)
        reports = cache.get(task.path, self._settings(task.config), content(source)) if cache is not None else None
        if reports is None or not all(has_steps(r) or not self.need_steps(r) for r in reports):
            return _Miss(task, source)
        shown = any(report.diagnostics for report in reports)
        return CheckedFile(task.path, tuple(reports), source if shown else None)

    def _checked(self, miss: _Miss) -> list[Report]:
        return _check(self._linter(miss.task.config), miss, self.customer_message, self.need_steps)

    def _spread(self, pool: ProcessPoolExecutor, misses: Sequence[_Miss]) -> list[_Handed]:
        chunks = [misses[at : at + _CHUNK] for at in range(0, len(misses), _CHUNK)]
        return [(chunk, pool.submit(_work, chunk, self.customer_message, self.need_steps)) for chunk in chunks]

    def _kept(self, miss: _Miss, reports: list[Report]) -> CheckedFile:
        task = miss.task
        for report in reports:
            if report.error is not None:
                return CheckedFile(task.path, error=_placed(task.path, report.error))
        cache = self._cache(task)
        if cache is not None:
            cache.put(task.path, self._settings(task.config), content(miss.source), reports)
        shown = any(report.diagnostics for report in reports)
        return CheckedFile(task.path, tuple(reports), miss.source if shown else None)

    # -- shared things ----------------------------------------------------------------------------------------

    def _jobs(self, waiting: int) -> int:
        if self.jobs == 1 or waiting < (_WORTH_A_PROCESS if not self.jobs else 2 * self.jobs):
            return 1
        return min(self.jobs or _cores(), _MOST_PROCESSES)

    def _linter(self, config: Config) -> Linter:
        linter = self._linters.get(config)
        if linter is None:
            from apologylint.linter import Linter

            linter = self._linters[config] = Linter(config)
            _ = linter.judge  # wrong names in the settings are told here, before a file is opened for them
        return linter

    def _settings(self, config: Config) -> str:
        return f"{config.digest()}\0{self.customer_message!r}"

    def _cache(self, task: Task) -> Cache | None:
        # Standard input has no name to keep an entry under, and is one draft.
        if not self.use_cache or task.raw is not None:
            return None
        config = task.config
        folder = config.cache_dir or str(Path(config.root, DEFAULT_NAME))
        key = (folder, config.rules)
        if key not in self._caches:
            self._caches[key] = Cache(Path(folder), program_digest(config.rules))
        return self._caches[key]


@dataclass(frozen=True)
class _Miss:
    """A file that has to be checked."""

    task: Task
    source: Source


# Files given to a worker, and what it will say about them.
_Handed: TypeAlias = "tuple[Sequence[_Miss], Future[list[list[dict[str, Any]]]]]"


def _collected(handed: Sequence[_Handed]) -> Iterator[list[Report]]:
    """Reports file by file, in order."""
    from concurrent.futures.process import BrokenProcessPool

    for chunk, future in handed:
        try:
            for miss, data in zip(chunk, future.result(), strict=True):
                yield [report_from(item, miss.task.path) for item in data]
        except BrokenProcessPool:
            yield from ([_failed(miss, "the process that checked it died")] for miss in chunk)


def _check(
    linter: Linter, miss: _Miss, customer_message: str | None, need_steps: Callable[[Report], bool]
) -> list[Report]:
    try:
        reports = linter.check_source(miss.source, miss.task.config.read_options(), customer_message)
        for report in reports:
            if need_steps(report):
                _ = report.steps
        return [lean(report) for report in reports]
    except ApologylintError as error:
        if isinstance(error, InputError):
            return [_failed(miss, str(error))]
        raise
    except (RecursionError, MemoryError, ValueError, LookupError, TypeError, AttributeError) as error:
        # A fault of ours in one file must not hide the others; the run still ends with 2.
        if os.environ.get("APOLOGYLINT_DEBUG"):
            raise
        return [_failed(miss, f"internal error: {type(error).__name__}: {error} (APOLOGYLINT_DEBUG=1 shows where)")]


def _failed(miss: _Miss, reason: str) -> Report:
    from apologylint.results import Label, Verdict

    return Report(miss.task.path, "", Verdict(Label.NEUTRAL), False, (), (), error=reason)


def _placed(path: str, error: str) -> str:
    return error if error.startswith(path) else f"{path}: {error}"


def _cores() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _pool(jobs: int) -> ProcessPoolExecutor:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # Not fork: the parent may have threads, and a forked spaCy has been seen to hang.
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"))
    context = multiprocessing.get_context("forkserver")
    # The server imports once for all workers.
    context.set_forkserver_preload(["apologylint.linter", "spacy.lang.en"])
    return ProcessPoolExecutor(jobs, mp_context=context)


def _work(
    misses: Sequence[_Miss], customer_message: str | None, need_steps: Callable[[Report], bool]
) -> list[list[dict[str, Any]]]:
    """Reports of a chunk as plain data: pickling a Report would compute steps that nobody asked for."""
    found = (_check(_worker_linter(miss.task.config), miss, customer_message, need_steps) for miss in misses)
    return [[report_data(report) for report in reports] for reports in found]


@lru_cache(maxsize=16)
def _worker_linter(config: Config) -> Linter:
    """A worker's Linter: made once a process and settings, not once a chunk."""
    from apologylint.linter import Linter

    return Linter(config)
