"""apologylint tells real apologies in customer-service replies from fake ones, and from none.

>>> from apologylint import check_text
>>> check_text("I'm sorry if you feel that way.").verdict.label
<Label.FAKE_APOLOGY: 'fake-apology'>

Nothing is imported until it is used: ``import apologylint`` imports neither spaCy nor pydantic nor YAML.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from apologylint.config import Config as Config
    from apologylint.drafts import Draft as Draft
    from apologylint.drafts import Source as Source
    from apologylint.errors import ApologylintError as ApologylintError
    from apologylint.errors import ConfigError as ConfigError
    from apologylint.errors import InputError as InputError
    from apologylint.errors import RuleError as RuleError
    from apologylint.linter import Linter as Linter
    from apologylint.results import Diagnostic as Diagnostic
    from apologylint.results import Label as Label
    from apologylint.results import Report as Report
    from apologylint.results import Sentence as Sentence
    from apologylint.results import Severity as Severity
    from apologylint.results import Step as Step
    from apologylint.results import Suggestion as Suggestion
    from apologylint.results import Verdict as Verdict

__version__ = "0.1.0"

_HOMES = {
    "Config": "config",
    "Draft": "drafts",
    "Source": "drafts",
    "ApologylintError": "errors",
    "ConfigError": "errors",
    "InputError": "errors",
    "RuleError": "errors",
    "Linter": "linter",
    "Diagnostic": "results",
    "Label": "results",
    "Report": "results",
    "Sentence": "results",
    "Severity": "results",
    "Step": "results",
    "Suggestion": "results",
    "Verdict": "results",
}
__all__ = [
    "ApologylintError",
    "Config",
    "ConfigError",
    "Diagnostic",
    "Draft",
    "InputError",
    "Label",
    "Linter",
    "Report",
    "RuleError",
    "Sentence",
    "Severity",
    "Source",
    "Step",
    "Suggestion",
    "Verdict",
    "__version__",
    "check_text",
]


def check_text(text: str, customer_message: str | None = None) -> Report:
    """Judge one reply with the built-in rules and default settings.

    Each call makes a Linter and reads the rules; keep a :class:`Linter` to judge many.

    Args:
        text: the reply, as plain text.
        customer_message: what the customer wrote, if known: an explanation they asked for is not premature.

    Returns:
        The report; offsets are code points of ``text``, half-open.
    """
    from apologylint.linter import Linter

    return Linter().check_text(text, customer_message)


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'apologylint' has no attribute {name!r}")
    return getattr(importlib.import_module(f"apologylint.{home}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
