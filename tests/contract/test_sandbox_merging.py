"""How the embedded GitHub merges: by merge commit, squash, rebase and queue, and what it tells of it."""

from dataclasses import replace
from typing import Any

import pytest

from stanch.adapters import pull_documents
from stanch.sandbox.rights import Refusal
from stanch.sandbox.webhooks import starts_workflow
from stanch.sandbox.world import World
from tests.contract.sandbox_scene import INCIDENT, ask, call, status, world
from tests.contract.test_sandbox_pulls import HOTFIX, beside, read
from tests.contract.test_sandbox_webhooks import ALL, Told, listen, names


def opened(made: World, body: str = "") -> int:
    """A hotfix of two commits by two people, and something that happened on main meanwhile."""
    jordan = made.person("jordan")
    number = jordan.opens_pull("Count the basket", body, HOTFIX, files={"a.py": "1\n", "b.py": "1\n"})
    made.person("morgan").pushes_to(HOTFIX, {"a.py": "1\n2\n"}, "Count twice")
    made.person("alex").pushes_to("main", {"other.py": "x\n"}, "Meanwhile")
    return number


def merged(made: World, number: int) -> dict[str, Any]:
    """The commit that a pull request became."""
    found: dict[str, Any] = read(made, number)["mergeCommit"]
    return found


def test_a_merge_commit_has_two_parents() -> None:
    """The base and the head; the tree has both sides."""
    made = world()
    number = opened(made)
    tip, head = made.repository().head, made.person("alex").commit(HOTFIX)
    sha = made.person("alex").merges(number)
    commit = merged(made, number)
    assert [parent["oid"] for parent in commit["parents"]["nodes"]] == [tip, head]
    assert commit["message"].startswith(f"Merge pull request #{number} from harbour/{HOTFIX}")
    assert dict(made.repository().files).items() >= {"a.py": "1\n2\n", "b.py": "1\n", "other.py": "x\n"}.items()
    assert made.repository().head == sha


def test_a_squash_is_one_commit_with_everybody_named() -> None:
    """Title and number, the messages of the commits, co-authors; by the author, committed by GitHub."""
    made = world()
    number = opened(made)
    tip = made.repository().head
    made.person("alex").merges(number, "squash")
    commit = merged(made, number)
    assert [parent["oid"] for parent in commit["parents"]["nodes"]] == [tip]
    assert commit["message"] == (
        f"Count the basket (#{number})\n\n* Count the basket\n\n* Count twice\n\n---------\n\n"
        "Co-authored-by: morgan <morgan@users.noreply.github.com>"
    )
    record = made.repository().commits[commit["oid"]]
    assert (record.author, record.committer) == ("jordan", "GitHub <noreply@github.com>")
    shown = read(made, number)
    assert (shown["state"], shown["changedFiles"], shown["earliest"]["totalCount"]) == ("MERGED", 2, 2)
    assert (shown["mergedBy"]["login"], shown["mergeable"]) == ("alex", "UNKNOWN")


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({}, "One (#1)\n\nIts body."),
        ({"squash_title": "PR_TITLE"}, "Title (#1)\n\nIts body."),
        ({"squash_message": "PR_BODY"}, "One (#1)\n\nBody"),
        ({"squash_message": "BLANK"}, "One (#1)"),
    ],
)
def test_a_squash_of_one_commit_follows_the_settings(settings: dict[str, Any], message: str) -> None:
    """The commit's own words by default, the request's where the repository says so."""
    made = world()
    repo, jordan = made.repository(), made.person("jordan")
    repo.merging = replace(repo.merging, **settings)
    jordan.pushes_to(HOTFIX, {"a": "a"}, "One\n\nIts body.")
    number = jordan.opens_pull("Title", "Body", HOTFIX)
    jordan.merges(number, "squash")
    assert merged(made, number)["message"] == message


def test_a_rebase_repeats_each_commit() -> None:
    """New ids, the old authors, one parent each; the last one is the merge commit."""
    made = world()
    number = opened(made)
    tip = made.repository().head
    sha = made.person("alex").merges(number, "rebase")
    commits = made.repository().commits
    [parent] = commits[sha].parents
    assert (commits[sha].message, commits[sha].author, commits[sha].committer) == ("Count twice", "morgan", "alex")
    assert (commits[parent].message, commits[parent].parents) == ("Count the basket", (tip,))


def test_a_squash_has_the_tree_of_its_revert_s_parent() -> None:
    """Ids of trees come from content: a revert brings back the tree that was there before."""
    made = world()
    alex = made.person("alex")
    before = made.repository().commits[made.repository().head].tree.oid
    number = alex.opens_pull("Break", "", HOTFIX, files={"a.py": "broken\n"})
    alex.merges(number, "squash")
    undo = alex.opens_pull("Undo", "", "hotfix/undo", files={"a.py": None})
    assert read(made, undo)["tip"]["nodes"][0]["commit"]["tree"]["oid"] == before
    assert beside(made, o0="HEAD~1:", o1="hotfix/undo:") == {"o0": {"oid": before}, "o1": {"oid": before}}


@pytest.mark.parametrize("method", ["merge", "squash", "rebase"])
def test_a_way_to_merge_can_be_closed(method: str) -> None:
    """405 for a method that the repository does not allow; GraphQL shows which it does."""
    made = world({"contents": "write", "pull-requests": "read"})
    repo = made.repository()
    number = opened(made)
    repo.merging = replace(repo.merging, **{method: False})
    assert status(made, "PUT", f"pulls/{number}/merge", {"merge_method": method}) == 405
    answered = ask(made, pull_documents.PULL, "alex", number=number, owner="harbour", name="checkout")
    shown = answered["data"]["repository"]
    name = {"merge": "mergeCommitAllowed", "squash": "squashMergeAllowed", "rebase": "rebaseMergeAllowed"}[method]
    assert shown[name] is False


def test_what_stands_in_the_way_of_a_merge() -> None:
    """A draft, a head that has moved, a required status that is not green; administrators pass the last."""
    made = world()
    repo, jordan = made.repository(), made.person("jordan")
    repo.merging = replace(repo.merging, required=frozenset({"stanch/hotfix"}))
    number = opened(made)
    stale = call(made, "PUT", f"pulls/{number}/merge", {"sha": repo.head}, "alex")
    assert stale[0] == 409
    jordan.drafts(number)
    assert status(made, "PUT", f"pulls/{number}/merge", {}, "alex") == 405
    jordan.readies(number)
    with pytest.raises(Refusal, match="stanch/hotfix"):
        jordan.merges(number)
    jordan.reports(HOTFIX, "success", "Stanch/Hotfix")
    jordan.merges(number)
    again = jordan.opens_pull("Another", "", "hotfix/two", files={"c": "c"})
    made.person("alex").merges(again)


def test_a_merged_request_stays_merged() -> None:
    """It cannot be opened again; a closed one can, while its branch is there."""
    made = world()
    jordan = made.person("jordan")
    number = opened(made)
    jordan.closes(number)
    jordan.reopens(number)
    jordan.merges(number)
    with pytest.raises(Refusal, match="422"):
        jordan.reopens(number)
    other = jordan.opens_pull("Other", "", "hotfix/two", files={"c": "c"})
    jordan.closes(other)
    jordan.deletes_branch("hotfix/two")
    with pytest.raises(Refusal, match="422"):
        jordan.reopens(other)


def test_a_head_that_is_pushed_to_its_base_counts_as_merged() -> None:
    """Whoever goes past the button merges all the same, and the request says so."""
    made = world()
    jordan = made.person("jordan")
    number = jordan.opens_pull("Fix", "", HOTFIX, files={"a": "a"})
    made.person("alex").pushes_to("main", {"b": "b"}, "On top", onto=HOTFIX)
    shown = read(made, number)
    assert (shown["state"], shown["mergeCommit"]["oid"]) == ("MERGED", jordan.commit(HOTFIX))
    assert (shown["mergedBy"]["login"], shown["changedFiles"]) == ("alex", 1)


def test_a_direct_push_came_through_no_request() -> None:
    """A merged commit names its request; one that was pushed names none."""
    made = world()
    number = opened(made)
    sha = made.person("alex").merges(number, "squash")
    pushed = made.person("alex").pushes("x.py", "x")
    document = """query Q($a: GitObjectID!, $b: GitObjectID!) { repository(owner: "harbour", name: "checkout") {
      a: object(oid: $a) { ...Of } b: object(oid: $b) { ...Of } } }
      fragment Of on Commit { associatedPullRequests(first: 5) { nodes { number } } }"""
    shown = ask(made, document, a=sha, b=pushed)["data"]["repository"]
    assert shown["a"]["associatedPullRequests"]["nodes"] == [{"number": number}]
    assert shown["b"]["associatedPullRequests"]["nodes"] == []


def test_a_revert_brings_back_the_tree_that_was_there() -> None:
    """GitHub's own button: a branch, a commit that names the other, and a request that says so."""
    made = world()
    alex = made.person("alex")
    number = opened(made)
    before = made.repository().commits[made.repository().head].tree.oid
    sha = alex.merges(number, "squash")
    undo = read(made, alex.reverts(number))
    [commit] = [node["commit"] for node in undo["latest"]["nodes"]]
    assert commit["message"] == f'Revert "Count the basket (#{number})"\n\nThis reverts commit {sha}.'
    assert (undo["title"], undo["body"]) == ('Revert "Count the basket"', f"Reverts harbour/checkout#{number}")
    assert undo["tip"]["nodes"][0]["commit"]["tree"]["oid"] == before


def test_a_branch_can_be_brought_up_to_its_base() -> None:
    """A merge commit by GitHub on the head; the request changes what it changed before, from a newer base."""
    made = world()
    number = opened(made)
    before = read(made, number)
    sha = made.person("morgan").updates_branch(number)
    after = read(made, number)
    assert (after["headRefOid"], after["files"]) == (sha, before["files"])
    newest = after["latest"]["nodes"][-1]["commit"]
    assert (newest["message"], newest["committer"]["user"]["login"]) == (
        f"Merge branch 'main' into {HOTFIX}",
        "web-flow",
    )
    assert (after["earliest"]["totalCount"], after["baseRefOid"]) == (3, made.repository().head)


def test_the_queue_checks_a_branch_of_its_own() -> None:
    """It asks for checks on a commit of base and request together, and merges that very commit."""
    made = world()
    repo = made.repository()
    repo.merging = replace(repo.merging, required=frozenset({"stanch/hotfix"}))
    number, issue = opened(made), made.person("alex").opens(INCIDENT)
    made.person("jordan").edits_body(number, f"Fixes #{issue}")
    made.person("jordan").reports(HOTFIX, "success", "stanch/hotfix")
    told, tip = listen(made), repo.head
    sha = made.person("jordan").queues(number)
    with pytest.raises(Refusal, match="stanch/hotfix"):
        made.person("jordan").lands(number)
    made.person("jordan").reports(sha, "success", "stanch/hotfix")
    assert made.person("jordan").lands(number) == repo.head == sha
    assert names(told) == [
        "pull_request.enqueued", "push", "merge_group.checks_requested", "status", "push", "pull_request.closed",
        "issues.closed", "merge_group.destroyed",
    ]  # fmt: skip # one story
    group = told[2][2]["merge_group"]
    assert (group["head_sha"], group["base_sha"], group["base_ref"]) == (sha, tip, "refs/heads/main")
    assert group["head_ref"] == f"refs/heads/gh-readonly-queue/main/pr-{number}-{tip}"
    assert starts_workflow("merge_group", told[2][2], by_bot=told[2][3])
    assert read(made, number)["mergedBy"]["login"] == "github-merge-queue"
    assert set(repo.branches) == {"main", HOTFIX}


def test_a_request_can_leave_the_queue() -> None:
    """Its branch is gone, and it is open as before."""
    made = world()
    number = opened(made)
    made.person("jordan").queues(number)
    told = listen(made)
    made.person("jordan").leaves_queue(number, "invalidated")
    assert names(told) == ["pull_request.dequeued", "merge_group.destroyed"]
    assert told[1][2]["reason"] == "invalidated"
    assert read(made, number)["state"] == "OPEN"
    made.person("jordan").queues(number)


def test_a_fork_brings_its_own_commits() -> None:
    """Its head lives elsewhere; a push there moves the request here, and its authors may not push here."""
    made = world()
    made.add_fork("kim")
    kim = made.person("kim", "kim/checkout")
    kim.pushes_to(HOTFIX, {"a.py": "1\n"}, "Fix")
    number = made.person("kim").opens_pull("Fix", "", f"kim:{HOTFIX}")
    told = listen(made)
    sha = kim.pushes_to(HOTFIX, {"a.py": "2\n"}, "Better")
    shown = read(made, number)
    assert (shown["isCrossRepository"], shown["headRefName"], shown["headRefOid"]) == (True, HOTFIX, sha)
    assert (shown["earliest"]["totalCount"], shown["files"]["nodes"][0]["additions"]) == (2, 1)
    assert names(told) == ["push", "pull_request.synchronize"]
    assert told[1][2]["pull_request"]["head"]["repo"]["full_name"] == "kim/checkout"
    assert told[1][2]["repository"]["full_name"] == "harbour/checkout"
    with pytest.raises(Refusal, match="422"):
        made.person("kim").opens_pull("None", "", "kim:nowhere")


def life(made: World) -> Told:
    """Everything that can happen to a pull request before it is merged."""
    alex, jordan = made.person("alex"), made.person("jordan")
    alex.pushes_to("production", {"p": "p"})
    told = listen(made)
    number = jordan.opens_pull("Fix", "body", HOTFIX, files={"a.py": "1\n"}, draft=True)
    jordan.readies(number)
    jordan.drafts(number)
    jordan.pushes_to(HOTFIX, {"a.py": "2\n"})
    jordan.pushes_to(HOTFIX, {"a.py": "3\n"}, onto="main")
    jordan.edits_body(number, "Incident: #1")
    alex.retargets(number, "production")
    review = alex.approves(number, "good")
    alex.edits_review(number, review, "very good")
    alex.dismisses(number, "alex")
    alex.reviews(number)
    jordan.reports(HOTFIX, "success", "ci", "green", "https://ci.example/1")
    run = jordan.starts_run(HOTFIX)
    jordan.finishes_run(run, "failure")
    jordan.deploys("staging", HOTFIX)
    jordan.closes(number)
    jordan.reopens(number)
    jordan.deletes_branch(HOTFIX)
    assert made.issue(number).state == "closed"
    return told


def test_the_life_of_a_pull_request_is_told_in_githubs_shapes() -> None:
    """Each webhook that the gate listens to, with what was there before."""
    told = life(world())
    assert names(told) == [
        "push", "pull_request.opened", "pull_request.ready_for_review", "pull_request.converted_to_draft", "push",
        "pull_request.synchronize", "push", "pull_request.synchronize", "pull_request.edited", "pull_request.edited",
        "pull_request_review.submitted", "pull_request_review.edited", "pull_request_review.dismissed",
        "pull_request_review.submitted", "status", "workflow_run.requested", "workflow_run.completed",
        "deployment.created", "deployment_status.created", "pull_request.closed", "pull_request.reopened", "push",
        "pull_request.closed",
    ]  # fmt: skip # one story
    shown = [payload for _, _, payload, _ in told]
    assert (shown[0]["created"], shown[6]["forced"], shown[21]["deleted"]) == (True, True, True)
    assert shown[5]["before"] == shown[0]["after"]
    assert shown[5]["after"] == shown[4]["after"] == shown[5]["pull_request"]["head"]["sha"]
    assert shown[8]["changes"] == {"body": {"from": "body"}}
    assert shown[9]["changes"]["base"]["ref"] == {"from": "main"}
    assert shown[11]["changes"] == {"body": {"from": "good"}}
    assert (shown[12]["review"]["state"], shown[12]["review"]["commit_id"]) == ("dismissed", shown[6]["after"])
    assert shown[14]["branches"][0]["name"] == HOTFIX
    assert shown[16]["workflow_run"]["conclusion"] == "failure"
    assert shown[16]["workflow_run"]["pull_requests"][0]["number"] == shown[1]["number"]
    starting = [starts_workflow(event, payload, by_bot=by_bot) for event, _, payload, by_bot in told]
    assert starting == [True] * 21 + [False, True]


def test_what_github_token_does_to_a_request_starts_nothing_but_a_run_that_ends() -> None:
    """Statuses and deployments of the bot are told and start no workflow; the end of a run does."""
    made = world(ALL | {"statuses": "write"})
    number = opened(made)
    told = listen(made)
    sha = made.person("jordan").commit(HOTFIX)
    call(made, "POST", f"statuses/{sha}", {"state": "success", "context": "stanch/hotfix"})
    deployment = call(made, "POST", "deployments", {"ref": HOTFIX, "environment": "staging"})[2]
    call(made, "POST", f"deployments/{deployment['id']}/statuses", {"state": "success"})
    bot = replace(made.person("jordan"), me=made.tokens[made.bot_token])
    bot.finishes_run(bot.starts_run(HOTFIX, ".github/workflows/deploy.yml", event="workflow_dispatch"))
    call(made, "PUT", f"pulls/{number}/merge", {})
    starting = [event for event, _, payload, by_bot in told if starts_workflow(event, payload, by_bot=by_bot)]
    assert starting == ["workflow_run", "workflow_run"]
    assert names(told)[:3] == ["status", "deployment.created", "deployment_status.created"]


def test_a_conflict_and_a_skipping_commit_start_no_workflow() -> None:
    """GitHub runs nothing of pull_request while there is a conflict, and nothing of a push that asks for it."""
    made = world()
    alex = made.person("alex")
    alex.pushes_to("main", {"a.py": "1\n"}, "Begin")
    number = alex.opens_pull("Fix", "", HOTFIX, files={"a.py": "2\n"})
    alex.pushes_to("main", {"a.py": "3\n"}, "Meanwhile")
    told = listen(made)
    alex.renames(number, "Fix it")
    alex.pushes_to("other", {"b": "b"}, "Words\n\nskip-checks: true")
    alex.pushes_to("other", {"b": "c"}, "Words [skip ci]")
    alex.comments(number, "hm")
    starting = [event for event, _, payload, by_bot in told if starts_workflow(event, payload, by_bot=by_bot)]
    assert starting == ["issue_comment"]


def test_stale_approvals_are_taken_back_where_the_repository_says_so() -> None:
    """A push that changes the patch dismisses them; whether GitHub tells that by a webhook is not documented."""
    made = world()
    repo = made.repository()
    repo.merging = replace(repo.merging, dismisses_stale=True)
    number = opened(made)
    made.person("alex").approves(number)
    made.person("jordan").pushes_to(HOTFIX, {"a.py": "9\n"})
    assert [node["state"] for node in read(made, number)["reviews"]["nodes"]] == ["DISMISSED"]
