"""Which Stanch the workflows run: a repository and a commit of it, never a tag, which could be moved."""

import re
from dataclasses import dataclass

_REFERENCE = re.compile(r"(?P<repository>[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100})@(?P<sha>[0-9a-f]{40})")


@dataclass(frozen=True, slots=True)
class Pin:
    """A repository as `owner/name`, a commit of it, and the version that this commit is."""

    repository: str
    sha: str
    version: str

    def __str__(self) -> str:
        return f"{self.repository}@{self.sha}"

    def raw(self, path: str) -> str:
        """Where a file of this commit can be read by an editor."""
        return f"https://raw.githubusercontent.com/{self.repository}/{self.sha}/{path}"


PINNED = Pin("stanch-io/stanch", "9ab028038f18216c7c9f9d11674a213063dcb3a7", "v0.1.0")
"""The release that these files belong to. Renewed at each release, with the workflows of this repository."""

SETUP_PYTHON = Pin("actions/setup-python", "5fda3b95a4ea91299a34e894583c3862153e4b97", "v7.0.0")
SETUP_NODE = Pin("actions/setup-node", "820762786026740c76f36085b0efc47a31fe5020", "v7.0.0")
"""What makes a language ready for the tests. Those that every repository gets stand in the templates."""


def pin_of(text: str, version: str) -> Pin | None:
    """The pin of `OWNER/REPOSITORY@SHA`; None for anything else."""
    found = _REFERENCE.fullmatch(text)
    return Pin(found["repository"], found["sha"], version) if found else None
