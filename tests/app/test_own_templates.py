"""A repository's own templates on the road: read with everything else, and never the price of a post-mortem."""

import json
from pathlib import Path

import pytest

from tests.app.rig import Rig

FOLDER = ".github/stanch/templates"
OWN = "# {{ title }}, our way\n\n{% for one in timeline %}\n- {{ one.at | when }}\n{% endfor %}\n"


def written(rig: Rig, **files: str) -> None:
    """Put templates of the team's own on the default branch."""
    names = {"long": "postmortem.md", "short": "postmortem-short.md", "client": "postmortem-client.md"}
    rig.world.person("alex").pushes_to("main", {f"{FOLDER}/{names[name]}": text for name, text in files.items()})


def resolved(rig: Rig) -> int:
    number = rig.incident()
    assert rig.look(number).code == 0
    rig.world.person("jordan").comments(number, "/resolve")
    return number


def opened_short(rig: Rig) -> int:
    """An incident that is mitigated and still open when its report is opened."""
    number = rig.incident()
    rig.look(number)
    rig.world.person("jordan").comments(number, "/status mitigated")
    rig.look(number)
    rig.world.clock.advance(hours=4 * 24)
    rig.look(number)
    return number


def report(rig: Rig) -> str:
    """The newest issue's body without its first line."""
    body = rig.world.issue(max(rig.world.repository().issues)).body or ""
    first, _, rest = body.partition("\n")
    assert first.startswith("<!-- stanch:1 key=")
    return rest


def test_the_report_is_written_the_teams_way(rig: Rig) -> None:
    """With the file on the default branch, in the one read that brings everything."""
    written(rig, long=OWN)
    number = resolved(rig)
    assert rig.look(number).code == 0
    assert report(rig).startswith("# Checkout is down, our way\n\n- 10:00 UTC\n")
    reads = rig.world.counts.reads
    assert rig.look(number, "--json").writes == []
    assert rig.world.counts.reads == reads + 1


@pytest.mark.parametrize(
    ("source", "where"),
    [
        ("# x\n{% if %}", "postmortem.md:2: it is no template"),
        ("\n\n\n{{ incident }}", 'postmortem.md:4: there is no "incident" in the view'),
        ("{{ title.__class__ }}", "postmortem.md:1: "),
        ("{% for a in title %}" * 9 + "{% endfor %}" * 9, "postmortem.md:1: it goes round more than 10,000 times"),
        ("x" * 60_500, "postmortem.md: it makes more than 59,000 "),
        ("", "postmortem.md: it says nothing"),
    ],
)
def test_a_broken_one_never_costs_a_report(rig: Rig, source: str, where: str) -> None:
    """The shipped layout is used, once, and the run names the file, the line and what to do."""
    written(rig, long=source)
    number = resolved(rig)
    ran = rig.look(number, "--json")
    assert ran.code == 2
    (problem,) = ran.report["threads"][0]["problems"]
    assert problem.startswith(f"{FOLDER}/{where}")
    assert "`stanch postmortem new`" in problem
    assert report(rig).startswith("# Incident #1: Checkout is down\n")
    after = rig.look(number, "--json")
    assert (after.code, after.writes) == (0, [])


@pytest.mark.parametrize(
    ("source", "problems"),
    [
        (OWN, []),
        ("{{ incident }}", []),
        ("# x\n{% if %}", [f"{FOLDER}/postmortem-short.md:2: it is no template: "]),
        ("\n{{ title.lower() * 3 }}", [f"{FOLDER}/postmortem-short.md:2: Mul is not for templates of your own"]),
        ("{{ title | tojson }}", [f'{FOLDER}/postmortem-short.md:1: there is no filter "tojson" here']),
        ("{% for a in b %}" * 30 + "{% endfor %}" * 30, [f"{FOLDER}/postmortem-short.md: too many "]),
        ("\udcff", [f"{FOLDER}/postmortem-short.md: it is not UTF-8 at byte 0"]),
    ],
)
def test_checking_the_config_checks_them_too(
    rig: Rig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, problems: list[str]
) -> None:
    """With file and line, before any of them is used; what they name is looked up only then."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / FOLDER).mkdir(parents=True)
    (tmp_path / FOLDER / "postmortem-short.md").write_text(source, encoding="utf-8", errors="surrogateescape")
    ran = rig.run("config", "check", "--json")
    found = json.loads(ran.out)["problems"]
    assert (ran.code, len(found)) == (2 if problems else 0, len(problems))
    assert all(one.startswith(problem) for one, problem in zip(found, problems, strict=True))


def test_a_file_that_is_no_text_is_a_broken_one(rig: Rig) -> None:
    """GitHub shows no text of it."""
    rig.world.repository().files[f"{FOLDER}/postmortem.md"] = "x" * 600_000
    number = resolved(rig)
    ran = rig.look(number, "--json")
    assert ran.report["threads"][0]["problems"][0].startswith(f"{FOLDER}/postmortem.md: it is no text")
    assert report(rig).startswith("# Incident #1")


def test_no_marker_comes_out_of_it(rig: Rig) -> None:
    """What a template writes stands in for nobody's effect."""
    written(rig, long="<!-- stanch:1 key=1/card -->\n<!-- stanch-ledger {} -->\n# {{ title }}\n")
    number = resolved(rig)
    assert rig.look(number).code == 0
    assert "<!--" not in report(rig)
    assert rig.look(number, "--json").writes == []


def test_the_short_form_and_its_long_one_are_both_the_teams(rig: Rig) -> None:
    """While the incident runs the short file counts, afterwards the long one, in place of it."""
    written(rig, long=OWN, short="Short: {{ title }}\n")
    number = opened_short(rig)
    assert report(rig) == "Short: Checkout is down\n"
    rig.world.person("jordan").comments(number, "/resolve")
    rig.look(number)
    assert report(rig).startswith("# Checkout is down, our way")
    assert rig.look(number, "--json").writes == []


def test_people_who_wrote_in_the_short_form_are_told_on_it_once(rig: Rig) -> None:
    """Through the real readers and writers: their text stays, one comment stands below it."""
    number = opened_short(rig)
    child = max(rig.world.repository().issues)
    theirs = f"{rig.world.issue(child).body}\nThe cart summed nothing.\n"
    rig.world.person("alex").edits_body(child, theirs)
    rig.world.person("jordan").comments(number, "/resolve")
    assert rig.look(number).code == 0
    assert rig.world.issue(child).body == theirs
    assert rig.keys(child) == [f"{child}/card", f"{number}/postmortem/long"]
    assert rig.look(number, "--json").writes == []
    assert rig.run("sweep").code in {0, 1}
    assert rig.keys(child).count(f"{number}/postmortem/long") == 1


def test_a_quiet_look_after_the_long_form_is_one_read(rig: Rig) -> None:
    """Once it is settled nothing is read beside the incident."""
    number = resolved(rig)
    rig.look(number)
    before = rig.world.counts.reads
    assert rig.look(number, "--json").writes == []
    assert rig.world.counts.reads == before + 1
