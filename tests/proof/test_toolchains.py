"""Every verdict with every real toolchain, on repositories that are made here: `stanch prove` is run as a process."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.proof.cases import NAMES, Case, Toolchain
from tests.proof.proving import config_of, repeated, told
from tests.proof.toolchains import ALL, HERE, NOT_RUN, installed, missing, must_be_here

SHORT = ("proven", "not-reproduced")
"""The cases of the ordinary suite; all others are long."""

SLOW = ("jest", "unittest 2")
"""Toolchains of which every case is long: the one takes long to install, the other is the same but weaker."""

Property = Callable[[str, object], None]


def rows() -> list[object]:
    return [
        pytest.param(one, case, id=f"{one.name}-{name}", marks=() if ordinary(one, name) else pytest.mark.long)
        for one in HERE
        for name, case in one.cases.items()
    ]


def ordinary(toolchain: Toolchain, case: str) -> bool:
    return case in SHORT and toolchain.name not in SLOW


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for all workers of this run."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if own.name.startswith("popen-") else own


def has_packages(toolchain: Toolchain, shared: Path, record_property: Property) -> bool:
    """Whether the toolchain's packages could be installed; if not, that is said at the end of the run."""
    if not toolchain.package or installed(toolchain.package, shared):
        return True
    record_property(NOT_RUN, f"stanch prove with {toolchain.name}: npm could not install it (no registry?)")
    assert not must_be_here(), f"npm could not install {toolchain.package}"
    return False


@pytest.mark.parametrize(("toolchain", "case"), rows())
def test_a_change_comes_to_its_verdict(
    tmp_path: Path, shared: Path, record_property: Property, toolchain: Toolchain, case: Case
) -> None:
    """The verdict, the exit code, and everything that is named: tests, hunks, regressions, and nothing else."""
    if not has_packages(toolchain, shared, record_property):
        return
    config = repeated(config_of(case.config or toolchain.name), case.before)
    if toolchain.package:
        # What is installed is linked: installing is shown below, once for each.
        link = f"setup: ln -sfn {installed(toolchain.package, shared)} node_modules"
        config = re.sub(r"setup: .*", link, config)
    proof = told(tmp_path, {**toolchain.base, **case.base}, case.head, config)
    assert proof.gist == {"verdict": case.verdict, **case.told}, proof.log
    assert proof.exit_code == case.exit_code
    assert case.message in str(proof.plain.get("message", ""))


@pytest.mark.long
@pytest.mark.parametrize("toolchain", [one for one in HERE if one.package], ids=lambda one: one.name)
def test_the_config_of_the_page_installs_what_it_needs(
    tmp_path: Path, shared: Path, record_property: Property, toolchain: Toolchain
) -> None:
    """The setup as it is shown, in each tree, and as many runs as there are without a word on it."""
    if not has_packages(toolchain, shared, record_property):
        return
    case = toolchain.cases["not-fixed"]
    proof = told(tmp_path, toolchain.base, case.head, config_of(toolchain.name))
    assert proof.gist == {"verdict": case.verdict, **case.told}, proof.log
    assert [run["side"] for run in proof.runs if run["setup"]] == ["pristine", "before", "after"]
    assert len([run for run in proof.runs if not run["setup"]]) == 6


@pytest.mark.parametrize("toolchain", ALL, ids=lambda one: one.name)
def test_every_toolchain_shows_every_case(toolchain: Toolchain) -> None:
    """No case is left out, and what shows less somewhere is one of them."""
    assert sorted(toolchain.cases) == sorted(NAMES)
    assert set(toolchain.less) <= set(NAMES)


@pytest.mark.parametrize("toolchain", ALL, ids=lambda one: one.name)
def test_a_toolchain_that_is_not_here_is_named(record_property: Property, toolchain: Toolchain) -> None:
    """At the end of the run; and where all are promised to be there, it is a failure."""
    what = missing(toolchain)
    if what:
        record_property(NOT_RUN, what)
    assert not (what and must_be_here()), what
