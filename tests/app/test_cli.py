"""The command line: what it asks of its environment, and that it ends in one sentence when something is missing."""

import os
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from stanch.app import embedded
from stanch.app.config import schema
from stanch.sandbox import server
from stanch.sandbox.world import World
from tests.app.rig import LABELS, REPOSITORY, Rig
from tests.patience import PATIENCE
from tests.source import ROOT


def said_right(complaint: str, *named: str) -> None:
    """A complaint is one sentence of Stanch's that names these."""
    assert complaint.startswith("stanch: ")
    assert complaint.endswith((".", "`"))
    assert [name for name in named if name not in complaint] == []
    assert len(complaint) < 500


@pytest.mark.parametrize("command", [("handle", "--issue", "1"), ("sweep",)])
@pytest.mark.parametrize("value", [None, "", "  "])
@pytest.mark.parametrize("name", ["GITHUB_TOKEN", "GITHUB_REPOSITORY"])
def test_what_the_environment_lacks_is_named(rig: Rig, name: str, value: str | None, command: tuple[str, ...]) -> None:
    """Without a token or a repository nothing is asked; exit 2 says which variable to set, and where."""
    rig.set(name, value)
    ran = rig.run(*command)
    said_right(ran.complaint, name, "env")
    assert (ran.code, ran.out, rig.world.counts.requests) == (2, "", 0)


@pytest.mark.parametrize(
    "value",
    [
        "checkout",
        "harbour/",
        "/checkout",
        "harbour/checkout/1",
        "harbour/check out",
        "harbour/ch\u202eckout",
        "a" * 200,
    ],
)
def test_a_repository_that_is_none_is_refused_before_anything_is_asked(rig: Rig, value: str) -> None:
    """Only owner/name with characters that GitHub allows is a repository; else exit 2."""
    rig.set("GITHUB_REPOSITORY", value)
    ran = rig.look(1)
    said_right(ran.complaint, "GITHUB_REPOSITORY", "owner/name")
    assert (ran.code, rig.world.counts.requests) == (2, 0)


@pytest.mark.parametrize("value", ["bad token", "tök", "a\tb"])
def test_a_token_that_is_none_is_refused_and_never_shown(rig: Rig, value: str) -> None:
    """A token with characters that no token has is a usage error; it is not printed."""
    rig.set("GITHUB_TOKEN", value)
    ran = rig.look(1)
    said_right(ran.complaint, "GITHUB_TOKEN")
    assert (ran.code, value in ran.err) == (2, False)


def test_a_graphql_address_that_differs_is_an_error(rig: Rig) -> None:
    """Two addresses that do not belong together would read here and write there: exit 2, nothing asked."""
    rig.set("GITHUB_GRAPHQL_URL", "https://api.github.com/graphql")
    ran = rig.look(1)
    said_right(ran.complaint, "GITHUB_GRAPHQL_URL", "GITHUB_API_URL", "Unset")
    assert (ran.code, rig.world.counts.requests) == (2, 0)


def test_a_graphql_address_that_agrees_is_fine(rig: Rig) -> None:
    """Actions sets both; a slash at the end makes no difference."""
    number = rig.incident()
    rig.set("GITHUB_GRAPHQL_URL", os.environ["GITHUB_API_URL"] + "/graphql/")
    assert rig.look(number).code == 0


@pytest.mark.parametrize("value", ["ftp://api.github.com", "api.github.com", "https://u:p@api.github.com", "https://"])
def test_an_api_address_that_is_none_is_a_usage_error(rig: Rig, value: str) -> None:
    """Exit 2 names the variable and shows how it should look."""
    rig.set("GITHUB_API_URL", value)
    ran = rig.look(1)
    said_right(ran.complaint, "GITHUB_API_URL", "https://api.github.com")
    assert ran.code == 2


def test_no_event_and_no_issue_is_a_usage_error(rig: Rig) -> None:
    """Exit 2 names both ways out."""
    ran = rig.run("handle")
    said_right(ran.complaint, "GITHUB_EVENT_PATH", "--issue")
    assert ran.code == 2


@pytest.mark.parametrize(
    ("args", "named"),
    [
        (("frobnicate",), "frobnicate"),
        (("handle", "--issue", "0"), "--issue"),
        (("handle", "--issue", "-1"), "--issue"),
        (("handle", "--issue", "2147483648"), "--issue"),
        (("handle", "--issue", "twelve"), "twelve"),
        (("handle", "--issue", "9" * 5_000), "is no number of an issue or a pull request. Give one like 12."),
        (("gate", "x"), "'x' is no number of an issue or a pull request. Give one like 12."),
        (("gate", "0"), "'0' is no number"),
        (("gate", "2147483648"), "'2147483648' is no number"),
        (("gate", "\u0661\u0662"), "is no number"),
        (("handle", "--frob"), "--frob"),
        (("sweep", "surplus"), "surplus"),
        (("drill", "no-such-scenario"), "no-such-scenario"),
        (("drill", "--frob"), "--frob"),
        (("drill", "a\0b"), "a\0b"),
        (("sandbox", "serve", "--port", "99999"), "--port"),
        (("sandbox", "serve", "--port", "-1"), "--port"),
    ],
)
def test_a_wrong_call_is_exit_2_and_says_what_was_wrong(rig: Rig, args: tuple[str, ...], named: str) -> None:
    """An unknown command, option, number or scenario is named on stderr, without a traceback."""
    ran = rig.run(*args)
    assert (ran.code, ran.out) == (2, "")
    assert named in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("args", [("--version",), ("--help",), ("-h",), ("handle", "--help"), ("drill", "--list")])
def test_questions_about_itself_need_no_environment(rig: Rig, args: tuple[str, ...]) -> None:
    """Version and help answer with exit 0 and ask nobody."""
    for name in ("GITHUB_TOKEN", "GITHUB_REPOSITORY", "GITHUB_API_URL"):
        rig.set(name, None)
    ran = rig.run(*args)
    assert (ran.code, ran.err, bool(ran.out.strip())) == (0, "", True)
    assert rig.world.counts.requests == 0


@pytest.mark.parametrize("group", [(), ("config",), ("postmortem",), ("runbooks",), ("sandbox",)])
def test_a_list_of_commands_cuts_no_sentence(rig: Rig, group: tuple[str, ...]) -> None:
    """Each command's first sentence stands there whole."""
    ran = rig.run(*group, "--help")
    assert (ran.code, "..." in ran.out.partition("Commands:")[2]) == (0, False)


def test_config_schema_is_the_schema(rig: Rig) -> None:
    """What editors are given is what the loader's model says."""
    assert rig.run("config", "schema").out.strip() == schema()


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("", 0, ""),
        ("people: [alex]\n", 0, ""),
        ("serv: {}\npeople: 3\n", 2, ":1:1: unknown key"),
        ("people: [", 2, ""),
        (b"\xff\xfe\x00", 2, ""),
    ],
)
def test_config_check_says_everything_that_is_wrong(
    rig: Rig, tmp_path: Path, text: str | bytes, code: int, says: str
) -> None:
    """Exit 0 for what is fine, 2 with place and problem else; JSON says the same."""
    file = tmp_path / "stanch.yml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    plain, as_json = rig.run("config", "check", str(file)), rig.run("config", "check", str(file), "--json")
    assert (plain.code, as_json.code) == (code, code)
    assert says in plain.out
    assert as_json.report == {
        "file": str(file),
        "present": True,
        "problems": plain.out.strip().splitlines() if code else [],
        "remarks": [],
    }


@pytest.mark.parametrize(
    ("files", "file", "code", "says"),
    [
        ({}, "stanch.yml", 0, "There is no .github/stanch.yml here: the defaults apply."),
        ({"stanch.yml": "people: [alex]"}, "stanch.yml", 0, ".github/stanch.yml is fine."),
        ({"stanch.yaml": "people: [alex]"}, "stanch.yaml", 0, ".github/stanch.yaml is fine."),
        ({"stanch.yaml": "serv: 1"}, "stanch.yaml", 2, ".github/stanch.yaml:1:1: unknown key"),
        ({"stanch.yml": "", "stanch.yaml": ""}, "stanch.yml", 2, ".github/stanch.yaml:1:1: .github/stanch.yml exists"),
    ],
)
def test_config_check_judges_what_the_bot_reads(
    rig: Rig, files: dict[str, str], file: str, code: int, says: str
) -> None:
    """Without a name: `.github/stanch.yml`, else `.github/stanch.yaml`; both are a problem, none means the defaults."""
    (rig.folder / ".github").mkdir()
    for name, text in files.items():
        (rig.folder / ".github" / name).write_text(text)
    rig.patch.chdir(rig.folder)
    plain, as_json = rig.run("config", "check"), rig.run("config", "check", "--json")
    assert (plain.code, as_json.code) == (code, code)
    assert plain.out.startswith(says)
    assert (as_json.report["file"], as_json.report["present"]) == (f".github/{file}", bool(files))
    assert as_json.report["problems"] == (plain.out.strip().splitlines() if code else [])


@pytest.mark.parametrize("flags", [(), ("--json",)])
@pytest.mark.parametrize("name", ["no.yml", "no/such/folder.yml"])
def test_config_check_of_a_file_that_is_not_there_is_one_sentence(rig: Rig, name: str, flags: tuple[str, ...]) -> None:
    """Who names a file means it: exit 2, whatever holds where none is named."""
    ran = rig.run("config", "check", name, *flags)
    said_right(ran.complaint, name)
    assert (ran.code, ran.out) == (2, "")


def test_config_check_of_a_folder_is_one_sentence(rig: Rig, tmp_path: Path) -> None:
    """What cannot be read as a file is named, with exit 2."""
    ran = rig.run("config", "check", str(tmp_path))
    said_right(ran.complaint, str(tmp_path))
    assert ran.code == 2


@pytest.mark.parametrize("args", [("drill", "night"), ("drill", "--demo"), ("sandbox", "serve", "--port", "0")])
def test_the_package_of_the_embedded_github_is_asked_for(rig: Rig, args: tuple[str, ...]) -> None:
    """An installation without the extra says what to install, before anything begins."""
    rig.patch.setattr(embedded, "find_spec", lambda _: None)
    ran = rig.run(*args)
    assert (ran.code, ran.out, "Traceback" in ran.err) == (2, "", False)
    extra = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]["sandbox"]
    assert f"pip install '{extra[0]}'" in ran.complaint


@pytest.mark.parametrize("text", [None, b"\xff\xfe", b"", b"[]", b"world: 3", b"{", b"a: " + b"[" * 600])
def test_a_world_that_cannot_be_served_is_a_usage_error(rig: Rig, tmp_path: Path, text: bytes | None) -> None:
    """A file that is missing, or is no scenario, ends in exit 2 before anything is served."""
    file = tmp_path / "world.yml"
    if text is not None:
        file.write_bytes(text)
    ran = rig.run("sandbox", "serve", "--port", "0", "--world", str(file))
    said_right(ran.complaint, str(file))
    assert ran.code == 2


@pytest.mark.parametrize("text", [b"\xff\xfe\x00", b"", b"[]", b"\x00", b"a: " + b"[" * 600])
def test_a_scenario_that_cannot_be_played_is_a_usage_error(rig: Rig, text: bytes) -> None:
    """A file that is no scenario ends in exit 2 and one sentence that names it."""
    file = rig.folder / "scenario.yml"
    file.write_bytes(text)
    ran = rig.run("drill", str(file))
    said_right(ran.complaint, str(file))
    assert (ran.code, ran.out) == (2, "")


def test_the_list_of_scenarios_is_json_when_asked_for(rig: Rig) -> None:
    """`--list` prints a name a line, `--list --json` the same names for a script."""
    assert rig.run("drill", "--list", "--json").report == {"scenarios": rig.run("drill", "--list").out.split()}


def test_a_reader_that_goes_away_is_no_traceback() -> None:
    """`stanch … | head`: the pipe is closed, and nothing is said about it."""
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "stanch", "config", "schema"]
    given = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}
    try:
        done = subprocess.run(command, env=given, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (1, "")


def process(world: World, *args: str, **environment: str) -> tuple[int, str, str]:
    """One real process that speaks HTTP with a served world."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "STANCH_"))}
    running = server.serve(world)
    try:
        given = {
            **kept,
            "PYTHONPATH": str(ROOT / "scripts"),
            "GITHUB_API_URL": running.address,
            "GITHUB_REPOSITORY": REPOSITORY,
            "GITHUB_TOKEN": world.bot_token,
            **environment,
        }
        done = subprocess.run(
            [sys.executable, "-m", "stanch", *args],
            env=given,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    finally:
        running.stop()
    return done.returncode, done.stdout, done.stderr


def served() -> World:
    world = World(int(datetime.now(UTC).timestamp()))
    world.add_repository(REPOSITORY, labels=LABELS, files={".github/stanch.yml": "people: [jordan]\n"})
    for login in ("alex", "jordan"):
        world.add_person(login, "write")
    return world


def test_a_process_carries_an_incident_over_http() -> None:
    """`python -m stanch handle` writes the card and the call, and exits 0 in silence on stderr."""
    world = served()
    number = world.person("alex").opens("Checkout is down", labels=["sev-1"])
    code, out, err = process(world, "handle", "--issue", str(number))
    assert (code, err) == (0, "")
    assert f"#{number}: made 3 writes" in out
    assert len(world.issue(number).comments) == 2


@pytest.mark.parametrize(
    ("args", "environment", "code", "named"),
    [
        (("handle", "--issue", "7"), {}, 3, "Issue 7"),
        (("handle", "--issue", "7"), {"GITHUB_TOKEN": "wrong"}, 3, "401"),
        (("handle", "--issue", "7"), {"GITHUB_TOKEN": ""}, 2, "GITHUB_TOKEN"),
        (("handle",), {"GITHUB_EVENT_PATH": os.devnull}, 2, "empty"),
    ],
    ids=["unknown issue", "401", "no token", "empty payload"],
)
def test_a_process_fails_in_one_sentence(
    args: tuple[str, ...], environment: dict[str, str], code: int, named: str
) -> None:
    """A real process ends with the right exit code and one line on stderr, never with a traceback."""
    ended, out, err = process(served(), *args, **environment)
    assert (ended, out, err.count("\n")) == (code, "", 1)
    said_right(err.strip(), named)


def test_nobody_there_is_exit_3() -> None:
    """An address where nothing listens is tried three times, then it could not be told."""
    code, out, err = process(served(), "handle", "--issue", "1", GITHUB_API_URL="http://127.0.0.1:9")
    assert (code, out, err.count("\n")) == (3, "", 1)
    said_right(err.strip(), "could not be reached", "next event or sweep")
