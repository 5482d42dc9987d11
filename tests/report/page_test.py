"""The HTML report of a repository with 300 findings in a real browser: filter, sort, lineages, print; nothing is loaded.

KEYLESS_SCREENSHOTS=DIR keeps what the browser drew, for people to look at.
"""
import base64
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from browser import Browser, require  # noqa: E402

BINARY = os.environ["KEYLESS_BINARY"]
ACCOUNTS = 6
FILES = 34

TERRAFORM = """resource "azurerm_cognitive_account" "{name}" {{
  name                  = "{name}"
  kind                  = "OpenAI"
  custom_subdomain_name = "{name}"
}}

resource "azurerm_linux_web_app" "{name}" {{
  name = "{name}-web"
  app_settings = {{
    {variable} = azurerm_cognitive_account.{name}.primary_access_key
  }}
}}
"""

PYTHON = """import os

from openai import AzureOpenAI


def first():
    return AzureOpenAI(api_key=os.environ["{variable}"], azure_endpoint="https://{name}.openai.azure.com")


def second():
    key = os.environ["{variable}"]
    return AzureOpenAI(api_key=key, azure_endpoint="https://{name}.openai.azure.com")
"""

# A file name that a careless page would run or show as markup.
HOSTILE = "api/<img src=x onerror=alert(1)>'\".py"


def make_repository(folder):
    for number in range(ACCOUNTS):
        name, variable = f"chat{number}", f"CHAT{number}_OPENAI_API_KEY"
        unit = folder / f"service{number}"
        (unit / "infra").mkdir(parents=True)
        (unit / "infra/main.tf").write_text(TERRAFORM.format(name=name, variable=variable))
        (unit / ".env.example").write_text(f"{variable}=\n")
        for part in range(FILES // 2):
            (unit / f"part{part:02}.py").write_text(PYTHON.format(name=name, variable=variable))
    hostile = folder / HOSTILE
    hostile.parent.mkdir(parents=True)
    hostile.write_text(PYTHON.format(name="chat0", variable="CHAT0_OPENAI_API_KEY"))


class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        holder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(holder.cleanup)
        base = pathlib.Path(holder.name)
        shop = base / "shop"
        make_repository(shop)
        earlier = base / "october.json"
        cls.keyless("scan", "--fail-on", "never", "--format", "json", "--output", earlier, shop / "service0")
        cls.page = base / "report.html"
        cls.keyless("report", "--format", "html", "--date", "2026-11-24", "--trend", earlier, "--output", cls.page, shop)
        cls.json = json.loads(cls.keyless("report", "--format", "json", "--date", "2026-11-24", shop))
        cls.browser = Browser()
        cls.addClassCleanup(cls.browser.close)
        cls.browser.resize(1366, 900)

    @staticmethod
    def keyless(*arguments):
        run = subprocess.run([BINARY, *map(str, arguments), "--no-progress"], capture_output=True, check=False, timeout=300)
        assert run.returncode in (0, 3), (arguments, run.returncode, run.stderr.decode(errors="replace"))
        return run.stdout

    def setUp(self):
        for kind in "browser", "performance":
            self.browser.log(kind)
        self.browser.open(self.page.as_uri())
        self.addCleanup(self.nothing_went_wrong)

    def nothing_went_wrong(self):
        complaints = [entry for entry in self.browser.log("browser") if entry["level"] in ("SEVERE", "WARNING")]
        self.assertEqual(complaints, [])
        asked = set()
        for entry in self.browser.log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                asked.add(message["params"]["request"]["url"])
        self.assertEqual({address for address in asked if not address.startswith(("data:", self.page.as_uri()))}, set())

    def shown(self):
        return self.browser.run("return [...document.querySelectorAll('#findings-table tbody tr')]"
                                ".filter(row => row.getClientRects().length > 0).map(row => row.id)")

    def set(self, field, value):
        self.browser.run("const e = document.getElementById('filter-' + arguments[0]); e.value = arguments[1];"
                         "e.dispatchEvent(new Event('input', {bubbles: true}));", field, value)

    def expected(self, fits):
        return [f"f{at}" for at, finding in enumerate(self.json["findings"]) if fits(finding)]

    def picture(self, name):
        folder = os.environ.get("KEYLESS_SCREENSHOTS")
        if folder:
            data = self.browser.tools("Page.captureScreenshot", format="png", captureBeyondViewport=False)["data"]
            pathlib.Path(folder, name + ".png").write_bytes(base64.b64decode(data))

    def test_all_findings_are_there(self):
        self.assertGreaterEqual(len(self.json["findings"]), 300)
        self.assertEqual(self.shown(), self.expected(lambda finding: True))
        self.assertEqual(self.browser.run("return document.getElementById('shown').textContent"),
                         str(len(self.json["findings"])))
        texts = self.browser.run("return document.body.textContent")
        self.assertIn(HOSTILE, texts)
        self.assertEqual(self.browser.run("return document.images.length"), 0)
        self.picture("laptop-top")
        self.browser.run("document.getElementById('findings').scrollIntoView()")
        self.picture("laptop-findings")
        self.browser.run("document.getElementById('controls').scrollIntoView()")
        self.picture("laptop-controls")
        self.browser.run("document.getElementById('coverage').scrollIntoView()")
        self.picture("laptop-coverage")

    def test_filters(self):
        severities = {finding["severity"] for finding in self.json["findings"]}
        self.assertGreater(len(severities), 1)
        for severity in severities:
            self.set("severity", severity)
            self.assertEqual(self.shown(), self.expected(lambda finding: finding["severity"] == severity))
        self.set("severity", "")
        account = self.json["accounts"][1]
        self.set("account", "1")
        self.assertEqual(self.shown(), self.expected(lambda finding: finding["lineage"] == account["id"]))
        self.set("account", "")
        control = next(row for row in self.json["controls"] if 0 < len(row["findings"]) < len(self.json["findings"]))
        self.set("control", " ".join(control["categories"]))
        self.assertEqual(self.shown(), self.expected(lambda finding: finding["id"] in control["findings"]))
        self.set("control", "")
        self.set("text", "SERVICE3/part0")
        self.assertEqual(self.shown(), self.expected(lambda finding: finding["path"].startswith("service3/part0")))
        self.set("text", "no such words")
        self.assertEqual(self.shown(), [])
        self.browser.run("document.querySelector('.filter button').click()")
        self.assertEqual(self.browser.run("return new Promise(done => setTimeout(() => done(document"
                                          ".getElementById('shown').textContent), 100))"), str(len(self.json["findings"])))

    def test_sorting(self):
        click = "document.querySelectorAll('#findings-table thead button')[arguments[0]].click()"
        path = "return [...document.querySelectorAll('#findings-table tbody .place')].map(cell => cell.textContent)"
        self.browser.run(click, 1)
        ascending = self.browser.run(path)
        self.browser.run(click, 1)
        descending = self.browser.run(path)
        self.assertEqual(sorted(ascending), sorted(descending))
        services = [name.split("/")[0] for name in ascending]
        self.assertEqual(services, sorted(services))
        self.assertEqual(descending[0].split("/")[0], f"service{ACCOUNTS - 1}")
        self.browser.run(click, 0)
        words = self.browser.run("return [...document.querySelectorAll('#findings-table tbody tr')]"
                                 ".map(row => row.dataset.severity)")
        self.assertEqual(words, sorted(words, key=["high", "medium", "low"].index))
        self.assertEqual(self.browser.run("return document.querySelector('#findings-table th').getAttribute('aria-sort')"),
                         "ascending")

    def test_lineages_are_drawn(self):
        drawings = self.browser.run("return document.querySelectorAll('#lineages svg').length")
        self.assertEqual(drawings, len(self.json["accounts"]))
        self.browser.run("location.hash = '#k2'")
        self.assertTrue(self.browser.run("return new Promise(done => setTimeout(() => done(document"
                                         ".getElementById('k2').open), 100))"))
        boxes = self.browser.run("return [...document.querySelectorAll('#k2 svg rect')].map(box => {"
                                 "const r = box.getBoundingClientRect(); return [r.x, r.y, r.width, r.height]})")
        self.assertGreater(len(boxes), 20)
        for at, (x, y, width, height) in enumerate(boxes):
            self.assertGreater(width, 50)
            for x2, y2, _, _ in boxes[:at]:
                self.assertFalse(abs(x - x2) < width and abs(y - y2) < height, "two boxes overlap")
        self.assertGreater(self.browser.run("return document.querySelectorAll('#k2 path.edge').length"), 20)
        self.picture("laptop-lineage")
        # A box leads to its finding, also where the filter hides it.
        self.set("text", "no such words")
        link = self.browser.run("return document.querySelector('#k2 svg a').getAttribute('href')")
        self.browser.run("location.hash = arguments[0]", link)
        self.assertTrue(self.browser.run("return new Promise(done => setTimeout(() => done(!document"
                                         ".getElementById(arguments[0]).hidden), 100))", link[1:]))

    def test_print(self):
        self.browser.tools("Emulation.setEmulatedMedia", media="print")
        self.addCleanup(self.browser.tools, "Emulation.setEmulatedMedia", media="")
        self.assertEqual(self.browser.run("return getComputedStyle(document.querySelector('.filter')).display"), "none")
        closed = "return document.querySelectorAll('details:not([open])').length"
        before = self.browser.run(closed)
        self.assertGreater(before, 0)
        self.browser.run("window.dispatchEvent(new Event('beforeprint'))")
        self.assertEqual(self.browser.run(closed), 0)
        self.browser.run("window.dispatchEvent(new Event('afterprint'))")
        self.assertEqual(self.browser.run(closed), before)
        printed = base64.b64decode(self.browser.post("/print", background=True))
        self.assertTrue(printed.startswith(b"%PDF"))
        self.assertGreater(len(re.findall(rb"/Type\s*/Page\b", printed)), 5)
        if os.environ.get("KEYLESS_SCREENSHOTS"):
            pathlib.Path(os.environ["KEYLESS_SCREENSHOTS"], "print.pdf").write_bytes(printed)

    def test_a_phone_needs_no_sideways_scrolling(self):
        self.browser.resize(390, 844, mobile=True)
        self.addCleanup(self.browser.resize, 1366, 900)
        self.assertLessEqual(self.browser.run("return document.documentElement.scrollWidth"), 390)
        self.picture("phone-top")
        for place in "accounts", "controls", "findings", "lineages", "coverage":
            self.browser.run("document.getElementById(arguments[0]).scrollIntoView()", place)
            self.picture("phone-" + place)

    def test_the_policy_lets_nothing_else_act(self):
        policy = self.browser.run("return document.querySelector('meta[http-equiv]').content")
        self.assertIn("default-src 'none'", policy)
        self.assertNotIn("unsafe", policy)
        self.browser.run("const s = document.createElement('script'); s.textContent = 'window.acted = 1';"
                         "document.body.append(s)")
        self.assertIsNone(self.browser.run("return window.acted === undefined ? null : 1"))
        refused = [entry for entry in self.browser.log("browser") if "Content Security Policy" in entry["message"]]
        self.assertEqual(len(refused), 1)


if __name__ == "__main__":
    require()
    unittest.main()
