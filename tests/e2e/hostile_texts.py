"""A dataset in which everything that somebody can write is written by somebody who means harm."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from tests.e2e.pages import DatasetPages, Site
from tests.e2e.people import People
from tests.servers.images import ImageServer

AWAY = "https://evil.example/seen"
SHORT = '"><img src=x onerror=ran()><svg onload=ran()>'
EVIL = f"""{SHORT}{{{{7*7}}}}</title></script></textarea>
<script>ran()</script>${{ran()}}javascript:ran()
\u202e<a href="javascript:ran()" onmouseover=ran()>\u200b<img src={AWAY}>
<style>@import '{AWAY}';</style>
' onfocus=ran() autofocus x='<iframe srcdoc="<script>parent.ran()</script>">&lt;script&gt;"""
MARKDOWN = f"""{EVIL}

# <img src=x onerror=ran()>

[a](javascript:ran()) [b](data:text/html,<script>ran()</script>) <javascript:ran()> ![c]({AWAY})
[d](https://example.org/"onmouseover="ran()) [e]: javascript:ran()

```"><script>ran()</script>
```

| <svg onload=ran()> | `<script>ran()</script>` |
|-|-|
"""
POLLUTION = {"__proto__": {"polluted": SHORT}, "constructor": {"prototype": {"polluted": SHORT}}}


def plant(people: People, images: ImageServer) -> tuple[Site, dict[str, str]]:
    """Make it; its manager, who administers the instance, and what the addresses name."""
    rita = people.come("rita", admin=True)
    rita.send(
        "me/", {"name": SHORT, "preferences": {"keys": {"box": "<", "skip": "&"}}}, verb="PATCH"
    )
    signs = _dataset(rita)
    _bring(signs, images)
    tasks = _answer(people, rita, signs)
    _review(rita, signs.slug)
    thread = rita.send(f"tasks/{tasks[0]}/threads/", {"text": EVIL})
    rita.send(f"threads/{thread['id']}/comments/", {"text": EVIL})
    _lead(rita, signs.slug)
    _administer(rita)
    return rita, {"slug": signs.slug, "task": tasks[0], "thread": thread["id"]}


def _dataset(rita: Site) -> DatasetPages:
    option = {"id": SHORT, "text": SHORT}
    signs = rita.send_dataset(
        SHORT,
        interface="image_manual",
        description=EVIL,
        question=EVIL,
        labels=[
            {
                "name": f"{SHORT}{place}",
                "attributes": [
                    {"name": SHORT, "kind": "select", "options": [SHORT, "b"], "default": SHORT}
                ],
            }
            for place in range(2)
        ],
        blocks=[
            {
                "id": "a",
                "type": "choice",
                "title": SHORT,
                "options": [option, {"id": "b", "text": "b"}],
            }
        ],
        routing=[{"meta": SHORT, "equals": f"{SHORT}?", "to": [rita.email]}],
        overlap=2,
        review_policy="conflicts",
    )
    rita.send(f"datasets/{signs.slug}/guidelines/", {"text": MARKDOWN}, If_Match='"0"')
    return signs


def _bring(signs: DatasetPages, images: ImageServer) -> None:
    """Four images come in, and addresses that are none stay behind on the page of imports."""
    addresses = [
        f"{images.url(f'/ok/{number}.jpg')}?name={quote(SHORT)}" for number in range(160, 164)
    ]
    tasks: list[dict[str, Any]] = [
        {"image": address, "meta": {SHORT: SHORT, "where": EVIL, **POLLUTION}, "name": SHORT}
        for address in [*addresses, "javascript:ran()", f"{images.address}/{SHORT}"]
    ]
    made = signs.site.send(f"datasets/{signs.slug}/imports/", {"tasks": tasks})
    counts = signs.site.see_end(f"imports/{made['id']}/")["counts"]
    assert counts["done"] == len(addresses), counts
    missing = f"{images.address}/{SHORT}"
    for body in ({"urls": [f"{missing}1"]}, {"text": f"{missing}2\n{EVIL}"}):
        made = signs.site.send(f"datasets/{signs.slug}/imports/", body)
        signs.site.see_end(f"imports/{made['id']}/")


def _answer(people: People, rita: Site, signs: DatasetPages) -> list[str]:
    """Two disagree about all; one of them skips, flags and talks."""
    names = [f"{SHORT}{place}" for place in range(2)]
    for person, label in zip(("ann", "ben"), names, strict=True):
        one = people.come(person)
        one.send("me/", {"name": SHORT}, verb="PATCH")
        member = {"email": one.email, "role": "annotator"}
        rita.send(f"datasets/{signs.slug}/members/", member)
        while tasks := one.send(f"datasets/{signs.slug}/next/", {"count": 1})["tasks"]:
            (task,) = tasks
            span = {"type": "rect", "x": 20, "y": 20, "width": 30, "height": 30, "label": label}
            body = {
                "answer": "accept",
                "spans": [span | {"attributes": {SHORT: SHORT}}],
                "attributes": {"a": SHORT},
                "lease": task["lease"],
            }
            one.send(f"tasks/{task['id']}/answer/", body)
            one.send(f"tasks/{task['id']}/flag/", {"comment": EVIL})
    found = rita.page.request.get(f"{rita.address}/api/datasets/{signs.slug}/tasks/?limit=9")
    return [row["id"] for row in found.json()["results"]]


def _review(rita: Site, slug: str) -> None:
    """One image goes back to who answered it, one is settled; so is a flag."""
    of = f"datasets/{slug}/"
    back, task = rita.send(f"{of}review/next/", {"count": 2})["tasks"]
    first = back["conflicts"][0]["id"]
    wrong = {"conflict": first, "action": "send_back", "version": "A", "reason": EVIL}
    _decide(rita, back, wrong)
    conflicts = [conflict["id"] for conflict in task["conflicts"]]
    for conflict in conflicts:
        delete = {"conflict": conflict, "action": "delete"}
        task = _decide(rita, task, delete, final=conflict == conflicts[-1])
    (flag, *_) = rita.page.request.get(f"{rita.address}/api/{of}flags/").json()["results"]
    rita.send(f"flags/{flag['id']}/resolve/", {"resolution": EVIL})


def _decide(
    rita: Site, task: dict[str, Any], decision: dict[str, Any], *, final: bool = False
) -> Any:
    body = {"lease": task["lease"], "decisions": [decision], "final": final}
    return rita.send(f"tasks/{task['id']}/decisions/", body, If_Match=f'"{task["version"]}"')


def _lead(rita: Site, slug: str) -> None:
    """What its manager makes around the work."""
    of = f"datasets/{slug}/"
    rita.send(f"{of}views/", {"name": SHORT, "search": f"text={SHORT}"})
    rita.send(f"{of}snapshots/", {"name": SHORT})
    rita.send(f"{of}tasks/acts/", {"act": "tag", "add": [SHORT], "filter": {}})
    rita.send(f"{of}exports/", {"format": "coco"})
    server = {
        "name": SHORT,
        "kind": "concord",
        "url": f"http://127.0.0.1:1/?{SHORT}",
        "token": SHORT,
    }
    rita.send(f"{of}model-servers/", server | {"model": SHORT, "version": SHORT, "labels": [SHORT]})
    hook = {"dataset": slug, "url": f"https://example.org/?{SHORT}", "events": ["answer.created"]}
    rita.send("webhooks/", hook)
    task = rita.page.request.get(f"{rita.address}/api/{of}tasks/?limit=1").json()["results"][0][
        "id"
    ]
    span = {"type": "rect", "x": 5, "y": 5, "width": 9, "height": 9, "label": f"{SHORT}0"}
    predicted = {"model": SHORT, "version": SHORT, "predictions": [{"task": task, "spans": [span]}]}
    rita.send(f"{of}predictions/", predicted)


def _administer(rita: Site) -> None:
    rita.send("tokens/", {"name": SHORT})
    hostile = f'"<svg/onload=ran()>{rita.shown_name}"@example.org'
    for email in (f"{rita.shown_name}.two@example.org", hostile):
        rita.send("users/", {"email": email, "name": SHORT})
    rita.send("connections/", {"name": SHORT, "buckets": ["bbb"], "region": "eu"})
