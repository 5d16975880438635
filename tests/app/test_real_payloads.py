"""Real input: what GitHub publishes as examples of its events goes through, and incidents get the right plan."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from stanch.sandbox.people import Person
from tests.app.rig import START, Mood, Ran, Rig, rigged
from tests.official import shapes

ALIAS = "people: [jordan]\nclients: none\nlabels: {sev-2: [bug]}\n"
"""A team whose severity label is the one that GitHub's examples bear."""

EXAMPLES = shapes.payloads()
EVENTS = sorted({example["event"] for example in EXAMPLES})
ON_ISSUES = [example for example in EXAMPLES if example["event"] in {"issues", "issue_comment"}]

Payload = dict[str, Any]


def home_of(payload: Payload) -> str:
    """The repository that a payload names; some name none."""
    home: str = (payload.get("repository") or {}).get("full_name") or "Codertocat/Hello-World"
    return home


def staged(payload: Payload) -> Mood:
    """A world that holds what a payload shows: its repository, its people, its issue and its comment."""
    world = Mood(START)
    repo = world.add_repository(home_of(payload), labels=["bug"], files={".github/stanch.yml": ALIAS})
    world.add_person("jordan", "write")
    issue = payload.get("issue")
    if issue:
        author = (issue.get("user") or {}).get("login") or "octocat"
        world.add_person(author, "write")
        repo.last_number = issue["number"] - 1
        stage_issue(world, world.person(author), payload)
    return world


def stage_issue(world: Mood, author: Person, payload: Payload) -> None:
    """Open the payload's issue as it shows it; an event that took a label off has put it on before."""
    issue, action = payload["issue"], payload.get("action")
    names = [label["name"] for label in issue.get("labels", [])]
    people = [user["login"] for user in issue.get("assignees", [])]
    number = author.opens(issue["title"], issue.get("body") or "", labels=names, assignees=people)
    if payload.get("comment") and action != "deleted":
        author.comments(number, payload["comment"]["body"])
    if action == "unlabeled" and payload["label"]["name"] in names:
        author.unlabels(number, payload["label"]["name"])
    if action in {"deleted", "transferred"} and not payload.get("comment"):
        world.repository().issues.pop(number)


def sent(payload: Payload, event: str, rig: Rig, *args: str) -> Ran:
    rig.set("GITHUB_REPOSITORY", home_of(payload))
    rig.event(payload, event)
    return rig.run("handle", *args)


@pytest.mark.parametrize("event", EVENTS)
def test_every_published_payload_goes_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, event: str) -> None:
    """Each example of each event, in a world that holds what it shows: exit 0 and nothing on stderr."""
    for example in EXAMPLES:
        if example["event"] == event:
            payload = example["payload"]
            with rigged(staged(payload), tmp_path, monkeypatch) as rig:
                ran = sent(payload, event, rig)
                assert (ran.code, ran.err) == (0, ""), payload
                assert sent(payload, event, rig, "--json").report["threads"] in quiet(payload)


def quiet(payload: Payload) -> list[list[dict[str, Any]]]:
    """What may be said where everything is done: nothing, or the thread without a write."""
    number = (payload.get("issue") or {}).get("number")
    return [[], [{"number": number, "writes": [], "owed": [], "alarms": [], "problems": []}]]


def is_none_of_ours(payload: Payload) -> bool:
    """Whether it is about a pull request, or says itself that the issue is gone."""
    gone = payload["action"] in {"deleted", "transferred"} and not payload.get("comment")
    return gone or bool(payload["issue"].get("pull_request"))


@pytest.mark.parametrize("event", ["issues", "issue_comment"])
def test_a_published_payload_of_an_unknown_issue_could_not_be_told(rig: Rig, event: str) -> None:
    """In a world that has no such issue: exit 3 names it, unless it is a pull request or said to be gone."""
    for example in ON_ISSUES:
        if example["event"] == event:
            rig.event(example["payload"], event)
            ran = rig.run("handle")
            silent = is_none_of_ours(example["payload"])
            assert ran.code == (0 if silent else 3)
            assert silent or f"Issue {example['payload']['issue']['number']} " in ran.complaint


def plan_for(payload: Payload) -> list[str]:
    """What an example should lead to: a card and a call where its issue bears the severity, else nothing."""
    names = {label["name"] for label in payload["issue"].get("labels", [])}
    off = payload["action"] == "unlabeled" or is_none_of_ours(payload)
    return ["card", "call"] if "bug" in names and not off else []


@pytest.mark.parametrize("example", ON_ISSUES, ids=lambda one: f"{one['event']}-{one['payload']['action']}")
def test_a_published_issue_that_is_an_incident_gets_its_plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, example: dict[str, Any]
) -> None:
    """The examples' own label is a severity here: a dry run plans the card and the call, and writes nothing."""
    payload = example["payload"]
    with rigged(staged(payload), tmp_path, monkeypatch) as rig:
        ran = sent(payload, example["event"], rig, "--dry-run", "--json")
        assert [write["key"].split("/")[1] for write in ran.writes] == plan_for(payload)
        assert {write["write"] for write in ran.writes} <= {"CreateComment"}
        assert (ran.code, rig.world.counts.writes) == (0, 0)


Act = Callable[[Rig], object]


def remark(rig: Rig, who: str, text: str) -> int:
    return rig.world.person(who).comments(1, text)


def last_comment(rig: Rig) -> int:
    return [one for one in rig.world.issue(1).comments if one.author == "morgan"][-1].id


STORY: tuple[tuple[str, Act, list[str], list[str]], ...] = (
    (
        "opened",
        lambda rig: rig.world.person("alex").opens("Checkout is down", "Since 10:00."),
        ["issues.opened"],
        [],
    ),
    (
        "labeled",
        lambda rig: rig.world.person("alex").labels(1, "sev-1"),
        ["issues.labeled"],
        ["CreateComment 1/card", "CreateComment 1/call/sev-1/20260317T100100Z"],
    ),
    ("talk", lambda rig: remark(rig, "sam", "I see it too."), ["issue_comment.created"], []),
    ("ack", lambda rig: remark(rig, "jordan", "/ack"), ["issue_comment.created"], ["EditComment", "React rocket"]),
    (
        "not allowed",
        lambda rig: remark(rig, "sam", "/resolve"),
        ["issue_comment.created"],
        ["EditComment", "CreateComment 1/refused/ID", "React -1"],
    ),
    ("remark", lambda rig: remark(rig, "morgan", "taking it"), ["issue_comment.created"], []),
    (
        "edited",
        lambda rig: rig.world.person("morgan").edits_comment(last_comment(rig), "/take"),
        ["issue_comment.edited"],
        ["EditComment", "AddAssignees morgan", "React rocket"],
    ),
    (
        "deleted",
        lambda rig: rig.world.person("morgan").deletes_comment(last_comment(rig)),
        ["issue_comment.deleted"],
        [],
    ),
    ("renamed", lambda rig: rig.world.person("alex").renames(1, "Payments fail"), ["issues.edited"], []),
    ("assigned", lambda rig: rig.world.person("alex").assigns(1, "jordan"), ["issues.assigned"], ["EditComment"]),
    ("unassigned", lambda rig: rig.world.person("alex").unassigns(1, "jordan"), ["issues.unassigned"], ["EditComment"]),
    ("locked", lambda rig: rig.world.person("alex").locks(1), ["issues.locked"], []),
    ("unlocked", lambda rig: rig.world.person("alex").unlocks(1), ["issues.unlocked"], []),
    ("withdrawn", lambda rig: rig.world.person("alex").unlabels(1, "sev-1"), ["issues.unlabeled"], ["EditComment"]),
    (
        "lowered",
        lambda rig: rig.world.person("alex").labels(1, "sev-2"),
        ["issues.labeled"],
        ["EditComment", "CreateComment 1/call/sev-2/20260317T101400Z"],
    ),
    (
        "closed",
        lambda rig: rig.world.person("morgan").closes(1),
        ["issues.closed"],
        ["EditComment", "CreateIssue 1/postmortem"],
    ),
    ("reopened", lambda rig: rig.world.person("alex").reopens(1), ["issues.reopened"], ["EditComment"]),
    ("gone", lambda rig: rig.world.person("alex").deletes(1), ["issues.deleted"], []),
)


def shown(write: dict[str, Any]) -> str:
    """A write of the JSON report in two words."""
    about = write.get("key") or write.get("mark") or ", ".join(write.get("logins", write.get("labels", ())))
    return re.sub(r"5[0-9]{9}", "ID", f"{write['write']} {about}").strip()


def story(rig: Rig) -> Iterator[tuple[str, list[str], list[str], list[str], list[str]]]:
    """Play the story a minute a step: the step, its webhooks, the plan of a dry run, and what was expected."""
    heard: list[tuple[str, Payload]] = []
    rig.world.subscribe(lambda event, _action, payload, by_bot: None if by_bot else heard.append((event, payload)))
    for name, act, events, expected in STORY:
        heard.clear()
        act(rig)
        came = [f"{event}.{payload['action']}" for event, payload in heard]
        for event, payload in heard:
            shapes.check_webhook(event, payload)
        event, payload = heard[-1]
        rig.event(payload, event)
        planned = [shown(write) for write in rig.run("handle", "--dry-run", "--json").writes]
        yield name, came, events, planned, expected
        assert rig.run("handle").code == 0
        assert rig.run("handle", "--json").report["exit_code"] == 0
        rig.world.clock.advance(minutes=1)


def test_every_event_of_an_incident_leads_to_its_plan(rig: Rig) -> None:
    """From the label to the deletion: each webhook is GitHub's, and its dry run plans what it should."""
    played = list(story(rig))
    assert [(name, came) for name, came, *_ in played] == [(name, events) for name, _, events, *_ in played]
    assert [(name, planned) for name, *_, planned, _ in played] == [(name, expected) for name, *_, expected in played]
