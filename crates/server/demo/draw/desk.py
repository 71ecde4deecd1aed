"""Stationery."""
from book import collector
from core import curve, mix, oval, poly, ribbon, rot, rrect, sym, tone

DRAWN = {}
draw = collector(DRAWN)('stationery')
BRASS, STEEL, WOOD, WALNUT = '#c39a4e', '#b9bcbd', '#c99a62', '#7a5238'


def flat_lay(p, d, t, dx=26, dy=32, op=.8):
    p.cast.append('<g transform="translate(%s %s)%s" opacity="%s"><path d="%s"/></g>' % (dx, dy, t, op, d))


@draw('dot-notebook')
def _(p):
    p.floor = False
    c = '#2b6a6c'
    t = 'rotate(-8 600 750)'
    flat_lay(p, rrect(270, 300, 660, 900, 20), t, 40, 46)
    p.open(t)
    p.add(rrect(284, 312, 660, 900, 18), tone(c, -.12))
    p.add('M300 320H934V1204H300Z', '#efe6d2')
    p.line('M936 330V1196M928 330V1198', '#b9a988', 3, .7)
    p.add('M300 1196H934V1206H300Z', '#cbbd9f')
    p.tube([(700, 1190), (704, 1260), (690, 1320)], 16, '#d98b5f', hi=.2)
    weave = p.pattern(10, 10, '<path d="M0 3H10M3 0V10" stroke="#fff" stroke-width="1.5" opacity=".13"/><path d="M0 8H10M8 0V10" stroke="%s" stroke-width="1.5" opacity=".2"/>' % p.ink)
    p.form(rrect(266, 300, 656, 896, 20), c, 'flat', 1, [p.el('M260 290H930V1200H260Z', weave)])
    p.add('M266 320Q266 300 286 300H338V1196H286Q266 1196 266 1176Z', p.ink, .14)
    p.line('M340 302V1194', p.ink, 5, .25)
    p.line('M346 302V1194', '#fff', 3, .15)
    p.add(rrect(480, 470, 280, 150, 6), '#f1e7d0')
    p.line('M516 522H724M516 566H660', '#2b6a6c', 5, .7)
    p.add('M858 300h26v896h-26Z', '#17393b')
    p.add('M858 300h9v896h-9Z', '#fff', .14)
    p.close()


@draw('brass-pen')
def _(p):
    p.floor = False
    t = 'rotate(-11 600 750)'
    sh = poly((230, 240), (960, 240), (960, 1270), (230, 1270))
    flat_lay(p, sh, t, 16, 20, .6)
    p.open(t)
    p.form(sh, '#fbf6ea', 'flat', .4)
    p.close()
    hand = 'M330 470c40 -60 70 40 100 -10s50 30 90 0s60 20 110 -6s70 14 120 -8M330 570c50 -50 60 34 110 -6s70 26 120 -4s80 20 130 -10M330 670c40 -46 80 34 120 -6s40 26 90 0'
    p.line(hand, '#3f5a78', 7, .75)
    t = 'rotate(38 600 800)'
    body = poly((300, 768), (960, 768), (960, 832), (300, 832))
    tip = curve([(300, 768, 1), (250, 776), (180, 792), (150, 796, 1), (150, 804, 1), (180, 808), (250, 824), (300, 832, 1)], True)
    flat_lay(p, body + tip, t, 20, 34)
    p.open(t)
    p.form(tip, BRASS, p.lin([(0, '#fff', .5), (.4, '#fff', .1), (1, p.ink, .5)], 0, 0, 0, 1))
    p.add(rrect(126, 795, 28, 10, 4), '#8b8f92')
    for y, h, cc in ((768, 18, tone(BRASS, .14)), (786, 26, BRASS), (812, 20, tone(BRASS, -.14))):
        p.add('M300 %sH960V%sH300Z' % (y, y + h), cc)
    p.line('M310 777H940', '#fff', 5, .5)
    p.add('M300 768h12v64h-12ZM700 768h10v64h-10Z', p.ink, .25)
    p.form(rrect(960, 774, 40, 52, 4), tone(BRASS, -.05), 'down', 1.4)
    p.form(rrect(1000, 784, 46, 32, 10), tone(BRASS, .05), 'down', 1.4)
    clip = rrect(740, 758, 226, 22, 10)
    p.add(clip, p.ink, .3, t='translate(4 10)')
    p.form(clip, tone(BRASS, .08), 'down', 1.4)
    p.close()


@draw('pencil-dozen')
def _(p):
    c = 560
    cup = [(190, 860), (194, 880), (180, 1215), (172, 1240)]
    p.lathe(c, cup, '#e9ddc6', open='#8a7a5f', rim=13)
    g = '<g id="@"><path d="M-25 94H25V620H-25Z"/>%s%s%s%s%s</g>' % (
        p.el('M-25 94H-10V620H-25Z', '#fff', .22), p.el('M10 94H25V620H10Z', p.ink, .3),
        p.el('M-25 98Q-17 84 -10 98Q0 80 10 98Q17 84 25 98L0 0Z', '#e2bf8f'), p.el('M4 90L25 98L0 0Z', p.ink, .2), p.el('M-8 31L0 0L8 31Z', '#3a3230'))
    for n, (x, a, top) in enumerate(((440, -15, 520), (690, 15, 540), (480, -9, 440), (640, 10, 430), (520, -4, 500), (600, 6, 470), (455, -12, 640), (560, 1, 380), (670, 13, 640), (500, -7, 590), (620, 8, 560), (570, 2, 560))):
        p.raw('<use href="#%s" fill="%s" transform="translate(%s 1000)rotate(%s)translate(0 %s)"/>' % (p._def(g, g), ('#b23a2c', '#c4472f', '#a5332a', '#bf5138')[n % 4], x, a, top - 1000))
    p.shade(poly((420, 900), (400, 520), (760, 520), (700, 900)), 1240)
    p.lathe(c, cup, '#e9ddc6', cast=False, seat=False, front=True, bands=[(1100, 1112, '#b23a2c', .8), (1124, 1130, '#b23a2c', .8)], gloss=.3)
    p.line('M%s 860A190 %s 0 0 0 %s 860' % (c - 190, 190 * p.tilt(860), c + 190), '#f7efdf', 9)


@draw('desk-diary')
def _(p):
    p.floor = False
    cov = rrect(96, 360, 1008, 760, 22)
    p.drop(cov, 30, 40)
    p.form(cov, '#7c8f86', 'flat')
    for s, x in ((-1, 116), (1, 604)):
        p.add(rrect(x, 380, 480, 722, 8), '#e4d8be')
        p.form(rrect(x, 376, 480, 718, 8), '#fbf5e6', p.lin([(0, p.ink, .12 if s > 0 else 0), (.12, p.ink, 0), (.88, p.ink, 0), (1, p.ink, .14 if s < 0 else .06)]))
        rows = 4 if s < 0 else 3
        for i in range(rows):
            y = 400 + i * 170
            p.line('M%s %sH%s' % (x + 40, y + 66, x + 440), '#c9694f', 3.5, .8)
            p.add(rrect(x + 40, y + 22, 60, 30, 5), '#3f4a4a', .8)
            p.line('M%s %sh%sM%s %sH%s' % (x + 114, y + 38, 60 + i * 12 % 40, x + 40, y + 122, x + 440), '#9d9580', 3.5, .6)
    p.line('M156 548c30 -24 40 14 70 -4s40 12 74 -2M650 730c30 -24 40 14 70 -4s50 12 90 -6M156 890c30 -24 60 14 90 -4', '#3f5a78', 6, .8)
    p.line('M840 950l16 18l36 -42', '#c9694f', 9)
    # spiral
    for i in range(19):
        y = 404 + i * 36.5
        p.body.append('<use href="#%s" transform="translate(0 %.1f)"/>' % (p._def('ring', '<g id="@"><path d="M566 0h.1M634 0h.1" stroke="#4a4238" stroke-width="15" stroke-linecap="round"/><path d="M566 0C570 -26 630 -26 634 0" fill="none" stroke="#6f6a62" stroke-width="9" stroke-linecap="round"/><path d="M568 -4C574 -25 624 -25 631 -5" fill="none" stroke="#d9d5cc" stroke-width="4"/></g>'), y))
    rb = curve([(724, 372, 1), (764, 372, 1), (768, 700), (752, 1000), (770, 1240, 1), (748, 1216, 1), (722, 1236, 1), (712, 1000), (728, 700)], True)
    p.add(rb, p.ink, .25, t='translate(10 10)')
    p.form(rb, '#dd7460', 'flat', 1.2)


@draw('linen-letter-set')
def _(p):
    p.floor = False
    for i, (a, col) in enumerate(((6, '#f3ead6'), (-3, '#fbf5e8'), (1.5, '#f6eedc'))):
        t = 'rotate(%s 560 760)' % a
        d = poly((230, 300), (850, 300), (850, 1130), (230, 1130))
        flat_lay(p, d, t, 14, 18, .5)
        p.open(t)
        p.form(d, col, 'flat', .5)
        p.close()

    def env(t, x, y):
        d = rrect(x, y, 640, 430, 8)
        flat_lay(p, d, t, 22, 26, .7)
        p.open(t)
        p.form(d, '#f5ecd9', 'flat', .5)
        p.add('M%s %sL%s %sL%s %sZ' % (x + 4, y + 4, x + 320, y + 250, x + 636, y + 4), '#5f7fa8')
        p.add('M%s %sL%s %sL%s %sZ' % (x + 36, y + 12, x + 320, y + 234, x + 604, y + 12), '#7f9cc0')
        p.add('M%s %sL%s %sL%s %sL%s %sZ' % (x + 4, y + 8, x + 330, y + 262, x + 320, y + 280, x, y + 426), '#fff', .35)
        p.line('M%s %sL%s %sL%s %s' % (x + 8, y + 422, x + 250, y + 204, x + 250, y + 204), p.ink, 3, .16)
        p.line('M%s %sL%s %s' % (x + 632, y + 422, x + 392, y + 204), p.ink, 3, .16)
        p.close()
    env('rotate(-10 640 900)', 330, 790)
    env('rotate(-4 640 900)', 350, 730)
    # the string
    p.open('rotate(-4 640 900)')
    for dd in ('M350 960H990', 'M670 730V1160'):
        p.line(dd, p.ink, 9, .3, False)
        p.add(dd, 'none', 1, '#b4754a', 8, False, 'translate(0 -4)')
    for s in (-1, 1):
        p.tube([(670, 956), (670 + s * 70, 880), (670 + s * 124, 884), (670 + s * 100, 946), (670, 956)], 9, '#b4754a')
        p.tube([(670, 956), (670 + s * 50, 1020), (670 + s * 84, 1086)], 8, '#b4754a')
    p.form(oval(670, 955, 15, 13), '#b4754a', 'ball')
    p.close()


@draw('tape-dispenser')
def _(p):
    c = '#2c4770'
    p.horizon = 940
    d = curve([(140, 1236, 1), (136, 1120), (160, 1040, 1), (230, 1060), (330, 1120), (420, 1110), (480, 1010), (560, 890), (700, 820), (860, 850), (980, 960), (1036, 1110), (1044, 1236, 1)], True)
    back = 'translate(30 -22)'
    p.shade(d, 1236)
    p.seat(146, 1236, 890, 30, 20)
    p.add(d, tone(c, -.07), t=back)
    R = 210
    p.form(oval(738, 880, R), '#e5d3a4', p.rad([(0, p.ink, .1), (.6, '#fff', .2), (1, p.ink, .3)], .4, .4, .7))
    for r in (R - 14, R - 28, R - 44):
        p.line(oval(738, 880, r), '#b59a5c', 3, .5)
    p.form(oval(738, 880, 118), '#c9b07a', 'flat')
    p.form(oval(738, 880, 100), '#f4ead2', 'flat')
    tp = curve([(620, 706), (420, 820), (210, 1010), (176, 1030)])
    p.line('M617 709L182 1030', '#e5d3a4', 10, .95)
    p.line('M617 704L182 1025', '#fff', 3, .5)
    p.shade(oval(738, 860, R), 1236)
    p.form(d, c, p.lin([(0, '#fff', .26), (.35, '#fff', .03), (1, p.ink, .42)], .1, 0, .8, 1))
    p.open(clip=d)
    p.form(oval(738, 880, 66), '#1c2e4c', 'ball')
    p.close()
    p.form(oval(738, 884, 54), '#b9bcbd', 'ball')
    p.add(oval(738, 884, 16), p.ink, .5)
    p.form(poly((136, 1046), (158, 996), (206, 1012), (226, 1064), (160, 1046)), STEEL, 'flat')
    p.line('M158 996l6 12l6 -8l6 12l6 -8l6 12l6 -8l6 12', '#eef0f0', 4)
    p.add('M500 1010Q560 900 680 850Q600 920 560 1010Q540 1060 500 1010Z', '#fff', .22)
    p.add('M140 1212H1044V1236H140Z', p.ink, .35)


@draw('steel-scissors')
def _(p):
    p.floor = False
    pv = (600, 770)

    def half(a, s):
        t = 'rotate(%s %s %s)' % (a, pv[0], pv[1])
        bl = curve([(pv[0] - s * 36, 810, 1), (pv[0] - s * 34, 700), (pv[0] - s * 12, 200, 1), (pv[0] + s * 22, 400), (pv[0] + s * 34, 720), (pv[0] + s * 36, 830, 1)], True, .3)
        hx, hy = pv[0] + s * 96, 1140
        sh = ribbon([(pv[0] - s * 2, 790), (pv[0] + s * 14, 900), (pv[0] + s * 40, 1010)], [72, 62, 46])
        ov = curve([(hx - 100, hy - 60), (hx - 40, hy - 170), (hx + 50, hy - 150), (hx + 104, hy), (hx + 74, hy + 160), (hx - 20, hy + 180), (hx - 96, hy + 80)], True)
        p.cast.append('<g transform="translate(22 30)%s"><path d="%s"/><path d="%s" fill="none" stroke="#000" stroke-width="46"/></g>' % (t, bl + sh, ov))
        p.open(t)
        p.form(sh, '#2d2d31', 'flat')
        p.tube([], 48, '#2d2d31', d=ov, hi=.22)
        p.form(bl, '#b4babd', p.lin([(0, '#fff', .5), (.5, '#fff', 0), (.55, p.ink, .12), (1, p.ink, .3)]))
        p.line('M%s 330L%s 720' % (pv[0] + s * 6, pv[0] + s * 12), '#fff', 5, .5)
        p.close()
    half(10, -1)
    half(-10, 1)
    p.add(oval(604, 776, 36), p.ink, .35)
    p.form(oval(600, 770, 34), '#8d9396', 'ball')
    p.line('M582 782L618 758', '#4a4f52', 7)


@draw('watercolour-tin')
def _(p):
    p.floor = False
    t = 'rotate(-7 600 800)'
    flat_lay(p, rrect(180, 360, 780, 820, 26), t, 34, 40)
    p.open(t)
    p.form(rrect(180, 360, 780, 400, 26), '#2b2b2d', 'flat')
    p.form(rrect(200, 380, 740, 360, 16), '#f3efe6', 'flat', .7)
    for x in (224, 464, 704):
        p.form(rrect(x, 402, 214, 316, 40), '#ebe6da', p.lin([(0, p.ink, .2), (.5, p.ink, 0), (1, '#fff', .5)], 0, 0, 1, 1))
    for x, y, c, r in ((330, 560, '#3f78a8', 70), (570, 520, '#d98a3a', 56), (566, 610, '#c4473a', 40), (810, 560, '#6d9450', 62)):
        p.add(curve([(x - r, y), (x - r * .4, y - r * .8), (x + r * .6, y - r * .6), (x + r, y + r * .2), (x + r * .2, y + r * .9), (x - r * .7, y + r * .7)], True), c, .6)
        p.add(curve([(x - r * .6, y), (x - r * .2, y - r * .4), (x + r * .5, y - r * .3), (x + r * .5, y + r * .3), (x - r * .2, y + r * .5)], True), c, .5)
    for x in (330, 760):
        p.add(rrect(x, 750, 70, 26, 6), '#8d8a84')
    p.form(rrect(180, 764, 780, 420, 26), '#232325', 'flat')
    p.add(rrect(200, 784, 740, 380, 14), '#3a3a3c')
    cols = ('#f0cf4a', '#e39a35', '#d8572f', '#b3283a', '#7d3a6b', '#4b4f9a', '#2f74b0', '#3a9a9a', '#3f8452', '#8aa545', '#9a6238', '#4a3a34')
    for i, c in enumerate(cols):
        x, y = 216 + i % 6 * 119, 800 + i // 6 * 178
        p.add(rrect(x, y, 110, 168, 8), '#f4f1ea')
        p.form(rrect(x + 9, y + 9, 92, 150, 5), c, 'flat', 1)
        p.add(oval(x + 46, y + 66, 26, 38), '#fff', .16)
    p.close()
    t = 'rotate(58 640 800)'
    b = ribbon([(240, 800), (600, 800), (900, 800)], [18, 30, 26])
    flat_lay(p, b, t, 16, 26)
    p.open('translate(120 0)' + t)
    p.form(ribbon([(200, 800), (420, 800), (760, 800)], [12, 30, 24]), '#b4532f', p.lin([(0, '#fff', .35), (1, p.ink, .35)], 0, 0, 0, 1))
    p.form(rrect(756, 785, 120, 30, 4), '#c8ccce', p.lin([(0, '#fff', .5), (1, p.ink, .4)], 0, 0, 0, 1))
    p.form(curve([(874, 786, 1), (930, 780), (1000, 800, 1), (930, 822), (874, 814, 1)], True), '#5a3a26', 'down')
    p.close()


@draw('desk-tray')
def _(p):
    W = WALNUT
    x, w, dx, dy = 150, 720, 190, 150
    p.horizon = 900

    def tray(y, h, col, last):
        out = poly((x, y), (x + w, y), (x + w + dx, y - dy), (x + w + dx, y - h - dy), (x + dx, y - h - dy), (x, y - h))
        if last:
            p.seat(x, y, w, dx, dy)
        p.add(poly((x, y - 30), (x + dx, y - 30 - dy), (x + w + dx, y - 30 - dy), (x + w, y - 30)), tone(W, -.1))
        p.form(poly((x + dx, y - h - dy), (x + w + dx, y - h - dy), (x + w + dx, y - dy), (x + dx, y - dy)), tone(W, -.05), 'flat')
        p.form(poly((x, y - h), (x + dx, y - h - dy), (x + dx, y - dy - 20), (x, y)), tone(W, -.09), 'flat')
        # paper
        q = poly((x + 60, y - 38), (x + 60 + dx * .86, y - 38 - dy * .86), (x + w - 60 + dx * .86, y - 38 - dy * .86), (x + w - 60, y - 38))
        p.add(q, p.ink, .3, t='translate(8 10)')
        p.form(q, col, 'flat', .5)
        p.line('M%s %sL%s %sM%s %sL%s %s' % (x + 190, y - 88, x + 420, y - 88, x + 230, y - 120, x + 560, y - 120), '#9a917f', 5, .6)
        p.form(poly((x + w, y), (x + w + dx, y - dy), (x + w + dx, y - h - dy), (x + w, y - h)), tone(W, -.06), p.lin([(0, '#fff', .1), (1, p.ink, .25)]))
        p.form(poly((x, y - h), (x + 20, y - h - 16), (x + dx + 10, y - h - dy), (x + dx - 4, y - h - dy)), tone(W, .08), None)
        f = 'M{0} {1}H{2}C{3} {1} {3} {4} {5} {4}H{6}C{7} {4} {7} {1} {8} {1}H{9}V{10}H{0}Z'.format(x, y - h, x + 190, x + 250, y - h + 86, x + 300, x + w - 300, x + w - 250, x + w - 190, x + w, y)
        p.form(f, W, 'flat', 1, [p.grain(x, y - h, x + w, y, 6, '#2c180e', 4, .3)])
        p.line('M%s %sH%s' % (x + 4, y - h + 2, x + 188), '#c99a74', 4, .7)
        p.line('M%s %sH%s' % (x + w - 188, y - h + 2, x + w - 4), '#c99a74', 4, .7)
    p.shade(poly((x, 800), (x + w, 800), (x + w + dx, 650), (x + w + dx, 1090), (x + w, 1240), (x, 1240)), 1240)
    tray(1240, 170, '#f6efdf', True)
    for X, Y in ((x + 18, 1070), (x + w - 40, 1070), (x + w + dx - 40, 1070 - dy), (x + dx + 20, 1070 - dy)):
        p.form(rrect(X, Y - 44, 24, 50, 4), BRASS, 'cyl')
    tray(1032, 170, '#e9eef0', False)


@draw('fountain-pen')
def _(p):
    G = '#2a5541'
    p.horizon = 860
    c = 380
    # the ink bottle
    bt = [(70, 800), (74, 830), (180, 880), (200, 920), (204, 1120), (180, 1160)]
    d = sym(c, [(66, 800, 1), (70, 850), (170, 880), (208, 930), (210, 1110), (180, 1160)])
    p.shade(d, 1160)
    p.contact(c, 1158, 190, 30, .5)
    p.form(d, '#8fa9b8', p.cyl(.8))
    ink = sym(c, [(176, 950, 1), (182, 1000), (182, 1100), (160, 1136)])
    p.form(ink, '#1f3350', p.cyl(.7))
    p.line(d, '#fff', 5, .4)
    p.add('M%s 930Q%s 900 %s 888L%s 900Q%s 930 %s 1080Z' % (c - 190, c - 180, c - 120, c - 100, c - 150, c - 170), '#fff', .55)
    p.form(rrect(c - 96, 990, 192, 100, 6), '#f4ead2', 'flat', .5)
    p.line('M%s 1026h110M%s 1056h70' % (c - 55, c - 35), G, 6, .8)
    p.lathe(c, [(84, 690), (88, 700), (88, 796), (80, 806)], '#2a2a2c', cast=False, seat=False)
    p.shade(rrect(c - 86, 690, 172, 110), 1160)
    p.add(oval(c, 691, 84, 84 * p.tilt(690)), '#4a4a4d')
    # the pen, uncapped, on the table
    t = 'rotate(-14 600 1240)'
    body = ribbon([(420, 1250), (560, 1250), (800, 1250), (1010, 1250), (1040, 1250)], [52, 62, 66, 54, 40])
    p.cast.append('<g transform="translate(14 26)%s"><path d="%s"/></g>' % (t, ribbon([(230, 1250), (420, 1250), (1040, 1250)], [10, 50, 50])))
    g = p.lin([(0, '#fff', .12), (.2, '#fff', .5), (.4, '#fff', .02), (1, p.ink, .5)], 0, 0, 0, 1)
    p.open(t)
    p.form(body, G, g)
    p.form(ribbon([(320, 1250), (424, 1250)], [40, 50]), '#25262a', g)
    p.form(rrect(418, 1222, 16, 56, 4), BRASS, g)
    nib = curve([(326, 1230, 1), (290, 1226), (220, 1250, 1), (290, 1272), (326, 1270, 1)], True)
    p.form(nib, '#d6b362', g)
    p.line('M222 1250H290', '#5d4718', 3.5)
    p.form(oval(294, 1250, 6), '#5d4718', None)
    p.form(rrect(1000, 1222, 12, 56, 3), BRASS, g)
    p.close()
    t = 'rotate(9 820 1360)'
    cap = ribbon([(700, 1370), (720, 1370), (960, 1370), (990, 1370)], [52, 70, 66, 50])
    p.cast.append('<g transform="translate(14 26)%s"><path d="%s"/></g>' % (t, cap))
    p.open(t)
    p.form(cap, G, g)
    p.form(rrect(716, 1334, 26, 72, 4), BRASS, g)
    p.form(rrect(760, 1324, 220, 20, 9), BRASS, g)
    p.close()
