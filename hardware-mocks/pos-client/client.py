"""A client of kassad's socket in Python 3.8 or newer, with nothing but its standard library.

    python3 client.py /run/kassad/kassad.sock hello '{"client": "python"}'
    KASSAD_TOKEN=... python3 client.py 127.0.0.1:7010 operation.get '{"orderId": "17"}'
    python3 client.py /run/kassad/kassad.sock events.subscribe '{"since": 0}'

The answer is a line of JSON; after events.subscribe each event is one more, until Ctrl-C. Exit code 1: refused.
"""

import json
import os
import socket
import sys


class Refused(Exception):
    """kassad refuses: `data` has fault, moneyMoved, acts, next, cashier and detail."""

    def __init__(self, error):
        super().__init__(error["message"])
        self.data = error["data"]


class Kassad:
    """One connection. Money is whole kopecks, times are ISO 8601."""

    def __init__(self, where, token=None, seconds=60):
        if "/" in where:
            self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self.socket.settimeout(seconds)
            self.socket.connect(where)
        else:
            host, port = where.rsplit(":", 1)
            self.socket = socket.create_connection((host, int(port)), timeout=seconds)
        self.lines = self.socket.makefile("r", encoding="utf-8", newline="\n")
        self.waiting = []
        self.last_id = 0
        if token:
            self.call("hello", client="python", token=token)

    def call(self, method, **params):
        """Asks, and waits for the answer. Events that come meanwhile are kept for `events`."""
        self.last_id += 1
        request = {"jsonrpc": "2.0", "id": self.last_id, "method": method, "params": params}
        self.socket.sendall(json.dumps(request).encode() + b"\n")
        while True:
            said = self._hear()
            if "method" in said:
                self.waiting.append(said)
            elif "error" in said:
                raise Refused(said["error"])
            elif said["id"] == self.last_id:
                return said["result"]

    def events(self):
        """What kassad says unasked, for ever: after `events.subscribe` mostly events."""
        self.socket.settimeout(None)
        while True:
            yield self.waiting.pop(0) if self.waiting else self._hear()

    def _hear(self):
        line = self.lines.readline()
        if not line:
            raise ConnectionError("kassad has closed the connection")
        return json.loads(line)


if __name__ == "__main__":
    where, method, *params = sys.argv[1:]
    try:
        kassad = Kassad(where, os.environ.get("KASSAD_TOKEN"))
        print(json.dumps(kassad.call(method, **json.loads(params[0] if params else "{}"))), flush=True)
        for said in kassad.events() if method == "events.subscribe" else ():
            print(json.dumps(said["params"]), flush=True)
    except Refused as refused:
        sys.exit(f"{refused} ({refused.data['cashier']['title']})")
