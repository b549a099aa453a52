"""Putting images into groups."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from apps.tasks.domain.composing import (
    Impossible,
    Layout,
    Recipe,
    Trait,
    compose,
    lay_out,
)

recipes = st.builds(
    Recipe,
    size=st.integers(2, 12),
    times=st.integers(1, 4),
    strategy=st.sampled_from(["random", "stratified", "score"]),
    known_share=st.sampled_from([0.0, 0.05, 0.1, 1 / 3, 0.5]),
    seed=st.integers(0, 2**31 - 1),
)
traits: st.SearchStrategy[Trait] = st.sampled_from([None, "a", "b", 0.1, 0.5, 2])


def pool(kinds: list[Trait]) -> list[tuple[str, Trait]]:
    return [(f"i{n}", kind) for n, kind in enumerate(kinds)]


def marked(count: int) -> list[str]:
    return [f"k{n}" for n in range(count)]


@given(recipe=recipes, kinds=st.lists(traits, min_size=2, max_size=60), known=st.integers(0, 20))
def test_every_image_is_in_as_many_groups_as_asked_for_and_in_none_twice(
    recipe: Recipe, kinds: list[Trait], known: int
) -> None:
    try:
        layout = lay_out(recipe, images=len(kinds), known=known)
    except Impossible:
        assume(False)
    groups = compose(recipe, images=pool(kinds), known=marked(known))
    assert [len(group) for group in groups] == list(layout.sizes)
    assert all(len(set(group)) == len(group) for group in groups)
    shown = Counter(each for group in groups for each in group)
    asked = {each: count for each, count in shown.items() if each.startswith("i")}
    assert asked == {f"i{n}": recipe.times for n in range(len(kinds))}
    tests = [count for each, count in shown.items() if each.startswith("k")]
    assert sum(tests) == layout.known_tiles
    if tests:
        tests += [0] * (known - len(tests))
        assert max(tests) - min(tests) <= 1, "no known image is shown more often than others"
    assert all(any(each.startswith("i") for each in group) for group in groups)


@given(recipe=recipes, images=st.integers(2, 500), known=st.integers(0, 100))
def test_groups_are_of_one_size_and_hold_the_share(recipe: Recipe, images: int, known: int) -> None:
    try:
        layout = lay_out(recipe, images=images, known=known)
    except Impossible as error:
        assert error.code == "too_few_known"
        assert recipe.known_share > 0
        return
    sizes = layout.sizes
    assert max(sizes) - min(sizes) <= 1
    assert min(sizes) >= 2
    assert max(sizes) <= max(recipe.size, 3 if recipe.size == 2 else 0)
    assert sum(sizes) == images * recipe.times + layout.known_tiles
    # A known one may fill up a pair.
    assert abs(layout.known_tiles - recipe.known_share * sum(sizes)) <= 1.5


@given(recipe=recipes, kinds=st.lists(traits, min_size=2, max_size=40))
def test_the_seed_decides(recipe: Recipe, kinds: list[Trait]) -> None:
    assume(recipe.known_share < 0.4)
    first = compose(recipe, images=pool(kinds), known=marked(20))
    assert compose(recipe, images=pool(kinds), known=marked(20)) == first


@given(
    kinds=st.lists(st.sampled_from(["a", "b", "c"]), min_size=12, max_size=120),
    size=st.integers(3, 12),
    seed=st.integers(0, 1000),
)
def test_strata_are_spread_over_all_groups(kinds: list[Trait], size: int, seed: int) -> None:
    recipe = Recipe(size=size, strategy="stratified", seed=seed)
    of = dict(pool(kinds))
    for group in compose(recipe, images=pool(kinds), known=[]):
        for kind, total in Counter(kinds).items():
            share = len(group) * total / len(kinds)
            there = sum(of[each] == kind for each in group)
            # One more or less for its own offset, and its part of what the other strata are off.
            assert abs(there - share) < 1 + 3 * total / len(kinds) + 1e-9


@given(
    kinds=st.lists(st.one_of(st.none(), st.floats(-5, 5)), min_size=2, max_size=80),
    size=st.integers(2, 12),
)
def test_high_scores_come_first_and_those_without_last(kinds: list[Trait], size: int) -> None:
    of = dict(pool(kinds))
    groups = compose(Recipe(size=size, strategy="score"), images=pool(kinds), known=[])
    ranked = [[-9.0 if of[i] is None else float(of[i] or 0) for i in group] for group in groups]
    assert all(min(before) >= max(after) for before, after in pairwise(ranked))


def test_known_images_stand_anywhere() -> None:
    recipe = Recipe(size=8, known_share=0.25, seed=3)
    groups = compose(recipe, images=pool([None] * 600), known=marked(40))
    places = Counter(n for group in groups for n, each in enumerate(group) if each[0] == "k")
    assert set(places) == set(range(8))
    assert min(places.values()) > 10
    assert {len([each for each in group if each[0] == "k"]) for group in groups} >= {0, 1, 2, 3, 4}


@pytest.mark.parametrize(
    ("recipe", "images", "known", "expected"),
    [
        (Recipe(size=9), 20, 0, Layout((7, 7, 6), 0)),
        (Recipe(size=9), 5, 0, Layout((5,), 0)),
        (Recipe(size=4), 13, 0, Layout((4, 3, 3, 3), 0)),
        (Recipe(size=9, times=2), 5, 0, Layout((5, 5), 0)),
        (Recipe(size=2), 5, 0, Layout((3, 2), 0)),
        (Recipe(size=2, known_share=0.2), 9, 1, Layout((2,) * 6, 3)),
        (Recipe(size=10, known_share=0.1), 90, 3, Layout((10,) * 10, 10)),
    ],
)
def test_layouts(recipe: Recipe, images: int, known: int, expected: Layout) -> None:
    assert lay_out(recipe, images=images, known=known) == expected


def test_what_cannot_be_is_told() -> None:
    with pytest.raises(Impossible, match="There are 1 images; a group needs 2") as few:
        lay_out(Recipe(size=9), images=1, known=5)
    assert few.value.code == "too_few_images"
    with pytest.raises(Impossible, match="No image is marked as known; 10% of the tiles"):
        lay_out(Recipe(size=9, known_share=0.1), images=100, known=0)
    with pytest.raises(Impossible, match="1 known images are too few for 50%"):
        lay_out(Recipe(size=9, known_share=0.5), images=100, known=1)
