"""The sweep follows through: each person is reminded once a day, wherever it stands, and one dashboard has it all."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest

from stanch.core.dashboard import KEY
from stanch.core.marker import Marker, marker_of
from stanch.sandbox.exchange import Request
from stanch.sandbox.records import Issue
from stanch.sandbox.world import World
from tests.app.rig import Ran, Rig, on_write, reply

ITEM = "- [{box}] {text} — Owner: @{who} — Due: 2026-03-{day}\n"


def swept(rig: Rig) -> Ran:
    return rig.run("sweep", "--json")


def report(rig: Rig, *items: tuple[str, str, int], by: str = "jordan") -> int:
    """A post-mortem that somebody wrote, with these items: text, owner, day of March."""
    lines = "".join(ITEM.format(box=" ", text=text, who=who, day=day) for text, who, day in items)
    return rig.world.person(by).opens("Post-mortem", f"## Action items\n\n{lines}", labels=["post-mortem"])


def board(rig: Rig) -> Issue:
    """The one dashboard that is open."""
    found = [one for one in boards(rig) if one.state == "open"]
    assert len(found) == 1
    return found[0]


def boards(rig: Rig) -> list[Issue]:
    issues = rig.world.repository().issues.values()
    return [one for one in issues if (marker := marker_of(one.body or "")) and marker.key == KEY]


def keys(rig: Rig, kind: str) -> list[str]:
    numbers = sorted(rig.world.repository().issues)
    return [key for number in numbers for key in rig.keys(number) if f"/{kind}/" in key]


def days(rig: Rig, hours: int, every: int = 6) -> Iterator[Ran]:
    """A sweep every few hours; the world began on Tuesday the 17th at 10:00 UTC."""
    for _ in range(0, hours, every):
        yield swept(rig)
        rig.world.clock.advance(hours=every)


def as_bot(rig: Rig, title: str, body: str, label: str) -> int:
    """An issue of the bot's own, as an earlier run left it."""
    asked = {"title": title, "body": body, "labels": [label]}
    path, headers = "/repos/harbour/checkout/issues", rig.world.auth()
    return int(json.loads(World.http(rig.world, "POST", path, headers, json.dumps(asked))[2])["number"])


MIDNIGHT = 1_773_705_600
"""When Tuesday, 17 March 2026 began (UTC); the world begins at ten."""


def until(rig: Rig, day: int, hour: int = 10) -> None:
    rig.world.clock.set(MIDNIGHT + (day - 17) * 86_400 + hour * 3_600)


def test_nothing_is_owed_and_nothing_is_made(rig: Rig) -> None:
    """A repository without incidents gets no dashboard."""
    rig.world.person("sam").opens("A question")
    assert [ran.code for ran in days(rig, 48)] == [0] * 8
    assert rig.world.counts.writes == 0


@pytest.mark.parametrize("odd", ["0001-01-01", "1970-01-01", "9999-12-31"])
def test_a_day_at_the_end_of_the_calendar_stops_nobody_elses_reminder(rig: Rig, odd: str) -> None:
    """It stands beside what is due today, in the same comment, as a date and not as a count of days."""
    body = f"- [ ] Alert on failures — Owner: @morgan — Due: 2026-03-18\n- [ ] x y — Owner: @morgan — Due: {odd}\n"
    rig.world.person("jordan").opens("Post-mortem", f"## Action items\n\n{body}", labels=["post-mortem"])
    until(rig, 18)
    assert swept(rig).code == 0
    (key,) = [key for key in keys(rig, "remind") if "/morgan/" in key]
    (text,) = [one.body for one in rig.world.repository().issues[1].comments if one.body.startswith(str(Marker(key)))]
    assert "Alert on failures" in text
    assert "days overdue" not in text


def test_a_week_of_two_post_mortems(rig: Rig) -> None:
    """Each owner hears of his once a day, five working days in all; nobody hears twice on one day."""
    report(rig, ("Alert on failures", "morgan", 19), ("Write a test", "alex", 20))
    report(rig, ("Document it", "morgan", 19))
    assert {ran.code for ran in days(rig, 24 * 16)} == {0}
    told = Counter(key.partition("/remind/")[2] for key in keys(rig, "remind"))
    assert set(told.values()) == {1}
    of = {who: sorted(key[-2:] for key in told if key.startswith(who)) for who in ("morgan", "alex")}
    assert of == {"morgan": ["18", "19", "20", "23", "24"], "alex": ["19", "20", "23", "24", "25"]}
    texts = [one.body for one in rig.by_bot(1) if "key=1/remind/morgan/2026-03-19 " in one.body]
    assert len(texts) == 1
    assert "Alert on failures" in texts[0]
    assert "Document it" in texts[0]
    assert keys(rig, "digest") == [f"{board(rig).number}/digest/2026-W{week}" for week in (12, 13, 14)]


def test_what_is_done_is_not_asked_about(rig: Rig) -> None:
    """Ticked before its first day, and ticked in between."""
    number = report(rig, ("Alert on failures", "morgan", 19), ("Write a test", "alex", 20))
    for day, done in ((17, ""), (18, "Write a test"), (19, "Alert on failures")):
        until(rig, day)
        body = rig.world.issue(number).body or ""
        rig.world.person("jordan").edits_body(number, body.replace(f"[ ] {done}", f"[x] {done}") if done else body)
        swept(rig)
        swept(rig)
    list(days(rig, 24 * 9))
    assert [key for key in keys(rig, "remind") if "jordan" not in key] == [f"{number}/remind/morgan/2026-03-18"]


def test_the_dashboard_shows_what_is_open_and_what_was_done(rig: Rig) -> None:
    """Opened with the first thing owed, pinned, labelled, and rewritten when something changes; otherwise quiet."""
    number = report(rig, ("Alert on failures", "morgan", 19), ("Write a test", "alex", 30))
    swept(rig)
    swept(rig)
    shown = board(rig)
    assert (shown.pinned, list(shown.labels)) == (True, ["incident-dashboard"])
    assert f"item 1 of #{number}: Alert on failures | `morgan`" in (shown.body or "")
    assert swept(rig).writes == []
    rig.world.person("jordan").ticks(number, "Alert")
    swept(rig)
    assert swept(rig).writes == []
    after = board(rig).body or ""
    assert f"item 1 of #{number}: Alert" not in after
    assert re.search(r"2026-03-17: item 1 of #1, Alert on failures", after)


def test_a_meeting_walks_through_it(rig: Rig) -> None:
    """`/reviewed` gets its mark at once, and what was done before is no news after it; an outsider's does nothing."""
    number = report(rig, ("Alert on failures", "morgan", 30), ("Write a test", "morgan", 30))
    swept(rig)
    rig.world.person("jordan").ticks(number, "Alert")
    swept(rig)
    assert "item 1 of #1, Alert on failures" in (board(rig).body or "")
    rig.world.clock.advance(hours=24)
    for who, mark in (("sam", "-1"), ("jordan", "rocket")):
        said = rig.world.person(who).comments(board(rig).number, "/reviewed")
        rig.look(board(rig).number)
        (comment,) = [one for one in board(rig).comments if one.id == said]
        assert [one.content for one in comment.reactions] == [mark]
    swept(rig)
    assert "last review, 2026-03-18" in (board(rig).body or "")
    assert "item 1 of #1, Alert on failures" not in (board(rig).body or "")
    assert swept(rig).writes == []
    rig.world.clock.advance(hours=48)
    assert [write for ran in days(rig, 6) for write in ran.kinds if write == "React"] == []


def test_a_command_that_belongs_elsewhere_gets_one_answer(rig: Rig) -> None:
    """👎 and where to say it, once: not again when the answer is deleted, nor when the comment is edited then."""
    report(rig, ("Alert on failures", "morgan", 30))
    swept(rig)
    number = board(rig).number
    said = rig.world.person("jordan").comments(number, "/done 1\n/done 2\n/defer 1 2026-04-01 why")
    rig.look(number)
    assert [one.content for one in board(rig).comments if one.id == said for one in one.reactions] == ["-1"]
    (answer,) = [one for one in rig.by_bot(number) if "/refused/" in one.body]
    assert answer.body.count("was not done") == 2
    assert "on the post-mortem or the incident itself" in answer.body
    assert rig.look(number, "--json").writes == swept(rig).writes == []
    rig.world.person("alex").deletes_comment(answer.id)
    rig.world.clock.advance(minutes=5)
    assert rig.look(number, "--json").writes == []
    rig.world.person("jordan").edits_comment(said, "/done 3")
    rig.world.clock.advance(hours=2)
    swept(rig)
    assert keys(rig, "refused") == []


def test_a_review_counts_beside_a_command_that_belongs_elsewhere(rig: Rig) -> None:
    """🚀 for the one, 👎 for the other; the sweep after it still knows of the review."""
    report(rig, ("Alert on failures", "morgan", 30))
    swept(rig)
    said = rig.world.person("jordan").comments(board(rig).number, "/reviewed\n/done 1")
    rig.look(board(rig).number)
    (comment,) = [one for one in board(rig).comments if one.id == said]
    assert [one.content for one in comment.reactions] == ["rocket", "-1"]
    swept(rig)
    assert "last review, 2026-03-17" in (board(rig).body or "")
    assert swept(rig).writes == []


def test_a_dashboard_that_was_closed_stays_closed(rig: Rig) -> None:
    """Whoever does without it is not given another; reminders go on."""
    report(rig, ("Alert on failures", "morgan", 19))
    swept(rig)
    swept(rig)
    rig.world.person("jordan").closes(board(rig).number)
    list(days(rig, 24 * 4))
    assert [one.state for one in boards(rig)] == ["closed"]
    assert len([key for key in keys(rig, "remind") if "morgan" in key]) == 3


def test_two_dashboards_become_one(rig: Rig) -> None:
    """Two sweeps raced: the first stays, the other is closed as its duplicate."""
    report(rig, ("Alert on failures", "morgan", 19))
    swept(rig)
    first = board(rig)
    as_bot(rig, first.title, first.body or "", "incident-dashboard")
    swept(rig)
    swept(rig)
    assert [(one.number, one.state, one.state_reason) for one in boards(rig)] == [
        (first.number, "open", None),
        (first.number + 1, "closed", "duplicate"),
    ]
    assert swept(rig).writes == []


def test_what_was_deleted_is_no_longer_shown(rig: Rig) -> None:
    """A post-mortem that is gone owes nothing; the dashboard that remembers it looks once, and names it until the
    next review.
    """
    number = report(rig, ("Alert on failures", "morgan", 30))
    swept(rig)
    swept(rig)
    rig.world.person("alex").deletes(number)
    swept(rig)
    assert "**0 open" in (board(rig).body or "")
    gone = f"2026-03-17: #{number}, deleted or moved away"
    assert (board(rig).body or "").count(gone) == 1
    rig.world.clock.advance(hours=24)
    assert swept(rig).writes == []
    rig.world.person("jordan").comments(board(rig).number, "/reviewed")
    swept(rig)
    assert gone not in (board(rig).body or "")
    assert swept(rig).writes == []


def test_a_label_that_somebody_took_off_is_put_back(rig: Rig) -> None:
    """A closed post-mortem is found by it; where it is gone, the dashboard remembers where to look, weeks later too."""
    number = report(rig, ("Alert on failures", "morgan", 30))
    swept(rig)
    rig.world.person("jordan").closes(number)
    swept(rig)
    rig.world.clock.advance(hours=24 * 20)
    swept(rig)
    rig.world.person("jordan").unlabels(number, "open-items")
    rig.world.clock.advance(hours=48)
    swept(rig)
    assert "open-items" in rig.world.issue(number).labels
    assert "Alert on failures" in (board(rig).body or "")


@pytest.mark.parametrize("who", ["nobody-here", "sam"])
def test_who_cannot_be_reached_is_passed_over(rig: Rig, who: str) -> None:
    """An owner whom GitHub does not know here, or who may only read: the lead is asked at once."""
    report(rig, ("Alert on failures", who, 18))
    swept(rig)
    assert [key.partition("/remind/")[2] for key in keys(rig, "remind")] == ["jordan/2026-03-17"]


@pytest.mark.parametrize("status", [502, 422])
def test_a_reminder_that_fails_is_sent_by_the_next_sweep(rig: Rig, status: int) -> None:
    """Red, and named; once, when it goes through again."""
    report(rig, ("Alert on failures", "morgan", 18))
    rig.world.says = on_write(reply(status), "/issues/1/comments")
    assert swept(rig).code == 3
    rig.world.says = None
    assert [swept(rig).code for _ in range(3)] == [0, 0, 0]
    assert len([key for key in keys(rig, "remind") if "morgan" in key]) == 1


def test_an_answer_that_is_lost_doubles_nothing(rig: Rig) -> None:
    """The comment was made and nobody said so: the next sweep sees it."""
    report(rig, ("Alert on failures", "morgan", 18))

    def lost(asked: Request) -> tuple[int, dict[str, str], bytes] | None:
        if asked.method == "POST" and asked.path.endswith("/issues/1/comments") and b"remind" in asked.body:
            World.http(rig.world, asked.method, asked.path, asked.headers, asked.body)
            return reply(502)
        return None

    rig.world.says = lost
    assert swept(rig).code == 3
    rig.world.says = None
    swept(rig)
    assert len([key for key in keys(rig, "remind") if "morgan" in key]) == 1


def test_a_reminder_that_somebody_deleted_is_not_sent_again(rig: Rig) -> None:
    """The dashboard remembers today's."""
    number = report(rig, ("Alert on failures", "morgan", 18))
    swept(rig)
    swept(rig)
    (said,) = [one for one in rig.by_bot(number) if f"key={number}/remind/morgan/" in one.body]
    rig.world.person("alex").deletes_comment(said.id)
    rig.world.clock.advance(hours=1)
    swept(rig)
    assert [key for key in keys(rig, "remind") if "morgan" in key] == []


def test_a_config_that_breaks_reminds_nobody_of_the_same_day_again(rig: Rig) -> None:
    """In Auckland it is Thursday, and said; with the broken config it is still Wednesday, at any hour until Friday."""
    alex = rig.world.person("alex")
    alex.pushes(".github/stanch.yml", "people: [jordan, morgan]\nteam: {zone: Pacific/Auckland}\n")
    until(rig, 18, 20)
    report(rig, ("Alert on failures", "morgan", 19))
    swept(rig)
    alex.pushes(".github/stanch.yml", "people: [jordan, morgan]\nteam: {zone: Nowhere/Land}\n")
    for hour in (21, 23, 33, 40, 56):
        until(rig, 18, hour)
        swept(rig)
    assert [key for key in keys(rig, "remind") if "morgan" in key] == ["1/remind/morgan/2026-03-19"]


def test_a_deleted_reminder_stands_for_no_other_one(rig: Rig) -> None:
    """On an issue without a card, where the dashboard alone knows whose it was: who joins that day is reminded."""
    number = as_bot(rig, "Cause", "<!-- stanch:1 key=9/root-cause due=20260318T170000Z -->\nwords", "root-cause")
    rig.world.person("alex").assigns(number, "morgan")
    swept(rig)
    (said,) = rig.by_bot(number)
    rig.world.person("alex").deletes_comment(said.id)
    rig.world.person("alex").assigns(number, "jordan")
    rig.world.clock.advance(hours=1)
    assert [swept(rig).code for _ in range(2)] == [0, 0]
    assert keys(rig, "remind") == [f"{number}/remind/jordan/2026-03-17"]


def test_a_reminder_of_a_broken_run_that_was_deleted_is_not_sent_again(rig: Rig) -> None:
    """No dashboard knows of it yet: the deletion stands for it."""
    number = as_bot(rig, "Cause", "<!-- stanch:1 key=9/root-cause due=20260318T170000Z -->\nwords", "root-cause")
    rig.world.person("alex").assigns(number, "morgan")
    rig.world.says = lambda asked: reply(403) if (asked.method, asked.path[-7:]) == ("POST", "/issues") else None
    swept(rig)
    rig.world.says = None
    (said,) = rig.by_bot(number)
    rig.world.person("alex").deletes_comment(said.id)
    rig.world.clock.advance(hours=1)
    assert [swept(rig).code for _ in range(2)] == [0, 0]
    assert keys(rig, "remind") == []


def test_a_pin_that_is_refused_costs_nothing(rig: Rig) -> None:
    """Three issues are pinned already: the dashboard is there, unpinned, and the run is green."""
    repo = rig.world.repository()
    for _ in range(3):
        number = rig.world.person("alex").opens("Read me")
        repo.issues[number] = replace(repo.issues[number], pinned=True)
    report(rig, ("Alert on failures", "morgan", 30))
    assert [swept(rig).code for _ in range(3)] == [0, 0, 0]
    assert not board(rig).pinned
    assert sum(one.pinned for one in repo.issues.values()) == 3


def test_a_dry_run_reminds_nobody(rig: Rig) -> None:
    """It names what would be said."""
    report(rig, ("Alert on failures", "morgan", 18))
    before = rig.world.dump()
    ran = rig.run("sweep", "--json", "--dry-run")
    assert rig.world.dump() == before
    assert [write["key"] for write in ran.writes if "/remind/" in write.get("key", "")]


def test_root_causes_reviews_and_containments_follow_the_same_clock(rig: Rig) -> None:
    """Whoever has one is asked about it as about an item."""
    incident = rig.incident(severity=3)
    rig.look(incident)
    rig.world.person("morgan").comments(incident, "/contain flag exports off until 2026-03-18")
    rig.look(incident)
    for label, stamp in (("root-cause", "20260318T170000Z"), ("review-owed", "20260318T170000Z")):
        body = f"<!-- stanch:1 key=9/{label} due={stamp} -->\nwords"
        number = as_bot(rig, label, body, label)
        rig.world.person("alex").assigns(number, "alex")
    swept(rig)
    told = {key.partition("/remind/")[2] for key in keys(rig, "remind")}
    assert told == {"morgan/2026-03-17", "alex/2026-03-17"}
    (text,) = [one.body for n in (2, 3) for one in rig.by_bot(n) if "/remind/alex/" in one.body.split("\n")[0]]
    assert "root cause" in text
    assert "review that is owed" in text
