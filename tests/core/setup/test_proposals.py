"""What is proposed from what a repository is like: severities, people, zones, environments, workflows, tests."""

import pytest
from tests.workflows import workflow

from stanch.core.setup.choices import Choices, logins, proposed_people, zone_named
from stanch.core.setup.found import Found, Workflow
from stanch.core.setup.pin import PINNED, pin_of
from stanch.core.setup.severities import HEARD, proposals, unheard
from stanch.core.setup.surroundings import lookalikes, steps, waited_for


def test_ordinary_labels_propose_nothing() -> None:
    """GitHub's own labels mean no severity, nor do Stanch's, in whatever spelling."""
    usual = (
        "bug",
        "documentation",
        "duplicate",
        "enhancement",
        "good first issue",
        "help wanted",
        "invalid",
        "wontfix",
    )
    assert proposals((*usual, "sev-1", "SEV 2", "sev3", "Post Mortem", "false-alarm")) == {}


@pytest.mark.parametrize(
    ("label", "severity"),
    [
        ("P0-critical", 1), ("P0", 1), ("p0: outage", 1), ("severity/1", 1), ("severity: critical", 1), ("S1", 1),
        ("bug-critical", 1), ("critical", 1), ("Blocker", 1), ("severity/2", 2), ("severity-high", 2),
        ("incident: major", 2), ("bug: minor", 4), ("severity low", 4), ("sev0", 1), ("severity 0", 1), ("Sev5", 4),
    ],
)  # fmt: skip
def test_what_means_a_severity_is_proposed(label: str, severity: int) -> None:
    """In the spellings that teams use."""
    assert proposals((label,)) == {f"sev-{severity}": (label,)}


@pytest.mark.parametrize(
    "label",
    ["priority: high", "high", "low", "minor", "major", "effort: medium", "p1 support contract", "release-critical",
     "critical path", "urgent", "severity", "s", "size: S", "a\tcritical", "critical" * 10, "crit\u0007ical"],
)  # fmt: skip
def test_what_may_mean_something_else_is_not(label: str) -> None:
    """A priority says when something is worked on, not how bad it is; a wrong guess would call people at night."""
    assert proposals((label,)) == {}


def test_a_scale_begins_where_it_begins() -> None:
    """P1 is the worst where there is no P0, and the second worst where there is one."""
    assert proposals(("P1", "P2", "P3")) == {"sev-1": ("P1",), "sev-2": ("P2",), "sev-3": ("P3",)}
    assert proposals(("P0", "P1", "P4")) == {"sev-1": ("P0",), "sev-2": ("P1",), "sev-4": ("P4",)}


def test_one_label_in_two_spellings_is_proposed_once() -> None:
    """The configuration would complain of the second."""
    assert proposals(("P0-critical", "p0 critical")) == {"sev-1": ("P0-critical",)}


def test_what_the_workflow_listens_for_is_what_it_says() -> None:
    """Aliases without one of these words need the variable STANCH_LISTEN."""
    condition = workflow("stanch-incidents")["jobs"]["handle"]["if"]
    assert [word for word in HEARD if f"'{word}')" not in condition] == []
    assert unheard({"sev-1": ("P0-critical", "feuer"), "sev-2": ("S2",)}) == ("feuer", "S2")


@pytest.mark.parametrize(
    ("found", "people"),
    [
        (Found(), ()),
        (Found(owners=("alex",), writers=("alex", "jordan")), ("alex",)),
        (Found(writers=("jordan", "alex")), ("jordan", "alex")),
        (Found(writers=tuple(f"p{i}" for i in range(9))), ()),
    ],
)
def test_who_is_called_is_proposed(found: Found, people: tuple[str, ...]) -> None:
    """The users in CODEOWNERS, else who may push; nobody where there are too many to be woken unasked."""
    assert proposed_people(found) == people


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", ()), ("alex", ("alex",)), ("@alex, jordan  sam", ("alex", "jordan", "sam")), ("alex,Alex", ("alex",)),
     ("alex, the whole team!", None), ("org/team", None), ("-alex", None)],
)  # fmt: skip
def test_logins_are_read_as_people_write_them(text: str, expected: tuple[str, ...] | None) -> None:
    """With or without @ and commas, each once; what can be no login is refused."""
    assert logins(text) == expected


@pytest.mark.parametrize(
    ("text", "zone"),
    [("Europe/Berlin", "Europe/Berlin"), ("europe/berlin", "Europe/Berlin"), ("America/new york", "America/New_York"),
     ("utc", "UTC"), ("Berlin", None), ("", None), ("localtime", None), ("../etc", None)],
)  # fmt: skip
def test_zones_are_read_as_people_write_them(text: str, zone: str | None) -> None:
    """In any case and with spaces; one that nobody knows is refused."""
    assert zone_named(text) == zone


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ((), {}),
        (("production", "Staging"), {}),
        (("github-pages", "copilot", "Preview"), {}),
        (("prod", "stage"), {"production": ("prod",), "staging": ("stage",)}),
        (("Production", "prod-eu"), {"production": ("Production", "prod-eu")}),
        (("Production \u2013 shop",), {"production": ("Production \u2013 shop",)}),
        (("pre-production", "non-prod", "preprod"), {"staging": ("pre-production", "preprod")}),
    ],
)
def test_environments_are_known_by_their_looks(names: tuple[str, ...], expected: dict[str, tuple[str, ...]]) -> None:
    """Only where the default names do not mean them all."""
    assert lookalikes(names) == expected


def test_the_gate_waits_for_what_checks_and_what_deploys() -> None:
    """By their names, each once, the proof first; ours and what only runs by the clock are not among them."""
    pull, push = frozenset({"pull_request"}), frozenset({"push"})
    flows = (
        Workflow(".github/workflows/ci.yml", "Build & test", pull),
        Workflow(".github/workflows/ci2.yml", "Build & test", pull),
        Workflow(".github/workflows/deploy.yml", "To the world", push),
        Workflow(".github/workflows/nightly.yml", "nightly", frozenset({"schedule"})),
        Workflow(".github/workflows/stanch-hotfix.yml", "stanch-hotfix", pull),
    )
    assert waited_for(flows) == ("stanch-prove", "Build & test", "To the world")


@pytest.mark.parametrize(
    ("suites", "paths", "commands"),
    [
        ((), (), ()),
        (("pytest",), ("requirements-dev.txt", "pyproject.toml"), ("pip install -r requirements-dev.txt",)),
        (("pytest",), ("requirements.txt",), ("pip install -r requirements.txt pytest",)),
        (("pytest",), ("pyproject.toml",), ("pip install -e . pytest",)),
        (("pytest",), ("test_a.py",), ("pip install pytest",)),
        (("unittest",), ("test_a.py",), ()),
        (("unittest",), ("setup.py",), ("pip install -e .",)),
        (("vitest",), ("package-lock.json",), ()),
        (("jest",), ("pnpm-lock.yaml",), ("corepack enable",)),
        (("cargo",), ("Cargo.toml",), ("rustup show",)),
        (("pytest", "cargo"), ("requirements.txt",), ("pip install -r requirements.txt pytest", "rustup show")),
    ],
)
def test_the_tests_are_made_ready_by_what_the_files_say(
    suites: tuple[str, ...], paths: tuple[str, ...], commands: tuple[str, ...]
) -> None:
    """The likeliest file of packages; nothing where nothing is known."""
    made = steps(Found(suites=suites, paths=frozenset(paths)), ())
    assert tuple(step.run for step in made if step.run) == commands


def test_a_language_s_version_is_the_repository_s() -> None:
    """From its own file where it has one."""
    found = Found(suites=("pytest", "jest"), paths=frozenset({".python-version", ".nvmrc"}))
    assert [dict(step.given) for step in steps(found, ("make tests",))] == [
        {"python-version-file": ".python-version"}, {"node-version-file": ".nvmrc"}, {}
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "owner/name", "owner/name@main", "owner/name@" + "a" * 39, "a b/c@" + "a" * 40])
def test_only_a_commit_is_a_pin(text: str) -> None:
    """A tag can be moved."""
    assert pin_of(text, "v0.1.0") is None
    assert str(pin_of(str(PINNED), "v0.1.0")) == str(PINNED)


def test_the_usual_choices_decide_nothing() -> None:
    """What nobody said is not said for them."""
    assert Choices() == Choices((), "", None, {}, ())
