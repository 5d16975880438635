"""A good hotfix as plain values, and small functions that change one thing about it.

Times are minutes after `START`. It is #41 by alex, for the incident #12 that sam declared; jordan approved it; morgan
and sam maintain. It is judged at minute 60.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from hashlib import sha1
from typing import Any

from stanch.core.access import Access
from stanch.core.case import Case, case_of
from stanch.core.gate import Decision, Row, State, decide
from stanch.core.gathered import Gathered
from stanch.core.incident import Incident
from stanch.core.ledger import Ledger, Record
from stanch.core.own_workflows import PROOF_WORKFLOW
from stanch.core.proof import Proof, ProofVerdict
from stanch.core.pull import (
    Beside,
    ChangedFile,
    ChangeKind,
    Check,
    CheckState,
    FileText,
    Mergeable,
    Merged,
    MergeSettings,
    Opinion,
    Pull,
    PullCommit,
    PullState,
    Push,
    Review,
    Run,
)
from stanch.core.pull_case import PullCase, decided, facts_of
from stanch.core.pull_commands import judged
from stanch.core.rules import RULES
from stanch.core.rules.facts import Facts
from stanch.core.snapshot import Snapshot
from stanch.core.thread import Comment, Item, Thread
from stanch.core.waivers import Waiver
from tests.values import BOT, REPOSITORY, TEAM, Moment, card, comment, deployment, instant, labeled, person, thread

PULL_URL = "https://github.test/octo/shop/pull/41"
HEAD, BASE, TREE, NEXT_HEAD, REVERTED = ("a" * 40, "b" * 40, "c" * 40, "e" * 40, "d" * 40)
NOW = 60
ROLLBACK = "Revert this pull request and deploy `v1.4.1` again."
BODY = f"Paying fails when the cart is empty.\n\nIncident: #12\nRollback: {ROLLBACK}\n"
OLD = "def total(cart):\n    return sum(cart)\n"
NEW = "def total(cart):\n    return sum(cart or [])\n"
CONFIG = replace(TEAM, people=("alex", "jordan", "morgan", "sam"))
MAY = {
    "alex": Access.WRITE,
    "jordan": Access.WRITE,
    "morgan": Access.MAINTAIN,
    "sam": Access.MAINTAIN,
    "riley": Access.TRIAGE,
    "kim": Access.READ,
}
WRITERS = frozenset(login for login, access in MAY.items() if access >= Access.WRITE)
PROVEN = Proof(
    ProofVerdict.PROVEN, tests=("tests/test_shop.py::test_empty_cart",), message="TypeError: 'NoneType'", repeats=(2, 3)
)
CHECK = Check("build", CheckState.PASSED, workflow=".github/workflows/ci.yml")
STAGED = replace(deployment("1", 35, HEAD, "staging"), creator=BOT)
Change = Callable[[Gathered], Gathered]


def text(content: str | None) -> FileText | None:
    """A file with its id, as git would have it; None is no file."""
    return None if content is None else FileText(sha1(content.encode(), usedforsecurity=False).hexdigest(), content)


def changed(path: str, added: int = 1, removed: int = 1, kind: ChangeKind = ChangeKind.MODIFIED) -> ChangedFile:
    return ChangedFile(path, kind, added, removed)


def commit(*people: str, message: str = "Sum an empty cart", unknown: tuple[str, ...] = ()) -> PullCommit:
    return PullCommit(HEAD, message, people or ("alex",), unknown)


def review(by: str, when: Moment = 40, opinion: Opinion = Opinion.APPROVED, sha: str = HEAD, id_: str = "") -> Review:
    """An opinion; who may push is told by `MAY`."""
    who = person(by)
    return Review(id_ or f"R_{by}_{when}", who, opinion, instant(when), sha, who.is_bot or by.lower() in WRITERS)


def push(by: str, when: Moment, after: str = HEAD) -> Push:
    return Push(by, after, instant(when))


def incident_thread(severity: int = 1, *items: Item, by: str = "sam", when: Moment = 0) -> Thread:
    """The incident: declared by sam, taken by morgan, and contained."""
    usual = (
        labeled(f"sev-{severity}", when, by),
        card(90, Ledger(), when),
        comment(1, "morgan", "/take", 3),
        comment(2, "morgan", "/contain flag empty-carts off until 2026-11-25", 6),
    )
    return thread(*usual, *items, author=by, when=when)


@cache
def incident(of: Thread, now: Moment = NOW) -> Incident:
    snapshot = Snapshot(instant(now), REPOSITORY, of, CONFIG, access=MAY)
    found = case_of(snapshot).incident
    assert found is not None
    return found


PULL = Pull(
    thread=Thread(41, "Sum an empty cart", BODY, person("alex"), instant(20), PULL_URL, is_pull_request=True),
    state=PullState.OPEN,
    draft=False,
    cross_repository=False,
    head="hotfix/empty-cart",
    head_sha=HEAD,
    head_tree=TREE,
    base="main",
    base_sha=BASE,
    fork_point=BASE,
    mergeable=Mergeable.YES,
    commits=(commit(),),
    commit_count=1,
    files=(changed("shop.py"), changed("tests/test_shop.py", 5, 0)),
    changed_files=2,
    added=6,
    removed=1,
    reviews=(review("jordan"),),
    review_count=1,
    checks=(CHECK,),
    runs=(Run(7, PROOF_WORKFLOW, "pull_request", CheckState.PASSED, instant(26)),),
    deployments=(STAGED,),
)
GOOD = Gathered(
    now=instant(NOW),
    config=CONFIG,
    default_branch="main",
    settings=MergeSettings(squash=True, merge_commit=False, rebase=False, environments=("staging", "production")),
    pull=PULL,
    beside=Beside(
        files={
            f"{BASE}:shop.py": text(OLD),
            f"{HEAD}:shop.py": text(NEW),
            f"{HEAD}:tests/test_shop.py": text("def test_empty_cart(): ...\n"),
        },
        foreign={"develop": 1},
    ),
    incidents={12: incident(incident_thread())},
    pushes=(push("alex", 25),),
    fresh_proof=(7, PROVEN),
)


def with_pull(before: Gathered, **fields: Any) -> Gathered:
    """The same with some fields of the pull request changed; counts follow what they count."""
    for name, count in (("commits", "commit_count"), ("files", "changed_files"), ("reviews", "review_count")):
        if name in fields and count not in fields:
            fields[count] = len(fields[name])
    return replace(before, pull=replace(before.pull, **fields))


def with_thread(before: Gathered, **fields: Any) -> Gathered:
    return with_pull(before, thread=replace(before.pull.thread, **fields))


def with_config(before: Gathered, **fields: Any) -> Gathered:
    return replace(before, config=replace(before.config, **fields))


def with_hotfix(before: Gathered, **fields: Any) -> Gathered:
    return with_config(before, hotfix=replace(before.config.hotfix, **fields))


def with_beside(before: Gathered, **fields: Any) -> Gathered:
    return replace(before, beside=replace(before.beside, **fields))


def with_body(before: Gathered, body: str) -> Gathered:
    return with_thread(before, body=body)


def plus_line(before: Gathered, line: str) -> Gathered:
    return with_body(before, f"{before.pull.thread.body}{line}\n")


def with_rollback(before: Gathered, sentence: str) -> Gathered:
    return with_body(before, f"Incident: #12\nRollback: {sentence}\n")


def with_reviews(before: Gathered, *reviews: Review) -> Gathered:
    return with_pull(before, reviews=reviews)


def with_incident(before: Gathered, of: Thread | None) -> Gathered:
    """Another incident, or an issue that is none, in the place of #12; None: there is no such issue."""
    now = before.now
    return replace(before, incidents={} if of is None else {of.number: incident(of, now)})


def with_severity(before: Gathered, severity: int) -> Gathered:
    return with_incident(before, incident_thread(severity))


def bleeding(before: Gathered, *words: str) -> Gathered:
    """Nothing was contained; people may have said something."""
    known = before.incident
    level = known.severity if known else None
    heard = (comment(5 + n, "morgan", word, 20 + n) for n, word in enumerate(words))
    return with_incident(before, thread(labeled(f"sev-{int(level or 1)}", 0, "sam"), *heard, author="sam"))


def with_file(
    before: Gathered, path: str, old: str | None, new: str | None, counted: tuple[int, int] | None = None
) -> Gathered:
    """One more changed file, counted as GitHub would; `counted` are other numbers of added and removed lines."""
    kind = ChangeKind.ADDED if old is None else ChangeKind.DELETED if new is None else ChangeKind.MODIFIED
    lines = counted or (len((new or "").splitlines()), len((old or "").splitlines()))
    files = {f"{before.pull.fork_point}:{path}": text(old), f"{before.pull.head_sha}:{path}": text(new)}
    after = with_pull(before, files=(*before.pull.files, ChangedFile(path, kind, *lines)))
    return with_beside(after, files={**after.beside.files, **files})


def without_file(before: Gathered, path: str) -> Gathered:
    return with_pull(before, files=tuple(one for one in before.pull.files if one.path != path))


def pushed(before: Gathered, when: Moment, by: str = "alex", sha: str = NEXT_HEAD, **texts: str) -> Gathered:
    """The next look after a push: same files, with other texts by path where given; everything else was kept.

    What was remembered until then is remembered; checks, deployments and the proof are those of the new head.
    """
    memory = decided(before, ()).memory
    old = before.pull.head_sha
    moved = {
        f"{sha}:{expression.partition(':')[2]}": file
        for expression, file in before.beside.files.items()
        if expression.startswith(f"{old}:")
    }
    moved |= {f"{sha}:{path}": text(content) for path, content in texts.items()}
    pushes = (push(by, when, sha), *(before.pushes or ()))
    after = replace(before, memory=memory, pushes=pushes, now=instant(when) + (instant(NOW) - instant(30)))
    after = with_pull(
        after, head_sha=sha, head_tree=sha[::-1], deployments=(replace(STAGED, sha=sha, at=instant(when)),)
    )
    return with_beside(after, files={**before.beside.files, **moved})


def merged(before: Gathered, when: Moment = 70, parents: tuple[str, ...] = (BASE,), by: str = "alex") -> Gathered:
    found = Merged("f" * 40, "Sum an empty cart (#41)", parents, person(by), instant(when))
    return with_pull(before, merged=found, state=PullState.MERGED)


def revert() -> Gathered:
    """A good pure revert: `shop.py` is again what it was before a merged commit."""
    message = f'Revert "Speed up"\n\nThis reverts commit {REVERTED}.\n'
    after = with_pull(GOOD, commits=(commit(message=message),), files=(changed("shop.py"),))
    files = {
        f"{BASE}:shop.py": text(NEW),
        f"{HEAD}:shop.py": text(OLD),
        f"{REVERTED}:shop.py": text(NEW),
        f"{REVERTED}~1:shop.py": text(OLD),
    }
    told = {"changed": {REVERTED: 1}, "messages": {REVERTED: "Speed up (#40)"}, "landed": frozenset({REVERTED})}
    after = with_beside(after, files=files, **told)
    return replace(after, fresh_proof=None, pull=replace(after.pull, runs=()))


def flag_flip() -> Gathered:
    """A good flag flip: one value in a configured flag file."""
    after = with_hotfix(with_pull(GOOD, files=(changed("config/flags.yml"),), runs=()), flags=("config/flags.yml",))
    files = {
        f"{BASE}:config/flags.yml": text("empty_carts: true\n"),
        f"{HEAD}:config/flags.yml": text("empty_carts: false\n"),
    }
    return replace(with_beside(after, files=files), fresh_proof=None)


KINDS: dict[str, Callable[[], Gathered]] = {"hotfix": lambda: GOOD, "revert": revert, "flag flip": flag_flip}
"""A good pull request of each class."""

SEVERITIES = (1, 2, 3, 4)


def facts(of: Gathered) -> Facts:
    return facts_of(of)


def decision(of: Gathered, *waivers: Waiver) -> Decision:
    return decide(facts_of(of), waivers)


def state(of: Gathered, *waivers: Waiver) -> State:
    return decision(of, *waivers).state


def row(of: Gathered, code: str, *waivers: Waiver) -> Row:
    return next(one for one in decision(of, *waivers).rows if one.code == code)


def verdict(of: Gathered, code: str) -> str:
    """`pass/told`: what a rule answers, and why."""
    found = next(rule for rule in RULES if rule.code == code).judge(facts_of(of))
    return f"{found.verdict}/{found.why}"


def waiver(rule: str, by: str = "morgan", sha: str = HEAD) -> Waiver:
    return Waiver(rule, by, "it cannot be any smaller", instant(50), sha)


def said(of: Gathered, *comments: Comment, access: dict[str, Access] | None = None) -> tuple[Record, ...]:
    """What becomes of the commands in these comments on the pull request."""
    conversation = replace(of.pull.thread, items=comments)
    asked = Snapshot(of.now, REPOSITORY, conversation, of.config, access=MAY if access is None else access)
    return judged(asked, Ledger(gate=of.memory), of)


def pull_case(of: Gathered, records: Iterable[Record] = ()) -> PullCase:
    return decided(of, tuple(records))


def as_case(of: Gathered, records: Iterable[Record] = (), ledger: Ledger | None = None) -> Case:
    """What a practice is given."""
    snapshot = Snapshot(of.now, REPOSITORY, of.pull.thread, of.config, access=MAY)
    return Case(snapshot, ledger or Ledger(), pull=pull_case(of, records))
