"""What git and the base's config say of one change, before anything is run."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from stanch.adapters.config_file import read_either
from stanch.adapters.proof.git import Change, Git
from stanch.core.config import ALTERNATIVE_PATH, CONFIG_PATH, Loaded
from stanch.core.errors import StanchError
from stanch.core.own_workflows import PROOF_WORKFLOW
from stanch.core.proof.coupling import new_names
from stanch.core.proof.detection import detected
from stanch.core.proof.evidence import Changed, SuiteFacts, Trouble
from stanch.core.proof.hunks import Edit, edits_of
from stanch.core.proof.manifest import Manifest
from stanch.core.proof.suite import FileClass, ProofRules, Suite, kind_of
from stanch.core.proof.undoing import MOST_HUNKS

RULES = (CONFIG_PATH, ALTERNATIVE_PATH, PROOF_WORKFLOW, ".github/workflows/stanch-prove.yaml")
MOST_TESTS = 500
"""Changed test files beyond this are a change of its own, and no hotfix."""

MOST_KEPT = 5000
MOST_READ = 200
"""Production files whose text is looked at, each up to MOST_TEXT bytes."""

MOST_TEXT = 1_000_000
_SNAPSHOT = re.compile(r"(?P<folder>(?:.*/)?)__snapshots__/(?P<name>[^/]+)\.(?P<end>snap|ambr)")


class ConfigWrong(StanchError):
    """The base's config has a problem, so nobody knows what to run."""

    exit_code = 2
    advice = "Mend it on the base branch: `stanch config check` names every mistake."


@dataclass(frozen=True, slots=True)
class Picture:
    """A change that can be proven: the facts, the rules, what to run, and what can be undone.

    `overlay` are the changes that belong to the tests; `edits` are those of production, in the order of the
    manifest's hunks.
    """

    manifest: Manifest
    rules: ProofRules
    suites: tuple[Suite, ...]
    overlay: tuple[Change, ...]
    edits: tuple[Edit, ...]


def look(git: Git, base: str, head: str) -> Picture:
    """Everything that is known before a run. Raises StanchError."""
    merge_base = git.merge_base(base, head)
    loaded, digest = _config(git, base)
    suites = loaded.config.proof.suites or detected(git.paths(base), lambda path: _text(git, base, path))
    changes = git.changes(merge_base, head)
    sorted_out = {kind: [c for c in changes if kind_of(c.path, suites) is kind] for kind in FileClass}
    edits = _edits(git, merge_base, head, sorted_out)
    there = frozenset(git.paths(head))
    changed = _changed(sorted_out, suites, there)
    inline = any(edit.hunk.of_tests for edit in edits)
    facts = tuple(_suites(suites, changed, frozenset(git.paths(merge_base)), inline=inline))
    manifest = Manifest(
        base=base,
        head=head,
        merge_base=merge_base,
        suites=facts,
        changed=changed,
        hunks=tuple(edit.hunk for edit in edits[:MOST_HUNKS]),
        more_hunks=max(0, len(edits) - MOST_HUNKS),
        new_names=_names(git, merge_base, head, sorted_out[FileClass.PRODUCTION] + sorted_out[FileClass.INLINE]),
        touches_rules=any(change.path in RULES for change in changes),
        rules=digest,
        trouble=_trouble(suites, changed),
    )
    wanted = {suite.name for suite in facts}
    return Picture(
        manifest=manifest,
        rules=loaded.config.proof,
        suites=tuple(suite for suite in suites if suite.name in wanted),
        overlay=(*sorted_out[FileClass.TEST], *sorted_out[FileClass.SUPPORT]),
        edits=tuple(edits[:MOST_HUNKS]),
    )


def _config(git: Git, base: str) -> tuple[Loaded, str]:
    """The base's rules and their digest. Raises ConfigWrong."""
    yml, yaml = git.content(base, CONFIG_PATH), git.content(base, ALTERNATIVE_PATH)
    loaded = read_either(yml, yaml)
    if loaded.problems:
        raise ConfigWrong(f"{base[:12]}:{loaded.problems[0]}")
    written = yml if yml is not None else yaml
    return loaded, hashlib.sha256(written).hexdigest() if written is not None else ""


def _text(git: Git, commit: str, path: str) -> str:
    return (git.content(commit, path) or b"")[:MOST_TEXT].decode(errors="replace")


def _trouble(suites: Sequence[Suite], changed: Changed) -> Trouble | None:
    if not suites:
        return Trouble.NO_SUITE
    return Trouble.TOO_MANY if len(changed.tests) + len(changed.gone_tests) > MOST_TESTS else None


def _changed(by_kind: dict[FileClass, list[Change]], suites: Sequence[Suite], there: frozenset[str]) -> Changed:
    """The changed files by what they are for. A test whose snapshot changed counts as changed."""
    tests = [change.path for change in by_kind[FileClass.TEST] if not change.is_gone]
    snapshots = [test for change in by_kind[FileClass.SUPPORT] for test in _tested_by(change.path)]
    known = [path for path in snapshots if path in there and kind_of(path, suites) is FileClass.TEST]
    return Changed(
        tests=tuple(dict.fromkeys(sorted([*tests, *known]))),
        gone_tests=tuple(change.path for change in by_kind[FileClass.TEST] if change.is_gone),
        support=_paths(by_kind[FileClass.SUPPORT]),
        inline=_paths(by_kind[FileClass.INLINE]),
        production=_paths(by_kind[FileClass.PRODUCTION]),
    )


def _paths(changes: Iterable[Change]) -> tuple[str, ...]:
    return tuple(change.path for change in changes)[:MOST_KEPT]


def _tested_by(path: str) -> Iterator[str]:
    """The test that a stored snapshot belongs to: jest's and vitest's `.snap`, syrupy's `.ambr`."""
    found = _SNAPSHOT.fullmatch(path)
    if found:
        yield found["folder"] + found["name"] + (".py" if found["end"] == "ambr" else "")


def _suites(suites: Sequence[Suite], changed: Changed, before: frozenset[str], *, inline: bool) -> Iterator[SuiteFacts]:
    """The suites that a changed test belongs to, each with the files it runs."""
    mixed = changed.inline if inline else ()
    for number, suite in enumerate(suites):
        earlier = suites[:number]
        own = [path for path in (*changed.tests, *changed.gone_tests, *mixed) if _is_first(suite, earlier, path)]
        files = tuple(path for path in own if path not in changed.gone_tests)
        if own and files:
            yield SuiteFacts(suite.name, suite.report, files, tuple(path for path in own if path in before))


def _is_first(suite: Suite, earlier: Sequence[Suite], path: str) -> bool:
    return suite.kind_of(path) is not FileClass.PRODUCTION and kind_of(path, earlier) is FileClass.PRODUCTION


def _edits(git: Git, before: str, after: str, by_kind: dict[FileClass, list[Change]]) -> list[Edit]:
    """The hunks of production, those of files with tests inside last of their kind."""
    edits: list[Edit] = []
    for kind in (FileClass.PRODUCTION, FileClass.INLINE):
        for change in by_kind[kind][:MOST_READ]:
            if change.is_text:
                diff = git.diff(before, after, change.path)
                edits += edits_of(change.path, diff, inline=kind is FileClass.INLINE)
    return edits


def _names(git: Git, before: str, after: str, changes: Sequence[Change]) -> frozenset[str]:
    """The identifiers that the head's code adds."""
    read = [change for change in changes[:MOST_READ] if change.is_text]
    return new_names(
        [_text(git, before, change.path) for change in read if not change.is_new],
        [_text(git, after, change.path) for change in read if not change.is_gone],
        [change.path for change in read if change.is_new],
    )
