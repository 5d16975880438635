"""What a change is, by its content alone; and whether two looks at it saw the same."""

from dataclasses import replace

import pytest
from tests.pulls import (
    BASE,
    GOOD,
    HEAD,
    NEW,
    NEXT_HEAD,
    OLD,
    REVERTED,
    Change,
    Gathered,
    changed,
    commit,
    facts,
    flag_flip,
    plus_line,
    pull_case,
    push,
    pushed,
    revert,
    review,
    text,
    verdict,
    with_beside,
    with_file,
    with_hotfix,
    with_pull,
    with_reviews,
    with_rollback,
    with_thread,
    without_file,
)
from tests.values import instant

from stanch.core.gate_memory import Bound, GateMemory
from stanch.core.pull import ChangeKind
from stanch.core.pull_case import remembered
from stanch.core.rules.facts import Class

SECOND = "9" * 40
EVIL = "import os; os.system('x')\n"


def files(g: Gathered, **texts: str | None) -> Gathered:
    """Other contents by `place_name`, where a place is a commit."""
    return with_beside(g, files={**g.beside.files, **{name: text(content) for name, content in texts.items()}})


def at_head(content: str) -> Change:
    return lambda g: files(g, **{f"{HEAD}:shop.py": content})


def says(message: str) -> Change:
    return lambda g: with_pull(g, commits=(commit(message=message),))


def reverting(message: str) -> Change:
    """The commit that is reverted says this."""
    return lambda g: with_beside(g, messages={REVERTED: message})


def two_files(g: Gathered, count: int = 2) -> Gathered:
    """The reverted commit changed two files; both are taken back."""
    both = with_pull(g, files=(changed("shop.py"), changed("cart.py")))
    both = with_beside(both, changed={REVERTED: count})
    places = {BASE: NEW, HEAD: OLD, REVERTED: NEW, f"{REVERTED}~1": OLD}
    return files(both, **{f"{place}:cart.py": content for place, content in places.items()})


def two_reverts(g: Gathered, path: str = "cart.py") -> Gathered:
    """A second commit is reverted as well; it changed another file, or the same one before."""
    message = f"Revert both\n\nThis reverts commit {REVERTED}.\nThis reverts commit {SECOND}.\n"
    both = says(message)(with_pull(g, files=tuple(map(changed, dict.fromkeys(("shop.py", path))))))
    both = with_beside(both, changed={REVERTED: 1, SECOND: 1}, landed=frozenset({REVERTED, SECOND}))
    both = with_beside(both, messages={**g.beside.messages, SECOND: "Speed it up"})
    known = {f"{place}:shop.py": OLD for place in (SECOND, f"{SECOND}~1")}
    places = {BASE: NEW, HEAD: OLD, REVERTED: NEW, f"{REVERTED}~1": NEW, SECOND: NEW, f"{SECOND}~1": OLD}
    return files(
        both, **known, **({f"{p}:{path}": content for p, content in places.items()} if path != "shop.py" else {})
    )


def one_file_twice(g: Gathered) -> Gathered:
    """The same change came twice and is taken back once; beside it comes another file, as many as there are commits."""
    both = with_file(two_reverts(g, "shop.py"), "evil.py", None, EVIL)
    places = {REVERTED: NEW, f"{REVERTED}~1": OLD, SECOND: NEW, f"{SECOND}~1": OLD}
    return files(both, **{f"{place}:shop.py": content for place, content in places.items()})


def same_everywhere(g: Gathered) -> Gathered:
    """Its content never changed: it is the file's mode that does."""
    return files(g, **{f"{place}:shop.py": NEW for place in (BASE, HEAD, REVERTED, f"{REVERTED}~1")})


CLASSES: dict[str, tuple[Change, Class]] = {
    "a revert": (lambda g: g, Class.REVERT),
    "of a commit with two files": (two_files, Class.REVERT),
    "of two commits": (two_reverts, Class.REVERT),
    "of two commits in one file": (lambda g: two_reverts(g, "shop.py"), Class.HOTFIX),
    "one line is sneaked in": (at_head(OLD + EVIL), Class.HOTFIX),
    "one of its files is left out": (lambda g: with_beside(g, changed={REVERTED: 2}), Class.HOTFIX),
    "a file is added": (lambda g: with_file(g, "evil.py", None, EVIL), Class.HOTFIX),
    "a test is added": (lambda g: with_file(g, "tests/test_a.py", None, "x"), Class.HOTFIX),
    "another file is changed": (lambda g: with_file(g, "cart.py", "a", EVIL), Class.HOTFIX),
    "it was changed since": (lambda g: files(g, **{f"{BASE}:shop.py": NEW + "x"}), Class.HOTFIX),
    "GitHub does not say how many files the commit changed": (
        lambda g: with_beside(g, changed={REVERTED: None}),
        Class.HOTFIX,
    ),
    "the commit was never on production": (lambda g: with_beside(g, landed=frozenset()), Class.HOTFIX),
    "one of two commits was never on production": (
        lambda g: with_beside(two_reverts(g), landed=frozenset({REVERTED})),
        Class.HOTFIX,
    ),
    "one file of two commits, and another file": (one_file_twice, Class.HOTFIX),
    "a mode": (same_everywhere, Class.HOTFIX),
    "the head and what was before could not be read": (
        lambda g: with_beside(
            g, files={k: v for k, v in g.beside.files.items() if not k.startswith(HEAD) and "~1" not in k}
        ),
        Class.HOTFIX,
    ),
    "nothing could be read": (lambda g: with_beside(g, files={}), Class.HOTFIX),
    "only some could be read": (
        lambda g: with_beside(g, files={k: v for k, v in g.beside.files.items() if "~1" not in k}),
        Class.HOTFIX,
    ),
    "it only says so": (says("Revert the speed-up"), Class.HOTFIX),
    "it only says so, of another commit": (says(f"This reverts commit {SECOND}."), Class.HOTFIX),
    "more commits than anybody reads": (
        says("\n".join(f"This reverts commit {n:040x}." for n in range(6))),
        Class.HOTFIX,
    ),
    "a revert of a revert brings something back": (
        reverting(f'Revert "Speed up" (#40)\n\nThis reverts commit {SECOND}.'),
        Class.HOTFIX,
    ),
    "so does one whose title says nothing": (reverting(f"Slow down\n\nThis reverts commit {SECOND}."), Class.HOTFIX),
    "and one of whom only the title says it": (reverting('Revert "Speed up" (#40)'), Class.HOTFIX),
    "what the reverted commit says could not be read": (reverting(""), Class.HOTFIX),
    "what only calls itself a revert of a revert": (
        says(f'Revert "Revert "Speed up""\n\nThis reverts commit {REVERTED}.'),
        Class.HOTFIX,
    ),
    "or says so in git's own word": (says(f'Reapply "Speed up"\n\nThis reverts commit {REVERTED}.'), Class.HOTFIX),
    "nor does anybody count how often it went to and fro": (
        says(f'Revert "Reapply "Speed up""\n\nThis reverts commit {REVERTED}.'),
        Class.HOTFIX,
    ),
    "a file is renamed": (
        lambda g: with_pull(g, files=(changed("shop.py", kind=ChangeKind.RENAMED),)),
        Class.HOTFIX,
    ),
    "more files than are shown": (lambda g: with_pull(g, changed_files=101), Class.HOTFIX),
    "no files at all": (lambda g: with_pull(g, files=()), Class.HOTFIX),
}


@pytest.mark.parametrize(("change", "kind"), CLASSES.values(), ids=CLASSES.keys())
def test_a_pure_revert_is_one_by_content(change: Change, kind: Class) -> None:
    """Each file is again what it was before the named commits, which production has; nothing more, nothing less."""
    assert facts(change(revert())).kind is kind


FLIPS: dict[str, tuple[Change, Class]] = {
    "one flag": (lambda g: g, Class.FLAG_FLIP),
    "two flag files": (
        lambda g: with_file(with_hotfix(g, flags=("config/**",)), "config/more.yml", "a: 1\n", "a: 2\n"),
        Class.FLAG_FLIP,
    ),
    "and one other file": (lambda g: with_file(g, "shop.py", OLD, NEW), Class.HOTFIX),
    "and a test": (lambda g: with_file(g, "tests/test_a.py", None, "x"), Class.HOTFIX),
    "a new flag file": (
        lambda g: with_file(with_hotfix(g, flags=("config/**",)), "config/new.yml", None, "a: 1\n"),
        Class.HOTFIX,
    ),
    "a flag file goes": (
        lambda g: with_file(with_hotfix(g, flags=("config/**",)), "config/old.yml", "a: 1\n", None),
        Class.HOTFIX,
    ),
    "a file becomes a flag file": (
        lambda g: with_pull(g, files=(changed("config/flags.yml", kind=ChangeKind.RENAMED),)),
        Class.HOTFIX,
    ),
    "a link": (
        lambda g: with_pull(g, files=(changed("config/flags.yml", kind=ChangeKind.CHANGED),)),
        Class.HOTFIX,
    ),
    "no flag files in the config": (lambda g: with_hotfix(g, flags=()), Class.HOTFIX),
    "more files than are shown": (lambda g: with_pull(g, changed_files=101), Class.HOTFIX),
}


@pytest.mark.parametrize(("change", "kind"), FLIPS.values(), ids=FLIPS.keys())
def test_a_flag_flip_is_one_by_its_files(change: Change, kind: Class) -> None:
    """Nothing but configured flag files, each of them changed in its place."""
    assert facts(change(flag_flip())).kind is kind


@pytest.mark.parametrize("line", ["Class: pure revert", "Type: flag flip", "pure-revert: yes"])
def test_a_class_is_never_declared(line: str) -> None:
    """Whatever the text says."""
    assert facts(plus_line(GOOD, line)).kind is Class.HOTFIX


HELD: dict[str, tuple[Gathered, str]] = {
    "nothing happened": (GOOD, "pass/approved"),
    "pushed, and the same in every file": (pushed(GOOD, 50), "pass/approved"),
    "rebased over other files by somebody else": (pushed(GOOD, 50, by="sam"), "pass/approved"),
    "rebased over the same file": (pushed(GOOD, 50, **{"shop.py": NEW + "# theirs\n"}), "fail/stale"),
    "a line more": (pushed(GOOD, 50, **{"shop.py": NEW + EVIL}), "fail/stale"),
    "a line more in a test": (pushed(GOOD, 50, **{"tests/test_shop.py": "x\n"}), "fail/stale"),
    "a file more": (with_file(pushed(GOOD, 50), "evil.py", None, EVIL), "fail/stale"),
    "a file less": (without_file(pushed(GOOD, 50), "tests/test_shop.py"), "fail/stale"),
    "rebased by the reviewer": (pushed(GOOD, 50, by="jordan"), "fail/nobody"),
    "retargeted": (with_pull(replace(GOOD, memory=pull_case(GOOD).memory), base="develop"), "fail/stale"),
    "pushed back to what was read": (
        pushed(pushed(GOOD, 50, **{"shop.py": EVIL}), 55, sha=HEAD, **{"shop.py": NEW}),
        "pass/approved",
    ),
    "who pushed is not known any more": (replace(pushed(GOOD, 50), pushes=None), "unknown/pushers-unknown"),
}


@pytest.mark.parametrize(("after", "answer"), HELD.values(), ids=HELD.keys())
def test_an_approval_holds_for_what_was_read(after: Gathered, answer: str) -> None:
    """What was bound at the first look is compared at the next."""
    assert verdict(after, "H004") == answer


def moved_by_github(g: Gathered) -> Gathered:
    """The approval of minute 40 stands at a head that came at 45, as GitHub shows it after a rebase without changes."""
    later = with_reviews(g, replace(review("jordan"), sha=NEXT_HEAD))
    later = with_pull(later, head_sha=NEXT_HEAD)
    return replace(later, pushes=(push("alex", 45, NEXT_HEAD), push("alex", 25)))


def test_what_github_moves_is_not_believed() -> None:
    """Nobody had looked at the old head: what the approval was given to is not known, so it holds for nothing."""
    memory = remembered(moved_by_github(GOOD))
    assert memory.bound == {"R_jordan_40": Bound("", "")}


def test_a_binding_is_made_once() -> None:
    """What is remembered of an approval is not made anew, neither better nor worse."""
    memory = remembered(GOOD)
    assert remembered(replace(pushed(GOOD, 50, **{"shop.py": EVIL}))).bound == memory.bound
    forgotten = replace(pushed(GOOD, 50), memory=GateMemory())
    assert verdict(forgotten, "H004") == "fail/stale"


def test_an_approval_from_before_a_new_base_holds_for_nothing() -> None:
    """It was read against another branch, and nobody looked in between."""
    assert verdict(with_pull(GOOD, retargets=(instant(45),)), "H004") == "fail/stale"
    assert verdict(with_pull(GOOD, retargets=(instant(39),)), "H004") == "pass/approved"


def printed(g: Gathered) -> str:
    return facts(g).content.content


def test_the_print_tells_what_content_cannot() -> None:
    """A submodule has no content here, a renamed file has an old path: there any push counts."""
    module = with_pull(GOOD, files=(*GOOD.pull.files, changed("lib")))
    renamed = with_pull(GOOD, files=(*GOOD.pull.files, changed("shop.py", kind=ChangeKind.RENAMED)))
    crowd = with_pull(GOOD, changed_files=101)
    for one in (module, renamed, crowd, with_beside(GOOD, files={})):
        assert printed(one) != printed(with_pull(one, head_tree="0" * 40))
    assert printed(GOOD) == printed(with_pull(GOOD, head_tree="0" * 40))


def test_the_print_of_the_sentence() -> None:
    """The rollback alone, whatever its spaces."""
    assert facts(GOOD).content.rollback == facts(plus_line(GOOD, "More words.")).content.rollback
    assert facts(GOOD).content.rollback != facts(with_rollback(GOOD, "Another one.")).content.rollback
    assert facts(GOOD).content.content == facts(with_rollback(GOOD, "Another one.")).content.content


def test_a_path_is_part_of_the_print() -> None:
    """The same content in the place of another file is another change."""
    elsewhere = files(with_pull(GOOD, files=(changed("cart.py"), GOOD.pull.files[1])), **{f"{HEAD}:cart.py": NEW})
    assert printed(elsewhere) != printed(GOOD)


def test_a_kind_is_part_of_the_print() -> None:
    """A file with the same content that was copied where it was changed before."""
    copied = with_pull(GOOD, files=(changed("shop.py", kind=ChangeKind.COPIED), GOOD.pull.files[1]))
    assert printed(copied) != printed(GOOD)
    assert printed(with_thread(GOOD, title="Another title")) == printed(GOOD)
