"""The writer against the embedded GitHub."""

import pytest

from stanch.adapters.writer import Applied
from stanch.core.errors import Forbidden, Refused
from stanch.core.thread import CloseReason, Mark
from stanch.core.writes import (
    AddAssignees,
    AddLabels,
    CloseIssue,
    CreateComment,
    CreateIssue,
    CreateRuleset,
    DefineLabel,
    EditComment,
    EditIssue,
    EnableWorkflow,
    Minimise,
    PaintLabel,
    React,
    RemoveAssignees,
    RemoveLabel,
    Write,
)
from stanch.sandbox import inprocess
from tests.contract.scenes import connected, ends, shop


def test_every_write_does_what_it_says() -> None:
    """Each kind once, one request each, read back through the reader."""
    world = shop()
    number = world.person("alex").opens("Down", labels=["sev-1"])
    said = world.person("alex").comments(number, "/ack")
    with connected(world) as github:
        apply = github.writer.apply
        made = apply(CreateComment(number, "key", "one"))
        assert made.id is not None
        assert apply(EditComment(number, made.id, "two")) == Applied(id=made.id)
        assert apply(AddLabels(number, ("post-mortem",))) == Applied()
        assert apply(RemoveLabel(number, "sev-1")) == Applied()
        assert apply(RemoveLabel(number, "sev-1")) == Applied()
        assert apply(AddAssignees(number, ("alex", "sam"))) == Applied()
        assert apply(RemoveAssignees(number, ("sam", "nobody-at-all"))) == Applied()
        assert apply(React(number, said, Mark.ACCEPTED)) == Applied()
        assert apply(React(number, said, Mark.ACCEPTED)) == Applied()
        assert apply(CloseIssue(number, CloseReason.DUPLICATE)) == Applied()
        assert (github.writer.writes, world.counts.writes, world.counts.reads) == (10, 10, 0)
        _, thread = github.reader.thread(number)
        assert apply(Minimise(number, thread.comments[1].node_id)) == Applied()
        _, thread = github.reader.thread(number)
    assert (thread.open, thread.reason) == (False, CloseReason.DUPLICATE)
    assert (thread.labels, thread.assignees) == (("post-mortem",), ("alex",))
    first, second = thread.comments
    assert (first.marks, first.minimized) == (frozenset({Mark.ACCEPTED}), False)
    assert (second.id, second.body, second.minimized, second.untouched) == (made.id, "two", True, True)


def test_a_new_issue_comes_with_its_number() -> None:
    """The number is what the rest of the run knows it by, whatever a lagging read says."""
    world = shop()
    with connected(world) as github:
        made = github.writer.apply(CreateIssue("key", "Post-mortem", "text", ("post-mortem",), ("sam",)))
        assert made.number is not None
        _, thread = github.reader.thread(made.number)
    assert (made.id, made.dropped) == (None, ())
    assert (thread.title, thread.body, thread.labels, thread.assignees) == (
        "Post-mortem",
        "text",
        ("post-mortem",),
        ("sam",),
    )
    assert thread.ours


def test_an_issue_that_got_another_text_is_known_to_be_edited() -> None:
    """Whoever reads it next sees that it is no longer as it was opened."""
    world = shop()
    with connected(world) as github:
        made = github.writer.apply(CreateIssue("key", "Post-mortem", "short", ("post-mortem",), ()))
        assert [one.edited_at for one in github.reader.children((), "post-mortem")] == [None]
        world.clock.advance(minutes=1)
        assert github.writer.apply(EditIssue(made.number or 0, "long")) == Applied()
        (child,) = github.reader.children((), "post-mortem")
    assert (child.body, child.edited_at is not None) == ("long", True)


def test_an_issue_is_opened_even_if_its_assignee_has_left() -> None:
    """GitHub refuses the whole issue for one login: it is opened without, once, and that is told."""
    world = shop()
    with connected(world) as github:
        done = github.writer.apply(CreateIssue("key", "Post-mortem", "text", ("post-mortem",), ("nobody-at-all",)))
    (made,) = world.repository().issues.values()
    assert (made.number, made.assignees) == (done.number, ())
    assert done.dropped == ("nobody-at-all",)


def test_what_github_drops_silently_is_told() -> None:
    """A login that may not be assigned is ignored with a 201."""
    world = shop()
    number = world.person("alex").opens("Down")
    with connected(world) as github:
        done = github.writer.apply(AddAssignees(number, ("sam", "nobody-at-all")))
    assert done == Applied(dropped=("nobody-at-all",))


@pytest.mark.parametrize(
    "write",
    [
        CreateComment(99, "key", "one"),
        EditComment(1, 99, "two"),
        AddLabels(99, ("sev-1",)),
        React(1, 99, Mark.ACCEPTED),
        EditIssue(99, "the long form"),
        CloseIssue(99, CloseReason.COMPLETED),
        Minimise(1, "IC_none"),
        CreateComment(1, "key", ""),
        CreateComment(1, "key", "x" * 300_000),
        CreateIssue("key", "", "text", (), ()),
    ],
    ids=lambda write: type(write).__name__,
)
def test_a_definite_no_is_a_refusal(write: Write) -> None:
    """404 and 422: nothing was applied, and the caller knows."""
    world = shop()
    world.person("alex").opens("Down")
    before = world.dump()
    with connected(world) as github, pytest.raises(Refused):
        github.writer.apply(write)
    assert world.dump() == before


def test_a_missing_permission_is_told_as_such() -> None:
    """A job that was not given `issues: write` gets a sentence about its token."""
    world = shop({"issues": "read", "contents": "read"})
    number = world.person("alex").opens("Down")
    with connected(world) as github, pytest.raises(Forbidden):
        github.writer.apply(CreateComment(number, "key", "one"))


def test_a_burst_goes_at_once_and_the_rest_one_a_second() -> None:
    """The secondary limits are kept without slowing a small plan down."""
    world = shop()
    number = world.person("alex").opens("Down")
    with connected(world) as github:
        for n in range(8):
            github.writer.apply(CreateComment(number, str(n), str(n)))
        assert github.pauses == [1.0] * 3


def test_the_set_up_is_mended_once_each() -> None:
    """A label with its colour and words, a workflow that is switched on, and, by an administrator, a ruleset."""
    world = shop()
    repo = world.repository()
    world.add_person("robin", "admin")
    path = ".github/workflows/stanch-sweep.yml"
    world.person("robin").pushes(path, "on: push\njobs: {}\n")
    repo.workflow_states[path] = "disabled_inactivity"
    rules = '[{"type": "deletion"}]'
    with connected(world) as github:
        assert github.writer.apply(DefineLabel("drill", "ededed", "A game day")) == Applied()
        with pytest.raises(Refused, match="422"):
            github.writer.apply(DefineLabel("Drill", "ededed", "Twice"))
        assert github.writer.apply(PaintLabel("DRILL", "d4c5f9", "Painted")) == Applied()
        assert github.writer.apply(EnableWorkflow("stanch-sweep.yml")) == Applied()
        with pytest.raises(Forbidden):
            github.writer.apply(CreateRuleset("stanch", "main", rules))
    assert repo.labels["drill"].name == "drill"
    assert (repo.labels["drill"].color, repo.labels["drill"].description) == ("d4c5f9", "Painted")
    assert repo.workflow_states[path] == "active"
    with inprocess.connected(world) as address:
        assert ends(world.token("robin"), address).writer.apply(CreateRuleset("stanch", "main", rules)) == Applied()
    (made,) = repo.rulesets.values()
    assert (made.include, [rule.type for rule in made.rules]) == (("refs/heads/main",), ["deletion"])
