"""Putting images into groups to pick among, and known ones among them.

Images come in rounds: each round names every image once, in an order that the strategy asks for.
Rounds follow one another and are cut into hands, one for each group. Where a hand reaches from one
round into the next, images that it holds already are passed over and go to the hands after it.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

FEWEST, MOST = 2, 12
"""How many images a group can hold."""

MOST_TIMES = 50
MOST_KNOWN = 0.5

Strategy = Literal["random", "stratified", "score"]
Trait = str | float | None
Item = TypeVar("Item")


class Impossible(ValueError):
    """No groups can be made in this way; `code` is stable."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Recipe:
    """How groups are made: `size` images each, every image in `times` groups.

    `known_share` (0 to MOST_KNOWN) is the part of all tiles that shows images whose answer is
    known. The same images, recipe and `seed` give the same groups.
    """

    size: int
    times: int = 1
    strategy: Strategy = "random"
    known_share: float = 0.0
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Layout:
    """What comes of a recipe: `sizes` of the groups, and how many of all tiles are known ones."""

    sizes: tuple[int, ...]
    known_tiles: int


def lay_out(recipe: Recipe, *, images: int, known: int) -> Layout:
    """Return the sizes of the groups that so many images and known images make.

    Sizes differ by one at most, so that the last group is not left with the crumbs; with fewer
    images than a group should hold, all groups are smaller. A lone image left over from pairs gets
    a known one beside it if any are mixed in; without, it makes a group of three. Raises
    Impossible.
    """
    if images < FEWEST:
        raise Impossible("too_few_images", f"There are {images} images; a group needs {FEWEST}.")
    size, wanted = min(recipe.size, images), images * recipe.times
    mixed_in = round(wanted * recipe.known_share / (1 - recipe.known_share))
    if size == FEWEST and mixed_in:
        mixed_in += (wanted + mixed_in) % 2
    tiles = wanted + mixed_in
    groups = math.ceil(tiles / size)
    if tiles < FEWEST * groups:
        groups -= 1
    least, more = divmod(tiles, groups)
    sizes = tuple(least + (place < more) for place in range(groups))
    if mixed_in > sum(_room(size, known) for size in sizes):
        raise Impossible("too_few_known", _too_few(known, recipe))
    return Layout(sizes, mixed_in)


def compose(
    recipe: Recipe, *, images: Sequence[tuple[str, Trait]], known: Sequence[str]
) -> list[list[str]]:
    """Return the groups, in the order in which they are to be served, as the ids they hold.

    `images` are ids with what the strategy goes by: their stratum, or their score. No image is
    twice in a group, and every group asks about one that is not known. Raises Impossible.
    """
    layout = lay_out(recipe, images=len(images), known=len(known))
    chance = random.Random(recipe.seed)  # noqa: S311 (reproducible, no secret)
    known_counts = _spread(layout, known=len(known), chance=chance)
    counts = [size - some for size, some in zip(layout.sizes, known_counts, strict=True)]
    hands = _deal(counts, lambda: _round(images, recipe.strategy, chance))
    tests = _deal(known_counts, lambda: _shuffled(known, chance))
    # Neither the place in a group nor the order of scores may tell one tile from another.
    return [_shuffled([*hand, *test], chance) for hand, test in zip(hands, tests, strict=True)]


def _too_few(known: int, recipe: Recipe) -> str:
    share = f"{recipe.known_share:.0%}"
    if not known:
        return f"No image is marked as known; {share} of the tiles should be."
    return f"{known} known images are too few for {share} of the tiles; mark more, or ask for less."


def _room(size: int, known: int) -> int:
    """How many known images a group can hold: none twice, and one that is asked about."""
    return min(known, size - 1)


def _spread(layout: Layout, *, known: int, chance: random.Random) -> list[int]:
    """How many known images each group gets: every tile is as likely to be one as any other."""
    counts = [0] * len(layout.sizes)
    left = layout.known_tiles
    tiles = [group for group, size in enumerate(layout.sizes) for _ in range(size)]
    for group in _shuffled(tiles, chance) if left else ():
        if left and counts[group] < _room(layout.sizes[group], known):
            counts[group] += 1
            left -= 1
    return counts


def _deal(counts: Iterable[int], new_round: Callable[[], list[str]]) -> Iterator[list[str]]:
    """Cut rounds into hands of these sizes; none is larger than a round, none has one id twice."""
    left: deque[str] = deque()
    for count in counts:
        if len(left) >= count:
            yield [left.popleft() for _ in range(count)]
            continue
        hand = list(left)
        left = deque(new_round())
        passed_over: list[str] = []
        while len(hand) < count:
            following = left.popleft()
            (passed_over if following in hand else hand).append(following)
        left.extendleft(reversed(passed_over))
        yield hand


def _round(
    images: Sequence[tuple[str, Trait]], strategy: Strategy, chance: random.Random
) -> list[str]:
    """Every image once, in the order that the strategy asks for; what it leaves open is chance."""
    shuffled = _shuffled(images, chance)
    if strategy == "stratified":
        return _stratified(shuffled, chance)
    if strategy == "score":
        shuffled.sort(key=lambda image: _descending(image[1]))
    return [identifier for identifier, _ in shuffled]


def _descending(score: Trait) -> float:
    return -score if isinstance(score, int | float) else math.inf


def _stratified(images: Sequence[tuple[str, Trait]], chance: random.Random) -> list[str]:
    """Spread each stratum evenly over the round, so that every stretch has its share of each.

    Systematic sampling: the i-th of n images of a stratum stands at (i + offset) / n of the way.
    """
    strata: dict[Trait, list[str]] = defaultdict(list)
    for identifier, stratum in images:
        strata[stratum].append(identifier)
    placed = []
    for members in strata.values():
        offset = chance.random()
        placed += [((n + offset) / len(members), each) for n, each in enumerate(members)]
    placed.sort(key=lambda pair: pair[0])
    return [identifier for _, identifier in placed]


def _shuffled(items: Sequence[Item], chance: random.Random) -> list[Item]:
    return chance.sample(items, len(items))
