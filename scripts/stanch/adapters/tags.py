"""What a tag of a repository names, whether it is a plain one or one that somebody signed or described."""

from urllib.parse import quote

from stanch.adapters.answer import At
from stanch.adapters.client import Reads


def commit_of_tag(reads: Reads, repository: str, tag: str) -> str:
    """The commit that a tag of `owner/name` names. Raises the kinds of `refusal_of_read`, NoSuchThread for no tag."""
    home = f"/repos/{quote(repository)}/git"
    where = At(reads.get(f"{home}/ref/tags/{quote(tag, safe='')}"), ("its tag",))["object"]
    if where["type"].text() == "tag":
        where = At(reads.get(f"{home}/tags/{quote(where['sha'].text(), safe='')}"), ("its tag",))["object"]
    return where["sha"].text()
