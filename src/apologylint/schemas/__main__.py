"""``python -m apologylint.schemas``: write the schema files."""

from apologylint.schemas import main

main()
