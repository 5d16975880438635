"""D010: one look at a time, and none that is cut off half-way."""

from collections.abc import Iterator

from stanch.core.doctor.check import Check
from stanch.core.doctor.expected import working
from stanch.core.doctor.finding import Finding
from stanch.core.doctor.inspection import Inspection


class Queues(Check):
    """Two looks at one issue at the same time may say things twice; one that is cut off owes half of its writes."""

    code = "D010"

    def look(self, seen: Inspection) -> Iterator[Finding]:
        for one, file, job in working(seen):
            if not one.queue:
                continue
            queue = job.concurrency or file.concurrency
            if queue is None:
                yield self.found("none", file.name, path=one.path)
            elif queue.cancels:
                yield self.found("cancels", file.name, path=one.path)
            elif one.queue not in queue.group:
                yield self.warned("group", file.name, path=one.path, group=queue.group, wanted=one.queue)
