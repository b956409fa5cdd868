"""The command line's grammar. Flag names follow ruff where it has them."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NoReturn

from apologylint.config_options import FAIL_LEVELS, PROFILES
from apologylint.reporters import FORMATS
from apologylint.reporters.inert import visible

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

EPILOG = "Exit codes: 0 nothing at or above --fail-level, 1 something, 2 some of the work could not be done."


class Parser(argparse.ArgumentParser):
    """argparse, with complaints of one line."""

    def _get_formatter(self) -> argparse.HelpFormatter:
        # Also asked for with every argument that is added, when there is nothing to print: to look for the width of
        # the terminal takes an import of several packers of files.
        return self.formatter_class(prog=self.prog) if self._helping else argparse.HelpFormatter(self.prog, width=80)

    _helping = False

    def format_help(self) -> str:
        """The help, as wide as the terminal."""
        self._helping = True
        return super().format_help()

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        # argparse swallows a failed write, and a full disk would look like success.
        if message:
            (file or sys.stderr).write(message)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where help is; exit 2."""
        cure = f"try {self.prog} --help"
        unknown = re.match(r"unrecognized arguments: (--[\w-]+)", message)
        if unknown:
            known = [flag for inner in _all_parsers(build()) for flag in inner._option_string_actions]
            near = _nearest(unknown[1], known)
            cure = f"did you mean {near}?" if near else cure
        sys.stderr.write(f"apologylint: error: {visible(message)} ({cure})\n")
        raise SystemExit(2)


def _nearest(flag: str, known: list[str]) -> str:
    """The nearest known flag, or ``""``."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(flag, known, n=1, cutoff=0.7)), "")


def _all_parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from _all_parsers(inner)


def build(only: str = "") -> Parser:
    """The grammar: of all commands, or of one alone, since to build the others takes longer than to run it."""
    parser = Parser(
        prog="apologylint",
        description="Lint customer-service replies: real, fake and non-apologies, defensive wording, explanations "
        "that come too early. `apologylint PATH` is short for `apologylint check PATH`.",
        epilog=EPILOG,
        allow_abbrev=False,
    )
    parser.add_argument("-V", "--version", action="store_true", help="print the version and exit")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)
    for name in (only,) if only in _COMMANDS else _COMMANDS:
        text, fill = _COMMANDS[name]
        fill(_command(commands, name, text))
    return parser


def _command(commands: argparse._SubParsersAction[Parser], name: str, text: str) -> Parser:
    sentence = text[0].upper() + text[1:] + "."
    return commands.add_parser(name, help=text, description=sentence, epilog=EPILOG, allow_abbrev=False)


def _count(text: str) -> int:
    try:
        value = int(text)
    except ValueError:
        value = -1
    if value < 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of 0 or more")
    return value


def _jobs(text: str) -> int:
    return 0 if text == "auto" else _count(text)


def _check(parser: Parser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files and folders (.); - is stdin")
    _paths(parser)
    parser.add_argument("--stdin-filename", metavar="NAME", default="", help="name that stdin goes by")
    parser.add_argument("--customer-message", metavar="FILE", help="what the customer wrote, for every draft")
    _settings(parser)
    output = parser.add_argument_group("output")
    output.add_argument("--output-format", choices=tuple(FORMATS), help="format of standard output (full)")
    output.add_argument("--output-file", metavar="FILE", help="write there instead of to standard output")
    output.add_argument(
        "--output", action="append", default=[], metavar="FORMAT[:FILE]", help="one more output; may be repeated"
    )
    output.add_argument("--color", choices=("auto", "always", "never"), default="auto")
    output.add_argument("--statistics", action="store_true", help="count diagnostics by rule instead of listing them")
    output.add_argument("-q", "--quiet", action="store_true", help="say nothing about good replies")
    output.add_argument("--show-files", action="store_true", help="list the files that would be checked")
    output.add_argument("--show-text", action="store_true", help="show the prose found in each file")
    output.add_argument("--show-settings", action="store_true", help="show the settings of each file, as JSON")
    result = parser.add_argument_group("exit code")
    result.add_argument("--fail-level", choices=FAIL_LEVELS, help="lowest severity that exits 1 (warning)")
    result.add_argument("--max-warnings", type=_count, metavar="N", help="exit 1 for warnings only above N of them")
    result.add_argument("--exit-zero", action="store_true", help="exit 0 whatever was found (2 stays 2)")
    fix = parser.add_argument_group("better wording")
    fix.add_argument("--fix", action="store_true", help="apply the suggestions that are safe")
    fix.add_argument("--unsafe-fixes", action="store_true", help="with --fix or --diff: those that need a look, too")
    fix.add_argument("--diff", action="store_true", help="show what --fix would change, change nothing")
    adopt = parser.add_argument_group("gradual adoption")
    adopt.add_argument("--baseline", metavar="FILE", help="leave out what this baseline holds")
    adopt.add_argument("--no-baseline", action="store_true", help="use no baseline")
    adopt.add_argument("--diff-base", metavar="REV", help="report only lines changed since a git revision")
    adopt.add_argument(
        "--add-ignore", nargs="?", const="", metavar="REASON", help="add a comment that ignores each diagnostic"
    )
    _running(parser)


def _settings(parser: Parser) -> None:
    group = parser.add_argument_group("settings")
    group.add_argument("--config", metavar="FILE", help="use this configuration file for every path")
    group.add_argument("--isolated", action="store_true", help="use no configuration file")
    group.add_argument("--select", action="append", metavar="NAMES", help="rules, groups or labels to report")
    group.add_argument("--extend-select", action="append", metavar="NAMES", help="more of them")
    group.add_argument("--ignore", action="append", metavar="NAMES", help="rules, groups or labels not to report")
    group.add_argument("--severity", action="append", default=[], metavar="NAME=LEVEL", help="set how loud one is")
    group.add_argument("--profile", choices=tuple(PROFILES), help="where the replies appear")
    group.add_argument("--completeness", action="store_true", default=None, help="also report what a reply lacks")
    group.add_argument("--rules", action="append", metavar="DIR", help="folder of a rule pack of your own")
    group.add_argument("--platform", metavar="NAME", help="helpdesk that exports are from")
    group.add_argument("--format", metavar="NAME", help="read files as this format")
    group.add_argument("--placeholders", action="append", metavar="NAMES", help="placeholder dialects")
    group.add_argument("--text-keys", action="append", metavar="KEYS", help="keys that hold replies")
    group.add_argument("--text-columns", action="append", metavar="NAMES", help="columns that hold replies")
    group.add_argument("--split", metavar="HOW", help="how a text file is parted into replies")
    group.add_argument("--encoding", metavar="NAME", help="encoding of files that are not UTF-8")


def _paths(parser: Parser) -> None:
    group = parser.add_argument_group("which files")
    group.add_argument("--exclude", action="append", metavar="GLOBS", help="paths to leave out, instead of the usual")
    group.add_argument("--extend-exclude", action="append", metavar="GLOBS", help="more paths to leave out")
    group.add_argument("--force-exclude", action="store_true", default=None, help="leave them out even when named")
    group.add_argument(
        "--respect-gitignore", action=argparse.BooleanOptionalAction, default=None, help="leave out what git ignores"
    )


def _running(parser: Parser) -> None:
    group = parser.add_argument_group("running")
    group.add_argument("-j", "--jobs", type=_jobs, default=0, metavar="N", help="processes, or auto")
    group.add_argument("--no-cache", action="store_true", help="neither read nor write the cache")
    group.add_argument("--cache-dir", metavar="DIR", help="folder of the cache (.apologylint_cache)")


def _explain(parser: Parser) -> None:
    parser.add_argument("subject", metavar="RULE|TEXT", help="a rule's name, a text in quotes, or - for stdin")
    parser.add_argument("--customer-message", metavar="FILE", help="what the customer wrote")
    _settings(parser)


def _rules(parser: Parser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", parser_class=Parser, required=True)
    listed = _command(actions, "list", "all rules, one a line")
    listed.add_argument("--json", action="store_true", help="as JSON")
    _settings(listed)
    show = _command(actions, "show", "everything about one rule")
    show.add_argument("rule", metavar="RULE")
    _settings(show)
    test = _command(actions, "test", "run the examples of all rules, or of the packs given")
    test.add_argument("packs", nargs="*", metavar="DIR", help="folder of a pack, or a file in one")
    _settings(test)


def _score(parser: Parser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="JSONL of labelled drafts")
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.add_argument("--bootstrap", type=_count, default=0, metavar="N", help="resamples for confidence intervals")
    parser.add_argument("--part", metavar="NAME", help="only drafts whose split is this")
    _settings(parser)


def _steps(parser: Parser) -> None:
    parser.add_argument("file", metavar="FILE", help="a reply, or - for stdin")
    parser.add_argument("--framework", metavar="NAME", default="", help="hold it against a framework")
    parser.add_argument("--customer-message", metavar="FILE", help="what the customer wrote")
    _settings(parser)


def _baseline(parser: Parser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", parser_class=Parser, required=True)
    for name, text in (
        ("write", "check the paths and write what was found into the baseline"),
        ("prune", "check the paths and drop what is no longer found"),
        ("show", "count what the baseline holds, by rule"),
    ):
        action = _command(actions, name, text)
        if name != "show":
            action.add_argument("paths", nargs="*", metavar="PATH")
            _paths(action)
            _running(action)
        action.add_argument("--baseline", metavar="FILE", help="the baseline (.apologylint-baseline.json)")
        _settings(action)


def _config(parser: Parser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", parser_class=Parser, required=True)
    shown = _command(actions, "show", "the settings that hold for a path, as JSON")
    shown.add_argument("path", nargs="?", default=".", metavar="PATH")
    _settings(shown)
    _command(actions, "schema", "JSON Schema of the configuration file")


def _completion(parser: Parser) -> None:
    parser.add_argument("shell", choices=("bash", "zsh", "fish"))


# What each command is for, and what gives it its arguments.
_COMMANDS: dict[str, tuple[str, Callable[[Parser], None]]] = {
    "check": ("check replies and folders of canned responses (the default command)", _check),
    "explain": ("explain a rule, or how a text was read", _explain),
    "rules": ("list, show and test rules", _rules),
    "score": ("measure labels against files of labelled drafts", _score),
    "steps": ("which service-recovery steps a reply holds", _steps),
    "baseline": ("accept what is there today and report only what is new", _baseline),
    "config": ("show the settings that hold for a path, or the schema for editors", _config),
    "completion": ("print a completion script for a shell", _completion),
}
