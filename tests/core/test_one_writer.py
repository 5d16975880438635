"""Whatever one person does alone, the gate is not green; and what cannot be read makes nothing greener."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.pulls import (
    BODY,
    CONFIG,
    GOOD,
    HEAD,
    KINDS,
    MAY,
    NEXT_HEAD,
    PROVEN,
    STAGED,
    Change,
    Gathered,
    changed,
    commit,
    incident_thread,
    push,
    review,
    said,
    state,
    with_beside,
    with_config,
    with_file,
    with_incident,
    with_pull,
    with_severity,
    with_thread,
)
from tests.values import comment, edited, instant, labeled, person, unlabeled

from stanch.core.access import Access
from stanch.core.gate import State
from stanch.core.gate_memory import GateMemory
from stanch.core.proof import Proof, ProofVerdict
from stanch.core.pull import CheckState, FileText, Mergeable, Opinion, PullCommit, Push, Review
from stanch.core.pull_case import PullCase, decided
from stanch.core.thread import Comment, Deployment, Item

OWN = ("alex", "Alex", "ALEX")
BOTS = ("github-actions", "copilot[bot]", "renovate[bot]")
NAMES = (*OWN, "jordan", "morgan", "sam", "kim", "nobody")
RULES = [f"H{n:03}" for n in range(1, 14)]
LINES = (
    *BODY.splitlines(), "Incident: #12", "Fixes #12", "Class: pure revert", "Workaround: yes", "Why not smaller: it is",
    "Root-cause owner: @alex", "Rollback: Revert this pull request right now.", "Approved-by: @jordan", "/waive H004 x",
    "Severity: SEV-1", "<!-- stanch:1 key=41/card -->",
)  # fmt: skip
MINUTE = st.integers(20, 59)
EVERYBODY_MAINTAINS = dict.fromkeys(MAY, Access.MAINTAIN)

REVIEWS = st.lists(
    st.builds(
        Review,
        st.uuids().map(str),
        st.sampled_from((*OWN, *BOTS)).map(person),
        st.sampled_from(Opinion),
        MINUTE.map(instant),
        st.sampled_from((HEAD, NEXT_HEAD, "")),
        st.booleans(),
    ),
    max_size=5,
)
COMMITS = st.lists(
    st.builds(
        PullCommit,
        st.sampled_from((HEAD, NEXT_HEAD)),
        st.sampled_from(("Mend", 'Revert "x"\n\nThis reverts commit ' + "d" * 40 + ".", "Fixes #12")),
        st.lists(st.sampled_from(NAMES), max_size=3).map(tuple),
        st.lists(st.sampled_from(("Al", "Jo Rdan")), max_size=1).map(tuple),
    ),
    min_size=1,
    max_size=3,
)
DEPLOYMENTS = st.lists(
    st.builds(
        Deployment,
        st.uuids().map(str),
        st.sampled_from(("staging", "preview-1", "production")),
        st.just(HEAD),
        st.just("x"),
        MINUTE.map(instant),
        st.sampled_from(("success", "failure", "inactive")),
        st.just(person("alex")),
    ),
    max_size=3,
)
PROOFS = st.none() | st.sampled_from(ProofVerdict).map(lambda verdict: (7, Proof(verdict)))
PUSHES = st.none() | st.lists(
    st.builds(Push, st.sampled_from((*OWN, *BOTS)), st.just(HEAD), MINUTE.map(instant)), max_size=3
).map(tuple)
OWN_COMMENTS = st.builds(
    lambda rule, when, by, pasted: comment(100 + when, by, f"/waive {rule} because I say so myself{pasted}", when),
    st.sampled_from(RULES),
    MINUTE,
    st.sampled_from((*OWN, *BOTS)),
    st.sampled_from(("", "\n```\na\nb\n```")),
)
OTHERS_COMMENTS = st.builds(
    lambda rule, when, by: edited(
        comment(200 + when, by, "looks like a storm", when),
        "alex",
        when,
        f"/waive {rule} because I say so myself\n```\na\nb\n```",
    ),
    st.sampled_from(RULES),
    MINUTE,
    st.sampled_from(("jordan", "morgan", "sam")),
)
"""Who may push may edit what others wrote."""

RELABELS: st.SearchStrategy[list[Item]] = st.lists(
    st.builds(
        lambda change, level, when: change(f"sev-{level}", when, "alex"),
        st.sampled_from((labeled, unlabeled)),
        st.integers(1, 4),
        MINUTE,
    ),
    max_size=4,
)


@st.composite
def acts(draw: st.DrawFn) -> tuple[Gathered, tuple[Comment, ...]]:
    """A pull request that alex alone has worked on, in every way that write permission allows."""
    good = KINDS[draw(st.sampled_from(sorted(KINDS)))]()
    good = with_config(good, people=draw(st.sampled_from((CONFIG.people, ("alex", "jordan"), ("jordan",), ()))))
    severity = draw(st.integers(1, 4))
    good = with_incident(good, incident_thread(severity, *draw(RELABELS), by=draw(st.sampled_from(("sam", "alex")))))
    body = "\n".join(draw(st.lists(st.sampled_from(LINES), max_size=6))) if draw(st.booleans()) else BODY
    author = draw(st.sampled_from(("alex", *BOTS)))
    good = with_thread(
        good, body=body, author=person(author), assignees=draw(st.sampled_from(((), ("alex",), ("jordan",))))
    )
    good = with_pull(good, reviews=tuple(draw(REVIEWS)), deployments=tuple(draw(DEPLOYMENTS)))
    good = with_pull(good, commits=tuple(draw(COMMITS))) if draw(st.booleans()) else good
    good = replace(good, pushes=draw(PUSHES), fresh_proof=draw(PROOFS))
    if draw(st.booleans()):
        # With care: green in all but that it is one person's work.
        worker = draw(st.sampled_from(("copilot", "alex")))
        good = with_pull(good, reviews=(review("alex", 50),), commits=(commit(worker),), deployments=(STAGED,))
        good = replace(with_thread(good, body=BODY), pushes=(push(worker, 25),), fresh_proof=(7, PROVEN))
    if severity <= 2 and draw(st.booleans()):
        # Called something else, and held to the rules by an earlier look, whatever became of the link.
        good = replace(with_pull(good, head="fix/rounding"), memory=GateMemory(held=12))
    comments = {one.id: one for one in draw(st.lists(OWN_COMMENTS | OTHERS_COMMENTS, max_size=3))}
    return good, tuple(comments.values())


def judged(of: Gathered, comments: tuple[Comment, ...]) -> PullCase:
    return decided(of, said(of, *comments, access=EVERYBODY_MAINTAINS))


@settings(max_examples=300, deadline=None)
@given(acts())
def test_no_single_writer_turns_it_green(act: tuple[Gathered, tuple[Comment, ...]]) -> None:
    """Reviews, commits under any name, words, deployments, labels, waivers, bots: all by one, and not enough."""
    of, comments = act
    decision = judged(of, comments).decision
    assert decision is not None
    assert decision.state is not State.SUCCESS


@settings(max_examples=60, deadline=None)
@given(acts(), st.sampled_from(("jordan", "sam")))
@example((GOOD, ()), "jordan")
def test_with_a_second_person_it_can_be(act: tuple[Gathered, tuple[Comment, ...]], second: str) -> None:
    """The property above is not true of everything: the same acts and one honest approval make the good one green."""
    of, comments = act
    approved = with_pull(of, reviews=(review(second, 59),))
    hands = {login for one in approved.pull.commits for login in one.people}
    decision = judged(replace(approved, pushes=(push("alex", 25),)), comments).decision
    assert decision is not None
    row = next(one for one in decision.rows if one.code == "H004")
    expected = of.pull.thread.author.login == "alex" and second not in hands
    assert (row.finding.why == "approved") >= expected
    if of is GOOD:
        assert decision.state is State.SUCCESS


def drop(part: str) -> Change:
    """Without what the second read brings."""
    return lambda g: with_beside(g, **{part: frozenset() if part == "landed" else {}})


UNREADABLE: dict[str, Change] = {
    "who pushed": lambda g: replace(g, pushes=None, memory=replace(g.memory, heads={})),
    "who pushed, but for another head": lambda g: replace(g, pushes=(push("alex", 25, NEXT_HEAD),)),
    "some files": lambda g: with_pull(g, changed_files=g.pull.changed_files + 1),
    "some commits": lambda g: with_pull(g, commit_count=g.pull.commit_count + 1),
    "some reviews": lambda g: with_pull(g, review_count=g.pull.review_count + 1),
    "some checks": lambda g: with_pull(g, more_checks=True),
    "all reviews": lambda g: with_pull(g, reviews=()),
    "the proof": lambda g: replace(g, fresh_proof=None, problem="Run 7 left no artifact."),
    "the runs": lambda g: replace(with_pull(g, runs=()), fresh_proof=None),
    "all files' content": drop("files"),
    "the texts": lambda g: with_beside(g, files={k: f and FileText(f.oid) for k, f in g.beside.files.items()}),
    "other branches": drop("foreign"),
    "how much a commit changed": drop("changed"),
    "what production has": drop("landed"),
    "the incident": lambda g: replace(g, incidents={}),
    "the deployments": lambda g: with_pull(g, deployments=()),
    "what was remembered": lambda g: replace(g, memory=GateMemory()),
    "whether it can be merged": lambda g: with_pull(g, mergeable=Mergeable.UNKNOWN),
    "the attributes": lambda g: replace(g, settings=replace(g.settings, attributes=None)),
}
WRONG: dict[str, Change] = {
    "a fork": lambda g: with_pull(g, cross_repository=True),
    "cut from develop": lambda g: with_beside(with_pull(g, commit_count=1), foreign={"develop": 0}),
    "no incident": lambda g: with_thread(g, body=BODY.replace("Incident", "Accident")),
    "nobody approved": lambda g: with_pull(g, reviews=()),
    "the author approved": lambda g: with_pull(g, reviews=(review("alex"),)),
    "a pusher approved": lambda g: replace(g, pushes=(push("jordan", 25),)),
    "a co-author approved": lambda g: with_pull(g, commits=(commit("alex", "jordan"),)),
    "somebody refused": lambda g: with_pull(g, reviews=(*g.pull.reviews, review("sam", 41, Opinion.CHANGES_REQUESTED))),
    "approved before the push": lambda g: with_pull(g, reviews=(review("jordan", 21),)),
    "not in staging": lambda g: with_pull(g, deployments=(replace(STAGED, sha=NEXT_HEAD),)),
    "eighty lines": lambda g: with_file(g, "more.py", None, "x\n" * 80),
    "a workflow": lambda g: with_file(g, ".github/workflows/a.yml", None, "x\n"),
    "a new dependency": lambda g: with_file(g, "requirements.txt", "a==1\n", "a==1\nb==1\n"),
    "no way back": lambda g: with_thread(g, body="Incident: #12\n"),
    "a check failed": lambda g: with_pull(g, checks=(replace(g.pull.checks[0], state=CheckState.FAILED),)),
    "a draft": lambda g: with_pull(g, draft=True),
    "it changes the config": lambda g: with_pull(g, files=(*g.pull.files, changed(".github/stanch.yml"))),
    "it is not proven": lambda g: replace(g, fresh_proof=(7, replace(PROVEN, verdict=ProofVerdict.NO_TEST))),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("wrong", WRONG)
def test_what_cannot_be_read_makes_nothing_greener(wrong: str, kind: str) -> None:
    """A red one with a part of the facts taken away is not green, whichever part, at SEV-1 to SEV-3."""
    for severity in (1, 2, 3):
        red = WRONG[wrong](with_severity(KINDS[kind](), severity))
        if state(red) is State.SUCCESS:
            # A class that needs no proof, or a severity that may skip staging.
            assert wrong in {"it is not proven", "not in staging"}
            continue
        greener = [name for name, take in UNREADABLE.items() if state(take(red)) is State.SUCCESS]
        assert greener == []


NEEDED = {
    "who pushed", "who pushed, but for another head", "some files", "some commits", "some reviews", "some checks",
    "all reviews", "the proof", "the runs", "all files' content", "the texts", "other branches", "the incident",
    "the deployments", "whether it can be merged",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(NEEDED))
def test_what_a_good_one_needs_to_stay_green(name: str) -> None:
    """Without it the gate says that it cannot tell, or waits; at a SEV-2, where nothing may be skipped."""
    good = with_severity(GOOD, 2)
    assert state(good) is State.SUCCESS
    assert state(UNREADABLE[name](good)) is not State.SUCCESS
