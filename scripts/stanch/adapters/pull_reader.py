"""Everything that the gate reads: a pull request, what it points to, who pushed, and the proof that a job left."""

from dataclasses import replace
from urllib.parse import quote, urlencode

from stanch.adapters import decode, decode_around, decode_pull, decode_repository
from stanch.adapters.answer import Answer, At
from stanch.adapters.client import Client
from stanch.adapters.proof_artifact import evidence_of
from stanch.adapters.pull_documents import LANDED, MORE_TALK, OF_COMMIT, PULL, PULLS, QUEUE, beside
from stanch.adapters.reader import Reader
from stanch.adapters.round import numbered
from stanch.core.errors import Moved, NoSuchThread, NotReadable
from stanch.core.gate import CONTEXT
from stanch.core.landing import Landings
from stanch.core.proof import Evidence
from stanch.core.pull import SHOWN_PUSHES, Beside, Listed, MergeSettings, Pull, Push
from stanch.core.thread import Repository, Thread
from stanch.core.wishes import Wishes

ARTIFACT = "stanch-proof"
"""The name under which the proof's job keeps what it saw."""


class PullReader:
    """Reads one repository's pull requests. Its reads are counted by the client."""

    def __init__(self, client: Client, owner: str, name: str) -> None:
        self._reads = client.reads
        self._threads = Reader(client, owner, name)
        self._where = {"owner": owner, "name": name}
        self._path = f"/repos/{quote(owner, safe='')}/{quote(name, safe='')}"

    def pull(self, number: int) -> tuple[Repository, MergeSettings, Pull]:
        """One pull request: one read, and one more per further 100 comments.

        Raises NoSuchThread, Moved, Forbidden, RateLimited or NotReadable.
        """
        answer = self._reads.graphql(PULL, {**self._where, "number": number})
        pull, after = decode_pull.pull(answer, number, CONTEXT)
        while after is not None:
            pull, after = self._more(pull, after)
        return decode_repository.repository(answer), decode_pull.settings(answer), pull

    def _more(self, pull: Pull, after: str) -> tuple[Pull, str | None]:
        answer = self._reads.graphql(MORE_TALK, {**self._where, "number": pull.number, "after": after})
        node = answer.repository["pullRequest"]
        if node.null:
            raise NoSuchThread(f"Pull request {pull.number} was deleted while it was read.", 404)
        page = node["timelineItems"]
        thread = replace(pull.thread, items=pull.thread.items + decode_pull.talk(page))
        retargets = (*pull.retargets, *decode_pull.turns(page))
        return replace(pull, thread=thread, retargets=retargets), decode.after(page)

    def beside(self, wishes: Wishes, head: str) -> Beside:
        """What a pull request points to, in one read; `head` is its branch. A linked thread of more than 100 items
        takes further reads.
        """
        asked = {"threads": wishes.threads, "texts": wishes.texts, "names": wishes.names}
        counts = [len(part) for part in (*asked.values(), wishes.branches, wishes.commits)]
        variables: dict[str, object] = {**self._where, **numbered(wishes.threads)}
        variables |= {f"e{i}": name for i, name in enumerate(wishes.texts)}
        variables |= {f"o{i}": name for i, name in enumerate(wishes.names)}
        variables |= {f"b{i}": f"refs/heads/{name}" for i, name in enumerate(wishes.branches)}
        variables |= {f"{name}{i}": sha for i, sha in enumerate(wishes.commits) for name in "cr"}
        variables |= {"head": head, "since": wishes.since} if wishes.branches else {}
        variables |= {"base": f"refs/heads/{wishes.base}"} if wishes.commits else {}
        answer = self._reads.graphql(beside(*counts), variables)
        node = answer.repository
        files = {name: decode_pull.file_text(node[f"e{i}"]) for i, name in enumerate(wishes.texts)}
        files |= {name: decode_pull.file_text(node[f"o{i}"]) for i, name in enumerate(wishes.names)}
        return Beside(
            threads={number: self._thread(answer, f"t{i}", number) for i, number in enumerate(wishes.threads)},
            files=files,
            foreign={name: decode_around.ahead(node[f"b{i}"]) for i, name in enumerate(wishes.branches)},
            changed={sha: decode_around.changed(node[f"c{i}"]) for i, sha in enumerate(wishes.commits)},
            messages={sha: decode_around.message(node[f"c{i}"]) for i, sha in enumerate(wishes.commits)},
            landed=frozenset(sha for i, sha in enumerate(wishes.commits) if decode_around.has_it(node[f"l{i}"])),
        )

    def pushes(self, branch: str) -> tuple[Push, ...]:
        """Who moved a branch, the newest first, as far as GitHub's activity tells (one REST read)."""
        query = urlencode({"ref": f"refs/heads/{branch}", "per_page": SHOWN_PUSHES})
        body = At(self._reads.get(f"{self._path}/activity?{query}"), ("activity",))
        return tuple(map(decode_around.push, body.each()))

    def evidence(self, run: int) -> Evidence:
        """What one run of the proof saw: two REST reads and the file itself.

        Raises NotReadable when there is none, or it has expired, and whatever makes it odd.
        """
        query = urlencode({"name": ARTIFACT, "per_page": 10})
        body = At(self._reads.get(f"{self._path}/actions/runs/{run}/artifacts?{query}"), ("artifacts",))
        found = [one["id"].whole() for one in body["artifacts"].each() if not one["expired"].flag()]
        if not found:
            raise NotReadable(f"Run {run} left no artifact {ARTIFACT}, or it has expired.")
        return evidence_of(self._reads.download(f"{self._path}/actions/artifacts/{max(found)}/zip"))

    def listed(self) -> tuple[Listed, ...]:
        """Every open pull request and the newest merged ones: one read per 50 open ones."""
        found: list[Listed] = []
        after: str | None = None
        while True:
            answer = self._reads.graphql(PULLS, {**self._where, "after": after})
            found += decode_around.listed(answer.repository, first=after is None)
            after = decode.after(answer.repository["open"])
            if after is None:
                return tuple(found)

    def of_commit(self, sha: str) -> tuple[int, ...]:
        """The pull requests that a commit belongs to, open or merged, rising: one read."""
        answer = self._reads.graphql(OF_COMMIT, {**self._where, "sha": sha})
        return decode_around.numbers_of(answer.repository["commit"])

    def queued(self, branch: str, sha: str) -> tuple[int, ...]:
        """The pull requests that would be merged with a merge group's head; empty when the queue has no such head."""
        answer = self._reads.graphql(QUEUE, {**self._where, "branch": branch})
        return decode_around.queued(answer.repository, sha)

    def landings(self, branch: str) -> tuple[Repository, Landings]:
        """What arrived on a branch lately: one read."""
        answer = self._reads.graphql(LANDED, {**self._where, "branch": f"refs/heads/{branch}"})
        return decode_repository.repository(answer), decode_around.landings(answer.repository, branch)

    def _thread(self, answer: Answer, alias: str, number: int) -> Thread | None:
        """A linked issue, whole; None when there is none of this number, or it is a pull request."""
        try:
            thread = self._threads.whole(answer, alias, number)
        except (NoSuchThread, Moved):
            return None
        return None if thread.is_pull_request else thread
