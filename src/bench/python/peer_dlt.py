"""A dlt pipeline as its documentation suggests: a resource of conversations, and transformers that read each one's rows."""
import json
import os
import time

os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
os.environ["RUNTIME__LOG_LEVEL"] = "ERROR"
os.environ["EXTRACT__WORKERS"] = os.environ["PEER_WORKERS"]
os.environ["EXTRACT__MAX_PARALLEL_ITEMS"] = "20"

import dlt  # noqa: E402

from peer_api import pages, rows  # noqa: E402


@dlt.resource(primary_key="id", write_disposition="merge")
def conversations():
    yield from pages("conversations")


def reader(path):
    @dlt.transformer(data_from=conversations, name=path, primary_key="id", write_disposition="merge", max_table_nesting=0)
    def read(page):
        @dlt.defer
        def read_one(conversation):
            return [{**row, "conversationId": conversation["id"]} for row in rows(path, conversation)]

        for conversation in page:
            yield read_one(conversation)

    return read


@dlt.source(max_table_nesting=0)
def workspace():
    return conversations, reader("messages"), reader("calls")


def main():
    pipeline = dlt.pipeline(pipeline_name="peer", pipelines_dir=os.environ["PEER_FOLDER"], dataset_name="openphone",
                            destination=dlt.destinations.postgres(os.environ["PEER_DATABASE"]), dev_mode=True)
    started, own = time.monotonic(), time.process_time()
    pipeline.run(workspace())
    seconds, cpu = time.monotonic() - started, time.process_time() - own
    counts = pipeline.last_trace.last_normalize_info.row_counts
    print(json.dumps({"tool": "dlt " + dlt.__version__, "conversations": counts["conversations"],
                      "messages": counts["messages"], "calls": counts["calls"], "seconds": seconds,
                      "what": "conversations, messages and calls through v1, loaded with merge at the end",
                      "cpuSeconds": cpu, "startCpuSeconds": own}))


if __name__ == "__main__":
    main()
