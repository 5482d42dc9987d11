"""The tarball: the program with its page, completions and licences, in one folder."""
from archives import File, gz, tar
from product import Product


def make(product: Product) -> dict[str, bytes]:
    files = [
        File("keyless", product.binary, 0o755),
        File("keyless.1", product.manual),
        File("LICENSE", product.license),
        File("THIRD-PARTY.txt", product.notices),
        File("README.md", product.readme),
        File("CHANGELOG.md", product.changelog),
        File("completions/keyless.bash", product.completions["bash"]),
        File("completions/_keyless", product.completions["zsh"]),
        File("completions/keyless.fish", product.completions["fish"]),
    ]
    name = f"{product.stem}-x86_64-linux"
    return {name + ".tar.gz": gz(tar(files, product.epoch, name + "/"))}
