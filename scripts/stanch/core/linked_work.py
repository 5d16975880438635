"""Which issues and pull requests decide whether an action item is done: those that an open one links."""

from stanch.core.config import Config
from stanch.core.links import linked
from stanch.core.postmortem import PostMortem, listed, postmortem_of, reading_of, words
from stanch.core.snapshot import Snapshot
from stanch.core.thread import Thread, home_of


def may_link(thread: Thread, config: Config) -> frozenset[int]:
    """The numbers that may have to be asked, by the text alone; what a command ended may be among them."""
    if thread.is_pull_request or not any(config.is_postmortem(label) for label in thread.labels):
        return frozenset()
    home, found = home_of(thread.url), listed(thread.body, reading_of(thread, config))
    return frozenset(number for one in found if not one.done for number in linked(words(one), home))


def links_to_ask(snapshot: Snapshot) -> frozenset[int]:
    """The numbers whose state has to be known before the thread is judged; none on most looks."""
    if not may_link(snapshot.thread, snapshot.config):
        return frozenset()
    read = postmortem_of(snapshot)
    return _of_open_items(read, home_of(snapshot.thread.url)) if read is not None and read.tended else frozenset()


def _of_open_items(read: PostMortem, home: str) -> frozenset[int]:
    waiting = {one.number for one in read.followed if one.open and one.line}
    open_ = (one for one in read.sighted if one.number in waiting)
    return frozenset(number for one in open_ for number in linked(words(one), home)) - read.own
