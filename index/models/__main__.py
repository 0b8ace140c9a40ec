"""`python -m index.models FOLDER` prepares the default model under FOLDER and prints where it is."""

from __future__ import annotations

import sys
from pathlib import Path

from corpus.errors import DuibiaoError
from index.models.prepare import prepare_default

_WRONG_USE = 2


def main(arguments: list[str]) -> int:
    """Prepare the model; return the exit status."""
    if len(arguments) != 1:
        print("用法：python -m index.models 文件夹（模型将准备在这个文件夹里）。", file=sys.stderr)
        return _WRONG_USE
    try:
        folder = prepare_default(Path(arguments[0]), lambda sentence: print(sentence, file=sys.stderr))
    except DuibiaoError as error:
        print(error.sentence, file=sys.stderr)
        return _WRONG_USE
    print(f"模型已准备好：{folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
