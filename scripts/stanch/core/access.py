"""What a person may do in the repository, as the permission endpoint answers.

`author_association` is never asked: it hides private members (reference: platform facts, section 0.9).
"""

from enum import IntEnum


class Access(IntEnum):
    """The least right that matters to Stanch, in rising order. Unknown people have NONE."""

    NONE = 0
    READ = 1
    TRIAGE = 2
    WRITE = 3
    MAINTAIN = 4

    @property
    def may_command(self) -> bool:
        """Whether commands of this person are carried out."""
        return self >= Access.WRITE

    @property
    def may_set_severity(self) -> bool:
        """Whether a severity that this person chose counts."""
        return self >= Access.TRIAGE


def access_of(permission: str, role_name: str) -> Access:
    """Read the two fields of `GET /repos/{o}/{r}/collaborators/{u}/permission`.

    `permission` is the base role (maintain reads as write, triage as read);
    `role_name` tells triage apart and may be a custom role's own name.
    """
    if permission == "admin" or (permission == "write" and role_name == "maintain"):
        return Access.MAINTAIN
    if permission == "write":
        return Access.WRITE
    if role_name == "triage":
        return Access.TRIAGE
    return Access.READ if permission == "read" else Access.NONE
