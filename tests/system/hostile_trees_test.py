#!/usr/bin/env python3
# table: hostile repositories
"""Small hostile repositories, one trick each. Whatever the trick: the scan ends in time with the exit code that the honest
file gives, finds that file's key, names nothing from outside the root, runs nothing, and leaves both trees as they were."""
import hashlib
import json
import os
import pathlib
import resource
import socket
import stat
import subprocess
import sys
import tempfile
import threading

from scanning import BINARY, write

SECONDS = 30  # of processor time; each takes a fraction of a second
if b"__asan_init" in pathlib.Path(BINARY).read_bytes():
    SECONDS *= 10
CLOCK = 300
KEY = "AZURE_OPENAI_API_KEY"
HONEST = ('import os\nfrom openai import AzureOpenAI\n\n'
          f'client = AzureOpenAI(azure_endpoint="https://contoso.openai.azure.com", api_key=os.environ["{KEY}"])\n')
# In every file outside the root: what names it was read there.
MARK = "OUTSIDE_THE_ROOT"
OUTSIDE = {
    "secret.env": f"{MARK}_{KEY}=a\n", ".env": f"{MARK}_{KEY}=a\n", "app.py": HONEST.replace(KEY, f"{MARK}_{KEY}"),
    "attributes": "* linguist-vendored linguist-generated\n", "own/own-rule.yaml": f"id: {MARK}\n",
    "configuration.yaml": "version: 1\npaths: {exclude: ['**']}\n", "tsconfig.json": f'{{"compilerOptions": {{"paths": {{"{MARK}": []}}}}}}',
    "main.tf": f'output "{MARK}_{KEY}" {{ value = azurerm_cognitive_account.a.primary_access_key }}\n',
    "x.bicep": f"output {MARK}_{KEY} string = a.listKeys().key1\n", "x.ts": f"export const k = process.env.{MARK}_{KEY};\n",
}
CASES = {}


def case(*, code=(1,), git=False):
    """A trick; `code`: the exit codes it may end with."""
    def add(function):
        CASES[function.__name__] = (function, code, git)
        return function
    return add


def text_case(name, files, **options):
    """A trick that is nothing but files."""
    def make(folder, _):
        for path, text in files.items():
            write(folder, path, text() if callable(text) else text)
    make.__name__ = name
    case(**options)(make)


def link_case(name, at, to, **options):
    """A link at a path of the root, to a path outside where it has `{}`."""
    def make(folder, outside):
        (folder / at).parent.mkdir(parents=True, exist_ok=True)
        os.symlink(to.format(outside), folder / at)
    make.__name__ = name
    case(**options)(make)


link_case("link_to_file_outside", "linked.env", "{}/secret.env")
link_case("link_to_folder_outside", "elsewhere", "{}")
link_case("link_upwards", "sub/up", "../../outside")
link_case("link_to_itself", "self.py", "self.py")
link_case("link_to_its_folder", "loop", ".")
link_case("link_to_nothing", "dangling.py", "nothing")
link_case("link_to_environment", ".env", "/proc/self/environ")
link_case("link_to_root_of_process", "process", "/proc/self/root")
link_case("link_to_endless_device", "zero.py", "/dev/zero")
link_case("link_to_standard_input", "stdin.env", "/dev/stdin")
link_case("link_as_gitignore", ".gitignore", "{}/attributes")
link_case("link_as_gitattributes", ".gitattributes", "{}/attributes")
link_case("link_as_package", "package.json", "{}/tsconfig.json")
link_case("link_as_configuration", ".keyless.yaml", "{}/configuration.yaml", code=(2,))
link_case("link_as_baseline", ".keyless-baseline.json", "{}/tsconfig.json", code=(2,))


@case()
def chain_of_links(folder, outside):
    os.symlink(outside / "secret.env", folder / "0.env")
    for i in range(60):
        os.symlink(f"{i}.env", folder / f"{i + 1}.env")


def fifo_case(name, path, **options):
    def make(folder, _):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        os.mkfifo(folder / path)
    make.__name__ = name
    case(**options)(make)


fifo_case("fifo_as_code", "pipe.py")
fifo_case("fifo_as_dotenv", ".env")
fifo_case("fifo_as_gitattributes", ".gitattributes")
fifo_case("fifo_as_package", "package.json")
fifo_case("fifo_as_configuration", ".keyless.yaml", code=(2,))
fifo_case("fifo_as_baseline", ".keyless-baseline.json", code=(2,))
fifo_case("fifo_as_manifest", "requirements.txt")


@case()
def socket_as_code(folder, _):
    with socket.socket(socket.AF_UNIX) as one:
        here = os.getcwd()
        os.chdir(folder)  # the path of a socket is short
        one.bind("socket.py")
        os.chdir(here)


@case()
def device_as_code(folder, _):
    try:
        os.mknod(folder / "device.py", 0o666 | stat.S_IFCHR, os.makedev(1, 5))
    except PermissionError:
        pass


@case()
def sparse_files(folder, _):
    for name in ("terabyte.py", ".env.production", "package.json", "terabyte.tf"):
        with open(folder / name, "wb") as file:
            file.truncate(1 << 40)


text_case("just_over_the_cap", {"large.py": lambda: HONEST + "#" * (4 << 20), "large.json": lambda: '{"a":"' + "a" * (33 << 20)})

for _name, _path in {"line_end": b"a\nb.py", "escape": b"a\x1b[2J.py", "not_utf8": b"a\xff\xfe.py", "bidi": "a\u202eyp.py".encode(),
                     "longest": b"a" * 252 + b".py", "dash": b"--format=text.py", "pathspec": b":(exclude)a.py", "blank_end": b"a.py ",
                     "braces": b"{0}%s%n{}.py", "wildcards": b"[a]*?.py", "backslash": b"..\\..\\outside\\app.py", "dots": b"...",
                     "home": b"~root.py", "dollar": b"$(touch it-ran)`touch it-ran`.py", "quotes": b"'\";&|.py",
                     "command": b"::error::a ##vso[task.complete].py", "reserved": b"CON.py"}.items():
    def _make(folder, _, path=_path):
        with open(os.path.join(os.fsencode(folder), path), "wb") as file:
            file.write(HONEST.encode())
    _make.__name__ = "name_" + _name
    case()(_make)
    _make = (lambda inner: lambda folder, outside: inner(folder, outside))(_make)
    _make.__name__ = "tracked_name_" + _name
    case(git=True)(_make)

text_case("names_that_differ_by_case", {"App.py": HONEST, "app.py": HONEST, "APP.PY": HONEST, "app/x.py": HONEST})
text_case("names_that_look_alike", {"caf\u00e9.py": HONEST, "cafe\u0301.py": HONEST, "\u0430pp.py": HONEST})
text_case("deep_path", {"d/" * 500 + "a.py": ""})

text_case("cycle_of_imports", {"a.py": "from b import *\n" + HONEST, "b.py": "from a import *\nfrom b import *\n"})
text_case("cycle_of_exports", {"a.ts": "export * from './b';", "b.ts": f"export * from './a'; const k = process.env.{KEY};"})
text_case("cycle_of_classes", {"a.py": f"class A(B):\n  k: str = '{KEY}'\nclass B(A): pass\nclass C(C): pass\nAzureOpenAI(api_key=A().k)\n"})
text_case("cycle_of_names", {"a.py": HONEST + "a = b\nb = a\nc = c\nAzureOpenAI(api_key=a, azure_endpoint=c)\n"})
text_case("cycle_of_functions", {"a.py": HONEST + "def f(k): return g(k)\ndef g(k): return f(k)\nAzureOpenAI(api_key=f(g(f)))\n"})
text_case("cycle_of_locals", {"main.tf": f'locals {{\n  a = local.b\n  b = local.a\n}}\noutput "{KEY}" {{ value = local.a }}\n'})
text_case("module_in_itself", {"main.tf": f'module "m" {{\n  source = "./"\n  {KEY.lower()} = module.m.k\n}}\noutput "k" {{ value = module.m.k }}\n',
                               "main.bicep": f"module m 'main.bicep' = {{ params: {{ {KEY}: m.outputs.k }} }}\noutput k string = m.outputs.k\n"})
text_case("workflow_that_calls_itself", {".github/workflows/a.yml": f"on: workflow_call\njobs: {{a: {{uses: ./.github/workflows/a.yml, "
                                         f"secrets: {{{KEY}: '${{{{ secrets.{KEY} }}}}'}}}}}}\n"})
text_case("dotenv_of_itself", {".env": f"{KEY}=${KEY}\nA=$B\nB=$A\n"})
text_case("compose_of_itself", {"docker-compose.yml": f"services:\n  a: {{extends: b, environment: [{KEY}]}}\n  b: {{extends: a, env_file: .}}\n"})
text_case("tsconfig_of_itself", {"tsconfig.json": '{"extends": "./tsconfig.json", "references": [{"path": "."}]}', "a.ts": f"process.env.{KEY}"})
text_case("package_of_itself", {"package.json": f'{{"name": "a", "workspaces": [".", "**/**/**", "*"], "exports": {{".": "."}}, "x": "{KEY}"}}'})

text_case("import_from_outside", {"a.ts": "import { k } from '../outside/x';\nimport x from '../../../../etc/passwd';\n" + f"f(k, '{KEY}')",
                                  "a.py": "from ........outside.app import client\nimport app\n" + HONEST})
text_case("module_from_outside", {"main.tf": f'module "m" {{ source = "../outside" }}\noutput "{KEY}" {{ value = module.m.{MARK.lower()} }}\n',
                                  "main.bicep": f"module m '../outside/x.bicep' = {{}}\noutput {KEY} string = m.outputs.k\n"})
text_case("env_file_from_outside", {"docker-compose.yml": f"services: {{a: {{env_file: [../outside/secret.env, /etc/passwd], environment: [{KEY}]}}}}\n"})
text_case("tsconfig_from_outside", {"tsconfig.json": '{"extends": "../outside/tsconfig.json", "compilerOptions": {"baseUrl": "../outside"}}',
                                    "a.ts": f"import {{k}} from 'x'; f(k, '{KEY}')"})
text_case("workspace_from_outside", {"package.json": '{"workspaces": ["../outside/*", "/etc"]}', "a.ts": f"import k from 'x'; f(k, '{KEY}')"})
text_case("rules_from_outside", {".keyless.yaml": "version: 1\nrules: {folders: [../outside/own]}\n"}, code=(2,))
text_case("workflow_from_outside", {".github/workflows/a.yml": f"on: push\njobs: {{a: {{uses: ./../outside/a.yml, env: {{{KEY}: a}}}}}}\n"})

text_case("configuration_with_aliases", {".keyless.yaml": "version: &a 1\nroot: *a\n"}, code=(2,))
text_case("configuration_too_deep", {".keyless.yaml": "version: 1\npaths: " + "[" * 100_000}, code=(2,))
text_case("configuration_too_large", {".keyless.yaml": lambda: "version: 1\n# " + "a" * (5 << 20)})
text_case("baseline_too_deep", {".keyless-baseline.json": '{"a": "' + "]" * 100_000 + '", "findings": ' + "[" * 100_000}, code=(2,))
text_case("rule_that_repeats", {".keyless.yaml": "version: 1\nrules: {folders: [own]}\n",
                                "own/a-rule.yaml": "id: a-rule\ncategory: key-doc\nlanguages: [any]\nmatch: {text: {pattern: '((a{999}){999}){999}'}}\n"},
          code=(2,))
text_case("exclusions_that_explode", {".keyless.yaml": "version: 1\npaths: {exclude: ['" + "{a,b}" * 50 + "', '" + "*a" * 200 + "']}\n",
                                      "a" * 200 + ".py": HONEST})
text_case("attributes_that_explode", {".gitattributes": ("*a" * 300 + " linguist-vendored\n") * 200, "a" * 200 + ".py": HONEST})

text_case("laughing_yaml", {"a.yaml": "a: &a [l, l]\n" + "".join(f"{x}: &{x} [{', '.join(f'*{y}' for y in [w] * 9)}]\n" for w, x in
                                                               zip("abcdefghijklmnop", "bcdefghijklmnopq")) + f"{KEY}: *q\n"})
text_case("yaml_in_itself", {"a.yaml": f"a: &a\n  b: *a\n  {KEY}: *a\n"})
text_case("thousand_documents", {"a.yaml": f"---\n{KEY}: a\n" * 1000})
text_case("json_of_brackets", {"a.json": '{"' + KEY + '": ' + "[" * 100_000})
text_case("json_without_end", {"a.json": '{"' + KEY + '": "' + "\\" * 100_001})
text_case("notebook_of_cells", {"a.ipynb": json.dumps({"cells": [{"cell_type": "code", "source": [HONEST]}] * 300, "nbformat": 4})})
text_case("python_of_indents", {"a.py": "".join(" " * i + "if a:\n" for i in range(600)) + " " * 600 + f'k = "{KEY}"\n'})
text_case("python_of_strings", {"a.py": f"{KEY} = f'" + "{f'" * 3000})
text_case("script_of_templates", {"a.js": f"{KEY}`" + "${`" * 30_000})
text_case("script_of_expressions", {"a.js": f"{KEY}; a = " + "a ? b : " * 20_000 + "c", "b.ts": f"{KEY}; " + "a.b().c?.[d]!" * 20_000})
text_case("markup_of_scripts", {"a.vue": f"<script>{KEY}" + "<script>" * 20_000, "b.html": "<script>" + KEY + "</scrip" * 20_000})
text_case("terraform_of_heredocs", {"a.tf": f"{KEY} = <<A\n" + "${<<A\n" * 5_000})
text_case("bicep_of_strings", {"a.bicep": f"var {KEY} = " + "'''" * 20_001, "b.bicep": f"var {KEY} = '" + "${'" * 20_000})
text_case("dotenv_without_end", {".env": f'{KEY}="' + "a\n" * 100_000})
text_case("shell_of_substitutions", {".github/workflows/a.yml": f'on: push\njobs: {{a: {{steps: [{{run: "{KEY}=' + "$(" * 20_000 + '"}]}}'})
text_case("expression_of_brackets", {".github/workflows/a.yml": f"on: push\nenv: {{{KEY}: '${{{{ " + "(" * 50_000 + " }}'}\n"})
text_case("template_of_calls", {"a.json": '{"$schema": "https://schema.management.azure.com/deploymentTemplate.json", "resources": [{"a": "[' +
                                "concat(" * 50_000 + KEY + '"}]}'})

text_case("half_of_utf16", {"a.py": HONEST.encode("utf-16")[:-1], "b.env": b"\xff\xfe\x00\xd8" + KEY.encode("utf-16-le")})
text_case("utf32", {"a.py": HONEST.encode("utf-32")})
text_case("overlong_utf8", {"a.py": HONEST.encode() + b"# \xc0\xaf\xe0\x80\xaf\xf8\x88\x80\x80\x80\n"})
text_case("surrogates", {"a.json": b'{"' + KEY.encode() + b'": "\\ud800\\udc00\\udfff\xed\xa0\x80"}'})
text_case("zeros_in_text", {"a.py": HONEST.encode() + b"\0" * 100 + HONEST.encode()})
text_case("line_ends_of_old", {"a.py": HONEST.replace("\n", "\r"), "b.py": HONEST.replace("\n", "\u2028")})


def program_of(outside):
    program = write(outside, "program.sh", f"#!/bin/sh\ntouch '{outside}/it-ran'\ncat\n")
    program.chmod(0o755)
    return program


def git_case(name, configuration="", files=None, hooks=(), **options):
    """A work tree whose Git configuration, hooks and files under .git say so; `{}` is a program outside."""
    def make(folder, outside):
        program = program_of(outside)
        with open(folder / ".git/config", "a", encoding="utf-8") as file:
            file.write(configuration.format(program, outside=outside))
        for path, text in (files or {}).items():
            write(folder, path, text.format(program, outside=outside) if isinstance(text, str) else text)
        for hook in hooks:
            write(folder, ".git/hooks/" + hook, program.read_bytes()).chmod(0o755)
    make.__name__ = name
    case(git=True, **options)(make)


git_case("git_fsmonitor", '[core]\n\tfsmonitor = "{}"\n')
git_case("git_hooks", hooks=("post-index-change", "fsmonitor-watchman", "reference-transaction", "post-checkout", "pre-auto-gc"))
git_case("git_hooks_elsewhere", '[core]\n\thooksPath = "{outside}"\n\tfsmonitor = true\n')
git_case("git_filters", '[filter "x"]\n\tclean = "{0}"\n\tsmudge = "{0}"\n\tprocess = "{0}"\n\trequired = true\n', {".gitattributes": "* filter=x\n"})
git_case("git_diff_programs", '[diff]\n\texternal = "{0}"\n[diff "x"]\n\ttextconv = "{0}"\n\tcommand = "{0}"\n', {".gitattributes": "* diff=x\n"})
git_case("git_alias", '[alias]\n\tls-files = "!{0}"\n\tcat-file = "!{0}"\n\trev-parse = "!{0}"\n')
git_case("git_include", '[include]\n\tpath = "{outside}/attributes"\n[includeIf "gitdir:**"]\n\tpath = /dev/zero\n')
git_case("git_work_tree_elsewhere", '[core]\n\tworktree = "{outside}"\n')
git_case("git_bare", "[core]\n\tbare = true\n")
git_case("git_attributes_elsewhere", '[core]\n\tattributesFile = "{outside}/attributes"\n\texcludesFile = "{outside}/attributes"\n')
git_case("git_helpers", '[credential]\n\thelper = "!{0}"\n[core]\n\tsshCommand = "{0}"\n\taskPass = "{0}"\n\tgitProxy = "{0}"\n\tpager = "{0}"\n')
git_case("git_promised_objects", '[core]\n\trepositoryformatversion = 1\n[extensions]\n\tpartialClone = o\n[remote "o"]\n\turl = "ext::{0}"\n\tpromisor = true\n')
git_case("git_configuration_broken", "[core\n\t=\n")
git_case("git_configuration_large", "[a]\n\tb = " + "c" * 2_000_000 + "\n")
git_case("git_unknown_extension", "[core]\n\trepositoryformatversion = 9\n[extensions]\n\tx = y\n")
git_case("git_head_of_itself", files={".git/HEAD": "ref: HEAD\n"})
git_case("git_head_upwards", files={".git/HEAD": "ref: refs/../../../outside/secret.env\n"})
git_case("git_head_long", files={".git/HEAD": "ref: refs/heads/" + "a/" * 5_000 + "\n"})
git_case("git_references_broken", files={".git/packed-refs": b"\xff\0" * 5_000, ".git/shallow": "no commit\n"})
git_case("git_alternates", files={".git/objects/info/alternates": "{outside}\n/proc/self/root\n../../../..\n"})
git_case("git_grafts", files={".git/info/grafts": "x y z\n" * 1_000, ".git/info/attributes": "* linguist-vendored filter=x\n"})
git_case("git_graph_broken", files={".git/objects/info/commit-graph": b"CGPH" + b"\xff" * 500})
git_case("git_sparse", "[core]\n\tsparseCheckout = true\n", {".git/info/sparse-checkout": "/*\n!/*/\n"})
git_case("git_submodules", files={".gitmodules": '[submodule "x"]\n\tpath = ../outside\n\turl = ext::{0}\n\tupdate = !{0}\n',
                                  "sub/.git": "gitdir: ../../outside\n", "sub/app.py": HONEST})
git_case("git_index_broken", files={".git/index": b"DIRC\0\0\0\2\xff\xff\xff\xff" + b"\xff" * 1_000})
git_case("git_index_empty", files={".git/index": b""})
git_case("git_index_of_zeros", files={".git/index": b"\0" * 100_000})
git_case("git_lock_left", files={".git/index.lock": "", ".git/config.lock": "", ".git/HEAD.lock": ""})


@case(git=True)
def git_index_that_leads_out(folder, _):
    """The index names `../outside/secret.env`, which no git writes: the same bytes for another path, summed up anew."""
    write(folder, "aa/outside/secret.env", "a=b\n")
    subprocess.run(["git", "-C", folder, "add", "-A"], check=True)
    data = (folder / ".git/index").read_bytes()[:-20].replace(b"aa/outside/secret.env", b"../outside/secret.env")
    (folder / ".git/index").write_bytes(data + hashlib.sha1(data).digest())


@case(git=True)
def git_link_on_disk_for_a_file(folder, outside):
    write(folder, "config/.env", "a=b\n")
    subprocess.run(["git", "-C", folder, "add", "-A"], check=True)
    (folder / "config/.env").unlink()
    (folder / "config").rmdir()
    os.symlink(outside, folder / "config")


# What Git tracks nowhere is found, but does not block.
@case(code=(0,))
def git_folder_elsewhere(folder, outside):
    subprocess.run(["git", "init", "-q", outside / "other"], check=True)
    write(folder, ".git", f"gitdir: {outside}/other/.git\n")


@case(code=(0,))
def git_folder_is_a_link(folder, outside):
    subprocess.run(["git", "init", "-q", outside / "other"], check=True)
    os.symlink(outside / "other/.git", folder / ".git")


text_case("git_folder_of_itself", {".git": "gitdir: .git\n"})
fifo_case("git_folder_is_a_fifo", ".git")
text_case("git_folder_is_long", {".git": "gitdir: " + "a" * 1_000_000})


@case(code=(1, 3))
def files_that_change(folder, _):
    """Grown, cut, removed, and a folder that becomes a link, while they are read."""
    for i in range(50):
        write(folder, f"busy/{i}.py", HONEST * 50)


def busy(folder, outside, stop):
    number = 0
    while not stop.is_set():
        path = folder / f"busy/{number % 50}.py"
        try:
            if number % 3 == 0:
                path.write_text(HONEST * (number % 200))
            elif number % 3 == 1:
                path.unlink()
                os.symlink(outside / "app.py", path)
            else:
                path.unlink()
        except OSError:
            pass
        number += 1


def state_of(folder):
    """Every entry below with its kind, size and time of change."""
    found = []
    for path, folders, files in os.walk(os.fsencode(folder)):
        for name in folders + files:
            entry = os.lstat(os.path.join(path, name))
            found.append((os.path.join(path, name), entry.st_mode, entry.st_size, entry.st_mtime_ns))
    return sorted(found)


def run(command):
    limit = (SECONDS, SECONDS)
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=CLOCK, check=False,
                          env={**os.environ, "NO_COLOR": "1"}, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, limit))


def problems_of(name):
    make, code, git = CASES[name]
    with tempfile.TemporaryDirectory() as holder:
        folder, outside = pathlib.Path(holder) / "root", pathlib.Path(holder) / "outside"
        for path, text in OUTSIDE.items():
            write(outside, path, text)
        write(folder, "honest/app.py", HONEST)
        if git:
            for command in (["init", "-q"], ["add", "-A"], ["-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "a"]):
                subprocess.run(["git", "-C", folder, *command], check=True)
        make(folder, outside)
        if name.startswith("tracked"):
            subprocess.run(["git", "-C", folder, "add", "-A"], check=True)
        stop = threading.Event()
        other = threading.Thread(target=busy, args=(folder, outside, stop))
        if make is files_that_change:
            other.start()
        before = state_of(holder)
        try:
            finished = run([BINARY, "scan", "--leads", "--no-progress", "--format", "json", folder])
            # What a plan was made from may be gone when it is made.
            rewrites = [run([BINARY, "fix", "--no-progress", "--format", "json", folder]) for _ in range(5 if make is files_that_change else 0)]
        except subprocess.TimeoutExpired:
            return ["no end"]
        finally:
            stop.set()
            if make is files_that_change:
                other.join()
        said = []
        if make is not files_that_change and state_of(holder) != before:
            said.append("a tree was changed")
        said += [f"fix: exit {one.returncode}: {one.stderr[-300:]}" for one in rewrites if one.returncode not in (0, 1)]
        return said + judge(finished, outside, code)


def judge(finished, outside, code):
    output, said = finished.stdout + finished.stderr, []
    if finished.returncode not in code:
        said.append(f"exit {finished.returncode}: {finished.stderr[-300:].decode(errors='replace')}")
    if MARK.encode() in output:
        said.append("something outside the root was read")
    if (outside / "it-ran").exists():
        said.append("a program of the repository ran")
    if b"\x1b" in output:
        said.append("an escape sequence reached the output")
    if finished.returncode not in (0, 1, 3):
        return said
    paths = {finding["path"] for finding in json.loads(finished.stdout)["findings"]}
    if "honest/app.py" not in paths:
        said.append("the honest file was lost")
    said += [f"a path leads out: {path}" for path in paths if path.startswith("/") or ".." in path.split("/")]
    return said


def main():
    chosen = [name for name in CASES if name in sys.argv[1:] or len(sys.argv) == 1]
    assert len(CASES) >= 100, len(CASES)
    count = 0
    for name in chosen:
        for problem in problems_of(name):
            print(f"{name}: {problem}", flush=True)
            count += 1
    print(f"{len(chosen)} hostile repositories, {count} problems")
    return 1 if count or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
