"""Bad input to the gate: it is never green by mistake, and what was green does not stay so."""

import json
from collections.abc import Callable, Iterator

import pytest

from stanch.app.gate_events import follow
from stanch.app.stage import stage
from stanch.app.sweep import sweep
from stanch.core.errors import NotReadable
from stanch.core.gate import CONTEXT
from stanch.core.own_workflows import PROOF_WORKFLOW
from stanch.sandbox.exchange import Raw, Request
from tests.app.rig import Mood, reply
from tests.gated import AFTER, BRANCH, CODE, CONFIG, GATE_WORKFLOW, TEST, TESTED, Hotfix, archive, harbour, hotfix

Way = Callable[[Hotfix], None]


@pytest.fixture
def found() -> Iterator[Hotfix]:
    """An incident, whose hotfix is still to be opened, at a GitHub that can be told what to answer."""
    with stage(harbour(kind=Mood)) as connected:
        yield hotfix(connected)


def says(one: Hotfix, told: Callable[[Request], Raw | None] | None) -> None:
    assert isinstance(one.world, Mood)
    one.world.says = told


def on(part: str, answer: Raw) -> Callable[[Request], Raw | None]:
    """Answer every read like this in whose path or query this stands; writes are let through."""
    return lambda asked: answer if part in asked.path or (asked.is_graphql and part in asked.body.decode()) else None


# Without a configuration, or with one that is broken, the defaults apply.


def test_without_a_configuration_the_defaults_hold() -> None:
    """The gate judges by the defaults, goes green, and says nothing of problems."""
    with stage(harbour(config=None)) as connected:
        found = hotfix(connected).opened().green()
        assert "configuration has problems" not in found.card


@pytest.mark.parametrize(
    "config", ["people: [alex", "nonsense: 1\n", "people: &a [alex]\n", "\0", "hotfix: {prefix: 3}\n", "x" * 70_000]
)
def test_a_broken_configuration_holds_a_hotfix_to_the_defaults(config: str) -> None:
    """A red hotfix stays red under it, the card says that it is broken, and the run ends with 2."""
    with stage(harbour(config)) as connected:
        found = hotfix(connected).opened()
        outcome = found.look()
        assert (found.state, outcome.exit_code) == ("failure", 2)
        assert "configuration has problems" in found.card


EASED = CONFIG + "hotfix: {prefix: never/}\n"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".github/stanch.yml", EASED),
        (PROOF_WORKFLOW, "name: stanch-prove\n# always green\n"),
        (GATE_WORKFLOW, "name: stanch-hotfix\n# always green\n"),
    ],
)
def test_rules_changed_in_the_pull_request_itself_ease_nothing(found: Hotfix, path: str, text: str) -> None:
    """The base branch's rules hold, however well it is proven and approved: what changes them stays red."""
    found.opened(**{CODE.replace("/", "__"): AFTER, TEST.replace("/", "__"): TESTED, path.replace("/", "__"): text})
    found.proven()
    found.approved()
    found.look()
    assert (found.state, "❌ | H006" in found.card) == ("failure", True)
    proof_is_doubted = "❔ | H003" in found.card or "❌ | H003" in found.card
    assert proof_is_doubted == (path != GATE_WORKFLOW)


def test_a_fork_is_red() -> None:
    """Whatever its branch is called: nobody sees who pushes to it."""
    world = harbour()
    world.add_fork("kim")
    with stage(world) as connected:
        found = hotfix(connected)
        world.clock.advance(minutes=20)
        body = f"Incident: #{found.incident}\nRollback: Revert this pull request and deploy `140`."
        world.person("kim", "kim/checkout").pushes_to(BRANCH, {CODE: AFTER, TEST: TESTED}, "Round")
        found.number = world.person("kim").opens_pull("Round", body, f"kim:{BRANCH}")
        found.approved()
        found.look()
        assert (found.state, "❌ | H001" in found.card) == ("failure", True)


def test_a_draft_is_not_green(found: Hotfix) -> None:
    """Everything else stands; back from draft it is green again."""
    found.opened().green()
    found.world.person("jordan").drafts(found.number)
    found.look()
    assert found.state in {"failure", "pending"}
    found.world.person("jordan").readies(found.number)
    found.look()
    assert found.state == "success"


def test_a_merge_conflict_is_not_green(found: Hotfix) -> None:
    """The base has changed the same lines since."""
    found.opened().green()
    found.world.person("alex").pushes(CODE, "def total(prices):\n    return 0\n", "Meanwhile")
    found.look()
    assert found.state == "failure"


def test_what_github_has_not_reckoned_yet_is_not_green(found: Hotfix) -> None:
    """Whether it can be merged is unknown at the first read of a new head; a later look knows."""
    found.world.habits.mergeable_at_once = False
    found.opened()
    found.proven()
    found.world.person("alex").pushes("README.md", "Hello.\n", "Say hello")
    seen = set()
    for _ in range(2):
        found.look()
        seen.add(found.state)
    assert "success" not in seen


def test_other_issues_hide_no_incident_that_it_would_close(found: Hotfix) -> None:
    """A pull request that closes nine issues, and an open SEV-2 with them, is held to the rules."""
    others = [found.world.person("kim").opens(f"Question {n}") for n in range(9)]
    closing = "\n".join(f"Fixes #{number}" for number in (*others, found.incident))
    found.opened(closing, branch="feature/all-at-once").look()
    assert found.state == "failure"


# Between the read and the write, and after.


def test_a_push_between_the_read_and_the_write_leaves_the_new_head_without_a_green(found: Hotfix) -> None:
    """The status goes to the head that was judged; the approval does not carry over to the one that was pushed."""
    found.opened()
    found.proven()
    found.approved()
    judged = found.head

    def push_first(asked: Request) -> Raw | None:
        if "/statuses/" in asked.path and found.head == judged:
            jordan = found.world.person("jordan")
            jordan.pushes_to(BRANCH, {CODE: "def total(prices):\n    return 0\n"}, "Quickly", onto="main")
        return None

    says(found, push_first)
    found.look()
    assert found.head != judged
    statuses = found.world.repository().statuses
    assert [one.state for one in statuses[judged]][-1] == "success"
    assert "success" not in [one.state for one in statuses.get(found.head, ())]
    says(found, None)
    found.look()
    found.proven()
    found.look()
    assert (found.state, "❌ | H004" in found.card) == ("failure", True)


def fresh_waiver(one: Hotfix) -> None:
    one.world.person("alex").comments(one.number, "/waive H006 it cannot be any smaller")


def fresh_head(one: Hotfix) -> None:
    """A new head with an approval, of which nobody has asked who pushed it."""
    one.world.person("jordan").pushes_to(BRANCH, {CODE: AFTER + "\n"}, "One more line")
    one.world.person("morgan").approves(one.number)


def fresh_proof(one: Hotfix) -> None:
    one.proven()


def nothing_fresh(_one: Hotfix) -> None:
    pass


ODD = (200, {"Content-Type": "application/json"}, b'{"odd": [1, {"a": null}]}')
NO_JSON = (200, {"Content-Type": "application/json"}, b"<html>a proxy says hello</html>")
PARTIAL = (
    200,
    {"Content-Type": "application/json"},
    json.dumps({"data": {"repository": None}, "errors": [{"type": "FORBIDDEN", "path": ["repository"]}]}).encode(),
)
BAD_ZIP = (200, {"Content-Type": "application/zip"}, b"PK\x03\x04 and nothing more")
ANSWERS = {"403": reply(403, "Resource not accessible"), "502": reply(502), "odd": ODD, "no JSON": NO_JSON}


@pytest.mark.parametrize("answer", ["403", "502", "odd", "no JSON", "partial"])
@pytest.mark.parametrize(
    ("before", "part"),
    [(nothing_fresh, "query Beside"), (fresh_waiver, "/permission"), (fresh_head, "/activity")],
)
def test_a_further_read_that_fails_takes_the_green_away(found: Hotfix, before: Way, part: str, answer: str) -> None:
    """The status says error and the run ends with 3; the next look that can read makes good what it can."""
    found.opened().green()
    before(found)
    says(found, on(part, PARTIAL if answer == "partial" else ANSWERS[answer]))
    outcome = found.look()
    if (part, answer) == ("/permission", "403"):
        assert (found.state, outcome.exit_code) == ("success", 0)  # who may not be asked about may nothing
        return
    assert (found.state, outcome.exit_code) == ("error", 3)
    says(found, None)
    assert found.look().exit_code == 0
    assert found.state == ("pending" if before is fresh_head else "success")


@pytest.mark.parametrize(
    ("part", "answer"),
    [
        *(("/artifacts", one) for one in (*ANSWERS.values(), reply(404))),
        *(("/zip", one) for one in (*ANSWERS.values(), reply(404), reply(410, "Artifact has expired"), BAD_ZIP)),
        ("/_blobs/", BAD_ZIP),
        ("/_blobs/", reply(404)),
    ],
    ids=range(14),
)
def test_a_proof_that_cannot_be_read_is_not_green(found: Hotfix, part: str, answer: Raw) -> None:
    """A newer run of the proof, whose artifact cannot be had: the older one's word does not hold any more."""
    found.opened().green()
    found.proven()
    says(found, on(part, answer))
    found.look()
    assert (found.state, "❔ | H003" in found.card) == ("error", True)
    says(found, None)
    found.look()
    assert found.state == "success"


@pytest.mark.parametrize(
    "kept",
    [
        {},
        {"evidence.json": "{}"},
        {"evidence.json": b"\xff\xfe"},
        {"evidence.json": "[" * 50_000},
        {"../evidence.json": "{}"},
        archive("0" * 40, "1" * 40),
    ],
    ids=["empty", "no manifest", "no text", "deep", "a path", "another head"],
)
def test_an_artifact_that_is_no_proof_of_this_head_is_not_green(found: Hotfix, kept: dict[str, str | bytes]) -> None:
    """Whatever the job uploaded: the row says that it could not be read."""
    found.opened()
    found.proven(kept)
    found.approved()
    found.look()
    assert (found.state, "❔ | H003" in found.card) == ("error", True)


def test_an_artifact_that_has_expired_is_not_green(found: Hotfix) -> None:
    """After ninety days nobody can read it any more."""
    found.opened()
    found.proven()
    found.world.clock.advance(hours=91 * 24)
    found.approved()
    found.look()
    assert "❔ | H003" in found.card
    assert found.state != "success"


def by_a_person(one: Hotfix) -> None:
    one.world.person("jordan").reports(one.head, "success", CONTEXT, "All is well")


def by_another_workflow(one: Hotfix) -> None:
    """It bears the same name as ours."""
    said = json.dumps({"state": "success", "context": CONTEXT, "description": "All is well"})
    path = f"/repos/harbour/checkout/statuses/{one.head}"
    status, _, _ = one.world.http("POST", path, {"Authorization": f"Bearer {one.world.bot_token}"}, said)
    assert status == 201


@pytest.mark.parametrize("forge", [by_a_person, by_another_workflow])
def test_a_forged_status_is_overwritten_at_the_next_look(found: Hotfix, forge: Way) -> None:
    """By the event, and by a sweep."""
    found.opened().look()
    forge(found)
    assert found.state == "success"
    found.look()
    assert found.state == "failure"


def test_a_person_who_copies_our_words_is_overwritten_too(found: Hotfix) -> None:
    """The same state and line, but not from a bot: the next look says it itself."""
    found.opened().green()
    ours = found.status
    assert ours is not None
    found.world.person("jordan").reports(found.head, "success", CONTEXT, ours.description or "", ours.target_url or "")
    assert len(found.look().writes) == 1
    assert found.status
    assert found.status.creator == ours.creator


def test_the_pull_request_itself_unreadable_writes_nothing(found: Hotfix) -> None:
    """Nothing is known of it, so nothing is said; in a sweep it is named as owed, and the others are looked at."""
    found.opened().look()
    says(found, on("query Pull(", reply(502)))
    with pytest.raises(NotReadable):
        list(follow(found.stage.desk(), found.number))
    (outcome,) = [one for one in sweep(found.stage.desk()) if one.owed]
    assert (outcome.number, outcome.exit_code, outcome.writes) == (found.number, 3, ())
