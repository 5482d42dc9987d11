"""Changes of a repository that do not change what it means, for the metamorphic tests.

A repository is {path: bytes}. A mutation takes (files, dice) and returns None where it finds nothing to change, or
(what was done, files after, place): place(path, offset) says to which (path, line index) the byte at offset went.
"""
import ast
import re

CODE = (".py", ".js", ".ts", ".tsx", ".mjs")
# These words are evidence when a variable's name holds them; a new name must keep them.
SPEAKING = re.compile(r"key|secret|token|cred|azure|openai|aoai|endpoint|url|host|base|conn|speech|vision|foundry", re.I)


def text_of(data):
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    return None if "\0" in text or "\r" in text or text.startswith("\ufeff") else text


def line_at(data, offset):
    return data.count(b"\n", 0, offset)


def pick(files, dice, fits, choices):
    """One (path, choice), evenly over the files that have choices."""
    paths = [path for path in sorted(files) if fits(path) and text_of(files[path]) is not None]
    dice.shuffle(paths)
    for path in paths:
        found = choices(path, text_of(files[path]))
        if found:
            return path, dice.choice(found)
    return None


def same_lines(files):
    return lambda path, offset: (path, line_at(files[path], offset))


def parse(text):
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError):
        return None


def python_variables(text):
    """Variables whose every mention in the file is the variable: no attribute, keyword, string or comment of that name."""
    tree = parse(text)
    if tree is None:
        return []
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    arguments = [node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)]
    fields = {name.id for body in ast.walk(tree) if isinstance(body, ast.ClassDef) for statement in body.body
              for name in ast.walk(statement) if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)}
    stored = {node.id for node in nodes if isinstance(node.ctx, ast.Store)} - fields - set(arguments)
    count = lambda name: sum(node.id == name for node in nodes)
    return sorted(name for name in stored if len(re.findall(rf"\b{name}\b", text)) == count(name))


def script_variables(_, text):
    names = set(re.findall(r"^[ \t]*(?:const|let|var) ([A-Za-z_]\w*)\b", text, re.M))
    names -= set(re.findall(r"\bexport\s+(?:const|let|var) (\w+)", text))
    good = []
    for name in sorted(names):
        mentions = [(text[:m.start()].rstrip()[-1:], text[m.end():].lstrip()[:1]) for m in re.finditer(rf"\b{name}\b", text)]
        clear = all(before not in list(".'\"`/-$") and after not in list(":'\"`-") and
                    not (before in "{," and after in ",}") for before, after in mentions)
        if clear and not re.search(rf"['\"`#][^'\"`\n]*\b{name}\b|//.*\b{name}\b", text):
            good.append(name)
    return good


def rename_variable(files, dice):
    def private(path, text):
        names = python_variables(text) if path.endswith(".py") else script_variables(path, text)
        others = b"\n".join(data for other, data in files.items() if other != path)
        return [name for name in names if not re.search(rb"\b" + name.encode() + rb"\b", others)]
    chosen = pick(files, dice, lambda path: path.endswith(CODE), private)
    if chosen is None:
        return None
    path, name = chosen
    if SPEAKING.search(name):
        new = ("OUR_" if name.isupper() else "our_") + name
    else:
        new = f"thing_{dice.randrange(1000)}" if not name.isupper() else f"THING_{dice.randrange(1000)}"
    text = re.sub(rf"\b{name}\b", new, text_of(files[path]))
    return f"{name} is now {new} in {path}", {**files, path: text.encode()}, same_lines(files)


def keyword_pairs(text):
    """Byte ranges of two named arguments of one call, each on one line."""
    tree, pairs = parse(text), []
    if tree is None:
        return pairs
    starts = [0]
    for line in text.encode().split(b"\n"):
        starts.append(starts[-1] + len(line) + 1)
    for call in ast.walk(tree):
        if isinstance(call, ast.Call):
            named = [(starts[k.lineno - 1] + k.col_offset, starts[k.value.end_lineno - 1] + k.value.end_col_offset)
                     for k in call.keywords if k.arg and k.lineno == k.value.end_lineno]
            # A `)` that the tree does not hold may close a value in parentheses.
            named = [(a, b) for a, b in named if text.encode()[b:b + 1] in (b",", b")", b"\n", b" ")
                     and b"=(" not in text.encode()[a:b].replace(b" ", b"")]
            pairs += list(zip(named, named[1:]))
    return pairs


def swap(data, first, second):
    (a, b), (c, d) = first, second
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def reorder_arguments(files, dice):
    chosen = pick(files, dice, lambda path: path.endswith(".py"), lambda _, text: keyword_pairs(text))
    if chosen is None:
        return None
    path, (first, second) = chosen
    return f"arguments swapped in {path}", *swapped(files, path, first, second)


ENTRIES = {  # entries that fill a line, with a neighbour of the same depth; no order among them
    (".js", ".ts", ".tsx", ".mjs"): r"[ \t]+['\"]?[\w-]+['\"]?: (?:[^\n(){}\[\]]|\([^\n(){}]*\))*,\n",
    (".tf",): r"[ \t]+\w+ += (?:[^\n(){}\[\]<]|\([^\n(){}]*\))*\n",
    (".bicep",): r"[ \t]+\w+: (?:[^\n(){}\[\]]|\([^\n(){}]*\))*\n",
    (".yml", ".yaml"): r"[ \t]+[A-Z][A-Z_]+: [^\n#|>&*-][^\n]*\n",
    (".env", ".sample", ".example"): r"[A-Z][A-Z_]+=[^\n'\"]*\n",
}


def neighbours(path, text):
    pattern = next(regex for ends, regex in ENTRIES.items() if path.endswith(ends))
    data, found, previous = text.encode(), [], None
    for match in re.finditer(pattern.encode(), data):
        if match.start() and data[match.start() - 1:match.start()] != b"\n":
            continue
        depth = len(match.group()) - len(match.group().lstrip())
        name = re.match(rb"\W*([\w-]+)", match.group()).group(1)
        if previous and previous[1] == match.start() and previous[2] == depth and previous[3] != name:
            found.append((previous[:2], match.span()))
        previous = (*match.span(), depth, name)
    return found


def reorder_entries(files, dice):
    ends = tuple(end for group in ENTRIES for end in group)
    chosen = pick(files, dice, lambda path: path.endswith(ends), neighbours)
    if chosen is None:
        return None
    path, (first, second) = chosen
    return f"entries swapped in {path}", *swapped(files, path, first, second)


def swapped(files, path, first, second):
    (a, b), (c, d) = first, second
    after = {**files, path: swap(files[path], first, second)}

    def place(where, offset):
        if where == path and a <= offset < b:
            offset += d - b
        elif where == path and b <= offset < c:
            offset += (d - c) - (b - a)
        elif where == path and c <= offset < d:
            offset -= c - a
        return where, line_at(after[where], offset)
    return after, place


def mentioned(files, path):
    """Whether another file speaks of this one, by file name, module name or the folders above it."""
    stem = path.rsplit("/", 1)[-1].split(".")[0].encode()
    others = [data for other, data in files.items() if other != path]
    return any(re.search(rb"\b" + re.escape(stem) + rb"\b", data) for data in others)


def stands_alone(files, path):
    """Code that nobody imports, and that imports nothing of the repository."""
    text = text_of(files[path])
    own = {part.split(".")[0] for other in files for part in other.split("/")}
    imports = re.findall(r"^\s*(?:from|import) +([.\w]+)|(?:from |require\(|import\()['\"]([^'\"]+)", text, re.M)
    return not mentioned(files, path) and not any(
        name.startswith((".", "@/", "~", "#")) or name.split(".")[0].split("/")[0] in own for name in map("".join, imports))


def wrap_in_function(files, dice):
    def fits(path):
        text = text_of(files[path]) or ""
        if path.endswith(".py"):
            return not re.search(r"__future__|import \*|\"\"\"|'''|^\s*\\|\bglobal\b", text, re.M) and not mentioned(files, path)
        return path.endswith((".js", ".ts")) and not re.search(r"^\s*(?:import|export)\b|\bexports\b|`|\bawait\b", text, re.M)
    chosen = pick(files, dice, fits, lambda path, text: [None] if not path.endswith(".py") or parse(text) else [])
    if chosen is None:
        return None
    path, text = chosen[0], text_of(files[chosen[0]])
    head, indent, tail = ("def wrapped():\n", "    ", "") if path.endswith(".py") else ("function wrapped() {\n", "  ", "}\n")
    body = "".join(indent + line if line.strip() else line for line in text.splitlines(keepends=True))
    after = {**files, path: (head + body + "\n" * (not body.endswith("\n")) + tail).encode()}
    place = lambda where, offset: (where, line_at(files[where], offset) + (where == path))
    return f"{path} is a function now", after, place


def carriage_returns(files, dice):
    chosen = pick(files, dice, lambda path: not path.endswith(".sh"), lambda _, text: [None])
    if chosen is None:
        return None
    path = chosen[0]
    return f"CRLF in {path}", {**files, path: files[path].replace(b"\n", b"\r\n")}, same_lines(files)


def move(files, dice, fits, new_path):
    chosen = pick(files, dice, fits, lambda path, _: [None])
    if chosen is None:
        return None
    path = chosen[0]
    folder, _, name = path.rpartition("/")
    new = new_path(folder + "/" if folder else "", name)
    after = {new if other == path else other: data for other, data in files.items()}
    return f"{path} is now {new}", after, lambda where, offset: (new if where == path else where, line_at(files[where], offset))


def free_code(files):
    return lambda path: path.endswith(CODE) and text_of(files[path]) is not None and stands_alone(files, path)


def move_to_folder(files, dice):
    return move(files, dice, free_code(files), lambda folder, name: f"{folder}moved{dice.randrange(100)}/{name}")


def rename_file(files, dice):
    """Another name is another place in every sorted list. Terraform does not care how its files are called."""
    free = free_code(files)
    return move(files, dice, lambda path: path.endswith(".tf") or free(path),
                lambda folder, name: f"{folder}{dice.choice(['a0_', 'zz_'])}{name}")


def add_service(files, dice):
    name = dice.choice(["aardvark", "zebra"])
    # A name that the repository uses would make the service a related one.
    if any(b"STRIPE_KEY" in data or b"OPENAI_API_KEY" in data.replace(b"AZURE_OPENAI_API_KEY", b"") for data in files.values()):
        return None
    added = {
        f"{name}/main.py": b"import os\nfrom openai import OpenAI\nimport stripe\n\nstripe.api_key = os.environ['STRIPE_KEY']\n"
                           b"client = OpenAI(api_key=os.environ['OPENAI_API_KEY'])\n",
        f"{name}/.env.example": b"OPENAI_API_KEY=\nSTRIPE_KEY=\n",
        f"{name}/package.json": b'{"name": "unrelated", "dependencies": {"stripe": "1.0.0"}}\n',
        f"{name}/main.tf": b'resource "azurerm_storage_account" "files" {\n  name = "files"\n}\n',
    }
    return f"service {name} added", {**files, **added}, same_lines(files)


MUTATIONS = {
    "rename": rename_variable, "arguments": reorder_arguments, "entries": reorder_entries, "wrap": wrap_in_function,
    "crlf": carriage_returns, "folder": move_to_folder, "file-name": rename_file, "service": add_service,
}
