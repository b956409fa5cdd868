"""The version, from the installed package."""

from __future__ import annotations


def version() -> str:
    """Version of apologylint; ``0+unknown`` when run from a folder that was never installed."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed("apologylint")
    except PackageNotFoundError:
        return "0+unknown"
