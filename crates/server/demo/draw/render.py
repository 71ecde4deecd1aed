"""Renders ../illustrations/*.svg to ../pictures/*.webp, the files that the binary carries.

    pip install resvg-py Pillow
    python3 render.py                 # all of them
    python3 render.py moka-pot kite   # only these

1280 pixels wide, WebP. Run it after make.py and commit both.
"""

import io
import sys
from pathlib import Path

import resvg_py
from PIL import Image

HERE = Path(__file__).resolve().parent
SOURCES = HERE.parent / "illustrations"
PICTURES = HERE.parent / "pictures"
WIDTH = 1280


def render(source):
    png = bytes(resvg_py.svg_to_bytes(svg_path=str(source), width=WIDTH, skip_system_fonts=True))
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    assert picture.width == WIDTH, picture.size
    target = PICTURES / f"{source.stem}.webp"
    picture.save(target, "WEBP", quality=82, method=6)
    return target.stat().st_size


def main(names):
    PICTURES.mkdir(exist_ok=True)
    sources = sorted(SOURCES.glob("*.svg"))
    if names:
        sources = [source for source in sources if source.stem in names]
    sizes = [render(source) for source in sources]
    print(f"{len(sizes)} pictures, {sum(sizes) / 1e6:.1f} MB")


if __name__ == "__main__":
    main(set(sys.argv[1:]))
