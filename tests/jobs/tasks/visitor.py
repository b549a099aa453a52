"""One annotator in a process of its own, who works through datasets over HTTP.

Reads one JSON object a line: `dataset`, the moment `at` which everybody starts (monotonic, s) and
a `seed`; writes the list of deeds as one line when nothing is left.
"""

import http.client
import json
import random
import sys
import time
import uuid


class Visitor:
    """A logged-in person with a browser that never gives up."""

    def __init__(self, person: str, port: int, cookie: str) -> None:
        self.person = person
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        token = uuid.uuid4().hex
        self.headers = {
            "Cookie": f"{cookie}; concord-csrf={token}",
            "X-CSRFToken": token,
            "Content-Type": "application/json",
        }
        self.deeds: list[dict[str, object]] = []

    def ask(self, kind: str, verb: str, path: str, body: object, task: str = "") -> dict:
        """Send a request and write it down; a claim's tasks are those of the reply."""
        headers = {**self.headers, "Idempotency-Key": str(uuid.uuid4())}
        sent = time.monotonic()
        self.connection.request(verb, f"/api/{path}", json.dumps(body), headers)
        response = self.connection.getresponse()
        text = response.read()
        done = time.monotonic()
        if response.status not in (200, 204):
            raise RuntimeError(f"{verb} {path}: {response.status} {text[:300]!r}")
        reply = json.loads(text) if text else {}
        tasks = [task] if task else [one["id"] for one in reply["tasks"]]
        self.deeds.append(
            {"person": self.person, "kind": kind, "sent": sent, "done": done, "tasks": tasks}
        )
        return reply

    def work(self, dataset: str, seed: int) -> None:
        """Claim, answer and give back until the server says that all is done."""
        choose = random.Random(seed)
        reason = ""
        while reason != "done":
            count = {"count": choose.randint(1, 3)}
            reply = self.ask("claim", "POST", f"datasets/{dataset}/next/", count)
            reason = (reply["reason"] or {}).get("code", "")
            for task in reply["tasks"]:
                if choose.random() < 0.2:
                    self.ask("release", "DELETE", f"tasks/{task['id']}/lease/", {}, task["id"])
                else:
                    body = {"answer": "accept", "lease": task["lease"]}
                    self.ask("submit", "POST", f"tasks/{task['id']}/answer/", body, task["id"])
            if not reply["tasks"]:
                time.sleep(0.02)


def main(person: str, port: str, cookie: str) -> None:
    """Work through every dataset that comes in by a line."""
    print("ready", flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        visitor = Visitor(person, int(port), cookie)
        visitor.connection.connect()
        time.sleep(max(0, order["at"] - time.monotonic()))
        visitor.work(order["dataset"], order["seed"])
        visitor.connection.close()
        print(json.dumps(visitor.deeds), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
