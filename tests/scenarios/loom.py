"""Several processes in one virtual time: each runs alone until it waits, and whoever is due first goes on.

A process is a thread of its own, so that its code needs to know nothing of this; only one of all of them runs.
"""

import heapq
from collections.abc import Callable
from itertools import count
from threading import Semaphore, Thread

from stanch.sandbox.clock import Clock
from stanch.sandbox.faults import Killed

Work = Callable[[], object]


class Strand:
    """One process: it runs until it waits, ends, or is killed."""

    def __init__(self, loom: "Loom", work: Work) -> None:
        self._loom, self._work = loom, work
        self._mine = Semaphore(0)
        self._thread = Thread(target=self._run, daemon=True)
        self.problem: BaseException | None = None
        self.doomed = False
        self.ended = False

    def _run(self) -> None:
        with self:
            self._work()

    def __enter__(self) -> None:
        """The process begins."""

    def __exit__(self, _kind: object, problem: BaseException | None, _trace: object) -> bool:
        """It ends: the loom raises what ended it in its own thread, unless it was killed."""
        self.problem = None if isinstance(problem, Killed) else problem
        self.ended = True
        self._loom.baton.release()
        return True

    def goes_on(self) -> None:
        """Run until it waits; raises what ended it."""
        if self.ended:
            return
        before, self._loom.running = self._loom.running, self
        if self._thread.is_alive():
            self._mine.release()
        else:
            self._thread.start()
        self._loom.baton.acquire()
        self._loom.running = before
        if self.problem is not None:
            problem, self.problem = self.problem, None
            raise problem

    def waits(self) -> None:
        """Called by the process itself. Raises Killed when it is woken up to die."""
        self._loom.baton.release()
        self._mine.acquire()
        if self.doomed:
            raise Killed("while it slept")

    def dies(self) -> None:
        """End it where it waits."""
        self.doomed = True
        self.goes_on()


class Loom:
    """Virtual time for all processes. Equal instants keep their order, so a seed gives the same story again."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.running: Strand | None = None
        self.baton = Semaphore(0)
        self._strands: list[Strand] = []
        self._later: list[tuple[int, int, Work]] = []
        self._order = count()

    def at(self, second: int, work: Work) -> None:
        """Do something at an instant (seconds since 1970), which takes no time."""
        heapq.heappush(self._later, (max(second, self.clock.now), next(self._order), work))

    def after(self, seconds: int, work: Work) -> None:
        self.at(self.clock.now + seconds, work)

    def start(self, work: Work) -> Strand:
        """Let a process begin now."""
        strand = Strand(self, work)
        self._strands = [one for one in self._strands if not one.ended] + [strand]
        self.after(0, strand.goes_on)
        return strand

    def sleep(self, seconds: float) -> None:
        """Let time pass for whoever calls: a process, or, when none runs, the world itself."""
        strand = self.running
        if strand is None:
            self.clock.advance(round(seconds))
            return
        if round(seconds) > 0:
            self.after(round(seconds), strand.goes_on)
            strand.waits()

    def run(self, until: int) -> None:
        """Let everything happen that is due up to an instant, and stop there."""
        while self._later and self._later[0][0] <= until:
            second, _, work = heapq.heappop(self._later)
            self.clock.set(max(second, self.clock.now))
            work()
        self.clock.set(max(until, self.clock.now))

    def close(self) -> None:
        """End every process that still waits."""
        for strand in self._strands:
            while not strand.ended:
                strand.dies()
        self._later.clear()


class Group:
    """A concurrency group: one runs, one waits, and a newer one takes the place of the one that waits."""

    def __init__(self, loom: Loom, delay: Callable[[], int]) -> None:
        self._loom, self._delay = loom, delay
        self._waiting: tuple[Work, Work] | None = None
        self.busy = False

    def offer(self, work: Work, replaced: Work = lambda: None) -> None:
        """`work` is done once its turn has come and there is a runner, or `replaced` when a newer one comes."""
        if not self.busy:
            self._takes(work)
            return
        if self._waiting is not None:
            self._waiting[1]()
        self._waiting = (work, replaced)

    def drops(self) -> None:
        """Somebody cancels what waits."""
        if self._waiting is not None:
            self._waiting[1]()
        self._waiting = None

    def _takes(self, work: Work) -> None:
        self.busy = True
        self._loom.after(self._delay(), lambda: self._loom.start(lambda: self._carries(work)))

    def _carries(self, work: Work) -> None:
        try:
            work()
        finally:
            self.busy, waiting, self._waiting = False, self._waiting, None
            if waiting is not None:
                self._takes(waiting[0])
