"""Tops and knitwear, bags, shoes."""
from book import collector
from core import curve, mix, oval, poly, ribbon, rot, rrect, sym, tone

DRAWN = {}
section = collector(DRAWN)
draw = section('tops-knitwear')
BRASS, STEEL, WOOD = '#c39a4e', '#b9bcbd', '#c99a62'
CX = 600


def ribs(p, c, w=15, t='', d=-.09):
    return p.pattern(w, w, '<path d="M%.1f 0V%d" stroke="%s" stroke-width="%.1f"/><path d="M%.1f 0V%d" stroke="%s" stroke-width="2"/>' % (w * .7, w, tone(c, d), w * .36, w * .25, w, tone(c, .06)), t)


def stitches(p, c, t='', w=16, op=.5):
    return p.pattern(w, w * .85, '<path d="M%.1f 1l%.1f %.1f l%.1f -%.1f" fill="none" stroke="%s" stroke-width="2.4" opacity="%s"/>' % (w * .1, w * .4, w * .6, w * .4, w * .6, tone(c, -.13), op), t)


BODY = [(92, 330, 1), (190, 362), (292, 404, 1), (276, 640), (268, 900), (274, 1190, 1)]
LONG = [(286, 400, 1), (350, 500), (410, 760), (466, 1120, 1), (372, 1140, 1), (330, 900), (268, 650, 1), (262, 500)]
SHORT = [(286, 400, 1), (380, 490), (462, 640, 1), (346, 724, 1), (272, 620, 1)]


def flip(pts, s):
    return curve([(CX + s * a[0],) + tuple(a[1:]) for a in pts], True)


def garment(p, c, body=BODY, sleeve=LONG, tex=None, stex=None, neck=70, inside=None, cuff=None, hem=None, drop=True, nd=0):
    """A top laid flat: sleeves, the inside of its neck, body, shading; returns the body's outline."""
    inside = inside or tone(c, -.13)
    b = sym(CX, [(0, 330 + neck)] + body + [(0, body[-1][1] + 6)])
    nx, ny = body[0][:2]
    b = curve([(CX, ny + neck), (CX + nx * .62, ny + neck * .74)] + [(CX + a[0],) + tuple(a[1:]) for a in body] + [(CX, body[-1][1] + 8)] + [(CX - a[0],) + tuple(a[1:]) for a in reversed(body)] + [(CX - nx * .62, ny + neck * .74)], True)
    if drop:
        p.drop(b, 30, 36)
    for s in (-1, 1):
        if not sleeve:
            break
        d = flip(sleeve, s)
        if drop:
            p.drop(d, 30, 36)
        p.add(d, c)
        if stex:
            p.add(d, stex(s))
        if cuff:
            p.open(clip=d)
            cuff(s)
            p.close()
        p.add(d, p.lin([(0, '#fff', .14), (.45, '#fff', 0), (1, p.ink, .34)], 0, 0, 1, .1))
    p.add(curve([(CX - nx, ny, 1), (CX, ny - nd), (CX + nx, ny, 1), (CX + nx * .6, ny + neck * .8), (CX, ny + neck + 10), (CX - nx * .6, ny + neck * .8)], True), inside)
    p.add(b, c)
    if tex:
        p.add(b, tex)
    if hem:
        p.open(clip=b)
        hem()
        p.close()
    p.add(b, p.lin([(0, '#fff', .16), (.25, '#fff', .05), (.6, p.ink, .02), (1, p.ink, .22)], 0, 0, 1, .25))
    for s in (-1, 1):
        if sleeve:
            q = body[2]
            p.line(curve([(CX + s * (q[0] - 3), q[1] + 4), (CX + s * (q[0] - 28), q[1] + 96), (CX + s * (body[3][0] - 6), 640)]), p.ink, 4, .28)
            p.fold(CX + s * 276, 650, CX + s * 190, 760, -s * 16, 12, .13)
    p.fold(CX - 150, 800, CX - 120, 1150, 14, 14, .08)
    p.fold(CX + 130, 720, CX + 160, 1130, -18, 16, .1)
    p.fold(CX - 210, 560, CX - 90, 680, 10, 10, .08)
    return b


def collar(p, c, nx=92, neck=70, w=30, ny=330, rib=True):
    """A ribbed band round the neck."""
    d = curve([(CX - nx - 6, ny - 4), (CX - nx * .66, ny + neck * .72), (CX, ny + neck), (CX + nx * .66, ny + neck * .72), (CX + nx + 6, ny - 4)])
    bk = curve([(CX - nx, ny - 2), (CX, ny + 12), (CX + nx, ny - 2)])
    p.line(bk, tone(c, -.1), w * .9, 1, False)
    p.line(d, tone(c, -.035), w, 1, False)
    if rib:
        p.raw('<path d="%s" fill="none" stroke="%s" stroke-width="%s" stroke-dasharray="4 9" opacity=".5"/>' % (d, tone(c, -.14), w))
    p.line(d, '#fff', 3, .14)


@draw('merino-crew-jumper')
def _(p):
    c = '#2f5a43'
    p.floor = False
    R = ribs(p, c, 16)
    K = stitches(p, c, w=18, op=.6)
    b = curve([(500, 352, 1), (600, 366), (700, 352, 1), (820, 388), (930, 452), (946, 700), (944, 1000), (936, 1170, 1), (600, 1186), (264, 1170, 1), (256, 1000), (254, 700), (270, 452), (380, 388)], True, .34)
    p.drop(b, 34, 42)
    p.add(curve([(490, 356), (600, 330), (710, 356), (672, 440), (600, 460), (528, 440)], True), tone(c, -.16))
    p.line(curve([(500, 352), (600, 344), (700, 352)]), tone(c, -.1), 34, 1, False)
    nb = curve([(500, 348, 1), (534, 426), (600, 452), (666, 426), (700, 348, 1), (820, 388), (930, 452), (946, 700), (944, 1000), (936, 1170, 1), (600, 1186), (264, 1170, 1), (256, 1000), (254, 700), (270, 452), (380, 388)], True, .34)
    p.add(nb, c)
    p.add(nb, K)
    p.open(clip=nb)
    p.add('M240 1090Q600 1110 960 1090V1200H240Z', c)
    p.add('M240 1090Q600 1110 960 1090V1200H240Z', R)
    p.line('M240 1090Q600 1110 960 1090', p.ink, 4, .25)
    p.close()
    p.add(nb, p.lin([(0, '#fff', .2), (.35, '#fff', .02), (.6, p.ink, .04), (1, p.ink, .3)], 0, 0, 1, 1))
    dd = curve([(492, 350), (528, 434), (600, 462), (672, 434), (708, 350)])
    p.line(dd, tone(c, -.02), 40, 1, False)
    p.raw('<path d="%s" fill="none" stroke="%s" stroke-width="40" stroke-dasharray="5 10" opacity=".6"/>' % (dd, tone(c, -.12)))
    p.add(rrect(574, 366, 52, 30, 4), '#e9dfc8')
    # the sleeves, folded over the front
    for s in (1, -1):
        d = curve([(CX + s * 330, 452), (CX + s * 356, 560), (CX + s * 330, 740), (CX + s * 150, 930), (CX - s * 20, 1040, 1), (CX - s * 84, 950, 1), (CX + s * 70, 830), (CX + s * 200, 680), (CX + s * 230, 540), (CX + s * 262, 440)], True, .34)
        p.add(d, p.ink, .35, t='translate(8 16)')
        p.add(d, tone(c, .012))
        p.add(d, stitches(p, c, 'rotate(%d)' % (40 * s), w=18, op=.6))
        p.open(clip=d)
        q = poly((CX + s * 40, 990), (CX - s * 24, 900), (CX - s * 130, 960), (CX - s * 30, 1090))
        p.add(q, c)
        p.add(q, ribs(p, c, 16, 'rotate(%d)' % (56 * s)))
        p.close()
        p.add(d, p.lin([(0, '#fff', .16), (.5, '#fff', .02), (1, p.ink, .3)], 0, 0, .7, 1))


@draw('breton-top')
def _(p):
    p.floor = False
    c, N = '#f4ecdc', '#2b3d63'

    def st(t):
        return p.pattern(60, 60, '<path d="M0 20H60V40H0Z" fill="%s"/>' % N, t)

    def hem():
        p.add('M300 320H900V470H300Z', c)
        p.add('M300 1150H900V1240H300Z', c)
    garment(p, c, tex=st(''), stex=lambda s: st('rotate(%s 600 400)' % (-14 * s)), neck=44, hem=hem, nd=14, cuff=lambda s: p.add(flip([(290, 1074, 1), (500, 1040, 1), (500, 1200, 1), (300, 1200, 1)], s), c))
    p.line(curve([(508, 330), (550, 366), (600, 376), (650, 366), (692, 330)]), tone(c, -.07), 8)
    p.line('M330 1152Q600 1164 870 1152', p.ink, 3, .25)


@draw('heavy-tee')
def _(p):
    p.floor = False
    c = '#c9932f'
    garment(p, c, sleeve=SHORT, neck=78, cuff=lambda s: p.line(flip([(450, 616, 1), (330, 700, 1)], s), p.ink, 4, .3))
    collar(p, c, neck=78, w=26, rib=False)
    p.line('M328 1160Q600 1172 872 1160', p.ink, 3.5, .28)
    p.line('M328 1150Q600 1162 872 1150', p.ink, 2.5, .2)
    p.add(rrect(580, 352, 40, 24, 3), '#f2e7d0')


def button(p, x, y, r, c):
    g = '<g id="@"><path d="%s" fill="%s" opacity=".3"/><path d="%s" fill="%s"/><path d="%s" fill="%s"/>%s</g>' % (
        oval(2, 4, r), p.ink, oval(0, 0, r), c, oval(0, 0, r), p.ball(.8),
        p.el('M%.1f %.1fh.1m%.1f 0h.1m0 %.1fh.1m-%.1f 0h.1' % (-r * .25, -r * .25, r * .5, r * .5, r * .5), 'none', .7, p.ink, max(2, r * .22)))
    p.raw('<use href="#%s" transform="translate(%s %s)"/>' % (p._def(g, g), x, y))


def hanger(p, y=300, c=WOOD):
    p.drop(poly((360, 420), (600, 330), (840, 420)), 34, 40, .5)
    p.line('M600 %sV%sq0 -34 34 -40a40 40 0 1 0 -44 -44' % (y + 20, y - 30), '#8f9394', 10)
    p.line('M598 %sV%s' % (y + 20, y - 30), '#fff', 3, .5)
    p.form(curve([(300, 420), (440, 350), (560, 306), (600, 300), (640, 306), (760, 350), (900, 420), (880, 440), (740, 390), (600, 346), (460, 390), (320, 440)], True), c, 'down')


SHIRT = [(96, 356, 1), (190, 384), (296, 430, 1), (282, 640), (280, 900), (290, 1140), (250, 1230), (120, 1262)]


def shirt(p, c, btn, sleeve=LONG):
    sl = [(a[0], a[1] + 24) + tuple(a[2:]) for a in sleeve]

    def cuff(s):
        p.line(flip([(352, 1070, 1), (480, 1050, 1)], s), p.ink, 4, .3)
    b = garment(p, c, SHIRT, sl, neck=60, cuff=cuff, inside=tone(c, -.12), nd=6)
    p.add('M576 400H626V1268Q600 1272 576 1268Z', '#fff', .1)
    p.line('M576 410V1268M628 400V1266', p.ink, 3, .22)
    p.line(curve([(504, 380), (420, 430), (310, 470)]), p.ink, 3, .18)
    p.line(curve([(696, 380), (780, 430), (890, 470)]), p.ink, 3, .18)
    for s in (-1, 1):
        d = curve([(CX + s * 108, 340, 1), (CX + s * 128, 400), (CX + s * 112, 480, 1), (CX + s * 50, 440), (CX + s * 2, 402, 1), (CX + s * 60, 360)], True)
        p.add(d, p.ink, .2, t='translate(6 9)')
        p.form(d, tone(c, .02), 'flat')
    for i in range(6):
        button(p, 602, 470 + i * 140, 12, btn)


@draw('linen-shirt')
def _(p):
    p.floor = False
    c = '#a9c1d6'
    hanger(p)
    shirt(p, c, '#f6f1e6')
    slub = p.pattern(46, 38, '<path d="M0 6H30M14 20H46M4 31H22" stroke="#fff" stroke-width="2" opacity=".35"/><path d="M10 0V24M32 12V38" stroke="%s" stroke-width="1.6" opacity=".2"/>' % p.ink)
    p.add('M330 480H870V1230H330Z', slub, .5)
    d = 'M672 600H800V740L736 766L672 740Z'
    p.add(d, '#fff', .1)
    p.line(d, p.ink, 3, .25)


@draw('lambswool-cardigan')
def _(p):
    p.floor = False
    c = '#a4552f'
    R = ribs(p, c, 15)

    def hem():
        p.add('M300 1110H900V1220H300Z', R)
    body = [(92, 330, 1), (190, 362), (292, 404, 1), (280, 640), (276, 900), (280, 1190, 1)]
    sl = [(286, 400, 1), (366, 520), (430, 800), (440, 1010), (410, 1130, 1), (310, 1096, 1), (330, 900), (272, 650, 1), (262, 500)]
    garment(p, c, body, sl, tex=stitches(p, c), stex=lambda s: stitches(p, c, 'rotate(%s)' % (-12 * s)), neck=70, hem=hem, cuff=lambda s: p.add(flip([(300, 1030, 1), (470, 1040, 1), (470, 1200, 1), (300, 1200, 1)], s), R))
    # the open V and the button band
    v = poly((508, 330), (692, 330), (602, 640))
    p.add(curve([(508, 330, 1), (600, 344), (692, 330, 1), (660, 480), (602, 650, 1), (540, 480)], True), tone(c, -.2))
    p.line('M512 340Q600 362 688 340', tone(c, -.1), 22)
    for s in (-1, 1):
        d = curve([(CX + s * 96, 326), (CX + s * 66, 480), (CX + 2, 650)])
        p.line(d, tone(c, -.05), 40, 1, False)
        p.line(d, '#fff', 3, .15)
    p.add('M580 640H624V1192H580Z', tone(c, -.05))
    p.add('M580 640H624V1192H580Z', p.pattern(44, 12, '<path d="M0 8H44" stroke="%s" stroke-width="3" opacity=".5"/>' % tone(c, -.16)))
    p.line('M580 650V1192M624 640V1192', p.ink, 3, .3)
    for i in range(5):
        button(p, 602, 690 + i * 112, 19, '#5b3420')
    for s in (-1, 1):
        d = rrect(CX + s * 165 - 75, 920, 150, 150, 8)
        p.line(d, p.ink, 3, .22)
        p.add(rrect(CX + s * 165 - 75, 920, 150, 30, 4), R)


@draw('fishermans-sweater')
def _(p):
    p.floor = False
    c = '#efe5d0'
    R = ribs(p, c, 18, d=-.1)

    lobe = curve([(6, 0), (32, 5), (74, 60), (72, 78), (44, 72), (6, 26)], True)
    cc = ''.join('<path d="%s" fill="#fdf7ea" stroke="%s" stroke-width="3" transform="translate(0 %d)"/>' % (lobe, tone(c, -.15), k) for k in (-100, -50, 0, 50))

    def cab(t):
        return p.pattern(80, 50, '<path d="M0 0H80V50H0Z" fill="%s"/>' % tone(c, -.05) + cc, t)
    cable = cab('translate(20 0)')
    moss = p.pattern(20, 20, '<path d="M5 5h.1M15 15h.1" stroke="%s" stroke-width="8" stroke-linecap="round"/>' % tone(c, -.07))

    def hem():
        p.add('M300 320H900V1240H300Z', moss)
        for x in (400, 560, 720):
            p.add('M%s 330h80V1120h-80Z' % x, cable)
            p.line('M%s 330V1120M%s 330V1120' % (x - 14, x + 94), tone(c, -.1), 6, .8)
        p.add('M300 1108H900V1220H300Z', c)
        p.add('M300 1108H900V1220H300Z', R)

    def cuff(s):
        p.add(flip([(330, 1050, 1), (500, 1020, 1), (500, 1200, 1), (330, 1200, 1)], s), c)
        p.add(flip([(330, 1050, 1), (500, 1020, 1), (500, 1200, 1), (330, 1200, 1)], s), R)
    body = [(100, 350, 1), (200, 372), (306, 420, 1), (296, 640), (290, 900), (294, 1190, 1)]
    sl = [(296, 412, 1), (376, 540), (450, 800), (500, 1110, 1), (384, 1140, 1), (340, 900), (280, 660, 1), (270, 500)]
    def sleeve_tex(s):
        return p.pattern(26, 26, '<path d="M6 0V26" stroke="%s" stroke-width="4"/><path d="M19 6h.1M19 19h.1" stroke="%s" stroke-width="8" stroke-linecap="round"/>' % (tone(c, -.1), tone(c, -.06)), 'rotate(%s)' % (-13 * s))
    garment(p, c, body, sl, stex=sleeve_tex, cuff=cuff, hem=hem, neck=60)
    nk = curve([(482, 384, 1), (476, 290), (500, 250), (600, 240), (700, 250), (724, 290), (718, 384, 1), (660, 412), (600, 420), (540, 412)], True)
    p.drop(nk, 20, 24, .6)
    p.add(nk, c)
    p.add(nk, R)
    p.add(nk, p.cyl(1))
    p.line(curve([(480, 330), (540, 352), (600, 358), (660, 352), (720, 330)]), p.ink, 6, .2)
    p.add(oval(600, 256, 98, 16), tone(c, -.16))


@draw('brushed-overshirt')
def _(p):
    p.floor = False
    c = '#6a6f45'
    p.form(rrect(470, 150, 260, 74, 14), WOOD, 'down')
    p.drop(rrect(470, 150, 260, 74, 14), 12, 20)
    p.drop(oval(600, 250, 26), 14, 30)
    p.tube([(600, 186), (600, 250), (624, 292), (656, 268)], 16, '#4a4542')
    p.form(oval(658, 262, 14), '#4a4542', 'ball')
    sl = [(a[0] * .99, a[1] + 10) + tuple(a[2:]) for a in LONG]
    shirt(p, c, '#3d321f', sl)
    p.tube([(572, 356), (606, 290), (640, 356)], 10, tone(c, -.12))
    for s in (-1, 1):
        x = CX + s * 148 - 78
        d = 'M%s 590h156v150l-78 26l-78 -26Z' % x
        p.add(d, p.ink, .14, t='translate(5 7)')
        p.form(d, c, 'flat')
        p.line(d, p.ink, 3, .3)
        f = 'M%s 572h164v50l-82 34l-82 -34Z' % (x - 4)
        p.add(f, p.ink, .22, t='translate(4 7)')
        p.form(f, tone(c, .02), 'flat')
        button(p, CX + s * 148, 634, 11, '#3d321f')


@draw('rib-beanie')
def _(p):
    c = '#d0a033'
    x = 590
    dome = sym(x, [(26, 520), (130, 552), (250, 680), (316, 860), (330, 1060, 1)])
    cuffd = curve([(x - 346, 1010), (x - 200, 1000), (x, 996), (x + 200, 1000), (x + 346, 1010), (x + 356, 1100), (x + 346, 1206), (x + 180, 1236), (x, 1244), (x - 180, 1236), (x - 346, 1206), (x - 356, 1100)], True)
    p.shade(dome + cuffd, 1236)
    p.contact(x, 1222, 330, 40, .6)
    p.add(dome, c)
    p.open(clip=dome)
    dk = lt = ''
    for i in range(-9, 10):
        u = i / 9
        dk += 'M%.0f 1070C%.0f 880 %.0f 640 %.0f 530' % (x + u * 330, x + u * 335, x + u * 210, x + u * 22)
        lt += 'M%.0f 1070C%.0f 880 %.0f 640 %.0f 530' % (x + u * 330 - 13, x + u * 335 - 13, x + u * 210 - 10, x + u * 22 - 2)
    p.line(dk, tone(c, -.15), 13, .7, False)
    p.line(lt, tone(c, .1), 6, .8, False)
    p.close()
    p.add(dome, p.rad([(0, '#fff', .25), (.4, '#fff', 0), (1, p.ink, .45)], .35, .3, .8))
    p.add(curve([(x - 338, 1000), (x, 968), (x + 338, 1000), (x, 1030)], True), p.ink, .3)
    p.add(cuffd, c)
    p.open(clip=cuffd)
    dk = lt = ''
    for i in range(-10, 11):
        u = i / 10
        X = x + 352 * (u * (1.25 - .25 * abs(u)))
        dk += 'M%.0f 990V1250' % X
        lt += 'M%.0f 990V1250' % (X - 14)
    p.line(dk, tone(c, -.13), 14, .7, False)
    p.line(lt, tone(c, .1), 7, .8, False)
    p.close()
    p.add(cuffd, p.cyl(1))
    p.add(cuffd, p.lin([(0, '#fff', .2), (.2, '#fff', 0), (.8, p.ink, 0), (1, p.ink, .28)], 0, 0, 0, 1))
    p.add(rrect(x + 90, 1080, 110, 74, 6), '#f0e4c6')
    p.add(rrect(x + 90, 1080, 110, 74, 6), p.ink, .08)
    p.line('M%s 1105h70M%s 1125h44' % (x + 110, x + 110), '#8a6a2a', 5, .7)


@draw('wool-scarf')
def _(p):
    p.floor = False
    c = '#7a2638'
    R = ribs(p, c, 22)
    back = curve([(500, 300, 1), (830, 270, 1), (850, 700), (880, 1200, 1), (560, 1226, 1), (520, 700)], True)
    front = curve([(330, 300), (420, 262), (660, 254), (700, 300), (690, 700), (660, 1130, 1), (330, 1110, 1), (316, 700)], True, .3)
    p.drop(back, 30, 36)
    p.fringe(564, 1222, 878, 1198, 26, 110, tone(c, -.02), 8)
    p.add(back, tone(c, -.035))
    p.add(back, ribs(p, tone(c, -.035), 22, 'rotate(-3)'))
    p.add(back, p.lin([(0, p.ink, .3), (.5, p.ink, .1), (1, p.ink, .25)], 0, 0, 1, .2))
    fold = curve([(400, 262), (560, 226), (820, 236), (846, 290), (830, 340), (680, 330), (420, 330)], True)
    p.form(fold, tone(c, .01), 'down', 1.3, [p.el('M380 210H860V350H380Z', R)])
    p.drop(front, 30, 34)
    p.add(front, p.ink, .35, t='translate(22 18)')
    p.fringe(334, 1108, 656, 1128, 27, 120, c, 8)
    p.add(front, c)
    p.add(front, R)
    p.open(clip=front)
    for y, h in ((930, 26), (976, 60), (1056, 26)):
        p.add('M300 %sQ500 %s 700 %sV%sQ500 %s 300 %sZ' % (y, y + 18, y + 14, y + 14 + h, y + 18 + h, y + h), '#e3c9a8', .9)
    p.close()
    p.add(front, p.lin([(0, '#fff', .16), (.3, '#fff', .02), (1, p.ink, .3)], 0, 0, 1, .15))
    p.add(front, p.lin([(0, '#fff', .16), (.12, '#fff', 0), (1, p.ink, 0)], 0, 0, 0, 1))
    p.fold(470, 340, 500, 1080, 18, 16, .14)


@draw('fair-isle-vest')
def _(p):
    p.floor = False
    c = '#8e939a'
    R = ribs(p, c, 15)
    body = [(112, 320, 1), (170, 334), (214, 352, 1), (196, 470), (226, 610), (280, 680, 1), (274, 900), (278, 1190, 1)]
    B, RD, W = '#34507a', '#b2402f', '#f2ead8'
    w = p.pattern(56, 210, '<path d="M0 0H56V210H0Z" fill="%s"/><path d="M0 0H56V14H0ZM0 196H56V210H0Z" fill="%s"/><path d="M28 30L52 62L28 94L4 62ZM0 94l8 12l-8 12ZM56 94l-8 12l8 12Z" fill="%s"/><path d="M28 46L40 62L28 78L16 62Z" fill="%s"/><path d="M0 122H56V132H0Z" fill="%s"/><path d="M7 142h14v14h-14zM35 142h14v14h-14zM21 156h14v14h-14zM49 156h7v14h-7zM0 156h7v14h-7zM7 170h14v14h-14zM35 170h14v14h-14z" fill="%s"/>' % (W, RD, B, RD, B, RD), 'translate(12 700)')

    def hem():
        p.add('M300 700H900V910H300Z', w)
        p.add('M300 300H900V1240H300Z', stitches(p, c, w=14, op=.4))
        p.add('M300 1110H900V1220H300Z', c)
        p.add('M300 1110H900V1220H300Z', R)
    garment(p, c, body, None, hem=hem, neck=300)
    d = curve([(482, 316, 1), (530, 470), (600, 628, 1), (670, 470), (718, 316, 1)])
    p.add(curve([(484, 316, 1), (600, 336), (716, 316, 1), (670, 470), (600, 628, 1), (530, 470)], True), tone(c, -.2))
    p.line('M484 322Q600 346 716 322', tone(c, -.1), 24)
    p.line(d, tone(c, -.05), 32, 1, False)
    p.line(d, RD, 6, .9, False)
    for s in (-1, 1):
        a = curve([(CX + s * 208, 350), (CX + s * 190, 470), (CX + s * 218, 604), (CX + s * 276, 682)])
        p.line(a, tone(c, -.05), 30, 1, False)
        p.line(a, RD, 5, .9, False)


draw = section('bags')


def stitch(p, d, c='#fff', w=4, op=.6):
    p.raw('<path d="%s" fill="none" stroke="%s" stroke-width="%s" stroke-dasharray="13 9" stroke-linecap="round" opacity="%s"/>' % (d, c, w, op))


@draw('canvas-tote')
def _(p):
    C, N = '#e6dac0', '#2c3c5e'
    p.tube([(440, 700), (440, 470), (500, 350), (600, 330), (700, 350), (760, 470), (764, 690)], 34, tone(N, -.03), hi=.12)
    body = curve([(300, 660, 1), (600, 684), (900, 650, 1), (912, 900), (930, 1210), (900, 1240), (600, 1248), (300, 1242), (272, 1212), (290, 900)], True, .3)
    p.shade(body, 1240)
    p.contact(600, 1236, 330, 36, .6)
    p.add(curve([(300, 660, 1), (600, 632), (900, 650, 1), (600, 690)], True), tone(C, -.2))
    weave = p.pattern(8, 8, '<path d="M0 2H8M2 0V8" stroke="#8a7650" stroke-width="1.2" opacity=".4"/>')
    p.form(body, C, p.lin([(0, '#fff', .16), (.3, '#fff', .05), (.6, p.ink, .03), (1, p.ink, .28)], 0, 0, 1, .3), 1, [p.el('M250 600H950V1260H250Z', weave, .6)])
    p.line('M302 700Q600 724 902 690', '#a9966d', 4, .7)
    for x in (430, 770):
        p.form(poly((x - 20, 690), (x + 20, 690), (x + 20, 850), (x - 20, 850)), N, 'flat')
        stitch(p, 'M%s 700V838H%sV700' % (x - 13, x + 13), '#8fa0c2', 3)
    p.tube([(430, 700), (420, 500), (480, 400), (600, 376), (720, 400), (780, 500), (770, 700)], 38, N, hi=.14)
    p.fold(330, 760, 420, 1200, 30, 22, .1)
    p.fold(860, 740, 800, 1190, -30, 24, .12)
    p.fold(560, 900, 600, 1220, 14, 14, .07)
    p.fold(290, 1200, 470, 1130, 10, 12, .1)


@draw('roll-top-backpack')
def _(p):
    c = '#66703f'
    d = sym(590, [(210, 560, 1), (240, 620), (276, 800), (300, 1040), (296, 1180), (250, 1242)])
    p.tube([(820, 660), (930, 760), (950, 960), (880, 1150)], 42, tone(c, -.08), by=1240, hi=.15)
    p.shade(d, 1240)
    p.contact(590, 1238, 280, 36, .6)
    p.form(d, c, p.lin([(0, '#fff', .12), (.25, '#fff', .1), (.6, p.ink, .04), (1, p.ink, .4)]))
    top = curve([(366, 400), (590, 380), (814, 396), (840, 440), (806, 580), (590, 600), (372, 580), (344, 440)], True, .3)
    p.form(top, tone(c, .02), 'down', 1.3)
    roll = rrect(330, 360, 520, 92, 46)
    p.shade(roll, 1240)
    p.form(roll, tone(c, .035), 'down', 1.5)
    p.form(oval(846, 406, 24, 44), tone(c, -.06), 'ball', .6)
    p.line('M846 376a14 26 0 1 1 -6 50', p.ink, 4, .4)
    p.fold(400, 480, 460, 580, 10, 12, .14)
    p.fold(720, 480, 690, 584, -10, 12, .14)
    pk = curve([(370, 830, 1), (590, 846), (810, 830, 1), (836, 1020), (832, 1160), (790, 1204), (590, 1212), (390, 1204), (346, 1160), (344, 1020)], True, .3)
    p.add(pk, p.ink, .3, t='translate(8 12)')
    p.form(pk, tone(c, .01), 'flat', 1.1)
    p.form(curve([(360, 820, 1), (590, 838), (820, 820, 1), (828, 900), (590, 926), (352, 900)], True, .3), tone(c, .03), 'down')
    stitch(p, 'M366 886Q590 910 816 886', '#c8cc9a', 3)
    S = '#8a5a35'
    p.form(rrect(556, 350, 68, 560, 8), S, 'cyl')
    stitch(p, 'M566 460V896M614 460V896', '#e0b98a', 3)
    p.tube([], 12, STEEL, d=rrect(542, 690, 96, 74, 12))
    p.form(rrect(584, 690, 12, 74, 4), STEEL, 'cyl')
    p.form(rrect(564, 906, 52, 60, 10), S, 'flat')


@draw('leather-satchel')
def _(p):
    c = '#b0713c'
    p.tube([(430, 640), (440, 520), (590, 480), (740, 520), (750, 640)], 34, tone(c, -.08), by=1220)
    x, y, w, h = 200, 1232, 780, 560
    d = rrect(x, y - h, w, h, 46)
    p.shade(d, y)
    p.contact(x + w / 2, y - 4, w / 2 - 20, 40, .6)
    p.form(curve([(x + w - 40, y - h + 6, 1), (x + w + 20, y - h - 8), (x + w + 40, y - h + 30), (x + w + 44, y - 90), (x + w + 20, y - 40), (x + w - 30, y - 4, 1)], True, .3), tone(c, -.13), 'flat')
    p.form(d, c, 'flat', 1.2)
    p.form(rrect(x + 60, y - 260, w - 120, 220, 24), tone(c, -.02), 'flat')
    stitch(p, rrect(x + 72, y - 248, w - 144, 196, 18), '#f0d2a4', 3)
    fl = curve([(x - 8, y - h + 30), (x + 20, y - h - 14), (x + w / 2, y - h - 22), (x + w - 20, y - h - 14), (x + w + 8, y - h + 30), (x + w + 6, y - 300), (x + w - 60, y - 224), (x + w / 2, y - 206), (x + 60, y - 224), (x - 6, y - 300)], True, .3)
    p.add(fl, p.ink, .35, t='translate(6 18)')
    p.form(fl, tone(c, .02), 'flat', 1.3)
    stitch(p, curve([(x + 12, y - h + 40), (x + 14, y - 310), (x + 72, y - 244), (x + w / 2, y - 226), (x + w - 72, y - 244), (x + w - 14, y - 310), (x + w - 12, y - h + 40)], False, .3), '#f0d2a4', 3.5)
    p.add('M%s %sQ%s %s %s %s' % (x + 40, y - h + 20, x + w * .4, y - h - 4, x + w * .7, y - h + 12), 'none', .35, '#fff', 9)
    for X in (x + 170, x + w - 230):
        p.add(rrect(X + 4, y - 420, 60, 340, 10), p.ink, .3)
        p.form(rrect(X, y - 430, 60, 340, 12), tone(c, -.05), 'cyl')
        p.tube([], 11, BRASS, d=rrect(X - 14, y - 250, 88, 76, 10))
        p.line('M%s %sh48' % (X + 30, y - 212), BRASS, 10)
        p.line('M%s %sv.1m0 34v.1m0 34v.1' % (X + 30, y - 150), p.ink, 9, .5)
        p.form(rrect(X - 6, y - 140, 72, 22, 6), tone(c, -.08), 'flat')


@draw('market-basket')
def _(p):
    c = '#cfa661'
    # a baguette and greens stand in it
    p.open('rotate(17 760 700)')
    b = sym(770, [(0, 330), (44, 360), (66, 480), (70, 800), (60, 900)])
    p.form(b, '#c58a48', 'cyl', 1.1)
    for i in range(4):
        p.add('M%s %sQ%s %s %s %sQ%s %s %s %sZ' % (726, 500 + i * 100, 750, 440 + i * 100, 818, 420 + i * 100, 790, 480 + i * 100, 726, 500 + i * 100), '#efd3a0', .9)
    p.close()
    for dx, a, L in ((430, -26, 260), (500, -6, 320), (560, 14, 270), (470, -46, 200)):
        p.leaf(dx, 800, L, a, L * .4, ('#5f8a4f', '#79a364', '#4d7743', '#8bb374')[dx // 10 % 4], '#d3e4bd')
    p.tube([(380, 800), (400, 560), (600, 480), (790, 560), (810, 800)], 30, '#8a5430', by=1230)
    d = curve([(236, 770, 1), (590, 800), (944, 770, 1), (900, 1000), (846, 1200), (810, 1240), (590, 1252), (370, 1240), (334, 1200), (280, 1000)], True, .3)
    p.shade(d, 1240)
    p.contact(590, 1240, 260, 36, .6)
    w = p.pattern(44, 36, '<path d="M0 0H44V36H0Z" fill="{0}"/><rect x="1" y="1" width="42" height="16" rx="8" fill="{1}"/><rect x="-21" y="19" width="42" height="16" rx="8" fill="{2}"/><rect x="23" y="19" width="42" height="16" rx="8" fill="{2}"/>'.format(tone(c, -.13), tone(c, .03), tone(c, -.02)))
    p.add(d, w)
    p.add(d, p.cyl(1.15))
    rim = curve([(230, 776), (410, 800), (590, 808), (770, 800), (950, 776)])
    p.tube([], 36, c, d=rim)
    p.raw('<path d="%s" fill="none" stroke="%s" stroke-width="36" stroke-dasharray="5 20" opacity=".5"/>' % (rim, tone(c, -.18)))
    p.tube([(390, 900), (396, 640), (470, 560), (600, 540), (720, 560), (790, 640), (796, 900)], 32, '#9a6138')
    for x in (388, 796):
        p.form(rrect(x - 30, 850, 60, 110, 14), '#9a6138', 'flat')
        p.line('M%s 876h.1M%s 936h.1' % (x, x), BRASS, 16)


@draw('weekend-bag')
def _(p):
    c, L = '#2d3f60', '#8a5330'
    p.horizon = 1000
    p.tube([(400, 760), (420, 560), (590, 500), (760, 560), (780, 760)], 30, tone(L, -.07), by=1230)
    d = curve([(150, 900), (210, 740), (340, 690), (590, 680), (850, 690), (980, 740), (1040, 900), (1056, 1110), (1030, 1220), (960, 1240), (590, 1246), (230, 1240), (160, 1220), (136, 1110)], True, .33)
    p.shade(d, 1236)
    p.contact(600, 1236, 440, 40, .6)
    p.form(d, c, p.lin([(0, '#fff', .18), (.3, '#fff', .06), (.6, p.ink, .06), (1, p.ink, .45)], .1, 0, .8, 1))
    p.line(curve([(240, 724), (400, 698), (590, 692), (790, 698), (950, 726)]), '#16233b', 16)
    stitch(p, curve([(240, 724), (400, 698), (590, 692), (790, 698), (950, 726)]), '#c8a45d', 7, .9)
    p.form(curve([(138, 1120, 1), (590, 1140), (1055, 1120, 1), (1036, 1216), (960, 1240), (590, 1246), (230, 1240), (158, 1216)], True, .3), L, 'flat')
    for x in (390, 750):
        p.add(rrect(x + 5, 760, 56, 486, 6), p.ink, .3)
        p.form(rrect(x, 700, 56, 544, 6), L, 'cyl')
        stitch(p, 'M%s 712V1236M%s 712V1236' % (x + 9, x + 47), '#dcae7c', 3)
        p.form(rrect(x - 6, 870, 68, 30, 6), BRASS, 'flat')
    p.tube([(418, 880), (430, 640), (590, 556), (750, 640), (778, 880)], 34, L)
    p.tube([(530, 574), (590, 557), (650, 574)], 50, tone(L, -.04))
    for x in (170, 1000):
        p.form(oval(x + 12, 880, 26, 30), BRASS, 'ball')
    p.fold(240, 800, 320, 1080, 30, 22, .16)
    p.fold(940, 800, 880, 1080, -30, 22, .18)
    p.add('M230 770Q290 724 380 720Q300 760 262 840Z', '#fff', .16)


@draw('crossbody-pouch')
def _(p):
    c = '#b04a33'
    S = '#8f3825'
    p.tube([(330, 860), (300, 560), (400, 300), (590, 240), (790, 300), (880, 560), (850, 860)], 22, S, by=1240)
    d = curve([(270, 880), (300, 800), (440, 770), (590, 764), (740, 770), (880, 800), (912, 880), (900, 1050), (800, 1190), (590, 1240), (380, 1190), (282, 1050)], True)
    p.shade(d, 1240)
    p.contact(590, 1232, 230, 32, .65)
    p.form(d, tone(c, -.04), p.cyl(1))
    fl = curve([(262, 880), (296, 792), (440, 762), (590, 756), (740, 762), (884, 792), (920, 880), (870, 1010), (740, 1080), (590, 1096), (440, 1080), (312, 1010)], True)
    p.add(fl, p.ink, .35, t='translate(4 16)')
    p.form(fl, c, 'flat', 1.3)
    stitch(p, curve([(284, 884), (328, 1000), (446, 1062), (590, 1078), (736, 1062), (852, 1000), (896, 884)]), '#eab69f', 3.5)
    p.add('M310 860Q330 800 450 786Q380 830 350 920Z', '#fff', .25)
    p.form(oval(590, 1062, 34), BRASS, 'ball')
    p.form(oval(590, 1062, 18), '#a27c34', 'ball', .6)
    for x in (320, 860):
        p.tube([], 10, BRASS, d=oval(x, 826, 26, 30))


@draw('string-bag')
def _(p):
    p.floor = False
    C = '#f3ead6'
    O = '#de8230'
    p.drop(oval(600, 1010, 250, 270), 70, 60, .7)
    p.form(rrect(540, 130, 120, 60, 14), WOOD, 'down')
    for s in (-1, 1):
        p.tube([(CX + s * 170, 720), (CX + s * 130, 460), (CX + s * 30, 250), (CX + s * 6, 210)], 16, C, drop=s > 0)
    p.form(oval(600, 200, 24), '#4a4542', 'ball')

    def orange(x, y, r):
        p.form(oval(x, y, r, r * .97), O, 'ball', 1, [p.speck(x - r, y - r, x + r, y + r, 26, '#b5621c', 5, .35)])
        p.add(oval(x + r * .1, y - r * .62, 9, 6), '#6d7d3a')
    bag = sym(600, [(190, 720, 1), (236, 900), (266, 1050), (220, 1200), (100, 1276)])
    p.add(bag, p.ink, .12)
    orange(540, 960, 122)
    orange(690, 1030, 128)
    orange(530, 1140, 126)
    p.open(clip=bag)
    a = b = ''
    for i in range(-6, 7):
        u = i / 4
        a += 'M%.0f 700C%.0f 900 %.0f 1100 %.0f 1300' % (600 + u * 200, 600 + u * 270 + 50, 600 + u * 270 + 120, 600 + u * 150 + 120)
        b += 'M%.0f 700C%.0f 900 %.0f 1100 %.0f 1300' % (600 + u * 200, 600 + u * 270 - 50, 600 + u * 270 - 120, 600 + u * 150 - 120)
    p.line(a + b, '#7d5a34', 6, .45)
    p.add(a + b, 'none', 1, C, 5, True, 'translate(-3 -3)')
    p.close()
    p.line(bag, C, 9)
    p.tube([(408, 724), (500, 742), (600, 748), (700, 742), (792, 724)], 26, C)


@draw('wash-bag')
def _(p):
    c = '#c99a33'
    x, y, w, h, dx, dy = 180, 1236, 680, 420, 170, 120
    top = curve([(x + 10, y - h, 1), (x + 60, y - h - 40), (x + dx, y - h - dy, 1), (x + w + dx - 20, y - h - dy, 1), (x + w + dx - 30, y - h - 40), (x + w, y - h, 1)], True, .2)
    out = poly((x, y), (x + w, y), (x + w + dx, y - dy), (x + w + dx - 20, y - h - dy), (x + dx, y - h - dy), (x, y - h))
    p.shade(out, y - 40)
    p.seat(x, y, w, dx, dy)
    f = curve([(x + 14, y - h - 4, 1), (x + w / 2, y - h - 10), (x + w - 10, y - h - 2, 1), (x + w + 6, y - h / 2), (x + w, y - 10, 1), (x + w - 20, y), (x + w / 2, y + 4), (x + 20, y, 1), (x, y - 14), (x - 6, y - h / 2)], True, .3)
    s = curve([(x + w - 10, y - h - 2, 1), (x + w + dx - 22, y - h - dy, 1), (x + w + dx + 4, y - h / 2 - dy), (x + w + dx, y - dy, 1), (x + w, y - 6, 1), (x + w + 6, y - h / 2)], True, .3)
    p.form(poly((x + 14, y - h - 4), (x + dx, y - h - dy), (x + w + dx - 22, y - h - dy), (x + w - 10, y - h - 2)), tone(c, .05), 'flat')
    p.form(s, tone(c, -.12), 'flat', 1)
    p.form(f, c, 'flat', 1.2)
    za, zb = (x + 86, y - h - 58), (x + w + dx - 100, y - h - 58)
    p.line('M%s %sL%s %s' % (za + zb), tone(c, -.16), 42, 1, False)
    p.line('M%s %sL%s %s' % (za + zb), '#54462a', 20, 1, False)
    p.raw('<path d="M%s %sL%s %s" fill="none" stroke="%s" stroke-width="18" stroke-dasharray="6 7"/>' % (za + zb + (BRASS,)))
    p.form(rrect(za[0] + 60, za[1] - 14, 50, 28, 8), BRASS, 'down')
    p.tube([(za[0] + 62, za[1]), (za[0] - 10, za[1] + 30), (za[0] - 20, za[1] + 110)], 18, '#7a4a2c')
    p.line('M%s %sL%s %s' % (x + 16, y - h + 8, x + w - 8, y - h + 8), tone(c, -.14), 8, .8)
    stitch(p, 'M%s %sH%s' % (x + 20, y - h + 24, x + w - 14), '#f3dc9c', 3.5)
    p.form(rrect(x + w - 250, y - 120, 150, 70, 8), '#7a4a2c', 'flat')
    stitch(p, rrect(x + w - 242, y - 112, 134, 54, 5), '#d9a877', 3)
    p.fold(x + 60, y - h + 60, x + 150, y - 40, 30, 18, .1)
    p.fold(x + w - 60, y - h + 40, x + w - 130, y - 150, -20, 16, .1)
    p.tube([(x + w + 50, y - 300), (x + w + 92, y - 320), (x + w + 128, y - 330), (x + w + 134, y - 250), (x + w + 96, y - 190), (x + w + 54, y - 180)], 22, '#7a4a2c')


@draw('card-wallet')
def _(p):
    c = '#24503f'
    p.floor = False
    t = 'rotate(-9 600 800)'
    p.cast.append('<g transform="translate(34 42)rotate(-9 600 800)"><path d="%s"/></g>' % (rrect(240, 620, 720, 520, 34) + rrect(300, 440, 600, 300, 24)))
    p.open(t)
    for x, y, col, st in ((300, 430, '#e7d6b5', '#c99a4a'), (330, 500, '#c96f52', '#f0c9b3')):
        p.add(rrect(x + 6, y + 8, 570, 360, 26), p.ink, .25)
        p.form(rrect(x, y, 570, 360, 26), col, 'flat')
        p.add(rrect(x + 40, y + 40, 74, 54, 10), st)
        p.line('M%s %sh74M%s %sv54' % (x + 40, y + 66, x + 76, y + 40), p.ink, 3, .25)
        p.add(rrect(x, y + 118, 570, 22), p.ink, .12)
    b = 'M240 660Q240 626 274 626H926Q960 626 960 660V1104Q960 1140 924 1140H276Q240 1140 240 1104Z'
    p.form(b, tone(c, -.04), 'flat')
    f = 'M240 720Q240 690 274 690H430Q470 690 490 720Q520 770 600 770Q680 770 710 720Q730 690 770 690H926Q960 690 960 720V1104Q960 1140 924 1140H276Q240 1140 240 1104Z'
    p.add(f, p.ink, .35, t='translate(0 -8)')
    p.form(f, c, 'flat', 1.4)
    stitch(p, 'M262 730Q262 712 280 712H426Q456 712 472 736Q510 792 600 792Q690 792 728 736Q744 712 774 712H920Q938 712 938 730V1098Q938 1118 918 1118H282Q262 1118 262 1098Z', '#8fc0a4', 3.5, .7)
    p.add(rrect(760, 1030, 120, 34, 6), '#17382c')
    p.line('M780 1047h80', '#c39a4e', 6, .9)
    p.close()


@draw('bike-pannier')
def _(p):
    c = '#5c7486'
    for x in (400, 740):
        p.tube([(x, 600), (x, 470), (x + 50, 430), (x + 96, 470), (x + 96, 540)], 30, '#2f3236', by=1240)
    d = curve([(290, 620, 1), (590, 610), (890, 620, 1), (900, 900), (910, 1180), (880, 1238), (590, 1246), (300, 1238), (270, 1180), (280, 900)], True, .28)
    p.shade(d, 1240)
    p.contact(590, 1238, 310, 36, .6)
    p.form(curve([(860, 640, 1), (930, 630), (946, 700), (956, 1120), (936, 1196), (870, 1236, 1)], True, .3), tone(c, -.15), 'flat')
    p.form(d, c, 'flat', 1.3)
    fold = curve([(276, 600), (300, 548), (590, 536), (880, 548), (906, 600), (900, 760), (590, 776), (280, 760)], True, .3)
    p.add(fold, p.ink, .3, t='translate(4 14)')
    p.form(fold, tone(c, .03), 'down', 1.4)
    p.line(curve([(282, 640), (590, 654), (900, 640)]), p.ink, 6, .3)
    p.line(curve([(282, 690), (590, 704), (900, 690)]), p.ink, 4, .2)
    for x in (360, 760):
        p.form(rrect(x, 546, 52, 380, 6), '#2f3a44', 'cyl')
        p.form(rrect(x - 14, 800, 80, 96, 12), '#22282e', 'flat')
        p.add(rrect(x + 8, 816, 36, 30, 6), '#5d666d')
    p.add(rrect(278, 1060, 624, 44, 4), '#dfe4e2')
    p.add(rrect(278, 1060, 624, 44, 4), p.lin([(0, '#fff', .5), (.5, p.ink, .1), (1, p.ink, .3)]))
    p.form(rrect(510, 940, 170, 72, 10), '#d9803a', 'flat')
    p.add('M310 800V1040', 'none', .25, '#fff', 8)


draw = section('shoes')


def pair(p, fn, dx=140, dy=-96, s=.94, sy=1):
    """The far shoe, a little behind and dimmer, then the near one."""
    c0 = list(p.cast)
    for t in ('matrix(%s 0 0 %.3f %.1f %.1f)' % (s, s * sy, dx + 600 * (1 - s), dy + 1240 * (1 - s * sy)), 'matrix(1 0 0 %s 0 %.1f)' % (sy, 1240 * (1 - sy))):
        p.open(t)
        fn()
        p.close()
        p.cast = c0 + ['<g transform="%s">%s</g>' % (t, ''.join(p.cast[len(c0):]))]
        c0 = list(p.cast)


def grounded(p, d, x0, x1):
    p.shade(d, 1232)
    g = (x0 + x1) / 2
    p.contact(g, 1230, (x1 - x0) / 2, 30, .65)


def lace(p, pts, c, w=14):
    for a, b in pts:
        p.line('M%s %sL%s %s' % (a + b), p.ink, w, .3)
        p.add('M%s %sL%s %s' % (a + b), 'none', 1, c, w * .85, True, 'translate(-2 -4)')


@draw('suede-desert-boot')
def _(p):
    c = '#c8a272'

    def boot():
        up = curve([(150, 1170, 1), (160, 1090), (240, 1030), (400, 990), (510, 920), (580, 810), (610, 690, 1), (760, 672), (930, 690, 1), (936, 850), (962, 1000), (976, 1180, 1)], True)
        sole = curve([(138, 1166, 1), (500, 1186), (985, 1166, 1), (994, 1200), (980, 1238), (600, 1240), (200, 1240), (146, 1214)], True, .3)
        grounded(p, up, 150, 980)
        p.add(curve([(606, 700), (760, 660), (934, 694), (760, 716)], True), tone(c, -.25))
        p.form(up, c, p.lin([(0, '#fff', .25), (.4, '#fff', .03), (1, p.ink, .3)], .1, 0, .8, 1))
        q = curve([(596, 730, 1), (520, 940), (470, 1010, 1), (560, 1080), (640, 1176, 1), (976, 1180, 1), (962, 1000), (936, 850), (930, 690, 1), (760, 672), (610, 690, 1)], True)
        p.add(q, tone(c, -.03))
        p.add(q, p.lin([(0, '#fff', .2), (.3, '#fff', .05), (1, p.ink, .32)]))
        p.line(curve([(596, 740), (520, 940), (470, 1010), (560, 1080), (640, 1176)]), tone(c, -.14), 4)
        stitch(p, curve([(612, 748), (538, 944), (494, 1006), (576, 1072), (654, 1170)]), '#f2dcb8', 3)
        lace(p, [((530, 850), (600, 820)), ((500, 930), (576, 900))], '#7a5230')
        for x, y in ((606, 818), (582, 898)):
            p.add(oval(x, y, 11), '#7a5230')
        p.line(curve([(600, 820), (660, 860), (650, 920)]), '#7a5230', 8)
        p.form(sole, '#d9b883', 'down', 1.2, [p.speck(140, 1170, 990, 1240, 60, '#8a6a3c', 5, .5)])
        p.fold(330, 1060, 420, 1150, -16, 10, .12)
    pair(p, boot)


@draw('canvas-plimsoll')
def _(p):
    c = '#f3efe6'

    def shoe():
        up = curve([(150, 1160, 1), (170, 1060), (280, 1010), (420, 980), (520, 900), (590, 830, 1), (660, 900), (770, 934), (880, 912), (950, 836, 1), (974, 930), (986, 1170, 1)], True)
        grounded(p, up, 150, 985)
        p.form(curve([(590, 832, 1), (760, 862), (950, 838, 1), (880, 920), (770, 940), (650, 900)], True), '#b9ad99', 'down')
        p.form(curve([(530, 890), (556, 800), (598, 752), (648, 764), (664, 810), (660, 910)], True), tone(c, -.05), 'flat')
        p.form(up, c, p.lin([(0, '#fff', .2), (.4, '#fff', 0), (1, p.ink, .26)], .1, 0, .8, 1))
        stitch(p, curve([(592, 846), (520, 930), (470, 985), (560, 1040), (600, 1160)]), '#a9a08e', 3, .9)
        p.add(curve([(148, 1160, 1), (166, 1064), (270, 1014), (330, 1040), (370, 1160, 1)], True), '#fffdf7')
        p.line(curve([(276, 1012), (336, 1042), (374, 1160)]), '#b8ae9b', 4)
        lace(p, [((540, 862), (608, 890)), ((500, 906), (570, 936)), ((458, 944), (532, 976))], '#ffffff', 17)
        p.line(curve([(608, 850), (680, 930), (640, 990), (600, 930), (610, 860)]), '#ffffff', 10)
        p.line('M960 880L974 1150', '#c9bfae', 12)
        sole = curve([(140, 1150, 1), (560, 1176), (992, 1156, 1), (1000, 1200), (984, 1238), (600, 1240), (190, 1240), (144, 1210)], True, .3)
        p.form(sole, '#c99560', 'down')
        p.line(curve([(142, 1166), (560, 1190), (996, 1172)]), '#f4ead8', 12)
        p.add(curve([(150, 1172), (220, 1186), (330, 1190), (320, 1226), (200, 1226), (150, 1206)], True, .3), '#b47f4b')
    pair(p, shoe, sy=.86)


@draw('leather-sandal')
def _(p):
    c = '#b67a45'
    p.horizon = 900

    def shoe():
        bed = curve([(140, 1120), (200, 1040), (380, 1010), (560, 1040), (740, 1010), (920, 1000), (1010, 1060), (990, 1130), (860, 1160), (600, 1150), (380, 1190), (200, 1190)], True)
        low = curve([(136, 1120, 1), (200, 1192), (380, 1192), (600, 1152), (860, 1162), (1000, 1110, 1), (1006, 1160), (960, 1216), (700, 1214), (420, 1244), (220, 1246), (150, 1200)], True)
        p.shade(low, 1236)
        p.contact(560, 1226, 430, 40, .55)

        p.form(low, '#b98d5c', 'down', 1, [p.speck(130, 1120, 1010, 1250, 80, '#6f4a28', 6, .5), p.el(curve([(130, 1206), (240, 1236), (420, 1232), (700, 1200), (1010, 1160), (1010, 1260), (130, 1260)], True), '#4a3a2e')])
        p.form(bed, '#dcbd92', 'flat')
        p.add(curve([(190, 1120), (240, 1070), (380, 1046), (540, 1066), (740, 1036), (920, 1026), (970, 1070), (860, 1120), (600, 1118), (380, 1150), (240, 1158)], True), p.ink, .1)
        for x, yb, yf, top, w in ((300, 1200, 1040, 950, 130), (610, 1162, 1036, 880, 136)):
            # the band: up from the near edge, over the foot, down behind the far edge
            d = curve([(x - w * .5, yb, 1), (x - w * .56, yb - 110), (x - w * .2, top + 40), (x + w * .55, top), (x + w * 1.15, top + 50), (x + w * 1.3, yf + 6, 1), (x + w * .96, yf + 12, 1), (x + w * .9, top + 120), (x + w * .7, top + 110), (x + w * .56, top + 160), (x + w * .5, yb - 40), (x + w * .5, yb, 1)], True)
            und = curve([(x + w * .5, yb - 20, 1), (x + w * .56, top + 160), (x + w * .72, top + 106), (x + w * .92, top + 122), (x + w * .98, yf + 14, 1)], True)
            p.add(und, p.ink, .38)
            p.add(d, p.ink, .2, t='translate(14 10)')
            p.form(d, c, p.lin([(0, '#fff', .12), (.3, '#fff', .28), (.55, '#fff', 0), (1, p.ink, .4)]))
            stitch(p, curve([(x - w * .4, yb - 6), (x - w * .44, yb - 106), (x - w * .1, top + 50), (x + w * .52, top + 14)]), '#f0cfa0', 3)
            p.tube([], 10, BRASS, d=rrect(x - w * .5, yb - 120, w * .96, 54, 10))
            p.line('M%s %sv30' % (x, yb - 108), BRASS, 8)
    pair(p, shoe, 90, -190, .88)


@draw('felt-slipper')
def _(p):
    c, O = '#8f9196', '#d9793a'
    felt = p.pattern(40, 40, '<path d="M4 6l10 6M24 4l8 -3M30 22l8 8M8 28l9 -4M20 36l6 -6M16 18l4 5" stroke="#fff" stroke-width="2" opacity=".3"/>')

    def shoe():
        up = curve([(150, 1190), (150, 1090), (220, 1000), (340, 930), (460, 900), (560, 905), (640, 960), (800, 1000), (930, 960), (975, 960), (1000, 1040), (1000, 1190), (900, 1216), (240, 1220)], True)
        grounded(p, up, 150, 1000)
        inn = curve([(470, 908), (560, 886), (760, 870), (900, 890), (978, 956), (940, 1000), (800, 1014), (640, 976)], True)
        p.form(inn, O, p.lin([(0, p.ink, .5), (.5, p.ink, .1), (1, '#fff', .15)]))
        p.form(up, c, p.lin([(0, '#fff', .3), (.4, '#fff', .03), (1, p.ink, .36)], .1, 0, .7, 1), 1, [p.el('M100 850H1050V1240H100Z', felt)])
        p.line(curve([(466, 904), (560, 906), (640, 964), (800, 1004), (930, 964), (978, 958)]), O, 15)
        sole = curve([(140, 1186), (400, 1206), (760, 1206), (1010, 1186), (1012, 1226), (980, 1240), (180, 1242), (140, 1226)], True, .3)
        p.form(sole, '#6b5141', 'down')
        stitch(p, curve([(150, 1172), (400, 1192), (760, 1192), (1000, 1172)]), '#eae2d2', 5, .8)
        p.fold(300, 980, 420, 1060, -14, 10, .1)
    pair(p, shoe)


@draw('chelsea-boot')
def _(p):
    c = '#4f3022'

    def boot():
        up = curve([(150, 1180, 1), (156, 1100), (230, 1040), (400, 1000), (530, 930), (590, 810), (590, 640), (584, 540, 1), (740, 520), (920, 540, 1), (920, 760), (950, 960), (972, 1180, 1)], True)
        grounded(p, up, 150, 980)
        p.add(curve([(584, 544), (740, 510), (920, 544), (740, 570)], True), '#2a1810')
        p.tube([(868, 560), (880, 486), (910, 486), (906, 556)], 17, '#6a4632', hi=.2)
        p.form(up, c, p.lin([(0, '#fff', .3), (.35, '#fff', .03), (1, p.ink, .5)], .1, 0, .8, 1))
        el = curve([(650, 536, 1), (750, 526), (840, 538, 1), (822, 700), (790, 880), (740, 936), (690, 880), (660, 700)], True)
        p.form(el, '#28262a', 'flat', 1, [p.el(''.join('M%d 520L%d 950' % (655 + i * 16, 690 + i * 8) for i in range(12)), 'none', .6, '#4a484d', 4)])
        p.line(el, tone(c, -.1), 6)
        p.line(curve([(740, 936), (690, 1010), (560, 1060), (520, 1176)]), tone(c, -.13), 4)
        p.line(curve([(740, 936), (800, 1020), (960, 1040)]), tone(c, -.13), 4)
        p.add('M220 1096Q270 1050 400 1034Q330 1070 270 1126Q220 1140 220 1096Z', '#fff', .35)
        p.add('M606 640Q612 800 570 900Q600 800 596 640Z', '#fff', .3)
        sole = curve([(140, 1172, 1), (500, 1190), (985, 1172, 1), (990, 1210), (980, 1240, 1), (760, 1240, 1), (750, 1214), (500, 1222), (200, 1226), (142, 1206)], True, .3)
        p.form(sole, '#2e211b', 'down')
        p.line(curve([(142, 1178), (500, 1196), (984, 1178)]), '#8a5d3c', 7)
    pair(p, boot)


@draw('rubber-garden-clog')
def _(p):
    c = '#2c5a43'

    def shoe():
        up = curve([(140, 1170), (146, 1060), (230, 960), (370, 890), (500, 880), (580, 920, 1), (660, 1010), (800, 1046), (940, 1030), (985, 1050), (1000, 1120), (1000, 1180), (860, 1206), (240, 1206)], True)
        grounded(p, up, 140, 1000)
        inn = curve([(570, 912), (680, 900), (860, 920), (960, 980), (990, 1050), (940, 1050), (800, 1062), (660, 1030)], True)
        p.form(inn, tone(c, -.14), 'flat')
        p.form(up, c, p.lin([(0, '#fff', .3), (.35, '#fff', .03), (1, p.ink, .45)], .1, 0, .8, 1))
        p.tube([(500, 882), (580, 922), (660, 1012), (800, 1048), (940, 1034), (984, 1050)], 22, tone(c, .04))
        p.add('M216 1040Q270 950 400 916Q320 980 276 1080Q220 1110 216 1040Z', '#fff', .4)
        for x, y in ((470, 1000), (540, 1040), (620, 1086), (440, 1080), (520, 1116)):
            p.add(oval(x, y, 20, 17), tone(c, -.18))
            p.line('M%s %sA20 17 0 0 0 %s %s' % (x - 18, y + 8, x + 18, y + 8), '#fff', 3, .25)
        p.line(curve([(142, 1150), (400, 1176), (760, 1176), (1000, 1150)]), tone(c, .08), 8, .7)
        sole = curve([(136, 1172), (400, 1196), (760, 1196), (1006, 1172), (1010, 1215), (990, 1242), (200, 1244), (140, 1220)], True, .3)
        p.form(sole, tone(c, -.07), 'down')
        p.line(''.join('M%d 1214v24' % (190 + i * 42) for i in range(19)), p.ink, 9, .4)
    pair(p, shoe)


@draw('espadrille')
def _(p):
    c = '#2e4470'

    def shoe():
        up = curve([(160, 1170), (170, 1080), (260, 1010), (400, 980), (500, 970), (560, 990, 1), (640, 1060), (760, 1080), (880, 1040), (970, 980, 1), (990, 1060), (990, 1170)], True)
        grounded(p, up, 150, 1000)
        inn = curve([(540, 984), (680, 950), (880, 940), (972, 982), (890, 1050), (760, 1090), (640, 1070)], True)
        p.form(inn, '#e4d3ae', p.lin([(0, p.ink, .45), (.6, p.ink, .1), (1, '#fff', .1)]))
        weave = p.pattern(10, 10, '<path d="M0 3H10M3 0V10" stroke="#fff" stroke-width="1.4" opacity=".22"/>')
        p.form(up, c, p.lin([(0, '#fff', .28), (.35, '#fff', .03), (1, p.ink, .36)], .1, 0, .7, 1), 1, [p.el('M100 900H1050V1240H100Z', weave)])
        stitch(p, curve([(500, 982), (560, 1004), (640, 1072), (760, 1094), (880, 1054), (974, 996)]), '#e7d7b2', 4, .8)
        p.line(curve([(400, 982), (440, 1080), (520, 1160)]), p.ink, 4, .3)
        sole = curve([(144, 1150), (400, 1176), (760, 1176), (1002, 1150), (1014, 1200), (990, 1240), (190, 1242), (140, 1206)], True, .3)
        p.form(sole, '#d9bd85', None)
        p.open(clip=sole)
        for y in (1168, 1196, 1224):
            dd = curve([(130, y - 8), (400, y + 12), (760, y + 12), (1020, y - 8)])
            p.line(dd, '#c9a966', 26)
            p.raw('<path d="%s" fill="none" stroke="#8f6d35" stroke-width="24" stroke-dasharray="4 15" opacity=".75"/>' % dd)
            p.line(curve([(130, y + 6), (400, y + 26), (760, y + 26), (1020, y + 6)]), '#7d5f2f', 4, .6)
        p.close()
        p.add(sole, p.lin([(0, '#fff', .1), (.4, p.ink, 0), (1, p.ink, .35)], 0, 0, .6, 1))
        stitch(p, curve([(150, 1140), (400, 1164), (760, 1164), (996, 1140)]), '#f0e3c2', 6, .9)
    pair(p, shoe)


@draw('leather-derby')
def _(p):
    c = '#2b2a2e'

    def shoe():
        up = curve([(140, 1176, 1), (150, 1110), (230, 1056), (400, 1020), (510, 940), (586, 866, 1), (660, 930), (780, 956), (890, 930), (948, 850, 1), (966, 940), (976, 1170, 1)], True)
        grounded(p, up, 145, 980)
        p.form(curve([(586, 868, 1), (760, 890), (948, 852, 1), (890, 936), (780, 964), (650, 930)], True), '#8a5f45', 'down', 1.4)
        p.form(curve([(530, 920), (554, 840), (592, 796), (640, 806), (656, 850), (660, 950)], True), tone(c, .04), 'flat')
        p.form(up, c, p.lin([(0, '#fff', .26), (.35, '#fff', .03), (1, '#000', .4)], .1, 0, .8, 1))
        q = curve([(586, 866, 1), (500, 960), (462, 1020), (540, 1080), (600, 1172, 1), (976, 1170, 1), (966, 940), (948, 850, 1), (890, 930), (780, 956), (660, 930)], True)
        p.add(q, tone(c, .035))
        p.add(q, p.lin([(0, '#fff', .16), (.4, '#fff', .02), (1, '#000', .35)]))
        stitch(p, curve([(596, 880), (516, 966), (484, 1020), (556, 1074), (614, 1164)]), '#8d8a90', 2.5, .9)
        lace(p, [((540, 900), (618, 912)), ((506, 940), (586, 956)), ((478, 984), (554, 1002))], '#57545a', 13)
        p.line(curve([(610, 900), (690, 960), (660, 1020), (610, 970), (612, 904)]), '#57545a', 8)
        p.add('M206 1110Q280 1056 400 1046Q320 1080 290 1130Q220 1150 206 1110Z', '#fff', .5)
        p.add('M890 1010Q920 980 940 930Q950 990 938 1080Q896 1080 890 1010Z', '#fff', .12)
        p.line(curve([(330, 1034), (380, 1090), (380, 1170)]), '#000', 3, .5)
        sole = curve([(132, 1170, 1), (500, 1186), (985, 1166, 1), (990, 1200), (982, 1240, 1), (760, 1240, 1), (750, 1206), (500, 1214), (200, 1220), (136, 1200)], True, .3)
        p.form(sole, '#1d1a1a', 'down')
        p.line(curve([(134, 1176), (500, 1192), (986, 1172)]), '#8f6a4a', 6)
    pair(p, shoe, sy=.86)


@draw('wool-runner')
def _(p):
    c = '#c3c6c9'

    def shoe():
        up = curve([(140, 1140), (170, 1050), (280, 1000), (420, 960), (520, 880), (590, 806, 1), (660, 880), (770, 916), (880, 880), (930, 800), (964, 776), (992, 800), (980, 920), (1000, 1140)], True)
        grounded(p, up, 130, 1010)
        p.form(curve([(590, 808, 1), (760, 836), (964, 780, 1), (880, 890), (770, 922), (650, 880)], True), '#666b72', 'down')
        p.form(curve([(524, 870), (552, 776), (594, 724), (648, 736), (664, 786), (660, 900)], True), tone(c, -.05), 'flat')
        p.add(up, c)
        p.add(up, stitches(p, c, 'rotate(20)', 18, .7))
        p.add(up, p.lin([(0, '#fff', .3), (.4, '#fff', .03), (1, p.ink, .32)], .1, 0, .8, 1))
        p.line(curve([(596, 806), (530, 900), (450, 965), (520, 1010), (560, 1130)]), tone(c, -.1), 5)
        lace(p, [((544, 830), (620, 862)), ((506, 876), (586, 906)), ((462, 918), (548, 950)), ((420, 952), (500, 988))], '#fbfaf7', 16)
        p.form(curve([(930, 780), (968, 760), (1000, 790), (984, 900), (1000, 1120), (930, 1120), (920, 940)], True), '#8d939a', 'flat')
        p.add(curve([(150, 1140), (190, 1060), (280, 1020), (300, 1140)], True), tone(c, -.06), .8)
        sole = curve([(120, 1130), (300, 1156), (560, 1150), (800, 1120), (1016, 1100), (1030, 1180), (1000, 1236), (800, 1244), (300, 1244), (160, 1226), (116, 1180)], True)
        p.form(sole, '#f6f3ec', 'down', 1.1)
        p.line(curve([(130, 1190), (300, 1204), (560, 1200), (800, 1186), (1026, 1170)]), p.ink, 4, .18)
        p.add(curve([(140, 1222), (300, 1232), (800, 1232), (1006, 1222), (1000, 1240), (800, 1246), (300, 1246), (160, 1238)], True), '#b9a58a')
    pair(p, shoe, sy=.86)


@draw('rain-boot')
def _(p):
    c = '#d3a02a'

    def boot():
        up = curve([(230, 1180), (240, 1080), (330, 1020), (450, 990), (510, 900), (520, 700), (505, 420, 1), (680, 400), (850, 420, 1), (850, 700), (850, 900), (880, 1050), (890, 1180)], True)
        grounded(p, up, 230, 900)
        p.add(curve([(505, 424), (680, 388), (850, 424), (680, 452)], True), '#6b4d10')
        p.form(up, c, p.lin([(0, '#fff', .1), (.25, '#fff', .22), (.5, '#fff', 0), (1, p.ink, .4)]))
        p.tube([(503, 430), (590, 448), (680, 454), (770, 448), (852, 430)], 26, tone(c, .03))
        p.add('M560 500Q572 760 548 950Q600 780 596 500Z', '#fff', .45)
        p.add('M300 1090Q360 1040 450 1034Q380 1070 350 1130Q300 1140 300 1090Z', '#fff', .45)
        p.line(curve([(500, 930), (620, 990), (860, 960)]), p.ink, 5, .2)
        p.line(curve([(250, 1110), (360, 1090), (440, 1120), (460, 1180)]), p.ink, 5, .25)
        p.line(curve([(508, 520), (680, 550), (850, 520)]), tone(c, -.1), 12)
        p.form(rrect(760, 510, 62, 46, 8), '#6b5a3a', 'flat')
        p.form(rrect(772, 522, 38, 22, 4), STEEL, 'flat')
        sole = curve([(216, 1160, 1), (400, 1184), (700, 1184), (900, 1160, 1), (908, 1200), (900, 1242, 1), (690, 1242, 1), (680, 1220), (500, 1226), (480, 1242), (250, 1242), (218, 1210)], True, .25)
        p.form(sole, '#5a4526', 'down')
        p.line(''.join('M%d 1204v34' % (250 + i * 40) for i in range(7)) + ''.join('M%d 1204v34' % (710 + i * 40) for i in range(5)), '#2f2312', 12, .7)
        p.line(curve([(218, 1168), (400, 1190), (700, 1190), (900, 1168)]), '#f0d088', 7)
    pair(p, boot, 170, -80, .95)
