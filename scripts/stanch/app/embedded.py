"""The embedded GitHub's own need, asked about before anything begins: one package, which is an extra."""

from importlib.util import find_spec

from stanch.core.errors import UsageProblem

PACKAGE = "graphql-core>=3.3"


def needs_its_package() -> None:
    """Raises UsageProblem where the package is missing; without this the first query would find out."""
    if find_spec("graphql") is None:
        raise UsageProblem(f"The embedded GitHub needs one more package: pip install '{PACKAGE}'.")
