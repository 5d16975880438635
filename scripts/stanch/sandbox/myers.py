"""The length of the shortest edit between two lists of lines (Myers 1986), which is what git's diff counts."""

from collections.abc import Sequence


def distance(one: Sequence[str], other: Sequence[str]) -> int:
    """Lines that must be removed and added in all to make `other` of `one`."""
    one, other = _trimmed(one, other)
    mine, theirs = set(one), set(other)
    left = [line for line in one if line in theirs]
    right = [line for line in other if line in mine]
    alone = len(one) - len(left) + len(other) - len(right)
    return alone + _shortest(left, right)


def _trimmed(one: Sequence[str], other: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Both without the lines that they begin and end with in common."""
    most = min(len(one), len(other))
    start = next((i for i in range(most) if one[i] != other[i]), most)
    most -= start
    end = next((i for i in range(most) if one[-1 - i] != other[-1 - i]), most)
    return one[start : len(one) - end], other[start : len(other) - end]


def _shortest(one: Sequence[str], other: Sequence[str]) -> int:
    width, height = len(one), len(other)
    reach = {1: 0}
    for steps in range(width + height + 1):
        for diagonal in range(-steps, steps + 1, 2):
            down = diagonal == -steps or (diagonal != steps and reach[diagonal - 1] < reach[diagonal + 1])
            x = reach[diagonal + 1] if down else reach[diagonal - 1] + 1
            y = x - diagonal
            while x < width and y < height and one[x] == other[y]:
                x, y = x + 1, y + 1
            reach[diagonal] = x
            if x >= width and y >= height:
                return steps
    return width + height
