"""`keyless runbook --logs`: exported diagnostic logs in every form, whole and broken; what is expected is written by hand.

The records follow the catalogue's columns (infrastructure, section 8) and how Azure exports them: storage and event hubs in lower camel
case with `time` and `resourceId`, Log Analytics with `TimeGenerated` and `_ResourceId`, the properties as a text or as an object.
"""
import csv
import io
import json
import os
import pathlib
import random
import subprocess
import tempfile
import unittest

BINARY = os.environ["KEYLESS_BINARY"]
ID = "/SUBSCRIPTIONS/11111111-2222-3333-4444-555555555555/RESOURCEGROUPS/RG-SHOP/PROVIDERS/MICROSOFT.COGNITIVESERVICES/ACCOUNTS/"
WHO = "0a1b2c3d-0000-1111-2222-333344445555"
# Put together here: no key may stand in a file of this repository.
KEY = "A1b2" * 13 + "J" + "QQJ99" + "B" + "C" + "a1B2" * 3 + "AAA" + "B" + "ACOG" + "z9Y8"
OLD_KEY = "0f1e2d3c" * 4
TOKEN = ".".join("eyJ" + part for part in ("0eXAi" * 6, "hdWQi1" * 20, "c2ln0" * 9))


def call(account="chat", operation="ChatCompletions_Create", status="200", who="", time="2026-11-20T10:00:00.1234567Z",
         address="10.0.0.***", deployment="gpt-4o", as_text=False):
    properties = {"apiName": "Azure OpenAI API version 2024-10-21", "objectId": who, "modelDeploymentName": deployment}
    return {"time": time, "resourceId": ID + account.upper(), "category": "RequestResponse", "operationName": operation,
            "resultSignature": status, "durationMs": 12, "callerIpAddress": address, "location": "eastus",
            "properties": json.dumps(properties) if as_text else properties}


def as_table(record):
    """The same record as Log Analytics has it."""
    properties = record["properties"]
    return {"TimeGenerated": record["time"], "_ResourceId": record["resourceId"].lower(), "Category": record["category"],
            "OperationName": record["operationName"], "ResultSignature": record["resultSignature"],
            "CallerIPAddress": record["callerIpAddress"],
            "properties_s": properties if isinstance(properties, str) else json.dumps(properties)}


RECORDS = [
    call(),
    call(time="2026-11-22T08:30:00Z"),
    call(operation="Embeddings_Create", deployment="ada", time="2026-11-21T00:00:00Z", as_text=True),
    call(who=WHO), call(who=WHO), call(who=WHO, as_text=True),
    call(status="401", who=WHO, time="2026-11-21T09:00:00Z"),
    call(status="403", address="10.1.2.***"),
    call(account="vision", who=WHO),
]
AUDIT = {"time": "2026-11-19T06:03:30.0000000Z", "resourceId": ID + "CHAT", "category": "Audit", "operationName": "ListKey",
         "properties": {"objectId": WHO}}
OTHER = {"time": "2026-11-19T06:03:30Z", "resourceId": ID + "CHAT", "category": "Trace", "operationName": "x", "properties": {}}


def row(kind, **values):
    base = {"with": kind, "address": "10.0.0.***", "operation": "ChatCompletions_Create", "deployment": "gpt-4o", "status": "200",
            "identity": "", "calls": 1, "first": "2026-11-20T10:00:00Z", "last": "2026-11-20T10:00:00Z"}
    return base | values


CALLERS = [
    row("key", calls=2, last="2026-11-22T08:30:00Z"),
    row("key", operation="Embeddings_Create", deployment="ada", first="2026-11-21T00:00:00Z", last="2026-11-21T00:00:00Z"),
    row("refused", identity=WHO, status="401", first="2026-11-21T09:00:00Z", last="2026-11-21T09:00:00Z"),
    row("refused", status="403", address="10.1.2.***"),
]


def lines(records):
    return "".join(json.dumps(record) + "\n" for record in records)


def table(records, bom="", names=None):
    text = io.StringIO()
    rows = [as_table(record) for record in records]
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writerow({name: (names or {}).get(name, name) for name in rows[0]})
    writer.writerows(rows)
    return bom + text.getvalue()


class Logs(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)

    def write(self, content, name="calls.log"):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def run_on(self, *files, options=()):
        words = [word for file in files for word in ("--logs", str(file))]
        return subprocess.run([BINARY, "runbook", *words, *options], capture_output=True, text=True, check=False, timeout=300)

    def read(self, content, code=0, options=()):
        run = self.run_on(self.write(content), options=("--format", "json", *options))
        self.assertEqual((run.returncode, run.stderr), (code, ""))
        return json.loads(run.stdout)

    def check_records(self, content, form):
        read = self.read(content)
        self.assertEqual(read["files"], [{"name": "calls.log", "format": form, "records": len(RECORDS), "unreadable": 0,
                                          "first_unreadable": 0}])
        chat, vision = read["accounts"]
        self.assertEqual((chat["name"], chat["group"], vision["name"]), ("chat", "rg-shop", "vision"))
        self.assertEqual((chat["key"], chat["refused"], chat["unknown"], chat["token"]), (3, 2, 0, 3))
        self.assertEqual(chat["callers"], CALLERS)
        self.assertEqual((vision["token"], vision["callers"]), (1, []))
        self.assertFalse(read["only_tokens"])

    def test_every_form(self):
        rows = [as_table(record) for record in RECORDS]
        columns = list(rows[0])
        answer = {"tables": [{"name": "PrimaryResult", "columns": [{"name": name, "type": "string"} for name in columns],
                              "rows": [[record[name] for name in columns] for record in rows]}]}
        for name, content, form in (
                ("lines of storage", lines(RECORDS), "JSON lines"),
                ("lines of storage, CRLF", lines(RECORDS).replace("\n", "\r\n"), "JSON lines"),
                ("batches of an event hub", lines([{"records": RECORDS[:4]}, {"records": RECORDS[4:]}]), "JSON lines"),
                ("one batch", json.dumps({"records": RECORDS}), "JSON"),
                ("one batch, indented", json.dumps({"records": RECORDS}, indent=2), "JSON"),
                ("the command line", json.dumps(rows, indent=2), "JSON"),
                ("the query API", json.dumps(answer, indent=1), "JSON"),
                ("a table", table(RECORDS), "CSV"),
                ("the portal", table(RECORDS, "\ufeff", {"TimeGenerated": "TimeGenerated [UTC]"}), "CSV"),
                ("PowerShell", json.dumps(rows).encode("utf-16"), "JSON")):
            with self.subTest(name):
                self.check_records(content, form)

    def test_the_order_of_records_is_of_no_account(self):
        mixed = RECORDS * 3
        first = self.read(lines(mixed))
        random.Random(7).shuffle(mixed)
        self.assertEqual(first, self.read(lines(mixed)))

    def test_several_files_are_one_log(self):
        run = self.run_on(self.write(lines(RECORDS[:4]), "a.json"), self.write(table(RECORDS[4:]), "b.csv"), options=("--format", "json"))
        read = json.loads(run.stdout)
        self.assertEqual([(file["name"], file["format"]) for file in read["files"]], [("a.json", "JSON lines"), ("b.csv", "CSV")])
        self.assertEqual(read["accounts"][0]["callers"], CALLERS)

    def test_audits_and_other_categories(self):
        read = self.read(lines([AUDIT, OTHER, call(who=WHO)]))
        self.assertEqual(read["other_records"], 1)
        self.assertEqual((read["accounts"][0]["key_reads"], read["accounts"][0]["last_key_read"]), (1, "2026-11-19T06:03:30Z"))
        self.assertTrue(read["only_tokens"])

    def test_times_of_the_portal(self):
        for text, expected in (("11/24/2026, 9:05:07.123 PM", "2026-11-24T21:05:07Z"), ("1/2/2026, 12:00:00.000 AM", "2026-01-02T00:00:00Z"),
                               ("1/2/2026, 12:30:00 PM", "2026-01-02T12:30:00Z"), ("2026-11-24 21:05:07", "2026-11-24T21:05:07Z"),
                               ("13/40/2026, 1:00:00 AM", ""), ("yesterday", "")):
            read = self.read(table([call(time=text)]))
            self.assertEqual(read["accounts"][0]["callers"][0]["first"], expected, text)

    def test_without_the_column_that_tells(self):
        record = call()
        del record["properties"]
        read = self.read(lines([record, call(who=WHO) | {"properties": "{broken"}]))
        self.assertEqual((read["accounts"][0]["unknown"], read["accounts"][0]["key"]), (2, 0))
        self.assertFalse(read["only_tokens"])

    def test_broken_lines_are_counted_and_the_rest_is_read(self):
        good = json.dumps(call())
        deep = '{"a":' + "[" * 100 + "]" * 100 + "}"
        for broken in ("{", good[:40], "null", "7", "[1]", "no json", deep, '{"x": "' + "y" * (1 << 20) + '"}', "\x00", '{"a": "\udcff"}'):
            data = "\n".join([good, broken, good]).encode("utf-8", "surrogateescape")
            with self.subTest(broken[:30]):
                read = self.read(data)
                self.assertEqual((read["files"][0]["records"], read["files"][0]["unreadable"], read["files"][0]["first_unreadable"]), (2, 1, 2))
        only = self.read("\n".join([good[:-1], good]))
        self.assertEqual((only["files"][0]["records"], only["files"][0]["first_unreadable"]), (1, 1))

    def test_broken_arrays_and_tables(self):
        text = json.dumps([call(), 7, call()])
        read = self.read(text)
        self.assertEqual((read["files"][0]["records"], read["files"][0]["unreadable"], read["files"][0]["first_unreadable"]), (2, 1, 2))
        cut = self.read(text[:-30])
        self.assertEqual((cut["files"][0]["records"], cut["files"][0]["unreadable"]), (1, 2))
        rows = table([call(who=WHO), call(who=WHO)]).splitlines()
        for broken in ("a,b", rows[1] + ",more", '"x'):
            read = self.read("\n".join([rows[0], broken, rows[1], rows[2]]))
            self.assertEqual((read["files"][0]["records"], read["files"][0]["unreadable"], read["files"][0]["first_unreadable"]), (2, 1, 2), broken)
            self.assertFalse(read["only_tokens"])

    def test_what_is_no_log(self):
        for content in ("", "hello\n", "a,b\n1,2\n", "<xml/>"):
            run = self.run_on(self.write(content))
            self.assertEqual((run.returncode, run.stdout), (2, ""), content)
            self.assertIn("is no diagnostic log", run.stderr)
        self.assertEqual(self.run_on(self.folder / "missing").returncode, 2)

    def test_exit_codes(self):
        tokens = lines([call(who=WHO)])
        for content, code in ((tokens, 0), (lines([call()]), 1), (lines([call(who=WHO, status="401")]), 1), (tokens + "{\n", 1),
                              ("[]", 1), (lines([AUDIT]), 1)):
            run = self.run_on(self.write(content), options=("--check",))
            self.assertEqual(run.returncode, code, content[:80])
            self.assertEqual(self.run_on(self.write(content)).returncode, 0)

    def test_options(self):
        log = self.write(lines(RECORDS))
        for words in (("--check",), ("--check", str(self.folder)), ("--logs", str(log), str(self.folder)),
                      ("--logs", str(log), "--format", "terraform"), ("--logs",)):
            run = subprocess.run([BINARY, "runbook", *words], cwd=self.folder, capture_output=True, text=True, check=False)
            self.assertEqual((run.returncode, run.stdout), (2, ""), words)
        out = self.folder / "out.md"
        self.assertEqual(self.run_on(log, options=("--output", str(out))).stdout, "")
        self.assertIn("**3 calls came with a key**, 2 were refused, 0 cannot be told, 4 came with a token", out.read_text())

    def test_no_key_or_token_is_ever_shown(self):
        for secret in (KEY, OLD_KEY, TOKEN, TOKEN[:70], "Bearer " + TOKEN):
            records = [call(account=secret, operation=secret, status=secret, who=secret, time=secret, address=secret, deployment=secret)]
            records.append(call(operation=secret, deployment=secret, address=secret) | {secret: secret})
            records.append(call(account="x/" + secret, who=secret, status="403"))
            for content in (lines(records), json.dumps(records), table(records[:1]), lines(records) + secret, secret + "\n" + lines(records),
                            "[" + secret + "]"):
                for form in "markdown", "json":
                    run = self.run_on(self.write(content), options=("--format", form))
                    for part in (secret, secret.lower(), secret[:24], secret[-24:], secret.lower()[:24]):
                        self.assertNotIn(part, run.stdout)
                        self.assertNotIn(part, run.stderr)

    def test_hostile_texts(self):
        hostile = "$(x)`y`|a\n# head\x1b[31m<b>\u202e@everyone"
        records = [call(account=hostile, operation=hostile, address=hostile, deployment=hostile)]
        log = self.write(lines(records), "a|b`c`.log")
        markdown = self.run_on(log).stdout
        for part in ("\x1b", "\u202e", "\n# head", "<b>", "$(x)"):
            self.assertNotIn(part, markdown)
        rows = [line for line in markdown.splitlines() if line.startswith("| key |")]
        self.assertEqual(len(rows), 1)
        self.assertEqual(rows[0].count(" | "), 8)
        self.assertIn("not shown", rows[0])

    def test_many_callers_are_bounded(self):
        records = "".join(lines([call(deployment=f"d{i}")]) for i in range(20_500))
        read = self.read(records)
        self.assertEqual((read["accounts"][0]["key"], len(read["accounts"][0]["callers"]), read["calls_left_out"]), (20_500, 20_000, 500))


if __name__ == "__main__":
    unittest.main()
