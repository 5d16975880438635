"""The timeline rests on evidence: where the record of a line is taken away, the line goes."""

from dataclasses import dataclass, replace

import pytest
from tests.shelves import SHELF
from tests.values import (
    HOME,
    REPOSITORY,
    SHA,
    TEAM,
    assigned,
    closed,
    comment,
    deployment,
    ended_run,
    form,
    incident_in,
    incident_thread,
    instant,
    labeled,
    mentioned_by,
    merge,
    merged,
    pull_request,
    reopened,
    thread,
    unassigned,
    unlabeled,
    waived,
)

from stanch.core.incident import Incident
from stanch.core.markdown import plain
from stanch.core.moments import LINE, ROOM, Moment, What, fitting, moments
from stanch.core.runs import Runs
from stanch.core.story import timeline
from stanch.core.thread import Item, Repository, Thread

DEPLOYED = replace(REPOSITORY, deployments=(deployment("2", -20), deployment("3", 50, SHA)))


def read(of: Thread, repository: Repository = REPOSITORY, runs: Runs | None = None) -> Incident:
    return replace(incident_in(of, 300, repository=repository, shelf=SHELF), runs=runs)


@dataclass(frozen=True)
class Record:
    """What one kind of line rests on: an item of the thread, or something of the repository's, beside others."""

    evidence: tuple[Item, ...] = ()
    others: tuple[Item, ...] = ()
    repository: Repository = REPOSITORY
    source: str = "issue"
    runs: Runs | None = None

    def told(self, *, with_evidence: bool) -> tuple[Moment, ...]:
        items = (*self.others, *(self.evidence if with_evidence else ()))
        ordered = sorted(items, key=lambda item: item.at)
        repository = self.repository if with_evidence else REPOSITORY
        return moments(read(incident_thread(*ordered), repository, runs=self.runs if with_evidence else None))


def said(body: str, when: float = 10) -> tuple[Item, ...]:
    return (comment(1, "jordan", body, when),)


CONTAINED = (comment(7, "sam", "/contain flag x", 5),)
GATED = (pull_request(45, 30, merged=39), comment(8, "jordan", "/ack", 3))
RECORDS: dict[What, Record] = {
    What.DEPLOYMENT: Record(repository=replace(REPOSITORY, deployments=(deployment("2", -20),)), source="commit"),
    What.MERGE: Record(repository=replace(REPOSITORY, merges=(merge(11, -60),)), source="commit"),
    What.REPORTED: Record((labeled("client-report", 4),)),
    What.SEVERITY: Record((labeled("sev-2", 9), unlabeled("sev-1", 9))),
    What.ACKNOWLEDGED: Record(said("/ack"), source="comment"),
    What.JOINED: Record((assigned("sam", 6),)),
    What.CLIENT_UPDATE: Record(said("/update! We are on it."), source="comment"),
    What.UPDATE: Record(said("/status identified It is the cart."), source="comment"),
    What.NOTE: Record(said("/timeline first alert | 01:30"), source="comment"),
    What.STATUS: Record(said("/status mitigated"), source="comment"),
    What.CLOSED: Record((closed(60),)),
    What.REOPENED: Record((reopened(70),), (closed(60),)),
    What.CONTAINED: Record(said("/contain flag x"), source="comment"),
    What.RESTORED: Record(said("/restore C1"), CONTAINED, source="comment"),
    What.VERIFIED: Record(said("/verify failure"), source="comment"),
    What.RUNBOOK: Record(said("/runbook database-connections worked"), source="comment"),
    What.PULL_REQUEST: Record((pull_request(14, 18),), source="pull"),
    What.MERGED: Record((pull_request(14, 18, merged=19),), source="pull"),
    What.WAIVED: Record((waived(6, 36),), GATED, source="pull"),
    What.HOTFIX_MERGED: Record((merged(7, 40),), GATED, source="pull"),
    What.IN_PRODUCTION: Record(
        others=(*GATED, merged(7, 40)), repository=replace(REPOSITORY, deployments=(deployment("3", 50, SHA),)),
        source="commit",
    ),
    What.RUN: Record(runs=Runs((ended_run(-10),), 1), source="run"),
}  # fmt: skip
"""What each kind of line rests on. Detection, the opening and the gaps are looked at below."""


def lines(told: tuple[Moment, ...], what: What) -> int:
    return sum(one.what is what for one in told)


@pytest.mark.parametrize("what", list(RECORDS))
def test_a_line_goes_with_its_evidence(what: What) -> None:
    """With the record the line is there, once more than without it."""
    record = RECORDS[what]
    assert lines(record.told(with_evidence=True), what) > lines(record.told(with_evidence=False), what)


@pytest.mark.parametrize("what", list(RECORDS))
def test_a_line_leads_to_its_source(what: What) -> None:
    """To the comment, pull request, commit or run that it rests on; to the issue for what happened on it."""
    record = RECORDS[what]
    without = record.told(with_evidence=False)
    (line, *_) = [one for one in record.told(with_evidence=True) if one.what is what and one not in without]
    source = line.view(read(incident_thread()))["source"]
    assert isinstance(source, dict)
    assert source["kind"] == record.source
    if record.source == "comment":
        assert str(source["url"]).startswith(f"{HOME}/issues/12#issuecomment-")
    if record.source == "commit":
        assert source["url"] == f"{HOME}/commit/{source['sha']}"
    if record.source == "run":
        assert str(source["url"]).startswith(f"{HOME}/actions/runs/")
    if record.source == "pull":
        assert source["number"] in {14, 45}


def test_every_kind_of_line_is_looked_at() -> None:
    """A new kind of line needs its evidence in the table above."""
    assert set(What) - set(RECORDS) == {What.DETECTED, What.OPENED, What.GAP, What.LEFT_OUT}


def test_detection_is_where_it_is_stated() -> None:
    """The form's own time, and how; without them the issue's creation, which then is no line of its own."""
    stated = form() + "\n### When was it detected? (UTC)\n\n01:50\n\n### How was it detected?\n\nan alert\n"
    told = [one for one in moments(read(incident_thread(body=stated))) if one.what in {What.DETECTED, What.OPENED}]
    assert [(one.what, one.at) for one in told] == [(What.DETECTED, instant(-10)), (What.OPENED, instant(0))]
    assert told[0].words["text"] == "an alert"
    bare = [one for one in moments(read(incident_thread())) if one.what in {What.DETECTED, What.OPENED}]
    assert [(one.what, one.at, one.words["text"]) for one in bare] == [(What.DETECTED, instant(0), "")]


def test_a_gap_goes_where_something_is_recorded() -> None:
    """Nothing for forty minutes is a line; a word in the middle of them takes it away. It has no source."""
    ends = (comment(1, "jordan", "/ack", 10), comment(2, "jordan", "/status mitigated", 50))
    word = comment(3, "sam", "/update! Still looking.", 30)
    silent, broken = (timeline(read(incident_thread(*items)), TEAM) for items in (ends, (ends[0], word, ends[1])))
    (gap,) = [line for line in silent if line["what"] == "gap"]
    assert (gap["at"], gap["until"], gap["took"]) == (instant(10), instant(50), 2400)
    assert gap["source"] == {"kind": "none", "number": 0, "sha": "", "url": ""}
    assert [line for line in broken if line["what"] == "gap"] == []


@pytest.mark.parametrize("text", ["Still looking.", "`|" * 150])
def test_a_timeline_that_is_too_long_loses_its_middle(text: str) -> None:
    """The beginning and the end stay, and how many lines are left out is said; a short one keeps every line."""
    words = tuple(comment(n, "jordan", f"/update! {n} {text}", n) for n in range(1, 400))
    told = moments(read(incident_thread(*words)))
    kept = fitting(told)
    (gone,) = [one for one in kept if one.what is What.LEFT_OUT]
    assert (kept[0], kept[-1]) == (told[0], told[-1])
    assert gone.words["count"] == len(told) - len(kept) + 1
    place = kept.index(gone)
    assert kept[:place] == told[:place]
    assert kept[place + 1 :] == told[-(len(kept) - place - 1) :]
    assert abs(2 * place - len(kept)) <= 2
    assert sum(len(str(one.words.get("text", ""))) for one in kept) <= ROOM
    assert fitting(told[:10]) == told[:10]


def test_large_lines_at_the_end_cost_what_they_take() -> None:
    """Each end is measured by its own lines: all that is kept fits."""
    texts = [f"/update! {n} {'`|' * 150 if n > 200 else 'x'}" for n in range(1, 400)]
    words = (comment(n, "jordan", text, n) for n, text in enumerate(texts, start=1))
    kept = fitting(moments(read(incident_thread(*words))))
    shown = [len(plain(str(one.words.get("text", "")), LINE)) for one in kept]
    assert sum(shown) <= ROOM
    assert len(kept) > 20


def test_a_revert_is_its_own_source_of_containment() -> None:
    """What was contained by a merged revert rests on the pull request."""
    told = moments(read(incident_thread(merged(7, 40, **{"class": "pure revert"}))))
    kinds = {one.what: one.view(read(incident_thread()))["source"] for one in told}
    for what in (What.CONTAINED, What.ACKNOWLEDGED, What.HOTFIX_MERGED):
        assert kinds[what] == {"kind": "pull", "number": 45, "sha": "", "url": ""}


PEOPLE: list[tuple[str, tuple[Item, ...], list[tuple[object, ...]]]] = [
    ("put on by hand", (assigned("sam", 5),), [("sam", "on", "alex")]),
    ("taken off by hand", (unassigned("sam", 5),), [("sam", "off", "alex")]),
    ("the bot does what was said", (assigned("sam", 5, "github-actions"),), []),
    ("given the lead", (comment(1, "jordan", "/lead @morgan", 5),), [("morgan", "lead", "jordan")]),
    ("handed over", (comment(1, "jordan", "/handoff @morgan", 5),), [("morgan", "lead", "jordan")]),
    ("the first to take it acknowledges", (comment(1, "jordan", "/take", 5),), []),
    (
        "the second to take it joins, once",
        (comment(1, "jordan", "/take", 5), comment(2, "sam", "/take", 6), comment(3, "sam", "/ack", 7)),
        [("sam", "on", "sam")],
    ),
    ("a mention is nobody's hand", (mentioned_by(13, 5),), []),
]


@pytest.mark.parametrize(("items", "expected"), [row[1:] for row in PEOPLE], ids=[row[0] for row in PEOPLE])
def test_who_had_a_hand_in_it(items: tuple[Item, ...], expected: list[tuple[object, ...]]) -> None:
    """By a command or on the issue itself, each once; what the bot did only carries out what was said."""
    told = [one for one in moments(read(incident_thread(*items))) if one.what is What.JOINED]
    assert [(one.words["login"], one.words["part"], one.words["by"]) for one in told] == expected


def test_a_client_report_is_told_as_one() -> None:
    """It came in as a report, and became an incident later."""
    told = moments(read(thread(labeled("client-report", 2), labeled("sev-2", 9), author="kim")))
    assert [one.at for one in told if one.what is What.REPORTED] == [instant(2)]
