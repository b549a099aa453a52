"""The pages around the work: what a person does there, found by what stands on the screen."""

import json
import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from playwright.sync_api import Locator, Page, expect

from tests.servers.s3 import S3Server

PASSWORD = "four quiet words here"
# How long a worker may take for what a person waits for, ms.
PATIENCE_WITH_JOBS = 30_000
# What the datasets of the tests ask, by the template that asks it.
TEMPLATES = {"Draw shapes": "Boxes and outlines", "Choose": "One of many"}
FORMATS = {"JSONL": "JSON lines", "COCO": "COCO"}


def unique(name: str) -> str:
    """`name`, told apart from all that other tests, or this one before, have left behind."""
    return f"{name}-{uuid4().hex[:8]}"


class Site:
    """One person's browser at one instance."""

    def __init__(self, page: Page, address: str, *, email: str) -> None:
        self.page = page
        self.address = address
        self.email = email

    @property
    def shown_name(self) -> str:
        """How the pages call somebody who never said their name."""
        return self.email.partition("@")[0]

    def log_in(self) -> None:
        self.page.goto(f"{self.address}/login")
        self.page.get_by_label("E-mail").fill(self.email)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.button("Log in").click()
        expect(self.button("Your menu")).to_be_visible()

    def enter(self) -> None:
        """Comes as somebody who has logged in before."""
        self.page.goto(self.address)
        expect(self.button("Your menu")).to_be_visible()

    def join(self, invitation: str, *, name: str) -> None:
        """Follows an invitation and makes the account that it is for."""
        self.page.goto(invitation)
        self.page.get_by_label("Your name").fill(name)
        self.page.get_by_label("New password").fill(PASSWORD)
        self.button("Join").click()
        expect(self.page.get_by_role("heading", name=f"Hello {name}")).to_be_visible()

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def go_to(self, place: str) -> None:
        """Follows a link of the main navigation."""
        self.page.get_by_role("navigation", name="Main").get_by_role("link", name=place).click()

    def create_dataset(
        self,
        name: str,
        *,
        interface: str,
        question: str = "",
        labels: Sequence[str] = (),
        options: Sequence[str] = (),
        answers: int = 2,
        review: str = "Only where answers differ",
    ) -> "DatasetPages":
        name = unique(name)
        self.go_to("Datasets")
        self.button("New dataset").click()
        page = self.page
        page.get_by_label("Name", exact=True).fill(name)
        template = TEMPLATES.get(interface, interface)
        page.get_by_role("radio", name=template, exact=True).check()
        for field, values in (("New labels", labels), ("New options", options)):
            for value in values:
                page.get_by_role("textbox", name=field).fill(value)
                page.keyboard.press("Enter")
        if question:
            page.get_by_role("textbox", name="shown above").fill(question)
        self.button("Next").click()
        page.get_by_role("textbox", name="How many people answer each image").fill(str(answers))
        page.get_by_role("radio", name=review, exact=True).check()
        self.button("Make the dataset").click()
        expect(page.get_by_role("heading", name="Bring images")).to_be_visible()
        address = page.url.removeprefix(f"{self.address}/datasets/")
        return DatasetPages(self, name, slug=address.partition("/")[0])

    def send_dataset(self, name: str, **settings: Any) -> "DatasetPages":
        """A dataset made as a script does, with settings that the form does not offer."""
        body = {"name": unique(name), "review_policy": "none", **settings}
        made = self.send("datasets/", body)
        self.page.goto(f"{self.address}/datasets/{made['slug']}")
        return DatasetPages(self, made["name"], slug=made["slug"])

    def send(self, path: str, body: dict[str, Any], *, verb: str = "POST", **more: str) -> Any:
        """As a script of the person does, with the session of their browser; `more` are headers."""
        token = self.page.evaluate("document.cookie.match(/concord-csrf=([^;]+)/)[1]")
        headers = {"X-CSRFToken": token, "Origin": self.address, "Idempotency-Key": uuid4().hex}
        headers |= {name.replace("_", "-"): value for name, value in more.items()}
        url = f"{self.address}/api/{path}"
        reply = self.page.request.fetch(url, method=verb, data=body, headers=headers)
        assert reply.ok, reply.text()
        return reply.json()

    def see_end(self, path: str) -> dict[str, Any]:
        """Waits until a job is done of which this is the address; what is there then."""
        deadline = time.monotonic() + PATIENCE_WITH_JOBS / 1000
        while True:
            reply = self.page.request.get(f"{self.address}/api/{path}")
            assert reply.ok, reply.text()
            found: dict[str, Any] = reply.json()
            if found["state"] == "done":
                return found
            assert time.monotonic() < deadline, found
            self.page.wait_for_timeout(50)

    def add_connection(self, server: S3Server, *, dataset: "DatasetPages") -> str:
        """Lets imports into `dataset` read the bucket of `server`; returns what it is called."""
        name = unique("Photo store")
        self.go_to("People")
        self.button("Add a connection").click()
        dialog = self.page.get_by_role("dialog", name="Add a connection")
        dialog.get_by_label("Name").fill(name)
        dialog.get_by_label("Address").fill(server.endpoint)
        dialog.get_by_role("combobox", name="Buckets").fill(server.bucket)
        self.page.keyboard.press("Enter")
        dialog.get_by_role("combobox", name="Datasets").click()
        self.page.get_by_role("option", name=dataset.name).click()
        self.page.keyboard.press("Escape")
        dialog.get_by_label("Access key").fill(server.access_key)
        dialog.get_by_label("Secret key").fill(server.secret_key)
        dialog.get_by_role("button", name="Add").click()
        expect(dialog).to_be_hidden()
        row = self.page.get_by_role("row", name=name)
        row.get_by_role("button", name="Test").click()
        expect(row.get_by_role("status")).to_have_text("It answers.")
        return name


class DatasetPages:
    """The pages of one dataset, for whoever manages it."""

    def __init__(self, site: Site, name: str, *, slug: str) -> None:
        self.site = site
        self.page = site.page
        self.name = name
        self.slug = slug

    def enter(self) -> None:
        """Comes from anywhere around."""
        self.site.go_to("Datasets")
        self.page.get_by_role("link", name=re.compile(rf"^{self.name} ")).click()

    def open(self, tab: str) -> None:
        tabs = self.page.get_by_role("navigation", name=self.name, exact=True)
        tabs.get_by_role("link", name=tab).click()

    def look_at(self, image: str) -> Locator:
        """Opens an image's page from the list under Data; returns what can be done with it."""
        self.page.get_by_role("main").get_by_role("link", name=image).click()
        expect(self.page.get_by_role("heading", name=image)).to_be_visible()
        return self.page.get_by_role("region", name="Acts")

    def save_settings(self) -> None:
        """The button is disabled as soon as it is pressed, long before anything is saved; where
        people's work is touched it is asked for once more."""
        self.site.button("Save changes").click()
        saved, sure = self.page.get_by_text("The settings are saved"), self.site.button("Save them")
        expect(saved.or_(sure)).to_be_visible()
        if sure.is_visible():
            sure.click()
        expect(saved).to_be_visible()

    def invite(self, email: str, *, role: str) -> str:
        """Adds somebody who has no account yet; returns the link to send them."""
        self._add(email, role=role)
        link = self.page.get_by_label(f"{email} has no account yet").input_value()
        self.site.button("Close").click()
        expect(self.page.get_by_role("row", name=email)).to_contain_text(f"{role} · invited")
        return link

    def add_member(self, person: Site, *, role: str = "Annotator") -> None:
        """Adds somebody who has an account."""
        self._add(person.email, role=role)
        expect(self.page.get_by_role("row", name=person.email)).to_be_visible()

    def _add(self, email: str, *, role: str) -> None:
        self.open("People")
        page = self.page
        page.get_by_role("textbox", name="E-mail of the person to add").fill(email)
        page.get_by_role("combobox", name="Role", exact=True).click()
        page.get_by_role("option", name=role).click()
        self.site.button("Add").click()

    def suggest(self, predictions: Sequence[dict[str, Any]]) -> None:
        """Sends what a model has found."""
        body = {"model": "finder", "version": "1", "predictions": predictions}
        self.site.send(f"datasets/{self.slug}/predictions/", body)

    def own_answers(self) -> list[dict[str, Any]]:
        """What the server has of this person's answers, newest first."""
        address = f"{self.site.address}/api/datasets/{self.slug}/answers/mine/?limit=100"
        reply = self.page.request.get(address)
        assert reply.ok, reply.text()
        results: list[dict[str, Any]] = reply.json()["results"]
        return results

    def bring(self, addresses: Sequence[str]) -> None:
        """Imports a list as a script does, sees all of it come in, and opens the dataset anew."""
        made = self.site.send(f"datasets/{self.slug}/imports/", {"urls": list(addresses)})
        counts = self.site.see_end(f"imports/{made['id']}/")["counts"]
        assert counts["done"] == len(addresses), counts
        self.page.goto(f"{self.site.address}/datasets/{self.slug}")

    def paste(self, addresses: Sequence[str]) -> None:
        """Imports a pasted list on its page and waits for its end."""
        self.open("Import")
        self.page.get_by_label("Or paste addresses").fill("\n".join(addresses))
        self.page.get_by_role("button", name="Look at").click()
        self.page.get_by_role("button", name="Import").click()
        self.wait_for_import(lines=len(addresses))

    def upload(self, list_file: Path, *, connection: str, lines: int) -> None:
        """Imports a list with a storage connection and waits for its end."""
        self.open("Import")
        page = self.page
        page.get_by_role("combobox", name="Storage connection").click()
        page.get_by_role("option", name=connection).click()
        page.get_by_label("Drop a list, image files").set_input_files(list_file)
        page.get_by_role("button", name="Import").click()
        self.wait_for_import(lines=lines)

    def wait_for_import(self, *, lines: int) -> None:
        status = self.page.get_by_role("status").filter(has_text="lines read")
        expect(status).to_have_text(f"Done: {lines} lines read.", timeout=PATIENCE_WITH_JOBS)

    def import_counts(self) -> dict[str, int]:
        """What the import page says about how its lines ended: {"in": 5, "failed": 2, ...}."""
        outcomes = self.page.get_by_role("list", name="Lines by outcome")
        items = outcomes.get_by_role("listitem").all_inner_texts()
        counted = (item.split(maxsplit=1) for item in items)
        return {name: int(count) for count, name in counted}

    def failed_rows(self) -> dict[str, str]:
        """Address and reason of the lines that failed."""
        rows = self.page.get_by_role("row")
        expect(rows.nth(1)).to_be_visible()
        cells = [row.get_by_role("cell").all_inner_texts() for row in rows.all()[1:]]
        return {address: reason for _, address, reason in cells}

    def final_lines(self) -> list[dict[str, Any]]:
        """The final answers as JSON lines, exported and read as a script does."""
        made = self.site.send(f"datasets/{self.slug}/exports/", {"format": "jsonl"})
        url = self.site.see_end(f"exports/{made['id']}/")["url"]
        reply = self.page.request.get(f"{self.site.address}{url}")
        assert reply.ok, reply.text()
        return [json.loads(line) for line in reply.text().splitlines()]

    def export(self, file_format: str, *, to: Path) -> Path:
        """Makes the file of the final answers, the only one in its format, and downloads it."""
        self.open("Export")
        page = self.page
        page.get_by_role("radio", name=FORMATS[file_format]).check()
        self.site.button("Make the file").click()
        row = page.get_by_role("row").filter(has_text=FORMATS[file_format])
        link = row.get_by_role("link", name="Download")
        expect(link).to_be_visible(timeout=PATIENCE_WITH_JOBS)
        with page.expect_download() as download:
            link.click()
        target = to / download.value.suggested_filename
        download.value.save_as(target)
        return target
