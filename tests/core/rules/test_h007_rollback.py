"""H007: how to go back is one sentence with a handle; with a migration it says what happens to the data."""

from dataclasses import replace

import pytest
from tests.pulls import (
    GOOD,
    HEAD,
    ROLLBACK,
    Gathered,
    instant,
    plus_line,
    pull_case,
    push,
    review,
    row,
    text,
    verdict,
    with_beside,
    with_body,
    with_file,
    with_reviews,
    with_rollback,
    with_thread,
)
from tests.rule_tables import Asked, Line, Table, answers, each, unchanged

from stanch.core.rules.rule import Waivable


def migrating(g: Gathered, sentence: str = ROLLBACK) -> Gathered:
    return with_rollback(with_file(g, "shop/migrations/0007_total.py", None, "x = 1\n"), sentence)


def reworded(g: Gathered) -> Gathered:
    """Approved, looked at, and then another sentence."""
    return with_rollback(replace(g, memory=pull_case(g).memory), "Flip the flag `empty-carts` and do not revert.")


TABLE: Table = {
    "a good one": Line(unchanged, "pass/told"),
    "no line": Line(lambda g: with_body(g, "Incident: #12"), "fail/missing"),
    "in a comment": Line(lambda g: with_body(g, f"<!--\nRollback: {ROLLBACK}\n-->"), "fail/missing"),
    "the template's hint": Line(lambda g: with_rollback(g, "<!-- one sentence, `command` -->"), "fail/missing"),
    "in a quotation": Line(lambda g: with_body(g, f"> Rollback: {ROLLBACK}"), "fail/missing"),
    "two of them": Line(lambda g: plus_line(g, f"Rollback: {ROLLBACK}"), "fail/several"),
    "to be done": Line(lambda g: with_rollback(g, "TBD, revert #41 perhaps, who knows"), "fail/placeholder"),
    "none": Line(lambda g: with_rollback(g, "None, this cannot break `anything`"), "fail/placeholder"),
    "n/a": Line(lambda g: with_rollback(g, "n/a"), "fail/placeholder"),
    "a hole": Line(lambda g: with_rollback(g, "Run `helm rollback <the release>` and look"), "fail/placeholder"),
    "unfinished": Line(lambda g: with_rollback(g, "We would revert the commit and then ..."), "fail/placeholder"),
    "the word none further on": Line(
        lambda g: with_rollback(g, "Revert this pull request; none of the data changes."), "pass/told"
    ),
    "less than, more than": Line(
        lambda g: with_rollback(g, "Deploy v1.4.1 again if errors are < 5 % and > 1 %."), "pass/told"
    ),
    "too short": Line(lambda g: with_rollback(g, "Revert it."), "fail/no-sentence"),
    "19 characters": Line(lambda g: with_rollback(g, "Revert it right now"), "fail/no-sentence"),
    "20 characters": Line(lambda g: with_rollback(g, "Revert it right now."), "pass/told"),
    "280 characters": Line(lambda g: with_rollback(g, "Revert it " + "a" * 270), "pass/told"),
    "281 characters": Line(lambda g: with_rollback(g, "Revert it " + "a" * 271), "fail/no-sentence"),
    "nothing to hold on to": Line(
        lambda g: with_rollback(g, "We go back to how everything was before."), "fail/no-handle"
    ),
    "a word that looks like a commit": Line(
        lambda g: with_rollback(g, "Go back to the defaced front page of old."), "fail/no-handle"
    ),
    "a commit": Line(lambda g: with_rollback(g, "Deploy 0a1b2c3 to production again."), "pass/told"),
    "a flag": Line(lambda g: with_rollback(g, "Turn the flag empty-carts off again."), "pass/told"),
    "an address": Line(lambda g: with_rollback(g, "Re-run https://ci.example.com/deploy/7"), "pass/told"),
    "a migration, and only a revert": Line(migrating, "fail/no-data"),
    "a migration, and what becomes of the data": Line(
        lambda g: migrating(g, "Revert this and run `migrate shop 0006`: the new column is dropped."), "pass/told"
    ),
    "a migration whose path has a line break": Line(
        lambda g: with_file(g, "shop/migrations/00\n07.py", None, "x = 1\n"), "fail/no-data"
    ),
    "reworded after the approval": Line(reworded, "fail/changed"),
    "only its spaces changed": Line(
        lambda g: with_rollback(replace(g, memory=pull_case(g).memory), ROLLBACK.replace(" ", "  ")), "pass/told"
    ),
    "edited after the approval, before anybody looked": Line(
        lambda g: with_thread(g, edited_at=instant(45)), "fail/changed"
    ),
    "edited before the approval": Line(lambda g: with_thread(g, edited_at=instant(39)), "pass/told"),
}


@pytest.mark.parametrize("asked", each(TABLE), ids=str)
def test_every_answer(asked: Asked) -> None:
    """Each line of the table, at each severity and for each class."""
    found, told = answers("H007", asked)
    assert found == told


def test_a_new_approval_is_given_to_the_new_sentence() -> None:
    """After another word of the reviewer's it stands again."""
    again = with_reviews(reworded(GOOD), review("jordan", 40), review("jordan", 55))
    assert verdict(again, "H007") == "pass/told"


def test_only_an_approval_that_counts_has_read_it() -> None:
    """The old sentence's reader approved other code; the new code's reader approved another sentence."""
    first = pull_case(GOOD).memory
    code = with_beside(GOOD, files={**GOOD.beside.files, f"{HEAD}:shop.py": text("other()\n")})
    second = pull_case(
        with_reviews(
            replace(with_rollback(code, "Flip the flag `a` back again."), memory=first),
            review("jordan"),
            review("sam", 50),
        )
    ).memory
    both = with_reviews(replace(code, memory=second, pushes=(push("alex", 25),)), review("jordan"), review("sam", 50))
    assert row(both, "H004").finding.why == "approved"
    assert row(both, "H007").finding.why == "changed"


def test_it_is_never_waived() -> None:
    """Whoever asks."""
    assert row(GOOD, "H007").rule.waivable is Waivable.NEVER
