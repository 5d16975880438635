"""One grammar of logins: whoever can be mentioned can be called, lead, own and be asked about a deed."""

import pytest
from tests.budgets.bodies import AT

from stanch.core import arguments
from stanch.core.action_list import items
from stanch.core.arguments import Wrong
from stanch.core.config_values import read_login
from stanch.core.login import is_login
from stanch.core.oncall import owners_in
from stanch.render.filters import at

LOGINS = ["alex", "Alex-2", "a", "0x0", "a" * 39, "alex_corp", "octo-cat_acme", "alex-"]
OTHERS = ["", "-a", "a--b", "a" * 40, "a_", "_a", "a b", "o/team", "a\n", "é", "a_b_c", "a_b-c", "a-_b--c"]


@pytest.mark.parametrize("login", LOGINS)
def test_a_login_is_one_everywhere(login: str) -> None:
    """In a command, in CODEOWNERS, in an action item, in the config and in a mention."""
    (item,) = items(f"## Action items\n\n- [ ] Test it \u2014 Owner: @{login} \u2014 Due: 2026-12-01\n")
    assert is_login(login)
    assert arguments.a_login(f"@{login}", AT, "UTC") == {"login": login}
    assert owners_in(f"* @octo/team @{login}") == (login,)
    assert item.owners == (login,)
    assert read_login(login) == login
    assert at(login) == f"@{login}"


@pytest.mark.parametrize("text", OTHERS)
def test_what_is_none_is_none_anywhere(text: str) -> None:
    """What GitHub gives nobody for a name is refused where it is typed, and mentions nobody."""
    assert not is_login(text)
    assert not at(text).startswith("@")
    with pytest.raises(ValueError, match="write"):
        read_login(text)


@pytest.mark.parametrize("text", ["", "@", "@-a", "@a--b", "@o/team", "@a_", "@@a"])
def test_a_command_refuses_what_is_no_login(text: str) -> None:
    """The refusal says that a login is missing."""
    with pytest.raises(Wrong, match="no-login"):
        arguments.a_login(text, AT, "UTC")


def test_one_owner_is_named_once() -> None:
    """CODEOWNERS names people on many lines; the first spelling stays, in the order of the file."""
    assert owners_in("* @Riley @sam\ndocs/ @SAM @riley @alex_corp") == ("Riley", "sam", "alex_corp")
