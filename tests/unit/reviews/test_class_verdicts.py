"""Votes on classes: the majority, skills above it, and when a person has to decide."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import cycle, islice
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.reviews.domain import class_skills
from apps.reviews.domain.class_skills import ClassSkills, learn
from apps.reviews.domain.class_verdicts import ClassVerdict, decide, decide_all
from apps.reviews.domain.class_votes import Vote, VotedTwice, to_ballots
from bench.votes import Crowd, Poll, poll

CARELESS = Crowd([0.95] * 15 + [0.2] * 25, per_item=5)


@pytest.fixture(scope="module")
def asked() -> Poll:
    return poll(CARELESS, items=2_000, seed=3)


def accuracy(verdicts: dict[str, ClassVerdict], truth: dict[str, str]) -> float:
    return sum(verdicts[item].label == label for item, label in truth.items()) / len(truth)


def most_votes(verdicts: dict[str, ClassVerdict], truth: dict[str, str]) -> float:
    return sum(verdicts[item].votes[0][0] == label for item, label in truth.items()) / len(truth)


def test_skills_make_good_what_a_careless_majority_gets_wrong(asked: Poll) -> None:
    verdicts, skills = decide_all(to_ballots(asked.votes))
    assert most_votes(verdicts, asked.truth) == pytest.approx(0.75, abs=0.03)
    assert accuracy(verdicts, asked.truth) >= 0.92
    assert skills is not None
    assert skills.annotators["p0"].accuracy == pytest.approx(0.94, abs=0.04)
    assert skills.annotators["p39"].accuracy == pytest.approx(0.2, abs=0.08)


def test_what_skills_and_majority_agree_on_is_right_more_often(asked: Poll) -> None:
    verdicts, _ = decide_all(to_ballots(asked.votes))
    undisputed = {item: label for item, label in asked.truth.items() if not verdicts[item].conflict}
    assert len(undisputed) > 1_000
    assert accuracy(verdicts, undisputed) > accuracy(verdicts, asked.truth) + 0.02


def test_the_order_of_the_input_changes_no_byte(asked: Poll) -> None:
    shuffled = [asked.votes[n] for n in np.random.default_rng(0).permutation(len(asked.votes))]
    (verdicts, skills), (again, same) = (
        decide_all(to_ballots(votes)) for votes in (asked.votes, shuffled)
    )
    assert verdicts == again
    assert skills is not None and same is not None
    assert json.dumps(skills.as_dict()) == json.dumps(same.as_dict())


def test_stored_skills_say_of_one_item_what_learning_said_of_all(asked: Poll) -> None:
    verdicts, skills = decide_all(to_ballots(asked.votes))
    assert skills is not None
    stored = ClassSkills.from_dict(json.loads(json.dumps(skills.as_dict())))
    by_item: dict[str, dict[str, str]] = {}
    for item, annotator, label in asked.votes:
        by_item.setdefault(item, {})[annotator] = label
    alone = {item: decide(votes, stored) for item, votes in by_item.items()}
    assert {each.by for each in alone.values()} == {"skills"}
    same = sum(alone[item].label == verdicts[item].label for item in verdicts)
    assert same >= 0.995 * len(verdicts)
    assert all(alone[item].votes == verdicts[item].votes for item in verdicts)
    assert decide(by_item["i0"], stored) == decide(by_item["i0"], skills)


SKILLS = ClassSkills.from_dict(
    {
        "labels": ["cat", "dog"],
        "counts": [29.0, 9.0],
        "confused": [[0, 1], [1, 0]],
        "accuracy": 0.8,
        "annotators": {
            "ann": {"answers": 30, "accuracy": 0.9, "confusion": [[0.9, 0.1], [0.1, 0.9]]},
            "bob": {"answers": 25, "accuracy": 0.6, "confusion": [[0.5, 0.5], [0.2, 0.8]]},
            "cyd": {"answers": 19, "accuracy": 0.7, "confusion": None},
        },
    }
)


def test_the_example_of_the_readme() -> None:
    # cat: (29 + 1) x .1 x .5 x .5 = .75; dog: (9 + 1) x .9 x .8 x .2 = 1.44. Ann says dog, Bob dog,
    # Dee, whom nobody knows, cat; her rows are .8 and .2.
    verdict = decide({"ann": "dog", "bob": "dog", "dee": "cat"}, SKILLS)
    cat, dog = 30 * 0.1 * 0.5 * 0.8, 10 * 0.9 * 0.8 * 0.2
    assert verdict.confidence == pytest.approx(dog / (cat + dog))
    assert (verdict.label, verdict.majority, verdict.by) == ("dog", "dog", "skills")
    assert verdict.conflict is None
    # Two careless ones against one who is hardly ever wrong: another label leads in each.
    verdict = decide({"ann": "cat", "bob": "dog", "cyd": "dog"}, SKILLS)
    cat, dog = 30 * 0.9 * 0.5 * 0.3, 10 * 0.1 * 0.8 * 0.7
    assert verdict.confidence == pytest.approx(cat / (cat + dog))
    assert (verdict.label, verdict.majority, verdict.conflict) == ("cat", "dog", "differs")


def test_one_against_one_is_for_a_person_although_skills_propose() -> None:
    verdict = decide({"ann": "dog", "bob": "cat"}, SKILLS)
    assert (verdict.label, verdict.majority, verdict.conflict) == ("dog", None, "tie")
    assert decide({"ann": "dog", "bob": "cat"}) == ClassVerdict(
        None, None, (("cat", 1), ("dog", 1)), 0.5, "majority", "tie"
    )


def test_where_most_voters_are_little_known_the_majority_decides() -> None:
    votes = {"cyd": "dog", "dee": "dog", "ann": "cat"}  # 19, no and 30 answers
    verdict = decide(votes, SKILLS)
    assert (verdict.label, verdict.by, verdict.confidence) == ("dog", "majority", 2 / 3)
    assert decide({**votes, "bob": "cat"}, SKILLS).by == "skills"  # two of four


def rounds_of(people: str, items: int) -> Iterator[Vote]:
    for item in range(items):
        yield from ((f"{item:02}", who, "yes" if item % 2 else "no") for who in people)


@pytest.mark.parametrize(("items", "by"), [(19, "majority"), (20, "skills")])
def test_skills_count_from_twenty_answers_on(items: int, by: str) -> None:
    verdicts, _ = decide_all(to_ballots(list(rounds_of("ab", items))))
    assert {each.by for each in verdicts.values()} == {by}


def test_a_lone_vote_stands_as_it_is() -> None:
    votes = [(f"{n}", "ann", label) for n, label in enumerate(islice(cycle("aab"), 60))]
    verdicts, _ = decide_all(to_ballots(votes))
    assert all(verdicts[item].label == label for item, _, label in votes)
    assert {(each.by, each.conflict) for each in verdicts.values()} == {("majority", None)}


def test_a_label_that_was_unknown_when_skills_were_learnt_is_left_to_the_majority() -> None:
    verdict = decide({"ann": "bird", "bob": "bird"}, SKILLS)
    assert (verdict.label, verdict.by) == ("bird", "majority")


def test_nothing_is_learnt_from_one_label_or_from_none() -> None:
    verdicts, skills = decide_all(to_ballots([("1", who, "cat") for who in "ab"]))
    assert (verdicts["1"].label, skills) == ("cat", None)
    assert decide_all(to_ballots([])) == ({}, None)


def test_nobody_votes_twice_on_an_item() -> None:
    with pytest.raises(VotedTwice) as caught:
        to_ballots([("1", "a", "x"), ("2", "a", "x"), ("1", "b", "x"), ("1", "a", "y")])
    assert caught.value.vote == 3


def test_with_many_labels_only_accuracies_are_learnt(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = poll(CARELESS, items=1_000, seed=4)
    with_rows, _ = decide_all(to_ballots(asked.votes))
    monkeypatch.setattr(class_skills, "MAX_LABELS", 9)
    verdicts, skills = decide_all(to_ballots(asked.votes))
    assert skills is not None and skills.annotators["p0"].rows is None
    assert skills.as_dict()["annotators"]["p0"]["confusion"] is None
    assert accuracy(verdicts, asked.truth) > most_votes(verdicts, asked.truth) + 0.1
    assert accuracy(with_rows, asked.truth) > most_votes(verdicts, asked.truth) + 0.1
    assert skills.posterior({"p0": "c1", "p1": "c1"}) is not None


def test_more_labels_than_memory_leave_it_to_the_majority(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(class_skills, "MAX_WORK", 70)
    verdicts, skills = decide_all(to_ballots(list(rounds_of("ab", 20))))
    assert (skills, verdicts["00"].by) == (None, "majority")


def test_the_prior_of_a_label_that_may_be_picked_is_how_often_it_is_there() -> None:
    votes = [
        (f"{n}", who, "no" if n % 3 else "yes")
        for n in range(30)
        for who in "abc"
        if (n, who) != (1, "c")  # did not answer: says no to nothing
    ]
    verdicts, skills = decide_all(to_ballots(votes, ("no", "yes")))
    assert skills is not None
    assert skills.counts.tolist() == pytest.approx([20, 10], abs=0.2)
    assert (verdicts["1"].votes, verdicts["3"].label) == ((("no", 2),), "yes")


@given(
    st.dictionaries(
        st.tuples(st.sampled_from("123456"), st.sampled_from("abcd")),
        st.sampled_from("xyz"),
        min_size=2,
    ),
    st.randoms(use_true_random=False),
)
def test_whatever_is_voted_comes_to_finite_numbers(
    votes: dict[tuple[str, str], str], random: Random
) -> None:
    listed = [(item, who, label) for (item, who), label in votes.items()]
    ballots = to_ballots(listed, "xyz")
    random.shuffle(listed)
    assert decide_all(to_ballots(listed, "xyz"))[0] == decide_all(ballots)[0]
    skills, likely = learn(ballots)
    assert np.isfinite(likely).all()
    assert likely.sum(axis=1) == pytest.approx(1)
    assert all(0 < skill.accuracy < 1 for skill in skills.annotators.values())
    for skill in skills.annotators.values():
        assert skill.rows is not None and skill.rows.sum(axis=0) == pytest.approx(1)
    verdicts, _ = decide_all(ballots)
    for item, verdict in verdicts.items():
        said = {label for at, _, label in listed if at == item}
        assert {label for label, _ in verdict.votes} == said
        assert verdict.by == "majority"
