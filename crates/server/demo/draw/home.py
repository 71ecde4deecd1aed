"""Lighting, textiles, plants and pots."""
import math

from book import collector
from core import curve, mix, oval, poly, ribbon, rot, rrect, sym, tone

DRAWN = {}
section = collector(DRAWN)
draw = section('lighting')

BRASS, STEEL, OAK = '#c39a4e', '#b9bcbd', '#cfa671'


def flame(p, x, y, s=1.0):
    p.glow(x, y - 60 * s, 330 * s, '#ffcf85', .6)
    p.add(sym(x, [(0, y - 120 * s, 1), (16 * s, y - 72 * s), (25 * s, y - 34 * s), (14 * s, y - 4 * s), (0, y)]), p.lin([(0, '#ffb648'), (.55, '#ffd98a'), (1, '#f2a540')], 0, 0, 0, 1))
    p.add(sym(x, [(0, y - 66 * s, 1), (11 * s, y - 28 * s), (8 * s, y - 6 * s), (0, y - 2 * s)]), '#fff6da')


@draw('paper-globe-lamp')
def _(p):
    p.horizon = 1240
    x, y, R = 600, 640, 350
    p.line('M600 0V300', '#2b2a2a', 7)
    p.glow(x, y, 820, '#ffdfae', .7)
    p.add(oval(x, 1390, 420, 70), p.rad([(0, '#ffe0b0', .5), (1, '#ffe0b0', 0)]))
    p.form(oval(x, y, R, R * .96), '#f7e8cb', p.rad([(0, '#fffaf0'), (.45, '#fbeed2', .9), (.8, '#e3c596', .8), (1, '#b8946a', .9)], .46, .52, .6))
    d = ''
    for i in range(1, 13):
        yy = y - R * .96 + i * R * .96 * 2 / 13
        rx = R * math.sqrt(max(0, 1 - ((yy - y) / (R * .96)) ** 2))
        k = (yy - 330) / 700 * .3 - .08
        d += 'M%.0f %.0fQ%.0f %.0f %.0f %.0f' % (x - rx + 1, yy, x, yy + rx * k * .6, x + rx - 1, yy)
    p.line(d, '#b08a5a', 3.5, .5)
    p.add(oval(x, y - R * .95, 60, 10), '#4a3a2a', .8)
    p.lathe(x, [(13, 250), (20, 262), (20, 306)], '#33302e', cast=False, seat=False)
    p.add(oval(x + 4, y + R * .93, 74, 12), '#8e6c43', .5)


@draw('oak-task-lamp')
def _(p):
    G = '#2f4d40'
    base, j1, j2 = (440, 1235), (330, 800), (640, 470)
    p.shade(ribbon([base, j1, j2], [30, 30, 30]), 1240)
    p.add(poly((640, 560), (860, 640), (1080, 1330), (420, 1330)), p.lin([(0, '#ffe2b0', .42), (1, '#ffe2b0', 0)], .3, 0, .5, 1))
    p.add(oval(760, 1330, 360, 90), p.rad([(0, '#ffe6bd', .55), (1, '#ffe6bd', 0)]))
    p.lathe(440, [(176, 1200), (180, 1212), (180, 1240)], OAK, inner=[])
    p.add(oval(440, 1200, 176, 176 * p.tilt(1200)), tone(OAK, .06))
    p.lathe(440, [(26, 1120), (26, 1204)], '#3a3634', cast=False, seat=False)

    def arm(a, b, w):
        q = ribbon([a, b], [w, w])
        p.form(q, OAK, p.lin([(0, '#fff', .25), (1, p.ink, .3)], 0, 0, 1, .3), 1)
    arm((440, 1150), j1, 34)
    arm((j1[0] - 30, j1[1] + 60), (664, 446), 34)
    for x, y in (j1, (440, 1140), (640, 474)):
        p.form(oval(x, y, 25), BRASS, 'ball')
    sh = poly((600, 420), (700, 470), (890, 640), (560, 590))
    cone = curve([(640, 400, 1), (720, 440), (900, 640, 1), (740, 668), (566, 560, 1), (620, 440)], True, .3)
    p.add(curve([(566, 560), (640, 660), (820, 700), (900, 640), (740, 560)], True), '#ffeecb')
    p.form(cone, G, p.lin([(0, '#fff', .26), (.4, '#fff', 0), (1, p.ink, .45)], 0, .3, 1, .7))
    p.form(ribbon([(612, 392), (668, 432)], [64, 74]), tone(G, -.04), 'flat')
    p.add('M596 538Q624 470 650 440L664 450Q636 490 616 548Z', '#fff', .3)


@draw('opal-glass-table-lamp')
def _(p):
    c = 590
    p.glow(c, 720, 760, '#ffd9a0', .75)
    W = '#fbe9cd'
    p.add(oval(c + 20, 1260, 380, 80), p.rad([(0, '#ffe2b4', .6), (1, '#ffe2b4', 0)]))
    stem = [(92, 800), (80, 900), (84, 1020), (130, 1170), (176, 1225), (172, 1244)]
    p.lathe(c, stem, W, sh=p.lin([(0, '#c28a4a', .4), (.3, '#fff', .6), (.6, '#fff', .1), (1, '#a8672f', .6)]))
    p.add(oval(c, 830, 200, 30), '#fff4dc')
    dome = [(20, 470), (150, 492), (290, 590), (352, 740), (340, 800), (306, 826, 1)]
    p.lathe(c, dome, W, sh=p.rad([(0, '#fffdf6'), (.4, '#fff1d8', .9), (.75, '#f3cf95', .8), (1, '#c58b4c', .85)], .44, .62, .68), cast=False, seat=False)
    p.add('M%s 700Q%s 560 %s 515Q%s 590 %s 720Z' % (c - 310, c - 270, c - 130, c - 240, c - 270), '#fff', .55)
    p.add('M%s 826A306 %s 0 0 0 %s 826' % (c - 306, 306 * p.tilt(826), c + 306), 'none', .6, '#fff8e8', 5)
    p.tube([(c + 150, 1236), (800, 1275), (960, 1240), (1210, 1290)], 9, '#6b5140')


@draw('enamel-pendant')
def _(p):
    p.horizon = 1230
    c, Y = 600, '#cf9532'
    p.line('M600 0V420', '#d9cdb8', 9)
    p.line('M600 0V420', '#8a6f56', 9, .5)
    p.raw('<path d="M600 0V420" fill="none" stroke="#4b3a30" stroke-width="9" stroke-dasharray="4 10" opacity=".5"/>')
    p.add(poly((200, 830), (1000, 830), (1180, 1500), (20, 1500)), p.lin([(0, '#ffe2ad', .5), (1, '#ffe2ad', .02)], 0, 0, 0, 1))
    bell = [(46, 470), (74, 520), (110, 590), (240, 670), (350, 770), (396, 850, 1), (398, 864)]
    p.add(oval(c, 862, 394, 78), '#fdf3dc')
    p.lathe(c, bell, Y, cast=False, seat=False, k=1.15, front=False, base=True)
    p.view = .13
    p.form(oval(c, 862, 398, 52), '#fff3d6', p.rad([(0, '#fffdf4', 1), (.4, '#ffe9bd', .6), (1, '#d8a860', .7)], .5, .4, .6))
    p.line(oval(c, 862, 398, 52), '#8c5f1c', 7)
    p.form(oval(c, 872, 74, 34), '#fffaf0')
    p.lathe(c, [(22, 396), (44, 410), (46, 478)], '#3b332c', cast=False, seat=False)
    p.add('M%s 800Q%s 700 %s 640Q%s 730 %s 820Z' % (c - 340, c - 260, c - 150, c - 240, c - 300), '#fff', .4)
    p.add(oval(600, 1390, 460, 90), p.rad([(0, '#ffe6bd', .55), (1, '#ffe6bd', 0)]))


@draw('beeswax-candles')
def _(p):
    def taper(x, y, top, w, lit):
        if lit:
            p.glow(x, top - 60, 620, '#ffd08a', .5)
        p.lathe(x, [(w * .66, top), (w * .8, top + 40), (w, y - 40)], '#dba63f', sh=p.lin([(0, p.ink, .12), (.3, '#fff', .3), (.55, '#fff', 0), (1, p.ink, .36)]), seat=False)
        p.add(oval(x, top, w * .66, 7), '#f0cf83' if not lit else '#ffe7a8')
        p.line('M%s %sv-34' % (x, top + 2), '#3a2b20', 6)
        p.lathe(x, [(54, y - 66), (58, y - 56), (50, y - 30), (96, y - 10), (98, y + 4)], '#33302f', rim=0)
        p.add(oval(x, y - 66, 54, 9), '#4d4947')
        p.lathe(x, [(w, y - 100), (w, y - 64)], '#dba63f', cast=False, seat=False)
        if lit:
            flame(p, x, top - 14, 1.15)
    taper(780, 1150, 520, 32, False)
    taper(400, 1180, 640, 33, False)
    taper(590, 1240, 420, 36, True)


@draw('brass-candlestick')
def _(p):
    c = 580
    p.lathe(c, [(44, 330), (46, 350), (48, 720)], '#f6f0e4', k=.9, seat=False)
    p.add(oval(c, 332, 44, 6), '#fffdf6')
    p.line('M580 334v-40', '#4a4038', 6)
    p.add(curve([(c - 44, 345), (c - 50, 400), (c - 40, 440), (c - 34, 380)], True), '#fffaf0')
    prof = [(84, 690), (92, 700), (66, 726), (46, 742), (52, 770), (34, 800), (28, 860), (44, 905), (60, 930), (40, 962), (24, 985), (24, 1060), (40, 1110), (60, 1130), (40, 1150), (70, 1180), (160, 1215), (186, 1232), (188, 1250)]
    p.lathe(c, prof, BRASS, sh='metal', k=.85)
    p.add(oval(c, 690, 84, 84 * p.tilt(690)), '#e3c27e')
    p.lathe(c, [(48, 640), (48, 692)], '#f6f0e4', cast=False, seat=False, k=.9)
    for y, r in ((930, 58), (1130, 58), (1216, 158)):
        p.line('M%s %sQ%s %s %s %s' % (c - r, y, c, y + r * .34, c + r, y), p.ink, 4, .35)


@draw('linen-shade-lamp')
def _(p):
    c = 580
    p.glow(c, 520, 700, '#ffdba8', .6)
    p.add(oval(c + 20, 1260, 400, 80), p.rad([(0, '#ffe2b4', .45), (1, '#ffe2b4', 0)]))
    W = '#a4693f'
    p.lathe(c, [(20, 690), (22, 760), (70, 800), (132, 880), (142, 960), (100, 1060), (50, 1120), (44, 1150), (110, 1190), (150, 1215), (154, 1240)], W, gloss=.35, inner=[p.grain(420, 780, 740, 1240, 6, '#4a2a16', 4, .25)])
    p.line('M%s 1150Q%s 1166 %s 1150' % (c - 44, c, c + 44), p.ink, 4, .4)
    p.lathe(c, [(30, 720), (34, 730), (30, 770)], BRASS, sh='metal', cast=False, seat=False)
    sh = [(250, 330), (330, 720, 1)]
    weave = p.pattern(9, 9, '<path d="M0 2H9M2 0V9" stroke="#8a6a44" stroke-width="1.4" opacity=".4"/>')
    d = p.lathe(c, sh, '#f0dcb6', sh=p.lin([(0, '#8f6432', .5), (.25, '#fff2d2', .3), (.5, '#fff8e6', .7), (.75, '#fff0cc', .2), (1, '#7d5226', .62)]), seat=False)
    p.add(d, weave, .5)
    p.add(d, p.lin([(0, '#7d5226', .3), (.4, '#fff', 0), (.8, '#fff', .25), (1, '#7d5226', .2)], 0, 0, 0, 1))
    p.form(oval(c, 330, 250, 250 * p.tilt(330)), '#fff3d6')
    for r, y in ((250, 330), (330, 720)):
        p.line('M%s %sA%s %.1f 0 0 0 %s %s' % (c - r, y, r, r * p.tilt(y), c + r, y), '#c9a877', 9)
    p.line('M%s 760V880' % (c + 70), BRASS, 4)
    p.form(oval(c + 70, 890, 10), BRASS, 'ball')


@draw('storm-lantern')
def _(p):
    c, N = 570, '#2c4664'
    p.glow(c, 840, 640, '#ffcf8c', .6)
    p.tube([(c - 190, 800), (c - 290, 560), (c - 150, 330), (c, 290), (c + 150, 330), (c + 290, 560), (c + 190, 800)], 10, '#6d7174', by=1240)
    for s in (-1, 1):
        p.tube([(c + s * 176, 1120), (c + s * 200, 980), (c + s * 192, 740), (c + s * 120, 620)], 30, N)
    p.glass(c, [(92, 660), (130, 740), (160, 860), (130, 990), (104, 1050)], '#ffe6bd', .28, edge=.6, cast=False, top=False)
    p.line('M%s 1050V985' % c, '#5d4a36', 14)
    flame(p, c, 1000, 1.25)
    p.gloss(c, [(92, 660), (130, 740), (160, 860), (130, 990), (104, 1050)], .8, -.66, .1)
    p.lathe(c, [(60, 470), (64, 500), (56, 520), (118, 560), (140, 610), (132, 640), (100, 668)], N, gloss=.25, cast=False, seat=False)
    p.shade(rrect(c - 130, 480, 260, 180), 1240)
    p.add(oval(c, 470, 60, 8), '#44618a')
    for x in (-30, 0, 30):
        p.line('M%s 484v20' % (c + x), '#152438', 8, .8)
    p.lathe(c, [(96, 1044), (104, 1052), (104, 1070), (150, 1084), (196, 1110), (206, 1150), (206, 1215), (190, 1240)], N, gloss=.35)
    p.line('M%s 1150Q%s 1200 %s 1150' % (c - 206, c, c + 206), '#16273c', 5, .6)
    p.lathe(c + 110, [(28, 1060), (30, 1066), (30, 1096)], BRASS, sh='metal', cast=False, seat=False)
    p.form(oval(c - 214, 1080, 20), BRASS, 'ball')


@draw('filament-bulb')
def _(p):
    p.horizon = 1260
    c = 600
    p.line('M600 0V240', '#262423', 10)
    p.glow(c, 730, 720, '#ffc879', .75)
    p.lathe(c, [(26, 180), (60, 210), (66, 330)], '#2e2b2a', cast=False, seat=False)
    prof = [(66, 420), (76, 470), (190, 600), (250, 740), (226, 890), (110, 990), (10, 1012)]
    p.glass(c, prof, '#ffe3b5', .3, edge=.75, cast=False, top=False)
    p.add(sym(c, [(30, 420, 1), (26, 560), (16, 600), (20, 640, 1)]), '#fff1d6', .35)
    p.line('M588 600L500 640M612 600L700 640M592 600L560 900M608 600L640 900', '#a98a5e', 3.5, .9)
    fil = 'M500 640L530 880L562 650L600 890L638 650L670 880L700 640'
    p.line(fil, '#ff9d2e', 16, .35)
    p.line(fil, '#ffd27a', 9)
    p.line(fil, '#fffbe8', 4)
    for x, y in ((500, 640), (562, 650), (638, 650), (700, 640)):
        p.line('M600 596L%s %s' % (x, y), '#a98a5e', 3, .8)
    p.gloss(c, prof, .75, -.7, .09, .3, .85)
    p.lathe(c, [(72, 320), (76, 330), (76, 426), (66, 440)], BRASS, sh='metal', cast=False, seat=False)
    for y in (346, 372, 398):
        p.line('M%s %sQ%s %s %s %s' % (c - 76, y, c, y + 20, c + 76, y), '#7d5d22', 6, .7)
    p.add(oval(600, 1400, 380, 70), p.rad([(0, '#ffdca8', .45), (1, '#ffdca8', 0)]))


@draw('clip-reading-light')
def _(p):
    R = '#b8492f'
    p.add(poly((380, 540), (600, 640), (900, 1300), (120, 1300)), p.lin([(0, '#ffe6b8', .5), (1, '#ffe6b8', 0)], .4, 0, .5, 1))
    # a book standing, half open
    p.shade(poly((420, 760), (760, 700), (1000, 760), (1000, 1230), (420, 1240)), 1240)
    p.seat(430, 1240, 320, 240, 20)
    p.form(poly((740, 720), (1010, 690), (1010, 1180), (740, 1244)), '#3c5a6b', 'flat')
    p.add(poly((740, 738), (990, 710), (990, 1166), (740, 1222)), '#e9dcc0')
    p.add(poly((740, 738), (990, 710), (990, 1166), (740, 1222)), p.lin([(0, p.ink, .45), (.3, p.ink, .12), (1, p.ink, .25)]))
    p.form(poly((740, 720), (430, 684), (430, 1186), (740, 1244)), '#476a7d', p.lin([(0, '#fff', .12), (.8, '#fff', 0), (1, p.ink, .25)]))
    p.form(poly((700, 715), (740, 720), (740, 1244), (700, 1237)), '#2f4857', 'flat')
    p.line('M474 770L660 792M474 812L600 827', '#e6c88a', 10, .9)
    p.line('M462 722L672 748V1196L462 1157Z', '#e6c88a', 3, .7)
    # the light
    p.tube([(560, 690), (590, 480), (520, 360), (400, 380), (370, 450)], 22, '#4a4644', by=None)
    p.form(rrect(512, 610, 96, 130, 18), R, 'cyl')
    p.add(rrect(530, 690, 60, 30, 8), '#7c2b1a')
    p.glow(340, 590, 320, '#ffdca0', .7)
    p.open('rotate(28 350 500)')
    p.add(oval(350, 562, 108, 40), '#fff0cc')
    p.form(sym(350, [(30, 410), (84, 446), (118, 556, 1), (0, 596)]), R, 'cyl', 1.1)
    p.form(oval(350, 562, 118, 36), '#fff4d8')
    p.line(oval(350, 562, 118, 36), '#8a301d', 6)
    p.close()


draw = section('textiles')


def slab(p, x, y, w, h, c, layers=2, dx=150, dy=120, cast=True, r=None, fold='left', k=1.0):
    """One folded cloth: (x, y) lower left of its front, rounded at the folded end."""
    r = r or h / 2
    top = curve([(x + r * .5, y - h + 2, 1), (x + dx + r * .5, y - h - dy), (x + w + dx, y - h - dy), (x + w + dx + 6, y - h - dy + 8), (x + w - 4, y - h, 1)], True, .2)
    front = 'M%s %sH%sQ%s %s %s %sV%sQ%s %s %s %sH%sA%s %s 0 0 1 %s %sZ' % tuple('%.1f' % v for v in (
        x + r, y - h, x + w - 14, x + w, y - h, x + w, y - h + 14, y - 14, x + w, y, x + w - 14, y, x + r, r, h / 2, x + r, y - h))
    side = curve([(x + w, y - h + 6, 1), (x + w + dx + 4, y - h - dy + 6), (x + w + dx + 8, y - dy - h * .4), (x + w + dx, y - dy, 1), (x + w, y - 4, 1)], True, .2)
    if cast:
        p.seat(x + 10, y, w, dx, dy)
    p.form(side, tone(c, -.1), 'flat')
    p.add(top, tone(c, .035))
    p.add(top, p.lin([(0, '#fff', .12), (1, p.ink, .12)], 0, 0, 1, .6))
    p.form(front, c, 'down', k)
    for i in range(1, layers):
        yy = y - h + h * i / layers
        p.line('M%s %sH%s' % (n1(x + r * .55), n1(yy), n1(x + w - 3)), p.ink, 5, .26)
        p.line('M%s %sL%s %s' % (n1(x + w), n1(yy), n1(x + w + dx + 4), n1(yy - dy)), p.ink, 4, .2)
    return top, front


def n1(v):
    return '%.1f' % v


@draw('wool-throw')
def _(p):
    C, R = '#efe3cc', '#b4532f'
    x, y, w = 170, 1230, 640
    p.shade(poly((x, y - 420), (x + w, y - 420), (x + w + 180, y - 560), (x + w + 180, y - 140), (x + w, y), (x, y)), y)
    slab(p, x, y, w, 130, C, 2, 200, 160)
    slab(p, x + 6, y - 130, w - 4, 130, C, 2, 200, 160, False)
    # the top fold falls over the front
    x0, x1, t = x + 10, x + w + 4, y - 390
    slab(p, x, y - 260, w + 4, 130, C, 1, 200, 160, False, r=60)
    top = poly((x0 + 20, t), (x0 + 220, t - 160), (x1 + 196, t - 160), (x1, t))
    hang = curve([(x0 + 20, t, 1), (x1, t, 1), (x1 + 6, t + 30), (x1 + 4, t + 300, 1), (x0 - 6, t + 300, 1), (x0 - 4, t + 30)], True, .3)
    p.drop(hang, 14, 24, .5)
    p.fringe(x0, t + 298, x1, t + 298, 44, 62, '#c07a55', 8)
    p.add(hang, C)
    p.open(clip=hang)
    for i in range(5):
        p.add('M%s %sh56v330h-56Z' % (x0 + 30 + i * 132, t), R, .62)
    for yy in (40, 150, 260):
        p.add('M%s %sh%sv50h-%sZ' % (x0 - 10, t + yy, x1 - x0 + 30, x1 - x0 + 30), R, .62)
    p.close()
    p.add(hang, p.lin([(0, '#fff', .15), (.12, p.ink, .02), (1, p.ink, .16)], 0, 0, 0, 1))
    p.open(clip=top)
    p.add(top, tone(C, .03))
    for i in range(5):
        a = x0 + 30 + i * 132
        p.add(poly((a, t), (a + 56, t), (a + 256, t - 160), (a + 200, t - 160)), R, .55)
    for v in (.18, .62):
        p.add(poly((x0 + 200 * v, t - 160 * v), (x1 + 200 * v, t - 160 * v), (x1 + 200 * (v + .2), t - 160 * (v + .2)), (x0 + 200 * (v + .2), t - 160 * (v + .2))), R, .55)
    p.close()
    for a in (180, 420):
        p.fold(x0 + a, t + 20, x0 + a + 16, t + 290, 14, 10, .12)


def pillow(p, x, y, w, h, c, a=0):
    d = curve([(x, y - h, 1), (x + w * .25, y - h * 1.06), (x + w * .5, y - h * 1.08), (x + w * .75, y - h * 1.05), (x + w, y - h * .96, 1), (x + w * .97, y - h * .5), (x + w * 1.0, y - h * .04, 1), (x + w * .75, y + h * .05), (x + w * .5, y + h * .06), (x + w * .25, y + h * .05), (x, y, 1), (x + w * .03, y - h * .5)], True)
    p.form(d, c, p.rad([(0, '#fff', .32), (.5, '#fff', 0), (1, p.ink, .34)], .35, .2, .85))
    p.fold(x + 16, y - h + 14, x + w * .26, y - h * .7, 16, 10, .16)
    p.fold(x + w - 14, y - h * .94, x + w * .78, y - h * .66, -14, 10, .16)
    p.fold(x + 16, y - 8, x + w * .22, y - h * .25, -14, 10, .14)
    p.fold(x + w - 12, y - 12, x + w * .8, y - h * .28, 14, 10, .18)
    return d


@draw('linen-bed-set')
def _(p):
    c = '#cf9d8c'
    x, y = 190, 1240
    p.shade(poly((x, 700), (x + 660, 700), (x + 820, 600), (x + 820, 1120), (x + 660, y), (x, y)), y)
    slab(p, x, y, 680, 128, c, 3, 150, 110)
    slab(p, x + 14, y - 126, 656, 104, tone(c, .045), 2, 150, 110, False)
    slab(p, x + 4, y - 228, 670, 92, tone(c, -.03), 2, 150, 110, False)
    pillow(p, x + 20, y - 340, 760, 190, tone(c, .02))
    pillow(p, x + 36, y - 520, 720, 180, tone(c, .07))
    p.add(rrect(x + 56, y - 300, 44, 64, 4), '#f3e8dc')


@draw('waffle-towel')
def _(p):
    p.horizon = 860
    c = '#a3b19a'
    x, y, w = 190, 1220, 640
    p.shade(poly((x, 900), (x + 160, 700), (x + 820, 700), (x + 820, 1060), (x + 640, y), (x, y)), y)
    slab(p, x, y, w, 140, tone(c, -.02), 3, 200, 190)
    slab(p, x, y - 140, w, 150, c, 2, 200, 190, False)
    t = y - 290
    cell = '<path d="M0 0H34V34H0Z" fill="%s"/><path d="M5 5H29V29H5Z" fill="%s"/><path d="M5 5H29L22 12H12V22L5 29Z" fill="%s"/><path d="M12 12H22V22H12Z" fill="%s"/>' % (tone(c, .06), tone(c, -.02), tone(c, -.1), tone(c, -.06))
    top = poly((x + 20, t), (x + 216, t - 190), (x + w + 196, t - 190), (x + w, t))
    p.add(top, p.pattern(34, 34, cell, 'matrix(1 0 -1.04 1 %s 0)' % 0))
    p.add(top, p.lin([(0, '#fff', .16), (1, p.ink, .18)], 0, 0, 1, .6))
    hang = curve([(x + 20, t, 1), (x + w, t, 1), (x + w + 6, t + 30), (x + w + 4, t + 214, 1), (x - 2, t + 214, 1), (x - 4, t + 40)], True, .3)
    p.drop(hang, 12, 22, .5)
    p.add(hang, p.pattern(34, 34, cell))
    p.add(hang, p.lin([(0, '#fff', .22), (.15, '#fff', 0), (1, p.ink, .16)], 0, 0, 0, 1))
    p.add('M%s %sH%sV%sH%sZ' % (x - 2, t + 196, x + w + 5, t + 216, x - 2), tone(c, -.04))
    p.tube([(x + 120, t + 206), (x + 128, t + 262), (x + 152, t + 262), (x + 158, t + 206)], 9, '#e6dccb')


@draw('tea-towel-pair')
def _(p):
    p.floor = False
    p.form(rrect(120, 250, 960, 90, 14), '#b98a5c', 'down', 1, [p.grain(120, 250, 1080, 340, 4, '#6d4524', 4, .3)])
    p.drop(rrect(120, 250, 960, 90, 14), 10, 26, .7)

    def towel(x, w, L, stripes):
        d = curve([(x + w * .5 - 18, 330, 1), (x + w * .5 + 18, 330, 1), (x + w * .8, 470), (x + w * .96, 640), (x + w, L, 1), (x + w * .72, L + 16), (x + w * .5, L - 6), (x + w * .24, L + 14), (x, L - 4, 1), (x + w * .05, 640), (x + w * .2, 470)], True)
        p.drop(d, 40, 46, .7)
        p.add(d, '#f7f3ea')
        p.open(clip=d)
        for y, hh in stripes:
            p.add('M%s %sQ%s %s %s %sT%s %sV%sQ%s %s %s %sT%s %sZ' % (x - 10, y, x + w * .25, y + 22, x + w * .5, y, x + w + 10, y, y + hh, x + w * .75, y + hh - 22, x + w * .5, y + hh, x - 10, y + hh), '#2e4268')
        p.close()
        p.add(d, p.lin([(0, p.ink, .06), (.2, '#fff', .3), (.36, p.ink, .1), (.52, '#fff', .15), (.68, p.ink, .16), (.82, '#fff', .05), (1, p.ink, .26)]))
        for a, b in ((.42, .3), (.5, .52), (.56, .72)):
            p.fold(x + w * a, 350, x + w * b, L - 120, 12, 13, .15)
        p.tube([(x + w * .5 - 12, 340), (x + w * .5 - 10, 296), (x + w * .5 + 10, 296), (x + w * .5 + 12, 340)], 7, '#2e4268')
    towel(180, 370, 1190, ((960, 26), (1004, 70), (1092, 26)))
    towel(640, 370, 1120, ((900, 14), (930, 14), (960, 14), (990, 14), (1020, 14)))
    for x in (365, 825):
        p.drop(oval(x, 292, 26), 14, 20)
        p.form(oval(x, 290, 27), '#d3a97b', 'ball')
    p.form(oval(595, 290, 27), '#d3a97b', 'ball')


@draw('corduroy-cushion')
def _(p):
    c = '#c58d2f'
    d = curve([(240, 560, 1), (420, 588), (590, 590), (760, 580), (950, 545, 1), (930, 730), (934, 900), (968, 1226, 1), (780, 1212), (600, 1222), (430, 1214), (226, 1236, 1), (256, 1060), (262, 900), (256, 720)], True)
    p.shade(d, 1236, .34)
    p.contact(610, 1226, 340, 36, .6)
    p.add(d, c)
    p.open(clip=d)
    dk, lt = '', ''
    for i in range(25):
        u = -1 + i / 12
        X = 600 + u * 352
        b = u * 40
        s = 'M%.0f 530Q%.0f 900 %.0f 1250' % (X + u * 10, X - b * .6 + b * .9, X + u * 14)
        dk += s
        lt += 'M%.0f 530Q%.0f 900 %.0f 1250' % (X + u * 10 - 10, X - b * .6 + b * .9 - 10, X + u * 14 - 10)
    p.line(dk, '#7f5414', 8, .55, False)
    p.line(lt, '#f0c269', 6, .5, False)
    p.close()
    p.add(d, p.rad([(0, '#fff', .25), (.45, '#fff', 0), (.75, p.ink, .16), (1, p.ink, .5)], .4, .36, .75))
    p.line(d, '#8f6019', 7, .7)
    for q in ((252, 574, 380, 690, 20), (940, 560, 820, 690, -20), (955, 1212, 840, 1080, 20), (240, 1222, 360, 1100, -20)):
        p.fold(*q[:4], q[4], 16, .22)


@draw('jute-rug')
def _(p):
    p.horizon = 430
    p.table = '#b9927a'
    c, y, k = 600, 930, .46
    for i in range(4):
        p.line('M%s 430L%s 1500' % (330 + i * 180, -140 + i * 500), p.ink, 4, .12)
    p.drop(oval(c, y + 12, 500, 500 * k), 10, 16, 1)
    p.add(oval(c, y + 14, 505, 505 * k), '#8f713f')
    p.add(oval(c, y, 505, 505 * k), '#cfad6c')
    for i in range(11):
        r = 484 - i * 46
        if r < 12:
            break
        col = ('#d9ba7c', '#c9a45f', '#dec38b')[i % 3]
        p.line(oval(c, y, r, r * k), col, 30 - i * .4)
        p.raw('<path d="%s" fill="none" stroke="#8f6d35" stroke-width="%d" stroke-dasharray="5 19" opacity=".5"/>' % (oval(c, y, r, r * k), 22))
        p.line(oval(c, y, r - 23, (r - 23) * k), '#7d5f2f', 5, .4)
    p.add(oval(c, y, 505, 505 * k), p.flat(.9))
    # skirting and a chair's shadow would be too much: a pair of clogs is enough
    p.add('M0 380H1200V430H0Z', tone(p.wall, .04))
    p.line('M0 380H1200', p.ink, 3, .12)


@draw('linen-tablecloth')
def _(p):
    p.horizon = 1290
    c = '#e3d7bf'
    cx = 660
    top = poly((-20, 640), (430, 560), (1220, 610), (1220, 700), (cx, 800), (-20, 720))
    left = curve([(-20, 700, 1), (cx, 800, 1), (cx + 6, 900), (cx - 14, 1260, 1), (cx - 90, 1236), (cx - 170, 1262), (cx - 270, 1216), (cx - 380, 1238), (cx - 480, 1190), (cx - 580, 1206), (-20, 1170, 1)], True)
    right = curve([(cx, 800, 1), (1220, 690, 1), (1220, 1140, 1), (1120, 1180), (1020, 1160), (930, 1212), (830, 1196), (cx + 70, 1262), (cx - 14, 1260, 1), (cx + 6, 900)], True)
    p.add(poly((60, 1180), (110, 1180), (110, 1400), (70, 1400)), '#8b5d3f')
    p.add(poly((640, 1200), (700, 1200), (694, 1450), (650, 1450)), '#7d5236')
    p.add(poly((1100, 1150), (1146, 1150), (1140, 1370), (1106, 1370)), '#6f472f')
    p.contact(672, 1446, 46, 12, .7)
    p.contact(90, 1398, 36, 9, .6)
    p.contact(1124, 1368, 34, 8, .6)
    p.form(right, tone(c, -.07), p.lin([(0, '#fff', .06), (1, p.ink, .25)]))
    p.form(left, tone(c, -.015), p.lin([(0, '#fff', .1), (1, p.ink, .1)], 0, 0, .4, 1))
    p.form(poly((-20, 600), (430, 545), (1220, 590), (1220, 690), (cx, 800), (-20, 700)), tone(c, .04), 'flat', .6)
    for x, b, e in ((60, 90, 1180), (150, 180, 1200), (250, 290, 1220), (360, 390, 1226), (470, 500, 1250), (570, 590, 1244)):
        t = 700 + (x + 20) / 680 * 100
        p.fold(x, t + 10, b, e, -12, 22, .11)
        p.fold(x + 34, t + 20, b + 42, e - 10, -8, 14, .3, '#ffffff')
    for x, b, e in ((740, 730, 1230), (830, 836, 1190), (930, 930, 1200), (1030, 1020, 1160), (1130, 1130, 1170)):
        p.fold(x, 800 - (x - 660) * .19 + 10, b, e, 12, 20, .16)
    p.fold(cx, 806, cx - 10, 1250, 4, 16, .22)
    p.lathe(520, [(110, 560), (106, 590), (70, 650), (50, 668)], '#6f8a94', open='#4b636d', rim=8)
    for x, yy in ((478, 548), (540, 540), (510, 520)):
        p.open(clip='M0 0H1200V562Q520 590 0 562Z')
        p.form(oval(x, yy, 40), '#d0663f' if x != 540 else '#dc8a4c', 'ball')
        p.close()
    p.line('M410 561A110 12 0 0 0 630 561', '#8fa8b1', 8)


@draw('cotton-bath-mat')
def _(p):
    p.horizon = 560
    c = '#66809a'
    loops = p.pattern(26, 18, '<path d="M3 12q6-12 12 0M16 21q6-12 12 0M-10 21q6-12 12 0" fill="none" stroke="%s" stroke-width="4"/><path d="M6 13q5-9 10 0" fill="none" stroke="%s" stroke-width="2"/>' % (tone(c, -.07), tone(c, .1)))
    q = [(110, 1160), (300, 800), (1010, 790), (1100, 1010), (900, 1170)]
    d = curve([(110, 1170, 1), (290, 800, 1), (1000, 790, 1), (1108, 1160, 1)], True)
    body = curve([(120, 1180, 1), (300, 800, 1), (900, 792, 1), (1060, 1000, 1), (1100, 1180, 1)], True)
    under = curve([(116, 1180, 1), (1102, 1180, 1), (1100, 1216, 1), (114, 1216, 1)], True)
    p.drop(curve([(116, 1200, 1), (300, 820, 1), (900, 800, 1), (1060, 1000, 1), (1100, 1210, 1)], True), 26, 30, .9)
    p.add(under, tone(c, -.12))
    p.add(body, c)
    p.add(body, loops)
    p.add(body, p.flat(.9))
    bd = poly((190, 1146), (340, 830), (880, 822), (1010, 1000), (1036, 1146))
    p.line(bd, tone(c, .12), 10, .9)
    p.raw(p.el('M116 1198H1100', 'none', .5, tone(c, .02), 3))
    # the corner rolled in
    p.add(curve([(820, 796), (900, 900), (1070, 1050), (1060, 1000), (960, 860)], True), p.ink, .35)
    r = ribbon([(812, 846), (900, 940), (1084, 1084)], [120, 124, 128])
    roll = curve([(770, 870), (790, 800), (850, 790), (900, 850), (1096, 1010), (1120, 1070), (1080, 1120), (1020, 1110), (850, 960)], True, .3)
    p.add(ribbon([(800, 900), (900, 985), (1040, 1105)], [70, 80, 60]), p.ink, .3)
    p.form(roll, '#d9d2c4', p.lin([(0, '#fff', .2), (.4, '#fff', .25), (1, p.ink, .35)], .6, .2, .3, .7))
    p.form(oval(1072, 1068, 56, 62), c, 'ball', .6)
    p.line('M1072 1010a50 54 0 1 1 -44 70a38 40 0 0 1 44 -48a24 26 0 0 1 16 40', '#d9d2c4', 9)
    p.add('M0 500H1200V560H0Z', tone(p.wall, .04))
    p.line('M0 500H1200', p.ink, 3, .12)


@draw('hot-water-bottle')
def _(p):
    c, C = 590, '#f0e6d2'
    d = sym(c, [(66, 500), (86, 590), (230, 660), (268, 760), (272, 1000), (262, 1160), (190, 1238), (60, 1246)])
    p.shade(d, 1240)
    p.contact(c, 1240, 220, 34, .55)
    p.form(sym(c, [(40, 330), (48, 350), (40, 380), (44, 470), (60, 500)]), '#8f4a3a', 'cyl')
    p.lathe(c, [(50, 312), (58, 320), (58, 352), (46, 362)], '#a85b48', cast=False, seat=False)
    p.add(d, C)
    p.open(clip=d)
    p.add('M300 480H880V1260H300Z', p.pattern(16, 14, '<path d="M2 2l6 8l6-8" fill="none" stroke="#cbb898" stroke-width="2.6" opacity=".55"/>'))

    lobe = curve([(6, 0), (32, 6), (72, 66), (70, 88), (42, 82), (6, 30)], True)
    cable = p.pattern(78, 57, '<path d="M0 0H78V57H0Z" fill="#ddccac"/>' + ''.join('<path d="%s" fill="#fbf5e8" stroke="#c9b591" stroke-width="3" transform="translate(0 %d)"/>' % (lobe, k) for k in (-114, -57, 0, 57)), 'translate(551 0)')
    for x in (c - 156, c, c + 156):
        p.add('M%s 590h78v670h-78Z' % (x - 39), cable)
    p.close()
    p.add(d, p.cyl(1))
    p.add(d, p.lin([(0, p.ink, .1), (.2, p.ink, 0), (.8, p.ink, 0), (1, p.ink, .25)], 0, 0, 0, 1))
    roll = curve([(c - 96, 470), (c - 60, 452), (c, 448), (c + 60, 452), (c + 96, 470), (c + 108, 540), (c + 90, 592), (c, 606), (c - 90, 592), (c - 108, 540)], True)
    p.form(roll, C, 'cyl', 1, [p.el(''.join('M%s 440V610' % (c - 100 + i * 20) for i in range(11)), 'none', .6, '#c9b591', 6)])


@draw('oven-glove-pair')
def _(p):
    p.floor = False
    T = '#bd6543'
    p.drop(oval(600, 236, 40), 16, 22)

    def mitt(x, y, flip, rotd, c):
        p.cast.append('<g transform="translate(30 36)translate(%s %s)rotate(%s)scale(%s 1)"><path d="%s"/></g>' % (x, y, rotd, flip, D))
        p.open('translate(%s %s) rotate(%s) scale(%s 1)' % (x, y, rotd, flip))
        p.add(D, c)
        p.add(D, p.pattern(62, 62, '<path d="M0 0H62M0 0V62" stroke="%s" stroke-width="5"/><path d="M0 5H62M5 0V62" stroke="%s" stroke-width="4" opacity=".6"/>' % (tone(c, -.1), tone(c, .1)), 'rotate(45)'))
        p.add(D, p.lin([(0, '#fff', .2), (.4, '#fff', 0), (1, p.ink, .35)], 0 if flip > 0 else 1, 0, 1 if flip > 0 else 0, .4))
        p.line(D, tone(c, -.12), 6, .7)
        p.form(rrect(-150, -12, 300, 66, 16), '#efe2cb', 'flat')
        p.line('M-138 40H138', '#bfa57f', 4, .7)
        p.close()
    D = curve([(-136, 0, 1), (136, 0, 1), (140, 220), (176, 330), (250, 330), (282, 400), (230, 470), (160, 540), (150, 640), (110, 770), (0, 812), (-110, 770), (-150, 640), (-152, 300)], True)
    p.tube([(600, 240), (700, 330), (720, 420)], 12, '#efe2cb', drop=True)
    mitt(748, 400, 1, -12, tone(T, -.045))
    p.tube([(600, 240), (520, 330), (480, 430)], 12, '#efe2cb')
    mitt(460, 430, 1, 10, T)
    p.form(oval(600, 232, 34), '#c99a62', 'ball')
    p.form(oval(594, 226, 14), '#ddb784', 'ball', .5)


draw = section('plants-pots')


def spray(p, x, y, leaves, stem='#6a7a4c', w=7):
    """Leaves on short stalks from one place: (dx, dy, length, angle, width, colour)."""
    for dx, dy, L, a, wd, c in leaves:
        p.line('M%d %dQ%d %d %d %d' % (x + dx * .1, y, x + dx * .3, y + dy * .7, x + dx, y + dy), stem, w)
    for dx, dy, L, a, wd, c in leaves:
        p.leaf(x + dx, y + dy, L, a, wd, c, '#cfe0b8')


@draw('terracotta-pot')
def _(p):
    c, T = 570, '#c4714a'
    gs = ('#4f7a4e', '#638e5a', '#3f6745', '#7ba269')
    p.lathe(c, [(226, 1190), (230, 1200), (200, 1240)], T, open='#8d4a2c', rim=10)
    spray(p, c, 820, [(dx, dy, L, a, w, gs[i % 4]) for i, (dx, dy, L, a, w) in enumerate((
        (-60, -200, 240, -18, 110), (70, -210, 230, 22, 110), (-150, -120, 210, -62, 100), (160, -130, 215, 58, 100), (0, -300, 230, 2, 105), (-190, -10, 170, -105, 84), (200, -20, 175, 102, 86), (-90, -40, 190, -40, 96), (100, -50, 195, 46, 96), (10, -90, 200, 8, 104)))])
    p.shade(oval(c, 640, 230, 200), 1240)
    p.lathe(c, [(200, 880), (146, 1210)], T, seat=False, bands=[(880, 912, '#8f4d31', .6)], inner=[p.speck(380, 900, 760, 1220, 30, '#e7b394', 5, .5)])
    p.lathe(c, [(222, 790), (226, 800), (220, 880, 1)], T, cast=False, seat=False)
    p.add('M%s 790A222 %s 0 0 0 %s 790A222 14 0 0 1 %s 790Z' % (c - 222, 222 * p.tilt(790), c + 222, c - 222), '#d98d66')
    p.leaf(c - 40, 806, 150, -128, 80, gs[1], '#cfe0b8')
    p.leaf(c + 60, 806, 140, 124, 76, gs[0], '#cfe0b8')


@draw('glazed-planter')
def _(p):
    c, G = 580, '#1f4d3f'
    pot = [(250, 920), (254, 935), (250, 1200), (232, 1240)]
    p.lathe(c, pot, G, open='#3a2a1c', rim=16, rimc='#3f7562', gloss=.5)
    p.shade(ribbon([(c, 960), (c + 20, 400)], [260, 120]), 1240)

    def sword(x, tip, top, w, col, bend):
        y = 950
        m = ((x + tip) / 2 + bend, (y + top) / 2)
        d = ribbon([(x, y), m, (tip, top)], [w * .7, w, 2])
        p.add(d, '#d8cf86')
        inn = ribbon([(x, y), m, (tip, top + 16)], [w * .5, w * .74, 1])
        cross = ''.join('M%d %dq%d %d %d 0' % (min(x, tip) - 60, yy, 40 + abs(tip - x) / 2, 16, 120 + abs(tip - x)) for yy in range(int(top) + 50, 940, 44))
        p.form(inn, col, p.lin([(0, '#fff', .12), (.5, '#fff', 0), (1, p.ink, .3)]), 1, [p.el(cross, 'none', .4, tone(col, .16), 9)])
    for a in ((500, 330, 520, 92, '#3f6b4c', -20), (690, 850, 560, 92, '#345c44', 24), (560, 480, 310, 104, '#47774f', -16), (640, 720, 350, 100, '#3b664a', 18), (610, 600, 230, 108, '#4d7f55', 6), (530, 420, 640, 84, '#578a5c', -14), (670, 780, 690, 80, '#47774f', 16)):
        sword(*a)
    p.lathe(c, pot, G, cast=False, seat=False, front=True, gloss=.5, k=1.1, inner=[])
    p.line('M%s 920A250 %s 0 0 0 %s 920' % (c - 250, 250 * p.tilt(920), c + 250), '#3f7562', 15)


@draw('watering-can')
def _(p):
    c, C = 660, '#efe5cd'
    sp = ribbon([(c - 150, 1150), (c - 300, 960), (c - 420, 760), (c - 500, 640)], [86, 52, 36, 30])
    p.shade(sp, 1240)
    p.tube([(c - 150, 850), (c - 110, 620), (c + 90, 540), (c + 300, 700), (c + 300, 980), (c + 190, 1110)], 30, C, by=1240)
    p.form(sp, C, p.lin([(0, '#fff', .3), (.5, '#fff', 0), (1, p.ink, .35)], .2, .6, .7, .3))
    p.form(poly(*rot([(c - 480, 655), (c - 480, 695), (c - 580, 735), (c - 580, 615)], 52, c - 490, 665)), '#c9a25c', 'down')
    q = rot([(c - 580, 675)], 52, c - 490, 665)[0]
    p.open('rotate(52 %.1f %.1f)' % q)
    p.form(oval(q[0], q[1], 19, 61), '#e2c07e', 'flat', 1, [p.speck(q[0] - 16, q[1] - 52, q[0] + 16, q[1] + 52, 22, '#7d5d22', 7, .8)])
    p.close()
    body = [(172, 820), (176, 836), (206, 1190), (206, 1220), (196, 1240, 1)]
    p.lathe(c, body, C, open='#8f8264', rim=12, bands=[(1150, 1162, '#c9a25c')])
    p.form('M%s 820A172 %s 0 0 1 %s 820Z' % (c - 172, 172 * p.tilt(820), c + 60), tone(C, .01), 'flat')
    p.gloss(c, body, .5, -.66, .1)
    p.line('M%s 1000L%s 930' % (c - 240, c - 170), '#cdbf9d', 12)
    p.line('M%s 998L%s 928' % (c - 242, c - 172), '#f7efdc', 4)


@draw('bud-vase')
def _(p):
    c, P = 580, '#6b3b56'
    p.tube([(c + 4, 800), (c - 6, 640), (c + 26, 430)], 11, '#6f8a55', by=1240, hi=.15)
    p.shade(oval(c + 30, 360, 110, 90), 1240)
    p.leaf(c - 4, 660, 170, -58, 56, '#6f9160', '#c9dbb4')
    p.leaf(c + 4, 580, 130, 64, 46, '#5f8253', '#c9dbb4')
    F = (c + 30, 380)
    for i in range(9):
        p.leaf(F[0], F[1], 128, i * 40 + 10, 62, '#e7a58d' if i % 2 else '#efbba3', bend=0)
    for i in range(7):
        p.leaf(F[0], F[1], 84, i * 51 + 30, 46, '#f4cdb8' if i % 2 else '#eeb8a0', bend=0)
    p.form(oval(F[0], F[1], 34, 32), '#d9a441', 'ball', 1, [p.speck(F[0] - 30, F[1] - 30, F[0] + 30, F[1] + 30, 24, '#8a5a1f', 6, .7)])
    prof = [(46, 740), (36, 770), (36, 860), (60, 930), (170, 1020), (186, 1110), (150, 1215), (110, 1240)]
    p.lathe(c, prof, P, open='#3a1d2e', rim=8, rimc='#8a5874', gloss=.5)
    p.stem([(c + 3, 750), (c + 3, 741)], '#4d613a', 9)


@draw('hanging-planter')
def _(p):
    p.floor = False
    c = 590
    R = '#d8c19a'
    p.drop(oval(c, 820, 290, 200), 70, 60, .8)
    p.form(oval(c, 150, 30), BRASS, 'ball')
    p.line('M590 0V130', '#8b7a5c', 9)
    for x in (-30, 30):
        p.tube([(c, 170), (c + x * 3, 480), (c + x * 5, 720)], 9, R)
    gs = ('#5f8a58', '#77a06a', '#4a7349', '#8db07a')
    spray(p, c, 740, [(dx, dy, L, a, 60, gs[i % 4]) for i, (dx, dy, L, a) in enumerate(((-60, -90, 150, -20), (60, -100, 150, 24), (0, -150, 150, 0), (-130, -50, 140, -60), (130, -50, 140, 58)))])
    bowl = [(290, 720), (292, 740), (240, 900), (140, 990), (80, 1005)]
    p.lathe(c, bowl, '#f5f1e8', open='#4b3a28', rim=14, cast=False, seat=False, front=False)
    p.open(clip='M0 0H1200V745H0Z')
    spray(p, c, 740, [(dx, dy, L, a, 64, gs[(i + 1) % 4]) for i, (dx, dy, L, a) in enumerate(((-90, -20, 150, -48), (90, -20, 150, 44), (0, -30, 160, 6), (-160, 0, 120, -80), (160, 0, 120, 78)))])
    p.close()
    for x in (-1, 1):
        p.tube([(c, 170), (c + x * 150, 500), (c + x * 286, 724), (c + x * 200, 930), (c, 1030)], 10, R)
    p.tube([(c, 170), (c - 20, 500), (c - 30, 760), (c - 10, 920), (c, 1030)], 10, R)
    p.form(oval(c, 1036, 28, 32), R, 'ball')
    p.fringe(c - 20, 1060, c + 20, 1060, 9, 120, R, 6)

    def trail(pts, s):
        p.line(curve(pts), '#6a8a52', 6)
        for i in range(len(pts) - 1):
            for t in (.25, .75) if i < 2 else (.6,):
                x = pts[i][0] + (pts[i + 1][0] - pts[i][0]) * t
                y = pts[i][1] + (pts[i + 1][1] - pts[i][1]) * t
                a = 180 + (70 if (i * 2 + (t > .5)) % 2 else -70)
                p.leaf(x, y, 82 - i * 4, a, 50, gs[(i + int(t * 3)) % 4], '#d6e5c2', bend=0)
    trail([(c - 200, 745), (c - 250, 840), (c - 236, 960), (c - 262, 1080), (c - 240, 1200)], -1)
    trail([(c + 180, 752), (c + 236, 860), (c + 226, 980), (c + 250, 1090)], 1)
    trail([(c + 70, 770), (c + 88, 900), (c + 76, 1010), (c + 92, 1130), (c + 80, 1260)], 1)


@draw('hand-trowel')
def _(p):
    c = 590
    soil = curve([(130, 1270), (220, 1190), (360, 1150), (480, 1080), (600, 1050), (730, 1090), (850, 1160), (980, 1200), (1060, 1272), (800, 1316), (400, 1316)], True)
    p.shade(soil, 1300)
    p.open('rotate(9 590 1100)')
    bl = sym(c, [(26, 700), (90, 740), (108, 860), (92, 1040), (0, 1240, 1)])
    p.form(bl, '#a9b0b1', p.lin([(0, '#fff', .5), (.48, p.ink, .12), (.52, '#fff', .35), (1, p.ink, .35)]))
    p.add(sym(c, [(14, 690), (30, 760), (12, 900), (0, 960, 1)]), p.ink, .22)
    p.form(ribbon([(c, 740), (c, 660), (c, 600)], [44, 30, 28]), '#8f9697', 'metal', .8)
    p.lathe(c, [(30, 560), (34, 570), (30, 630)], BRASS, sh='metal', cast=False, seat=False)
    p.tube([(c, 240), (c - 50, 150), (c, 96), (c + 50, 150), (c, 240)], 10, '#7a4a2c')
    p.lathe(c, [(28, 230), (42, 250), (46, 330), (36, 420), (44, 500), (32, 566)], '#d8b483', cast=False, seat=False, gloss=.4, inner=[p.grain(540, 230, 640, 570, 4, '#8a6238', 3, .35, True, 4)])
    p.add(oval(c, 262, 8, 7), '#5a3a24')
    p.close()
    p.shade(ribbon([(c - 20, 1200), (c + 130, 240)], [180, 60]), 1260)
    front = curve([(150, 1270), (260, 1200), (400, 1170), (500, 1110), (590, 1136), (690, 1110), (850, 1180), (980, 1215), (1050, 1272), (800, 1316), (400, 1316)], True)
    p.form(front, '#55402f', 'down', 1.2, [p.speck(160, 1120, 1040, 1310, 90, '#8a6d50', 9, .7), p.speck(160, 1120, 1040, 1310, 90, '#2b1d13', 11, .6, 4)])
    p.stem([(320, 1190), (316, 1140), (330, 1096)], '#7c9a5a', 8)
    p.leaf(328, 1110, 70, -60, 36, '#7fa562', bend=0)
    p.leaf(328, 1106, 70, 56, 36, '#6b9154', bend=0)


@draw('brass-plant-mister')
def _(p):
    c = 560
    prof = [(56, 760), (60, 800), (90, 840), (210, 930), (246, 1050), (210, 1180), (140, 1236), (120, 1242)]
    p.lathe(c, prof, BRASS, sh='metal', k=.8)
    p.gloss(c, prof, .6, -.6, .1, .3, .8)
    p.lathe(c, [(62, 690), (66, 700), (66, 770), (58, 780)], '#b48a3e', sh='metal', k=.8, cast=False, seat=False)
    for i in range(7):
        p.line('M%s 706V764' % (c - 54 + i * 18), '#7d5a20', 4, .5)
    p.shade(ribbon([(c, 760), (c, 480)], [120, 60]), 1240)
    p.lathe(c, [(46, 600), (50, 612), (46, 694)], BRASS, sh='metal', k=.8, cast=False, seat=False)
    p.form(ribbon([(c - 30, 640), (c - 130, 636), (c - 160, 634)], [40, 34, 50]), BRASS, 'down', 1.4)
    p.add(oval(c - 162, 634, 9, 24), '#7d5a20')
    p.lathe(c, [(17, 500), (17, 604)], '#d9bd7d', sh='metal', cast=False, seat=False)
    p.lathe(c, [(56, 470), (62, 480), (58, 502), (18, 516)], BRASS, sh='metal', k=.8, cast=False, seat=False)
    p.add(oval(c, 471, 56, 6), '#e8cf95')
    for i, (x, y) in enumerate(((-50, -40), (-80, -10), (-76, 30), (-120, -56), (-130, 0), (-116, 48), (-170, -34), (-176, 24))):
        p.add(oval(c - 160 + x, 634 + y, 6 - i * .3), '#ffffff', .75)


@draw('herb-window-box')
def _(p):
    x, y, w, h, dx, dy = 130, 1220, 820, 250, 110, 60
    p.shade(poly((x, y - 500), (x + w, y - 500), (x + w + dx, y - 300), (x + w + dx, y - dy), (x + w, y), (x, y)), y)
    p.seat(x, y, w, dx, dy)
    p.add(poly((x, y - h), (x + dx, y - h - dy), (x + w + dx, y - h - dy), (x + w, y - h)), '#4a3828')
    # rosemary
    for bx, tx, ty in ((230, 170, 650), (280, 270, 550), (340, 390, 630)):
        pts = [(bx, 960), ((bx + tx) / 2 + 6, (960 + ty) / 2), (tx, ty)]
        p.line(curve(pts), '#6d6a48', 7)
        for k in range(6):
            t = .3 + k * .13
            X, Y = bx + (tx - bx) * t, 960 + (ty - 960) * t
            for a in (-48, 48):
                p.leaf(X, Y, 80 - k * 4, a + (tx - bx) * .2, 14, ('#6f8f70', '#5b7b60')[a > 0], bend=0)
    # basil
    gs = ('#5f9a4a', '#7bb05d', '#4c843f')
    spray(p, 570, 960, [(dx, dy, L, a, L * .62, gs[i % 3]) for i, (dx, dy, L, a) in enumerate(((0, -260, 130, 4), (-60, -210, 130, -46), (66, -200, 130, 48), (-110, -110, 130, -70), (116, -110, 130, 70), (-40, -120, 130, -24), (46, -110, 130, 26), (0, -60, 120, 0)))])
    # chives
    d1 = d2 = ''
    for i in range(17):
        u = -1 + i / 8
        s = 'M%d 960Q%d 760 %d %d' % (850 + u * 60, 850 + u * 70, 850 + u * 150 + (i % 3) * 12, 600 + abs(u) * 90 + (i % 4) * 26)
        if i % 2:
            d1 += s
        else:
            d2 += s
    p.line(d1, '#56864e', 11)
    p.line(d2, '#7aa765', 9)
    for X, Y in ((770, 640), (880, 590), (968, 690)):
        p.form(oval(X, Y, 32, 28), '#a98bb5', 'ball', 1, [p.speck(X - 30, Y - 28, X + 30, Y + 28, 16, '#e0cfe6', 6, .8)])
    f = poly((x, y - h), (x + w, y - h), (x + w - 16, y), (x + 16, y))
    p.form(f, '#a3abab', p.lin([(0, '#fff', .3), (.3, '#fff', 0), (.5, '#fff', .16), (1, p.ink, .16)], 0, 0, 1, .3))
    p.form(poly((x + w, y - h), (x + w + dx, y - h - dy), (x + w + dx - 12, y - dy), (x + w - 16, y)), '#7c8586', p.lin([(0, '#fff', .1), (1, p.ink, .25)]))
    p.tube([], 16, '#bcc3c2', d='M%s %sH%sl%s %s' % (x, y - h, x + w, dx, -dy))
    p.line('M%s %sH%s' % (x + 22, y - 60, x + w - 24), '#7d8586', 6, .6)
    p.line('M%s %sH%s' % (x + 22, y - 54, x + w - 24), '#fff', 4, .4)


@draw('plant-stand')
def _(p):
    c = 590
    B = '#d6ad78'
    for x0, x1, y in ((c + 30, c + 60, 1170),):
        p.tube([(x0, 900), (x1, y)], 30, tone(B, -.08), by=1180)
    p.lathe(c, [(184, 960), (186, 970), (184, 1004)], tone(B, -.05), cast=False, seat=False)
    gs = ('#4f8050', '#669860', '#3f6c46', '#7aab6c')
    p.shade(oval(c, 620, 200, 180), 1240, op=.7)

    def frond(x, y, a, L, b, col):
        pts = []
        for i in range(6):
            t = i / 5
            an = math.radians(a + b * t)
            pts.append((x + L * t * math.sin(an), y - L * t * math.cos(an)))
        p.line(curve(pts), tone(col, -.06), 6)
        for i in range(1, 8):
            t = i / 8 + .08
            an = math.radians(a + b * t)
            X, Y = x + L * t * math.sin(an), y - L * t * math.cos(an)
            l = 92 * math.sin(math.pi * (1 - t * .92)) ** .7
            for s in (-1, 1):
                p.leaf(X, Y, max(26, l), a + 2 * b * t + s * 60, max(26, l) * .26, col, bend=0)
    for i, (a, L, b) in enumerate(((-58, 380, -34), (58, 380, 34), (-28, 440, -26), (30, 430, 26), (2, 450, 4))):
        frond(c, 720, a, L, b, gs[i % 4])
    pot = [(176, 690), (180, 704), (158, 960), (140, 1020)]
    p.lathe(c, pot, '#f4f0e8', seat=False, gloss=.4)
    p.leaf(c - 60, 704, 150, -112, 30, gs[1], bend=0)
    p.leaf(c + 70, 704, 150, 108, 30, gs[0], bend=0)
    ring = [(186, 950), (190, 960), (186, 996)]
    p.lathe(c, ring, B, cast=True, seat=False, front=True, inner=[])
    for s, y in ((-1, 1240), (1, 1250)):
        p.tube([(c + s * 150, 900), (c + s * 205, y)], 32, B, by=1245)
        p.contact(c + s * 205, y + 4, 22, 8, .6)


@draw('seed-tin')
def _(p):
    O = '#7a7a45'
    x, y, w, h, dx, dy = 170, 1220, 700, 190, 150, 110
    p.shade(poly((x, y - h), (x + dx, y - 640), (x + w + dx, y - 640), (x + w + dx, y - dy), (x + w, y), (x, y)), y)
    p.seat(x, y, w, dx, dy)
    lid = poly((x + dx, y - h - dy), (x + w + dx, y - h - dy), (x + w + dx + 40, y - h - dy - 330), (x + dx + 40, y - h - dy - 330))
    p.form(lid, tone(O, .02), 'flat', 1.1)
    p.line('M%s %sL%s %sL%s %sL%s %sZ' % (x + dx + 28, y - h - dy - 18, x + w + dx - 22, y - h - dy - 18, x + w + dx + 12, y - h - dy - 306, x + dx + 60, y - h - dy - 306), tone(O, .12), 5, .8)
    p.add(poly((x, y - h), (x + dx, y - h - dy), (x + w + dx, y - h - dy), (x + w, y - h)), '#3d3d20')
    for X in (x + dx + 120, x + w + dx - 120):
        p.add(rrect(X, y - h - dy - 12, 60, 20, 8), BRASS)

    def packet(px, py, ww, hh, c, kind):
        p.open('translate(%s %s) skewY(-2)' % (px, py))
        p.form(rrect(0, 0, ww, hh, 5), c, 'flat')
        p.add('M0 0H%sV24H0Z' % ww, p.ink, .12)
        p.add(rrect(16, 44, ww - 32, hh - 70, 6), '#fbf4e2')
        m = ww / 2
        if kind == 0:
            p.form(sym(m, [(6, 110, 1), (26, 130), (18, 190), (0, 250, 1)]), '#dd7f3b', 'cyl')
            for a in (-30, 0, 30):
                p.leaf(m, 116, 56, a, 18, '#6b9a4f', bend=0)
        elif kind == 1:
            p.stem([(m, 260), (m, 150)], '#6b9a4f', 6)
            for i in range(8):
                p.leaf(m, 130, 50, i * 45, 24, '#e6b03f', bend=0)
            p.form(oval(m, 130, 18), '#6b4423', 'ball')
        elif kind == 2:
            p.form(oval(m, 170, 46, 42), '#c8452f', 'ball')
            for i in range(5):
                p.leaf(m, 134, 30, -80 + i * 40, 10, '#5d8a45', bend=0)
        else:
            for a in (-40, -14, 14, 40):
                p.leaf(m, 250, 130, a, 44, ('#5f9a4a', '#7bb05d')[a > 0], '#dcebc8', bend=0)
        p.close()
    packet(330, 720, 180, 300, '#a9c0a0', 1)
    packet(560, 690, 180, 300, '#e1b9a0', 2)
    packet(770, 730, 170, 300, '#d9c88f', 3)
    packet(440, 800, 190, 300, '#8fb0b5', 0)
    packet(660, 810, 180, 300, '#c9a7b8', 1)
    f = poly((x, y - h), (x + w, y - h), (x + w, y), (x, y))
    p.form(f, O, p.lin([(0, '#fff', .2), (.4, '#fff', 0), (1, p.ink, .2)], 0, 0, 1, .5))
    p.form(poly((x + w, y - h), (x + w + dx, y - h - dy), (x + w + dx, y - dy), (x + w, y)), tone(O, -.1), p.lin([(0, '#fff', .08), (1, p.ink, .2)]))
    p.tube([], 10, tone(O, .08), d='M%s %sH%sl%s %s' % (x, y - h, x + w, dx, -dy))
    p.form(rrect(x + 190, y - 142, 320, 96, 10), '#efe6cc', 'flat', .5)
    p.leaf(x + 300, y - 64, 66, 30, 26, '#7a7a45', '#efe6cc', bend=0)
    p.leaf(x + 390, y - 64, 66, -30, 26, '#7a7a45', '#efe6cc', bend=0)
    p.form(rrect(x + 320, y - h - 12, 60, 34, 8), BRASS, 'flat')
