"""``--fix`` and ``--diff``: apply, check again, and only then write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from apologylint.cli.outputs import write
from apologylint.cli.terminal import note
from apologylint.drafts import Source
from apologylint.errors import ApologylintError, InputError
from apologylint.files import replace_file
from apologylint.fixes import apply, diff, edits, encode
from apologylint.reporters.base import CheckedFile, plural

if TYPE_CHECKING:
    from apologylint.cli.check import Outcome
    from apologylint.cli.runner import Task

# A fix may uncover another; text that never settles is left after this many rounds.
_ROUNDS = 10


def fix_all(outcome: Outcome, known: Callable[[CheckedFile], CheckedFile], *, unsafe: bool, dry: bool) -> int:
    """Fix every file of a run (or show how); returns the number of edits. Files that cannot be fixed are errors."""
    tasks = {task.path: task for task in outcome.plan.tasks}
    done = files = 0
    for number, file in enumerate(outcome.files):
        if not edits(file, unsafe=unsafe):
            continue
        try:
            count, fixed = _settle(outcome, tasks[file.path], file, known, unsafe)
            if not count:
                continue
            assert file.source is not None and fixed.source is not None
            if dry:
                write(diff(file.source.text, fixed.source.text, file.path))
            else:
                _store(tasks[file.path], file.source, fixed.source.text)
                outcome.files[number] = fixed
        except ApologylintError as error:
            note(str(error))
            outcome.errors.append(str(error))
        else:
            done += count
            files += 1
    verb = "would change" if dry else "changed"
    more = 0 if unsafe else sum(len(edits(file, unsafe=True)) - len(edits(file)) for file in outcome.files)
    hint = f" ({more} more with --unsafe-fixes)" if more > 0 else ""
    note(f"{plural(done, 'wording')} {verb} in {plural(files, 'file')}{hint}")
    return done


def _settle(
    outcome: Outcome, task: Task, file: CheckedFile, known: Callable[[CheckedFile], CheckedFile], unsafe: bool
) -> tuple[int, CheckedFile]:
    count = 0
    for _ in range(_ROUNDS):
        chosen = edits(file, unsafe=unsafe)
        if not chosen:
            break
        assert file.source is not None
        text = apply(file.source.text, chosen)
        before = file.source
        source = Source(before.name, text, encoding=before.encoding, bom=before.bom)
        reports = outcome.runner.check_again(task.path, task.config, source)
        broken = next((report.error for report in reports if report.error is not None), None)
        if broken is not None or [r.id for r in reports] != [r.id for r in file.reports]:
            # The edit would break the file around the reply. What was fixed in earlier rounds stands.
            note(f"{task.path}: a better wording does not fit into the file, left to you")
            break
        file = known(replace(file, reports=tuple(reports), source=source, silenced=0))
        count += len(chosen)
    return count, file


def _store(task: Task, old: Source, new: str) -> None:
    if task.raw is not None:
        raise InputError("standard input cannot be fixed", path=task.path, cure="use --diff")
    replace_file(Path(task.path), encode(old, new), expected=encode(old, old.text))
