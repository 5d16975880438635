"""What `init` tells of a repository, as prose: one of a kind reads as one, and several as several."""

import pytest

from stanch.app.init_told import view_of
from stanch.core.wanted import Text
from stanch.render.words import Words
from tests.golden.setup_views import SHOP, brought

WORDS = Words.load()


def lines(**notes: list[dict[str, object]]) -> list[str]:
    """The list in a pull request."""
    view = {**view_of(brought(SHOP)), "known": [], "missing": [], **notes}
    return [line[2:] for line in WORDS(Text("setup/pull_init", view)).splitlines() if line.startswith("- ")]


@pytest.mark.parametrize(
    ("kind", "names", "said"),
    [
        ("waited", [], "There is no other workflow that checks pull requests or deploys."),
        ("waited", ["ci"], "The gate waits for `ci`, which checks pull requests or deploys."),
        ("waited", ["ci", "b"], "The gate waits for `ci` and `b`, which check pull requests or deploy."),
        ("waited", ["a", "b", "c"], "The gate waits for `a`, `b` and `c`, which check pull requests or deploy."),
        ("tests", ["jest"], "The tests run with `jest`; `stanch-prove` makes them ready."),
        ("tests", ["jest", "cargo"], "The tests run with `jest` and `cargo`; `stanch-prove` makes them ready."),
        ("production_named", ["prod"], "`prod` counts as production."),
        ("production_named", ["prod", "live"], "`prod` and `live` count as production."),
        ("staging_named", ["uat"], "`uat` counts as staging."),
        ("staging_named", ["uat", "stg"], "`uat` and `stg` count as staging."),
    ],
)
def test_what_was_found(kind: str, names: list[str], said: str) -> None:
    """None, one, two and three."""
    assert lines(known=[{"kind": kind, "names": names}]) == [said]


@pytest.mark.parametrize(
    ("kind", "names", "said"),
    [
        ("labels", ["P0"], "`P0` may mean a severity. It stands in `.github/stanch.yml` as a comment: taken in, an "
         "issue that has it calls people."),
        ("labels", ["P0", "P1"], "`P0` and `P1` may mean a severity. They stand in `.github/stanch.yml` as a comment: "
         "taken in, an issue that has one calls people."),
        ("listen", ["a"], "For `a` no run starts by itself: set the repository variable `STANCH_LISTEN` to `all`."),
        ("listen", ["a", "b"], "For `a` or `b` no run starts by itself: set the repository variable `STANCH_LISTEN` to "
         "`all`."),
        ("theirs", ["a"], "`a` was there before, and stays as it is."),
        ("theirs", ["a", "b"], "`a` and `b` were there before, and stay as they are."),
    ],
)  # fmt: skip
def test_what_is_missing(kind: str, names: list[str], said: str) -> None:
    """One and two."""
    assert lines(missing=[{"kind": kind, "names": names}]) == [said]


@pytest.mark.parametrize(("count", "said"), [(1, "P0 (sev-1) may mean"), (2, "Take them in?")])
def test_labels_are_asked_about(count: int, said: str) -> None:
    """It or them."""
    view = {"kind": "labels", "text": "P0 (sev-1)", "count": count}
    told = WORDS(Text("summary/init_line", view))
    assert (said in told, "Take it in?" in told) == (True, count == 1)


@pytest.mark.parametrize(("count", "said"), [(1, "1 page"), (2, "2 pages")])
def test_pages_are_counted(count: int, said: str) -> None:
    """One page is no pages."""
    assert WORDS(Text("summary/init_line", {"kind": "runbooks", "text": "", "count": count})).rstrip().endswith(said)
