"""The views of the hotfix gate: what a pull request, its incident and the issues after its merge are told."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from tests.pulls import (
    CHECK,
    GOOD,
    STAGED,
    Gathered,
    as_case,
    bleeding,
    commit,
    merged,
    plus_line,
    pull_case,
    revert,
    review,
    said,
    with_beside,
    with_body,
    with_config,
    with_file,
    with_pull,
    with_reviews,
    with_severity,
    with_thread,
)
from tests.values import comment, instant

from stanch.core.clock import Calendar
from stanch.core.ledger import Ledger, Record
from stanch.core.own_workflows import PROOF_WORKFLOW
from stanch.core.proof import Proof, ProofVerdict
from stanch.core.pull import CheckState, Mergeable, Opinion, Run
from stanch.core.pull_case import unreadable
from stanch.core.rules import RULES
from stanch.core.wanted import ChildIssue, Text, Told
from stanch.practices.followup import followup
from stanch.practices.hotfix import hotfix, status_view, view

NIGHT = with_config(GOOD, calendar=Calendar("Europe/Berlin"))
HURRIED = with_severity(
    with_file(
        with_pull(
            with_reviews(with_body(NIGHT, "Fixes #12\n\nWe have to ship this now.\n"), review("alex")),
            checks=(replace(CHECK, state=CheckState.FAILED), replace(CHECK, name="lint", state=CheckState.RUNNING)),
            deployments=(),
        ),
        "shop/rounding.py",
        None,
        "# HACK: until the cart is rewritten\n" + "x = 1\n" * 70,
    ),
    2,
)
"""What somebody opens at three in the morning, before anything was said about it."""

WAITING = with_severity(
    with_pull(
        replace(NIGHT, fresh_proof=None),
        runs=(Run(7, PROOF_WORKFLOW, "pull_request", CheckState.RUNNING, instant(26)),),
        checks=(replace(CHECK, state=CheckState.RUNNING),),
        deployments=(replace(STAGED, state="in_progress"),),
        mergeable=Mergeable.UNKNOWN,
    ),
    2,
)
UNSURE = replace(NIGHT, pushes=None, fresh_proof=(7, Proof(ProofVerdict.FLAKY)))
LARGE = plus_line(
    with_file(NIGHT, "shop/rounding.py", None, "x = 1\n" * 70), "Why not smaller: the rounding stands in three places."
)
UNPROVEN = replace(LARGE, fresh_proof=(7, Proof(ProofVerdict.NOT_REPRODUCED)))
WAIVERS = (
    comment(5, "morgan", "/waive H006 the three places belong together", 50),
    comment(
        6,
        "sam",
        "/waive H003 only the real provider shows it\n\n```\n$ curl /pay\n500\n$ curl /pay\n200\n```",
        52,
    ),
)
ALONE = with_config(with_reviews(NIGHT), people=("alex",))
REFUSED = with_reviews(NIGHT, review("jordan"), review("sam", 42, Opinion.CHANGES_REQUESTED))
BUMPED = with_file(NIGHT, "requirements.txt", "django==4.2.1\n", "django==5.0.0\nhttpx==1.0\n")
MIGRATING = with_file(NIGHT, "shop/migrations/0007_total.py", None, "x = 1\n" * 4)
ROUND = merged(with_reviews(NIGHT), 58)
"""Merged past the gate: nobody else had read it."""

PATCH = plus_line(LARGE, "Workaround: yes\nTemporary until: 2026-12-01\nRoot-cause owner: @jordan")
PATCHY = merged(PATCH, 58, ("b" * 40, "c" * 40))
TWO = with_beside(NIGHT, foreign={"develop": 2})
TWO = with_pull(TWO, commits=(commit(message="Find it"), commit(message="Sum an empty cart (#41)")))
ORDINARY = with_thread(with_pull(replace(NIGHT, incidents={}), head="feature"), body="")
PROBLEM = '.github/stanch.yml:12:5: unknown key "serv"; did you mean "services"?'
GATES: dict[str, tuple[Gathered, tuple[Record, ...]]] = {
    "green": (NIGHT, ()),
    "red": (HURRIED, ()),
    "pending": (WAITING, ()),
    "cannot-tell": (UNSURE, ()),
    "waived": (UNPROVEN, said(UNPROVEN, *WAIVERS)),
    "revert": (with_config(revert(), calendar=Calendar("Europe/Berlin")), ()),
    "alone": (ALONE, ()),
    "refused": (REFUSED, ()),
    "bumped": (BUMPED, ()),
    "migrating": (MIGRATING, ()),
    "bleeding": (bleeding(NIGHT), ()),
    "merged": (merged(NIGHT, 58), ()),
    "merged-not-green": (ROUND, ()),
    "no-hotfix": (ORDINARY, ()),
}
CHILDREN = {"41/root-cause": 51}


def shown(of: Gathered, records: Iterable[Record] = (), **values: object) -> Text:
    """The gate's comment."""
    owed = {"41/review-owed": 52} if pull_case(of).memory.audit else {}
    case = as_case(of, records, Ledger(children={**CHILDREN, **owed}))
    assert case.pull is not None
    return Text("comments/gate", {**view(case, case.pull), **values})


def status(of: Gathered, problem: str = "") -> Text:
    """The line beside the commit status."""
    return Text("summary/gate_status", status_view(unreadable(of, problem) if problem else pull_case(of)))


def told(of: Gathered, records: Iterable[Record] = ()) -> dict[str, Text]:
    """What the incident hears of a pull request, and what is opened and said after its merge."""
    case = as_case(of, records)
    return dict(chain.from_iterable(_named(want) for want in chain(hotfix(case), followup(case))))


def _named(want: object) -> Iterator[tuple[str, Text]]:
    text = getattr(want, "text", None)
    if isinstance(text, Text):
        yield f"{text.template}{'-told' if isinstance(want, Told) and text.template == 'comments/merged' else ''}", text
    if isinstance(want, ChildIssue):
        yield want.title.template, want.title


def printed(of: Gathered, *, explain: bool) -> Text:
    """What `stanch gate 41` prints."""
    return Text("summary/gate", {**shown(of).view, "explain": explain, "problem": ""})


AFTER = told(merged(NIGHT, 58))
PATCHED = told(PATCHY, said(LARGE, WAIVERS[0]))
OWED = told(ROUND)
PUSHED = {**OWED["issues/review_owed"].view, "number": 0, "title": "Mend it directly", "open": [], "incident": 0}
GATE: dict[str, Text] = {
    **{f"comments/gate-{name}": shown(*one) for name, one in GATES.items()},
    "comments/gate-config-problems": shown(NIGHT, problems=[PROBLEM]),
    "comments/waived": told(LARGE, said(LARGE, WAIVERS[0]))["comments/waived"],
    "comments/merged": AFTER["comments/merged"],
    "comments/merged-told": AFTER["comments/merged-told"],
    "comments/merged-not-green": OWED["comments/merged"],
    "comments/merged-not-squashed": PATCHED["comments/merged"],
    "comments/merged-rebased": told(merged(TWO, 58))["comments/merged"],
    "issues/root_cause": AFTER["issues/root_cause"],
    "issues/root_cause-workaround": PATCHED["issues/root_cause"],
    "issues/root_cause_title": AFTER["issues/root_cause_title"],
    "issues/review_owed": OWED["issues/review_owed"],
    "issues/review_owed-pushed": Text("issues/review_owed", PUSHED),
    "issues/review_owed-again": Text("issues/review_owed", {**PUSHED, "earlier": 2}),
    "issues/review_owed-alone": Text("issues/review_owed", {**PUSHED, "readers": 0}),
    "issues/review_owed_title": OWED["issues/review_owed_title"],
    "issues/review_owed_title-pushed": Text("issues/review_owed_title", {"number": 0, "sha": "f" * 40}),
    "summary/gate_rules": Text(
        "summary/gate_rules", {"rules": [{"code": rule.code, "waivable": rule.waivable.value} for rule in RULES]}
    ),
    "summary/gate_status-green": status(NIGHT),
    "summary/gate_status-red": status(HURRIED),
    "summary/gate_status-pending": status(WAITING),
    "summary/gate_status-cannot-tell": status(UNSURE),
    "summary/gate_status-no-hotfix": status(ORDINARY),
    "summary/gate_status-unreadable": status(NIGHT, "judge #41: GitHub did not answer."),
    "summary/gate": printed(HURRIED, explain=False),
    "summary/gate-explain": printed(HURRIED, explain=True),
    "summary/gate-no-hotfix": printed(ORDINARY, explain=False),
    "summary/queue_status-green": Text("summary/queue_status", {"state": "success", "numbers": []}),
    "summary/queue_status-red": Text("summary/queue_status", {"state": "failure", "numbers": ["#41", "#43"]}),
    "summary/queue_status-unknown": Text("summary/queue_status", {"state": "error", "numbers": []}),
}
