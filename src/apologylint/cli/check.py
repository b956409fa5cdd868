"""``apologylint check``: the main job."""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from apologylint import __version__
from apologylint.baseline import DEFAULT_NAME, Baseline, keep
from apologylint.cli.notices import notices
from apologylint.cli.outputs import MACHINE, Output, outputs_of, write, write_all
from apologylint.cli.plan import Plan, Planner
from apologylint.cli.runner import Runner
from apologylint.cli.settings import Settings, customer_message
from apologylint.cli.terminal import Progress, note
from apologylint.config import Config
from apologylint.errors import ApologylintError, ConfigError
from apologylint.reporters.base import CheckedFile, RuleInfo, Run, plural
from apologylint.reporters.full import is_good
from apologylint.reporters.inert import visible
from apologylint.results import Diagnostic, Report


def main(arguments: argparse.Namespace) -> int:
    """Check, report, and turn what was found into an exit code."""
    outputs: list[Output] = []
    try:
        outputs = outputs_of(arguments)
        return _check(arguments, outputs)
    except ApologylintError as error:
        # A program that reads our JSON should not have to guess from an empty stream.
        note(str(error))
        machine = [output for output in outputs if output.format in MACHINE]
        write_all(machine, Run((), __version__, errors=(str(error),)), "never")
        return 2


@dataclass
class Outcome:
    """A finished run.

    Attributes:
        files: what was found, in order.
        errors: one line each.
        plan: what was to be done.
        settings: for later steps.
        runner: for checking again after a fix.
    """

    plan: Plan
    settings: Settings
    runner: Runner
    files: list[CheckedFile] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def run_checks(arguments: argparse.Namespace, need_steps: bool = False) -> Outcome:
    """Plan and check; files that fail are told on stderr as they come."""
    settings = Settings(arguments)
    plan = Planner(settings, getattr(arguments, "stdin_filename", "")).plan(arguments.paths)
    runner = Runner(
        customer_message(arguments) if "customer_message" in arguments else None,
        use_cache=not arguments.no_cache,
        jobs=arguments.jobs,
        need_steps=partial(_needs_steps, need_steps),
    )
    outcome = Outcome(plan, settings, runner, errors=list(plan.errors))
    for error in plan.errors:
        note(error)
    progress = Progress(len(plan.tasks))
    try:
        for file in runner.run(plan.tasks):
            progress.step()
            if file.error is not None:
                progress.close()
                note(file.error)
                outcome.errors.append(file.error)
            outcome.files.append(file)
    finally:
        progress.close()
    return outcome


def _needs_steps(always: bool, report: Report) -> bool:
    return always or is_good(report)


def _check(arguments: argparse.Namespace, outputs: list[Output]) -> int:
    if arguments.show_files or arguments.show_settings or arguments.show_text:
        return _show(arguments)
    if arguments.add_ignore is not None and (arguments.fix or arguments.diff):
        raise ConfigError("--add-ignore cannot be used with --fix or --diff")
    with_steps = any(output.format in ("json", "jsonl") for output in outputs)
    outcome = run_checks(arguments, with_steps)
    config = outcome.settings.for_path(_first_folder(arguments.paths))
    filters = _Filters(arguments, config)
    outcome.files = [filters.apply(file) for file in outcome.files]
    if arguments.fix or arguments.diff:
        from apologylint.cli.fixing import fix_all

        changed = fix_all(outcome, filters.apply, unsafe=arguments.unsafe_fixes, dry=arguments.diff)
        if arguments.diff:
            return 2 if outcome.errors else int(changed > 0 and not arguments.exit_zero)
    if arguments.add_ignore is not None:
        from apologylint.cli.ignoring import add_ignores

        return add_ignores(outcome, arguments.add_ignore)
    told = notices(outcome, arguments.paths, filters.baseline)
    for notice in told:
        note(notice)
    run = Run(
        tuple(outcome.files),
        __version__,
        root=_root(),
        errors=tuple(outcome.errors),
        notices=told,
        excluded=outcome.plan.excluded,
        good_news=not arguments.quiet,
        rules=partial(_rules, config),
    )
    if arguments.statistics:
        write(_statistics(run))
    else:
        write_all(outputs, run, arguments.color)
    _closing_notes(outcome.plan, filters)
    if outcome.errors:
        return 2
    failed = fails(run.counts(), config.fail_level, arguments.max_warnings)
    return int(failed and not arguments.exit_zero)


def fails(counts: Counter[str], level: str, max_warnings: int | None = None) -> bool:
    """Whether these counts make the exit code 1."""
    if level == "never":
        return False
    ranks = {"error": 3, "warning": 2, "info": 1}
    worst = [name for name in ranks if counts[name] and ranks[name] >= ranks[level]]
    if max_warnings is not None and "warning" in worst and counts["warning"] <= max_warnings:
        worst.remove("warning")
    if max_warnings is not None and counts["warning"] > max_warnings:
        return True
    return bool(worst)


class _Filters:
    """What is known already: the baseline, and lines nobody touched."""

    def __init__(self, arguments: argparse.Namespace, config: Config) -> None:
        self.baseline: Baseline | None = None
        if not arguments.no_baseline:
            named = arguments.baseline or config.baseline
            if named or Path(DEFAULT_NAME).is_file():
                self.baseline = Baseline.load(Path(named or DEFAULT_NAME))
        self._changed = None
        if arguments.diff_base:
            from apologylint.cli.changed import ChangedLines, working_folder

            self._changed = ChangedLines(arguments.diff_base, working_folder(arguments.paths))

    def apply(self, file: CheckedFile) -> CheckedFile:
        """The file without what is known."""
        if self.baseline is not None:
            file = self.baseline.apply(file)
        changed = self._changed
        if changed is not None:
            file = keep(file, lambda d: changed.touches(file.path, *_lines_of(d)))
        return file


def _lines_of(d: Diagnostic) -> tuple[int, int]:
    """First and last line that a diagnostic speaks of: an explanation is early because of the apology before it."""
    related = [line for r in d.related for line in (r.line, r.end_line)]
    return min((d.line, *related)), max((d.end_line, *related))


def _closing_notes(plan: Plan, filters: _Filters) -> None:
    if not plan.tasks and not plan.errors:
        note("0 files checked" + (f" ({plan.excluded} excluded)" if plan.excluded else ""))
    elif plan.excluded:
        note(f"{plural(plan.excluded, 'file')} excluded")
    if filters.baseline is not None:
        stale = sum(len(items) for items in filters.baseline.stale().values())
        if stale:
            note(f"{plural(stale, 'entry')} of the baseline no longer needed (apologylint baseline prune)")


def _statistics(run: Run) -> Iterator[str]:
    rules: Counter[tuple[str, str]] = Counter((d.rule, d.severity.value) for _, d in run.diagnostics())
    verdicts = Counter(report.verdict.label.value for file in run.files for report in file.reports)
    width = max((len(str(count)) for count in (*rules.values(), *verdicts.values())), default=1)
    for (rule, severity), count in sorted(rules.items(), key=lambda item: (-item[1], item[0])):
        yield f"{count:>{width}}  {severity:<7}  {visible(rule)}\n"
    if rules:
        yield "\n"
    for label, count in sorted(verdicts.items(), key=lambda item: (-item[1], item[0])):
        yield f"{count:>{width}}  drafts   {label}\n"


def _show(arguments: argparse.Namespace) -> int:
    settings = Settings(arguments)
    plan = Planner(settings, arguments.stdin_filename).plan(arguments.paths)
    for error in plan.errors:
        note(error)
    errors = len(plan.errors)
    for task in plan.tasks:
        if arguments.show_files:
            write(iter((f"{visible(task.path)}\n",)))
        elif arguments.show_settings:
            write(iter((json.dumps({"path": task.path, **task.config.to_dict()}) + "\n",)))
        else:
            from apologylint.cli.showing import prose_of

            try:
                write(prose_of(task))
            except ApologylintError as error:
                note(str(error))
                errors += 1
    _closing_notes(plan, _Filters(argparse.Namespace(no_baseline=True, diff_base=None), Config()))
    return 2 if errors else 0


def _rules(config: Config) -> Sequence[RuleInfo]:
    from apologylint.packs import load_pack

    return tuple(load_pack(extra=[Path(folder) for folder in config.rules]).rules.values())


def _first_folder(paths: Sequence[str]) -> str:
    return next((path for path in paths if path != "-" and os.path.lexists(path)), ".")


def _root() -> str:
    """Folder that addresses in reports start from: what the CI service checked out, else where we stand."""
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        folder = os.environ.get(name)
        if folder and os.path.isdir(folder):  # noqa: PTH112
            return folder
    return str(Path.cwd())
