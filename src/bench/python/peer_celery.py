"""A Celery worker pool as a company would write it: one task a conversation, which reads and stores it."""
import glob
import json
import os
import resource
import shutil
import socket
import subprocess
import sys
import time

import celery
import psycopg
from celery import Celery
from celery.signals import worker_process_init
from psycopg.types.json import Jsonb

from peer_api import WORKERS, pages, rows

DATABASE = os.environ["PEER_DATABASE"]
FOLDER = os.environ["PEER_FOLDER"]

app = Celery("peer_celery", broker=os.environ.get("PEER_BROKER", "memory://"))
app.conf.update(task_ignore_result=True, task_acks_late=True, worker_prefetch_multiplier=4, broker_connection_retry_on_startup=True)

TABLES = """
CREATE TABLE conversations (id text PRIMARY KEY, phone_number_id text, participants text[], created_at timestamptz,
    updated_at timestamptz, read_at timestamptz, payload jsonb);
CREATE TABLE messages (id text PRIMARY KEY, conversation_id text, direction text, text text, created_at timestamptz, payload jsonb);
CREATE TABLE calls (id text PRIMARY KEY, conversation_id text, direction text, status text, created_at timestamptz, payload jsonb);
CREATE INDEX ON messages (conversation_id);
CREATE INDEX ON calls (conversation_id);
CREATE TABLE ready (worker int);
"""

connection = None


@worker_process_init.connect
def connect(**_):
    global connection
    connection = psycopg.connect(DATABASE)


@app.task(name="import_conversation", autoretry_for=(Exception,), retry_backoff=True, max_retries=10)
def import_conversation(conversation):
    messages = rows("messages", conversation)
    calls = rows("calls", conversation)
    with connection.transaction(), connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO messages VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (id) DO UPDATE SET payload = excluded.payload",
            [(row["id"], conversation["id"], row.get("direction"), row.get("text"), row.get("createdAt"), Jsonb(row))
             for row in messages])
        cursor.executemany(
            "INSERT INTO calls VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (id) DO UPDATE SET payload = excluded.payload",
            [(row["id"], conversation["id"], row.get("direction"), row.get("status"), row.get("createdAt"), Jsonb(row))
             for row in calls])
        cursor.execute("UPDATE conversations SET read_at = now() WHERE id = %s", (conversation["id"],))


@app.task(name="say_ready")
def say_ready():
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO ready VALUES (%s)", (os.getpid(),))


def start_broker():
    """Redis, which most use; where there is none, PostgreSQL itself."""
    server = shutil.which("redis-server") or shutil.which("valkey-server")
    if server is None:
        return "sqla+" + DATABASE.replace("postgresql://", "postgresql+psycopg2://"), None
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([server, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", FOLDER],
                               stdout=subprocess.DEVNULL)
    while socket.socket().connect_ex(("127.0.0.1", port)):
        time.sleep(0.05)
    return f"redis://127.0.0.1:{port}/0", process


def descendants():
    """The CPU seconds of all processes below this one; 0 where the system does not tell."""
    parents, seconds = {}, {}
    for stat in glob.glob("/proc/[0-9]*/stat"):
        try:
            with open(stat) as file:
                fields = file.read().rsplit(")", 1)[1].split()
        except OSError:
            continue
        pid = int(stat.split("/")[2])
        parents[pid] = int(fields[1])
        seconds[pid] = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")

    def below(pid):
        return pid in parents and (parents[pid] == os.getpid() or below(parents[pid]))

    return sum(seconds[pid] for pid in parents if below(pid))


def cpu():
    return sum(usage.ru_utime + usage.ru_stime for usage in map(resource.getrusage, (resource.RUSAGE_SELF,
                                                                                     resource.RUSAGE_CHILDREN)))


def import_all(database):
    total = 0
    for page in pages("conversations"):
        with database.transaction(), database.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO conversations VALUES (%s, %s, %s, %s, %s, NULL, %s) ON CONFLICT (id) DO NOTHING",
                [(row["id"], row["phoneNumberId"], row["participants"], row.get("createdAt"), row.get("updatedAt"), Jsonb(row))
                 for row in page])
        for row in page:
            import_conversation.delay(row)
        total += len(page)
    while database.execute("SELECT count(*) FROM conversations WHERE read_at IS NULL").fetchone()[0]:
        time.sleep(0.1)
    return total


def count(database, table):
    return database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def main():
    os.makedirs(FOLDER, exist_ok=True)
    broker, process = start_broker()
    os.environ["PEER_BROKER"] = broker
    app.conf.broker_url = broker
    database = psycopg.connect(DATABASE, autocommit=True)
    database.execute(TABLES)
    worker = subprocess.Popen([sys.executable, "-m", "celery", "-A", "peer_celery", "worker", "-c", str(WORKERS),
                               "--loglevel", "ERROR", "--without-gossip", "--without-mingle"],
                              cwd=os.path.dirname(os.path.abspath(__file__)), stdout=sys.stderr)
    # Not by app.control, which not every broker carries.
    say_ready.delay()
    while not count(database, "ready"):
        time.sleep(0.1)
    started, own = time.monotonic(), time.process_time() + descendants()
    total = import_all(database)
    seconds = time.monotonic() - started
    result = {"tool": "Celery " + celery.__version__, "conversations": total, "messages": count(database, "messages"),
              "calls": count(database, "calls"), "seconds": seconds,
              "what": "conversations, messages and calls through v1, a task for each conversation, broker "
                      + broker.split(":")[0]}
    worker.terminate()
    worker.wait()
    if process:
        process.terminate()
        process.wait()
    print(json.dumps({**result, "cpuSeconds": cpu() - own, "startCpuSeconds": own}))


if __name__ == "__main__":
    main()
