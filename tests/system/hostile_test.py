#!/usr/bin/env python3
"""A scanned repository is hostile. Each tree here is made at run time; each scan must end in time with exit 0, 1 or 3, run
nothing, read nothing outside the root, still find the key of the honest file beside the trap, and say what it did not read."""
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

from scanning import BINARY, keyless, write

# Of processor time, so that a busy machine fails nothing. The recovery of the TypeScript grammar takes 12 s of `nested` in one
# step, which no deadline can cut.
SECONDS = 60
if b"__asan_init" in pathlib.Path(BINARY).read_bytes():
    SECONDS *= 10  # a build that watches itself is slow
CLOCK = 300  # against waiting for ever, which costs no processor time
HONEST = ('import os\nfrom openai import AzureOpenAI\n\n'
          'client = AzureOpenAI(azure_endpoint="https://contoso.openai.azure.com", api_key=os.environ["AZURE_OPENAI_API_KEY"])\n')
OUTSIDE = 'AZURE_OPENAI_API_KEY=outside\n'
DEEP = 200_000
ANCHOR = "AZURE_OPENAI_API_KEY"  # without it the prefilter would spare the readers the trap


def links(folder, outside):
    """Links to a file and a folder outside, loops, a link to nothing."""
    os.symlink(outside / "secret.env", folder / "linked.env")
    os.symlink(outside, folder / "elsewhere")
    os.symlink(folder, folder / "loop")
    os.symlink("b", folder / "a")
    os.symlink("a", folder / "b")
    os.symlink("/etc/passwd", folder / ".env")
    os.symlink("nothing", folder / "dangling.py")
    os.symlink(outside / "secret.env", folder / ".gitignore")
    os.symlink(outside / "secret.env", folder / "package.json")


def special_files(folder, _):
    os.mkfifo(folder / "pipe.py")
    os.mkfifo(folder / ".env")
    os.mkfifo(folder / ".gitattributes")
    os.mkfifo(folder / "package.json")
    os.symlink("/dev/zero", folder / "zero.py")
    os.symlink("/dev/stdin", folder / "stdin.env")


def unreadable(folder, _):
    os.chmod(write(folder, "closed.py", HONEST), 0)
    write(folder, "shut/app.py", HONEST)
    os.chmod(folder / "shut", 0)


def nested(folder, _):
    tree = {
        "a.json": '{"' + ANCHOR + '":' + "[" * DEEP, "b.json": "[" * DEEP + f'"{ANCHOR}"' + "]" * DEEP,
        "objects.json": '{"a":' * DEEP + f'"{ANCHOR}"' + "}" * DEEP,
        "a.py": f"{ANCHOR} = " + "(" * DEEP, "b.py": f"{ANCHOR} = " + "[" * DEEP + "]" * DEEP,
        "unary.py": f"{ANCHOR} = " + "not " * DEEP + "1\n", "attributes.py": f"{ANCHOR} = a" + ".b" * DEEP + "\n",
        "calls.py": f"{ANCHOR} = a" + "()" * DEEP + "\n", "sum.py": f"{ANCHOR} = 'a'" + " + 'a'" * DEEP + "\n",
        "else.py": f"{ANCHOR} = " + "a if b else " * (DEEP // 10) + "c\n",
        "a.js": f"const {ANCHOR} = " + "[" * DEEP, "b.ts": f"const {ANCHOR} = " + "{a:" * DEEP + "1" + "}" * DEEP,
        "functions.js": f"const {ANCHOR} = " + "()=>{" * DEEP, "template.ts": f"const {ANCHOR} = " + "`${" * DEEP,
        "chain.js": f"{ANCHOR}; a" + ".then(b)" * DEEP, "a.tsx": f"const {ANCHOR} = " + "<a>" * DEEP,
        "a.tf": f"locals {{ {ANCHOR} = " + "[" * DEEP, "b.tf": "".join("a {\n" for _ in range(DEEP)) + ANCHOR,
        "c.tf": f'locals {{ {ANCHOR} = "' + "${" * DEEP + '" }',
        "a.bicep": f"var {ANCHOR} = " + "[" * DEEP, "b.bicep": f"var {ANCHOR} = '" + "${" * DEEP + "'",
        "c.bicep": f"var {ANCHOR} = " + "{\na: " * DEEP, "ternary.bicep": f"var {ANCHOR} = " + "a ? b : " * DEEP + "c\n",
        "a.yaml": f"{ANCHOR}: " + "[" * DEEP, "b.yaml": f"{ANCHOR}: " + "{a: " * DEEP, "c.yaml": "- " * DEEP + ANCHOR,
        ".github/workflows/a.yml": f"on: push\nenv: {{{ANCHOR}: " + "[" * DEEP,
        "main.parameters.json": '{"parameters":' * DEEP + f'"{ANCHOR}"',
        "azuredeploy.json": '{"$schema": "https://schema.management.azure.com/deploymentTemplate.json", "resources": [{"a": "[' +
                            "concat(" * DEEP + f'{ANCHOR}]"}}]}}',
    }
    # Time that grows with the square: lost to the deadline on any machine.
    tree["angles.ts"] = f"{ANCHOR};" + "a<" * 1_800_000
    for name, text in tree.items():
        write(folder, name, text)


def billion_laughs(folder, _):
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 30)]
    write(folder, "laughs.yaml", "\n".join(lines) + f"\n{ANCHOR}: *a29\n")
    merges = ["m0: &m0 {A: 1}"] + [f"m{i}: &m{i} {{<<: [*m{i - 1}, *m{i - 1}]}}" for i in range(1, 40)]
    write(folder, ".github/workflows/laughs.yml", "on: push\nx:\n" + "".join(f"  {line}\n" for line in merges) +
          f"env:\n  <<: *m39\n  {ANCHOR}: a\n")
    write(folder, "docker-compose.yml", "x: &x\n  a: *x\nservices:\n  a:\n    environment:\n      <<: *x\n"
          f"      {ANCHOR}: a\n")


def long_lines(folder, _):
    dice = random.Random(1)
    line = "".join(f"function f{i}(a,b){{return a({dice.randrange(99)},b)}};" for i in range(30_000))
    write(folder, "app.min.js", f'const k=process.env.{ANCHOR};{line}')
    write(folder, "bundle.js", f'const k=process.env.{ANCHOR};{line}\n')
    write(folder, "line.py", f"{ANCHOR} = [" + "'a', " * 200_000 + "]\n")
    write(folder, "line.json", f'{{"{ANCHOR}": "' + "a" * 1_000_000 + '"}')
    write(folder, "line.env", f"{ANCHOR}=" + "a" * 1_000_000)


def many_entries(folder, _):
    """The same name again and again, with a reader."""
    write(folder, "many.env", f"{ANCHOR}=a\n" * 5_000)
    write(folder, "many.tf", 'variable "azure_openai_api_key" {}\n' * 2_000)
    write(folder, "many.py", "import os\n" + f'k = os.environ["{ANCHOR}"]\n' * 2_000)


def many_names(folder, _):
    """Names of keys that nobody reads, in a file without an endpoint: each asks its neighbours for one."""
    write(folder, "settings/many.env", "".join(f"{ANCHOR}_{i}=a\n" for i in range(5_000)))


def noise(folder, _):
    dice = random.Random(2)
    for end in "py js ts tsx mjs json tf tfvars bicep bicepparam yaml yml env txt ipynb toml".split():
        write(folder, f"noise.{end}", dice.randbytes(200_000))
        # Without NUL, so that it is not binary; with an anchor, so that it is parsed.
        letters = bytes(b for b in range(1, 256))
        write(folder, f"text.{end}", ANCHOR.encode() + b"\n" + bytes(dice.choices(letters, k=200_000)))
        write(folder, f"marks.{end}", ANCHOR + "".join(dice.choices("{}[]()\"'`$#:=,.\\\n \t-|>&*!%@<ab1é\u2028", k=200_000)))


def git_configuration(folder, outside):
    """Everything in a Git configuration, or in a repository, that can name a program."""
    subprocess.run(["git", "init", "-q", folder], check=True)
    subprocess.run(["git", "-C", folder, "add", "."], check=True)
    program = write(outside, "program.sh", f"#!/bin/sh\ntouch '{outside}/it-ran'\necho '{{}}'\n")
    program.chmod(0o755)
    with open(folder / ".git/config", "a", encoding="utf-8") as file:
        file.write(f'[core]\n\tfsmonitor = "{program}"\n\thooksPath = "{outside}"\n\tsshCommand = "{program}"\n\tpager = "{program}"\n'
                   f'\teditor = "{program}"\n\talternateRefsCommand = "{program}"\n\tattributesFile = "{outside}/attributes"\n'
                   f'[filter "x"]\n\tclean = "{program}"\n\tsmudge = "{program}"\n\tprocess = "{program}"\n\trequired = true\n'
                   f'[diff]\n\texternal = "{program}"\n[diff "x"]\n\ttextconv = "{program}"\n[alias]\n\tls-files = "!{program}"\n'
                   f'[credential]\n\thelper = "!{program}"\n[include]\n\tpath = "{outside}/more"\n')
    write(folder, ".gitattributes", "* filter=x diff=x\n")
    for hook in "post-index-change", "post-checkout", "fsmonitor-watchman", "reference-transaction":
        write(folder, f".git/hooks/{hook}", program.read_bytes()).chmod(0o755)
        write(outside, hook, program.read_bytes()).chmod(0o755)


def git_elsewhere(folder, outside):
    """A `.git` that points out of the root, and one that is no repository."""
    write(folder, ".git", f"gitdir: {outside}/gitdir\n")
    write(folder, "sub/.git/HEAD", "ref: refs/heads/" + "a" * 10_000 + "\n")
    write(folder, "sub/app.py", HONEST)


def deep_folders(folder, _):
    here = folder
    for _ in range(600):
        here = here / "d"
    here.mkdir(parents=True)
    write(here, ".env", f"{ANCHOR}=\n")
    for i in range(2_000):
        (folder / f"wide/{i}").mkdir(parents=True)


def odd_bytes(folder, _):
    write(folder, "nul.py", HONEST.encode() + b"\0\0" + HONEST.encode())
    write(folder, "late.py", HONEST.encode() + b"#" * 10_000 + b"\0\n" + HONEST.encode())
    write(folder, "latin.py", b"# \xff\xfe\xe9\n" + HONEST.encode())
    write(folder, "surrogate.json", b'{"AZURE_OPENAI_API_KEY": "\\ud800", "a": "\xed\xa0\x80"}')
    write(folder, "half.env", HONEST.encode("utf-16")[:-1])
    write(folder, "empty.py", b"")
    write(folder, "bom.json", b"\xef\xbb\xbf")
    write(folder, "utf32.py", HONEST.encode("utf-32"))
    for name in (b"new\nline.py", b"esc\x1b[31m.py", b"bad\xff.py", b"quote\".py", b"-rf.py", b"a\tb.py", b":(top)x.py"):
        with open(os.path.join(os.fsencode(folder), name), "wb") as file:
            file.write(HONEST.encode())


def hostile_configuration(folder, _):
    """`.keyless.yaml` is the repository's own word: patterns must not cost what their author likes."""
    write(folder, ".keyless.yaml", "version: 1\npaths: {exclude: ['" + "a*" * 100 + "b', '" + "**/" * 50 + "b']}\n"
          "names: {key: ['" + "a" * 5_000 + "']}\n")
    write(folder, "a" * 200 + "/" + "a/" * 100 + "a.py", HONEST)


# trap -> how many files the report must name or count as not analysed, or only in part
TRAPS = {
    links: 0, special_files: 0, unreadable: 0, nested: 26, billion_laughs: 2, long_lines: 0, many_entries: 0, many_names: 0, noise: 16,
    git_configuration: 0, git_elsewhere: 0, deep_folders: 0, odd_bytes: 2, hostile_configuration: 0,
}


def run(trap, *arguments):
    """Problems of one scan of one trap."""
    with tempfile.TemporaryDirectory() as holder:
        folder, outside = pathlib.Path(holder) / "root", pathlib.Path(holder) / "outside"
        folder.mkdir()
        write(outside, "secret.env", OUTSIDE)
        write(folder, "honest/app.py", HONEST)
        trap(folder, outside)
        try:
            finished = keyless(*arguments, folder, seconds=CLOCK, cpu_seconds=SECONDS)
            return judge(trap, finished, folder, outside)
        except subprocess.TimeoutExpired:
            return [f"{trap.__name__}: no end after {CLOCK} seconds"]
        finally:
            if (folder / "shut").exists():
                os.chmod(folder / "shut", 0o700)


def judge(trap, finished, folder, outside):
    name, problems = trap.__name__, []
    if finished.returncode not in (0, 1, 3):
        return [f"{name}: exit {finished.returncode}: {finished.stderr[-300:].decode(errors='replace')}"]
    if (outside / "it-ran").exists():
        problems.append(f"{name}: a program of the repository ran")
    if b"\x1b" in finished.stdout + finished.stderr:
        problems.append(f"{name}: an escape sequence of the repository reached the output")
    if "json" not in finished.args:
        return problems
    report = json.loads(finished.stdout)
    paths = {finding["path"] for finding in report["findings"]}
    if "honest/app.py" not in paths:
        problems.append(f"{name}: the honest file was lost")
    problems += [f"{name}: outside the root: {path}" for path in paths if "\ufffd" not in path
                 and os.path.realpath(folder / path) != os.path.realpath(folder) + "/" + path]
    coverage, diagnostics = report["coverage"], report["diagnostics"]
    said = len({diagnostic["path"] for diagnostic in diagnostics}) + sum(coverage["not_read"].values())
    if said < TRAPS[trap]:
        problems.append(f"{name}: {said} files said to be not analysed, not {TRAPS[trap]}: {coverage} {diagnostics[:3]}")
    lost = sum(diagnostic["problem"] == "lost-file" for diagnostic in diagnostics)
    if lost > sum(language["lost"] for language in coverage["languages"]):
        problems.append("lost files are not counted")
    return problems


def main():
    chosen = [trap for trap in TRAPS if trap.__name__ in sys.argv[1:] or len(sys.argv) == 1]
    problems = []
    for trap in chosen:
        for more in (["json"], ["json", "--no-prefilter"], ["text", "--verbose"]):
            problems += run(trap, "scan", "--leads", "--no-progress", "--format", *more)
    print("\n".join(problems))
    print(f"{len(chosen)} traps, {len(problems)} problems")
    return 1 if problems else 0


sys.exit(main())
