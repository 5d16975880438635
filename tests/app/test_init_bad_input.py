"""`stanch init` where it cannot or must not write: one sentence, the right exit code, and nothing written."""

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from stanch.sandbox.faults import Fault
from tests.app.bringing import EVERYTHING, at_hand, bare_world, now, pulls
from tests.app.rig import Mood, reply, rigged

BRANCH = "stanch/init"
Change = Callable[[Mood], object]


def grants(**differs: str) -> Change:
    """A fine-grained token of alex that has everything it takes, but for what differs ("" is nothing)."""
    wanted = {**EVERYTHING, **{name.replace("_", "-"): level for name, level in differs.items()}}
    return lambda world: world.add_token("t", "alex", grants={name: level for name, level in wanted.items() if level})


def scopes(*names: str) -> Change:
    """A classic token of alex with these scopes."""
    return lambda world: world.add_token("t", "alex", scopes=names)


def owner(act: Callable[..., object]) -> Change:
    """Something that alex sets before."""
    return lambda world: act(world.person("alex"))


def no_new_branches(world: Mood) -> None:
    world.person("alex").makes_ruleset("closed", {"creation": None}, include=("~ALL",))


REFUSED: dict[str, tuple[Change, str, int, tuple[str, ...]]] = {
    "an archived repository": (owner(lambda o: o.archives()), "ghp_alex", 2, ("is archived", "Unarchive it")),
    "no issues": (owner(lambda o: o.switches_off_issues()), "ghp_alex", 2, ("has no issues", "Settings")),
    "no Actions": (owner(lambda o: o.sets_actions(enabled=False)), "ghp_alex", 2, ("Actions may not run", "owner")),
    "somebody who may only read": (lambda _: None, "ghp_sam", 3, ("may only read", "--local")),
    "a token that is none": (lambda _: None, "wrong", 3, ("401",)),
    "a classic token that lacks workflow": (scopes("repo"), "t", 3, ("lacks the scope `workflow`", "gh auth refresh")),
    "a classic token that may nothing": (scopes(), "t", 3, ("lacks the scope `workflow`", "gh auth refresh")),
    "a fine-grained token that may only read": (grants(contents="read"), "t", 3, ("403", "may write contents")),
    "a fine-grained token without workflows": (grants(workflows=""), "t", 3, ("403", "may write contents")),
    "a fine-grained token without pull requests": (grants(pull_requests="read"), "t", 3, ("403", "pull requests")),
    "a job's own token": (lambda _: None, "ghs_sandbox", 3, ("A job's own GITHUB_TOKEN never may")),
    "a ruleset that lets nobody make a branch": (no_new_branches, "ghp_alex", 3, ("422", "--local")),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_stands_in_the_way_is_said(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one sentence that says what to do; no branch, no pull request and no file is left behind."""
    change, token, code, words = REFUSED[case]
    world = bare_world()
    change(world)
    with rigged(world, tmp_path, monkeypatch) as rig:
        ran = at_hand(rig, "--json", token=token)
    assert (ran.code, ran.out, pulls(world)) == (code, "", [])
    assert [word for word in words if word not in ran.complaint] == []
    assert BRANCH not in world.repository().branches or case == "a fine-grained token without pull requests"


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"allowed": "local_only"}, "only this organisation's own actions may run here"),
        ({"allowed": "selected", "patterns": ("other/*",)}, "only selected actions may run here"),
        ({"allowed": "selected", "patterns": ("stanch-io/*",), "github_owned": False}, "only selected actions may run"),
        ({"allowed": "selected", "patterns": ("stanch-io/stanch@*",)}, ""),
        ({"allowed": "all"}, ""),
    ],
)
def test_actions_that_may_not_run_are_the_first_thing_that_is_missing(
    settings: dict[str, object], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pull request says before which merge they have to be allowed; where they are, it says nothing of it."""
    world = bare_world()
    world.person("alex").sets_actions(**settings)
    with rigged(world, tmp_path, monkeypatch) as rig:
        assert at_hand(rig, "--json").code == 0
    body = pulls(world)[0].body or ""
    assert ("**Before you merge:**" in body) is bool(said)
    assert said in body


RULES = {
    "nothing": (lambda _: None, "Nothing guards `main`"),
    "a pull request": (owner(lambda o: o.makes_ruleset("r", {"pull_request": {}})), "`stanch/hotfix` is not required"),
    "classic protection": (owner(lambda o: o.protects()), "`stanch/hotfix` is not required"),
    "the gate, in a ruleset": (
        owner(
            lambda o: o.makes_ruleset(
                "r", {"required_status_checks": {"required_status_checks": [{"context": "stanch/hotfix"}]}}
            )
        ),
        "",
    ),
    "the gate, in classic protection": (owner(lambda o: o.protects(contexts=("stanch/hotfix",))), ""),
    "a plan without rules": (owner(lambda o: o.is_on_plan("free")), "has no branch rules"),
}


@pytest.mark.parametrize("case", RULES)
def test_what_guards_the_branch_is_told(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By rulesets, by classic protection, by a plan that has neither; a gate that counts needs no word."""
    change, said = RULES[case]
    world = bare_world(private=case.startswith("a plan"))
    change(world)
    with rigged(world, tmp_path, monkeypatch) as rig:
        assert at_hand(rig, "--json").code == 0
    body = pulls(world)[0].body or ""
    assert said in body
    assert ("stanch/hotfix` is" in body or "guards" in body or "branch rules" in body) is bool(said)


def test_what_may_not_be_read_is_said_to_be_unknown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody without administrator's rights: never taken as absent, and never in the way."""
    world = bare_world()
    with rigged(world, tmp_path, monkeypatch) as rig:
        assert at_hand(rig, "--json", token="ghp_jordan").code == 0  # noqa: S106 # a made-up token, not a secret
    body = pulls(world)[0].body or ""
    assert "Which actions may run here could not be read" in body
    assert "The rules of `main` could not be read" in body


@pytest.mark.parametrize("status", [403, 404])
def test_rules_that_may_not_be_read_are_not_taken_as_none(
    status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever way GitHub says no: a branch that may be guarded is not called unguarded."""
    world = bare_world()
    world.says = lambda asked: reply(status, "No") if "/rules/branches/" in asked.path else None
    with rigged(world, tmp_path, monkeypatch) as rig:
        assert {"rules", "rules_unknown"} & set(at_hand(rig, "--json").report["missing"]) == {"rules_unknown"}


def test_a_token_that_ends_meanwhile_is_called_one_that_is_no_longer_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More rights would not help it."""
    world = bare_world()
    world.says = lambda asked: reply(401, "Bad credentials") if asked.path.endswith("/git/trees") else None
    with rigged(world, tmp_path, monkeypatch) as rig:
        ran = at_hand(rig, "--json")
    assert (ran.code, "Bad credentials" in ran.complaint, "may write contents" in ran.complaint) == (3, True, False)


def test_actions_that_may_not_be_listed_are_not_taken_as_allowed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only some may run, and which ones is not told: it has to be looked at before the merge."""
    world = bare_world()
    world.person("alex").sets_actions(allowed="selected", patterns=("stanch-io/*",))
    world.says = lambda asked: reply(403, "No") if asked.path.endswith("/selected-actions") else None
    with rigged(world, tmp_path, monkeypatch) as rig:
        assert at_hand(rig, "--json").report["missing"][0] == "policy"


def test_a_repository_without_a_commit_needs_one_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """GitHub answers 409 for its branch."""
    world = bare_world()
    world.says = lambda asked: reply(409, "Git Repository is empty.") if "/git/ref/" in asked.path else None
    with rigged(world, tmp_path, monkeypatch) as rig:
        ran = at_hand(rig, "--yes")
    assert (ran.code, "has no commit yet" in ran.complaint) == (2, True)


def test_a_repository_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """404 may mean that the token may not see it."""
    with rigged(bare_world(), tmp_path, monkeypatch) as rig:
        rig.set("GITHUB_REPOSITORY", "harbour/nowhere")
        ran = at_hand(rig, "--yes")
    assert (ran.code, "no repository harbour/nowhere that this token may see" in ran.complaint) == (2, True)


@pytest.mark.parametrize("fault", [Fault.TIMEOUT_BEFORE, Fault.BAD_GATEWAY_BEFORE, Fault.TOO_MANY_REQUESTS])
def test_a_read_that_fails_is_not_an_empty_answer(
    fault: Fault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 3 after the retries, with nothing written."""
    world = bare_world()
    for index in range(1, 40):
        world.faults.at_read(index, fault)
    with rigged(world, tmp_path, monkeypatch) as rig:
        ran = at_hand(rig, "--yes")
    assert (ran.code, world.counts.writes) == (3, 0)
    assert "Nothing was written; run this again later." in ran.complaint


@pytest.mark.parametrize(
    ("path", "message"),
    [("/git/refs", "Reference already exists"), ("/pulls", "A pull request already exists for harbour:stanch/init.")],
)
def test_two_who_run_it_at_once_are_not_sent_for_another_token(
    path: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The later one is told to run it again, and then finds what the other made."""
    world = bare_world()
    world.says = lambda asked: (
        reply(422, message) if (asked.method, asked.path.endswith(path)) == ("POST", True) else None
    )
    with rigged(world, tmp_path, monkeypatch) as rig:
        ran = at_hand(rig, "--json")
        assert (ran.code, "Run this again" in ran.complaint, "token" in ran.complaint) == (3, True, False)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--people", "the whole team!"), "no list of GitHub logins"),
        (("--zone", "Middle Earth"), "is no time zone"),
        (("--clients", "a b c!"), "no list of GitHub logins"),
        (("--action", "stanch-io/stanch@main"), "names no commit"),
        (("--overwrite", "../README.md"), "no file that Stanch brings"),
        (("--remove", "--overwrite", ".github/stanch.yml"), "contradict each other"),
    ],
)
def test_an_option_that_makes_no_sense_is_refused(
    arguments: tuple[str, ...], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 2, with how to write it, and nothing written."""
    world = bare_world()
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    with rigged(world, tmp_path, monkeypatch) as rig:
        ran = at_hand(rig, *arguments, "--yes") if "--remove" not in arguments else at_hand(rig, *arguments)
    assert (ran.code, words in ran.err, world.counts.writes) == (2, True, 0)


def test_names_that_people_gave_do_nothing_in_the_request(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workflow's name with a mention, a marker or a table in it is shown as what it is."""
    name = "@everybody | <!-- stanch:1 key=x --> </details> `x` #1"
    flow = f"name: {name!r}\non: pull_request\njobs: {{}}\n"
    world = bare_world({".github/workflows/ci.yml": flow})
    with rigged(world, tmp_path, monkeypatch) as rig:
        assert at_hand(rig, "--json").code == 0
    body = pulls(world)[0].body or ""
    assert [word for word in ("@everybody", "<!-- stanch:1 key=x", "</details>") if word in body] == []
    assert name in now(world, BRANCH)[".github/workflows/stanch-hotfix.yml"]
