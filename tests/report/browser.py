"""A headless Chromium, spoken to by the WebDriver protocol over loopback; no package beside Debian's own is needed.

Exit code 77 with the reason where there is no Chromium and none can be installed.
"""
import atexit
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

PACKAGES = ["chromium", "chromium-driver"]


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(77)


def require():
    """Chromium and its driver are there afterwards, or the test is skipped."""
    names = ("chromium", "chromedriver")
    if all(shutil.which(name) for name in names):
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        skip("Chromium is not installed: apt-get install " + " ".join(PACKAGES))
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "install", "-q", "-y", "--no-install-recommends", *PACKAGES]
    try:
        subprocess.run(command, env=environment, check=False, capture_output=True, timeout=600)
    except subprocess.TimeoutExpired:
        skip("Chromium could not be installed in ten minutes")
    if not all(shutil.which(name) for name in names):
        skip("Chromium is not installed and apt-get cannot install it here")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Browser:
    """One session. `close` ends the driver and the browser that it started."""

    def __init__(self):
        require()
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        port = free_port()
        self.base = f"http://127.0.0.1:{port}"
        self.driver = subprocess.Popen([shutil.which("chromedriver"), f"--port={port}"], stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
        self.session = None
        atexit.register(self.close)
        for _ in range(300):
            try:
                if self.call("GET", "/status")["ready"]:
                    break
            except (urllib.error.URLError, ConnectionError):
                pass
            time.sleep(0.2)
        arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                     "--disable-background-networking", "--disable-component-update", "--disable-sync",
                     "--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={self.profile.name}"]
        options = {"binary": shutil.which("chromium"), "args": arguments}
        wanted = {"browserName": "chrome", "goog:chromeOptions": options,
                  "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}}
        made = self.call("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self.session = f"/session/{made['sessionId']}"

    def call(self, method, path, body=None, seconds=240):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data=data, method=method,
                                         headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=seconds) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(error.read().decode(errors="replace")[:2000]) from error

    def post(self, path, **body):
        return self.call("POST", self.session + path, body)

    def open(self, address):
        self.post("/url", url=address)

    def run(self, script, *arguments):
        """The body of a function, run in the page; gives what it returns."""
        return self.post("/execute/sync", script=script, args=list(arguments))

    def tools(self, command, **parameters):
        """A command of the browser's developer tools."""
        return self.post("/goog/cdp/execute", cmd=command, params=parameters)

    def log(self, kind):
        return self.post("/se/log", type=kind)

    def resize(self, width, height, mobile=False):
        self.tools("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=mobile)

    def close(self):
        if self.session:
            try:
                self.call("DELETE", self.session, seconds=20)
            except (AssertionError, OSError):
                pass
            self.session = None
        self.driver.terminate()
        try:
            self.driver.wait(20)
        except subprocess.TimeoutExpired:
            self.driver.kill()
        self.profile.cleanup()
