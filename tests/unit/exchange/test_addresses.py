"""Addresses without what opens them."""

import pytest

from apps.exchange.domain.addresses import without_secrets


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://x.org/a%20b.jpg?v=1&v=2", "https://x.org/a%20b.jpg?v=1&v=2"),
        ("https://x.org/a.jpg?b&c=", "https://x.org/a.jpg?b&c="),
        ("s3://bucket/a key.jpg", "s3://bucket/a key.jpg"),
        ("https://x.org/a.jpg?id=3&Signature=abc&Expires=9", "https://x.org/a.jpg?id=3"),
        ("https://x.org/a.jpg?X-Amz-Credential=A&X-Amz-Signature=B", "https://x.org/a.jpg"),
        ("https://ann:pass@x.org:8443/a.jpg", "https://x.org:8443/a.jpg"),
        ("https://x.org/a.jpg?q=%C3%A9&token=t", "https://x.org/a.jpg?q=%C3%A9"),
        ("", ""),
    ],
)
def test_secrets_are_left_out(address: str, shown: str) -> None:
    assert without_secrets(address) == shown
