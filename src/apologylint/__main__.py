"""``python -m apologylint``."""

from apologylint.cli.main import run

run()
