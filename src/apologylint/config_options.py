"""Every key of a configuration file, once. Validation, the JSON Schema and the reference page all read this table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["string", "strings", "bool", "table", "choice", "overrides"]

FAIL_LEVELS = ("error", "warning", "info", "never")
SEVERITIES = ("error", "warning", "info", "off")

# The same as in sources.py, which is not imported here because it brings all readers; a test holds them equal.
DEFAULT_EXCLUDE = (
    "node_modules/", "bower_components/", "__pycache__/", "venv/", "site-packages/", "vendor/bundle/",
    "package.json", "package-lock.json", "npm-shrinkwrap.json", "tsconfig*.json", "composer.json", "pnpm-lock.yaml",
    "pyproject.toml", "Cargo.toml", "requirements*.txt", "robots.txt",
)  # fmt: skip

# A profile moves severities and nothing else, so that a label never depends on where a reply is published.
PROFILES: dict[str, dict[str, str]] = {
    "reply": {},
    "review-reply": {"defensive": "error", "over-apology": "warning"},
    "status-page": {"explanation": "info", "completeness": "off"},
    "auto-notice": {"explanation": "info", "refusal": "info", "completeness": "off"},
}


@dataclass(frozen=True, slots=True)
class Option:
    """One key.

    Attributes:
        key: as written in TOML (kebab-case); the field of :class:`~apologylint.config.Config` has underscores.
        kind: shape of the value.
        doc: one or two sentences for the reference and for editors.
        default: value when the key is absent.
        choices: allowed values of a choice, or allowed values of a table.
        example: TOML for the reference.
        per_file: whether ``[[overrides]]`` may set it.
    """

    key: str
    kind: Kind
    doc: str
    default: Any
    choices: tuple[str, ...] = ()
    example: str = ""
    per_file: bool = False

    @property
    def field(self) -> str:
        """Name of the attribute of ``Config``."""
        return self.key.replace("-", "_")


OPTIONS: tuple[Option, ...] = (
    Option(
        "extend",
        "string",
        "Another configuration file to start from. Its keys hold unless this file sets them.",
        "",
        example='extend = "../apologylint.toml"',
    ),
    Option(
        "select",
        "strings",
        "Rules, groups or labels to report; `all` means every rule. The more exact name wins.",
        ("all",),
        example='select = ["fake-apology", "defensive"]',
        per_file=True,
    ),
    Option(
        "extend-select",
        "strings",
        "Like `select`, added to it.",
        (),
        example='extend-select = ["completeness"]',
        per_file=True,
    ),
    Option(
        "ignore",
        "strings",
        "Rules, groups or labels not to report.",
        (),
        example='ignore = ["over-apology"]',
        per_file=True,
    ),
    Option(
        "severity",
        "table",
        "How loud a rule, group or label is.",
        {},
        SEVERITIES,
        'severity = { "defensive" = "error", "explanation" = "info" }',
        True,
    ),
    Option(
        "profile",
        "choice",
        "Where the replies appear. It changes severities, never labels.",
        "reply",
        tuple(PROFILES),
        'profile = "status-page"',
        True,
    ),
    Option(
        "completeness",
        "bool",
        "Also report what a good reply to a complaint lacks (a remedy, ownership).",
        False,
        example="completeness = true",
        per_file=True,
    ),
    Option(
        "rules",
        "strings",
        "Folders with your own rule packs, relative to this file.",
        (),
        example='rules = ["apologylint-rules"]',
    ),
    Option(
        "aliases",
        "table",
        "Old rule names that still work, and the rule each one means now. Rule files bring their own.",
        {},
        example='aliases = { "fake-apology/old-name" = "fake-apology/new-name" }',
    ),
    Option(
        "approved",
        "strings",
        "Wordings that must stay, such as a line the law asks for. Nothing inside one is reported. Word for word: "
        "only line breaks may differ. One that silences nothing in the folders checked is told.",
        (),
        example='approved = ["We apologise for any inconvenience, as section 7 requires."]',
        per_file=True,
    ),
    Option(
        "platform",
        "string",
        "The helpdesk an export comes from, for its fields and placeholders (such as `zendesk`).",
        "",
        example='platform = "zendesk"',
        per_file=True,
    ),
    Option(
        "format",
        "string",
        "How to read files whatever their suffix says (such as `html`). Useful in an override.",
        "",
        example='format = "markdown"',
        per_file=True,
    ),
    Option(
        "placeholders",
        "strings",
        "Placeholder dialects to look for; `auto` is all of them.",
        ("auto",),
        example='placeholders = ["handlebars", "bracket"]',
        per_file=True,
    ),
    Option(
        "text-keys",
        "strings",
        "Keys whose strings are replies in JSON and YAML files.",
        (),
        example='text-keys = ["body", "content"]',
        per_file=True,
    ),
    Option(
        "text-columns",
        "strings",
        "Columns that hold replies in CSV and TSV files.",
        (),
        example='text-columns = ["reply"]',
        per_file=True,
    ),
    Option(
        "customer-key",
        "string",
        "Key or column that holds what the customer wrote.",
        "customer_message",
        example='customer-key = "ticket_description"',
        per_file=True,
    ),
    Option(
        "id-keys",
        "strings",
        "Keys or columns that a reply takes its id from, best first.",
        (),
        example='id-keys = ["title", "id"]',
        per_file=True,
    ),
    Option(
        "split",
        "string",
        "How a text file is parted into replies: `none`, `paragraphs`, or the line that stands between two replies.",
        "none",
        example='split = "---"',
        per_file=True,
    ),
    Option(
        "encoding",
        "string",
        "Encoding of files that are not UTF-8 and have no byte order mark.",
        "",
        example='encoding = "cp1252"',
        per_file=True,
    ),
    Option(
        "exclude",
        "strings",
        "Paths to leave out, as in .gitignore, relative to this file.",
        DEFAULT_EXCLUDE,
        example='exclude = ["archive/"]',
    ),
    Option("extend-exclude", "strings", "Like `exclude`, added to it.", (), example='extend-exclude = ["drafts/old/"]'),
    Option(
        "force-exclude",
        "bool",
        "Leave excluded paths out even when they are named on the command line.",
        False,
        example="force-exclude = true",
    ),
    Option(
        "respect-gitignore",
        "bool",
        "Leave out what .gitignore leaves out, when a folder is searched.",
        True,
        example="respect-gitignore = false",
    ),
    Option(
        "fail-level",
        "choice",
        "The lowest severity that makes the exit code 1.",
        "warning",
        FAIL_LEVELS,
        'fail-level = "error"',
    ),
    Option(
        "baseline",
        "string",
        "Baseline file, relative to this file.",
        "",
        example='baseline = ".apologylint-baseline.json"',
    ),
    Option(
        "cache-dir",
        "string",
        "Folder of the cache, relative to this file.",
        "",
        example='cache-dir = ".apologylint_cache"',
    ),
    Option(
        "overrides",
        "overrides",
        "Other settings for some files: `files` (gitignore-style globs), or `drafts` (ids "
        'of replies inside a file, globs allowed), and any key marked "per file".',
        (),
        example='[[tool.apologylint.overrides]]\nfiles = ["legal/**"]\nignore = ["refusal"]',
    ),
)

BY_KEY: dict[str, Option] = {option.key: option for option in OPTIONS}

# Keys of an [[overrides]] table that say what it is for.
OVERRIDE_TARGETS = ("files", "drafts")
