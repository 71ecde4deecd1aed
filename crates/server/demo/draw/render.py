"""Renders ../illustrations/*.svg to ../pictures/*.webp, the files that the binary carries.

    pip install resvg-py Pillow
    python3 render.py                 # all of them
    python3 render.py moka-pot kite   # only these

Products 1280, 640 and 320 pixels wide (the shop's widths, so that loading the demo encodes nothing), categories 640: they are shown on
tiles of at most 320. Run it after make.py and commit both.
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


def save(picture, target):
    target.parent.mkdir(exist_ok=True)
    picture.save(target, "WEBP", quality=82, method=6)
    return target.stat().st_size


def render(source):
    png = bytes(resvg_py.svg_to_bytes(svg_path=str(source), width=WIDTH, skip_system_fonts=True))
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    if source.stem.startswith("category-"):
        assert picture.size == (WIDTH, 720), picture.size
        return save(picture.resize((640, 360), Image.Resampling.LANCZOS), PICTURES / f"{source.stem}.webp")
    size = save(picture, PICTURES / f"{source.stem}.webp")
    # novashop-server's demo.rs counts on this size.
    assert picture.size == (WIDTH, 1600), picture.size
    for width in (640, 320):
        small = picture.resize((width, width * 5 // 4), Image.Resampling.LANCZOS)
        size += save(small, PICTURES / str(width) / f"{source.stem}.webp")
    return size


def main(names):
    PICTURES.mkdir(exist_ok=True)
    sources = sorted(SOURCES.glob("*.svg"))
    if names:
        sources = [source for source in sources if source.stem in names]
    sizes = [render(source) for source in sources]
    print(f"{len(sizes)} pictures, {sum(sizes) / 1e6:.1f} MB")


if __name__ == "__main__":
    main(set(sys.argv[1:]))
