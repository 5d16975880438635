"""H011: what comes from elsewhere is read by two."""

from dataclasses import replace

import pytest
from tests.pulls import (
    BASE,
    GOOD,
    HEAD,
    Gathered,
    changed,
    pull_case,
    push,
    review,
    row,
    verdict,
    with_beside,
    with_config,
    with_file,
    with_pull,
    with_reviews,
)
from tests.rule_tables import Asked, Line, Table, answers, each, unchanged

from stanch.core.pull import ChangeKind, FileText

TWO = (review("jordan"), review("sam", 41))


def bump(g: Gathered, old: str = "django==4.2.1\n", new: str | None = "django==5.0.0\n") -> Gathered:
    return with_file(g, "requirements.txt", old, new)


def unread(g: Gathered, kind: ChangeKind = ChangeKind.MODIFIED) -> Gathered:
    """A lock file that is too large to be read: there is an id and no text."""
    after = with_pull(g, files=(*g.pull.files, changed("uv.lock", 9, 9, kind)))
    files = {f"{HEAD}:uv.lock": FileText("1"), f"{BASE}:uv.lock": FileText("2")}
    return with_beside(after, files={**g.beside.files, **files})


TABLE: Table = {
    "a good one": Line(unchanged, "skip/none"),
    "a patch": Line(lambda g: bump(g, new="django==4.2.2\n"), "skip/none"),
    "a minor version": Line(lambda g: bump(g, new="django==4.3.0\n"), "skip/none"),
    "something less": Line(lambda g: bump(g, new=""), "skip/none"),
    "a major version": Line(bump, "fail/one-more"),
    "a minor version below 1": Line(lambda g: bump(g, "x==0.1.0\n", "x==0.2.0\n"), "fail/one-more"),
    "something new": Line(lambda g: bump(g, new="django==4.2.1\nevil==1.0\n"), "fail/one-more"),
    "from another place": Line(
        lambda g: bump(g, new="django @ git+https://example.com/django@main\n"), "fail/one-more"
    ),
    "a wider range": Line(lambda g: bump(g, new="django\n"), "fail/one-more"),
    "a workflow's action": Line(
        lambda g: with_file(g, ".github/workflows/ci.yml", "steps:\n- uses: a/b@v1\n", "steps:\n- uses: evil/b@v1\n"),
        "fail/one-more",
    ),
    "a copied package": Line(lambda g: with_file(g, "vendor/lib/x.py", "a\n", "b\n"), "fail/one-more"),
    "a lock file that cannot be read": Line(unread, "fail/one-more"),
    "a new lock file that cannot be read": Line(lambda g: unread(g, ChangeKind.ADDED), "fail/one-more"),
    "a lock file goes": Line(lambda g: with_file(g, "uv.lock", "x\n", None), "fail/one-more"),
    "read by two": Line(lambda g: with_reviews(bump(g), *TWO), "pass/read-by-two"),
    "read by the author as well": Line(
        lambda g: with_reviews(bump(g), review("jordan"), review("alex", 41)), "fail/one-more"
    ),
    "read by a bot as well": Line(
        lambda g: with_reviews(bump(g), review("jordan"), review("github-actions", 41)), "fail/one-more"
    ),
    "read by one twice": Line(lambda g: with_reviews(bump(g), review("jordan"), review("jordan", 41)), "fail/one-more"),
    "one read what was there before": Line(
        lambda g: with_reviews(bump(g), review("jordan"), review("sam", 24)), "fail/one-more"
    ),
    "nobody": Line(lambda g: with_reviews(bump(g)), "fail/one-more"),
    "a team of two": Line(lambda g: with_config(bump(g), people=("alex", "jordan")), "pass/read-by-two"),
    "a team of two, and the author is not of it": Line(
        lambda g: with_config(bump(g), people=("jordan", "sam")), "fail/one-more"
    ),
    "one who is not of the team shows that it is larger": Line(
        lambda g: with_config(bump(g), people=("alex", "sam")), "fail/one-more"
    ),
    "a co-author makes the team no smaller": Line(
        lambda g: with_pull(
            with_config(bump(g), people=("alex", "jordan", "sam")),
            commits=(replace(g.pull.commits[0], people=("alex", "sam")),),
        ),
        "fail/one-more",
    ),
    "a team of one": Line(lambda g: with_config(with_reviews(bump(g)), people=("alex",)), "skip/alone"),
    "no team in the config": Line(lambda g: with_config(bump(g), people=()), "fail/one-more"),
    "pushers could not be asked": Line(lambda g: replace(bump(g), pushes=None), "fail/one-more"),
    "more files than are shown": Line(lambda g: with_pull(g, changed_files=101), "unknown/too-many-files"),
}


@pytest.mark.parametrize("asked", each(TABLE), ids=str)
def test_every_answer(asked: Asked) -> None:
    """Each line of the table, at each severity and for each class."""
    found, told = answers("H011", asked)
    assert found == told


def test_who_pushed_is_asked_where_somebody_approved() -> None:
    """An approval that was bound at an earlier look, and pushers that are not known now."""
    known = pull_case(bump(GOOD)).memory
    unasked = replace(bump(GOOD), memory=replace(known, heads={}), pushes=None)
    assert verdict(unasked, "H011") == "unknown/pushers-unknown"


def test_a_reviewer_who_pushed_is_no_second() -> None:
    """Two approvals, and one of them by who rebased it."""
    rebased = replace(with_reviews(bump(GOOD), *TWO), pushes=(push("alex", 24), push("sam", 25)))
    assert verdict(rebased, "H011") == "fail/one-more"


def test_it_names_what_changes() -> None:
    """The first three, and how many more."""
    many = bump(GOOD, "", "a==1\nb==1\nc==1\nd==1\n")
    values = row(many, "H011").finding.values
    assert isinstance(values["bumps"], list)
    assert ([bump["name"] for bump in values["bumps"]], values["more"]) == (["a", "b", "c"], 1)
