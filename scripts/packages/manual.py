"""The manual page, made from what `keyless --help` says, so that it cannot differ from the program."""
import re
import time
from collections.abc import Callable

FILES = (
    (".keyless.yaml", "The configuration of a repository, at its root."),
    (".keyless-baseline.json", "The findings that a repository accepts as known; written by 'keyless baseline write'."),
)
ENVIRONMENT = (("NO_COLOR", "Any value but the empty one switches colour off."),)


def escaped(text: str) -> str:
    """Plain text for roff: no escape, no request at the start of a line, hyphens that can be copied."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("`", "\\(ga").replace("'", "\\(aq")
    return "\\&" + text if text.startswith(".") else text


def commands_of(help_text: str) -> list[str]:
    """'keyless rules check DIR   check ...' names the command 'rules check'."""
    found = []
    for line in help_text.splitlines():
        usage = re.match(r"  keyless ((?:[a-z]+ ?)+?)(?= [^a-z]| [a-z]+\|| {2}|$)", line)
        if usage:
            found.append(usage.group(1).strip())
    return found


def entries(block: str) -> list[tuple[str, str]]:
    """'  --name VALUE    text' lines as pairs."""
    return [(match.group(1), match.group(2)) for match in re.finditer(r"^  (\S.*?) {2,}(\S.*)$", block, re.MULTILINE)]


def section_of(help_text: str, name: str) -> str:
    found = re.search(rf"^{name}:\n((?:  .*\n)+)", help_text, re.MULTILINE)
    return found.group(1) if found else ""


def command_page(ask: Callable[..., str], command: str) -> list[str]:
    text = ask(*command.split(), "--help")
    usage, doc = text.splitlines()[:2]
    lines = [".SS " + escaped(usage), escaped(doc[0].upper() + doc[1:]) + "."]
    for name, meaning in entries(section_of(text, "options")):
        lines += [".TP", ".B " + escaped(name), escaped(meaning)]
    formats = entries(section_of(text, "formats"))
    if formats:
        lines += [".PP", "Formats:"]
    for name, meaning in formats:
        lines += [".TP", ".B " + escaped(name), escaped(meaning)]
    return lines


def manual_page(ask: Callable[..., str], version: str, epoch: int) -> bytes:
    text = ask("--help")
    day = time.strftime("%Y-%m-%d", time.gmtime(epoch))
    purpose = " ".join(text.split("\n\n")[0].split())
    lines = [
        f'.TH KEYLESS 1 "{day}" "keyless {version}" "User Commands"',
        ".SH NAME",
        "keyless \\- find the API keys of Azure OpenAI and Azure AI services, and replace them",
        ".SH SYNOPSIS",
        ".B keyless",
        ".I COMMAND",
        "[options] [\\fIPATH\\fR...]",
        ".SH DESCRIPTION",
        escaped(purpose),
        "It uses no network; only \\fBfix \\-\\-write\\fR and \\fBundo\\fR change a file.",
        ".SH COMMANDS",
        "A PATH is a repository, a folder or a file in one; the default is the current folder.",
    ]
    for command in commands_of(text):
        lines += command_page(ask, command)
    lines.append(".SH EXIT STATUS")
    exit_codes = re.search(r"exit code: (.*)", text, re.DOTALL)
    for code, meaning in re.findall(r"(\d) ([^;]+)", " ".join(exit_codes.group(1).split())):
        lines += [".TP", ".B " + code, escaped(meaning[0].upper() + meaning[1:]) + "."]
    for title, rows in (("FILES", FILES), ("ENVIRONMENT", ENVIRONMENT)):
        lines.append(".SH " + title)
        for name, meaning in rows:
            lines += [".TP", ".B " + escaped(name), escaped(meaning)]
    lines += [".SH SEE ALSO", ".BR git (1)"]
    return ("\n".join(lines) + "\n").encode()
