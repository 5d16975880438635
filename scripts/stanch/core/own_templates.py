"""Templates of a team's own: which file of the repository stands in for which of ours."""

from collections.abc import Mapping

TEMPLATES = ".github/stanch/templates"
"""The folder on the default branch."""

OWN_TEMPLATES: Mapping[str, str] = {
    "ownLong": "postmortem.md",
    "ownShort": "postmortem-short.md",
    "ownClient": "postmortem-client.md",
}
"""The files that are read, each under the alias that a document asks for it by."""

STANDS_IN: Mapping[str, str] = {"postmortem/short": "postmortem-short.md", "postmortem/client": "postmortem-client.md"}


def own_file(template: str) -> str:
    """The file that would stand in for a template of ours; empty for one that none can replace."""
    return STANDS_IN.get(template) or ("postmortem.md" if template.startswith("postmortem/") else "")
