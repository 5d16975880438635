"""What the permission endpoint's two fields mean."""

import pytest

from stanch.core.access import Access, access_of


@pytest.mark.parametrize(
    ("permission", "role", "access", "commands", "severity"),
    [
        ("admin", "admin", Access.MAINTAIN, True, True),
        ("write", "maintain", Access.MAINTAIN, True, True),
        ("write", "write", Access.WRITE, True, True),
        ("write", "our own role", Access.WRITE, True, True),
        ("read", "triage", Access.TRIAGE, False, True),
        ("read", "read", Access.READ, False, False),
        ("none", "none", Access.NONE, False, False),
        ("", "", Access.NONE, False, False),
    ],
)
def test_what_a_right_allows(permission: str, role: str, access: Access, commands: bool, severity: bool) -> None:
    """Write permission commands, triage sets severities, anything less does neither. Only a maintainer waives."""
    found = access_of(permission, role)
    assert (found, found.may_command, found.may_set_severity) == (access, commands, severity)
