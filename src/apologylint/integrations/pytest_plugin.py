"""pytest plugin: a rule pack's examples as tests, and assertions for those who write replies in code.

Loaded by pytest in every project that has apologylint installed, so nothing heavy is imported until it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from apologylint.linter import Linter
    from apologylint.results import Report

Assertion = Callable[..., "Report"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``apologylint_rules``: folders of rule packs whose examples are to be tests."""
    parser.addini("apologylint_rules", "folders of apologylint rule packs whose examples are tests", type="paths")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect the YAML files below a folder named by ``apologylint_rules``."""
    folders: list[Path] = parent.config.getini("apologylint_rules")
    if not folders or file_path.suffix not in (".yaml", ".yml") or file_path.stem in ("pack", "lexicon"):
        return None
    resolved = file_path.resolve()
    for folder in folders:
        if resolved.is_relative_to(folder.resolve()):
            file = RuleFile.from_parent(parent, path=file_path)
            file.pack = folder.resolve()
            return file
    return None


class RuleFile(pytest.File):
    """One rule file."""

    pack: Path

    def collect(self) -> Iterator[pytest.Item]:
        """Yield one test an example."""
        from apologylint.errors import ApologylintError
        from apologylint.rule_examples import examples_of, linter_for, rules_of

        name = self.path.resolve().relative_to(self.pack).with_suffix("").as_posix()
        try:
            linter = linter_for(self.pack)
            rule = rules_of(linter).get(name)
        except ApologylintError as error:
            # The author of the rule needs the one line, not our stack.
            raise self.CollectError(str(error)) from None
        for number, example in enumerate(examples_of(rule) if rule else (), 1):
            yield RuleExample.from_parent(self, name=f"{example.kind}-{number}", linter=linter, example=example)


class RuleExample(pytest.Item):
    """One example of a rule."""

    def __init__(self, *, linter: Linter, example: Any, **more: Any) -> None:
        super().__init__(**more)
        self.linter = linter
        self.example = example

    def runtest(self) -> None:
        """Fail with the reason in one line."""
        from apologylint.rule_examples import check_example

        reason = check_example(self.linter, self.example)
        if reason:
            pytest.fail(reason, pytrace=False)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Name the example by its rule."""
        return self.path, None, f"{self.example.rule}: {self.name}"


@pytest.fixture(scope="session")
def apologylint_linter() -> Linter:
    """A Linter with the settings that hold for the working directory."""
    from apologylint.config_files import find_config
    from apologylint.linter import Linter

    return Linter(find_config())


@pytest.fixture(scope="session")
def assert_no_fake_apology(apologylint_linter: Linter) -> Assertion:
    """``assert_no_fake_apology(text)``: fails when a sentence only pretends to apologise, or pushes back."""
    from apologylint.results import Label

    bad = {Label.FAKE_APOLOGY, Label.NON_APOLOGY, Label.DEFENSIVE}

    def check(text: str, customer_message: str | None = None) -> Report:
        __tracebackhide__ = True
        report = apologylint_linter.check_text(text, customer_message)
        found = [s for s in report.sentences if s.labels & bad]
        if found:
            pytest.fail(_told(report, [f"{s.label.value}: {text[s.start : s.end]!r}" for s in found]), pytrace=False)
        return report

    return check


@pytest.fixture(scope="session")
def assert_clean_reply(apologylint_linter: Linter) -> Assertion:
    """``assert_clean_reply(text)``: fails on any diagnostic at warning or above."""

    def check(text: str, customer_message: str | None = None) -> Report:
        __tracebackhide__ = True
        report = apologylint_linter.check_text(text, customer_message)
        if any(d.severity.rank >= 2 for d in report.diagnostics):
            pytest.fail(_told(report, []), pytrace=False)
        return report

    return check


def _told(report: Report, lines: list[str]) -> str:
    for d in report.diagnostics:
        lines.append(f"{d.line}:{d.column}: {d.severity.value} {d.rule} {d.message}")
        lines.extend(f"  better: {s.replacement or s.message}" for s in d.suggestions)
    return "\n".join(lines)
