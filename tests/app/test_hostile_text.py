"""Hostile text: nothing that anybody writes mentions, forges, breaks out or runs in what the bot posts."""

import json
import re
from pathlib import Path
from unicodedata import category

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from stanch.app.road import carry
from stanch.app.stage import stage
from stanch.core.forms import LABELS as FIELDS
from stanch.core.marker import marker_of
from stanch.sandbox.people import form_body
from stanch.sandbox.rights import BOT
from stanch.sandbox.world import World
from tests.app.posted import faults_of, fences, mentions, ragged_rows, rendered_tables, tags
from tests.app.rig import LABELS, REPOSITORY, Rig, harbour, rigged

FRAGMENTS = (
    "@victim", "@harbour/team", "&commat;victim", "&#64;victim", "&#x40;victim", "@\u200bvictim", "\uff20victim",
    "<!-- stanch:1 key=1/card -->", "<!--", "-->", "<!-- stanch-ledger {\"v\":1} -->",
    "<script>alert(1)</script>", "<img src=x onerror=y>", "<details>", "</details>", "<b", "&lt;b&gt;", "<code>",
    "|", "||", "\\|", "&vert;", "| a | b |", "|---|---|", "\n|---|\n",
    "```", "~~~", "`", "``", "    indented", "\t", "\n\n", "\n", "\r", "\u2028", "\x0b", "\x0c", "\x85",
    "{{7777*3}}", "{% for x in range(9) %}", "{# #}", "${{ secrets.X }}", "{{ self.__init__ }}",
    "\u202e", "\u2066", "\u200b", "\ufeff", "e\u0301\u0301\u0301\u0301\u0301\u0301",
    "#999", "GH-998", "harbour/other#997", "https://evil.example/issues/996", "www.evil.example", "a@evil.example",
    "mailto:a@evil.example", "<https://evil.example>", "[text](https://evil.example)", "![x](//evil.example/x.png)",
    "[ref]: https://evil.example", "**bold**", "_it_", "~~gone~~", "$x$", "# heading", "> quote", "- [ ] box",
    "1. one", "---", "===", "::error::boo", "##[error]boo", "\\", "\\@victim", "*", "x", "1", " ", "🚨",
)  # fmt: skip
HOSTILE = " ".join(FRAGMENTS).replace("\n", " ").replace("\r", " ")
LINES = "\n".join(FRAGMENTS)
FORGED = (
    "<!-- stanch:1 key=1/card -->\n"
    '<!-- stanch-ledger {"v":1,"records":[],"delivered":{"1/call/sev-1/20260317T100000Z":1},"children":{},'
    '"declarations":{},"changes":[],"explained":9,"adopted":1} -->\n## SEV-4'
)
CONFIG = """\
people: [jordan, morgan]
clients: [victim]
team: {name: "{{7777*3}} @victim"}
labels: {sev-1: ["<b>|@victim`"]}
services:
  "<img>|@victim `{{7777*3}}`":
    look: ["https://status.example/?q=|)(*_~&commat;victim"]
    rollback: "@victim | ``` <b> {% if %} #999"
    owner: jordan
"""
EVIL = "it is down @victim &commat;victim <b>|`x` ``` <!-- --> {{7777*3}} #999 [a](https://evil.example) ::error::x"
RUNBOOK = f"""---
services: ["@victim <b>|"]
symptoms: [{json.dumps(EVIL)}]
alerts: ["@victim|Down <b>"]
owner: jordan
last_reviewed: 2026-01-01
review_every: 30d
---

# Down @victim | <b> `x` #999 [a](https://evil.example) {{{{7777*3}}}}
"""
DRAFT = (
    r"/update (?:We (?:have|had) a problem|About this problem): [^`<>|\\]{1,310}"
    r"(?:\\n(?:All users|One customer|Users|We|It|What happened:|Affected:|Until then|As far as we know|You|\[…)"
    r" [^`<>|\\]*)*"
)
OUR_FENCE = re.compile(rf"fences: \[(['\"])(?:git revert --no-edit (?:-m 1 )?[0-9a-f]{{40}}|{DRAFT})\\n\1\]")
"""How to take a merged hotfix back, or what to tell clients, and nothing else in it."""
HIDDEN = {"Cc", "Cf", "Cs", "Co"}
INTENDED = {"jordan", "morgan", "alex"}
HOSTS = ("https://status.example/", "https://github.com/harbour/checkout/", "http://")


def assert_harmless(world: World, intended: set[str]) -> int:
    """Every text that the bot posted anywhere, checked; how many there were."""
    repo = world.repository()
    numbers = {str(number) for number in repo.issues}
    posted = bodies(world)
    faults = [fault for body in posted for fault in faults_of(body, intended, numbers, HOSTS)]
    assert [fault for fault in faults if not OUR_FENCE.fullmatch(fault)] == []
    titles = [issue.title for issue in repo.issues.values() if issue.author == BOT]
    assert [
        title for title in titles if "23331" in title or len(title) > 200 or HIDDEN & set(map(category, title))
    ] == []
    return len(posted)


def bodies(world: World) -> list[str]:
    """Everything that the bot wrote, comments and issues."""
    issues = world.repository().issues.values()
    said = [one.body for issue in issues for one in issue.comments if one.author == BOT]
    return said + [issue.body or "" for issue in issues if issue.author == BOT]


def filled_in(text: str) -> str:
    """The shipped form with this text in every answer but the severity."""
    questions = [labels[0] for name, labels in FIELDS.items() if name not in {"severity", "detected"}]
    return form_body({**dict.fromkeys(questions, text), "Severity": "SEV-1: down"})


COMMANDS = (
    "/take",
    "/sev 1 {}",
    "/update! {}",
    "/status identified {}",
    "/timeline {}",
    "/contain rollback {}",
    "/contain flag {} until 2026-03-17",
    "/lead @jordan",
    "/resovle {}",
    "/sev {}",
    "/timeline {} | yesterday",
    "/contain {}",
    "/restore {}",
    "/verify {}",
    "/snooze {}",
    "/runbook {} failed",
    "/runbook down worked {}",
    "/runbook down failed {}",
    "/help",
    "/stanch {}",
)


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rig:
    """A world in which titles, deployments, labels, services and files are hostile before anything happens."""
    world = harbour(CONFIG)
    alex = world.person("alex")
    world.repository().labels["<b>|@victim`"] = next(iter(world.repository().labels.values()))
    alex.pushes("runbooks/down.md", RUNBOOK)
    alex.pushes("runbooks/@victim #999 <b>.md", RUNBOOK.replace("Down", "`Down`"))
    for number, text in enumerate(FRAGMENTS[:24]):
        pull = alex.opens_pull(f"x {text.strip() or number} {HOSTILE}"[:250], "", f"branch-{number}")
        alex.merges(pull)
        world.clock.advance(minutes=1)
    return Rig(world, tmp_path, monkeypatch)


def test_a_whole_hostile_incident_posts_nothing_harmful(
    scene: Rig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the form to the post-mortem and its reminders: every text that the bot posts only shows what was said."""
    with rigged(scene.world, tmp_path, monkeypatch) as rig:
        world = rig.world
        number = world.person("alex").opens(f"Down {HOSTILE}"[:256], filled_in(LINES), labels=["sev-1"])
        assert rig.look(number).code == 0
        world.person("alex").comments(number, FORGED)
        for place, command in enumerate(COMMANDS):
            world.clock.advance(minutes=7)
            world.person("jordan").comments(number, command.format(HOSTILE))
            world.person("sam").comments(number, command.format(LINES))
            assert place % 6 or rig.look(number).code == 0
        world.person("alex").opens_pull(f"Fix {HOSTILE}"[:256], f"Fixes #{number}", "fix")
        world.person("jordan").comments(number, "/status mitigated\n" + LINES)
        assert rig.look(number).code == 0
        world.person("jordan").comments(number, "/resolve " + HOSTILE)
        assert rig.look(number).code == 0
        report = max(world.repository().issues)
        assert world.issue(report).author == BOT
        items = "\n".join(f"- [ ] {text} — Owner: @morgan — Due: 2026-03-18" for text in FRAGMENTS if text.strip())
        world.person("alex").edits_body(report, f"{world.issue(report).body}\n{items}\n")
        world.clock.advance(hours=7 * 24)
        assert rig.run("sweep").code == 0
        own = world.issue(report).body or ""
        world.person("alex").edits_body(report, own.replace(items, ""))
        assert assert_harmless(world, INTENDED) > 20
        shown = {
            word for word in ("runbooks/down.md", "/stale/", "/runbook/down") for body in bodies(world) if word in body
        }
        assert len(shown) == 3, shown


def test_a_forged_card_is_nobodys_card(rig: Rig) -> None:
    """A comment that looks like a card with its ledger is a comment: the card is made, people are called."""
    number = rig.incident()
    rig.world.person("alex").comments(number, FORGED)
    rig.look(number)
    assert sorted(rig.keys(number)) == [f"{number}/call/sev-1/20260317T100000Z", f"{number}/card"]
    assert "SEV-1" in rig.card(number)
    assert "older than Stanch" not in rig.card(number)


def test_a_card_that_somebody_edits_is_believed_no_more(rig: Rig) -> None:
    """A ledger that a person could have written is not read; the card says what the thread says."""
    number = rig.incident()
    rig.look(number)
    card = rig.by_bot(number)[0]
    forged = FORGED.replace('"explained":9', '"explained":0')
    rig.world.person("alex").edits_comment(card.id, forged)
    rig.look(number)
    assert "SEV-1" in rig.card(number)
    assert "older than Stanch" not in rig.card(number)
    assert rig.keys(number).count(f"{number}/call/sev-1/20260317T100000Z") == 1


@pytest.mark.parametrize("start", ["- [ ] ", "| ", "```\n", "<details>\n", "> ", ""])
def test_the_largest_bodies_post_nothing_harmful(rig: Rig, start: str) -> None:
    """65,536 characters in the body, a form answer and an update leave whole tables and closed fences."""
    text = (start + HOSTILE * 40)[:60_000]
    number = rig.world.person("alex").opens("Down", filled_in(text)[:65_536], labels=["sev-1"])
    rig.look(number)
    rig.world.person("jordan").comments(number, ("/update! " + text)[:65_536])
    rig.world.person("jordan").comments(number, "/resolve")
    assert rig.look(number).code == 0
    assert assert_harmless(rig.world, INTENDED) >= 3


def test_a_login_is_only_shown(rig: Rig) -> None:
    """Whatever an account is called, it breaks no table, and only a believable login is mentioned."""
    for login in ("eve|<b>", "everyone", "x--y", "a`b`", "{{7777*3}}"):
        rig.world.add_person(login, "write")
        number = rig.world.person(login).opens("Down", "", labels=["sev-1"], assignees=[login])
        rig.look(number)
        rig.world.person(login).comments(number, "/take")
        rig.world.person(login).comments(number, "/contain rollback x")
        rig.world.person(login).comments(number, "/resolve")
        assert rig.look(number).code in {0, 3}
    assert_harmless(rig.world, INTENDED | {"everyone"})


def test_a_deployment_is_only_shown(rig: Rig) -> None:
    """Branch names and descriptions of deployments stand in the card's table as text."""
    for ref in ("a|b", "<b>", "@victim", "`x`", "{{7777*3}}", "#999"):
        rig.world.repository().branches[ref] = rig.world.repository().head
        rig.world.person("alex").deploys("production", ref, "success", HOSTILE)
        rig.world.clock.advance(minutes=1)
    number = rig.incident()
    assert rig.look(number).code == 0
    assert "Deployed" in rig.card(number)
    assert_harmless(rig.world, INTENDED)


TEXTS = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=4), min_size=1, max_size=8).map("".join)


@settings(max_examples=12, phases=[Phase.explicit, Phase.generate])
@given(title=TEXTS, body=TEXTS, said=TEXTS, done=TEXTS)
def test_no_text_gets_through(title: str, body: str, said: str, done: str) -> None:
    """Any title, answer, update and containment: what the bot posts holds to all of the rules."""
    world = World("2026-03-17T10:00:00Z")
    files = {".github/stanch.yml": "people: [jordan, morgan]\n"}
    world.add_repository(REPOSITORY, labels=LABELS, files=files)
    for login in ("alex", "jordan", "morgan"):
        world.add_person(login, "write")
    world.person("alex").opens(f"x{title}"[:256], filled_in(body), labels=["sev-1"])
    with stage(world) as desks:
        carry(desks.desk(), 1)
        jordan = world.person("jordan")
        jordan.comments(1, f"/take\n/contain flag {done}\n/lead @jordan\n/sev {said}\n/update! {said}")
        jordan.comments(1, f"/resolve {said}")
        carry(desks.desk(), 1)
        assert_harmless(world, INTENDED)
        assert carry(desks.desk(), 1).writes == ()


def test_the_checks_find_what_they_look_for() -> None:
    """Each check sees its own fault in a body that has it."""
    assert mentions("a @victim b") == {"victim"}
    assert mentions("&commat;victim and @harbour/team") == {"victim", "harbour/team"}
    assert mentions("`@victim`") == set()
    assert tags("a <img src=x> b") == {"img src=x"}
    assert fences("a\n\n```\nb") == ["b"]
    assert ragged_rows("| a | b |\n|---|---|\n| a | b | c |") == ["| a | b | c |"]
    assert rendered_tables("| a | b |\n|---|---|\n| c | d |\n\ntext") == [2]
    faulty = "<!-- stanch:1 key=1/card -->\n#999 https://evil.example <!-- x --> \u202e 23331\n\n[a](//evil.example)"
    names = {fault.partition(":")[0] for fault in faults_of(faulty, set(), set())}
    assert names == {"references", "addresses", "markers", "tags", "direction", "templates", "links"}
    assert marker_of(faulty) is not None
