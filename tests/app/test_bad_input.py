"""Bad input: every failure ends in one sentence and the right exit code, and the next look heals it."""

from pathlib import Path

import pytest

from stanch.adapters.payload import LIMIT
from stanch.sandbox.exchange import Raw, Request
from stanch.sandbox.faults import Fault
from tests.app.rig import Rig, harbour, on_read, on_write, reply, rigged
from tests.app.test_cli import said_right

SECONDARY = reply(403, "You have exceeded a secondary rate limit.", {"Retry-After": "60"})
LONG_WAIT = reply(403, "You have exceeded a secondary rate limit.", {"Retry-After": "90"})


@pytest.mark.parametrize(
    ("payload", "says"),
    [
        ("", "empty"),
        (" \n", "empty"),
        ("{", "not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "not an object"),
        ("null", "not an object"),
        ('"issue"', "not an object"),
        ("12", "not an object"),
        ({"issue": 12}, "'issue' is not an object"),
        ({"issue": {}}, "where an issue's number belongs"),
        ({"issue": {"number": "12"}}, "'12'"),
        ({"issue": {"number": 0}}, "'0'"),
        ({"issue": {"number": 2**31}}, "2147483648"),
        ({"issue": {"number": "\n::error::boo"}}, "where an issue's number belongs"),
    ],
    ids=range(15),
)
def test_a_broken_payload_is_a_usage_error(rig: Rig, payload: object, says: str) -> None:
    """Exit 2 says what is wrong with it, which file it is and what the file should be; nothing is asked."""
    file = rig.event(payload)
    ran = rig.run("handle")
    said_right(ran.complaint, says, str(file), "GITHUB_EVENT_PATH")
    assert (ran.code, ran.out, rig.world.counts.requests) == (2, "", 0)


@pytest.mark.parametrize("path", ["none.json", "."])
def test_a_payload_that_is_not_there_is_a_usage_error(rig: Rig, path: str) -> None:
    """A file that is missing or a folder is named, with exit 2."""
    rig.set("GITHUB_EVENT_PATH", str(rig.folder / path))
    ran = rig.run("handle")
    said_right(ran.complaint, str(rig.folder / path), "GITHUB_EVENT_PATH")
    assert ran.code == 2


def test_a_huge_payload_is_refused_by_its_size(rig: Rig) -> None:
    """More than GitHub ever sends is not parsed: exit 2 within a moment."""
    file = rig.event("{}")
    with Path(file).open("wb") as opened:
        opened.truncate(LIMIT * 4)
    ran = rig.run("handle")
    said_right(ran.complaint, "larger than 32 MiB", str(file))
    assert ran.code == 2


@pytest.mark.parametrize(
    ("event", "payload"),
    [
        ("push", {"ref": "refs/heads/main"}),
        ("pull_request", {"action": "opened", "number": 4, "pull_request": {"number": 4}}),
        ("", {}),
        ("issues", {"issue": None}),
    ],
)
def test_an_event_about_no_issue_is_nothing_to_do(rig: Rig, event: str, payload: object) -> None:
    """What is not about an issue ends in exit 0 without one request."""
    rig.event(payload, event)
    ran = rig.run("handle")
    assert (ran.code, ran.err, rig.world.counts.requests) == (0, "", 0)


def test_a_comment_on_an_unknown_pull_request_could_not_be_told(rig: Rig) -> None:
    """It may be a command to the gate, so the pull request is read: exit 3 when there is none."""
    rig.event({"action": "created", "issue": {"number": 4, "pull_request": {"url": "x"}}}, "issue_comment")
    ran = rig.run("handle")
    said_right(ran.complaint, "pull request 4", "GITHUB_REPOSITORY")
    assert ran.code == 3


def test_an_unknown_issue_could_not_be_told(rig: Rig) -> None:
    """A number that leads nowhere: exit 3 names it and what to check."""
    ran = rig.look(12)
    said_right(ran.complaint, "Issue 12", "GITHUB_REPOSITORY")
    assert (ran.code, ran.out) == (3, "")


def test_the_event_of_a_deletion_is_nothing_to_do(rig: Rig) -> None:
    """A deleted issue needs nothing any more: exit 0."""
    number = rig.incident()
    rig.world.person("alex").deletes(number)
    rig.event({"action": "deleted", "issue": {"number": number}})
    assert rig.run("handle").code == 0


def test_an_unknown_repository_could_not_be_told(rig: Rig) -> None:
    """Exit 3 names the repository, since a token that may not see it gets the same answer."""
    rig.set("GITHUB_REPOSITORY", "harbour/nowhere")
    ran = rig.look(1)
    said_right(ran.complaint, "harbour/nowhere")
    assert ran.code == 3


@pytest.mark.parametrize(
    ("answer", "says", "waits"),
    [
        (reply(401, "Bad credentials"), "GITHUB_TOKEN", []),
        (reply(403, "Resource not accessible by integration"), "permissions", []),
        (reply(404, "Not Found"), "404", []),
        (reply(410, "This issue was deleted"), "410", []),
        (reply(422, "Validation Failed"), "422", []),
        (reply(500), "500", [1.0, 2.0]),
        (reply(502), "502", [1.0, 2.0]),
        (reply(503), "503", [1.0, 2.0]),
        (SECONDARY, "secondary rate limit", [60.0]),
        (LONG_WAIT, "secondary rate limit", []),
        (reply(429, "Too many"), "429", [60.0]),
        (reply(301, "Moved", {"Location": "/repositories/7/issues/3"}), "lives elsewhere", []),
        ((200, {"Content-Type": "text/html"}, b"<html>maintenance</html>"), "something else than JSON", [1.0, 2.0]),
        ((200, {}, b'{"data": null, "errors": [{"message": "boo"}]}'), "boo", []),
        ((200, {}, b"[]"), "lacks", [1.0, 2.0]),
    ],
    ids=["401", "403", "404", "410", "422", "500", "502", "503", "60 s", "90 s", "429", "301", "HTML", "errors", "[]"],
)
def test_a_failed_read_writes_nothing_and_heals(rig: Rig, answer: Raw, says: str, waits: list[float]) -> None:
    """Exit 3 says what GitHub answered and what to do; nothing is written, and the next look does it all."""
    number = rig.incident()
    rig.world.says = on_read(answer)
    ran = rig.look(number)
    said_right(ran.complaint, says)
    assert (ran.code, ran.out, rig.waited) == (3, "", waits)
    assert rig.world.counts.writes == 0
    assert rig.heals(number).kinds == ["CreateComment", "CreateComment", "EditComment"]


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (reply(401, "Bad credentials"), "GITHUB_TOKEN"),
        (reply(403, "Resource not accessible by integration"), "permissions"),
        (reply(404, "Not Found"), "404"),
        (reply(410, "This issue was deleted"), "410"),
        (reply(422, "Validation Failed"), "Validation Failed"),
        (reply(500), "looks whether it was done"),
        (reply(502), "looks whether it was done"),
        (SECONDARY, "secondary rate limit"),
        (reply(429, "Too many"), "429"),
        (reply(301, "Moved", {"Location": "/repositories/7/issues/3"}), "lives"),
        ((201, {}, b"<html>"), "something else than JSON"),
    ],
    ids=["401", "403", "404", "410", "422", "500", "502", "secondary", "429", "301", "HTML"],
)
def test_a_failed_write_is_owed_and_paid_by_the_next_look(rig: Rig, answer: Raw, says: str) -> None:
    """Exit 3 names the first write that is owed, why, and what to do; then every notice stands once."""
    number = rig.incident()
    rig.world.says = on_write(answer)
    ran = rig.look(number)
    said_right(ran.complaint, f"comment {number}/card on #{number}", says)
    assert (ran.code, rig.keys(number)) == (3, [])
    assert "nothing could be written" in ran.out
    assert ran.out.count("still owed") == 2
    rig.heals(number)
    assert sorted(rig.keys(number)) == [f"{number}/call/sev-1/20260317T100000Z", f"{number}/card"]


@pytest.mark.parametrize("fault", [fault for fault in Fault if "killed" not in fault.value])
@pytest.mark.parametrize("place", [1, 2, 3])
def test_a_write_without_a_clear_answer_is_never_doubled(rig: Rig, fault: Fault, place: int) -> None:
    """Applied or not: exit 3, and after the next look the card and the call stand once."""
    number = rig.incident()
    rig.world.faults.at_write(place, fault)
    ran = rig.look(number)
    assert ran.code == 3
    said_right(ran.complaint, f"#{number}", "next event or sweep")
    rig.heals(number)
    assert sorted(rig.keys(number)) == [f"{number}/call/sev-1/20260317T100000Z", f"{number}/card"]


def when_first_written(rig: Rig, happen: str) -> None:
    """Let something happen to issue 1 between what a look reads and what it writes."""

    def told(asked: Request) -> Raw | None:
        if not asked.is_graphql and asked.method != "GET":
            rig.world.says = None
            alex = rig.world.person("alex")
            alex.deletes(1) if happen == "deleted" else alex.transfers(1, "harbour/other")
        return None

    rig.world.says = told


def test_an_issue_that_is_deleted_while_it_is_handled_is_told(rig: Rig) -> None:
    """The write meets a 410: exit 3 with one sentence. Nothing is written anywhere else."""
    rig.incident()
    when_first_written(rig, "deleted")
    ran = rig.look(1)
    said_right(ran.complaint, "#1", "410")
    assert (ran.code, rig.world.repository().issues) == (3, {})


def test_an_issue_that_is_transferred_while_it_is_handled_is_never_followed(rig: Rig) -> None:
    """The write meets a 301: exit 3 says that it lives elsewhere, and the other repository gets no comment."""
    rig.incident()
    other = rig.world.add_repository("harbour/other")
    other.roles["alex"] = "admin"
    when_first_written(rig, "transferred")
    ran = rig.look(1)
    said_right(ran.complaint, "#1", "lives")
    assert (ran.code, other.issues[1].comments) == (3, ())


def test_a_transferred_issue_is_not_followed(rig: Rig) -> None:
    """An issue that lives elsewhere is not read there: exit 3 says so."""
    rig.incident()
    rig.world.add_repository("harbour/other").roles["alex"] = "admin"
    rig.world.person("alex").transfers(1, "harbour/other")
    ran = rig.look(1)
    said_right(ran.complaint, "Issue 1", "transferred")
    assert ran.code == 3
    assert rig.world.issue(1, "harbour/other").comments == ()


def test_a_token_that_may_not_write_issues_names_the_permission(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A job without `issues: write` reads, owes everything, and says where to look: exit 3."""
    permissions = {"issues": "read", "contents": "read", "deployments": "read", "pull-requests": "read"}
    with rigged(harbour(bot_permissions=permissions), tmp_path, monkeypatch) as rig:
        number = rig.incident()
        ran = rig.look(number)
        said_right(ran.complaint, "403", "permissions", f"#{number}")
        assert (ran.code, rig.keys(number)) == (3, [])


def test_a_label_that_github_drops_is_told(rig: Rig) -> None:
    """GitHub answers 200 and leaves the label off: the run is red and names it; the card stands."""
    number = rig.incident()
    rig.look(number)
    rig.world.person("jordan").comments(number, "/contain rollback to 4f1c09e")
    rig.world.says = on_write((200, {}, b"[]"), "/labels")
    ran = rig.look(number)
    said_right(ran.complaint, "dropped 'containment'")
    assert ran.code == 3
    assert "containment" not in rig.world.issue(number).labels
    rig.heals(number)
    assert "containment" in rig.world.issue(number).labels


def test_a_label_that_does_not_exist_is_created(rig: Rig) -> None:
    """Putting on a label that nobody defined defines it, as GitHub does; nothing is owed."""
    number = rig.incident()
    del rig.world.repository().labels["containment"]
    rig.world.person("jordan").comments(number, "/contain rollback to 4f1c09e")
    assert rig.look(number).code == 0
    assert "containment" in rig.world.issue(number).labels


def test_somebody_who_cannot_be_assigned_is_named_once(rig: Rig) -> None:
    """GitHub drops the assignment without a word: exit 3 names the login, and the next look is quiet."""
    number = rig.incident()
    rig.look(number)
    rig.world.person("jordan").comments(number, "/handoff @kim")
    ran = rig.look(number)
    said_right(ran.complaint, "'kim'")
    assert ran.code == 3
    assert rig.heals(number).code == 0


def test_a_locked_issue_is_carried_all_the_same(rig: Rig) -> None:
    """Who may write may write on a locked thread."""
    number = rig.incident()
    rig.world.person("alex").locks(number, "too heated")
    assert rig.look(number).code == 0
    assert len(rig.keys(number)) == 2


def test_a_thread_that_is_locked_for_the_bot_is_owed(rig: Rig) -> None:
    """GitHub's own words reach the log: exit 3, and unlocking heals."""
    number = rig.incident()
    rig.world.says = on_write(reply(403, "Unable to create comment because issue is locked."), "/comments")
    ran = rig.look(number)
    said_right(ran.complaint, "issue is locked")
    assert ran.code == 3
    rig.heals(number)
