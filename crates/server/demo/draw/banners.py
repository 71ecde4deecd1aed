"""A 16:9 picture per category: a few of its goods together, with room on the left."""
import desk
import home
import kitchen
import play
import wear
from core import Pic
from palette import PALETTE

GOODS = {}
for _m in (kitchen, home, wear, desk, play):
    GOODS.update(_m.DRAWN)

# category slug: (palette, [(product, x of its middle, y of its foot, scale)]); far things first
SCENES = {
    'kitchen': ('cooking', [('butter-dish', 1340, 740, .46), ('enamel-stockpot', 820, 730, .56), ('tea-tin', 1090, 800, .42)]),
    'home': ('textiles', [('corduroy-cushion', 1310, 740, .6), ('terracotta-pot', 850, 790, .66)]),
    'wear': ('bags', [('canvas-tote', 800, 720, .6), ('chelsea-boot', 1210, 800, .54)]),
    'desk-play': ('stationery', [('pencil-dozen', 780, 730, .58), ('kitchen-radio', 1240, 800, .62)]),
    'cooking': ('cooking', [('oak-chopping-board', 1360, 700, .5), ('enamel-stockpot', 1040, 760, .54), ('loaf-tin', 680, 800, .46)]),
    'tableware': ('tableware', [('pasta-bowl', 1310, 750, .44), ('water-carafe', 900, 790, .62)]),
    'coffee-tea': ('coffee-tea', [('tea-tin', 1370, 740, .54), ('moka-pot', 790, 760, .6), ('travel-mug', 1090, 800, .5)]),
    'lighting': ('lighting', [('opal-glass-table-lamp', 1060, 750, .64), ('brass-candlestick', 720, 780, .52), ('beeswax-candles', 1370, 790, .54)]),
    'textiles': ('textiles', [('corduroy-cushion', 800, 720, .58), ('linen-bed-set', 1230, 800, .6)]),
    'plants-pots': ('plants-pots', [('terracotta-pot', 1220, 760, .64), ('watering-can', 790, 800, .58)]),
    'tops-knitwear': ('tops-knitwear', [('breton-top', 720, 800, .54), ('wool-scarf', 1080, 790, .52), ('heavy-tee', 1380, 800, .5)]),
    'bags': ('bags', [('canvas-tote', 830, 740, .58), ('market-basket', 1230, 800, .62)]),
    'shoes': ('shoes', [('chelsea-boot', 800, 720, .5), ('espadrille', 1230, 800, .54)]),
    'stationery': ('stationery', [('pencil-dozen', 800, 740, .6), ('tape-dispenser', 1200, 790, .58)]),
    'audio': ('audio', [('headphone-stand', 780, 720, .56), ('portable-speaker', 1400, 760, .46), ('kitchen-radio', 1090, 800, .54)]),
    'toys-games': ('toys-games', [('stacking-rainbow', 820, 740, .58), ('wooden-blocks', 1270, 800, .62)]),
}

MIDDLE = 580


def scene(pal, goods):
    walls, table, ink = PALETTE[pal]
    p = Pic(walls[0], table, ink, 1600, 900, 640, floor=pal != 'tops-knitwear')
    p.fine = .4
    for slug, x, y, s in goods:
        p.place(GOODS[slug][1], x - MIDDLE * s, y - 1240 * s, s)
    return p.svg()


DRAWN = {'category-' + k: (lambda v=v: scene(*v)) for k, v in SCENES.items()}
