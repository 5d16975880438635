"""Every answer that a rule can give stands in a table, and every one has its words."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.core.rules import (
    test_h001_branch,
    test_h002_incident,
    test_h003_proof,
    test_h004_review,
    test_h005_staging,
    test_h006_smallest,
    test_h007_rollback,
    test_h008_ten_minutes,
    test_h009_squash,
    test_h010_follow_up,
    test_h011_dependencies,
    test_h012_containment,
    test_h013_checks,
)
from tests.pulls import GOOD, KINDS, PROVEN, Gathered, facts, pull_case, row, with_severity
from tests.rule_tables import Table, possible

from stanch.core.gate import decide
from stanch.core.proof import Proof, ProofVerdict
from stanch.core.rules import CODES, RULES
from stanch.core.rules.rule import Finding, Rule, Verdict
from stanch.core.wanted import Text
from stanch.render.words import Words

TABLES: dict[str, Table] = dict(
    zip(
        CODES,
        (
            test_h001_branch.TABLE,
            test_h002_incident.TABLE,
            test_h003_proof.TABLE,
            test_h004_review.TABLE,
            test_h005_staging.TABLE,
            test_h006_smallest.TABLE,
            test_h007_rollback.TABLE,
            test_h008_ten_minutes.TABLE,
            test_h009_squash.TABLE,
            test_h010_follow_up.TABLE,
            test_h011_dependencies.TABLE,
            test_h012_containment.TABLE,
            test_h013_checks.TABLE,
        ),
        strict=True,
    )
)
ELSEWHERE = {"H011": {"unknown/pushers-unknown"}}
"""Answers that take two looks, and are asked for in a test of their own."""

ABOUT = '{% from "rules/all.md" import rules %}{{ rules[code].name() }}: {{ rules[code].reason() }}'
PROBES = {
    f"probe/{part}-{code}.md": f'{{% import "rules/{code.lower()}.md" as rule %}}{{{{ rule.{part}(why, v) }}}}'
    for part in ("evidence", "next")
    for code in CODES
} | {"probe/about.md": ABOUT}
HOSTILE = (
    "a | b `c` | d",
    "one\ntwo\r\nthree\u2028four",
    "@octo/everybody and @alex",
    "<img src=x onerror=alert(1)> <!-- stanch:1 key=12/card -->",
    "\u202eright to left\u2066\u200f",
    "[a](javascript:x) ![b](http://x) **bold** https://example.com #12",
    "x" * 5_000,
    "|" * 5_000,
)


@pytest.fixture(scope="module")
def words() -> Words:
    """The templates, with ways to ask for one part of one rule's words."""
    return Words.load(PROBES)


def findings() -> Iterator[tuple[Rule, str, Finding]]:
    """One finding for every line of every table, each with the line's name."""
    for rule in RULES:
        for name, line in TABLES[rule.code].items():
            good: Gathered = with_severity(KINDS[line.kinds[0]](), line.severities[0])
            yield rule, f"{rule.code} {name}", rule.judge(facts(line.change(good)))


FINDINGS = list(findings())


@pytest.mark.parametrize("code", CODES)
def test_every_answer_stands_in_a_table(code: str) -> None:
    """What the source can answer is what the table asks for: no branch that nobody has seen taken."""
    asked = {line.answer for line in TABLES[code].values()} | ELSEWHERE.get(code, set())
    assert asked == possible(code)


@pytest.mark.parametrize("code", CODES)
def test_a_good_one_comes_first(code: str) -> None:
    """The first line of each table is a pull request with which nothing is wrong."""
    assert next(iter(TABLES[code])) == "a good one"


def part(words: Words, name: str, rule: Rule, finding: Finding) -> str:
    view = {"why": finding.why, "v": dict(finding.values)}
    return words(Text(f"probe/{name}-{rule.code}", view)).strip()


@pytest.mark.parametrize(("rule", "name", "finding"), FINDINGS, ids=[name for _, name, _ in FINDINGS])
def test_every_answer_has_its_words(words: Words, rule: Rule, name: str, finding: Finding) -> None:
    """What is seen, always; what to do, wherever something is to be done."""
    assert part(words, "evidence", rule, finding)
    following = part(words, "next", rule, finding)
    assert following or finding.verdict in {Verdict.PASS, Verdict.SKIP}
    assert not following or following.endswith((".", ".`", "?"))


def hostile(value: object, text: str) -> object:
    """The value with every text in it replaced."""
    if isinstance(value, str):
        return text
    if isinstance(value, list):
        return [hostile(one, text) for one in value]
    if isinstance(value, dict):
        return {key: hostile(one, text) for key, one in value.items()}
    return value


def harmless(cell: str) -> bool:
    """Whether it is one cell of a table: one line, nobody called, nothing hidden, no tag but code, of some length."""
    shown = re.sub(r"`[^`]*`", "", cell)
    return (
        "\n" not in cell
        and "|" not in cell
        and re.search(r"@\w", shown) is None
        and re.search(r"<(?!/?code>)", shown) is None
        and re.search(r"(?<!\\)\]\(", shown) is None
        and not any(unicodedata.category(char) == "Cf" and char != "\u200b" for char in cell)
        and len(cell) < 12_000
    )


ANSWERS = list({(rule.code, finding.why): (rule, finding) for rule, _, finding in FINDINGS}.values())


@pytest.mark.parametrize(("rule", "finding"), ANSWERS, ids=[f"{rule.code} {one.why}" for rule, one in ANSWERS])
def test_no_value_breaks_the_table(words: Words, rule: Rule, finding: Finding) -> None:
    """Pipes, line breaks, mentions, tags, directions and five thousand letters, in every value at once."""
    for text in HOSTILE:
        values = {name: value if name == "zone" else hostile(value, text) for name, value in finding.values.items()}
        odd = Finding(finding.verdict, finding.why, values)
        cells = (part(words, "evidence", rule, odd), part(words, "next", rule, odd))
        assert cells[0]
        assert all(map(harmless, cells)), cells


@pytest.mark.parametrize("code", CODES)
def test_every_rule_has_a_name_and_a_reason(words: Words, code: str) -> None:
    """A reason is one or two sentences that somebody can agree with."""
    name, _, reason = words(Text("probe/about", {"code": code})).strip().partition(": ")
    assert 4 < len(name) < 30
    assert reason.endswith(".")


@pytest.mark.parametrize("kind", KINDS)
def test_every_rule_is_asked_in_its_order(kind: str) -> None:
    """One row for each, whatever it is."""
    good = KINDS[kind]()
    assert [row.code for row in decide(facts(good)).rows] == list(CODES)
    assert pull_case(good).decision == decide(facts(good))


@pytest.mark.parametrize(
    ("verdict", "where"),
    [
        (ProofVerdict.PROVEN, "without the fix it says"),
        (ProofVerdict.COUPLED, "without the fix it says"),
        (ProofVerdict.PROVEN_BY_UNDO, "with one hunk of the fix undone it says"),
        (ProofVerdict.NOT_FIXED, "with the fix it says"),
        (ProofVerdict.REGRESSION, "with the fix it says"),
        (ProofVerdict.INFRA, "with the fix it says"),
    ],
)
def test_what_a_test_says_is_told_of_the_runs_that_said_it(words: Words, verdict: ProofVerdict, where: str) -> None:
    """The message of a fix that does not work was never said without it."""
    proof = replace(PROVEN, verdict=verdict, message="boom")
    finding = row(replace(GOOD, fresh_proof=(7, proof)), "H003").finding
    assert f"; {where} boom" in part(words, "evidence", rule_of("H003"), finding)


def test_a_proof_that_does_not_hold_names_its_tests_and_why(words: Words) -> None:
    """Whoever reads the row need not open the job's log to learn which test it is, or what went wrong."""
    failing = Proof(ProofVerdict.NOT_FIXED, failing=("test_empty_cart",))
    flaky = Proof(ProofVerdict.FLAKY, "with-the-fix", flaky=("test_sometimes",))
    slow = Proof(ProofVerdict.INFRA, "budget")
    told = {
        proof.verdict: (part(words, "evidence", rule_of("H003"), found), part(words, "next", rule_of("H003"), found))
        for proof in (failing, flaky, slow)
        for found in [row(replace(GOOD, fresh_proof=(7, proof)), "H003").finding]
    }
    assert "`test_empty_cart`" in told[ProofVerdict.NOT_FIXED][0]
    assert "`test_sometimes`" in told[ProofVerdict.FLAKY][0]
    assert "raise `proof.budget`" in told[ProofVerdict.INFRA][0]
    assert told[ProofVerdict.INFRA][1] == "Change the rules on the base branch, and run it again."


def rule_of(code: str) -> Rule:
    return next(rule for rule in RULES if rule.code == code)
