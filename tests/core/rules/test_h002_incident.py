"""H002: one open incident, named so that the merge does not close it."""

from dataclasses import replace

import pytest
from tests.pulls import (
    BODY,
    GOOD,
    Change,
    Gathered,
    commit,
    facts,
    incident,
    incident_thread,
    instant,
    merged,
    plus_line,
    row,
    verdict,
    with_body,
    with_incident,
    with_pull,
    with_thread,
)
from tests.rule_tables import Asked, Line, Table, answers, each, severity_of, unchanged
from tests.values import closed, comment, labeled, reopened, thread, unlabeled

from stanch.core.rules.h002_incident import IncidentLink

DAY = 24 * 60


def naming(name: str) -> Change:
    return lambda g: with_body(g, BODY.replace("#12", name))


def resolved(g: Gathered) -> Gathered:
    return with_incident(g, incident_thread(severity_of(g), comment(9, "morgan", "/resolve", 50), closed(51)))


def silent(g: Gathered, days: float = 4) -> Gathered:
    """Nobody has spoken on it for some days."""
    later = replace(g, now=instant(days * DAY))
    return with_incident(later, incident_thread(severity_of(g)))


def spoken(g: Gathered) -> Gathered:
    word = comment(9, "morgan", "/status identified It is the empty cart.", 3 * DAY)
    return with_incident(silent(g), incident_thread(severity_of(g), word))


def milder(g: Gathered) -> Gathered:
    """The author has made it milder, and so nothing is asked of it any more."""
    relabel = (unlabeled("sev-1", 30, "alex"), labeled("sev-3", 30, "alex"))
    return with_incident(silent(g), incident_thread(1, *relabel))


TABLE: Table = {
    "a good one": Line(unchanged, "pass/linked"),
    "no line at all": Line(lambda g: with_body(g, "Rollback: x"), "fail/missing"),
    "a line without a number": Line(naming("the one of tonight"), "fail/missing"),
    "hidden in a comment": Line(lambda g: with_body(g, "<!-- Incident: #12 -->"), "fail/missing"),
    "inside a code block": Line(lambda g: with_body(g, "```\nIncident: #12\n```"), "fail/missing"),
    "inside a quotation": Line(lambda g: with_body(g, "> Incident: #12"), "fail/missing"),
    "by this repository's name": Line(naming("octo/shop#12"), "pass/linked"),
    "by its address": Line(naming("https://github.test/octo/shop/issues/12#issuecomment-1"), "pass/linked"),
    "twice the same": Line(lambda g: plus_line(g, "Incident: octo/shop#12"), "pass/linked"),
    "two incidents": Line(lambda g: plus_line(g, "Incident: #13"), "fail/several"),
    "two in one line": Line(naming("#12, #13"), "fail/several"),
    "one of another repository": Line(naming("octo/other#12"), "fail/elsewhere"),
    "no such issue": Line(lambda g: with_incident(g, None), "fail/not-an-incident"),
    "an ordinary issue": Line(lambda g: with_incident(g, thread()), "fail/not-an-incident"),
    "it names one issue and links another, which is one": Line(naming("#99"), "fail/not-an-incident"),
    "its label was taken off": Line(
        lambda g: with_incident(g, incident_thread(1, unlabeled("sev-1", 30))), "fail/not-an-incident"
    ),
    "it is resolved": Line(resolved, "fail/over"),
    "it was closed as no incident": Line(
        lambda g: with_incident(g, incident_thread(1, comment(9, "sam", "/false-alarm it was a test", 50))), "fail/over"
    ),
    "it was reopened": Line(
        lambda g: with_incident(g, incident_thread(severity_of(g), closed(50), reopened(55))), "pass/linked"
    ),
    "it ended after the merge": Line(
        lambda g: with_incident(
            replace(merged(g, 40), now=instant(90)),
            incident_thread(severity_of(g), comment(9, "morgan", "/resolve", 50), closed(51)),
        ),
        "pass/linked",
    ),
    "it had ended before the merge": Line(lambda g: merged(resolved(g), 58), "fail/over"),
    "any old one": Line(silent, "fail/stale", severities=(1, 2)),
    "one of three days and an hour": Line(lambda g: silent(g, 73.2 / 24), "fail/stale", severities=(1, 2)),
    "a mild one may rest": Line(silent, "pass/linked", severities=(3, 4)),
    "an old one that somebody speaks on": Line(spoken, "pass/linked"),
    "an old one that its author made milder": Line(milder, "fail/stale", severities=(1,)),
    "an old issue that became one just now": Line(
        lambda g: with_incident(g, thread(labeled(f"sev-{severity_of(g)}", 30, "sam"), author="sam", when=-7 * DAY)),
        "pass/linked",
    ),
    "an old one that was reopened": Line(
        lambda g: with_incident(silent(g), incident_thread(severity_of(g), closed(50), reopened(3 * DAY))),
        "pass/linked",
    ),
    "Fixes in the text": Line(lambda g: plus_line(g, "Fixes #12"), "fail/closes"),
    "Fixes instead of Incident": Line(lambda g: with_body(g, "Fixes #12"), "fail/closes"),
    "Closes with a colon": Line(lambda g: plus_line(g, "Closes: #12"), "fail/closes"),
    "resolved, by its address": Line(
        lambda g: plus_line(g, "resolved https://github.test/octo/shop/issues/12"), "fail/closes"
    ),
    "fix, by the repository's name": Line(lambda g: plus_line(g, "fix Octo/Shop#12"), "fail/closes"),
    "GH-12": Line(lambda g: plus_line(g, "closed GH-12"), "fail/closes"),
    "in the title, which becomes the squash commit's": Line(
        lambda g: with_thread(g, title="Sum an empty cart, fixes #12"), "fail/closes"
    ),
    "linked beside the description": Line(lambda g: with_pull(g, closes=(12,)), "fail/closes-by-link"),
    "linked to an ordinary issue": Line(lambda g: with_pull(g, closes=(77,)), "pass/linked"),
    "Fixes an ordinary issue": Line(lambda g: plus_line(g, "Fixes #77"), "pass/linked"),
    "Fixes the same number elsewhere": Line(lambda g: plus_line(g, "Fixes octo/other#12"), "pass/linked"),
}


@pytest.mark.parametrize("asked", each(TABLE), ids=str)
def test_every_answer(asked: Asked) -> None:
    """Each line of the table, at each severity and for each class."""
    found, told = answers("H002", asked)
    assert found == told


def test_a_commit_closes_it_too() -> None:
    """GitHub reads closing keywords in the commits that reach the default branch."""
    assert verdict(with_pull(GOOD, commits=(commit(message="Sum\n\nFixes #12"),)), "H002") == "fail/closes"


def test_another_incident_would_be_closed() -> None:
    """Not only the one that is named: any incident that the merge would close."""
    other = replace(GOOD, incidents={**GOOD.incidents, 13: incident(replace(incident_thread(3), number=13))})
    assert verdict(plus_line(other, "Fixes #13"), "H002") == "fail/closes"
    assert verdict(with_pull(other, closes=(13,)), "H002") == "fail/closes-by-link"


def test_it_is_the_one_that_is_named() -> None:
    """The facts of another incident are none of the one that the text names."""
    other = replace(facts(GOOD), incident=incident(replace(incident_thread(1), number=13)), linked=frozenset())
    assert IncidentLink().judge(other).why == "not-an-incident"


def test_an_old_issue_that_became_an_incident_late_is_shown() -> None:
    """What counts is when somebody called it one, not when the issue was opened."""
    old = thread(labeled("sev-1", 30, "sam"), author="sam", when=-7 * DAY)
    values = row(with_incident(GOOD, old), "H002").finding.values
    assert (values["declared_at"], values["declared_after"]) == (instant(30), True)


def test_what_is_odd_about_it_is_shown() -> None:
    """Declared after the pull request, and a severity that its author changed: no failure, but told."""
    late = with_incident(GOOD, incident_thread(1, when=30))
    assert row(late, "H002").finding.values["declared_after"] is True
    assert row(GOOD, "H002").finding.values["declared_after"] is False
    worse = with_incident(GOOD, incident_thread(2, unlabeled("sev-2", 30, "alex"), labeled("sev-1", 30, "alex")))
    assert row(worse, "H002").finding.values["relabelled"] is True
    assert row(GOOD, "H002").finding.values["relabelled"] is False
