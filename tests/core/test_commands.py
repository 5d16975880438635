"""Which lines of a comment are commands, and which are somebody else's business."""

import pytest
from tests.values import START

from stanch.core.calls import Call, read
from stanch.core.commands import COMMANDS, TABLE, Place, Verb, help_view


def verbs(body: str) -> list[str]:
    """What is called for, in order; a problem as `verb:code`."""
    return [_told(call) for call in read(body, START, "UTC")]


def _told(call: Call) -> str:
    name = call.verb.value if call.verb else call.typed
    return f"{name}:{call.wrong.code}" if call.wrong else name


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("", []),
        ("no slash at all", []),
        ("/ack", ["ack"]),
        ("/ACK", ["ack"]),
        ("/ack  ", ["ack"]),
        ("/ack looking into it", ["ack"]),
        ("/stanch ack", ["ack"]),
        ("/stanch /ack", ["ack"]),
        ("hello\n/ack\nbye", ["ack"]),
        ("/ack\r\n/take\r\n", ["ack", "take"]),
        ("/take\n/sev 2 only exports\n/lead @jordan", ["take", "sev", "lead"]),
        ("please /ack this", []),
        ("and/or\n/etc/passwd is fine", []),
        ("//ack", []),
        ("- /ack", []),
        ("> /ack", []),
        ("> quoted\n/ack", []),
        ("> quoted\n\n/ack", ["ack"]),
        ("```\n/ack\n```", []),
        ("~~~\n/ack\n~~~\n/take", ["take"]),
        ("```\n/ack", []),
        ("    /ack", []),
        ("`open\n/ack\nclosed`", []),
        ("<!--\n/ack\n-->", []),
        ("<details>\n/ack\n</details>", []),
    ],
)
def test_a_command_is_a_line_of_its_own_outside_code_and_quotes(body: str, found: list[str]) -> None:
    """At the start of a line, in any case, with any line ends; not in code, quotes, HTML or mid-sentence."""
    assert verbs(body) == found


@pytest.mark.parametrize(
    ("body", "found", "arguments"),
    [
        ("/update: we are on it", "update", {"text": "we are on it"}),
        ("/update! now", "update!", {"text": "now"}),
        ("/update!: now", "update!", {"text": "now"}),
        ("/sev-2 only exports", "sev", {"severity": "sev-2", "text": "only exports"}),
        ("/SEV1 all down", "sev", {"severity": "sev-1", "text": "all down"}),
        ("/sev_3: one page", "sev", {"severity": "sev-3", "text": "one page"}),
        ("/stanch sev-2 only exports", "sev", {"severity": "sev-2", "text": "only exports"}),
        ("/ack.", "ack", {}),
        ("/ack!", "ack", {}),
        ("/ack, looking", "ack", {"text": "looking"}),
        ("/contain: flag x", "contain", {"kind": "flag", "what": "x"}),
        ("/status: mitigated", "status", {"status": "mitigated"}),
        ("/resolve.", "resolve", {}),
        ("/false alarm a test", "false-alarm", {"text": "a test"}),
        ("/false-alarm: a test", "false-alarm", {"text": "a test"}),
    ],
)
def test_a_likely_slip_is_understood(body: str, found: str, arguments: dict[str, str]) -> None:
    """A mark after the name, a severity's own name, and two words for `false-alarm` can mean one thing only."""
    (call,) = read(body, START, "UTC")
    assert call.wrong is None
    assert (call.verb, call.arguments) == (Verb(found), arguments)


@pytest.mark.parametrize(
    "body",
    [
        "/sev1/x",
        "/sev-2.html",
        "/sev-2-runbook",
        "/ack/foo",
        "/ack.md",
        "/ack:/foo",
        "/update.php is slow",
        "/false alarms are worse",
        "/lgtm.",
        "/x:y",
        "https://example.com/ack",
    ],
)
def test_a_path_is_no_command(body: str) -> None:
    """Nor a file, an address or somebody else's command, whatever stands behind it."""
    assert verbs(body) == []


@pytest.mark.parametrize(
    "body",
    [
        "\uff0fack",
        "/\uff41\uff43\uff4b",
        "/a\u200bck",
        "\u202e/ack",
        "/ack\u2066",
        "\ufeff/ack",
        "/\u00adack",
        "/ack\u3000now",
    ],
)
def test_what_reads_as_a_command_is_one(body: str) -> None:
    """Full-width letters, invisible and direction-changing characters do not hide what stands there."""
    assert verbs(body) == ["ack"]


@pytest.mark.parametrize("body", ["/\u0430ck", "/\u03b1ck", "/t\u0430ke"])
def test_letters_of_another_alphabet_are_no_command(body: str) -> None:
    """A Cyrillic or Greek look-alike is at most a typo, and is never carried out."""
    assert all(call.verb is None for call in read(body, START, "UTC"))


@pytest.mark.parametrize("body", ["/lgtm", "/label bug", "/retest", "/approve", "/assign @kim", "/rebase", "/close"])
def test_other_bots_commands_are_left_alone(body: str) -> None:
    """What is not ours gets no mark and no reply."""
    assert verbs(body) == []


@pytest.mark.parametrize(
    ("body", "meant"),
    [
        ("/akc", "ack"),
        ("/resolved", "status resolved"),
        ("/mitigated", "status mitigated"),
        ("/monitoring since ten", "status monitoring"),
        ("/investigating", "status investigating"),
        ("/identified.", "status identified"),
        ("/mitigate", "status mitigated"),
        ("/udpate x", "update"),
        ("/containt flag x", "contain"),
        ("/akc!", "ack"),
        ("/update:we look", "update"),
        ("/status:mitigated", "status"),
        ("/falsealarm", "false-alarm"),
        ("/stanch nonsense", "help"),
    ],
)
def test_a_typo_is_told_what_was_meant(body: str, meant: str) -> None:
    """Close to one of ours, or said to Stanch by name: worth a word."""
    (call,) = read(body, START, "UTC")
    assert call.wrong is not None
    assert (call.verb, call.wrong.code, call.meant) == (None, "unknown", meant)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("/update Login works again.", "Login works again."),
        ("/update\nLogin works\n\nagain.", "Login works\n\nagain."),
        ("/update One.\nTwo.\n/ack\nThree.", "One.\nTwo."),
        ("/update Down are\n/api is slow\n/login", "Down are\n/api is slow\n/login"),
        ("/update One.\r\nTwo.", "One.\nTwo."),
        ("/update One.\n/akc", "One."),
        ("/update One.\n```\nthe log\n/ack\n```\nTwo.", "One.\n```\nthe log\n/ack\n```\nTwo."),
        ("/update One.\n> what kim wrote\n\nTwo.", "One.\n> what kim wrote\n\nTwo."),
        ("/update\n    four spaces", "four spaces"),
        ("/update One.\n\n```\nnever closed\n/ack", "One.\n\n```\nnever closed\n/ack"),
        ("/update One.\n> a quote\n\n/ack", "One.\n> a quote"),
        ("/update One.\n<!-- for me\n/ack -->\n\nTwo.", "One.\n\nTwo."),
        ("/update One.\n<!-- for me --> Two.", "One.\n Two."),
        ("/update One.\n```\n<!-- shown -->\n```", "One.\n```\n<!-- shown -->\n```"),
    ],
)
def test_an_update_runs_to_the_next_command(body: str, text: str) -> None:
    """Every line that a reader of the comment sees, up to the next command or the end, code and quotes too."""
    call = read(body, START, "UTC")[0]
    assert call.verb is Verb.UPDATE
    assert call.arguments == {"text": text}


def test_each_call_knows_its_line() -> None:
    """Two calls of one comment have two places."""
    assert [call.line for call in read("x\n/ack\n\n/take", START, "UTC")] == [2, 4]


def helped(place: Place) -> list[dict[str, str]]:
    rows = help_view(place)["commands"]
    assert isinstance(rows, list)
    return rows


def test_the_table_is_whole() -> None:
    """Every verb has a row, and the help of each place shows every row with a meaning that can be said there."""
    assert set(TABLE) == {verb.value for verb in Verb}
    rows = [row for place in (Place.INCIDENT, Place.POSTMORTEM) for row in helped(place)]
    assert {row["verb"] for row in rows} == {usage.verb.value for usage in COMMANDS}
    assert [row["verb"] for row in helped(Place.POSTMORTEM)] == ["done", "defer", "drop", "assign", "reviewed", "help"]
    assert {"done", "defer"}.isdisjoint(row["verb"] for row in helped(Place.INCIDENT))
    assert all(row["meaning"] for row in rows)


@pytest.mark.parametrize("body", ["/" * 65_000, "/ack\n" * 13_000, "/update " + "x" * 65_000, "`" * 65_000 + "/ack"])
def test_a_huge_comment_is_read_like_any_other(body: str) -> None:
    """64 KiB of anything is read without a hitch."""
    assert len(read(body, START, "UTC")) in {0, 1, 21}


def test_a_wall_of_commands_is_read_for_twenty() -> None:
    """The next one is refused with the reason, and what follows is not read."""
    calls = read("/ack\n" * 13_000, START, "UTC")
    assert len(calls) == 21
    assert all(call.wrong is None for call in calls[:20])
    assert calls[20].wrong is not None
    assert calls[20].wrong.code == "too-many"
