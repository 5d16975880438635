"""A repository in which nothing is wrong, on the embedded GitHub, and the ways in which one thing can be."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from stanch import __version__
from stanch.core.labels import TABLE
from stanch.core.severity import Severity
from stanch.sandbox.records import Label, Run
from stanch.sandbox.repository import Repository
from stanch.sandbox.settings import Release, Rule, Ruleset
from tests.app.rig import REPOSITORY, ROLES, Mood, Ran
from tests.inspections import HOTFIX, INCIDENTS, OLD, PROVE, SHA, SWEEP, TEXTS, WATCH

MONDAY = "2026-11-23T09:30:00Z"
HOUR = 3600
ACTION = "stanch-io/stanch"
CONFIG_PATH, MANIFEST = ".github/stanch.yml", ".github/stanch/installed.json"
CONFIG = "people: [alex, jordan, morgan]\nclients: none\n"

Files = dict[str, str]
Settings = Callable[[Mood, Repository], object]


def healthy_files() -> Files:
    return {**TEXTS, CONFIG_PATH: CONFIG, MANIFEST: json.dumps({"version": __version__})}


def pull_rule(**changes: object) -> Rule:
    told: dict[str, object] = {
        "required_approving_review_count": 1,
        "dismiss_stale_reviews_on_push": True,
        "require_code_owner_review": False,
        "require_last_push_approval": True,
        "required_review_thread_resolution": False,
        "allowed_merge_methods": ["squash"],
    }
    return Rule("pull_request", told | changes)


def status_rule(**check: object) -> Rule:
    checks = [{"context": "stanch/hotfix", "integration_id": 15368} | check]
    return Rule(
        "required_status_checks",
        {"required_status_checks": checks, "strict_required_status_checks_policy": False},
    )


def ruled(world: Mood, repo: Repository, *rules: Rule) -> None:
    """The one ruleset of the repository."""
    repo.rulesets = {1: Ruleset(1, "production", world.clock.now, rules)}


def ran(world: Mood, repo: Repository, path: str, hours: float, conclusion: str = "success") -> None:
    """A run of a workflow so many hours ago, by its schedule."""
    at = int(world.clock.now - hours * HOUR)
    run = Run(world.new_id(), repo.head, "main", path, "schedule", "alex", at, at, "completed")
    repo.runs[run.id] = replace(run, conclusion=conclusion)


def swept(world: Mood, repo: Repository, every: float = 1, conclusion: str = "success") -> None:
    """Scheduled sweeps so many hours apart, the last one a little while ago, instead of what there was."""
    repo.runs = {id_: run for id_, run in repo.runs.items() if run.path != SWEEP}
    for nth in range(9, -1, -1):
        ran(world, repo, SWEEP, 0.5 + nth * every, conclusion)


def found(ran: Ran) -> list[str]:
    """What `doctor --json` found, each kind once, in order."""
    checks = json.loads(ran.out)["checks"]
    return list(dict.fromkeys(f"{one['code']} {finding['why']}" for one in checks for finding in one["findings"]))


def clinic(files: Files | None = None) -> Mood:
    """The healthy repository; its files may be others."""
    world = Mood(MONDAY)
    world.clock.now -= 30 * 24 * HOUR
    repo = world.add_repository(REPOSITORY, files=healthy_files() if files is None else files)
    action = world.add_repository(ACTION, files={"action.yml": "name: stanch\n"})
    world.clock.now += 30 * 24 * HOUR
    for login, role in ROLES.items():
        world.add_person(login, role)
    for label in TABLE:
        repo.labels[label.name] = Label(label.name, world.new_id(), label.color, label.description)
    ruled(world, repo, pull_rule(), status_rule())
    action.releases[1] = Release(1, "v0.1.0", "alex", world.clock.now)
    action.tags["v0.1.0"] = SHA
    swept(world, repo)
    return world


@dataclass(frozen=True)
class Fault:
    """One thing wrong: other files, other settings, or both. `finds` is what the doctor says of it, each once.

    `mends`: `--fix` makes it well.
    """

    finds: tuple[str, ...]
    files: Callable[[Files], Mapping[str, str | None]] = field(default=lambda _: {})
    settings: Settings = field(default=lambda _world, _repo: None)
    mends: bool = False

    def world(self) -> Mood:
        """The healthy repository with this one thing wrong."""
        files = healthy_files()
        for path, text in self.files(dict(files)).items():
            if text is None:
                del files[path]
            else:
                files[path] = text
        world = clinic(files)
        self.settings(world, world.repository())
        return world


def edited(path: str, old: str, new: str) -> Callable[[Files], Files]:
    """One file with a piece of its text replaced, which has to be there."""

    def edit(files: Files) -> Files:
        assert old in files[path], old
        return {path: files[path].replace(old, new)}

    return edit


def written(path: str, text: str) -> Callable[[Files], Files]:
    return lambda _: {path: text}


def gone(path: str) -> Callable[[Files], Mapping[str, None]]:
    return lambda _: {path: None}


def settings(**changes: object) -> Settings:
    def change(_: Mood, repo: Repository) -> None:
        repo.settings = replace(repo.settings, **changes)  # type: ignore[arg-type] # settings by name

    return change


def actions(**changes: object) -> Settings:
    def change(_: Mood, repo: Repository) -> None:
        repo.settings = replace(repo.settings, actions=replace(repo.settings.actions, **changes))  # type: ignore[arg-type] # as above

    return change


def rules(*found: Rule) -> Settings:
    return lambda world, repo: ruled(world, repo, *found)


def state(path: str, to: str) -> Settings:
    return lambda _, repo: repo.workflow_states.update({path: to})


def secret(*names: str) -> Settings:
    return lambda world, repo: repo.secrets.update(dict.fromkeys(names, world.clock.now))


def without_labels(*names: str) -> Settings:
    return lambda _, repo: [repo.labels.pop(name) for name in names]


def bare_label(_: Mood, repo: Repository) -> None:
    repo.labels["drill"] = replace(repo.labels["drill"], color="ededed", description=None)


def spelt_otherwise(_: Mood, repo: Repository) -> None:
    label = repo.labels.pop("sev-1")
    repo.labels["sev 1"] = replace(label, name="SEV 1")


def burning(world: Mood, repo: Repository) -> None:
    """A SEV-1 that was declared just now."""
    assert repo.full_name == REPOSITORY
    world.person("alex").opens("Checkout is down", "Every payment fails.", labels=[Severity.SEV_1.label])


def role(login: str, to: str) -> Settings:
    return lambda _, repo: repo.roles.update({login: to})


def left(login: str) -> Settings:
    def leave(world: Mood, repo: Repository) -> None:
        repo.roles.pop(login, None)
        world.remove_account(login)

    return leave


def newer_release(tag: str, sha: str) -> Settings:
    def publish(world: Mood, _: Repository) -> None:
        action = world.repository(ACTION)
        action.releases[2] = Release(2, tag, "alex", world.clock.now + 1)
        action.tags[tag] = sha

    return publish


def private_without_a_plan(_: Mood, repo: Repository) -> None:
    repo.private = True
    repo.settings = replace(repo.settings, plan="free")


def merging(**ways: bool) -> Settings:
    def change(_: Mood, repo: Repository) -> None:
        repo.merging = replace(repo.merging, **ways)  # type: ignore[arg-type] # ways of merging by name

    return change


def ended(path: str, conclusion: str) -> Settings:
    def end(world: Mood, repo: Repository) -> None:
        for hours in (3, 2, 1):
            ran(world, repo, path, hours, conclusion)

    return end


ROTA = "oncall: {layers: {primary: {people: [alex, jordan], starts: 2026-12-07}}}\n"

FAULTS: dict[str, Fault] = {
    "archived": Fault(("D001 archived",), settings=settings(archived=True)),
    "no issues": Fault(("D002 off",), settings=settings(has_issues=False)),
    "Actions are off": Fault(("D003 off",), settings=actions(enabled=False)),
    "selected actions, not ours": Fault(("D004 forbidden",), settings=actions(allowed="selected")),
    "local actions only": Fault(("D004 forbidden",), settings=actions(allowed="local_only")),
    "commits wanted, a tag named": Fault(
        ("D004 unpinned", "D013 loose"),
        edited(PROVE, "checkout@3d3c42e5aac5ba805825da76410c181273ba90b1", "checkout@v7"),
        actions(pins_required=True),
    ),
    "runs that do not start": Fault(("D005 shut",), settings=ended(INCIDENTS, "startup_failure")),
    "the sweep's file is gone": Fault(("D006 missing",), gone(SWEEP)),
    "a proof without its gate": Fault(("D006 alone",), gone(HOTFIX)),
    "a file that is no YAML": Fault(("D007 unreadable",), written(WATCH, "on: [workflow_dispatch\n")),
    "a file that does something else": Fault(("D007 idle",), edited(SWEEP, "command: sweep", "command: gate")),
    "deaf to a label that is taken off": Fault(("D008 types",), edited(INCIDENTS, "labeled, unlabeled", "labeled")),
    "deaf to production's branch": Fault(
        ("D008 branch",),
        written(CONFIG_PATH, CONFIG + "hotfix: {production-branch: production}\n"),
        lambda world, repo: repo.rulesets.update({1: replace(repo.rulesets[1], include=("~ALL",))}),
    ),
    "a condition that was emptied": Fault(("D009 none",), edited(HOTFIX, "    if: >-", "    description: >-")),
    "deaf to a severity": Fault(("D009 deaf",), edited(INCIDENTS, "'sev'", "'bad'")),
    "a look that is cut off": Fault(
        ("D010 cancels",), edited(SWEEP, "cancel-in-progress: false", "cancel-in-progress: true")
    ),
    "a permission that is missing": Fault(("D011 lacks",), edited(SWEEP, "issues: write", "issues: read")),
    "a permission too many": Fault(("D012 more",), edited(INCIDENTS, "contents: read", "contents: write")),
    "no permissions at the top": Fault(("D012 open",), edited(WATCH, "permissions: {}\n", "")),
    "a tag instead of a commit": Fault(("D013 loose",), edited(PROVE, f"{SHA} # v0.1.0", "v0.1.0")),
    "two versions": Fault(("D014 mixed",), edited(SWEEP, f"{SHA} # v0.1.0", f"{OLD} # v0.0.9")),
    "a newer version": Fault(("D014 old",), settings=newer_release("v0.2.0", OLD)),
    "a tag that was moved": Fault(("D014 moved",), settings=newer_release("v0.1.0", OLD)),
    "switched off for want of activity": Fault(
        ("D015 inactive",), settings=state(SWEEP, "disabled_inactivity"), mends=True
    ),
    "switched off by hand": Fault(("D015 off",), settings=state(INCIDENTS, "disabled_manually")),
    "a sweep that never came": Fault(("D016 never",), settings=lambda _, repo: repo.runs.clear()),
    "a schedule hours late": Fault(("D016 late",), settings=lambda world, repo: swept(world, repo, 4)),
    "a schedule that stopped": Fault(
        ("D016 stopped",), settings=lambda world, repo: (repo.runs.clear(), ran(world, repo, SWEEP, 50))
    ),
    "what burns unwatched": Fault(("D017 nobody",), settings=burning),
    "labels that are missing": Fault(("D018 missing",), settings=without_labels("sev-1", "overdue"), mends=True),
    "a label in another spelling": Fault(("D018 spelt",), settings=spelt_otherwise),
    "a bare label": Fault(("D018 bare",), settings=bare_label, mends=True),
    "a typing mistake": Fault(("D019 wrong",), written(CONFIG_PATH, CONFIG + "peeple: [sam]\n")),
    "two configurations": Fault(("D019 both",), written(".github/stanch.yaml", CONFIG)),
    "nobody on call yet": Fault(("D020 gap",), written(CONFIG_PATH, CONFIG + ROTA)),
    "nobody is ever off": Fault(
        ("D021 remark",), written(CONFIG_PATH, CONFIG + "oncall: {people: [alex, jordan], period: 1 week}\n")
    ),
    "somebody left": Fault(("D022 gone",), settings=left("morgan")),
    "somebody may only read": Fault(("D022 may-not",), settings=role("morgan", "read")),
    "a colleague as a client": Fault(
        ("D023 colleague",), written(CONFIG_PATH, "people: [alex, jordan, morgan]\nclients: [alex]\n")
    ),
    "nobody to call": Fault(("D024 nobody",), written(CONFIG_PATH, "clients: none\n")),
    "no rules at all": Fault(("D025 pull-request", "D025 squash", "D025 status"), settings=rules(), mends=True),
    "no approval": Fault(
        ("D025 approvals",),
        settings=rules(pull_rule(required_approving_review_count=0), status_rule()),
        mends=True,
    ),
    "stale approvals": Fault(
        ("D025 stale",), settings=rules(pull_rule(dismiss_stale_reviews_on_push=False), status_rule()), mends=True
    ),
    "one's own last push": Fault(
        ("D025 last-push",), settings=rules(pull_rule(require_last_push_approval=False), status_rule()), mends=True
    ),
    "merge commits": Fault(
        ("D025 squash",),
        settings=rules(pull_rule(allowed_merge_methods=["merge", "squash"]), status_rule()),
        mends=True,
    ),
    "the gate is not required": Fault(("D025 status",), settings=rules(pull_rule()), mends=True),
    "anybody may set the status": Fault(
        ("D025 source",), settings=rules(pull_rule(), status_rule(integration_id=None)), mends=True
    ),
    "a plan without rulesets": Fault(("D025 plan",), settings=private_without_a_plan),
    "no squashing": Fault(("D026 off",), settings=merging(squash=False)),
    "a notice without its secret": Fault(
        ("D027 missing",), written(CONFIG_PATH, CONFIG + "notices: {slack: {channel: C0123456789}}\n")
    ),
    "a webhook without its signature": Fault(("D027 unsigned",), settings=secret("STANCH_WEBHOOK_URL")),
    "a secret under another name": Fault(("D028 unknown-name",), settings=secret("STANCH_PAGERDUTY_KEYS")),
    "a secret that is not handed over": Fault(
        ("D028 unhanded",),
        edited(SWEEP, "          STANCH_PAGERDUTY_KEY: ${{ secrets.STANCH_PAGERDUTY_KEY }}\n", ""),
        secret("STANCH_PAGERDUTY_KEY"),
    ),
    "a label that starts no run": Fault(("D029 deaf",), written(CONFIG_PATH, CONFIG + "labels: {sev-1: [Notfall]}\n")),
    "a runbook with blanks": Fault(("D031 lint",), written("runbooks/disk.md", "---\nservices: []\n---\n# Disk\n")),
    "files of a newer version": Fault(("D030 newer",), written(MANIFEST, '{"version": "9.9.9"}')),
}
"""One thing wrong each; what settings of the embedded GitHub cannot show stands in the tests of the values."""
