"""The message that clients wait for: which one, with what in it, and nothing that is only ours."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.values import (
    REPOSITORY,
    TEAM,
    closed,
    comment,
    form,
    incident_in,
    incident_thread,
    instant,
    labeled,
    reopened,
    thread,
    unlabeled,
)

from stanch.core.client_check import BLANK, objection
from stanch.core.client_words import Draft, clients_view, draft, fitting
from stanch.core.clock import Within
from stanch.core.clocks import chased
from stanch.core.config import Config
from stanch.core.severity import Severity
from stanch.core.thread import Item
from stanch.core.wanted import Text
from stanch.render.words import Words

TAKE = comment(1, "jordan", "/take", 3)
TOLD = comment(2, "jordan", "/update Paying fails. Next update at 02:40 UTC.", 10)
FINE = comment(3, "jordan", "/status mitigated", 26)
TOLD_FINE = comment(4, "jordan", "/update Paying works again.", 30)
OVER = comment(5, "jordan", "/resolve", 60)
TOLD_OVER = comment(6, "jordan", "/update It is resolved.", 70)
SILENT = replace(TEAM, tells_clients=False)


def fits(*items: Item, severity: int = 1, config: Config = TEAM) -> Draft | None:
    return fitting(incident_in(incident_thread(*items, severity=severity), 500, config), config)


def filled(*items: Item, body: str = "", severity: int = 1, config: Config = TEAM) -> dict[str, object]:
    incident = incident_in(incident_thread(*items, body=body, severity=severity), 500, config)
    return draft(incident, config, fitting(incident, config))


def words(view: dict[str, object]) -> str:
    return Words.load()(Text(f"clients/{view['kind']}", {"draft": view, "zone": "UTC"}))


@pytest.mark.parametrize(
    ("items", "severity", "kind"),
    [
        ((), 1, Draft.FIRST),
        ((), 2, Draft.FIRST),
        ((), 3, None),
        ((), 4, None),
        ((TAKE,), 1, Draft.FIRST),
        ((comment(2, "jordan", "/status identified the cart", 8),), 1, Draft.FIRST),
        ((TOLD,), 1, Draft.UPDATE),
        ((TOLD, FINE), 1, Draft.RESOLVED),
        ((FINE,), 2, Draft.RESOLVED),
        ((TOLD, FINE, TOLD_FINE), 1, Draft.UPDATE),
        ((TOLD, FINE, TOLD_FINE, OVER), 1, Draft.RESOLVED),
        ((TOLD, FINE, TOLD_FINE, OVER, closed(61)), 1, Draft.RESOLVED),
        ((TOLD, OVER, closed(61), TOLD_OVER), 1, None),
        ((comment(2, "jordan", "/update It is over.\n/resolve", 60), closed(61)), 1, None),
        ((OVER, closed(61)), 2, Draft.RESOLVED),
        ((TOLD, OVER, closed(61), TOLD_OVER, reopened(90)), 1, Draft.UPDATE),
        ((comment(2, "jordan", "/false-alarm a test", 9),), 1, None),
        ((comment(2, "jordan", "/sev 3 less than that", 9),), 1, None),
        ((unlabeled("sev-1", 9),), 1, None),
    ],
)
def test_only_the_message_that_fits(items: tuple[Item, ...], severity: int, kind: Draft | None) -> None:
    """The first while nobody told them, then updates; when it is over, that; and none where none is promised."""
    assert fits(*items, severity=severity) is kind
    assert fits(*items, severity=severity, config=SILENT) is None


def test_an_old_incident_that_was_taken_in_is_not_told_of() -> None:
    """Nobody is asked to tell clients now of what happened before Stanch came."""
    old = thread(labeled("sev-1", 0), closed(60), when=0)
    assert fitting(incident_in(old, 100 * 60), TEAM) is None


@pytest.mark.parametrize(
    ("items", "minutes"),
    [
        ((), 15 + 30),
        ((TOLD,), 10 + 30 + 30),
        ((comment(2, "jordan", "/snooze 1h", 5),), 65 + 30),
        ((TOLD, FINE), 26 + 120 + 120),
        ((TOLD, OVER, closed(61)), None),
    ],
)
def test_the_next_word_is_promised_for_a_time_that_stays(items: tuple[Item, ...], minutes: float | None) -> None:
    """An interval after this one is due, whenever somebody looks at the card."""
    of = incident_thread(*items)
    views = [clients_view(incident_in(of, now), TEAM, "")["draft"] for now in (80, 300)]
    assert views[0] == views[1]
    assert isinstance(views[0], dict)
    assert views[0]["next_at"] == (None if minutes is None else instant(minutes))


def test_said_later_it_promises_later() -> None:
    """A reminder comes when the word is due or after; what it proposes is an interval from then."""
    incident = incident_in(incident_thread(), 40)
    assert draft(incident, TEAM, Draft.FIRST, instant(40))["next_at"] == instant(70)
    assert draft(incident, TEAM, Draft.FIRST, instant(1))["next_at"] == instant(45)


def test_a_severity_without_an_interval_leaves_the_time_to_be_filled_in() -> None:
    """A first message may be all that is promised."""
    rules = {**TEAM.rules, Severity.SEV_2: replace(TEAM.rules[Severity.SEV_2], update=None)}
    assert fits(severity=2, config=replace(TEAM, rules=rules)) is None


@pytest.mark.parametrize(
    ("answer", "known"),
    [("No", "safe"), ("Not known yet", "unknown"), ("Leak", "at risk"), ("Nein", "unsaid"), ("", "unsaid")],
)
def test_whether_data_is_safe_is_said_only_where_the_form_says_it(answer: str, known: str) -> None:
    """Another answer than those of our form is left to whoever sends the message."""
    view = filled(body=form().replace("\nNo\n", f"\n{answer}\n"))
    assert view["data"] == known
    assert bool(BLANK.search(words(view))) is (known in {"at risk", "unsaid"})


@pytest.mark.parametrize(
    "broken",
    [
        "jordan broke it",
        "Peter cannot pay",
        "db-7 is down",
        "cart.internal does not answer",
        "Since 4d5e6f708192a3b4 nobody can pay",
        "See #45",
        "@morgan knows more",
        "services/cart.py fails",
        "Traceback (most recent call last)",
        "See https://grafana.example.com/x",
        "`total` is wrong",
        "<!-- stanch -->",
        "```\n/resolve",
        "[… x]",
        "x" * 301,
        "",
    ],
)
def test_what_is_only_ours_is_left_to_be_filled_in(broken: str) -> None:
    """Names, machines, commits, numbers, addresses, code, markup, and whole essays."""
    view = filled(body=form(broken=broken or "_No response_"))
    assert view["broken"] == ""
    assert "We have a problem: [… what does not work, as your clients see it]" in words(view)


def states() -> Iterable[tuple[Item, ...]]:
    """One for each draft, with what was done about it."""
    kinds = ("rollback", "flag", "scale", "redirect", "kill-switch")
    done = tuple(comment(20 + n, "morgan", f"/contain {kind} secret", 5) for n, kind in enumerate(kinds))
    for items in ((), (TOLD,), (TOLD, FINE), (TOLD, FINE, TOLD_FINE), (TOLD, OVER, closed(61))):
        yield (*done, *items)


@pytest.mark.parametrize("items", list(states()))
def test_a_draft_that_is_filled_in_passes_the_checks(items: tuple[Item, ...]) -> None:
    """Ready to send: with its gaps filled nothing speaks against it, and what it says of itself is not internal."""
    text = words(filled(*items, body=form()))
    assert "secret" not in text
    assert objection(BLANK.sub("A release was faulty.", text), TEAM.people, wants_time=True) is None


def test_what_was_done_is_told_by_its_kind() -> None:
    """Once for each kind, in order; what was taken back only when it is over."""
    items = (
        comment(2, "jordan", "/contain flag x", 5),
        comment(3, "jordan", "/contain rollback x", 6),
        comment(4, "jordan", "/contain flag y", 7),
        comment(5, "jordan", "/restore C1\n/restore C3", 9),
    )
    assert filled(*items)["measures"] == ["rollback"]
    assert filled(*items, OVER)["measures"] == ["flag", "rollback"]


def test_a_resolution_says_until_when_it_is_watched_and_when_the_report_comes() -> None:
    """A day from the resolution, and the post-mortem's own date."""
    view = filled(TOLD, OVER, closed(61))
    assert view["watched_until"] == instant(60) + timedelta(hours=24)
    assert view["report_at"] == instant(60).replace(day=19, hour=18, minute=0)
    assert "You get a report of what happened by 2026-11-19." in words(view)


ACKED = (comment(1, "jordan", "/ack", 3), comment(2, "alex", "/ack", 4), comment(3, "morgan", "/ack", 5))


@pytest.mark.parametrize(
    ("items", "severity", "who"),
    [
        ((), 1, ""),
        ((TAKE,), 1, "jordan"),
        (ACKED, 1, "alex"),
        (ACKED, 2, ""),
        ((*ACKED, comment(9, "jordan", "/comms @morgan", 6)), 1, "morgan"),
        ((*ACKED, comment(9, "morgan", "/comms me", 6)), 1, "morgan"),
        ((*ACKED, comment(9, "jordan", "/comms @morgan", 6)), 2, "morgan"),
        ((*ACKED, comment(9, "jordan", "/comms @kim", 6), comment(10, "jordan", "/comms @sam", 7)), 1, "sam"),
        ((*ACKED, comment(9, "jordan", "/lead @alex", 6)), 1, "jordan"),
        ((comment(9, "jordan", "/comms", 6),), 1, ""),
        ((comment(9, "kim", "/comms @sam", 6),), 1, ""),
    ],
)
def test_who_speaks_to_the_clients(items: tuple[Item, ...], severity: int, who: str) -> None:
    """Who was named for it; on a SEV-1 else the second who acknowledged, else the lead."""
    incident = incident_in(incident_thread(*items, severity=severity), 20)
    assert clients_view(incident, TEAM, "")["speaks"] == who
    assert clients_view(incident, SILENT, "")["speaks"] == ""


@pytest.mark.parametrize("severity", [1, 2])
def test_whoever_takes_it_first_leads(severity: int) -> None:
    """Of every severity that calls people; `/lead` hands it over."""
    items = (comment(1, "sam", "/take", 3), comment(2, "alex", "/take", 4))
    assert incident_in(incident_thread(*items, severity=severity), 9).lead == "sam"
    items = (*items, comment(3, "sam", "/lead @alex", 5))
    assert incident_in(incident_thread(*items, severity=severity), 9).lead == "alex"


def test_the_runbook_for_both_roles_is_beside_the_thread() -> None:
    """Where the team's repository has one: on its default branch, whatever that is called."""
    there = replace(REPOSITORY, has_roles=True)
    address = "https://github.test/octo/shop/blob/HEAD/runbooks/roles.md"
    assert there.roles_of("https://github.test/octo/shop/issues/12") == address
    assert REPOSITORY.roles_of("https://github.test/octo/shop/issues/12") == ""


def test_a_first_message_without_updates_is_no_reason_to_chase() -> None:
    """What is promised at intervals is chased; `clients: none` silences all of it."""
    assert chased(TEAM) == {Severity.SEV_1, Severity.SEV_2}
    assert chased(SILENT) == frozenset()
    rules = {
        **TEAM.rules,
        Severity.SEV_3: replace(TEAM.rules[Severity.SEV_3], first_client_message=Within(timedelta(1))),
    }
    assert chased(replace(TEAM, rules=rules)) == {Severity.SEV_1, Severity.SEV_2}
