"""OpenPhone's v1 API as scripts use it: one session a thread, and on 429 or an outage a wait and another try."""
import os
import threading
import time

import requests

API = os.environ["PEER_API"]
WORKERS = int(os.environ["PEER_WORKERS"])
PAGE = 100

local = threading.local()


def session():
    if not hasattr(local, "session"):
        local.session = requests.Session()
        local.session.headers["Authorization"] = os.environ["PEER_KEY"]
    return local.session


def get(path, params):
    """Returns the document, or None where OpenPhone refuses it."""
    wait = 1
    while True:
        response = session().get(f"{API}/v1/{path}", params=params, timeout=30)
        if response.status_code == 429 or response.status_code >= 500:
            time.sleep(wait)
            wait = min(wait * 2, 60)
            continue
        return response.json() if response.ok else None


def pages(path, **params):
    """Yields the rows of each page."""
    while True:
        document = get(path, {**params, "maxResults": PAGE})
        if document is None:
            return
        yield document["data"]
        if not document.get("nextPageToken"):
            return
        params["pageToken"] = document["nextPageToken"]


def rows(path, conversation):
    """All messages or calls of a conversation."""
    if path == "calls" and len(conversation["participants"]) != 1:
        return []
    return [row for page in pages(path, phoneNumberId=conversation["phoneNumberId"],
                                  participants=conversation["participants"]) for row in page]
