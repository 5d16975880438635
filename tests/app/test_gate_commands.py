"""Commands on a pull request, through the event that brings them: each is answered once, and only where it is ours."""

from collections.abc import Iterator

import pytest

from stanch.adapters.payload import Trigger
from stanch.app.handle import handle
from stanch.app.stage import stage
from stanch.app.sweep import sweep
from stanch.sandbox.rights import BOT
from tests.gated import AFTER, CODE, TEST, TESTED, Hotfix, harbour, hotfix

LONG = AFTER + "".join(f"\n\ndef part{n}():\n    return {n}\n" for n in range(20))
REASON = "Why not smaller: the parts belong together\n"


@pytest.fixture
def found() -> Iterator[Hotfix]:
    """A hotfix that is too large without a waiver; everything else about it stands."""
    with stage(harbour()) as connected:
        one = large(hotfix(connected))
        one.proven()
        one.approved()
        one.look()
        assert (one.state, "❌ | H006" in one.card) == ("failure", True)
        yield one


def large(one: Hotfix) -> Hotfix:
    """Open it with more lines than a hotfix may change."""
    body = "Incident: #{incident}\nRollback: Revert this pull request and deploy release `140` again.\n" + REASON
    return one.opened(body, **{CODE.replace("/", "__"): LONG, TEST.replace("/", "__"): TESTED})


WAIVE = "/waive H006 the parts cannot be taken apart"


def heard(one: Hotfix, who: str, text: str) -> int:
    """Somebody says something on the pull request, and the run that it starts comes twice."""
    one.world.clock.advance(minutes=1)
    made = one.world.person(who).comments(one.number, text)
    hear(one)
    hear(one)
    return made


def hear(one: Hotfix) -> None:
    list(handle(one.stage.desk(), Trigger("issue_comment", "created", one.number, is_pull_request=True)))


def marks(one: Hotfix, comment: int) -> list[str]:
    (found,) = [item for item in one.issue.comments if item.id == comment]
    return [reaction.content for reaction in found.reactions if reaction.login == BOT]


def replies(one: Hotfix) -> list[str]:
    return [key for key in one.keys(one.number) if "/refused/" in key or "/help/" in key]


@pytest.mark.parametrize("who", ["alex", "sam"])
def test_a_maintainer_waives(found: Hotfix, who: str) -> None:
    """It goes green, the comment is marked, and the incident hears of it once."""
    said = heard(found, who, WAIVE)
    assert (found.state, marks(found, said), replies(found)) == ("success", ["rocket"], [])
    assert [key for key in found.keys(found.incident) if "/waiver/" in key] == [
        f"{found.incident}/waiver/{found.number}/{said}/1"
    ]


def test_a_waiver_may_come_before_any_approval() -> None:
    """Who pushed is asked for its sake alone: the rule is eased, and the rest stays to be done."""
    with stage(harbour()) as connected:
        found = large(hotfix(connected))
        found.look()
        said = heard(found, "alex", WAIVE)
        assert (marks(found, said), replies(found)) == (["rocket"], [])
        assert (found.state, "❌ | H006" in found.card) == ("failure", False)


@pytest.mark.parametrize("who", ["morgan", "jordan", "kim"])
def test_nobody_else_does(found: Hotfix, who: str) -> None:
    """A writer, the author, an outsider: refused with one reply, however often it is looked at."""
    said = heard(found, who, WAIVE)
    assert (found.state, marks(found, said), len(replies(found))) == ("failure", ["-1"], 1)


def test_whoever_pushed_last_does_not(found: Hotfix) -> None:
    """A maintainer who pushed is not somebody else."""
    found.world.person("sam").pushes_to("hotfix/rounding", {CODE: LONG + "\n"}, "One more line")
    found.world.person("morgan").approves(found.number)
    said = heard(found, "sam", WAIVE)
    assert (found.state == "success", marks(found, said), len(replies(found))) == (False, ["-1"], 1)


def test_a_comment_that_somebody_else_edited_waives_nothing(found: Hotfix) -> None:
    """Whoever may push may edit what a maintainer wrote."""
    found.world.clock.advance(minutes=1)
    said = found.world.person("alex").comments(found.number, "I am looking.")
    found.world.person("jordan").edits_comment(said, WAIVE)
    hear(found)
    assert (found.state, marks(found, said)) == ("failure", ["-1"])


def test_a_waiver_is_gone_with_the_next_push(found: Hotfix) -> None:
    """It held for the head that it was given for."""
    heard(found, "alex", WAIVE)
    found.world.person("jordan").pushes_to("hotfix/rounding", {CODE: LONG + "\n"}, "One more line")
    found.look()
    assert "❌ | H006" in found.card


def test_a_recheck_is_marked_and_looks_again(found: Hotfix) -> None:
    """On a hotfix by a writer; what was forged meanwhile is put right."""
    found.world.person("jordan").reports(found.head, "success", "stanch/hotfix")
    said = heard(found, "morgan", "/recheck")
    assert (found.state, marks(found, said), replies(found)) == ("failure", ["rocket"], [])


def test_on_an_ordinary_pull_request_only_a_recheck_is_ours() -> None:
    """Other bots have commands of their own there: nothing of them is marked or answered."""
    with stage(harbour()) as connected:
        found = hotfix(connected).opened("A better name.", branch="feature/names")
        found.look()
        for text in ("/retest", "/deploy staging", "/lgtm", "/waive H006 it cannot be any smaller", "/help", "/ack"):
            assert (marks(found, heard(found, "alex", text)), replies(found)) == ([], [])
        said = heard(found, "morgan", "/recheck")
        assert (marks(found, said), replies(found), found.keys(found.number)) == (["rocket"], [], [])


def test_a_command_for_the_incident_is_sent_there(found: Hotfix) -> None:
    """On a hotfix `/resolve` is refused once, with where it belongs."""
    said = heard(found, "alex", "/resolve It works again.")
    assert (marks(found, said), len(replies(found))) == (["-1"], 1)


def test_a_sweep_hears_what_every_event_missed(found: Hotfix) -> None:
    """The same verdict and marks, without the comment's own run."""
    found.world.clock.advance(minutes=1)
    said = found.world.person("alex").comments(found.number, WAIVE)
    list(sweep(found.stage.desk()))
    assert (found.state, marks(found, said)) == ("success", ["rocket"])
