"""Where labels get to that went into others."""

from apps.datasets.domain.label_merging import ends_of


def test_a_chain_ends_where_nothing_leads_on() -> None:
    assert ends_of({}) == {}
    steps = {"halt": "stop", "stop": "sign", "dog": "animal"}
    assert ends_of(steps) == {"halt": "sign", "stop": "sign", "dog": "animal"}
