"""Audio, toys and games."""
import math

from book import collector
from core import curve, mix, oval, poly, ribbon, rot, rrect, sym, tone

DRAWN = {}
section = collector(DRAWN)
draw = section('audio')
BRASS, STEEL, WALNUT, OAK, BIRCH = '#c39a4e', '#b9bcbd', '#7d5238', '#c99a62', '#dcbd90'


def driver(p, x, y, r, c='#2b2a2c', cone='#3b3a3d', ring='#55534f'):
    p.add(oval(x + 3, y + 5, r + 4), p.ink, .35)
    p.form(oval(x, y, r), ring, 'flat', 1.5)
    p.form(oval(x, y, r * .88), c, None)
    p.form(oval(x, y, r * .74), cone, p.rad([(0, p.ink, .5), (.5, '#fff', .1), (1, p.ink, .4)], .55, .6, .6))
    p.form(oval(x, y, r * .28), '#4d4b4e', 'ball')
    p.add('M%.1f %.1fA%.1f %.1f 0 0 1 %.1f %.1f' % (x - r * .8, y - r * .1, r * .82, r * .82, x - r * .1, y - r * .8), 'none', .35, '#fff', r * .05)


@draw('bookshelf-speakers')
def _(p):
    def box(x, y, w, h, dx, dy):
        p.box(x, y, w, h, dx, dy, WALNUT, side=tone(WALNUT, -.1), top=tone(WALNUT, .07))
        f = poly((x, y), (x + w, y), (x + w, y - h), (x, y - h))
        p.open(clip=f)
        p.raw(p.grain(x, y - h, x + w, y, 6, '#2c170d', 4, .25, True))
        p.close()
        p.add(rrect(x + 18, y - h + 18, w - 36, h - 36, 14), '#3a3532')
        p.add(rrect(x + 18, y - h + 18, w - 36, h - 36, 14), p.flat(.9))
        driver(p, x + w / 2, y - h * .72, w * .16, '#2a282a', '#77736c', '#6a665f')
        driver(p, x + w / 2, y - h * .33, w * .35)
    box(620, 1140, 350, 590, 90, 60)
    box(190, 1240, 390, 660, 96, 64)


@draw('kitchen-radio')
def _(p):
    M = '#9fc9b4'
    x, y, w, h = 160, 1230, 830, 520
    p.tube([(300, 730), (310, 590), (380, 560), (770, 560), (840, 590), (850, 730)], 34, '#e9dcc0', by=y)
    back = rrect(x + 50, y - h - 30, w, h, 100)
    d = rrect(x, y - h, w, h, 100)
    p.shade(d, y)
    p.contact(x + w / 2, y + 6, w / 2 - 40, 34, .6)
    for X in (x + 130, x + w - 130):
        p.form(rrect(X - 40, y - 14, 80, 30, 8), '#3a3532', 'flat')
    p.add(back, tone(M, -.13))
    p.form(d, M, 'flat', 1)
    p.add(rrect(x + 12, y - h + 10, w - 24, h - 20, 90), 'none', .5, '#fff', 4)
    g = rrect(x + 56, y - h + 70, 400, 380, 44)
    p.form(g, '#efe6d0', 'flat', .8)
    p.open(clip=g)
    p.add('M%s %sh420v400h-420Z' % (x + 50, y - h + 60), p.pattern(24, 24, '<circle cx="6" cy="6" r="5.5" fill="#7a7462"/><circle cx="18" cy="18" r="5.5" fill="#7a7462"/>'))
    p.close()
    p.add(g, p.flat(.7))
    cx, cy = x + 640, y - h + 220
    p.add(oval(cx + 3, cy + 6, 146), p.ink, .25)
    p.form(oval(cx, cy, 144), '#efe6d0', 'flat', 1)
    p.form(oval(cx, cy, 124), '#fbf6ea', None)
    tk = ''.join('M%.1f %.1fL%.1f %.1f' % (rot([(cx, cy - 110)], a, cx, cy)[0] + rot([(cx, cy - (84 if a % 30 == 0 else 96))], a, cx, cy)[0]) for a in range(-130, 131, 10))
    p.line(tk, '#5b5548', 4.5)
    p.line('M%s %sL%s %s' % (cx, cy, cx + 52, cy - 76), '#c9512f', 8)
    p.form(oval(cx, cy, 42), '#5f9a82', 'ball')
    for i, X in enumerate((cx - 86, cx, cx + 86)):
        p.add(oval(X + 2, y - 116, 34), p.ink, .3)
        p.form(oval(X, y - 122, 33), '#efe6d0' if i != 1 else '#c9512f', 'ball')


@draw('over-ear-headphones')
def _(p):
    c = '#d8c3a0'
    x = 580
    p.lathe(x, [(190, 1200), (194, 1212), (194, 1240)], '#7d5238')
    p.add(oval(x, 1200, 190, 190 * p.tilt(1200)), '#97684a')
    p.lathe(x, [(22, 430), (22, 1196)], '#7d5238', seat=False)
    p.form(rrect(x - 92, 372, 184, 54, 26), '#7d5238', 'down')
    bw = [(x - 268, 830), (x - 290, 640), (x - 230, 450), (x - 100, 350), (x, 334), (x + 100, 350), (x + 230, 450), (x + 290, 640), (x + 268, 830)]
    p.tube(bw, 40, tone(c, -.06), by=1240)
    p.line(curve(bw[2:7]), tone('#6b4a34', 0), 54)
    p.add(curve(bw[2:7]), 'none', 1, '#855d42', 40, True, 'translate(-4 -5)')
    p.add(curve(bw[2:6]), 'none', .3, '#fff', 7, True, 'translate(-8 -14)')
    for s in (-1, 1):
        p.form(rrect(x + s * 278 - 15, 660, 30, 150, 10), STEEL, 'cyl')
        X = x + s * 262
        p.shade(oval(X, 860, 100, 150), 1240, op=.7)
        pad = curve([(X - s * 6, 700), (X - s * 62, 730), (X - s * 84, 860), (X - s * 62, 990), (X - s * 6, 1020)], True)
        p.form(pad, '#6b4a34', 'ball')
        cup = curve([(X - s * 20, 690), (X + s * 40, 700), (X + s * 92, 770), (X + s * 100, 860), (X + s * 92, 950), (X + s * 40, 1020), (X - s * 20, 1030)], True)
        p.form(cup, c, p.cyl(1.2) if s > 0 else p.lin([(0, p.ink, .14), (.2, '#fff', .3), (.7, p.ink, .04), (1, p.ink, .25)]))
        p.line(curve([(X + s * 6, 694), (X + s * 22, 860), (X + s * 6, 1026)]), p.ink, 5, .25)
    p.tube([(x - 300, 1016), (x - 320, 1120), (x - 290, 1220), (x - 360, 1290), (x - 500, 1300), (x - 640, 1330)], 11, '#4a3a30')


@draw('wired-earphones')
def _(p):
    p.floor = False
    K = '#3a3437'
    cord = []
    for i in range(61):
        a = i / 60 * math.pi * 2 * 3.3 + .9
        r = 235 - i * 1.1
        cord.append((590 + math.cos(a) * r * 1.06 + i * .4, 980 + math.sin(a) * r * .82 + math.sin(i * .31) * 5))
    lo = curve(cord[::2])
    p.tube([], 14, K, d=lo, drop=True)
    p.tube([(cord[0][0], cord[0][1]), (560, 1240), (380, 1130), (400, 900), (560, 800), (600, 640)], 14, K, drop=True)
    p.form(rrect(580, 560, 40, 110, 14), '#c8ccce', 'cyl')
    p.tube([(594, 570), (560, 470), (440, 420), (380, 340)], 11, K, drop=True)
    p.tube([(606, 570), (650, 450), (780, 420), (830, 350)], 11, K, drop=True)
    x1, y1 = cord[60]
    p.tube([(x1, y1), (x1 + 80, y1 + 30), (850, 1230), (960, 1270)], 14, K, drop=True)
    p.open('rotate(18 960 1270)')
    p.form(rrect(950, 1252, 90, 36, 10), '#c8ccce', 'down', 1.3)
    p.form(rrect(1036, 1261, 76, 18, 8), BRASS, 'down', 1.3)
    p.add('M1062 1261v18M1086 1261v18', 'none', 1, K, 4)
    p.close()

    def bud(x, y, a, s):
        p.cast.append('<g transform="translate(%s %s)rotate(%s)"><path d="%s"/></g>' % (x + 20, y + 26, a, rrect(-40, -90, 130, 140, 50)))
        p.open('translate(%s %s) rotate(%s) scale(%s 1)' % (x, y, a, s))
        p.form(rrect(-17, 20, 34, 120, 16), '#c8ccce', 'cyl')
        p.form(oval(70, -28, 46, 60), '#47424a', 'ball')
        p.form(curve([(-62, -30), (-40, -90), (20, -92), (52, -60), (56, 6), (20, 40), (-36, 36)], True), '#cfd3d4', 'ball', 1.2)
        p.line(oval(-6, -28, 34, 38), '#8a8f92', 5, .7)
        p.form(oval(-6, -28, 24, 28), '#e6e8e8', 'ball')
        p.close()
    bud(386, 280, -24, -1)
    bud(828, 290, 22, 1)


@draw('turntable')
def _(p):
    p.horizon = 760
    p.view = .5
    q = [(110, 900), (300, 700), (1010, 700), (1110, 1010)]
    x, y, w, dx, dy = 90, 1120, 830, 190, 380
    top = poly((x, y), (x + dx, y - dy), (x + w + dx - 10, y - dy), (x + w, y))
    front = poly((x, y), (x + w, y), (x + w, y + 110), (x, y + 110))
    side = poly((x + w, y), (x + w + dx - 10, y - dy), (x + w + dx - 10, y - dy + 90), (x + w, y + 110))
    p.shade(poly((x, y), (x + dx, y - dy), (x + w + dx, y - dy), (x + w + dx, y - dy + 90), (x + w, y + 110), (x, y + 110)), y + 110)
    p.seat(x, y + 118, w, dx, dy)
    for X in (x + 60, x + w - 120):
        p.form(rrect(X, y + 104, 70, 30, 8), '#3a3230', 'flat')
    p.add(top, tone(BIRCH, .05))
    p.add(top, p.flat(.8))
    p.form(front, BIRCH, 'flat', 1, [p.grain(x, y, x + w, y + 110, 4, '#8a6234', 3, .35)])
    p.form(side, tone(BIRCH, -.12), p.lin([(0, '#fff', .1), (1, p.ink, .2)]))
    c, cy, R = 500, 930, 335
    p.add(oval(c + 10, cy + 20, R + 6, (R + 6) * .5), p.ink, .4)
    p.add(oval(c, cy + 10, R, R * .5), '#8f9496')
    p.form(oval(c, cy, R, R * .5), '#222124', None)
    for r in (310, 285, 262, 238, 212, 188, 162):
        p.line(oval(c, cy, r, r * .5), '#4c4a4e', 2.5, .7)
    for a in (-58, 122):
        u, v = rot([(c + R - 10, cy)], a - 13, c, cy)[0], rot([(c + R - 10, cy)], a + 13, c, cy)[0]
        p.add('M%.1f %.1fL%.1f %.1fL%.1f %.1fZ' % (c, cy, u[0], cy + (u[1] - cy) * .5, v[0], cy + (v[1] - cy) * .5), '#fff', .12)
    p.form(oval(c, cy, 112, 56), '#c9512f', 'flat')
    p.line(oval(c, cy, 78, 39), '#f2d9b8', 4, .8)
    p.form(oval(c, cy, 9, 6), '#e6e2da', None)
    bx, by = 930, 850
    p.add(oval(bx + 8, by + 12, 66, 36), p.ink, .3)
    p.lathe(bx, [(60, by - 30), (62, by - 20), (62, by)], '#b9bcbd', sh='metal', cast=False, seat=False)
    p.add(oval(bx, by - 30, 60, 30), '#d3d6d6')
    p.line('M%s %sL690 1010' % (bx + 10, by - 30), p.ink, 16, .3)
    p.tube([(bx + 50, by - 120), (bx, by - 50), (730, 950), (680, 985)], 14, '#dfe2e2', d='M%s %sL%s %sL690 990' % (bx + 40, by - 112, bx, by - 56))
    p.form(rrect(bx + 14, by - 140, 60, 46, 8), '#3a3a3d', 'flat')
    p.open('rotate(-34 686 990)')
    p.form(rrect(640, 976, 70, 34, 6), '#3a3a3d', 'flat')
    p.close()
    for X, Y in ((880, 1040), (880, 1080)):
        p.form(oval(X, Y, 22, 11), '#4a4644', 'ball')


@draw('portable-speaker')
def _(p):
    c, R = 570, '#ad4f2f'
    body = [(236, 640), (246, 664), (246, 1210), (234, 1240)]
    mesh = p.pattern(14, 14, '<circle cx="4" cy="4" r="2.6" fill="%s"/><circle cx="11" cy="11" r="2.6" fill="%s"/><circle cx="10" cy="3" r="1.6" fill="%s"/>' % (tone(R, -.13), tone(R, -.13), tone(R, .1)))
    p.lathe(c, body, R, k=1.15, inner=[p.el('M300 600H840V1300H300Z', mesh)])
    p.form(p.band(c, [(242, 1190), (236, 1240)], 1196, 1240), '#39302c', 'cyl')
    # the control ring on top
    p.add(oval(c, 640, 236, 236 * p.tilt(640)), '#39302c')
    p.add(oval(c, 637, 216, 216 * p.tilt(640) - 2), '#4d423c')
    p.line('M%s 637h50m-25 -8v16M%s 637h46' % (c - 110, c + 60), '#d9cbb8', 6)
    p.add(oval(c, 637, 22, 6), '#e8a24a')
    # the leather loop, hanging at its side
    p.tube([(c + 232, 720), (c + 262, 800), (c + 268, 930), (c + 240, 990), (c + 212, 930), (c + 212, 800), (c + 226, 720)], 22, '#8a5a38')
    p.form(rrect(c + 202, 676, 46, 70, 14), '#8a5a38', 'flat')
    p.form(oval(c + 225, 704, 11), BRASS, 'ball')
    lab = rrect(c - 92, 1060, 130, 58, 8)
    p.form(lab, '#8a5a38', 'flat')
    p.line('M%s 1089h14m14 0h14m14 0h14' % (c - 62), '#e7c9a2', 8, .9)


@draw('record-crate')
def _(p):
    C = '#ddb987'
    x, y, w, h, dx, dy = 160, 1236, 690, 430, 190, 130
    p.shade(poly((x, y - h), (x + dx, y - h - dy - 100), (x + w + dx, y - h - dy - 100), (x + w + dx, y - dy), (x + w, y), (x, y)), y)
    p.seat(x, y, w, dx, dy)
    p.add(poly((x, y - h), (x + dx, y - h - dy), (x + w + dx, y - h - dy), (x + w, y - h)), '#5a4028')
    p.form(poly((x + dx, y - h - dy), (x + w + dx, y - h - dy), (x + w + dx, y - h), (x + dx, y - h)), tone(C, -.1), 'flat')
    cols = ('#3d5a73', '#d9a03f', '#a63e36', '#6f8f6a', '#efe0c4', '#7d4a63', '#d9764a', '#2f4a4a', '#c9c2b2', '#b48a3f')
    for i, c in enumerate(cols):
        t = 1 - i / 9.5
        X, Y = x + 24 + dx * t, y - h - dy * t + 16
        top = 190 + (i * 53 % 70) - (40 if i % 4 == 2 else 0)
        d = poly((X, Y), (X + w - 60, Y), (X + w - 60, Y - top), (X, Y - top))
        p.add(d, p.ink, .22, t='translate(7 -3)')
        p.form(d, c, 'flat', .8)
        p.line('M%.0f %.0fh%s' % (X + 3, Y - top + 3, w - 66), '#fff', 4, .35)
    X, Y = x + 24, y - h
    p.form(oval(X + 315, Y + 30, 130), '#efe0c4', 'flat')
    p.form(oval(X + 315, Y + 30, 90), '#c9512f', 'flat')
    p.add(poly((x + w, y - h + 10), (x + w + dx, y - h - dy + 10), (x + w + dx, y - dy), (x + w, y)), '#3a2818')
    if True:
        for k in range(3):
            a, b = y - h + k * 152, y - h + k * 152 + 126
            p.form(poly((x + w, a), (x + w + dx, a - dy), (x + w + dx, b - dy), (x + w, b)), tone(C, -.1), p.lin([(0, '#fff', .1), (1, p.ink, .2)]))
    p.add(poly((x, y - h + 20), (x + w, y - h + 20), (x + w, y), (x, y)), '#4a3420')
    for k in range(3):
        a = y - h + k * 152
        d = 'M%s %sh%sv126h-%sZ' % (x, a, w, w)
        if k == 0:
            d += rrect(x + w / 2 - 90, a + 40, 180, 50, 25)
        p.raw('<path d="%s" fill="%s" fill-rule="evenodd"/>' % (d, C))
        p.raw(p.grain(x + 4, a + 6, x + w - 4, a + (36 if k == 0 else 120), 3 if k else 1, '#8a6030', 3, .35, amp=5))
        p.add('M%s %sh%sv126h-%sZ' % (x, a, w, w), p.flat(.7), .8)
    for X in (x + 24, x + w - 24):
        p.line('M%s %sv.1m0 70v.1m0 82v.1m0 70v.1m0 82v.1m0 70v.1' % (X, y - h + 28), '#6a4a28', 12, .8)


@draw('headphone-stand')
def _(p):
    x, O = 560, '#cf9f66'
    p.lathe(x, [(230, 1190), (236, 1204), (236, 1240)], O, inner=[])
    p.form(oval(x, 1190, 230, 230 * p.tilt(1190)), tone(O, .05), 'flat', .8, [p.grain(320, 1140, 800, 1240, 6, '#7d5426', 3, .35)])
    p.add(oval(x + 40, 1196, 70, 14), p.ink, .35)
    pts = [(x + 60, 1196), (x + 60, 1000), (x + 60, 640), (x + 10, 480), (x - 100, 420), (x - 210, 470), (x - 236, 590)]
    p.cast.append('<path d="%s" fill="none" stroke="#000" stroke-width="70" transform="matrix(1 0 -.46 -.15 %.1f %.1f)"/>' % (curve(pts), .46 * 1200, 1200 * 1.15))
    # seen at three quarters: face and edge of the bent strip
    d = curve(pts)
    p.raw('<path d="%s" fill="none" stroke="%s" stroke-width="76" stroke-linecap="butt" transform="translate(15 -5)"/>' % (d, tone(O, -.16)))
    p.raw('<path d="%s" fill="none" stroke="%s" stroke-width="76"/>' % (d, O))
    p.raw('<path d="%s" fill="none" stroke="%s" stroke-width="70"/>' % (d, p.lin([(0, '#fff', .35), (.5, '#fff', .02), (1, p.ink, .28)], 0, 0, 1, .7)))
    for o in (-24, -8, 10, 26):
        p.add(d, 'none', .3, '#7d5426', 3, True, 'translate(%s 0)' % o)


@draw('cassette-player')
def _(p):
    p.floor = False
    C = '#e0735c'
    t = 'rotate(7 600 760)'
    d = rrect(320, 330, 560, 840, 44)
    p.cast.append('<g transform="translate(36 44)%s"><path d="%s"/></g>' % (t, d))
    p.open(t)
    p.add(rrect(332, 340, 560, 840, 44), tone(C, -.14))
    p.form(d, C, 'flat', 1.1)
    p.add(rrect(332, 342, 536, 816, 36), 'none', .35, '#fff', 4)
    p.add(rrect(370, 400, 460, 520, 24), tone(C, -.05))
    p.line(rrect(370, 400, 460, 520, 24), p.ink, 4, .25)
    win = rrect(410, 450, 380, 400, 20)
    p.form(win, '#3a3236', None)
    p.open(clip=win)
    p.form(rrect(430, 500, 340, 300, 14), '#efe6d4', 'flat')
    p.add(rrect(452, 524, 296, 80, 6), '#fff')
    p.add('M452 586h296v18h-296Z', '#5f9a94')
    p.line('M470 552h180', '#6a625a', 5, .7)
    p.add(rrect(480, 640, 240, 90, 44), '#4a4246')
    for x in (526, 674):
        p.add(oval(x, 685, 36), '#f7f2e6')
        p.add(oval(x, 685, 20), '#4a4246')
        p.line(''.join('M%.0f %.0fL%.0f %.0f' % (rot([(x, 685 - 26)], a, x, 685)[0] + rot([(x, 685 - 16)], a, x, 685)[0]) for a in range(0, 360, 60)), '#4a4246', 6)
    p.add('M520 800L500 770H700L680 800Z', '#d8cdb8')
    p.add(poly((410, 450), (560, 450), (470, 850), (410, 850)), '#fff', .14)
    p.close()
    for i in range(4):
        x = 384 + i * 112
        p.add(rrect(x + 3, 980 + 5, 96, 60, 12), p.ink, .3)
        p.form(rrect(x, 980, 96, 60, 12), '#f1e8d6' if i else '#5f9a94', 'down')
    p.add('M420 1000l26 10l-26 10Z', '#f1e8d6')
    p.add('M534 998h20v20h-20ZM644 998v20l-16 -10ZM660 998v20l-16 -10ZM752 998v20l16 -10ZM768 998v20l16 -10Z', '#5a4a44')
    p.line('M400 1096h400', p.ink, 12, .25)
    p.form(rrect(600, 1082, 46, 30, 8), '#f1e8d6', 'down')
    p.line('M400 366h90', '#fff', 8, .7)
    p.close()
    p.tube([(700, 330), (740, 220), (880, 180), (1000, 240), (1090, 170), (1210, 190)], 12, '#4a3a36', drop=True)


@draw('metronome')
def _(p):
    c, W = 570, '#8f4630'
    side = poly((c + 250, 1200), (c + 330, 1140), (c + 110, 400), (c + 84, 410))
    f = poly((c - 90, 400), (c + 90, 400), (c + 256, 1200), (c - 256, 1200))
    p.shade(poly((c - 90, 400), (c + 110, 396), (c + 330, 1140), (c + 256, 1236), (c - 256, 1236)), 1236)
    p.form(poly((c + 84, 408), (c + 112, 396), (c + 338, 1150), (c + 250, 1200)), tone(W, -.12), 'flat')
    p.form(f, W, 'flat', 1.1, [p.grain(c - 260, 400, c + 260, 1200, 10, '#3a150c', 4, .28, True)])
    inner = poly((c - 54, 460), (c + 54, 460), (c + 150, 1000), (c - 150, 1000))
    p.form(inner, '#5a2a1c', p.lin([(0, p.ink, .4), (.3, p.ink, .1), (1, '#fff', .06)]))
    p.add(poly((c - 26, 500), (c + 26, 500), (c + 60, 960), (c - 60, 960)), '#e8d5a8')
    tk = ''.join('M%.0f %dh%.0f' % (c - 22 - i * 1.6, 530 + i * 24, 18 if i % 2 else 28) + 'M%.0f %dh-%.0f' % (c + 22 + i * 1.6, 542 + i * 24, 18 if i % 2 else 28) for i in range(18))
    p.line(tk, '#6a4a28', 3.5, .8)
    p.open('rotate(17 %s 1030)' % c)
    p.line('M%s 1020V330' % (c + 8), p.ink, 9, .35)
    p.tube([(c, 1030), (c, 320)], 11, '#d9dcdc')
    p.form(poly((c - 38, 540), (c + 38, 540), (c + 26, 630), (c - 26, 630)), BRASS, 'flat', 1.4)
    p.form(oval(c, 585, 8), '#7d5d22', None)
    p.close()
    p.form(poly((c - 216, 1010), (c + 216, 1010), (c + 256, 1200), (c - 256, 1200)), tone(W, .015), 'flat', 1, [p.grain(c - 260, 1010, c + 260, 1200, 5, '#3a150c', 4, .3)])
    p.line('M%s 1012H%s' % (c - 214, c + 214), '#c98a68', 5, .6)
    p.form(oval(c, 1104, 34), BRASS, 'ball')
    p.form(oval(c, 1104, 16), '#8a6a2e', 'ball')
    p.form(poly((c + 256, 1200), (c + 346, 1140), (c + 350, 1176), (c + 268, 1240)), tone(W, -.15), None)
    p.form(poly((c - 268, 1196), (c + 268, 1196), (c + 276, 1240), (c - 276, 1240)), tone(W, -.04), 'down')
    p.tube([(c + 300, 1010), (c + 372, 1000)], 14, BRASS)
    p.form(oval(c + 386, 996, 14, 34), BRASS, 'ball')
    p.form(poly((c - 96, 404), (c - 84, 384), (c + 100, 384), (c + 114, 398), (c + 92, 406)), tone(W, .06), 'flat')


draw = section('toys-games')
RED, BLUE, GREEN, YEL, CREAM = '#c1503c', '#44688a', '#6d9270', '#dba944', '#efe3ca'


def block(p, x, y, w, h, c, dx=54, dy=38, cast=True):
    p.box(x, y, w, h, dx, dy, c, cast=cast, seat=cast, side=tone(c, -.11), top=tone(c, .07))


@draw('wooden-blocks')
def _(p):
    W = '#ddb987'
    block(p, 700, 1140, 200, 200, GREEN)
    block(p, 250, 1240, 200, 200, BLUE)
    # the arch
    x, y, w, h, dx, dy = 480, 1240, 400, 210, 54, 38
    arch = 'M{0} {1}V{2}H{3}V{1}H{4}V{5}A90 96 0 0 0 {6} {5}V{1}Z'.format(x, y, y - h, x + w, x + w - 110, y - 30, x + 110)
    p.shade(arch, y)
    p.seat(x, y, w, dx, dy)
    p.add(poly((x, y - h), (x + dx, y - h - dy), (x + w + dx, y - h - dy), (x + w, y - h)), tone(YEL, .07))
    p.add(poly((x + w, y), (x + w + dx, y - dy), (x + w + dx, y - h - dy), (x + w, y - h)), tone(YEL, -.11))
    p.add('M{0} {1}V{2}A90 96 0 0 1 {3} {2}V{1}Z'.format(x + 110, y - 14, y - 30, x + w - 110), tone(YEL, -.2))
    p.form(arch, YEL, 'flat', .8)
    block(p, 330, 1040 - 0, 200, 190, RED, cast=False)
    block(p, 560, 1030, 250, 120, CREAM, cast=False)
    block(p, 590, 910, 170, 170, BLUE, cast=False)
    block(p, 345, 850, 160, 160, W, cast=False)
    # roof triangle across
    y = 690
    tri = poly((330, y), (800, y), (565, y - 200))
    block(p, 350, 740, 430, 50, GREEN, cast=False)
    p.add(poly((565, y - 200), (619, y - 238), (854, y - 38), (800, y)), tone(RED, -.12))
    p.form(tri, RED, 'flat')
    p.shade(poly((330, 1000), (565, 490), (820, 690), (830, 1000)), 1240)
    for cx, cy, c in ((930, 1262, YEL),):
        p.shade(oval(cx, cy - 50, 60), cy)
        p.contact(cx, cy, 54, 14)
        p.form(oval(cx, cy - 52, 62), RED, 'ball')


@draw('stacking-rainbow')
def _(p):
    x, y = 580, 1236
    cols = ('#bf4a3a', '#d98242', '#e0b64e', '#6f9a6a', '#4a7296')
    p.horizon = 960
    p.shade('M{0} {1}A440 440 0 0 1 {2} {1}Z'.format(x - 440, y, x + 440), y, .5, .2)
    dx, dy = 50, 36

    def arch(r, t):
        return 'M{0} {1}A{2} {2} 0 0 1 {3} {1}H{4}A{5} {5} 0 0 0 {6} {1}Z'.format(x - r, y, r, x + r, x + r - t, r - t, x - r + t)
    R = 440
    for c in cols:
        t = 74
        gap = 9
        p.seat(x - R, y, t, dx, dy)
        for q in range(6, 0, -1):
            p.add(arch(R, t), tone(c, -.12), t='translate(%.0f %.0f)' % (dx * q / 6, -dy * q / 6))
        for X in (x + R, x - R + t):
            p.add(poly((X - 30, y), (X, y), (X + dx, y - dy), (X + dx - 30, y - dy)), tone(c, -.12))
        p.form(arch(R, t), c, 'flat', 1)
        p.raw(p.el('M{0} {1}A{2} {2} 0 0 1 {3} {1}'.format(x - R + 26, y - 4, R - 26, x + R - 26), 'none', .12, p.ink, 3))
        R -= t + gap


@draw('pull-along-dog')
def _(p):
    W, D = '#d7aa70', '#8a5a36'
    p.horizon = 960
    p.tube([(190, 1010), (130, 1120), (40, 1210), (-20, 1260)], 9, '#b9452f', by=1280)
    body = rrect(270, 860, 640, 190, 95)
    head = curve([(150, 900), (150, 850), (240, 820), (280, 740), (370, 710), (440, 760), (450, 860), (400, 940), (290, 950), (190, 940)], True)
    p.shade(body + head, 1230)
    for X in (400, 790):
        p.form(oval(X + 36, 1130, 84), tone(RED, -.13), None)
    p.form(curve([(880, 900), (960, 820), (1000, 700), (1030, 700), (1010, 840), (920, 960)], True), W, 'flat')
    p.form(rrect(360, 1010, 80, 100, 20), D, 'flat')
    p.form(rrect(750, 1010, 80, 100, 20), D, 'flat')
    p.form(body, W, p.lin([(0, '#fff', .28), (.5, '#fff', 0), (1, p.ink, .32)], 0, 0, 0, 1), 1, [p.grain(270, 870, 910, 1050, 5, '#7d5426', 3, .35)])
    for X in (520, 700):
        p.line('M%s 862V1048' % X, p.ink, 4, .25)
    p.form(head, tone(W, .03), 'flat', 1.2)
    p.form(curve([(360, 730), (440, 720), (490, 800), (490, 940), (440, 980), (390, 920), (370, 820)], True), D, 'flat', 1.2)
    p.form(oval(160, 862, 32, 28), '#2f2522', 'ball')
    p.form(oval(296, 812, 15), '#2f2522', 'ball')
    p.line('M190 912Q240 926 290 906', p.ink, 5, .4)
    for X in (390, 780):
        p.contact(X, 1236, 70, 18, .7)
        p.form(oval(X, 1150, 92), RED, 'ball', .9)
        p.line(oval(X, 1150, 66), '#f0d5c0', 6, .5)
        p.form(oval(X, 1150, 20), '#efe3ca', 'ball')


@draw('linen-bear')
def _(p):
    c = '#dccdb0'
    x = 590
    weave = p.pattern(9, 9, '<path d="M0 2H9M2 0V9" stroke="#8a7650" stroke-width="1.3" opacity=".35"/>')

    def part(d, k=1.0, cc=c):
        p.form(d, cc, 'ball', k, [p.el('M150 350H1050V1300H150Z', weave)])
    p.shade(oval(x, 980, 240, 270), 1230)
    p.shade(oval(x, 640, 210, 200), 1230)
    p.contact(x, 1228, 320, 42, .6)
    for s in (-1, 1):
        part(oval(x + s * 165, 470, 78, 76))
        p.add(oval(x + s * 160, 478, 44, 42), '#c9a183', .8)
    for s in (-1, 1):
        part(curve([(x + s * 150, 860), (x + s * 250, 880), (x + s * 312, 1010), (x + s * 300, 1110), (x + s * 240, 1120), (x + s * 190, 1030)], True), 1)
    part(curve([(x - 130, 830), (x + 130, 830), (x + 220, 960), (x + 236, 1110), (x + 160, 1220), (x - 160, 1220), (x - 236, 1110), (x - 220, 960)], True), .9)
    p.line('M%s 900V1180' % x, p.ink, 3, .2)
    for s in (-1, 1):
        d = curve([(x + s * 110, 1090), (x + s * 230, 1080), (x + s * 330, 1120), (x + s * 350, 1190), (x + s * 290, 1244), (x + s * 160, 1246), (x + s * 90, 1190)], True)
        p.add(d, p.ink, .14, t='translate(6 -8)')
        part(d, .8)
        part(oval(x + s * 262, 1168, 84, 86), .8)
        p.add(oval(x + s * 264, 1176, 54, 56), '#c9a183', .75)
    part(curve([(x, 410), (x + 100, 428), (x + 188, 490), (x + 238, 590), (x + 234, 700), (x + 160, 800), (x, 838), (x - 160, 800), (x - 234, 700), (x - 238, 590), (x - 188, 490), (x - 100, 428)], True), 1)
    part(oval(x - 4, 705, 106, 84), .6, tone(c, .05))
    p.form(curve([(x - 44, 660), (x, 650), (x + 40, 660), (x + 20, 696), (x - 4, 708), (x - 26, 696)], True), '#4a372c', 'ball')
    p.line('M%s 706V736Q%s 760 %s 752M%s 736Q%s 760 %s 752' % (x - 3, x - 26, x - 50, x - 3, x + 22, x + 44), '#4a372c', 6)
    for s in (-1, 1):
        p.form(oval(x + s * 92 - 2, 612, 19, 21), '#2f2522', 'ball')
        p.add(oval(x + s * 92 - 8, 604, 6), '#fff', .8)
    B = '#4a7196'
    p.form(curve([(x + 60, 850), (x + 130, 860), (x + 150, 1010), (x + 130, 1090, 1), (x + 50, 1084, 1), (x + 60, 960)], True), tone(B, -.04), 'flat')
    p.fringe(x + 54, 1084, x + 130, 1090, 9, 36, B, 6)
    p.form(curve([(x - 196, 790), (x - 90, 836), (x, 846), (x + 90, 836), (x + 196, 790), (x + 206, 850), (x + 110, 900), (x, 910), (x - 110, 900), (x - 206, 850)], True), B, 'down', 1.2)
    p.form(rrect(x + 46, 826, 84, 84, 26), tone(B, .03), 'flat', 1.2)


@draw('chess-set')
def _(p):
    p.horizon = 760
    L, D = '#e3c79a', '#8a5a3a'
    x, y, w, dx, dy = 90, 1220, 840, 170, 330
    p.shade(poly((x, y), (x + dx, y - dy), (x + w + dx, y - dy), (x + w + dx, y - dy + 50), (x + w, y + 66), (x, y + 66)), y + 66)
    p.seat(x, y + 66, w, dx, dy)
    top = poly((x, y), (x + dx, y - dy), (x + w + dx - 120, y - dy), (x + w, y))

    def Q(u, v):
        # u across, v back, in perspective
        return (x + u * w + v * (dx + u * -120), y - dy * (v * (1.12 - .12 * v)))
    p.form(poly(Q(0, 0), Q(1, 0), Q(1, 1), Q(0, 1)), '#6f452c', 'flat')
    lt = dk = ''
    for i in range(8):
        for j in range(8):
            a, b = .05 + i * .1125, .05 + j * .1125
            s = 'M%d %dL%d %dL%d %dL%d %dZ' % (Q(a, b) + Q(a + .1125, b) + Q(a + .1125, b + .1125) + Q(a, b + .1125))
            if (i + j) % 2:
                lt += s
            else:
                dk += s
    p.add(lt, L)
    p.add(dk, D)
    p.add(poly(Q(0, 0), Q(1, 0), Q(1, 1), Q(0, 1)), p.flat(.8))
    p.form(poly((x, y), (x + w, y), (x + w, y + 66), (x, y + 66)), '#7d4f33', 'flat', 1, [p.grain(x, y, x + w, y + 66, 3, '#2c170d', 3, .35)])
    p.form(poly((x + w, y), Q(1, 1), (Q(1, 1)[0], Q(1, 1)[1] + 46), (x + w, y + 66)), '#5a3722', 'flat')
    p.line('M%s %sv66' % (x + w / 2, y), p.ink, 5, .5)
    p.form(rrect(x + w / 2 - 40, y + 20, 80, 22, 6), BRASS, 'down')
    # king
    kx, ky = 430, 1110
    K = '#e6cfa6'
    p.lathe(kx, [(40, 500), (66, 520), (56, 560), (46, 620), (42, 640), (74, 656), (66, 684), (44, 710), (44, 850), (66, 950), (104, 990), (92, 1020), (118, 1050), (122, 1096), (116, ky)], K, gloss=.35)
    p.lathe(kx, [(14, 476), (44, 488), (58, 506), (62, 520)], K, cast=False, seat=False)
    p.form(rrect(kx - 11, 388, 22, 100, 5), K, 'cyl')
    p.form(rrect(kx - 36, 412, 72, 22, 5), K, 'down')
    # knight
    nx, ny = 720, 1040
    N = '#54352a'
    p.lathe(nx, [(84, 890), (74, 920), (100, 950), (106, 1010), (100, ny)], N, gloss=.25)
    hd = curve([(nx - 70, 900, 1), (nx - 60, 820), (nx - 20, 760), (nx - 90, 770), (nx - 140, 760), (nx - 148, 720), (nx - 90, 650), (nx - 50, 600), (nx - 30, 560, 1), (nx + 10, 600), (nx + 80, 680), (nx + 96, 800), (nx + 80, 900, 1), (nx, 914)], True)
    p.shade(hd, ny)
    p.form(hd, N, 'flat', 1.5)
    p.form(oval(nx - 48, 664, 10, 9), '#e6cfa6', None)
    p.line(curve([(nx + 14, 620), (nx + 56, 720), (nx + 56, 860)]), '#8a6a58', 6, .7)
    p.line('M%s 748q20 -4 34 -20' % (nx - 134), '#8a6a58', 5, .7)
    # pawn
    px, py = 590, 1196
    p.lathe(px, [(50, 980), (36, 1000), (34, 1060), (60, 1120), (84, 1140), (76, 1156), (88, 1172), (86, py)], K, gloss=.35)
    p.shade(oval(px, 930, 60), py)
    p.form(oval(px, 932, 60), K, 'ball')
    p.lathe(px, [(58, 978), (62, 986), (56, 998)], K, cast=False, seat=False)


def domino(p, x, y, a, b, s=1.0, lying=False):
    p.box(x, y, 110, 220, 34, 24, '#2b2a2e', top='#4a494e', side='#161518')
    pips = {1: ((0, 0),), 2: ((-1, -1), (1, 1)), 3: ((-1, -1), (0, 0), (1, 1)), 4: ((-1, -1), (1, -1), (-1, 1), (1, 1)), 5: ((-1, -1), (1, -1), (0, 0), (-1, 1), (1, 1)), 6: ((-1, -1), (1, -1), (-1, 0), (1, 0), (-1, 1), (1, 1))}
    p.line('M%s %sh86' % (x + 12, y - 110), BRASS, 5, .9)
    d = ''
    for k, cy in ((a, y - 165), (b, y - 56)):
        for u, v in pips[k]:
            d += 'M%s %sh.1' % (x + 55 + u * 28, cy + v * 28)
    p.line(d, '#f4efe2', 20)


@draw('domino-box')
def _(p):
    W = '#c99a62'
    p.horizon = 900
    x, y, w, h, dx, dy = 110, 1090, 620, 190, 170, 130
    p.shade(poly((x, y), (x + w, y), (x + w + dx, y - dy), (x + w + dx, y - h - dy), (x + dx, y - h - dy), (x, y - h)), y)
    p.seat(x, y, w, dx, dy)
    p.add(poly((x, y - h), (x + dx, y - h - dy), (x + w + dx, y - h - dy), (x + w, y - h)), '#5b3d22')
    for i in range(4):
        X = x + 34 + i * 60
        p.form(poly((X, y - h + 4), (X + 150, y - h - dy + 14), (X + 196, y - h - dy + 14), (X + 46, y - h + 4)), '#2b2a2e', 'flat')
        p.line('M%s %sL%s %s' % (X + 2, y - h + 2, X + 152, y - h - dy + 14), '#8a8890', 4, .5)
    # the lid, half slid off to the right
    lx = 260
    lid = poly((x + lx, y - h - 6), (x + lx + dx, y - h - dy - 6), (x + w + dx + 190, y - h - dy - 6), (x + w + 190, y - h - 6))
    lf = poly((x + lx, y - h - 6), (x + w + 190, y - h - 6), (x + w + 190, y - h + 22), (x + lx, y - h + 22))
    p.add(lid, p.ink, .35, t='translate(10 34)')
    f = poly((x, y - h), (x + w, y - h), (x + w, y), (x, y))
    p.form(f, W, 'flat', 1, [p.grain(x, y - h, x + w, y, 6, '#6d4524', 3, .4)])
    p.form(poly((x + w, y - h), (x + w + dx, y - h - dy), (x + w + dx, y - dy), (x + w, y)), tone(W, -.12), 'flat')
    p.form(lid, tone(W, .06), 'flat', .8, [p.grain(x + lx, y - h - dy - 6, x + w + 440, y - h, 5, '#6d4524', 3, .4)])
    p.form(lf, tone(W, -.02), 'down')
    p.form(poly((x + w + 190, y - h - 6), (x + w + dx + 190, y - h - dy - 6), (x + w + dx + 190, y - h - dy + 22), (x + w + 190, y - h + 22)), tone(W, -.14), None)
    p.add(oval(x + w - 60 + 180, y - h - 70, 66, 20), p.ink, .28)
    p.form(rrect(x + 280, y - 126, 150, 64, 10), '#efe3ca', 'flat', .5)
    p.line('M%s %sh100' % (x + 305, y - 94), '#6d4524', 5, .7)
    domino(p, 250, 1270, 3, 5)
    domino(p, 440, 1300, 6, 2)
    domino(p, 640, 1262, 4, 1)


@draw('spinning-top')
def _(p):
    p.view = .2
    cx, y = 560, 1240
    p.cast.append('<ellipse cx="690" cy="1262" rx="250" ry="52"/>')
    p.contact(cx - 6, y, 40, 14, .7)
    p.open('rotate(14 %s %s)' % (cx, y))
    R = [(170, 700), (262, 760), (300, 830), (276, 910), (170, 1040), (60, 1160), (16, 1215), (8, 1240)]
    p.lathe(cx, [(26, 420), (46, 440), (46, 470), (26, 500), (22, 660)], '#d7aa70', cast=False, seat=False, gloss=.4)
    p.lathe(cx, [(60, 640), (170, 690), (262, 760), (300, 830), (276, 910), (170, 1040), (60, 1160), (20, 1206)], CREAM, cast=False, seat=False, bands=[(640, 700, '#d7aa70'), (700, 756, RED), (800, 866, '#3f6187'), (910, 960, RED), (960, 1000, CREAM), (1000, 1050, '#3f6187'), (1050, 1100, CREAM), (1100, 1230, '#d7aa70')], gloss=.5, k=1.1)
    p.lathe(cx, [(20, 1200), (14, 1224), (5, 1240)], STEEL, sh='metal', cast=False, seat=False)
    p.close()
    for a, b, o in ((250, 170, .35), (300, 200, .22)):
        p.line('M%s 1250A%s 60 0 0 0 %s 1310' % (cx - a, a, cx - 30), '#fff', 5, o)


@draw('marble-run')
def _(p):
    W = '#dcb57d'
    x0, x1 = 190, 980
    for x in (260, 890):
        p.box(x, 1236, 62, 840, 26, 18, tone(W, -.03), side=tone(W, -.14), top=tone(W, .05))
    p.box(150, 1262, 860, 46, 90, 60, tone(W, -.05), side=tone(W, -.16), top=tone(W, .03))
    p.shade(poly((200, 420), (1000, 520), (1000, 1150), (200, 1150)), 1250, op=.35)

    def ramp(xa, ya, xb, yb):
        t = 30
        d = 26
        p.add(poly((xa + 40, ya - 26), (xb + 40, yb - 26), (xb + 40, yb + 4), (xa + 40, ya + 4)), tone(W, -.1))
        p.add(poly((xa, ya), (xa + 40, ya - 26), (xb + 40, yb - 26), (xb, yb)), tone(W, -.19))
        p.add(poly((xa, ya), (xa + 14, ya - 9), (xb + 14, yb - 9), (xb, yb)), tone(W, .06))
        p.add(poly((xa, ya), (xb, yb), (xb, yb + 62), (xa, ya + 62)), p.ink, .22, t='translate(14 22)')
        f = poly((xa, ya), (xb, yb), (xb, yb + 62), (xa, ya + 62))
        p.form(f, W, 'flat', .9)
        p.line('M%s %sL%s %sM%s %sL%s %s' % (xa + 10, ya + 20, xb - 10, yb + 20, xa + 10, ya + 42, xb - 10, yb + 42), '#8a6030', 3, .3)
        p.add(poly((xb, yb), (xb + 40, yb - 26), (xb + 40, yb + 36), (xb, yb + 62)), tone(W, -.14))
        for X, Y in ((291, 0), (921, 0)):
            k = (X - xa) / (xb - xa)
            yy = ya + (yb - ya) * k + 31
            p.form(oval(X, yy, 13), '#a8763f', 'ball')
    ramp(200, 420, 860, 540)
    ramp(320, 770, 980, 650)
    ramp(200, 900, 860, 1020)

    def marble(x, y, r, c):
        p.add(oval(x + 10, y + r - 2, r * .9, r * .26), p.ink, .4)
        p.form(oval(x, y, r), c, p.rad([(0, '#fff', .5), (.3, '#fff', .05), (.7, p.ink, .15), (1, p.ink, .5)], .34, .3, .75))
        p.add('M%s %sQ%s %s %s %sQ%s %s %s %sZ' % (x - r * .5, y + r * .2, x, y - r * .5, x + r * .6, y - r * .1, x, y - r * .1, x - r * .5, y + r * .2), '#bfe0f2', .6)
        p.add(oval(x - r * .34, y - r * .42, r * .2, r * .14), '#fff', .9)
    marble(560, 434, 46, '#2f6ea5')
    marble(740, 1240, 40, '#c1503c')
    marble(850, 1256, 38, '#dba944')


@draw('playing-cards')
def _(p):
    p.floor = False
    G = '#2d6350'
    w, h = 330, 480
    pat = p.pattern(44, 44, '<path d="M22 2L42 22L22 42L2 22Z" fill="none" stroke="#cfe0cf" stroke-width="3.5"/><circle cx="22" cy="22" r="6" fill="#e6cf9a"/><circle cx="0" cy="0" r="5" fill="#cfe0cf"/><circle cx="44" cy="0" r="5" fill="#cfe0cf"/><circle cx="0" cy="44" r="5" fill="#cfe0cf"/><circle cx="44" cy="44" r="5" fill="#cfe0cf"/>')
    # the box
    t = 'rotate(-12 330 460)'
    b = rrect(150, 210, 350, 510, 10)
    p.cast.append('<g transform="translate(30 36)%s"><path d="%s"/></g>' % (t, b))
    p.open(t)
    p.add(rrect(162, 222, 350, 510, 10), '#1c4032')
    p.form(b, G, 'flat', 1.1)
    p.line(rrect(172, 232, 306, 466, 6), '#e6cf9a', 4)
    p.form(oval(325, 465, 92), '#e6cf9a', 'flat')
    p.form(oval(325, 465, 78), G, None)
    p.add('M325 405C375 465 372 500 340 500Q330 500 328 490L340 520H310L322 490Q320 500 310 500C278 500 275 465 325 405Z', '#f4ead2')
    p.add('M290 210h70a35 26 0 0 1 -70 0', '#17382c')
    p.close()
    ox, oy = 620, 1560
    for i, a in enumerate((-30, -19, -8, 3, 14)):
        t = 'rotate(%s %s %s)' % (a, ox, oy)
        d = rrect(ox - w / 2, 710, w, h, 24)
        if i in (0, 4):
            p.cast.append('<g transform="translate(20 26)%s"><path d="%s"/></g>' % (t, d))
        p.open(t)
        if i:
            p.add(d, p.ink, .2, t='translate(-9 3)')
        p.add(d, '#fbf6ea')
        p.add(rrect(ox - w / 2 + 20, 730, w - 40, h - 40, 12), G)
        p.add(rrect(ox - w / 2 + 20, 730, w - 40, h - 40, 12), pat)
        p.line(rrect(ox - w / 2 + 30, 740, w - 60, h - 60, 8), '#e6cf9a', 4, .9)
        p.add(d, p.flat(.7))
        p.close()
    # one card face up
    t = 'rotate(27 %s %s)' % (ox, oy)
    d = rrect(ox - w / 2, 710, w, h, 24)
    p.cast.append('<g transform="translate(20 26)%s"><path d="%s"/></g>' % (t, d))
    p.open(t)
    p.add(d, p.ink, .2, t='translate(-9 3)')
    p.form(d, '#fbf6ea', 'flat', .6)
    def hrt(x, y, s):
        return sym(x, [(0, y - s * .45, 1), (s * .45, y - s * .95), (s * .98, y - s * .6), (s * .8, y + s * .1), (0, y + s, 1)])
    p.add(hrt(ox, 1030, 80), '#bf4438')
    p.add(hrt(ox - 118, 785, 22), '#bf4438')
    p.add(hrt(ox + 118, 1160, 22), '#bf4438')
    p.close()


def n(v):
    return '%.1f' % v


@draw('kite')
def _(p):
    p.horizon = 1330
    p.wall = '#c3dce3'
    C, K = '#e0705a', '#f3e8d2'
    for x, y, s in ((880, 330, 1.0), (230, 1010, .8)):
        p.add(curve([(x - 150 * s, y), (x - 90 * s, y - 50 * s), (x, y - 70 * s), (x + 80 * s, y - 40 * s), (x + 160 * s, y), (x, y + 16 * s)], True), '#fff', .5)
    top, left, bot, right, mid = (700, 190), (420, 470), (500, 980), (880, 520), (640, 500)
    p.tube([bot, (560, 1080), (440, 1150), (330, 1110), (250, 1190), (330, 1290), (480, 1270)], 10, '#d9a44a', drop=False)
    for (x, y), a, col in (((556, 1092), 60, '#4a7296'), ((420, 1150), 10, C), ((262, 1180), -50, '#dba944'), ((360, 1294), 10, '#4a7296')):
        p.open('translate(%s %s) rotate(%s)' % (x, y, a))
        p.form('M0 0L-70 -42Q-84 0 -70 42ZM0 0L70 -42Q84 0 70 42Z', col, 'down')
        p.form(oval(0, 0, 15), tone(col, -.06), None)
        p.close()
    for a, b, col, k in ((top, left, C, .12), (top, right, K, .0), (left, bot, K, -.02), (right, bot, C, -.05)):
        d = poly(a, b, mid)
        p.add(d, tone(col, k * .3))
        p.add(d, p.lin([(0, '#fff', .2), (1, p.ink, .16)], 0, 0, 1, 1))
    p.add(poly(top, right, mid), p.ink, .08)
    p.add(poly(right, bot, mid), p.ink, .14)
    p.tube([top, bot], 12, '#b98a55', d='M%s %sQ630 500 %s %s' % (top + bot))
    p.tube([left, right], 12, '#b98a55', d='M%s %sQ650 470 %s %s' % (left + right))
    p.line(poly(top, left, bot, right), tone(C, -.1), 6, .6)
    p.line('M640 500Q860 900 1210 1180', '#ffffff', 4, .8)
    p.form(oval(640, 496, 16), '#dba944', 'ball')
    p.add(curve([(-20, 1400), (200, 1310), (480, 1350), (760, 1300), (1000, 1340), (1220, 1290), (1220, 1520, 1), (-20, 1520, 1)], True), '#9dba8f')
    p.add(curve([(-20, 1450), (300, 1400), (700, 1430), (1220, 1380), (1220, 1520, 1), (-20, 1520, 1)], True), '#86a87c')
