"""What the documents say is what the code does: tables, commands, examples, files and links."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from itertools import chain, pairwise
from pathlib import Path

import click
import pytest
import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from stanch.adapters.config_file import read_config
from stanch.cli import cli
from stanch.core.clock import BusinessDays, Promise, SameBusinessDay, Within
from stanch.core.commands import COMMANDS
from stanch.core.config import CONFIG_PATH, DEFAULT_RULES, DEFAULTS, json_schema
from stanch.core.config_model import Hotfix, Severities, Written
from stanch.core.labels import TABLE as LABELS
from stanch.core.likeness import ALIKE
from stanch.core.lint.sharing import SHORTEST_REASON
from stanch.core.own_templates import TEMPLATES
from stanch.core.postmortem import OLD
from stanch.core.rules import RULES
from stanch.core.setup.manifest import MANIFEST
from stanch.core.sighting import MOST
from stanch.core.wanted import Text
from stanch.render.words import Words
from tests.scenarios import month

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("runbooks/**/*.md")])
NAMES = [str(document.relative_to(ROOT)) for document in DOCUMENTS]
WORKFLOWS = ("stanch-incidents", "stanch-watch", "stanch-sweep", "stanch-hotfix", "stanch-prove")
PICTURE = ROOT / "docs/demo.png"

FOLDERS = r"(?:scripts|tests|templates|docs|runbooks|requirements|\.github|\.ci)"
NAMED = re.compile(rf"(?<![\w./-])(?:\./)?({FOLDERS}/[\w./-]*\w)(?![\w*])")
CODE = re.compile(r"`([^`\n]+)`")

Row = list[str]


def section(heading: str, text: str = README) -> str:
    """What stands under a heading of the second level."""
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, heading
    return found[1]


def table(heading: str) -> list[Row]:
    """The cells of the first table of a section, without its head."""
    lines = [line for line in section(heading).splitlines() if line.startswith("|")]
    rows = [re.split(r"(?<!\\)\|", line)[1:-1] for line in lines]
    return [[cell.strip().replace("\\|", "|") for cell in row] for row in rows[2:]]


def tokens(text: str) -> list[Token]:
    """Every token of a document, those inside lines included."""
    blocks = MarkdownIt("commonmark").parse(text)
    return [*blocks, *chain.from_iterable(block.children or () for block in blocks)]


def targets(text: str) -> Iterator[str]:
    """Where the links and pictures of a document point to."""
    for token in tokens(text):
        target = token.attrGet("href") or token.attrGet("src")
        if token.type in {"link_open", "image"} and target:
            yield str(target)


def anchors(text: str) -> list[str]:
    """The anchors that GitHub gives to a document's headings."""
    blocks = MarkdownIt("commonmark").parse(text)
    headings = [inline.content for opening, inline in pairwise(blocks) if opening.type == "heading_open"]
    return [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]


def commands(group: click.Group, above: str = "stanch") -> Iterator[tuple[str, click.Command]]:
    """Every command of the command line with the words that call it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, f"{above} {name}")
        elif command is not None:
            yield f"{above} {name}", command


def option_of(name: str) -> list[str]:
    """The commands that take an option."""
    return [
        words.removeprefix("stanch ")
        for words, command in commands(cli)
        if name in chain.from_iterable(parameter.opts for parameter in command.params)
    ]


def span(length: timedelta | None) -> str:
    """A length of time as the table of severities writes it."""
    if length is None:
        return "none"
    minutes = int(length.total_seconds()) // 60
    return f"{minutes} min" if minutes % 60 or not minutes else f"{minutes // 60} h"


def promised(promise: Promise) -> str:
    """A promise as the table of severities writes it."""
    match promise:
        case Within(length):
            return span(length)
        case BusinessDays(count):
            return f"{count} business day{'s' if count > 1 else ''}"
        case SameBusinessDay():
            return "same business day"
        case _:
            return "none"


def yes(value: bool) -> str:
    return "yes" if value else "no"


def test_the_commands_are_the_ones_that_are_understood() -> None:
    """Each row is a command with its arguments and its meaning, in the order of the table in the code."""
    expected = [[f"`{f'/{one.verb.value} {one.arguments}'.rstrip()}`", one.meaning] for one in COMMANDS]
    assert table("Commands") == expected


def test_the_severities_are_the_defaults() -> None:
    """Each cell of the table is what the code does for a repository without a config."""
    means = [str(field.description).removesuffix(".") for field in Severities.model_fields.values()]
    rules = [DEFAULT_RULES[severity] for severity in sorted(DEFAULT_RULES)]
    assert table("Severities") == [
        ["Means", *means],
        ["Acknowledge in", *(promised(one.acknowledge) for one in rules)],
        ["First client message in", *(promised(one.first_client_message) for one in rules)],
        ["Next update in", *(span(one.update) for one in rules)],
        ["Fix in", *(promised(one.fix) for one in rules)],
        ["Call", *(one.call.value for one in rules)],
        ["Escalate every", *(span(one.escalate) for one in rules)],
        ["Post-mortem in", *(promised(one.postmortem) for one in rules)],
        ["Card", *(yes(one.card) for one in rules)],
        ["Reminders", *(yes(one.remind) for one in rules)],
    ]


def test_the_permissions_are_those_of_the_workflows() -> None:
    """Every permission that a workflow takes stands in the table with a reason, and no other."""
    jobs = [
        yaml.safe_load((ROOT / f".github/workflows/{name}.yml").read_text(encoding="utf-8"))["jobs"]
        for name in WORKFLOWS
    ]
    taken = [next(iter(job.values()))["permissions"] for job in jobs]
    rows = table("What the token may do")
    for column, permissions in enumerate(taken, start=1):
        assert {row[0].strip("`"): row[column] for row in rows if row[column] != "none"} == permissions
    assert [row[0] for row in rows if not row[-1].endswith(".")] == []


def test_each_workflow_has_one_job_whose_permissions_are_shown() -> None:
    """The table has one column for a workflow, so a second job may not hide behind it."""
    for name in WORKFLOWS:
        text = (ROOT / f".github/workflows/{name}.yml").read_text(encoding="utf-8")
        workflow = yaml.safe_load(text)
        assert (name, len(workflow["jobs"]), workflow["permissions"]) == (name, 1, {})


def test_the_labels_are_those_that_the_code_knows() -> None:
    """Each with who sets it and what it means, in the order of the table in the code."""
    assert table("Labels") == [[f"`{label.name}`", label.setter, label.meaning] for label in LABELS]


def test_the_command_line_is_told_as_it_is() -> None:
    """Every command stands in the table with the sentence of its help, and no other."""
    expected = [[f"`{words}`", (command.help or "").splitlines()[0]] for words, command in commands(cli)]
    assert [row[:2] for row in table("On the command line")] == expected


def test_every_command_says_what_it_does() -> None:
    """The help of a command and of each of its options is a sentence."""
    unsaid = [
        f"{words} {parameter.name}"
        for words, command in commands(cli)
        for parameter in (*command.params, command)
        if isinstance(parameter, click.Option | click.Command) and not (parameter.help or "").strip().endswith(".")
    ]
    assert unsaid == []


def test_whatever_writes_to_github_can_be_tried_first() -> None:
    """README names the commands with a dry run; they are those that write. Two write to files and folders only."""
    local = {"prove", "postmortem lint"}
    writing = [name for name in option_of("--dry-run") if name not in local]
    assert writing == ["doctor", "drill", "gate", "handle", "init", "sweep", "watch"]
    told = "`doctor`, `drill --live`, `gate`, `handle`, `init`, `sweep` and `watch` take `--dry-run`"
    assert told in README.replace("\n", " ")


HOTFIX = (ROOT / "docs/hotfix.md").read_text(encoding="utf-8")


def test_the_rules_of_the_gate_are_told_as_they_are() -> None:
    """Every rule stands in the table by its code and name, in order, with who may waive it."""
    words, rows = Words.load(), re.findall(r"^\| (H\d{3}) (.+?) \| .+ \| (.+?) \|$", HOTFIX, re.MULTILINE)
    shown = words(Text("summary/gate", gate_view()))
    names = dict(re.findall(r"^\S+ (H\d{3}) (.+): pass$", shown, re.MULTILINE))
    assert rows == [(rule.code, names[rule.code], rule.waivable.value) for rule in RULES]


def gate_view() -> dict[str, object]:
    """A gate at which every rule passed, with nothing to say about it."""
    row = {"verdict": "pass", "advice": False, "stands": True, "why": "", "waivable": "", "waivers": []}
    silent = defaultdict(str, renamed=0, unneeded=0, lines=0, files=0, bumps=[], approved=[], more=0, needed=0)
    rows = [{**row, "code": rule.code, "values": silent} for rule in RULES]
    head = {"number": 1, "sha": "", "hotfix": True, "kind": "", "incident": 0, "severity": 0, "state": "success"}
    return {**head, "rows": rows, "explain": False, "problem": ""}


def test_every_section_of_the_hotfix_config_is_told() -> None:
    """Its example loads without a problem and sets every key; the default of each is the one that is shown."""
    (example,) = re.findall(r"```yaml\n(.*?)```", HOTFIX, re.DOTALL)
    loaded = read_config(example)
    assert loaded.problems == ()
    told = set(re.findall(r"^  ([a-z-]+):", example, re.MULTILINE))
    keys = {field.alias or name.replace("_", "-") for name, field in Hotfix.model_fields.items()}
    assert keys <= told


FOLLOWING = (ROOT / "docs/following.md").read_text(encoding="utf-8")


def test_the_commands_of_a_post_mortem_are_told_where_it_is_told() -> None:
    """Each that can be said there has its row, in the order of the table in the code."""
    shown = re.findall(r"^\| `/([a-z]+)", FOLLOWING, re.MULTILINE)
    rows = re.findall(r"^\| `/([a-z]+)[^`]*` \| ", section("Commands", FOLLOWING), re.MULTILINE)
    assert rows == [one.verb.value for one in COMMANDS if one.on_postmortem]
    assert set(shown) <= set(rows)


def test_the_numbers_of_following_are_those_in_the_code() -> None:
    """How many items are followed, how like two texts have to be, and how old a closed one may be."""
    assert f"{MOST} items of a text are followed" in FOLLOWING
    assert ("half of the words" in FOLLOWING, ALIKE) == (True, 0.5)
    assert f"{int(OLD.total_seconds()) // 3600} hours" in FOLLOWING
    assert ("three words or more" in FOLLOWING, SHORTEST_REASON) == (True, 3)


def test_every_call_that_is_shown_exists() -> None:
    """`stanch …` in a document is a command of the command line."""
    known = [words for words, _ in commands(cli)]
    shown = [call for call in CODE.findall(README) if call.startswith("stanch ")]
    assert [call for call in shown if not any(f"{call} ".startswith(f"{words} ") for words in known)] == []
    assert shown


def test_the_example_of_a_config_is_three_lines_and_right() -> None:
    """What a newcomer copies loads without a problem, and decides something."""
    (example,) = re.findall(r"```yaml\n(.*?)```", section("Configure it"), re.DOTALL)
    loaded = read_config(example.encode())
    assert [str(problem) for problem in loaded.problems] == []
    assert loaded.config != DEFAULTS
    assert len(example.splitlines()) == 3


@pytest.mark.parametrize("document", DOCUMENTS, ids=NAMES)
def test_every_piece_of_a_config_that_is_shown_is_right(document: Path) -> None:
    """Whoever copies it from a document gets no complaint. A workflow is checked by `test_docs_first_file`."""
    for example in re.findall(r"```yaml\n(.*?)```", document.read_text(encoding="utf-8"), re.DOTALL):
        if "\njobs:\n" in example:
            continue
        assert [str(problem) for problem in read_config(example).problems] == []


def test_every_section_of_the_config_is_named() -> None:
    """Whoever looks for a setting finds at least its section."""
    told = set(CODE.findall(section("Configure it")))
    assert sorted(set(Written.model_fields) - {"version"} - told) == []


def test_the_published_schema_is_the_one_in_the_code() -> None:
    """`stanch config schema > docs/stanch.schema.json` renews it."""
    assert json.loads((ROOT / "docs/stanch.schema.json").read_text(encoding="utf-8")) == json_schema()


def test_the_picture_is_small() -> None:
    """It is a PNG of at most 250 KB, so that the page of the repository opens fast."""
    data = PICTURE.read_bytes()
    assert data.startswith(b"\x89PNG")
    assert len(data) <= 250_000


@pytest.mark.parametrize("document", DOCUMENTS, ids=NAMES)
def test_every_file_that_is_named_exists(document: Path) -> None:
    """Scripts, folders and files of this repository that a document names."""
    named = set(NAMED.findall(document.read_text(encoding="utf-8"))) - {CONFIG_PATH, TEMPLATES, MANIFEST}
    assert sorted(name for name in named if not (ROOT / name).exists()) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=NAMES)
def test_every_link_leads_somewhere(document: Path) -> None:
    """Relative links lead to files, and anchors to headings; other links are https."""
    text = document.read_text(encoding="utf-8")
    broken = [target for target in targets(text) if not leads(document, target)]
    assert broken == []


def leads(document: Path, target: str) -> bool:
    if "://" in target:
        return target.startswith("https://")
    path, _, anchor = target.partition("#")
    file = (document.parent / path).resolve() if path else document
    return file.exists() and (not anchor or anchor in anchors(file.read_text(encoding="utf-8")))


@pytest.mark.parametrize("document", DOCUMENTS, ids=NAMES)
def test_every_reference_is_defined(document: Path) -> None:
    """`[text][name]` has its `[name]: address`, or it would stand there as it was typed."""
    text = document.read_text(encoding="utf-8")
    shown = "".join(token.content for token in tokens(text) if token.type == "text")
    assert re.findall(r"\]\[\w+\]", shown) == []


def test_the_contents_name_every_section() -> None:
    """The list at the top of README has each section once, in order."""
    contents = [target.removeprefix("#") for target in targets(README) if target.startswith("#")]
    sections = [anchor for anchor in anchors(README) if anchor != "stanch"]
    assert list(dict.fromkeys(contents)) == sections


def test_the_cost_of_a_month_is_what_was_simulated() -> None:
    """Minutes and dollars; the long suite simulates the incidents and the pull requests anew."""
    rows = [line for line in section("What a minute costs").splitlines() if line.startswith("|") and "$" in line]
    told = [re.split(r"(?<!\\)\|", row)[2:4] for row in rows[-6:]]
    busy = month.BUSY_INCIDENTS + month.BUSY_PULLS + len(month.HOURLY)
    minutes = [len(month.HOURLY), len(month.SPARING), month.BUSY_INCIDENTS, month.BUSY_PULLS, busy]
    expected = [(one, f"${one * month.A_MINUTE:.2f}") for one in (*minutes, month.EVERY_FIVE_MINUTES)]
    assert [(int(re.sub(r"\D", "", count)), price.strip()) for count, price in told] == expected
