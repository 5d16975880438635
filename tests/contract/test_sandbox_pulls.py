"""The embedded GitHub's pull requests, as the hotfix gate reads them: commits, files, reviews, checks, deployments."""

from typing import Any

import pytest

from stanch.adapters import pull_documents
from stanch.sandbox import pulls
from stanch.sandbox.rights import Refusal
from stanch.sandbox.world import World
from tests.contract.sandbox_scene import ask, call, world
from tests.steps import steps

WHERE: dict[str, Any] = {"owner": "harbour", "name": "checkout"}
HOTFIX = "hotfix/basket"
FIX = {"src/basket.py": "def total():\n    return 1\n", "tests/test_basket.py": "def test_total(): ...\n"}


def read(made: World, number: int, who: str | None = None) -> dict[str, Any]:
    """A pull request as the gate reads it."""
    answered = ask(made, pull_documents.PULL, who, number=number, **WHERE)
    assert "errors" not in answered, answered["errors"]
    found: dict[str, Any] = answered["data"]["repository"]["pullRequest"]
    return found


def tip(made: World, number: int) -> dict[str, Any]:
    """What the gate reads of its newest commit."""
    found: dict[str, Any] = read(made, number)["tip"]["nodes"][0]["commit"]
    return found


def beside(made: World, **asked: str) -> dict[str, Any]:
    """Some of what the gate asks beside it: `e0` … texts, `o0` … ids, `b0` … branches, `c0` … commits."""
    counts = [sum(name[0] == letter and name[1:].isdigit() for name in asked) for letter in "eobc"]
    asked |= {f"r{name[1:]}": sha for name, sha in asked.items() if name[0] == "c"}
    asked = ({"base": "refs/heads/main"} if counts[3] else {}) | ({"since": "0" * 40} if counts[2] else {}) | asked
    answered = ask(made, pull_documents.beside(0, *counts), **asked, **WHERE)
    assert "errors" not in answered, answered["errors"]
    found: dict[str, Any] = answered["data"]["repository"]
    return found


def opened(made: World, **options: Any) -> int:
    """A hotfix by jordan with a file and its test."""
    return made.person("jordan").opens_pull("Count the basket", "Incident: #1", HOTFIX, files=FIX, **options)


def test_a_pull_request_shows_its_commits_and_files() -> None:
    """Everything between its merge base and its head, with lines as git counts them."""
    made = world()
    number = opened(made)
    sha = made.person("jordan").pushes_to(HOTFIX, {"src/basket.py": "def total():\n    return 2\n"}, "Count twice")
    shown = read(made, number)
    main = made.repository().head
    assert [node["commit"]["message"] for node in shown["earliest"]["nodes"]] == ["Count the basket", "Count twice"]
    assert shown["opening"]["nodes"][0]["commit"]["parents"]["nodes"] == [{"oid": main}]
    assert (shown["headRefOid"], shown["baseRefOid"], shown["baseRef"]["target"]["oid"]) == (sha, main, main)
    assert (shown["additions"], shown["deletions"], shown["changedFiles"]) == (3, 0, 2)
    assert shown["files"]["nodes"][0] == {
        "path": "src/basket.py", "changeType": "ADDED", "additions": 2, "deletions": 0
    }  # fmt: skip # one row
    assert (shown["mergeable"], shown["isDraft"], shown["isCrossRepository"]) == ("MERGEABLE", False, False)


def test_each_kind_of_change_is_told_apart() -> None:
    """Modified, deleted, renamed with and without a change, and a binary file without lines."""
    made = world()
    alex = made.person("alex")
    text = "".join(f"line {n}\n" for n in range(10))
    alex.pushes_to("main", {"a.py": text, "b.py": text.upper(), "c.py": "c\n", "d.py": "d\n"}, "Begin")
    changes = {
        "a.py": None, "moved.py": text, "b.py": None, "near.py": text.upper() + "more\n", "c.py": None, "d.py": "e\n",
        "blob.bin": "\0\1",
    }  # fmt: skip # one table
    number = alex.opens_pull("Tidy", "", HOTFIX, files=changes)
    rows = read(made, number)["files"]["nodes"]
    assert [tuple(row.values()) for row in rows] == [
        ("blob.bin", "ADDED", 0, 0),
        ("c.py", "DELETED", 0, 1),
        ("d.py", "MODIFIED", 1, 1),
        ("moved.py", "RENAMED", 0, 0),
        ("near.py", "RENAMED", 1, 0),
    ]


def test_lines_are_counted_by_the_shortest_edit() -> None:
    """A moved line is one added and one removed, whatever lies between."""
    made = world()
    alex = made.person("alex")
    alex.pushes_to("main", {"a.py": "1\n2\n3\n4\n5\n"}, "Begin")
    number = alex.opens_pull("Move", "", HOTFIX, files={"a.py": "2\n3\n4\n5\n1\n"})
    shown = read(made, number)
    assert (shown["additions"], shown["deletions"]) == (1, 1)


def test_the_people_of_a_commit_are_its_authors_co_authors_and_committer() -> None:
    """An account where GitHub knows one behind the e-mail, a bare name where it does not."""
    made = world()
    made.emails["sam@harbour.example"] = "sam"
    number = opened(made)
    message = "More\n\nCo-authored-by: Kim <12+kim@users.noreply.github.com>\nco-authored-by: Who <who@else.example>"
    jordan = made.person("jordan")
    jordan.pushes_to(
        HOTFIX, {"x": "x"}, message, author="Sam <Sam@harbour.example>", committer="GitHub <noreply@github.com>"
    )
    commit = read(made, number)["latest"]["nodes"][-1]["commit"]
    people = [(one["name"], one["user"] and one["user"]["login"]) for one in commit["authors"]["nodes"]]
    assert people == [("Sam", "sam"), ("Kim", "kim"), ("Who", None)]
    assert commit["committer"] == {"name": "GitHub", "user": {"login": "web-flow"}}


def test_ids_of_trees_and_files_are_those_of_git() -> None:
    """Equal content has equal ids, on whichever branch; git itself computed the two that stand here."""
    made = world()
    jordan = made.person("jordan")
    jordan.pushes_to("one", {".github/stanch.yml": None, ".github/workflows/stanch-watch.yml": None, "a/b": "hi\n"})
    sha = jordan.pushes_to("two", {".github": "x", "a/b": "hi\n"}, onto="one")
    shown = beside(made, o0="one:", o1="one:a/b", o2=f"{sha}:a/b", o3=f"{sha}:a", o4="one:a")
    assert shown["o0"]["oid"] == "d297e080b934b3276b1ab97844387b3ebe08ad0d"
    assert shown["o1"]["oid"] == shown["o2"]["oid"] == "45b983be36b73c0788dc9cbcb76cbb80fc7bb057"
    assert shown["o3"] == shown["o4"]


def test_a_revision_names_a_commit_a_folder_or_a_file() -> None:
    """HEAD, a branch, an id, with ~1 or ^ behind it; what is not there is null."""
    made = world()
    first = made.repository().head
    sha = made.person("jordan").pushes_to(HOTFIX, {"src/a.py": "one\n"}, "One")
    shown = beside(
        made, e0=f"{sha}:src/a.py", e1=f"{sha}~1:src/a.py", e2="HEAD:.github/stanch.yml", e3=f"{sha[:9]}:src/a.py",
        o0=f"{sha}^", o1="refs/heads/main", o2="nowhere", o3=f"{HOTFIX}~2", o4=f"{sha}:nothing",
    )  # fmt: skip # one table
    assert shown["e0"]["text"] == shown["e3"]["text"] == "one\n"
    assert shown["e1"] is None
    assert shown["e2"]["text"] == "people: [alex]\n"
    assert shown["o0"] == shown["o1"] == {"oid": first}
    assert [shown[name] for name in ("o2", "o3", "o4")] == [None, None, None]


def test_branches_are_compared_and_commits_measured() -> None:
    """How many commits a long-lived branch lacks; how many files a commit changed; null for what is not there."""
    made = world()
    jordan = made.person("jordan")
    jordan.pushes_to("develop", {"d.py": "d"}, "Develop")
    jordan.pushes_to(HOTFIX, {"a.py": "a", "b.py": "b"}, "Fix", onto="develop")
    sha = jordan.commit(HOTFIX)
    shown = beside(
        made, b0="refs/heads/main", b1="refs/heads/develop", b2="refs/heads/gone", head=HOTFIX, c0=sha, c1="0" * 40
    )
    assert [shown[name] and shown[name]["compare"]["aheadBy"] for name in ("b0", "b1", "b2")] == [2, 1, None]
    assert (shown["c0"], shown["c1"]) == ({"oid": sha, "changedFilesIfAvailable": 2, "message": "Fix"}, None)


def test_what_production_alone_has_is_told_apart() -> None:
    """The place where a branch was cut is compared as well; and a commit that a branch has is none ahead of it."""
    made = world()
    jordan = made.person("jordan")
    jordan.pushes_to("develop", {"d.py": "d"}, "Develop")
    main = jordan.pushes_to("main", {"m.py": "m"}, "Only on main")
    sha = jordan.pushes_to(HOTFIX, {"a.py": "a"}, "Fix", onto="main")
    shown = beside(made, b0="refs/heads/develop", head=HOTFIX, since=main, c0=sha, c1=main, c2="0" * 40)
    assert [shown["b0"][name]["aheadBy"] for name in ("compare", "since")] == [2, 1]
    assert [shown[name]["compare"] for name in ("l0", "l1", "l2")] == [{"aheadBy": 1}, {"aheadBy": 0}, None]


def test_reviews_tell_whose_opinion_of_which_head() -> None:
    """Each with the head that it was given on and whether its author may push; comments are no opinion."""
    made = world()
    number = opened(made)
    first = made.person("jordan").commit(HOTFIX)
    made.person("morgan").requests_changes(number)
    made.person("kim").approves(number)
    made.person("alex").reviews(number)
    second = made.person("jordan").pushes_to(HOTFIX, {"x": "x"})
    made.person("morgan").approves(number)
    made.person("alex").dismisses(number, "kim")
    rows = read(made, number)["reviews"]["nodes"]
    told = [(r["author"]["login"], r["state"], r["authorCanPushToRepository"], r["commit"]["oid"]) for r in rows]
    assert told == [
        ("morgan", "CHANGES_REQUESTED", True, first),
        ("kim", "DISMISSED", False, first),
        ("morgan", "APPROVED", True, second),
    ]


def test_nobody_reviews_their_own_pull_request() -> None:
    """Approving or refusing one's own is a 422; commenting is not."""
    made = world()
    number = opened(made)
    jordan = made.person("jordan")
    for act in (jordan.approves, jordan.requests_changes):
        with pytest.raises(Refusal, match="422"):
            act(number)
    jordan.reviews(number)
    assert read(made, number)["reviews"]["totalCount"] == 0


def test_the_newest_commit_shows_its_checks_statuses_and_deployments() -> None:
    """The latest status of each context in any case, every check with its workflow, deployments newest first."""
    made = world()
    number = opened(made)
    jordan = made.person("jordan")
    assert tip(made, number)["status"] is tip(made, number)["statusCheckRollup"] is None
    jordan.reports(HOTFIX, "pending", "Stanch/Hotfix")
    call(made, "POST", f"statuses/{jordan.commit(HOTFIX)}", {"state": "success", "context": "stanch/hotfix"})
    jordan.reports(HOTFIX, "failure", "ci", "broken", "https://ci.example/1")
    done = jordan.starts_run(HOTFIX, ".github/workflows/stanch-prove.yml", checks=("prove", "lint"))
    jordan.finishes_run(done, checks={"lint": "failure"})
    jordan.starts_run(HOTFIX, event="push")
    jordan.starts_run(HOTFIX, "", checks=("outsider",))
    for state in ("failure", "success"):
        made.clock.advance(60)
        jordan.deploys("staging", HOTFIX, state)
    shown = tip(made, number)
    mine = shown["status"]["context"]
    assert (mine["state"], mine["creator"]) == ("SUCCESS", {"__typename": "Bot", "login": "github-actions"})
    rows = shown["statusCheckRollup"]["contexts"]["nodes"]
    checks = [(r["name"], r["conclusion"]) for r in rows if r["__typename"] == "CheckRun"]
    assert checks == [("prove", "SUCCESS"), ("lint", "FAILURE"), ("test", None), ("outsider", None)]
    statuses = [(r["context"], r["contextState"]) for r in rows if "context" in r]
    assert statuses == [("stanch/hotfix", "SUCCESS"), ("ci", "FAILURE")]
    suites = [(s["workflowRun"] and s["workflowRun"]["event"], s["status"]) for s in shown["checkSuites"]["nodes"]]
    assert suites == [("pull_request", "COMPLETED"), ("push", "IN_PROGRESS"), (None, "IN_PROGRESS")]
    run = shown["checkSuites"]["nodes"][0]["workflowRun"]
    assert (run["databaseId"], run["file"]["path"]) == (done, ".github/workflows/stanch-prove.yml")
    assert done > 2**31
    assert [d["latestStatus"]["state"] for d in shown["deployments"]["nodes"]] == ["SUCCESS", "FAILURE"]


def test_what_was_seen_of_an_older_commit_is_not_shown_of_a_newer_one() -> None:
    """Statuses, checks and deployments belong to one commit; a push leaves them behind."""
    made = world()
    number = opened(made)
    jordan = made.person("jordan")
    jordan.reports(HOTFIX, "success", "stanch/hotfix")
    jordan.finishes_run(jordan.starts_run(HOTFIX))
    jordan.deploys("staging", HOTFIX)
    jordan.pushes_to(HOTFIX, {"x": "x"})
    shown = tip(made, number)
    assert shown["status"] is shown["statusCheckRollup"] is None
    assert (shown["checkSuites"]["nodes"], shown["deployments"]["nodes"]) == ([], [])


def test_a_check_that_the_token_may_not_read_is_null_with_an_error() -> None:
    """Without checks: read the rest is answered; the error names each place."""
    made = world({"contents": "read", "pull-requests": "read", "statuses": "read", "deployments": "read"})
    number = opened(made)
    jordan = made.person("jordan")
    jordan.reports(HOTFIX, "success")
    jordan.starts_run(HOTFIX)
    answered = ask(made, pull_documents.PULL, number=number, **WHERE)
    assert [error["path"][-3:] for error in answered["errors"]] == [
        ["contexts", "nodes", 0], [0, "commit", "checkSuites"]
    ]  # fmt: skip # one row
    assert {error["type"] for error in answered["errors"]} == {"FORBIDDEN"}


def test_two_requests_with_one_head_know_of_each_other() -> None:
    """The commit names both; what is merged names the request that brought it."""
    made = world()
    alex = made.person("alex")
    number = opened(made)
    alex.pushes_to("develop", {"d": "d"})
    other = alex.opens_pull("The same", "", HOTFIX, base="develop")
    twins = tip(made, number)["associatedPullRequests"]["nodes"]
    assert [twin["number"] for twin in twins] == [number, other]


def test_a_conflict_is_when_both_sides_changed_a_file() -> None:
    """To different ends; the same change on both sides is none. A test may also say what GitHub answers."""
    made = world()
    alex = made.person("alex")
    alex.pushes_to("main", {"a.py": "1\n", "b.py": "1\n"}, "Begin")
    number = alex.opens_pull("Fix", "", HOTFIX, files={"a.py": "2\n", "b.py": "2\n"})
    alex.pushes_to("main", {"b.py": "2\n"}, "The same")
    assert read(made, number)["mergeable"] == "MERGEABLE"
    alex.pushes_to("main", {"a.py": "3\n"}, "Another")
    assert read(made, number)["mergeable"] == "CONFLICTING"
    with pytest.raises(Refusal, match="405"):
        alex.merges(number)
    pulls.set_mergeable(made, made.repository(), number, "UNKNOWN")
    assert read(made, number)["mergeable"] == "UNKNOWN"


def test_mergeable_may_be_unknown_at_the_first_read() -> None:
    """GitHub computes it when asked; a world can be told to do so too, anew for each head."""
    made = world()
    made.habits.mergeable_at_once = False
    number = opened(made)
    assert [read(made, number)["mergeable"] for _ in range(2)] == ["UNKNOWN", "MERGEABLE"]
    made.person("jordan").pushes_to(HOTFIX, {"x": "x"})
    assert read(made, number)["mergeable"] == "UNKNOWN"


def test_another_base_is_told_in_the_conversation() -> None:
    """The head and the base follow; a push by force is told of only where it is asked for."""
    made = world()
    alex, jordan = made.person("alex"), made.person("jordan")
    number = opened(made)
    alex.pushes_to("production", {"p": "p"})
    made.clock.advance(60)
    sha = jordan.pushes_to(HOTFIX, FIX, "Again", onto="main")
    alex.retargets(number, "production")
    shown = read(made, number)
    assert [item["__typename"] for item in shown["timelineItems"]["nodes"]] == ["BaseRefChangedEvent"]
    assert (shown["headRefOid"], shown["baseRefName"]) == (sha, "production")
    assert shown["baseRefOid"] == alex.commit("production")


@pytest.mark.parametrize("rebinds", [False, True])
def test_a_patch_identical_rebase_may_move_old_reviews(rebinds: bool) -> None:
    """Reported of GitHub and never documented, so a world can have either habit; another patch never moves them."""
    made = world()
    made.habits.rebinds_reviews = rebinds
    number = opened(made)
    old = made.person("jordan").commit(HOTFIX)
    made.person("alex").approves(number)
    made.person("alex").pushes_to("main", {"m": "m"}, "Elsewhere")
    new = made.person("jordan").pushes_to(HOTFIX, FIX, "Rebased", onto="main")
    assert read(made, number)["reviews"]["nodes"][0]["commit"]["oid"] == (new if rebinds else old)
    made.person("jordan").pushes_to(HOTFIX, {"other": "x"}, "Sneaked", onto="main")
    assert read(made, number)["reviews"]["nodes"][0]["commit"]["oid"] == (new if rebinds else old)


@pytest.mark.parametrize("stale", [True, False])
def test_the_base_may_be_shown_as_it_was_or_as_it_is(stale: bool) -> None:
    """`baseRefOid` is not documented well enough to rely on; the base's own target is always what stands now."""
    made = world()
    made.habits.stale_base = stale
    number = opened(made)
    then = made.repository().head
    now = made.person("alex").pushes("m", "m")
    shown = read(made, number)
    assert (shown["baseRefOid"], shown["baseRef"]["target"]["oid"]) == (then if stale else now, now)


def test_a_long_conversation_is_read_page_by_page() -> None:
    """The second document goes on where the first one ended, with the same kinds of events."""
    made = world()
    number = opened(made)
    for n in range(105):
        made.person("kim").comments(number, f"say {n}")
    first = read(made, number)["timelineItems"]
    answered = ask(made, pull_documents.MORE_TALK, number=number, after=first["pageInfo"]["endCursor"], **WHERE)
    rest = answered["data"]["repository"]["pullRequest"]["timelineItems"]
    told = [item["body"] for item in (*first["nodes"], *rest["nodes"])]
    assert (len(first["nodes"]), told) == (100, [f"say {n}" for n in range(105)])
    assert (first["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"]) == (True, False)


def test_a_sweep_sees_the_open_with_their_status_and_the_merged() -> None:
    """Oldest first, each with the gate's status on its head; the merged with the time of it."""
    made = world()
    number, alex = opened(made), made.person("alex")
    other = alex.opens_pull("Other", "", "feature", files={"o": "o"})
    made.person("jordan").reports(HOTFIX, "failure", "stanch/hotfix")
    done = alex.opens_pull("Done", "", "done", files={"d": "d"})
    alex.merges(done, "squash")
    shown = ask(made, pull_documents.PULLS, after=None, **WHERE)["data"]["repository"]
    contexts = [row["commits"]["nodes"][0]["commit"]["status"] for row in shown["open"]["nodes"]]
    assert [row["number"] for row in shown["open"]["nodes"]] == [number, other]
    assert contexts == [{"context": {"state": "FAILURE", "creator": {"__typename": "User", "login": "jordan"}}}, None]
    assert [(row["number"], row["mergedAt"]) for row in shown["merged"]["nodes"]] == [(done, "2026-03-14T02:00:00Z")]


def test_a_read_that_lags_misses_the_last_push_and_the_last_review() -> None:
    """What is true of issues is true of pull requests, their commits and checks."""
    made = world()
    number = opened(made)
    old = made.person("jordan").commit(HOTFIX)
    made.faults.lag_reads()
    made.person("jordan").pushes_to(HOTFIX, {"x": "x"})
    assert read(made, number)["headRefOid"] == old
    made.person("alex").approves(number)
    shown = read(made, number)
    assert (shown["headRefOid"] != old, shown["reviews"]["totalCount"]) == (True, 0)
    made.clock.advance(60)
    assert read(made, number)["reviews"]["totalCount"] == 1


def test_more_than_three_thousand_files_are_counted_but_not_listed() -> None:
    """The list ends where GitHub's ends; the number of files tells that it does."""
    made = world()
    files = {f"f{n:04}.py": "1\n" for n in range(3010)}
    number = made.person("jordan").opens_pull("Huge", "", HOTFIX, files=files)
    document = """query Q($number: Int!) { repository(owner: "harbour", name: "checkout") {
      pullRequest(number: $number) { changedFiles additions files(last: 1) { nodes { path } } } } }"""
    shown = ask(made, document, number=number)["data"]["repository"]["pullRequest"]
    assert shown == {"changedFiles": 3010, "additions": 3010, "files": {"nodes": [{"path": "f2999.py"}]}}


def test_the_largest_pull_request_is_read_cheaply() -> None:
    """3,000 files, 200 commits and 100 reviews: what is shown costs its work, and what is only counted next to none."""
    made = world()
    made.rates.bot = 100
    jordan = made.person("jordan")
    files = {f"src/d{n % 40}/f{n}.py": f"line {n}\n" * 10 for n in range(3000)}
    number = jordan.opens_pull("Big", "", HOTFIX, files=files)
    for n in range(199):
        jordan.pushes_to(HOTFIX, {f"src/d{n % 40}/f{n}.py": "one\n"}, f"Commit {n}")
    for n in range(100):
        made.add_person(f"reader-{n}", "write")
        made.person(f"reader-{n}").approves(number)
    shown: dict[str, Any] = {}
    assert steps(lambda: shown.update(read(made, number))) < 600_000
    assert (shown["changedFiles"], shown["earliest"]["totalCount"], shown["reviews"]["totalCount"]) == (3000, 200, 100)
    assert [len(shown[page]["nodes"]) for page in ("files", "earliest", "latest", "reviews")] == [100] * 4
    assert shown["earliest"]["nodes"][99]["commit"]["oid"] != shown["latest"]["nodes"][0]["commit"]["oid"]
    assert made.costs["Pull"] == 2
