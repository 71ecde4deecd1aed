"""Cooking, tableware, coffee and tea."""
from book import collector
from core import curve, mix, oval, poly, ribbon, rot, rrect, sym, tone

DRAWN = {}
section = collector(DRAWN)
draw = section('cooking')

STEEL, IRON, BRASS, COPPER = '#b9bcbd', '#3a3a3d', '#c39a4e', '#c9794c'
OAK, BEECH, WALNUT = '#c99a62', '#dcb98a', '#7a5238'


@draw('cast-iron-skillet')
def _(p):
    p.view, p.horizon = .5, 330
    c, y = 520, 860
    p.shade(oval(c, y + 30, 360, 180) , y + 60, 0, 0)
    p.drop(oval(c, y + 60, 355, 190), 50, 66)
    h = poly(*rot([(830, 815), (1120, 800), (1150, 830), (1120, 866), (830, 858)], 28, c, y))
    h = ribbon(rot([(800, 850), (930, 848), (1040, 846), (1130, 846), (1160, 846)], 24, c, y), [120, 62, 66, 84, 60])
    p.drop(h, 40, 62)
    p.form(h, '#444347', 'flat')
    q = rot([(1122, 846)], 24, c, y)[0]
    p.add(oval(q[0], q[1], 22, 16), '#8d7458')
    p.lathe(c, [(372, y), (366, y + 30), (320, y + 110), (300, y + 124)], IRON, open='#2c2c2f', rim=16, rimc='#5a5a5e', cast=False, seat=False)
    p.add(oval(c, y + 40, 296, 142), '#37373a')
    p.add(oval(c, y + 40, 296, 142), p.rad([(0, '#fff', .16), (.6, '#fff', .02), (1, p.ink, .2)], .35, .25, .8))
    p.line('M%s %sA330 160 0 0 1 %s %s' % (c - 318, y + 40, c - 130, y - 122), '#fff', 5, .3)
    # a sprig of rosemary
    st = [(400, 960), (500, 900), (620, 860)]
    p.line(curve(st), '#6c5a3a', 6)
    for i in range(9):
        x, yy = 412 + i * 24, 953 - i * 11.5
        p.leaf(x, yy, 62 - i * 2, 28, 13, '#7d9470', bend=0)
        p.leaf(x, yy, 58 - i * 2, 104, 13, '#6b835f', bend=0)


@draw('enamel-stockpot')
def _(p):
    R, c = '#c1442f', 570
    body = [(276, 620, 1), (280, 660), (280, 1130), (262, 1215), (236, 1240, 1)]
    for s in (-1, 1):
        pts = [(c + s * 268, 735), (c + s * 345, 745), (c + s * 352, 800), (c + s * 270, 815)]
        p.tube(pts, 30, '#2e2a2b', hi=.3)
    p.lathe(c, body, R, k=1.1)
    p.gloss(c, body, .5)
    p.tube([(c - 44, 470), (c - 48, 436), (c, 420), (c + 48, 436), (c + 44, 470)], 24, '#2e2a2b')
    lid = [(40, 470), (130, 484), (230, 540), (286, 598), (292, 622, 1), (292, 632)]
    p.lathe(c, lid, R, cast=False, seat=False, bands=[(604, 640, '#2a2627')], k=1.1)
    p.lathe(c, [(52, 462), (60, 478)], '#2e2a2b', cast=False, seat=False)
    p.add('M%s 575Q%s 505 %s 490Q%s 515 %s 585Z' % (c - 210, c - 160, c - 70, c - 150, c - 190), '#fff', .38)


def spoon(p, x, y, a, L, c, kind):
    w = {'round': 62, 'oval': 50, 'flat': 56}[kind]
    p.open('translate(%s %s) rotate(%s)' % (x, y, a))
    p.form(ribbon([(0, 0), (0, -L * .4), (0, -L + 150)], [24, 26, 34]), c, 'cyl')
    if kind == 'flat':
        d = curve([(-16, -L + 175), (-w, -L + 70), (-w, -L, 1), (w - 22, -L + 16, 1), (w - 4, -L + 80), (16, -L + 175)], True)
        p.form(d, c, 'flat')
        p.line('M-34 %sV%s' % (-L + 30, -L + 100), p.ink, 4, .12)
    else:
        h = 82 if kind == 'oval' else 66
        p.form(oval(0, -L + 80, w, h), c, 'flat')
        p.add(oval(3, -L + 78, w - 13, h - 15), p.ink, .14)
        p.add(oval(6, -L + 84, w - 18, h - 21), tone(c, .02), .9)
    p.close()


@draw('beech-spoon-trio')
def _(p):
    c = 560
    jar = [(170, 800), (176, 830), (182, 1000), (176, 1180), (150, 1240)]
    p.lathe(c, jar, '#efe7da', open='#b9a58e', rim=14)
    for x, a, L, col, k in ((500, -13, 720, '#dfbf92', 'oval'), (630, 15, 700, '#cfa671', 'flat'), (566, 2, 830, '#e4c79d', 'round')):
        spoon(p, x, 1130, a, L, col, k)
    p.lathe(c, jar, '#efe7da', cast=False, seat=False, front=True, bands=[(1090, 1240, '#d9b89a')], inner=[p.speck(380, 820, 740, 1230, 70, '#8a6a4c', 5, .5)])
    p.line('M%s 800A170 %s 0 0 0 %s 800' % (c - 170, 170 * p.tilt(800), c + 170), '#faf5ec', 8)


@draw('carbon-chef-knife')
def _(p):
    p.floor = False
    cloth = poly(*rot([(250, 330), (930, 330), (930, 1180), (250, 1180)], -7, 600, 750))
    p.drop(cloth, 16, 18, .5)
    p.form(cloth, '#e9e2d2', 'flat', .5)
    for o in (60, 84):
        q = rot([(250, 1180 - o), (930, 1180 - o)], -7, 600, 750)
        p.line(poly(*q, closed=False), '#7d8b8c', 9, .7, False)
        q = rot([(250, 330 + o), (930, 330 + o)], -7, 600, 750)
        p.line(poly(*q, closed=False), '#7d8b8c', 9, .7, False)
    t = 'rotate(-54 600 750)'
    blade = curve([(20, 742, 1), (200, 690), (480, 672), (700, 672, 1), (700, 812, 1), (480, 812), (190, 790)], True)
    hd = curve([(716, 680, 1), (900, 672), (1060, 684), (1120, 704), (1136, 756), (1100, 772), (960, 756), (830, 752), (716, 756, 1)], True)
    p.drop(blade + hd, 22, 30, t=t)
    p.open(t)
    p.form(blade, '#9aa1a5', p.lin([(0, '#fff', .25), (.5, '#fff', 0), (1, p.ink, .2)], 0, 0, 0, 1))
    edge = curve([(20, 742, 1), (190, 790), (480, 812), (700, 812, 1), (700, 772, 1), (480, 768), (200, 752)], True)
    p.add(edge, '#dfe3e4')
    p.line('M210 712Q420 694 680 693', '#fff', 5, .45)
    p.add(rrect(684, 668, 46, 146, 10), '#6b7073')
    p.add(rrect(684, 668, 46, 60, 10), '#fff', .22)
    p.form(hd, '#6f4630', 'down', 1.2, [p.grain(716, 684, 1130, 768, 5, '#2a1710', 4, .3)])
    for x in (790, 900, 1010):
        p.add(oval(x, 716, 12), BRASS)
        p.add(oval(x - 3, 713, 5), '#fff', .5)
    p.close()


@draw('oak-chopping-board')
def _(p):
    d = curve([(300, 300), (340, 250), (840, 236), (884, 280), (900, 1190), (860, 1236), (330, 1244), (290, 1200)], True, .12)
    d = 'M318 290Q318 246 362 245L838 236Q882 235 883 279L896 1196Q896 1240 852 1240L338 1246Q294 1246 295 1202Z'
    side = 'M838 236Q882 235 883 279L896 1196Q896 1240 852 1240L876 1232Q922 1226 922 1184L908 270Q906 234 866 231Z'
    p.drop(d, 70, 20, .6)
    p.shade(d, 1240)
    p.seat(310, 1244, 560, 20, 8)
    p.add(side, '#8f6638')
    hole = oval(600, 340, 46, 46)
    p.form(d, OAK, 'flat', 1, [p.grain(280, 230, 920, 1250, 13, '#7d5426', 4, .32, True, 14), p.el('M470 236L455 1250M720 236L735 1250', 'none', .25, '#6d4a22', 3)])
    p.line('M322 290Q322 250 364 249L838 240', '#fff', 5, .45)
    p.add(hole, '#7e5a34')
    p.open(clip=hole)
    p.add(oval(612, 356, 46, 46), tone(p.wall, -.12))
    p.close()
    # a head of garlic keeps it company
    g = sym(860, [(8, 1075, 1), (12, 1120), (52, 1165), (78, 1215), (66, 1262), (20, 1282)])
    p.shade(g, 1275)
    p.contact(860, 1272, 66, 18)
    p.form(g, '#f2e9e2', 'ball', .9)
    for dx in (-34, 0, 34):
        p.line('M%s 1105Q%s 1180 %s 1274' % (860 + dx * .15, 860 + dx * 1.5, 860 + dx * .7), '#b79aa0', 4, .6)


@draw('stone-mortar')
def _(p):
    c = 540
    S = '#63625f'
    prof = [(290, 820), (296, 850), (262, 1030), (200, 1120), (176, 1160), (186, 1230, 1), (186, 1244)]
    p.view = .24
    p.horizon = 930
    p.shade(ribbon([(560, 900), (860, 560)], [90, 70]), 1000)
    p.lathe(c, prof, S, open='#4c4b49', rim=42, rimc='#7c7a75')
    pe = ribbon([(470, 900), (600, 770), (760, 600), (850, 505)], [120, 84, 74, 86])
    p.open(clip='M0 0H1200V860Q%s 900 0 860Z' % c)
    p.form(pe, '#74726d', p.lin([(0, '#fff', .3), (.45, '#fff', 0), (.55, p.ink, .05), (1, p.ink, .35)], .2, .2, .6, .6), 1, [p.speck(440, 480, 900, 900, 70, '#d8d4c8', 6, .4, 3)])
    p.add(oval(858, 498, 44, 42), '#8a8882')
    p.close()
    d = p.lathe(c, prof, S, cast=False, seat=False, front=True, inner=[p.speck(240, 840, 840, 1250, 150, '#d8d4c8', 6, .4, 2), p.speck(240, 840, 840, 1250, 60, '#2c2b2a', 7, .5, 5)])
    f, r = 290 * .24, 290
    p.add('M%s 820A%s %s 0 0 0 %s 820L%s 820A248 59 0 0 1 %s 820Z' % (c - r, r, f, c + r, c + 248, c - 248), '#86847f')


@draw('olive-oil-can')
def _(p):
    c, G = 520, '#8fa083'
    body = [(150, 700, 1), (152, 720), (152, 1225, 1), (146, 1240)]
    p.tube([(c + 10, 520), (c + 40, 420), (c + 170, 330), (c + 300, 290)], 26, BRASS, by=1240)
    p.form(ribbon([(c, 560), (c + 24, 450), (c + 120, 350), (c + 330, 280)], [54, 36, 24, 16]), BRASS, 'flat')
    p.line(curve([(c - 10, 545), (c + 14, 445), (c + 112, 342), (c + 320, 277)]), '#fff', 5, .5)
    p.tube([(c - 140, 1010), (c - 270, 960), (c - 268, 800), (c - 140, 760)], 22, BRASS)
    p.lathe(c, body, G, k=1.1, bands=[(1196, 1260, '#73866a'), (716, 722, '#73866a')])
    p.lathe(c, [(34, 540), (40, 580), (110, 660), (150, 700)], tone(G, .03), cast=False, seat=False, k=1.1)
    p.lathe(c, [(30, 528), (36, 534), (38, 566)], BRASS, cast=False, seat=False, sh='metal', k=.7)
    p.gloss(c, body, .4)
    lab = oval(c - 6, 960, 92, 128)
    p.form(lab, '#f1e9d4', 'flat', .5)
    p.line(oval(c - 6, 960, 80, 115), '#8fa083', 3)
    p.stem([(c - 22, 1040), (c - 4, 960), (c + 14, 890)], '#6b7a4f', 5)
    for y, s in ((1016, 1), (985, -1), (950, 1), (922, -1)):
        p.leaf(c - 12 + (1016 - y) * .25, y, 58, s * 52, 18, '#71855a', bend=0)
    p.form(oval(c + 12, 1010, 15, 19), '#4b5836', 'ball')


@draw('loaf-tin')
def _(p):
    loaf = curve([(255, 985), (240, 880), (300, 800), (430, 772), (560, 752), (700, 762), (830, 770), (930, 830), (945, 900), (915, 990)], True)
    p.shade(loaf, 1240)
    out = poly((250, 950), (960, 900), (925, 1190), (800, 1240), (300, 1240))
    p.shade(out, 1240)
    p.seat(300, 1238, 500, 120, 52)
    p.add(poly((232, 950), (330, 890), (1000, 890), (905, 962)), '#7c7f80')
    p.form(loaf, '#c98a45', 'ball', 1.1)
    p.open(clip=loaf)
    for x in (330, 480, 630, 780):
        p.add('M%s 900Q%s 800 %s 770Q%s 840 %s 910Z' % (x, x + 20, x + 130, x + 90, x + 46), '#efcf98', .85)
    p.add(curve([(240, 900), (300, 806), (560, 756), (900, 800), (560, 780), (330, 830)], True), '#fff', .2)
    p.close()
    f = poly((232, 950), (888, 962), (836, 1238), (290, 1242))
    s = poly((888, 962), (1000, 890), (930, 1176), (836, 1238))
    p.form(f, '#b3b7b8', p.lin([(0, '#fff', .35), (.35, '#fff', .05), (.6, '#fff', .2), (1, p.ink, .18)], 0, 0, 1, .5))
    p.form(s, '#80868a', p.lin([(0, '#fff', .12), (1, p.ink, .22)]))
    p.tube([(226, 950), (892, 962), (1004, 890)], 18, '#cfd2d2', d='M226 950L892 962L1004 890')
    p.line('M286 990L330 1200', '#fff', 8, .4)


@draw('copper-saucepan')
def _(p):
    c = 440
    p.horizon = 960
    p.view = .21
    p.tube([(650, 940), (860, 880), (1090, 812)], 30, '#46434a', by=1230)
    h = ribbon([(640, 945), (760, 915), (960, 856), (1110, 808)], [70, 34, 40, 52])
    p.form(h, '#4a474d', p.lin([(0, '#fff', .3), (1, p.ink, .3)], .4, 0, .6, 1))
    p.add(oval(1082, 817, 15, 12), p.wall)
    prof = [(266, 870), (262, 890), (260, 1170), (240, 1222), (216, 1240, 1)]
    p.lathe(c, prof, COPPER, open='#a8a5a2', rim=11, rimc='#e8b48a', sh='metal', k=.75)
    p.form(poly((652, 930), (706, 906), (716, 966), (660, 1000)), '#55525a', 'flat')
    for x, y in ((674, 942), (696, 934), (678, 974), (700, 960)):
        p.add(oval(x, y, 7), '#a9a5a8')
    p.open(clip=oval(c, 870, 255, 53))
    p.add(oval(c, 922, 236, 46), '#c9472f')
    p.add(oval(c - 60, 910, 120, 18), '#fff', .18)
    p.close()


@draw('kitchen-scale')
def _(p):
    c, C = 570, '#eee3c9'
    body = sym(c, [(150, 720), (186, 740), (206, 800), (262, 1190), (276, 1236, 1)])
    p.shade(body, 1240)
    p.seat(c - 276, 1238, 540, 20, 6)
    p.lathe(c, [(24, 610), (24, 730)], STEEL, cast=False, seat=False, sh='metal')
    p.form(body, C, 'cyl', .9)
    p.add(rrect(c - 284, 1222, 568, 24, 10), '#b9a67f')
    p.form(oval(c, 980, 176), '#c8a35a', 'flat', 1.2)
    p.add(oval(c, 980, 160), '#fdfaf2')
    for i in range(40):
        a = rot([(c, 980 - 148), (c, 980 - (118 if i % 5 == 0 else 134))], i * 9, c, 980)
        p.body.append('M%.0f %.0fL%.0f %.0f' % (a[0] + a[1]))
    tk, p.body = p.body[-40:], p.body[:-40]
    p.line(''.join(tk), '#3b3330', 4, .8)
    p.line('M%s 1010L%s 850' % (c - 14, c + 66), '#c1442f', 9)
    p.add(oval(c, 980, 17), '#3b3330')
    p.add('M%s 900A140 140 0 0 1 %s 850Q%s 900 %s 960Z' % (c - 116, c - 40, c - 100, c - 130), '#fff', .4)
    bowl = [(300, 470), (296, 492), (230, 570), (120, 618), (70, 626)]
    p.view = .15
    p.lathe(c, bowl, '#c3c7c8', open='#9fa4a6', rim=12, rimc='#e3e6e6', sh='metal', k=.7, cast=False, seat=False)
    p.shade(curve([(c - 296, 480, 1), (c - 60, 620), (c - 40, 740, 1), (c + 40, 740, 1), (c + 60, 620), (c + 296, 480, 1)], True), 1240)
    for x, y, col in ((500, 452, '#d9a23f'), (600, 436, '#d5973a'), (690, 456, '#deae4e')):
        p.open(clip='M0 0H1200V472Q570 560 0 472Z')
        p.form(oval(x, y, 62, 60), col, 'ball')
        p.close()
    p.line('M%s 472A300 46 0 0 0 %s 472' % (c - 298, c + 298), '#e3e6e6', 11)


draw = section('tableware')


@draw('stoneware-dinner-plate')
def _(p):
    p.view, p.horizon = .52, 300
    c, y, C = 580, 830, '#dccdb4'
    p.drop(oval(c, y + 30, 420, 220), 46, 60)
    p.add(oval(c, y + 34, 300, 170), p.ink, .5)
    p.lathe(c, [(452, y), (440, y + 26), (340, y + 70), (250, y + 84)], C, cast=False, seat=False)
    p.form(oval(c, y, 452, 235), tone(C, .03), 'flat', .8, [p.speck(130, 590, 1030, 1070, 130, '#8b6a45', 6, .5)])
    p.line(oval(c, y, 446, 230), '#a67c4f', 9, .8)
    p.add(oval(c, y + 8, 330, 168), p.ink, .16)
    p.form(oval(c, y + 14, 326, 164), C, 'flat', -.0 + .6, [p.speck(260, 690, 900, 1000, 60, '#8b6a45', 6, .45, 4)])
    p.add(oval(c, y + 14, 326, 164), p.lin([(0, p.ink, .22), (.35, p.ink, 0), (.7, '#fff', 0), (1, '#fff', .3)], .1, 0, .9, 1))
    p.stem([(430, 900), (560, 850), (720, 800)], '#7a6a4a', 6)
    for x, yy, a, L in ((470, 884, 20, 110), (520, 868, 100, 120), (580, 846, 30, 115), (640, 826, 105, 110), (690, 808, 40, 96), (716, 800, 76, 100)):
        p.leaf(x, yy, L, a, 36, '#7f9277', '#c9d3bd', bend=.05)


@draw('breakfast-bowl')
def _(p):
    p.view, p.horizon = .26, 900
    c = 560
    prof = [(316, 810), (312, 850), (270, 1040), (190, 1150), (140, 1190), (146, 1240, 1)]
    p.lathe(c, prof, '#7f98b3', open='#f6f2ea', rim=13, rimc='#fbf8f2', gloss=.35, bands=[(1188, 1260, '#d8cbb6')])
    p.open(clip=oval(c, 810, 303, 79))
    p.add(oval(c, 868, 262, 68), '#e9d9b6')
    p.add(oval(c, 868, 262, 68), p.flat(.8))
    for x, y in ((470, 838), (540, 822), (600, 852), (660, 832), (520, 868), (420, 858)):
        p.form(oval(x, y, 30, 27), '#4a5578', 'ball')
    p.close()
    for x, y in ((900, 1200), (965, 1170), (945, 1236)):
        p.shade(oval(x, y, 34), y + 30)
        p.contact(x, y + 28, 30, 9)
        p.form(oval(x, y, 36, 34), '#4a5578', 'ball')
        p.add(oval(x + 4, y - 16, 12, 6), '#2f3858', .7)


def tumbler(p, c, y, h, r, col, drink=None):
    prof = [(r, y - h), (r * .99, y - h * .6), (r * .9, y - 30), (r * .84, y)]
    ribs = []
    for i in range(1, 12):
        u = -1 + i / 6
        x = u * (1 - .06 * abs(u))
        ribs.append('M%.0f %.0fL%.0f %.0f' % (c + x * r, y - h + 60 + (1 - u * u) * r * .1, c + x * r * .85, y - 26 + (1 - u * u) * r * .16))
    p.glass(c, prof, col, .45, fill=drink, inner=[p.el(''.join(ribs), 'none', .4, tone(col, -.16), 5), p.el(''.join(ribs), 'none', .5, '#fff', 4, t='translate(7 0)')], edge=.6)
    p.add(oval(c, y - 14, r * .8, r * .13), '#fff', .28)


@draw('ribbed-tumbler')
def _(p):
    p.view, p.horizon = .17, 1000
    tumbler(p, 730, 1150, 470, 168, '#d9a45c')
    tumbler(p, 460, 1245, 500, 180, '#d9a45c', (900, '#c9803a', .6))


@draw('water-carafe')
def _(p):
    c = 570
    prof = [(98, 500), (90, 560), (96, 660), (190, 880), (222, 1050), (210, 1200), (180, 1245)]
    p.glass(c, prof, '#a9c3c9', .42, fill=(860, '#9fc4cf', .55), edge=.7)
    p.gloss(c, prof, .7, -.66, .1, .3, .85)
    cup = [(96, 392), (104, 420), (116, 590), (118, 604)]
    p.glass(c, [(88, 380), (104, 396), (112, 500), (122, 610)], '#a9c3c9', .4, edge=.7, cast=False, top=False)
    p.line(oval(c, 610, 122, 122 * p.tilt(610)), '#fff', 5, .6)
    p.add(oval(c, 386, 84, 9), '#fff', .5)
    p.shade(oval(c, 500, 110, 120), 1245, op=.3)
    # two slices of lemon at its foot
    for x, y, r in ((870, 1215, 78),):
        p.contact(x, y + 12, r, 30, .4)
        p.add(oval(x, y + 10, r, r * .4), '#caa532')
        p.add(oval(x, y, r, r * .4), '#e6c552')
        p.add(oval(x, y, r * .88, r * .34), '#faf0c0')
        for i in range(4):
            q = rot([(x - r * .8, y), (x + r * .8, y)], i * 45 + 20, x, y)
            p.line('M%.1f %.1fL%.1f %.1f' % (q[0][0], y + (q[0][1] - y) * .4, q[1][0], y + (q[1][1] - y) * .4), '#e6c552', 5)


@draw('brushed-cutlery-set')
def _(p):
    p.floor = False
    nap = poly((235, 190), (965, 170), (985, 1320), (225, 1335))
    p.drop(nap, 22, 26, .5)
    p.form(nap, '#b7583f', 'flat', .7)
    p.line('M268 222L935 204L952 1288L258 1302Z', '#e9b9a0', 4, .7, False)
    p.fold(600, 182, 606, 1330, 8, 5, .2)
    M = '#c2c5c6'
    fork = sym(400, [(54, 320), (64, 345), (66, 470), (52, 545), (20, 600), (15, 680), (18, 900), (27, 1120), (24, 1175), (8, 1190)])
    knife = curve([(588, 1185), (576, 1100), (584, 760, 1), (570, 720), (566, 500), (576, 380), (606, 318, 1), (628, 400), (630, 740, 1), (622, 800), (632, 1100), (622, 1185)], True)
    sp = sym(805, [(6, 318), (54, 345), (76, 440), (62, 540), (22, 605), (15, 680), (18, 900), (27, 1120), (24, 1175), (8, 1190)])
    g = p.lin([(0, '#fff', .5), (.4, '#fff', .05), (.6, p.ink, .1), (1, p.ink, .4)])
    for d in (fork, knife, sp):
        p.drop(d, 20, 24)
        p.form(d, M, g)
    for x in (366, 400, 434):
        p.add(rrect(x - 8, 300, 16, 180, 8), '#a9523b')
    p.add(oval(808, 450, 54, 96), p.lin([(0, p.ink, .4), (.5, p.ink, .1), (1, '#fff', .5)], 0, 0, 1, .6))
    p.line('M584 760H630', p.ink, 4, .25)


def lemon(p, x, y, r, a, c='#e8c04a', by=None):
    p.open('rotate(%s %s %s)' % (a, x, y))
    d = curve([(x - r * 1.32, y), (x - r * 1.1, y - r * .22), (x - r * .6, y - r * .78), (x, y - r * .9), (x + r * .65, y - r * .72), (x + r * 1.1, y - r * .25), (x + r * 1.36, y), (x + r * 1.1, y + r * .28), (x + r * .6, y + r * .76), (x, y + r * .9), (x - r * .65, y + r * .74), (x - r * 1.1, y + r * .25)], True)
    p.form(d, c, 'ball', .9)
    p.close()


@draw('serving-platter')
def _(p):
    p.view, p.horizon = .5, 380
    c, y, G = 590, 900, '#33574a'
    p.drop(oval(c, y + 30, 470, 200), 44, 56)
    p.form(oval(c, y + 22, 480, 214), tone(G, -.1), 'cyl')
    p.form(oval(c, y, 486, 214), G, 'flat', 1)
    p.line(oval(c, y, 480, 208), '#7fa08f', 5, .8)
    p.add(oval(c, y + 12, 370, 142), p.ink, .3)
    p.form(oval(c, y + 18, 366, 138), tone(G, .02), 'flat', .6)
    p.line('M180 %sA420 180 0 0 1 430 %s' % (y - 6, y - 158), '#fff', 9, .3)
    for x, yy, r, a in ((480, 850, 100, -18), (700, 836, 96, 24), (590, 930, 104, 6)):
        p.add(oval(x + 26, yy + 62, 122, 46), '#10241d', .45)
        lemon(p, x, yy, r, a)
    p.leaf(770, 800, 150, 62, 62, '#6d8f5d', '#c6d7ae')
    p.leaf(765, 806, 130, 108, 54, '#5d7f50', '#c6d7ae')


@draw('salt-cellar')
def _(p):
    p.view, p.horizon = .27, 860
    c, W = 540, '#80543a'
    prof = [(238, 950), (246, 975), (246, 1190), (228, 1240, 1)]
    p.shade(oval(c + 200, 910, 240, 60), 1240)
    p.lathe(c, prof, W, open='#5b3825', rim=34, rimc='#9a6a4b', inner=[p.grain(270, 980, 800, 1240, 7, '#2e1a10', 4, .3)])
    p.open(clip=oval(c, 950, 204, 55))
    p.add(curve([(320, 1010), (380, 950), (480, 918), (580, 922), (680, 948), (760, 1010)], True), '#f7f4ee')
    p.add(oval(c + 40, 985, 200, 50), p.ink, .08)
    p.raw(p.speck(350, 930, 730, 1000, 40, '#c9c3ba', 6, .8))
    p.close()
    # the lid, swung aside on its pin
    x, y = c + 208, 905
    p.add(oval(c + 96, 955, 170, 40), p.ink, .28)
    p.lathe(x, [(242, y), (246, y + 10), (242, y + 40)], '#8e5f42', cast=False, seat=False, inner=[])
    top = oval(x, y, 242, 65)
    p.form(top, '#a87552', 'flat', .8, [p.grain(500, 840, 1000, 970, 6, '#4a2b1b', 4, .3)])
    p.add(oval(c + 40, 930, 15, 8), BRASS)
    p.add(oval(x + 120, 905, 40, 13), p.ink, .3)


@draw('egg-cup-pair')
def _(p):
    def cup(c, y, egg):
        prof = [(118, y - 300), (122, y - 280), (104, y - 190), (44, y - 120), (38, y - 90), (70, y - 30), (96, y - 8), (96, y)]
        if egg:
            p.lathe(c, prof, '#f7f3ec', open='#d8cfc2', rim=8)
            e = sym(c, [(0, y - 490), (50, y - 474), (92, y - 400), (106, y - 320), (90, y - 240), (0, y - 200)])
            p.shade(e, y)
            p.form(e, '#c68d62', 'ball', 1, [p.speck(c - 110, y - 490, c + 110, y - 250, 30, '#8d5936', 5, .4)])
            p.lathe(c, prof, '#f7f3ec', cast=False, seat=False, front=True, bands=[(y - 252, y - 226, '#dd6e55')])
        else:
            p.lathe(c, prof, '#f7f3ec', open='#e8e0d4', rim=8, bands=[(y - 252, y - 226, '#dd6e55')])
    p.view = .2
    p.open('matrix(1.36 0 0 1.36 -204 -445)')
    n0 = len(p.cast)
    cup(760, 1130, False)
    cup(470, 1235, True)
    p.close()
    p.cast[n0:] = ['<g transform="matrix(1.36 0 0 1.36 -204 -445)">%s</g>' % ''.join(p.cast[n0:])]


@draw('butter-dish')
def _(p):
    p.horizon = 980
    C = '#f0e6d0'
    p.shade(rrect(250, 780, 700, 440, 60), 1200)
    p.seat(190, 1226, 800, 20, 30)
    p.form(rrect(140, 1104, 920, 132, 66), tone(C, -.07), 'cyl')
    p.form(rrect(140, 1086, 920, 132, 66), tone(C, .015), 'flat', .6)
    p.line(rrect(154, 1098, 892, 108, 54), '#cf8f6a', 5, .7)
    p.add(rrect(226, 1130, 790, 62, 31), p.ink, .24)
    lid = curve([(236, 1158, 1), (236, 930), (270, 830), (360, 792), (600, 784), (840, 792), (930, 830), (964, 930), (964, 1158, 1), (600, 1184)], True, .36)
    p.form(lid, C, p.lin([(0, '#fff', .1), (.15, '#fff', .28), (.4, '#fff', 0), (.7, p.ink, .1), (1, p.ink, .34)]))
    p.add(lid, p.lin([(0, '#fff', .3), (.3, '#fff', 0), (1, p.ink, .14)], 0, 0, 0, 1))
    p.line('M236 1120Q600 1150 964 1120', '#cf8f6a', 7, .8)
    p.line('M236 1098Q600 1128 964 1098', '#cf8f6a', 3, .8)
    p.add(oval(604, 792, 62, 15), p.ink, .25)
    p.lathe(596, [(26, 740), (30, 795)], C, cast=False, seat=False)
    p.shade(oval(596, 700, 62), 1200)
    p.form(oval(596, 698, 66, 62), tone(C, .01), 'ball')
    p.add('M284 1080V940Q290 860 350 838Q314 900 312 1080Z', '#fff', .5)


@draw('pasta-bowl')
def _(p):
    p.view, p.horizon = .34, 760
    c = 585
    prof = [(462, 910), (454, 940), (330, 1090), (210, 1150), (190, 1185, 1)]
    p.lathe(c, prof, '#b9623f', open='#f0e4cc', rim=30, rimc='#f5ebd6', bands=[(1148, 1200, '#d9b28c')])
    p.open(clip=oval(c, 910, 432, 147))
    p.add(oval(c, 985, 300, 100), p.ink, .1)
    p.add(oval(c, 995, 292, 94), '#f4ead6')
    p.close()
    # a nest of linguine
    p.form(oval(c, 950, 190, 84), '#e3bb6a', 'ball', .8)
    for i, (rx, ry, dx, dy) in enumerate(((176, 72, 0, 4), (150, 60, -8, -2), (120, 48, 10, -8), (88, 36, -4, -14), (56, 22, 6, -20), (28, 10, 2, -24))):
        p.line(oval(c + dx, 950 + dy, rx, ry), ('#c9953f', '#f3d795')[i % 2], 7, .75)
    p.leaf(c + 6, 930, 92, -40, 54, '#5e8a4e', '#b9d3a2')
    p.leaf(c + 6, 930, 88, 48, 52, '#6c9a58', '#b9d3a2')


draw = section('coffee-tea')


@draw('moka-pot')
def _(p):
    c = 560
    A = ['#e6e6e4', '#cdcecd', '#a9abac', '#7e8183']

    def tier(y0, r0, y1, r1, e0, e1):
        xs = (-1, -.52, .18, .74, 1)
        for i in range(4):
            def Y(y, r, u, e):
                return y + e * (1 - abs(u) ** 1.5)
            a, b = xs[i], xs[i + 1]
            d = poly((c + a * r0, Y(y0, r0, a, e0)), (c + b * r0, Y(y0, r0, b, e0)), (c + b * r1, Y(y1, r1, b, e1)), (c + a * r1, Y(y1, r1, a, e1)))
            p.add(d, A[(1, 0, 2, 3)[i]])
            p.add(d, p.lin([(0, '#fff', .18), (1, p.ink, .16)], 0, 0, 0, 1))
    sil = poly((c - 170, 620), (c + 170, 620), (c + 120, 900), (c + 210, 1230), (c - 210, 1230), (c - 120, 900))
    p.shade(sil, 1235)
    p.contact(c, 1238, 200, 40)
    p.tube([(c + 120, 690), (c + 270, 660), (c + 296, 720), (c + 262, 960)], 40, '#2c2a2b', by=1235)
    p.form(poly((c - 130, 640), (c - 250, 610), (c - 150, 740)), '#b5b7b7', 'flat')
    tier(930, 138, 1225, 212, 14, 26)
    tier(640, 176, 890, 124, 8, 12)
    p.lathe(c, [(140, 886), (142, 900), (142, 922), (146, 936)], '#b5b7b7', sh='metal', cast=False, seat=False)
    p.add(oval(c - 60, 1060, 15), '#8d9092')
    p.add(oval(c - 62, 1058, 8), BRASS)
    lid = [(20, 560), (90, 578), (176, 630), (182, 646)]
    p.lathe(c, lid, '#c3c5c4', sh='metal', k=.7, cast=False, seat=False)
    p.lathe(c, [(22, 500), (36, 510), (36, 540), (18, 556), (18, 570)], '#2c2a2b', cast=False, seat=False)
    p.shade(rrect(c - 34, 500, 68, 80, 10), 1235)


@draw('pour-over-dripper')
def _(p):
    c = 550
    jug = [(110, 800), (120, 850), (196, 1010), (212, 1120), (190, 1220), (160, 1245)]
    p.tube([(c + 150, 870), (c + 280, 880), (c + 300, 1010), (c + 196, 1060)], 26, '#a9b8b8', hi=.6)
    p.glass(c, jug, '#b8c4c2', .1, fill=(1030, '#3c2014', 1), edge=.6)
    p.gloss(c, jug, .6, -.66, .1, .3, .85)
    cone = [(252, 480), (250, 500), (120, 730), (84, 760), (84, 776)]
    p.shade(curve([(c - 250, 480, 1), (c + 250, 480, 1), (c + 90, 780), (c + 200, 1100), (c + 160, 1240, 1), (c - 160, 1240, 1), (c - 200, 1100), (c - 90, 780)], True), 1245, op=.7)
    p.tube([(c + 190, 570), (c + 310, 560), (c + 300, 660), (c + 150, 680)], 28, '#f4f0e8')
    p.lathe(c, [(176, 770), (182, 778), (182, 796), (150, 806)], '#f4f0e8', cast=False, seat=False)
    p.lathe(c, cone, '#f7f4ee', open='#e7e0d4', rim=10, cast=False, seat=False, inner=[p.el('M%s 500L%s 760M%s 520L%s 760M%s 500L%s 760' % (c - 150, c - 60, c, c, c + 150, c + 60), 'none', .08, p.ink, 6)])
    pap = oval(c, 480, 226, 226 * p.tilt(480) - 2)
    p.form(pap, '#d8bd96', 'flat')
    p.add(oval(c, 486, 170, 12), '#4a2a1a')


@draw('hand-coffee-grinder')
def _(p):
    c = 540
    body = [(128, 620), (132, 640), (132, 940, 1), (126, 950), (126, 1225), (120, 1240, 1)]
    p.lathe(c, body, '#4b5054', sh='metal', k=.6, bands=[(936, 956, '#23272a')])
    p.lathe(c, [(40, 545), (110, 575), (130, 622)], '#5b6165', sh='metal', k=.6, cast=False, seat=False)
    p.lathe(c, [(18, 480), (18, 560)], STEEL, sh='metal', cast=False, seat=False)
    p.tube([(c, 486), (c + 250, 470)], 26, '#a5abad', by=1240)
    p.lathe(c + 250, [(13, 400), (13, 480)], STEEL, sh='metal', cast=False, seat=False)
    p.lathe(c + 250, [(22, 306), (48, 330), (50, 370), (30, 420), (26, 440)], '#a8703f', cast=False, seat=False, gloss=.5)
    p.form(oval(c, 483, 26, 16), '#3b4043', 'ball')
    for i in range(7):
        p.line('M%s %sQ%s %s %s %s' % (c - 124, 1000 + i * 26, c, 1022 + i * 26, c + 124, 1000 + i * 26), '#1d2123', 7, .55)
    for x, y, a in ((800, 1236, 20), (868, 1262, -30), (850, 1200, 70)):
        p.contact(x, y + 16, 34, 12, .5)
        p.open('rotate(%s %s %s)' % (a, x, y))
        p.form(oval(x, y, 36, 25), '#5a321e', 'ball')
        p.line('M%s %sQ%s %s %s %s' % (x - 30, y + 2, x, y - 12, x + 30, y - 2), '#2c150b', 5)
        p.close()


@draw('stoneware-teapot')
def _(p):
    c, G = 580, '#7d8a57'
    prof = [(86, 800), (150, 822), (256, 910), (290, 1030), (262, 1150), (190, 1225), (160, 1240)]
    sp = ribbon([(c - 240, 1080), (c - 330, 1010), (c - 376, 900), (c - 432, 850)], [130, 84, 56, 44])
    p.shade(sp, 1240)
    p.form(sp, G, 'flat', 1.2)
    p.add(oval(c - 436, 848, 24, 13), '#3c4427')
    h = [(c - 170, 840), (c - 240, 620), (c - 120, 450), (c + 20, 420), (c + 160, 460), (c + 250, 630), (c + 180, 840)]
    p.tube(h, 30, '#c49a5c', by=1240)
    wr = curve(h)
    p.raw('<path d="%s" fill="none" stroke="#8d6432" stroke-width="27" stroke-dasharray="5 17" opacity=".6"/>' % wr)
    p.lathe(c, prof, G, gloss=.3, bands=[(1110, 1260, '#c9a77d')], inner=[p.speck(300, 820, 880, 1230, 70, '#39401f', 6, .4)])
    p.lathe(c, [(16, 752), (60, 762), (110, 800), (116, 814)], tone(G, .03), cast=False, seat=False)
    p.form(oval(c, 736, 28, 26), G, 'ball')
    for s in (-1, 1):
        p.tube([(c + s * 160, 858), (c + s * 172, 826), (c + s * 186, 862)], 18, G)


def cup(p, c, y, k, C, coffee=True):
    prof = [(130 * k, y - 190 * k), (128 * k, y - 165 * k), (108 * k, y - 70 * k), (62 * k, y - 10 * k), (58 * k, y)]
    p.tube([(c + 112 * k, y - 150 * k), (c + 196 * k, y - 158 * k), (c + 186 * k, y - 80 * k), (c + 92 * k, y - 66 * k)], 24 * k, C)
    p.lathe(c, prof, C, open='#f3e8dc', rim=9 * k, cast=True, fill_in=(y - 166 * k, '#5a2f19') if coffee else None, gloss=.35)


@draw('espresso-cup-set')
def _(p):
    p.view, p.horizon = .26, 860
    R = '#b5532f'

    def saucer(c, y, r):
        p.shade(oval(c, y - 14, r, r * .26), y + 20)
        p.contact(c, y + 16, r * .7, r * .2, .6)
        p.lathe(c, [(r, y - 20), (r * .95, y - 8), (r * .5, y + 22)], R, cast=False, seat=False)
        p.form(oval(c, y - 20, r, r * .26), tone(R, .04), 'flat')
        p.add(oval(c, y - 14, r * .62, r * .15), p.ink, .18)
    saucer(790, 1070, 250)
    p.open()
    p.tube([(885, 900), (970, 890), (960, 970), (880, 985)], 26, '#e9dac6')
    p.lathe(770, [(142, 862), (140, 890), (112, 1000), (70, 1060)], '#e9dac6', open='#f6eee2', rim=10, cast=True, gloss=.3)
    p.lathe(770, [(140, 730), (138, 760), (110, 850), (100, 880)], R, open='#f3e8dc', rim=10, cast=True, seat=False, gloss=.3)
    p.close()
    saucer(430, 1230, 300)
    cup(p, 424, 1226, 1.3, R)
    p.open(clip=oval(424, 1010, 140, 34))
    p.add(oval(390, 1012, 60, 10), '#c98d55', .7)
    p.close()
    p.form(ribbon([(560, 1222), (640, 1196), (690, 1176)], [12, 12, 16]), STEEL, 'flat')
    p.form(oval(545, 1228, 34, 15), '#d3d5d4', 'flat')


@draw('gooseneck-kettle')
def _(p):
    c, B = 590, '#3b3a3c'
    sp = ribbon([(c - 170, 1130), (c - 300, 1090), (c - 290, 930), (c - 310, 780), (c - 420, 700)], [84, 60, 44, 34, 26])
    p.shade(sp, 1240)
    p.form(sp, tone(B, .05), p.lin([(0, '#fff', .3), (.5, '#fff', 0), (1, p.ink, .4)], 0, 0, 1, .6))
    p.tube([(c + 130, 760), (c + 300, 700), (c + 350, 800), (c + 320, 960), (c + 280, 1040)], 40, '#2a2829', by=1240)
    p.tube([(c + 335, 860), (c + 320, 960), (c + 284, 1030)], 52, '#8a5a38')
    body = [(150, 730), (156, 750), (236, 1180), (238, 1215), (222, 1240, 1)]
    p.lathe(c, body, B, k=1)
    p.gloss(c, body, .3, -.6, .14)
    p.lathe(c, [(20, 676), (90, 690), (146, 722), (152, 734)], tone(B, .05), cast=False, seat=False)
    p.lathe(c, [(20, 610), (36, 618), (34, 650), (18, 674), (18, 684)], '#8a5a38', cast=False, seat=False)
    p.shade(oval(c, 660, 40, 60), 1240)
    p.line('M%s 1212A237 %.1f 0 0 0 %s 1212' % (c - 237, 237 * p.tilt(1212), c + 237), '#77757a', 5, .6)


@draw('tea-tin')
def _(p):
    c, Y = 550, '#d3a136'
    body = [(216, 700), (216, 1225, 1), (208, 1240)]
    p.lathe(c, body, Y, sh='cyl', k=1.1)
    lid = [(214, 560, 1), (224, 574), (224, 760)]
    p.shade(rrect(c - 216, 560, 432, 200), 1240)
    p.lathe(c, lid, tone(Y, .015), cast=False, seat=False, k=1.1)
    p.add(oval(c, 562, 216, 216 * p.tilt(560)), tone(Y, .07))
    p.line(oval(c, 562, 196, 196 * p.tilt(560) - 3), p.ink, 4, .2)
    p.line('M%s 762A224 %s 0 0 0 %s 762' % (c - 224, 224 * p.tilt(760), c + 224), p.ink, 8, .35)
    pr = [(217, 860), (217, 1130)]
    x0, x1 = c - 120, c + 96
    s = 'M%s 848Q%s 872 %s 868V1102Q%s 1108 %s 1082Z' % (x0, c - 30, x1, c - 20, x0)
    p.form(s, '#f3ead6', p.lin([(0, p.ink, .06), (.3, '#fff', .2), (1, p.ink, .2)]))
    p.leaf(c - 8, 1050, 130, -6, 62, '#7f8c4d', '#e9efd0')
    p.leaf(c - 10, 1054, 92, 52, 44, '#939f5c', '#e9efd0')
    p.leaf(c - 10, 1054, 88, -64, 42, '#6f7c42', '#e9efd0')
    p.gloss(c, body, .4, -.8, .07, .14)


@draw('milk-jug')
def _(p):
    c, C = 560, '#f0e5d1'
    prof = [(150, 720), (136, 790), (142, 860), (200, 1010), (210, 1110), (176, 1220), (150, 1242)]
    p.tube([(c + 130, 800), (c + 290, 790), (c + 320, 930), (c + 200, 1060)], 36, C, by=1240)
    lip = curve([(c - 120, 706), (c - 205, 690), (c - 226, 706), (c - 170, 760), (c - 130, 830)], True)
    p.form(lip, C, 'flat', .6)
    p.lathe(c, prof, C, inner=[p.speck(340, 720, 780, 1240, 90, '#7d5535', 6, .6)], bands=[(1150, 1260, '#b98d68')], gloss=.3)
    e = 150 * p.tilt(720)
    mouth = curve([(c - 226, 700), (c - 130, 706), (c - 60, 700), (c + 60, 700), (c + 150, 718), (c + 60, 738), (c - 60, 742), (c - 150, 728)], True)
    p.add(mouth, '#fbf4e6')
    mi = curve([(c - 206, 704), (c - 125, 712), (c - 60, 708), (c + 55, 708), (c + 134, 720), (c + 55, 732), (c - 60, 735), (c - 145, 722)], True)
    p.add(mi, '#c8b394')
    p.add(mi, p.lin([(0, p.ink, .3), (1, '#fff', .2)]))


@draw('travel-mug')
def _(p):
    c, T = 560, '#1f5a60'
    body = [(176, 560), (178, 580), (150, 1180), (146, 1225, 1), (138, 1240)]
    p.lathe(c, body, T, k=1.15, bands=[(800, 960, '#b98a5a')], inner=[])
    p.open(clip='M300 800H820V1000H300Z')
    p.raw(p.speck(c - 158, 815, c + 158, 985, 110, '#6f4726', 8, .5))
    p.close()
    p.gloss(c, body, .45, -.62, .1, .06, .9)
    p.lathe(c, [(150, 500, 1), (182, 512), (184, 556), (178, 570)], '#2a2b2c', cast=False, seat=False)
    p.shade(rrect(c - 180, 500, 360, 70), 1240)
    p.add(oval(c, 501, 150, 150 * p.tilt(500)), '#45484a')
    p.add(oval(c + 10, 503, 112, 9), '#1c1d1e')
    p.add(rrect(c - 120, 490, 70, 22, 10), '#55595b')


@draw('matcha-whisk')
def _(p):
    p.view, p.horizon = .27, 820
    c, K = 480, '#454648'
    prof = [(300, 900), (300, 940), (272, 1100), (190, 1190), (140, 1205), (140, 1240, 1)]
    p.lathe(c, prof, K, open='#37383a', rim=13, rimc='#66676a', inner=[p.speck(180, 910, 790, 1230, 60, '#8b8d8e', 5, .5)], fill_in=None)
    p.open(clip=oval(c, 900, 287, 77))
    p.add(oval(c, 950, 270, 66), '#93a94a')
    p.add(oval(c, 950, 270, 66), p.flat(1))
    p.raw(p.speck(260, 890, 720, 985, 60, '#c5d588', 9, .7))
    p.close()
    # the whisk
    x, y, B = 900, 1240, '#d9b878'
    sil = sym(x, [(34, 800), (34, 1000), (96, 1120), (110, 1180), (90, 1240)])
    p.shade(sil, y)
    p.contact(x, y - 8, 92, 24)
    for i in range(13):
        u = -1 + i / 6
        p.line(curve([(x + u * 32, 1010), (x + u * 92, 1100), (x + u * 112, 1170), (x + u * 84, 1244 - abs(u) * 14)]), mix('#caa35e', '#8f6b36', (u + 1) / 2), 9)
    for i in range(7):
        u = -.75 + i / 4
        p.line(curve([(x + u * 30, 1010), (x + u * 60, 1110), (x + u * 66, 1180), (x + u * 44, 1240)]), '#ecd29a', 6)
    p.lathe(x, [(36, 800), (38, 880), (35, 884), (36, 1000), (42, 1030)], B, cast=False, seat=False, rim=6, open='#8a6a38')
    p.line('M%s 884Q%s 896 %s 884' % (x - 36, x, x + 36), '#8a6a38', 5, .6)
    p.line('M%s 1022Q%s 1040 %s 1022' % (x - 40, x, x + 40), '#6e4f2b', 14)
