"""One range in place of another: what needs a second person, in every dialect."""

import pytest

from stanch.core.dependencies import BumpKind
from stanch.core.dependencies.comparing import step
from stanch.core.dependencies.version import CARGO, COMPOSER, LONGEST, NPM, PLAIN, Dialect, span

MAJOR, LOOSER, UNREADABLE = BumpKind.MAJOR, BumpKind.LOOSER, BumpKind.UNREADABLE


def said(before: str, after: str, dialect: Dialect) -> BumpKind | None:
    was, now = span(before, dialect), span(after, dialect)
    return step(was, now) if was and now else UNREADABLE


@pytest.mark.parametrize(
    ("before", "after", "dialect"),
    [
        ("1.2.3", "1.2.4", PLAIN),
        ("1.2.3", "1.9.0", PLAIN),
        ("1.9.0", "1.2.3", PLAIN),
        ("v1.2.3", "1.2.4+build.7", PLAIN),
        ("1!2.0", "1!2.1", PLAIN),
        ("0.3.1", "0.3.9", PLAIN),
        ("1.2.3-rc.1", "1.2.3", PLAIN),
        ("2.0rc1", "2.0.1", PLAIN),
        ("1.2.3.RELEASE", "1.2.4.RELEASE", PLAIN),
        ("==1.2.*", "==1.3.*", PLAIN),
        ("~=1.4.2", "~=1.4.9", PLAIN),
        ("~> 1.2.3", "~> 1.2.9", PLAIN),
        (">=1.2,<2", ">=1.4,<2", PLAIN),
        (">=1.2", ">=1.2,<2", PLAIN),
        (">=1", ">=1,!=1.5", PLAIN),
        (">=1,!=1.5", ">=1.6", PLAIN),
        ("<3", "<2", PLAIN),
        ("^1.2.3", "^1.9.0", NPM),
        ("^1.2.3", "~1.2.3", NPM),
        ("^1.2.3", "1.4.0", NPM),
        ("~1.2", "1.2.x", NPM),
        ("1", "^1.0.0", NPM),
        ("^1 || ^2", "^1 || ^2.3", NPM),
        ("1.2.3 - 1.4.0", ">=1.2.3 <=1.4.0", NPM),
        ("1.2.3", "1.9", CARGO),
        ("1", "^1.0", CARGO),
        ("~1.2", "^1.2", COMPOSER),
        ("[1.0,2.0)", "[1.1,2.0)", PLAIN),
        ("1.+", "1.*", PLAIN),
    ],
)
def test_small_steps_need_nobody(before: str, after: str, dialect: Dialect) -> None:
    """Minor and patch versions, within a line or down again, and ranges that narrow say nothing."""
    assert said(before, after, dialect) is None


@pytest.mark.parametrize(
    ("before", "after", "dialect"),
    [
        ("1.2.3", "2.0.0", PLAIN),
        ("2.0.0", "1.9.9", PLAIN),
        ("0.3.1", "0.4.0", PLAIN),
        ("0.9.0", "1.0.0", PLAIN),
        ("v4", "v5", PLAIN),
        ("1!2.0", "2!2.0", PLAIN),
        ("1.2.3", "2.0.0-beta.1", PLAIN),
        ("==1.2.*", "==2.*", PLAIN),
        (">=1.2", ">=2", PLAIN),
        (">=1.2,<2", ">=2,<3", PLAIN),
        ("^1.2.3", "^2.0.0", NPM),
        ("^2.0.0", "^1.2.3", NPM),
        ("^0.2.3", "^0.3.0", NPM),
        ("~1.2", "2.x", NPM),
        ("1", "2", CARGO),
        ("0.3", "0.4", CARGO),
        ("[1.0,2.0)", "[2.0,3.0)", PLAIN),
    ],
)
def test_another_major_line_counts_in_both_directions(before: str, after: str, dialect: Dialect) -> None:
    """A breaking release is one, up or down, and before 1.0 a minor version breaks too."""
    assert said(before, after, dialect) is MAJOR


@pytest.mark.parametrize(
    ("before", "after", "dialect"),
    [
        ("==1.2.3", ">=1.2.3", PLAIN),
        ("==1.2.3", "~=1.2.3", PLAIN),
        ("~=1.4.2", "~=1.4", PLAIN),
        (">=1.2,<2", ">=1.2", PLAIN),
        (">=1.2,<2", ">=1.2,<3", PLAIN),
        (">=1.2,<3", ">=1.2,<3.5", PLAIN),
        (">=2,<4", ">=1,<4", PLAIN),
        (">=1.2", "", PLAIN),
        ("<3", "<4", PLAIN),
        ("<3", "", PLAIN),
        (">=1,!=1.5", ">=1", PLAIN),
        ("1.2.3", "^1.2.3", NPM),
        ("~1.2.3", "^1.2.3", NPM),
        ("1.2.3", "1.2", NPM),
        ("^1.2.3", "*", NPM),
        ("^1.2.3", "latest", NPM),
        ("^1.2.3", ">=1.2.3", NPM),
        ("^1.2.3", "^1.2.3 || ^2.0.0", NPM),
        ("^1 || ^3", "^1 || ^2 || ^3", NPM),
        ("=1.2.3", "1.2.3", CARGO),
        ("~1.2.3", "~1.2", COMPOSER),
        ("^1.2", "^1.2|^2.0", COMPOSER),
        ("[1.0,2.0)", "[1.0,)", PLAIN),
    ],
)
def test_a_range_that_admits_more_counts(before: str, after: str, dialect: Dialect) -> None:
    """Who widens a range lets in what nobody has read."""
    assert said(before, after, dialect) is LOOSER


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1.2.3", "main"),
        ("main", "1.2.3"),
        ("dev-master", "dev-main"),
        ("1.x-dev", "2.x-dev"),
        ("8f4b7f84864484a7bf31766abe9204da3cbe65b3", "9f4b7f84864484a7bf31766abe9204da3cbe65b3"),
        ("v0.0.0-20200101000000-0123456789ab", "v0.0.0-20210101000000-0123456789ab"),
        ("1.2.3", "${version}"),
        ("1.2.3", "1.2.3 ; drop"),
        ("1.2.3", ">="),
        ("1.2.3", "1." * LONGEST),
        ("1.2.3", "9" * 30),
        ("", ">=1.2"),
    ],
)
def test_what_is_no_version_is_said_to_be_unreadable(before: str, after: str) -> None:
    """Branches, commits, tags with words and what stood open before tell nothing of what changed."""
    assert said(before, after, PLAIN) is UNREADABLE
