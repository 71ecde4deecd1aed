"""Write every illustration: python3 make.py [slug...]"""
import os
import sys

sys.dont_write_bytecode = True

import banners
import desk
import home
import kitchen
import play
import wear
from core import Pic
from palette import PALETTE

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'illustrations')


def picture(slug, cat, fn, i):
    walls, table, ink = PALETTE[cat]
    p = Pic(walls[i % len(walls)], table, ink)
    fn(p)
    return p.svg()


def main(only):
    os.makedirs(OUT, exist_ok=True)
    made = {}
    for mod in (kitchen, home, wear, desk, play):
        for i, (slug, (cat, fn)) in enumerate(mod.DRAWN.items()):
            made[slug] = (lambda s=slug, c=cat, f=fn, i=i: picture(s, c, f, i))
    for slug, fn in banners.DRAWN.items():
        made[slug] = fn
    for slug, fn in made.items():
        if not only or slug in only:
            s = fn()
            if len(s) > 12000:
                print('large: %s %d' % (slug, len(s)), file=sys.stderr)
            with open(os.path.join(OUT, slug + '.svg'), 'w') as f:
                f.write(s)


if __name__ == '__main__':
    main(set(sys.argv[1:]))
