"""The views of what `stanch init` says: on the terminal and in its pull requests."""

from dataclasses import replace

from stanch import __version__
from stanch.app.init_told import view_of
from stanch.app.init_work import Standing, Work
from stanch.core.setup.choices import Choices
from stanch.core.setup.found import Found, Policy, Rules, Workflow
from stanch.core.setup.manifest import MANIFEST, Manifest, digest
from stanch.core.setup.pin import PINNED
from stanch.core.setup.upgrade import Upgrade, removal, upgrade
from stanch.core.wanted import Text

SWEEP, WATCH, GATE = (f".github/workflows/stanch-{name}.yml" for name in ("sweep", "watch", "hotfix"))
CONFIG, PAGE, FORM = ".github/stanch.yml", "runbooks/roles.md", ".github/ISSUE_TEMPLATE/incident.yml"
WANTED = dict.fromkeys((CONFIG, SWEEP, WATCH, GATE, FORM, PAGE), "new\n")
COMING = Manifest(__version__)
PULLS = frozenset({"pull_request"})

SHOP = Found(
    "harbour/shop", "main", True, labels=("bug", "P0-critical", "blocker"), owners=("alex",),
    suites=("pytest", "vitest"),
    workflows=(Workflow("ci.yml", "Build & test", PULLS), Workflow("deploy.yml", "deploy", frozenset({"push"}))),
    environments=("prod", "stage"), policy=Policy.SELECTED, rules=Rules.REVIEWED, files={FORM: "mine\n"},
)  # fmt: skip
"""A private repository with much to say about it."""

DECIDED = Choices(("alex", "jordan"), "Europe/Berlin", (), {"sev-1": ("P0-critical", "blocker")})


def brought(found: Found, choices: Choices = DECIDED) -> Work:
    return Work(
        "init", Standing(found, None, broken=False), choices, PINNED, upgrade(found.files, None, WANTED, COMING)
    )


def renewed(files: dict[str, str], *, known: bool = True) -> Work:
    """An upgrade of what 0.0.9 wrote, as far as it is known."""
    before = Manifest("0.0.9", DECIDED, files={path: digest("old\n") for path in WANTED}) if known else None
    found = replace(SHOP, files=files)
    done = upgrade(files, before, WANTED, COMING)
    return Work("upgrade", Standing(found, before, broken=not known), DECIDED, PINNED, done)


def taken_out(files: dict[str, str]) -> Work:
    before = Manifest(__version__, DECIDED, files={path: digest("new\n") for path in WANTED})
    done: Upgrade = removal(files, before)
    return Work("remove", Standing(replace(SHOP, files=files), before, broken=False), DECIDED, PINNED, done)


EDITED = {**dict.fromkeys(WANTED, "old\n"), SWEEP: "mine ``` @alex\n", FORM: "mine\n", MANIFEST: "{}\n"}
del EDITED[GATE]

BODIES = {
    "setup/pull_init": Text("setup/pull_init", view_of(brought(SHOP))),
    "setup/pull_init-little_known": Text("setup/pull_init", view_of(brought(Found("a/b", "trunk", False), Choices()))),
    "setup/pull_upgrade": Text("setup/pull_upgrade", view_of(renewed(EDITED))),
    "setup/pull_upgrade-unknown": Text("setup/pull_upgrade", view_of(renewed({SWEEP: "mine\n"}, known=False))),
    "setup/pull_remove": Text("setup/pull_remove", view_of(taken_out({**WANTED, CONFIG: "mine\n"}))),
    "setup/pull_remove-all": Text("setup/pull_remove", view_of(taken_out({SWEEP: "new\n", PAGE: "new\n"}))),
}
TITLES = {
    f"setup/pull_title-{kind}": Text("setup/pull_title", {"kind": kind, "version": "0.1.0"})
    for kind in ("init", "upgrade", "remove")
}
NOTES = (
    "policy_unknown", "visibility", "nobody", "owners", "zone", "clients", "labels", "listen", "proof", "production",
    "rules", "rules_no_plan", "rules_unknown",
)  # fmt: skip
END = {
    "kind": "init",
    "number": 12,
    "url": "https://github.com/a/b/pull/12",
    "missing": [],
    "pin": "o/r@sha",
    "branch": "main",
    "production": "main",
}
ENDS = {
    "opened": {"how": "opened"},
    "updated": {"how": "updated"},
    "there": {"how": "there"},
    "theirs": {"how": "theirs"},
    "nothing": {"how": "nothing"},
    "dry": {"how": "dry", "missing": [{"kind": "policy", "names": ["local"]}]},
    "written": {"how": "written", "missing": [{"kind": kind, "names": ["P0", "feuer"]} for kind in NOTES]},
    "taken": {"how": "written", "kind": "remove"},
    "gone": {"how": "nothing", "kind": "remove"},
}
LINES = {
    "people": "", "zone": "", "clients": "", "labels": "P0-critical (sev-1)", "no_login": "the team!",
    "no_zone": "Berlin",
    "silent": "", "reading": "a/b", "writing": "a/b", "add": SWEEP, "replace": SWEEP, "remove": SWEEP, "keep": SWEEP,
    "offer": SWEEP, "theirs": SWEEP, "gone": SWEEP, "runbooks": "",
}  # fmt: skip
SETUP = (
    BODIES
    | TITLES
    | {f"summary/init_end-{name}": Text("summary/init_end", {**END, **view}) for name, view in ENDS.items()}
    | {
        f"summary/init_line-{kind}": Text("summary/init_line", {"kind": kind, "text": text, "count": 24})
        for kind, text in LINES.items()
    }
    | {
        f"summary/init_head-{kind}": Text(
            "summary/init_head", {"kind": kind, "version": "0.1.0", "name": name, "broken": kind == "upgrade"}
        )
        for kind, name in (("init", ""), ("upgrade", "harbour/shop"), ("remove", "harbour/shop"))
    }
)
