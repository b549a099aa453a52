"""Who comes to the instance. It outlives a test, so nobody has the address of somebody before."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.e2e.pages import PASSWORD, Site, unique
from tests.servers.registrar import Cookie, Registrar
from tests.servers.stack import LiveStack


class People:
    """Whoever a test needs, each with a browser and an e-mail address of their own."""

    def __init__(
        self, stack: LiveStack, registrar: Registrar, open_page: Callable[[], Page]
    ) -> None:
        self._stack = stack
        self._registrar = registrar
        self._open_page = open_page

    def come(self, name: str, *, admin: bool = False) -> Site:
        """Somebody with an account has logged in."""
        email = _address(name)
        cookie = self._registrar.create(email, password=PASSWORD, admin=admin)
        return self._enter(email, cookie)

    def come_again(self, person: Site) -> Site:
        """The same person has logged in at one more machine."""
        return self._enter(person.email, self._registrar.log_in(person.email))

    def account(self, name: str, *, admin: bool = False) -> str:
        """The e-mail address of somebody with an account, who has not come yet: as an operator
        makes it."""
        email = _address(name)
        self._stack.create_user(email, password=PASSWORD, admin=admin)
        return email

    def stranger(self, name: str) -> Site:
        """Somebody without an account, whom nobody has invited yet."""
        return Site(self._open_page(), self._stack.address, email=_address(name))

    def _enter(self, email: str, cookie: Cookie) -> Site:
        site = Site(self._open_page(), self._stack.address, email=email)
        site.page.context.add_cookies(
            [{"name": cookie.name, "value": cookie.value, "url": self._stack.address}]
        )
        site.enter()
        return site


def _address(name: str) -> str:
    return f"{unique(name)}@example.org"


@pytest.fixture
def people(live_stack: LiveStack, registrar: Registrar, open_page: Callable[[], Page]) -> People:
    return People(live_stack, registrar, open_page)
