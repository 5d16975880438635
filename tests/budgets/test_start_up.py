"""What a start brings along, counted in modules: what is not imported costs no time."""

import subprocess
import sys

import pytest

HEAVY = ("github", "graphql", "jinja2", "markdown_it", "pydantic", "requests", "yaml")
OURS_AT_START = 5
"""The package, `core`, its errors and the command line."""

RUN = """
import sys
sys.argv = ["stanch", {words}]
from stanch.cli import main
try:
    main()
except SystemExit:
    pass
"""


def modules(code: str) -> list[str]:
    """The modules that a fresh Python holds after running `code`."""
    script = f"{code}\nprint('\\n' + ' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1].split()


def heavy(names: list[str]) -> list[str]:
    """Those of the modules that cost more than everything else in start-up."""
    return sorted({name.partition(".")[0] for name in names} & set(HEAVY))


@pytest.mark.parametrize(
    "code",
    [
        "import sys, stanch.cli",
        RUN.format(words="'--version'"),
        RUN.format(words="'--help'"),
        RUN.format(words="'sweep', '--help'"),
        RUN.format(words="'no-such-command'"),
    ],
    ids=["import", "--version", "--help", "sweep --help", "a typo"],
)
def test_a_start_brings_nothing_heavy(code: str) -> None:
    """No library that a command needs is there before the command is."""
    assert heavy(modules(code)) == []


def test_a_start_brings_little_of_ours() -> None:
    """Five modules of ours, however many the package has."""
    ours = [name for name in modules("import sys, stanch.cli") if name.partition(".")[0] == "stanch"]
    assert len(ours) == OURS_AT_START, ours


@pytest.mark.parametrize(
    ("module", "brings"),
    [
        ("stanch.app.handle", ["jinja2", "markdown_it", "pydantic", "yaml"]),
        ("stanch.app.sweep", ["jinja2", "markdown_it", "pydantic", "yaml"]),
        ("stanch.app.config", ["jinja2", "markdown_it", "pydantic", "yaml"]),
    ],
)
def test_a_command_brings_only_what_it_needs(module: str, brings: list[str]) -> None:
    """PyGithub comes with the first request and not before, and the embedded GitHub never."""
    names = modules(f"import sys, {module}")
    assert set(heavy(names)) <= set(brings)
    assert [name for name in names if name.startswith("stanch.sandbox")] == []
