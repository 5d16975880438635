"""One view for every template, by the name of the golden file that shows it (`comments/card`).

A template that reads differently in different cases has a view for each: `comments/card-resolved`. Views
come from the practices, which look at small threads; only the texts of the app are filled in by hand.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import chain

from tests.golden.action_views import ACTIONS
from tests.golden.client_views import CLIENTS
from tests.golden.following_views import FOLLOWING
from tests.golden.gate_views import GATE
from tests.golden.handover_views import HANDOVERS
from tests.golden.lint_views import LINT
from tests.golden.notices_views import NOTICES
from tests.golden.oncall_views import ONCALL
from tests.golden.owed_views import OWED
from tests.golden.proof_views import PROOFS
from tests.golden.setup_views import SETUP
from tests.golden.watch_views import WATCH_VIEWS
from tests.values import (
    BOT,
    REPOSITORY,
    SHA,
    START,
    TEAM,
    assigned,
    card,
    closed,
    comment,
    deployment,
    ended_run,
    form,
    incident_thread,
    labeled,
    merge,
    merged,
    pull_request,
    reopened,
    snapshot,
    thread,
    unlabeled,
    waived,
)

from stanch.core.case import case_of
from stanch.core.client_story import client_story
from stanch.core.clock import Calendar
from stanch.core.config import CONFIG_PATH, DEFAULTS, Config, Service
from stanch.core.config_postmortem import Layout, PostmortemRules
from stanch.core.ledger import Ledger
from stanch.core.rota import Layer, Rota
from stanch.core.runs import End, Runs
from stanch.core.snapshot import Snapshot
from stanch.core.thread import CloseReason, Deployment, Item, Repository, Thread
from stanch.core.wanted import ChildIssue, LongForm, Notice, Text
from stanch.practices import PRACTICES
from stanch.practices.postmortem import postmortem

CONFIG = replace(
    TEAM,
    calendar=Calendar("Europe/Berlin"),
    clients=("kim",),
    services={
        "checkout": Service(("https://grafana.example.com/d/checkout",), "deploy the previous tag", "morgan"),
    },
)
CHANGED = replace(
    REPOSITORY,
    deployments=(deployment("2", -20, "7f3c2a1b"), deployment("1", -900, "c0ffee12")),
    merges=(merge(11, -60),),
    has_watcher=True,
)
NIGHT = incident_thread(body=form(broken="Paying ends in an error page.\nSince about two."))
ACTED: tuple[Item, ...] = (
    labeled("sev-1", 0),
    comment(1, "jordan", "/take", 3),
    comment(2, "jordan", "/update Paying fails for everybody. We are rolling back. More by 02:40 UTC.", 12),
    comment(3, "morgan", "/contain rollback checkout to v1.4.1 until 2026-11-20", 18),
    comment(4, "jordan", "/status mitigated Errors are back to normal.", 26),
    comment(5, "morgan", "/timeline first alert | 01:52 UTC", 30),
    comment(6, "morgan", "/verify failure", 40),
    pull_request(14, 50, merged=70),
)
WHOLE = (
    *ACTED,
    comment(
        7,
        "jordan",
        "/verify neighbours\n/contain flag cart-v2 off\n/restore C2 for good: v1 is fine, v2 is not needed",
        80,
    ),
    comment(8, "jordan", "/resolve", 95),
    closed(96, BOT.login),
)
LATE = thread(
    labeled("sev-1", -210),
    comment(1, "jordan", "/take", -205),
    comment(2, "morgan", "/contain rollback checkout to v1.4.1", -190),
    comment(3, "jordan", "/verify failure", -175),
    comment(4, "morgan", "/sev 2 only exports fail", -100),
    comment(5, "jordan", "/resolve", -80),
    closed(-80, BOT.login),
    when=-210,
)
"""From 22:30 to 00:40 UTC, which is from 23:30 to 01:40 in Berlin."""
DAY = 24 * 60
DAYS: tuple[Item, ...] = (
    comment(1, "jordan", "/take\n/contain flag new-cart off", 3),
    comment(2, "jordan", "/sev 2 nobody can export", DAY),
    comment(3, "jordan", "/status mitigated", 2 * DAY),
    comment(4, "morgan", "/verify failure", 2 * DAY + 9),
    comment(5, "morgan", "/restore C1", 2 * DAY + 20),
    pull_request(14, 2 * DAY + 30, merged=3 * DAY),
)
BACK: tuple[Item, ...] = (
    comment(1, "jordan", "/take", 3),
    closed(20, reason=CloseReason.NOT_PLANNED),
    reopened(30, "morgan"),
    comment(2, "jordan", "/status mitigated", 40),
    comment(3, "morgan", "/status investigating", 50),
    closed(60),
    reopened(DAY, "morgan"),
    comment(4, "jordan", "/resolve", DAY + 10),
    closed(DAY + 30),
)


def texts(one: Snapshot) -> dict[str, Text]:
    """What every practice wants to be said about a snapshot, by template."""
    case = case_of(one)
    found: dict[str, Text] = {}
    for want in chain.from_iterable(practice(case) for practice in PRACTICES):
        text = getattr(want, "text", None)
        announced = isinstance(want, Notice) and want.due > one.now
        if isinstance(text, Text) and not announced:
            found[text.template] = text
        if isinstance(want, ChildIssue):
            found[want.title.template] = want.title
    return found


def seen(
    of: Thread, now: float, config: Config = CONFIG, repository: Repository = CHANGED, runs: Runs | None = None
) -> dict[str, Text]:
    return texts(replace(snapshot(of, now, config, repository), runs=runs))


RAN = Runs((ended_run(-22), ended_run(-58, End.SUCCEEDED, "ci"), ended_run(8, End.TIMED_OUT, "Smoke | tests")), 3)
"""The workflow runs of the commits above."""
MANY = tuple(ended_run(n, End.CANCELLED if n % 9 else End.FAILED, f"nightly {n}") for n in range(-40, -18))
RUNS_OF = {
    Layout.LIST: replace(RAN, unread=2),
    Layout.TABLE: Runs(MANY, 20, more=1, unasked=3),
    Layout.SHORT: Runs((), 2),
}
"""What else may be known of them: some, too many, none. `default` has all of them, and `hotfix` could not read any."""


def lengthened() -> dict[str, Text]:
    """What is said on a post-mortem that was opened short and written in, once the incident is resolved."""
    known = Ledger(delivered={"12/postmortem/short": -1}, children={"12/postmortem": 13})
    of = incident_thread(card(9, known), comment(1, "jordan", "/take", 3), comment(2, "jordan", "/resolve", 95))
    (want,) = (one for one in postmortem(case_of(snapshot(of, 96, CONFIG, CHANGED))) if isinstance(one, LongForm))
    return {want.notice.template: want.notice}


def misconfigured() -> Snapshot:
    problem = '.github/stanch.yml:12:5: unknown key "serv"; did you mean "services"?'
    return replace(snapshot(NIGHT, 2, DEFAULTS, CHANGED), problems=(problem,))


MENDED: tuple[Item, ...] = (
    comment(1, "jordan", "/take", 3),
    pull_request(44, 8, merged=9, title='Revert "Round totals"'),
    merged(21, 10, 44, title='Revert "Round totals"', **{"class": "pure revert", "sha": "0" * 40}),
    pull_request(45, 30, merged=44, title="Round the total"),
    waived(22, 40),
    merged(23, 45, open=["H003", "H004"], skipped=["H005"]),
    pull_request(46, 60, title="Alert on failed payments"),
    pull_request(47, 61, title="Another way", state="closed"),
)
"""What the gate told an incident of its hotfixes, and pull requests that it did not tell of."""


def hotfix_seen(*deployments: Deployment, end: tuple[Item, ...] = ()) -> dict[str, Text]:
    repository = replace(REPOSITORY, deployments=deployments, merges=(replace(merge(45, 44), sha=SHA),))
    return seen(incident_thread(*MENDED, *end), 70, CONFIG, repository, Runs((), 2, unread=2))


CARD = "comments/card"
CARDS = {
    CARD: seen(NIGHT, 2),
    f"{CARD}-mitigated": seen(incident_thread(*ACTED[1:], body=NIGHT.body), 75),
    f"{CARD}-resolved": seen(thread(*WHOLE, body=NIGHT.body), 97),
    f"{CARD}-sev-2-resolved": seen(incident_thread(*WHOLE[1:], severity=2), 97),
    f"{CARD}-sev-3": seen(incident_thread(assigned("sam", 1), severity=3), 20, TEAM, REPOSITORY),
    f"{CARD}-downgraded": seen(incident_thread(comment(1, "jordan", "/sev 3 only exports are slow", 40)), 41),
    f"{CARD}-client-report": seen(thread(body=form(), author="kim"), 5),
    f"{CARD}-client-report-closed": seen(
        thread(comment(1, "jordan", "/false-alarm their own network", 9), closed(10), body=form(), author="kim"), 11
    ),
    f"{CARD}-withdrawn": seen(
        thread(labeled("sev-1", 0), card(9, Ledger()), comment(1, "jordan", "/ack", 3), unlabeled("sev-1", 9)), 10
    ),
    f"{CARD}-adopted": seen(incident_thread(severity=2), 30 * 24 * 60),
    f"{CARD}-adopted-spoken": seen(
        incident_thread(
            card(9, Ledger(adopted=START)), comment(1, "jordan", "/update We look again. More at 02:35 UTC.", 5)
        ),
        6,
    ),
    f"{CARD}-reopened": seen(incident_thread(*WHOLE[1:], reopened(600), body=NIGHT.body), 601),
    f"{CARD}-post-mortem": seen(
        incident_thread(card(9, Ledger(children={"12/postmortem": 13})), closed(60)), 97, TEAM, REPOSITORY
    ),
    f"{CARD}-nobody-called": seen(incident_thread(), 2, DEFAULTS, REPOSITORY),
    f"{CARD}-config-problems": texts(misconfigured()),
    f"{CARD}-snoozed": seen(incident_thread(comment(1, "jordan", "/take\n/snooze 1h", 5)), 6, TEAM, REPOSITORY),
    f"{CARD}-contained": seen(
        incident_thread(
            *ACTED[2:4],
            comment(9, "sam", "/contain flag cart-v2 off", 50),
            comment(10, "sam", "/restore C2 for good: v1 is fine", 60),
        ),
        61,
    ),
    f"{CARD}-over-midnight": seen(LATE, -70),
    f"{CARD}-several-days": seen(incident_thread(*DAYS, severity=3), 3 * DAY + 1),
    f"{CARD}-hotfix-waiting": hotfix_seen(deployment("2", -20)),
    f"{CARD}-hotfix-live": hotfix_seen(deployment("3", 50, SHA), deployment("2", -20)),
    f"{CARD}-hotfix-unrecorded": hotfix_seen(),
    f"{CARD}-false-alarm": seen(incident_thread(comment(1, "jordan", "/false-alarm a load test", 9), closed(10)), 11),
}

CALL = "comments/call"
CALLS = {
    CALL: seen(NIGHT, 2),
    f"{CALL}-sev-2": seen(incident_thread(severity=2), 2),
    f"{CALL}-sev-3": seen(incident_thread(assigned("sam", 1), severity=3), 2),
    f"{CALL}-raised": seen(incident_thread(comment(1, "jordan", "/sev 1 now nobody can pay", 40), severity=2), 41),
    f"{CALL}-lowered": seen(incident_thread(comment(1, "jordan", "/sev 2 only exports", 40)), 41),
    f"{CALL}-days-later": seen(incident_thread(*DAYS[:2], severity=3), DAY),
    f"{CALL}-client-report": seen(thread(body=form(), author="kim"), 5),
}

UPDATE = "comments/update_due"
TOLD = comment(2, "jordan", "/update We are on it. More at 02:40 UTC.", 12)
UPDATES = {
    UPDATE: seen(incident_thread(comment(1, "jordan", "/ack", 3)), 15),
    f"{UPDATE}-next": seen(incident_thread(TOLD), 43),
    f"{UPDATE}-last": seen(incident_thread(TOLD), 12 + 30 + 190),
    f"{UPDATE}-calm": seen(incident_thread(TOLD, comment(3, "jordan", "/status mitigated", 20)), 143),
    f"{UPDATE}-days-later": seen(incident_thread(*DAYS[:2], severity=3), DAY + 16),
    f"{UPDATE}-nobody": seen(incident_thread(), 16, DEFAULTS, REPOSITORY),
}

ROTA = Rota((Layer("primary", ("jordan", "morgan"), date(2026, 11, 16), 1, time(9)),), lead="alex")
ESCALATE, SHIFT = "comments/escalate", "comments/shift"
ESCALATIONS = {
    ESCALATE: seen(NIGHT, 5),
    f"{ESCALATE}-late": seen(thread(labeled("sev-1", 1)), 18),
    f"{ESCALATE}-last": seen(NIGHT, 45),
    f"{ESCALATE}-alone": seen(NIGHT, 6, replace(CONFIG, people=("jordan",))),
    f"{ESCALATE}-reopened": seen(incident_thread(closed(4), reopened(9, "morgan"), severity=2), 10),
    f"{ESCALATE}-silent": seen(incident_thread(comment(1, "jordan", "/take", 3), TOLD), 62),
    f"{ESCALATE}-silent-last": seen(incident_thread(comment(1, "jordan", "/take", 3), TOLD), 120),
    SHIFT: seen(incident_thread(comment(1, "jordan", "/take", 3), severity=2), 9 * 60, replace(CONFIG, oncall=ROTA)),
}

WRONG = """/sev
/sev 3 misjudged:
/lead @org/team
/status fixed
/update
/contain hope it holds
/contain flag
/contain flag x until monday
/contain flag x until 2020-01-01
/restore
/restore C9
/verify all
/mitigated
/snooze soon
/snooze 9h
/timeline
/timeline x | noon
/timeline x | 2030-01-01 10:00
/resolved
/false-alarm"""
REFUSED = "comments/refused"
REPLIES = {
    REFUSED: seen(incident_thread(comment(1, "jordan", "/akc", 3)), 4),
    f"{REFUSED}-not-allowed": seen(incident_thread(comment(1, "kim", "/resolve", 3)), 4),
    f"{REFUSED}-every-reason": seen(incident_thread(comment(1, "jordan", WRONG, 3)), 4),
    f"{REFUSED}-withdrawn": seen(
        thread(labeled("sev-1", 0), card(9, Ledger()), unlabeled("sev-1", 9), comment(1, "jordan", "/ack", 12)), 13
    ),
    f"{REFUSED}-closed": seen(incident_thread(closed(9), comment(1, "jordan", "/status monitoring", 12)), 13),
    f"{REFUSED}-twice-restored": seen(
        incident_thread(comment(1, "jordan", "/contain flag x\n/restore C1\n/restore C1", 3)), 4
    ),
    f"{REFUSED}-put-off": seen(incident_thread(comment(1, "jordan", "/snooze 2h\n/snooze 30m\n/snooze 5m", 3)), 4),
    "comments/help": seen(incident_thread(comment(1, "jordan", "/help", 3)), 4),
}

POSTMORTEM = "postmortem"


def laid_out(layout: Layout) -> dict[str, dict[str, Text]]:
    """One layout, of an incident with everything in it and of one with next to nothing."""
    full, bare = (replace(one, postmortem=PostmortemRules(layout)) for one in (CONFIG, TEAM))
    busy = incident_thread(*MENDED, *SPOKEN, comment(9, "jordan", "/verify failure\n/resolve", 165), body=NIGHT.body)
    return {
        f"{POSTMORTEM}/{layout}": seen(busy, 170, full, runs=RUNS_OF.get(layout, RAN)),
        f"{POSTMORTEM}/{layout}-bare": seen(thread(labeled("sev-2", 0), closed(60)), 61, bare, REPOSITORY),
    }


SPOKEN: tuple[Item, ...] = (
    labeled("sev-1", 0),
    comment(31, "morgan", "/timeline first error in the logs | 01:20 UTC", 16),
    comment(32, "jordan", "/status identified The totals are rounded twice.", 62),
    comment(33, "morgan", "/contain flag new-totals off until 2026-11-20", 95),
    comment(34, "jordan", "/status mitigated\n/update Paying works again.", 100),
    assigned("sam", 101),
)
"""An incident that was slow to detect, to diagnose and to tell of, with what the gate told of its hotfixes."""


def for_the_client(*items: Item) -> dict[str, Text]:
    """What a client reads of an incident."""
    config = replace(CONFIG, team="Harbour")
    incident = case_of(snapshot(incident_thread(*items, body=NIGHT.body), 170, config)).incident
    assert incident is not None
    return {f"{POSTMORTEM}/client": Text(f"{POSTMORTEM}/client", client_story(incident, config))}


STILL_OPEN = incident_thread(comment(1, "jordan", "/take", 3), comment(2, "jordan", "/status mitigated", 26))
ISSUES = {
    **{name: one for layout in Layout for name, one in laid_out(layout).items() if layout is not Layout.DEFAULT},
    f"{POSTMORTEM}/default-slow": laid_out(Layout.DEFAULT)[f"{POSTMORTEM}/default"],
    f"{POSTMORTEM}/short-interim": seen(STILL_OPEN, datetime(2026, 11, 19, 18, tzinfo=UTC)),
    f"{POSTMORTEM}/client": for_the_client(*WHOLE[1:]),
    f"{POSTMORTEM}/client-bare": for_the_client(comment(1, "jordan", "/update! db-7.internal is down", 9)),
    "comments/long_form": lengthened(),
    "postmortem/default": seen(thread(*WHOLE, body=NIGHT.body), 97, runs=RAN),
    "postmortem/default-bare": seen(thread(labeled("sev-2", 0), closed(60)), 61, TEAM, REPOSITORY),
    "postmortem/default-reopened": seen(incident_thread(*BACK), DAY + 31),
    "postmortem/default-hotfix": hotfix_seen(
        deployment("3", 50, SHA), deployment("2", -20), end=(comment(9, "jordan", "/verify failure\n/resolve", 65),)
    ),
    "issues/postmortem_title": seen(thread(*WHOLE), 97),
}

NOW = datetime(2026, 11, 21, 2, 14, tzinfo=UTC)
BUSY = {
    "number": 12,
    "writes": ["comment 12/card on #12", "label sev-1 on #12"],
    "bodies": ["", ""],
    "owed": ["comment 12/call/sev-1 on #12: GitHub did not answer."],
    "shown": "",
}
PLAYED = {"name": "sev-1-rollback", "looks": 31, "reads": 44, "writes": 29, "owed": []}
STEP = {"at": NOW, "who": "jordan", "does": "comments", "text": "/ack"}
RUN: dict[str, object] = {"threads": [], "alarms": [], "problems": [], "dry": False, "clocks": ""}
PROBLEM = '.github/stanch.yml:12:5: unknown key "serv"; did you mean "services"?'
LINE = {"text": "label sev-1 on #12", "number": 12, "count": 2, "dry": False}
SUMMARY: dict[str, Text] = {
    "summary/run": Text("summary/run", {**RUN, "threads": [BUSY, {**BUSY, "writes": [], "owed": []}]}),
    "summary/run-nothing": Text("summary/run", RUN),
    "summary/run-others": Text("summary/run", {**RUN, "threads": [{**BUSY, "number": None, "writes": []}]}),
    "summary/run-warnings": Text("summary/run", {**RUN, "alarms": ["Nobody was called."], "problems": [PROBLEM]}),
    "summary/run-dry": Text(
        "summary/run",
        {**RUN, "dry": True, "threads": [{**BUSY, "bodies": ["## SEV-1\n\nOne body.", ""], "owed": []}]},
    ),
    "summary/config_fine": Text("summary/config_fine", {"present": True, "file": CONFIG_PATH, "count": 0}),
    "summary/config_fine-absent": Text("summary/config_fine", {"present": False, "file": CONFIG_PATH, "count": 0}),
    "summary/config_fine-remark": Text("summary/config_fine", {"present": True, "file": CONFIG_PATH, "count": 1}),
    "summary/config_fine-remarks": Text("summary/config_fine", {"present": False, "file": CONFIG_PATH, "count": 2}),
    "summary/serving": Text(
        "summary/serving", {"url": "http://127.0.0.1:8080", "token": "bot", "repository": "octo/shop"}
    ),
    "summary/drill_page": Text("summary/drill_page", {"path": "out/index.html"}),
    "summary/drill_end": Text("summary/drill_end", {"scenarios": [PLAYED]}),
    "summary/drill_heading": Text("summary/drill_heading"),
    "summary/drill_note": Text("summary/drill_note", {"count": 3}),
    "summary/drill_title": Text("summary/drill_title", {"title": "A SEV-1 with a rollback"}),
    "summary/drill_step": Text("summary/drill_step", STEP),
    "summary/drill_bot": Text("summary/drill_bot", {"at": NOW, "writes": BUSY["writes"], "owed": BUSY["owed"]}),
    **{
        f"summary/run_line-{kind}": Text("summary/run_line", {**LINE, "kind": kind})
        for kind in ("nothing", "thread", "unfinished", "write", "owed", "reading", "looked", "defaults", "warning")
    },
    "summary/run_line-others": Text("summary/run_line", {**LINE, "kind": "unfinished", "number": None}),
    **{
        f"summary/drill_about-{name}": Text("summary/drill_about", {"name": name})
        for name in ("sev-1-rollback", "hotfix", "sev-2-downgraded", "false-alarm", "own")
    },
    "summary/nobody_called": seen(incident_thread(), 2, DEFAULTS, REPOSITORY)["summary/nobody_called"],
}

FROM_PRACTICES = {**CARDS, **CALLS, **UPDATES, **ESCALATIONS, **REPLIES, **ISSUES}
VIEWS: dict[str, Text] = {
    **{name: found[name.partition("-")[0]] for name, found in FROM_PRACTICES.items()},
    **SUMMARY,
    **OWED,
    **ACTIONS,
    **ONCALL,
    **PROOFS,
    **SETUP,
    **GATE,
    **LINT,
    **FOLLOWING,
    **HANDOVERS,
    **CLIENTS,
    **NOTICES,
    **WATCH_VIEWS,
}
