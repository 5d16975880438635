"""One set-up for everything that a check can find, each with one thing wrong."""

from dataclasses import replace
from datetime import timedelta

from tests.inspections import (
    HOTFIX,
    INCIDENTS,
    NOW,
    OLD,
    PROVE,
    RUNS,
    SHA,
    SWEEP,
    TEXTS,
    WATCH,
    configured,
    healthy,
    workflow,
)

from stanch.adapters.config_file import read_either
from stanch.adapters.workflow_file import read_workflow
from stanch.core.access import Access
from stanch.core.doctor.inspection import (
    ActionsPolicy,
    Books,
    BranchRules,
    Inspection,
    LabelSeen,
    Listed,
    People,
    Person,
    Release,
    RunSeen,
    Unknown,
    Why,
)
from stanch.core.labels import TABLE

ACTION = f"stanch-io/stanch@{SHA}"
HOME = healthy().home
RULES = BranchRules(1, last_push=True, stale=True, merges=frozenset({"squash"}), statuses={"stanch/hotfix": 15368})
PEOPLE = {login: Person(access) for login, access in (("alex", Access.MAINTAIN), ("jordan", Access.WRITE))}
SECRETS = "          STANCH_PAGERDUTY_KEY: ${{ secrets.STANCH_PAGERDUTY_KEY }}\n"
LABELLED = tuple(LabelSeen(one.name, one.color, one.description) for one in TABLE)


def people(**more: Person) -> People:
    """Two who may write, and others."""
    return People({**PEOPLE, **more})


def listed(path: str, state: str) -> tuple[Listed, ...]:
    """The workflows as GitHub lists them, one of them in another state."""
    return tuple(Listed(n, one, state if one == path else "active", NOW) for n, one in enumerate(TEXTS))


def ended(conclusion: str) -> tuple[RunSeen, ...]:
    return tuple(replace(run, conclusion=conclusion) for run in RUNS[:5])


def every(hours: int, count: int = 10) -> tuple[RunSeen, ...]:
    """Scheduled runs that came so many hours apart."""
    return tuple(RunSeen("schedule", NOW - timedelta(hours=hours * n), "completed", "success") for n in range(count))


def without(*names: str) -> tuple[LabelSeen, ...]:
    return tuple(one for one in LABELLED if one.name not in names)


ROTA = """
people: [alex, jordan]
oncall: {layers: {primary: {people: [alex, jordan], starts: 2026-12-07}}}
"""

CASES: dict[str, tuple[Inspection, list[str]]] = {
    "archived": (healthy(home=replace(HOME, archived=True)), ["D001 archived"]),
    "no issues": (healthy(home=replace(HOME, has_issues=False)), ["D002 off"]),
    "no Actions": (healthy(policy=ActionsPolicy(enabled=False)), ["D003 off"]),
    "local actions only": (healthy(policy=ActionsPolicy(allowed="local_only")), ["D004 forbidden"] * 4),
    "selected actions, not ours": (healthy(policy=ActionsPolicy(allowed="selected")), ["D004 forbidden"]),
    "ours is shut out": (
        healthy(policy=ActionsPolicy(allowed="selected", patterns=("stanch-io/*", "!stanch-io/stanch@*"))),
        ["D004 forbidden"],
    ),
    "commits wanted": (
        healthy(workflow(WATCH, (SHA, "v1")), policy=ActionsPolicy(pins_required=True)),
        ["D004 unpinned", "D013 loose"],
    ),
    "runs do not start": (healthy(recent=ended("startup_failure")), ["D005 shut"]),
    "sweeps end red": (healthy(sweeps=ended("failure")), ["D005 red"]),
    "no incidents": (healthy(without=INCIDENTS), ["D006 missing"]),
    "no sweep": (healthy(without=SWEEP), ["D006 missing"]),
    "no watch": (healthy(without=WATCH), ["D006 missing"]),
    "a gate without a proof": (healthy(without=PROVE), ["D006 alone"]),
    "no job": (healthy(read_workflow(SWEEP, "on: push\njobs: {}\n")), ["D007 unreadable"]),
    "not YAML": (healthy(read_workflow(SWEEP, "on: [push\njobs:\n")), ["D007 unreadable"]),
    "does something else": (healthy(workflow(SWEEP, ("command: sweep", "command: gate"))), ["D007 idle"]),
    "deaf to comments": (healthy(workflow(INCIDENTS, ("  issue_comment:", "  issue_comments:"))), ["D008 deaf"]),
    "deaf to labels": (healthy(workflow(INCIDENTS, ("labeled, unlabeled, ", ""))), ["D008 types"]),
    "another branch": (healthy(home=replace(HOME, default_branch="trunk")), ["D008 branch"]),
    "deaf to the proof": (healthy(workflow(HOTFIX, ("[stanch-prove, ", "["))), ["D008 proof"]),
    "every event": (healthy(workflow(HOTFIX, ("    if: >-", "    name2: >-"))), ["D009 none"]),
    "never runs": (
        healthy(workflow(SWEEP, ("    runs-on: ubuntu-slim", "    if: ${{ false }}\n    runs-on: ubuntu-slim"))),
        ["D009 never"],
    ),
    "deaf to a severity": (healthy(workflow(INCIDENTS, ("'sev'", "'bad'"))), ["D009 deaf"]),
    "a prefix of their own": (
        healthy(**configured("people: [alex]\nclients: none\nhotfix: {branch-prefix: fix/}\n")),
        ["D009 prefix", "D009 prefix"],
    ),
    "no queue": (healthy(workflow(SWEEP, ("    concurrency:", "    env:"))), ["D010 none"]),
    "cancels": (
        healthy(workflow(SWEEP, ("cancel-in-progress: false", "cancel-in-progress: true"))),
        ["D010 cancels"],
    ),
    "one queue": (
        healthy(workflow(INCIDENTS, ("group: stanch-${{ github.event.issue.number }}", "group: stanch"))),
        ["D010 group"],
    ),
    "no permissions named": (
        healthy(
            workflow(
                PROVE, ("permissions: {}\n", ""), ("    permissions:\n      contents: read", "    env:\n      A: b")
            )
        ),
        ["D011 unsaid", "D012 open"],
    ),
    "cannot start a watcher": (
        healthy(workflow(INCIDENTS, ("      actions: write #", "      actions: read #"))),
        ["D011 lacks"],
    ),
    "cannot read checks": (healthy(workflow(SWEEP, ("      checks: read #", "      #"))), ["D011 lacks"]),
    "top level open": (healthy(workflow(SWEEP, ("permissions: {}\n", "permissions: write-all\n"))), ["D012 open"]),
    "no top level": (healthy(workflow(WATCH, ("permissions: {}\n", ""))), ["D012 open"]),
    "may push": (healthy(workflow(SWEEP, ("      contents: read", "      contents: write"))), ["D012 more"]),
    "a tag": (
        healthy(workflow(PROVE, ("actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1", "actions/checkout@v7"))),
        ["D013 loose"],
    ),
    "two versions": (healthy(workflow(SWEEP, (f"{SHA} # v0.1.0", f"{OLD} # v0.0.9"))), ["D014 mixed"]),
    "a newer one is out": (healthy(release=Release("v0.2.0", OLD)), ["D014 old"]),
    "the tag was moved": (healthy(release=Release("v0.1.0", OLD)), ["D014 moved"]),
    "quiet for 60 days": (healthy(listed=listed(SWEEP, "disabled_inactivity")), ["D015 inactive"]),
    "switched off": (healthy(listed=listed(INCIDENTS, "disabled_manually")), ["D015 off"]),
    "a fork": (healthy(listed=listed(SWEEP, "disabled_fork")), ["D015 fork"]),
    "no such day": (healthy(workflow(SWEEP, ("37 * * * *", "37 * 30 2 *"))), ["D016 no-cron"]),
    "no such schedule": (healthy(workflow(SWEEP, ("37 * * * *", "hourly"))), ["D016 no-cron"]),
    "never swept": (healthy(sweeps=()), ["D016 never"]),
    "stopped": (healthy(sweeps=tuple(replace(run, at=run.at - timedelta(days=3)) for run in RUNS)), ["D016 stopped"]),
    "hours late": (healthy(sweeps=every(3)), ["D016 late"]),
    "nobody watches": (healthy(burning=(12,), watches=RUNS[:2]), ["D017 nobody"]),
    "no label": (healthy(labels=without("sev-1", "client-report")), ["D018 missing"]),
    "another spelling": (
        healthy(labels=(*without("sev-1"), LabelSeen("SEV 1", "b60205", "Down"))),
        ["D018 spelt"],
    ),
    "a bare label": (healthy(labels=(*without("drill"), LabelSeen("drill", "ededed", ""))), ["D018 bare"]),
    "a typing mistake": (healthy(**configured("people: [alex]\npeeple: [alex]\n")), ["D019 wrong"]),
    "a newer word": (
        healthy(**configured("people: [alex]\nweather: {}\n"), installed="0.2.0"),
        ["D019 wrong", "D030 newer"],
    ),
    "many mistakes": (
        healthy(**configured("people: [alex]\n" + "".join(f"x{n}: 1\n" for n in range(12)))),
        [*["D019 wrong"] * 10, "D019 more"],
    ),
    "two configurations": (healthy(loaded=read_either("people: [alex]\nclients: none\n", "")), ["D019 both"]),
    "nobody yet": (healthy(**configured(ROTA)), ["D020 gap"]),
    "a remark": (healthy(remarks=(".github/stanch.yml:3:1: alex is never off",)), ["D021 remark"]),
    "left": (healthy(people=people(morgan=Person(Access.NONE, assignable=False, there=False))), ["D022 gone"]),
    "may only read": (healthy(people=people(morgan=Person(Access.READ))), ["D022 may-not"]),
    "not assignable": (
        healthy(people=people(morgan=Person(Access.WRITE, assignable=False))),
        ["D022 unassignable"],
    ),
    "a colleague": (healthy(**configured("people: [alex]\nclients: [alex, jordan]\n")), ["D023 colleague"] * 2),
    "a client who left": (
        healthy(
            **configured("people: [alex]\nclients: [ada]\n"),
            people=people(ada=Person(Access.NONE, assignable=False, there=False)),
        ),
        ["D023 gone"],
    ),
    "nobody to call": (healthy(**configured("clients: none\n")), ["D024 nobody"]),
    "nobody to call in a file with a mistake": (
        healthy(**configured("people: [alex\nclients: none\n")),
        ["D019 wrong", "D024 unread"],
    ),
    "no rulesets to be had": (healthy(rules=Unknown("the rules of main", Why.PLAN)), ["D025 plan"]),
    "a branch that is not there": (healthy(rules=BranchRules(there=False)), ["D025 gone"]),
    "no pull request": (healthy(rules=replace(RULES, approvals=None)), ["D025 pull-request"]),
    "no approval": (healthy(rules=replace(RULES, approvals=0)), ["D025 approvals"]),
    "one's own push": (healthy(rules=replace(RULES, last_push=False)), ["D025 last-push"]),
    "stale": (healthy(rules=replace(RULES, stale=False)), ["D025 stale"]),
    "merge commits": (
        healthy(rules=replace(RULES, merges=None), home=replace(HOME, merges=frozenset({"squash", "merge"}))),
        ["D025 squash"],
    ),
    "not required": (healthy(rules=replace(RULES, statuses={}, asleep=("stanch",))), ["D025 status"]),
    "by anybody": (healthy(rules=replace(RULES, statuses={"stanch/hotfix": None})), ["D025 source"]),
    "cannot be squashed": (healthy(home=replace(HOME, merges=frozenset({"merge"}))), ["D026 off"]),
    "no token": (
        healthy(**configured("people: [alex]\nclients: none\nnotices: {slack: {channel: C0123456789}}\n")),
        ["D027 missing"],
    ),
    "no key": (
        healthy(**configured("people: [alex]\nclients: none\nnotices: {pagerduty: {region: eu}}\n")),
        ["D027 missing"],
    ),
    "unsigned": (healthy(secrets=frozenset({"STANCH_WEBHOOK_URL"})), ["D027 unsigned"]),
    "no channel": (healthy(secrets=frozenset({"STANCH_SLACK_TOKEN"})), ["D027 channel"]),
    "another name": (healthy(secrets=frozenset({"STANCH_PAGERDUTY_KEYS"})), ["D028 unknown-name"]),
    "not handed over": (
        healthy(workflow(WATCH, (SECRETS, "")), secrets=frozenset({"STANCH_PAGERDUTY_KEY"})),
        ["D028 unhanded"],
    ),
    "an unheard label": (
        healthy(**configured("people: [alex]\nclients: none\nlabels: {sev-1: [Notfall]}\n")),
        ["D029 deaf"],
    ),
    "newer files": (healthy(installed="0.2.0"), ["D030 newer"]),
    "older files": (healthy(installed="0.0.9"), ["D030 older"]),
    "a runbook's finding": (healthy(books=Books({"runbooks/disk.md": 3, "runbooks": 1})), ["D031 lint"]),
    "a stale runbook": (healthy(books=Books(stale=("runbooks/disk.md",))), ["D031 stale"]),
}
"""By what is wrong: the set-up, and what has to be found, in order."""
