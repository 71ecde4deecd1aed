"""The hand that draws: colours, light, shadow and the shapes every picture shares.

One light stands top left and a little behind, so forms are lit on their left and
cast a soft shadow to the lower right. A form is a flat colour, its details, and
one shading overlay, so that a page of pictures looks like one hand made it.
"""
import math
import re


# ---------------------------------------------------------------- colour (OKLab)
def _lin(c):
    c /= 255
    return c / 12.92 if c <= .04045 else ((c + .055) / 1.055) ** 2.4


def _gam(c):
    c = min(1, max(0, c))
    return round(255 * (12.92 * c if c <= .0031308 else 1.055 * c ** (1 / 2.4) - .055))


def lab(h):
    r, g, b = (_lin(int(h[i:i + 2], 16)) for i in (1, 3, 5))
    l = (.4122214708 * r + .5363325363 * g + .0514459929 * b) ** (1 / 3)
    m = (.2119034982 * r + .6806995451 * g + .1073969566 * b) ** (1 / 3)
    s = (.0883024619 * r + .2817188376 * g + .6299787005 * b) ** (1 / 3)
    return (.2104542553 * l + .793617785 * m - .0040720468 * s,
            1.9779984951 * l - 2.428592205 * m + .4505937099 * s,
            .0259040371 * l + .7827717662 * m - .808675766 * s)


def unlab(L, a, b):
    l = (L + .3963377774 * a + .2158037573 * b) ** 3
    m = (L - .1055613458 * a - .0638541728 * b) ** 3
    s = (L - .0894841775 * a - 1.291485548 * b) ** 3
    return '#%02x%02x%02x' % (
        _gam(4.0767416621 * l - 3.3077115913 * m + .2309699292 * s),
        _gam(-1.2684380046 * l + 2.6097574011 * m - .3413193965 * s),
        _gam(-.0041960863 * l - .7034186147 * m + 1.707614701 * s))


def tone(c, d, sat=1.0):
    """Lighter (d > 0) or darker (d < 0) by d in OKLab lightness."""
    L, a, b = lab(c)
    M = min(.985, max(.1, L + d))
    if d < 0:
        sat *= (M / L) ** 1.1
    return unlab(M, a * sat, b * sat)


def mix(c1, c2, t):
    x, y = lab(c1), lab(c2)
    return unlab(*(p + (q - p) * t for p, q in zip(x, y)))


# ---------------------------------------------------------------- numbers, paths
def n(v):
    s = '%.1f' % v
    if s.endswith('.0'):
        s = s[:-2]
    return '0' if s == '-0' else s


def pt(x, y):
    return n(x) + ' ' + n(y)


def curve(pts, closed=False, k=.37, start=True):
    """A smooth path through pts; a point (x, y, 1) is a corner."""
    q = [(p[0], p[1], len(p) > 2 and p[2]) for p in pts]
    m = len(q)
    d = ['M' + pt(*q[0][:2])] if start else []
    for i in range(m if closed else m - 1):
        a, b = q[i], q[(i + 1) % m]
        pa = q[i - 1] if (i > 0 or closed) else a
        nb = q[(i + 2) % m] if (i + 2 < m or closed) else b
        L = math.hypot(b[0] - a[0], b[1] - a[1])

        def tan(o, c, e, corner):
            if corner:
                return (0, 0)
            l1 = math.hypot(c[0] - o[0], c[1] - o[1]) or 1e9
            l2 = math.hypot(e[0] - c[0], e[1] - c[1]) or 1e9
            tx = (c[0] - o[0]) / l1 ** 1.5 + (e[0] - c[0]) / l2 ** 1.5
            ty = (c[1] - o[1]) / l1 ** 1.5 + (e[1] - c[1]) / l2 ** 1.5
            h = math.hypot(tx, ty) or 1
            g = min(L, 1.6 * l1, 1.6 * l2) * k
            return (tx / h * g, ty / h * g)
        t1 = tan(pa, a, b, a[2])
        t2 = tan(a, b, nb, b[2])
        if a[2] and b[2]:
            d.append('L' + pt(b[0], b[1]))
        else:
            d.append('C%s %s %s' % (pt(a[0] + t1[0], a[1] + t1[1]), pt(b[0] - t2[0], b[1] - t2[1]), pt(b[0], b[1])))
    if closed:
        d.append('Z')
    return ''.join(d)


def poly(*pts, closed=True):
    return 'M' + 'L'.join(pt(*p[:2]) for p in pts) + ('Z' if closed else '')


def rrect(x, y, w, h, r=0):
    r = min(r, w / 2, h / 2)
    if r <= 0:
        return 'M%sh%sv%sh%sZ' % (pt(x, y), n(w), n(h), n(-w))
    a = 'a%s %s 0 0 1 ' % (n(r), n(r))
    return 'M%sh%s%s%sv%s%s%sh%s%s%sv%s%s%sZ' % (
        pt(x + r, y), n(w - 2 * r), a, pt(r, r), n(h - 2 * r), a, pt(-r, r),
        n(2 * r - w), a, pt(-r, -r), n(2 * r - h), a, pt(r, -r))


def ribbon(pts, ws, closed_ends=True):
    """The outline of a strip along pts whose width at each point is in ws."""
    A, B = [], []
    for i, (x, y) in enumerate((p[0], p[1]) for p in pts):
        a, b = pts[max(0, i - 1)], pts[min(len(pts) - 1, i + 1)]
        h = math.hypot(b[0] - a[0], b[1] - a[1]) or 1
        nx, ny = -(b[1] - a[1]) / h * ws[i] / 2, (b[0] - a[0]) / h * ws[i] / 2
        c = (1,) if i in (0, len(pts) - 1) else ()
        A.append((x + nx, y + ny) + c)
        B.append((x - nx, y - ny) + c)
    return curve(A + B[::-1], True)


def oval(cx, cy, rx, ry=None):
    ry = rx if ry is None else ry
    return 'M%sa%s %s 0 1 1 %s 0a%s %s 0 1 1 %s 0Z' % (pt(cx - rx, cy), n(rx), n(ry), n(2 * rx), n(rx), n(ry), n(-2 * rx))


def sym(cx, pts, closed=True):
    """A shape mirrored about cx from its right half, top to bottom: (dx, y[, corner])."""
    right = [(cx + p[0],) + tuple(p[1:]) for p in pts]
    left = [(cx - p[0],) + tuple(p[1:]) for p in reversed(pts) if abs(p[0]) > .01]
    return curve(right + left, closed)


def rot(pts, a, cx=0, cy=0):
    c, s = math.cos(math.radians(a)), math.sin(math.radians(a))
    return [(cx + (p[0] - cx) * c - (p[1] - cy) * s, cy + (p[0] - cx) * s + (p[1] - cy) * c) + tuple(p[2:]) for p in pts]


# ---------------------------------------------------------------- the picture
class Pic:
    def __init__(self, wall, table, ink, w=1200, h=1500, horizon=1030, floor=True):
        self.w, self.h, self.ink, self.horizon = w, h, ink, horizon
        self.wall, self.table = wall, table
        self.defs, self.keys, self.cast, self.body = [], {}, [], []
        self.view = None
        self.fine = 1  # less than 1: fewer specks and grain lines
        self.floor = floor

    def tilt(self, y):
        """How round a level circle looks at height y (the eye is above the table)."""
        return self.view or max(.05, .075 + (y - 300) * .00013)

    # -- paint
    def _def(self, key, text):
        if key not in self.keys:
            i = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
            k = len(self.keys)
            self.keys[key] = i[k % 52] + (str(k // 52) if k >= 52 else '')
            self.defs.append(text.replace('@', self.keys[key]))
        return self.keys[key]

    def lin(self, stops, x1=0, y1=0, x2=1, y2=0, user=False):
        """Linear gradient; stops are (offset, colour[, opacity])."""
        s = ''.join('<stop offset="%s" stop-color="%s"%s/>' % (('%.2f' % p[0]).lstrip('0').rstrip('0').rstrip('.') or '0', p[1], (' stop-opacity="%s"' % round(p[2], 3)) if len(p) > 2 and p[2] < 1 else '') for p in stops)
        pos = ''.join(' %s="%s"' % (a, n(v) if user else round(v, 2)) for a, v, dflt in (('x1', x1, 0), ('y1', y1, 0), ('x2', x2, 1), ('y2', y2, 0)) if user or v != dflt)
        t = '<linearGradient id="@"%s%s>%s</linearGradient>' % (pos, ' gradientUnits="userSpaceOnUse"' if user else '', s)
        return 'url(#%s)' % self._def(t, t)

    def rad(self, stops, cx=.5, cy=.5, r=.5, user=False):
        s = ''.join('<stop offset="%s" stop-color="%s"%s/>' % (('%.2f' % p[0]).lstrip('0').rstrip('0').rstrip('.') or '0', p[1], (' stop-opacity="%s"' % round(p[2], 3)) if len(p) > 2 and p[2] < 1 else '') for p in stops)
        f = n if user else (lambda v: str(round(v, 2)))
        t = '<radialGradient id="@" cx="%s" cy="%s" r="%s"%s>%s</radialGradient>' % (f(cx), f(cy), f(r), ' gradientUnits="userSpaceOnUse"' if user else '', s)
        return 'url(#%s)' % self._def(t, t)

    def clip(self, d):
        return self._def('clip' + d, '<clipPath id="@"><path d="%s"/></clipPath>' % d)

    def el(self, d, fill='none', op=1, stroke=None, sw=0, cap=True, t=None):
        a = '' if fill == 'none' and not stroke else ''
        out = '<path d="%s" fill="%s"' % (d, fill)
        if stroke:
            out += ' stroke="%s" stroke-width="%s"' % (stroke, n(sw))
            if cap:
                out += ' stroke-linecap="round" stroke-linejoin="round"'
        if op < 1:
            out += ' opacity="%s"' % round(op, 2)
        if t:
            out += ' transform="%s"' % t
        return out + '/>'

    def add(self, d, fill='none', op=1, stroke=None, sw=0, cap=True, t=None):
        self.body.append(self.el(d, fill, op, stroke, sw, cap, t))
        return d

    def line(self, d, c, sw, op=1, cap=True):
        return self.add(d, 'none', op, c, sw, cap)

    def raw(self, s):
        self.body.append(s)

    def open(self, t=None, clip=None, op=1):
        self.body.append('<g%s%s%s>' % (' transform="%s"' % t if t else '', ' clip-path="url(#%s)"' % self.clip(clip) if clip else '', ' opacity="%s"' % op if op < 1 else ''))

    def close(self):
        self.body.append('</g>')

    # -- light
    def cyl(self, k=1.0):
        """Shading over a round form."""
        i = self.ink
        return self.lin([(0, i, .10 * k), (.1, '#fff', .04 * k), (.26, '#fff', .20 * k), (.46, '#fff', 0), (.5, i, .02 * k), (.8, i, .27 * k), (.93, i, .33 * k), (1, i, .24 * k)])

    def metal(self, k=1.0):
        i = self.ink
        return self.lin([(0, i, .3 * k), (.09, i, .05 * k), (.2, '#fff', .55 * k), (.32, '#fff', .1 * k), (.42, i, .1 * k), (.56, '#fff', .12 * k), (.78, i, .42 * k), (.9, i, .5 * k), (1, i, .18 * k)])

    def flat(self, k=1.0):
        """Shading over a flat or soft form: lit top left, dimmer lower right."""
        i = self.ink
        return self.lin([(0, '#fff', .16 * k), (.4, '#fff', 0), (.5, i, 0), (1, i, .22 * k)], 0, 0, 1, 1)

    def ball(self, k=1.0):
        i = self.ink
        return self.rad([(0, '#fff', .32 * k), (.35, '#fff', .04 * k), (.5, i, .02 * k), (.82, i, .26 * k), (1, i, .36 * k)], .33, .28, .78)

    def down(self, k=1.0):
        i = self.ink
        return self.lin([(0, '#fff', .14 * k), (.4, i, 0), (1, i, .25 * k)], 0, 0, 0, 1)

    # -- shadow
    def shade(self, d, by, k=.46, m=.15, op=1.0):
        """The shadow of silhouette d standing at height by, thrown to the lower right."""
        g = self.lin([(0, '#000', .35), (.5, '#000', .75), (1, '#000', 1)], 0, 0, 0, 1)
        self.cast.append('<path d="%s" fill="%s" transform="matrix(1 0 %s %s %s %s)"%s/>' % (d, g, -k, -m, n(k * by), n(by + m * by), ' opacity="%s"' % op if op < 1 else ''))

    def contact(self, cx, cy, rx, ry=None, op=.5, dx=.14):
        """The dark soft seat of a thing on the table."""
        ry = ry or rx * .22
        g = self.rad([(0, self.ink, op), (.6, self.ink, op * .72), (.82, self.ink, op * .22), (1, self.ink, 0)])
        self.add(oval(cx + rx * dx, cy + ry * .22, rx * 1.28, ry * 1.35), g)

    def drop(self, d, dx=34, dy=40, op=.8, t=''):
        """The shadow of a thing hanging before the wall or lying flat."""
        self.cast.append('<path d="%s" transform="translate(%s %s)%s" opacity="%s"/>' % (d, n(dx), n(dy), t, op))

    # -- forms
    def form(self, d, c, sh=None, k=1.0, inner=()):
        """A flat colour, details clipped to it, and the shading over all."""
        self.add(d, c)
        if inner:
            self.open(clip=d)
            self.body.extend(inner)
            self.close()
        if sh:
            self.add(d, getattr(self, sh)(k) if not sh.startswith('url') else sh)
        return d

    def lathe(self, cx, prof, c, open=None, rim=0, sh='cyl', k=1.0, bands=(), inner=(), cast=True, seat=True, gloss=0, fill_in=None, rimc=None, base=True, ops=1, front=False):
        """A turned form: prof is (radius, y[, corner]) from top to bottom.
        open: colour of the inside; rim: lip thickness; bands: (y1, y2, colour[, opacity]);
        gloss: opacity of a highlight; fill_in: (y, colour) of what is in it."""
        q = [(cx + p[0],) + tuple(p[1:]) for p in prof]
        r0, y0 = prof[0][:2]
        r1, y1 = prof[-1][:2]
        e0, e1 = r0 * self.tilt(y0), r1 * self.tilt(y1)
        if not base:
            e1 = 0
        right = curve(q)
        left = curve([(cx - p[0],) + tuple(p[1:]) for p in reversed(prof)], start=False)
        d = right
        d += ('A%s %s 0 0 1 %s' % (n(r1), n(e1), pt(cx - r1, y1))) if e1 > .5 else 'L' + pt(cx - r1, y1)
        d += left
        if r0 > 1:
            d += 'A%s %s 0 0 %d %s' % (n(r0), n(e0), 0 if front else 1, pt(cx + r0, y0))
        d += 'Z'
        if cast:
            self.shade(d, y1)
        if seat:
            self.contact(cx, y1, r1, r1 * self.tilt(y1))
        det = []
        for b in bands:
            det.append(self.el(self.band(cx, prof, b[0], b[1]), b[2], b[3] if len(b) > 3 else 1))
        if ops < 1:
            self.open(op=ops)
        self.form(d, c, sh, k, det + list(inner))
        if ops < 1:
            self.close()
        if open:
            if rim:
                self.add(oval(cx, y0, r0, e0), rimc or tone(c, .06))
            ri, ei = r0 - rim, (r0 - rim) * self.tilt(y0)
            self.add(oval(cx, y0, ri, ei), open)
            self.add(oval(cx, y0, ri, ei), self.lin([(0, self.ink, .5), (.45, self.ink, .28), (1, '#fff', .12)], 0, 0, 1, .2))
            if fill_in:
                fy, fc = fill_in
                self.open(clip=oval(cx, y0, ri, ei))
                rr = radius(prof, fy) - rim
                self.add(oval(cx, fy, rr, rr * self.tilt(fy)), fc)
                self.add(oval(cx, fy, rr, rr * self.tilt(fy)), self.flat(.8))
                self.close()
        if gloss:
            self.gloss(cx, prof, gloss)
        return d

    def band(self, cx, prof, a, b):
        """A strip round a turned form between heights a and b."""
        ra, rb = radius(prof, a), radius(prof, b)
        ys = [a + (b - a) * i / 4 for i in range(5)] if abs(b - a) > 30 else [a, b]
        R = [(cx + radius(prof, y) + 5, y) for y in ys]
        Lf = [(2 * cx - x, y) for x, y in reversed(R)]
        return curve(R) + 'A%s %s 0 0 1 %s' % (n(rb + 5), n(rb * self.tilt(b)), pt(cx - rb - 5, b)) + curve(Lf, start=False) + 'A%s %s 0 0 0 %s' % (n(ra + 5), n(ra * self.tilt(a)), pt(cx + ra + 5, a)) + 'Z'

    def gloss(self, cx, prof, op, u=-.62, w=.1, a=.12, b=.8):
        """A highlight running down the lit side of a turned form."""
        y0, y1 = prof[0][1], prof[-1][1]
        ys = [y0 + (y1 - y0) * (a + (b - a) * i / 6) for i in range(7)]
        A, B = [], []
        for i, y in enumerate(ys):
            r = radius(prof, y)
            t = math.sin(math.pi * i / 6) ** .5 if 0 < i < 6 else 0
            A.append((cx + r * u - r * w * t * .5, y))
            B.append((cx + r * u + r * w * t * .5, y))
        self.add(curve(A) + curve(list(reversed(B)), start=False).replace('C', 'C', 1) + 'Z', self.lin([(0, '#fff', op), (.6, '#fff', op * .7), (1, '#fff', 0)], 0, 0, 0, 1))

    def box(self, x, y, w, h, dx, dy, c, top=None, side=None, cast=True, seat=True, r=0, k=1.0):
        """A box seen from the front, its right side and top going back by (dx, -dy); (x, y) is the front's lower left."""
        f = poly((x, y), (x + w, y), (x + w, y - h), (x, y - h))
        t = poly((x, y - h), (x + w, y - h), (x + w + dx, y - h - dy), (x + dx, y - h - dy))
        s = poly((x + w, y), (x + w + dx, y - dy), (x + w + dx, y - h - dy), (x + w, y - h))
        out = poly((x, y), (x + w, y), (x + w + dx, y - dy), (x + w + dx, y - h - dy), (x + dx, y - h - dy), (x, y - h))
        if cast:
            self.shade(out, y - dy / 2)
        if seat:
            self.seat(x, y, w, dx, dy)
        self.add(out, c)
        self.add(f, self.lin([(0, '#fff', .08 * k), (.5, self.ink, .02), (1, self.ink, .12 * k)], 0, 0, 1, .4))
        self.add(t, top or '#fff', 1 if top else .24 * k)
        self.add(s, side or self.ink, 1 if side else .3 * k)
        return out

    def seat(self, x, y, w, dx=0, dy=0, op=.5):
        d = poly((x + 8, y - 2), (x + w, y - 4), (x + w + dx, y - dy), (x + w + dx + 34, y - dy + 12), (x + w + 26, y + 26), (x + 20, y + 22))
        self.cast.append('<path d="%s"/>' % d)

    def fold(self, x1, y1, x2, y2, bend=20, wd=14, op=.14, c=None):
        """A crease: a thin crescent from one point to the other."""
        mx, my = (x1 + x2) / 2, (y1 + y2) / 2
        L = math.hypot(x2 - x1, y2 - y1) or 1
        nx, ny = -(y2 - y1) / L, (x2 - x1) / L
        return self.add('M%sQ%s %sQ%s %sZ' % (pt(x1, y1), pt(mx + nx * (bend + wd), my + ny * (bend + wd)), pt(x2, y2), pt(mx + nx * (bend - wd), my + ny * (bend - wd)), pt(x1, y1)), c or self.ink, op)

    def leaf(self, x, y, L, a, wd, c, vein=None, bend=.12):
        """A leaf from its stalk (x, y), L long, wd wide, pointing to angle a (0 up, clockwise)."""
        w = max(6, 5 * round(wd / L * 20))

        def T(u, v):
            return (v + math.sin(u * math.pi) * bend * 100, -u * 100)
        up = [T(0, 0) + (1,), T(.25, -w * .42), T(.52, -w * .5), T(.8, -w * .3), T(1, 0) + (1,)]
        lo = [T(1, 0) + (1,), T(.8, w * .3), T(.52, w * .5), T(.25, w * .42), T(0, 0) + (1,)]
        mid = [T(0, 0) + (1,), T(.5, 0), T(1, 0) + (1,)]
        v = '<path d="%s" fill="none" stroke="%s" stroke-width="2.5" opacity=".6"/>' % (curve(mid), vein) if vein else ''
        t = '<g id="@"><path d="%s"/><path d="%s" fill="%s" opacity=".17"/>%s</g>' % (
            curve(up) + curve(lo, start=False) + 'Z', curve(lo) + curve(mid, start=False) + 'Z', self.ink, v)
        self.body.append('<use href="#%s" fill="%s" transform="translate(%d %d)rotate(%d)scale(%.2f)"/>' % (self._def(t, t), c, x, y, a, L / 100))

    def pattern(self, w, h, content, t=''):
        """A repeating texture to fill with."""
        k = '<pattern id="@" width="%s" height="%s" patternUnits="userSpaceOnUse"%s>%s</pattern>' % (n(w), n(h), ' patternTransform="%s"' % t if t else '', content)
        return 'url(#%s)' % self._def(k, k)

    def glow(self, x, y, r, c='#ffdca3', op=.6):
        self.add(oval(x, y, r), self.rad([(0, c, op), (.35, c, op * .42), (.7, c, op * .1), (1, c, 0)]))

    def fringe(self, x1, y1, x2, y2, count, L, c, w=5, a=0):
        """Short threads hanging from a line."""
        d = []
        for i in range(count):
            t = (i + .5) / count
            x, y = x1 + (x2 - x1) * t, y1 + (y2 - y1) * t
            d.append('M%d %dq%d %d %d %d' % (x, y, 5 * math.sin(i * 2.1), L * .5, a + 4 * math.sin(i * 1.3), L + 6 * math.sin(i * 2.9)))
        self.line(''.join(d), c, w)

    def stem(self, pts, c, w=8):
        self.line(curve(pts), c, w)

    # -- small kit
    def tube(self, pts, w, c, by=None, closed=False, hi=.35, d=None, drop=False):
        """A round bar, cord or handle along pts; by: where its shadow meets the table."""
        d = d or curve(pts, closed)
        if by is not None:
            self.cast.append('<path d="%s" fill="none" stroke="#000" stroke-width="%s" transform="matrix(1 0 -.46 -.15 %s %s)" opacity=".7"/>' % (d, n(w), n(.46 * by), n(by * 1.15)))
        if drop:
            self.cast.append('<path d="%s" fill="none" stroke="#000" stroke-width="%s" transform="translate(26 30)" opacity=".8"/>' % (d, n(w)))
        self.line(d, tone(c, -.13), w)
        o = w * .1
        self.add(d, 'none', 1, c, w * .72, True, 'translate(%s %s)' % (n(-o), n(-o)))
        if hi:
            self.add(d, 'none', hi, '#fff', w * .16, True, 'translate(%s %s)' % (n(-w * .24), n(-w * .24)))
        return d

    def speck(self, x0, y0, x1, y1, count, c, sw=6, op=.5, seed=1):
        """Speckles in a rectangle, as a string for a form's inner details."""
        r, out = seed * 7919 + 17, []
        for _ in range(int(count * self.fine)):
            r = (r * 1103515245 + 12345) % 2147483648
            a = r / 2147483648
            r = (r * 1103515245 + 12345) % 2147483648
            out.append('M%d %dh.1' % (x0 + a * (x1 - x0), y0 + r / 2147483648 * (y1 - y0)))
        return self.el(''.join(out), 'none', op, c, sw)

    def grain(self, x0, y0, x1, y1, count, c=None, sw=3, op=.16, vert=False, amp=9, seed=1):
        """Wood grain lines filling a rectangle, as a string."""
        out = []
        count = max(2, int(count * self.fine))
        for i in range(count):
            t = (i + .5) / count
            j = math.sin(i * 2.7 + seed * 1.3) * amp
            q = math.cos(i * 1.9 + seed) * amp
            if vert:
                x = x0 + (x1 - x0) * t
                out.append(curve([(x, y0), (x + j, y0 + (y1 - y0) * .35), (x - q, y0 + (y1 - y0) * .7), (x, y1)]))
            else:
                y = y0 + (y1 - y0) * t
                out.append(curve([(x0, y), (x0 + (x1 - x0) * .35, y + j), (x0 + (x1 - x0) * .7, y - q), (x1, y)]))
        return self.el(''.join(out), 'none', op, c or self.ink, sw)

    def glass(self, cx, prof, c='#ffffff', op=.3, fill=None, inner=(), edge=.4, cast=True, top=True):
        """A clear turned form; fill: (y, colour, opacity) of what stands in it."""
        r0, y0 = prof[0][:2]
        r1, y1 = prof[-1][:2]
        if cast:
            q = [(cx + a[0],) + tuple(a[1:]) for a in prof]
            self.shade(curve(q + [(2 * cx - a[0],) + tuple(a[1:]) for a in reversed(q)]) + 'Z' if False else sym(cx, prof), y1, op=.45)
            self.contact(cx, y1, r1, r1 * self.tilt(y1), .3)
        if top:
            self.add(oval(cx, y0, r0, r0 * self.tilt(y0)), tone(c, .1), op * .7)
        if fill:
            fy, fc, fo = fill
            pf = [(radius(prof, fy) - 7, fy)] + [(p[0] - 7, p[1] - 10) + tuple(p[2:]) for p in prof if p[1] > fy + 12]
            self.lathe(cx, pf, fc, cast=False, seat=False, k=.6, ops=fo)
            self.add(oval(cx, fy, pf[0][0], pf[0][0] * self.tilt(fy)), tone(fc, .08), fo)
        g = self.lin([(0, c, .75), (.06, c, .2), (.16, '#fff', .32), (.24, '#fff', .05), (.7, c, .08), (.88, c, .3), (.96, '#fff', .4), (1, c, .8)])
        d = self.lathe(cx, prof, c, sh=g, cast=False, seat=False, ops=op, front=top)
        self.add(d, g, edge)
        if inner:
            self.open(clip=d)
            self.body.extend(inner)
            self.close()
        if top:
            self.line(oval(cx, y0, r0, r0 * self.tilt(y0)), tone(c, .12), 4, .8)
        return d

    def place(self, fn, x, y, s):
        """Draw another picture's objects here, scaled by s with its origin at (x, y)."""
        b, c, v, hz, f = self.body, self.cast, self.view, self.horizon, self.floor
        self.body, self.cast, self.view = [], [], None
        fn(self)
        t = 'matrix(%s 0 0 %s %s %s)' % (round(s, 3), round(s, 3), n(x), n(y))
        b.append('<g transform="%s">%s</g>' % (t, ''.join(self.body)))
        if self.cast:
            c.append('<g transform="%s">%s</g>' % (t, ''.join(self.cast)))
        self.body, self.cast, self.view, self.horizon, self.floor = b, c, v, hz, f

    # -- out
    def svg(self):
        w, h, hz = self.w, self.h, self.horizon
        s = max(w, h)
        back = []
        wallg = self.rad([(0, tone(self.wall, .045)), (.55, self.wall), (1, tone(self.wall, -.06))], w * .22, h * .12, s * 1.05, True)
        back.append('<path d="M0 0h%dv%dh-%dZ" fill="%s"/>' % (w, h, w, wallg))
        if self.floor:
            tg = self.lin([(0, tone(self.table, .03)), (.6, self.table), (1, tone(self.table, -.06))], 0, hz, w, h, True)
            back.append('<path d="M0 %dh%dv%dh-%dZ" fill="%s"/>' % (hz, w, h - hz, w, tg))
            eg = self.lin([(0, self.ink, .16), (1, self.ink, 0)], 0, 0, 0, 1)
            back.append('<path d="M0 %dh%dv46h-%dZ" fill="%s" opacity=".5"/>' % (hz, w, w, eg))
            back.append('<path d="M0 %dh%d" stroke="%s" stroke-width="2.5" opacity=".5"/>' % (hz, w, tone(self.table, .07)))
        # a window's light, just felt
        k = min(1, max(.45, (lab(self.wall)[0] - .4) / .4))
        lg = self.lin([(0, '#fff', .2 * k), (.7, '#fff', .05 * k), (1, '#fff', 0)], 0, 0, 0, 1)
        for a, b in ((.02, .22), (.26, .46)):
            back.append('<path d="M%sL%sL%sL%sZ" fill="%s"/>' % (pt(w * a, 0), pt(w * b, 0), pt(w * (b + .27), hz), pt(w * (a + .27), hz), lg))
        if self.cast:
            top = max(0, self.horizon - 60) if self.floor and 'translate' not in ''.join(self.cast) else 0
            self.defs.append('<filter id="F" filterUnits="userSpaceOnUse" x="0" y="%d" width="%d" height="%d" color-interpolation-filters="sRGB"><feGaussianBlur stdDeviation="15"/></filter>' % (top, w, h - top))
            g = ''.join(self.cast).replace('#000', self.ink)
            back.append('<g filter="url(#F)" fill="%s" opacity=".42">%s</g>' % (self.ink, g))
            d = [x.replace('#000', self.ink) for x in self.defs]
            self.defs = d
        return slim('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d"><defs>%s</defs>%s%s</svg>\n' % (
            w, h, w, h, ''.join(self.defs), ''.join(back), ''.join(self.body)))


def tight(d, places):
    """The same outline in relative steps with as few characters as will do."""
    f = 10 ** places
    tok = re.findall(r'[A-Za-z]|-?\d*\.?\d+(?:e-?\d+)?', d)
    out, last, cmd, k = [], '', '', 0
    x = y = sx = sy = 0      # where we are, in the original
    rx = ry = rsx = rsy = 0  # where we are, as written

    def put(letter, nums):
        nonlocal last
        t = []
        for v in nums:
            a = ('%.*f' % (places, v)).rstrip('0').rstrip('.') if places else '%d' % round(v)
            a = a.replace('-0.', '-.') if a.startswith('-0.') else a[1:] if a.startswith('0.') else a
            t.append('0' if a in ('-0', '', '-') else a)
        if letter != last or letter in 'mz':
            out.append(letter)
            sep = ''
        else:
            sep = ' '
        for a in t:
            out.append(a if a[0] == '-' or not sep else sep + a)
            sep = ' '
        last = letter

    def r(v):
        return round(v * f) / f
    size = {'M': 2, 'L': 2, 'H': 1, 'V': 1, 'C': 6, 'S': 4, 'Q': 4, 'T': 2, 'A': 7, 'Z': 0}
    while k < len(tok):
        if tok[k].isalpha():
            cmd = tok[k]
            k += 1
        u = cmd.upper()
        a = [float(v) for v in tok[k:k + size[u]]]
        k += size[u]
        rel = cmd.islower()
        if u == 'Z':
            put('z', [])
            x, y, rx, ry = sx, sy, rsx, rsy
            continue
        if u == 'H':
            a, u = [a[0], 0 if rel else y], 'L'
        elif u == 'V':
            a, u = [0 if rel else x, a[0]], 'L'
        head = a[:5] if u == 'A' else []
        pts = a[5:] if u == 'A' else a
        if rel:
            pts = [v + (y if q % 2 else x) for q, v in enumerate(pts)]
        x, y = pts[-2:]
        w = [r(v) - (ry if q % 2 else rx) for q, v in enumerate(pts)]
        if u == 'L' and abs(w[1]) < .5 / f:
            put('h', w[:1])
        elif u == 'L' and abs(w[0]) < .5 / f:
            put('v', w[1:])
        else:
            put(u.lower(), ([round(head[0], 1), round(head[1], 1)] + head[2:] if places else [max(1, head[0]), max(1, head[1])] + head[2:]) + w if head else w)
        rx, ry = rx + w[-2], ry + w[-1]
        if u == 'M':
            sx, sy, rsx, rsy = x, y, rx, ry
            cmd = 'l' if rel else 'L'
            last = 'm'
    return ''.join(out)


def clear(c, op):
    """A colour with its opacity in one word."""
    c = c * 2 if len(c) == 3 else c
    h = c + '%02x' % round(op * 255)
    return '#' + (h[::2] if h[::2] == h[1::2] else h)


def slim(s, places=1):
    """Outlines used more than once are written once, all of them tightly; very full pictures lose their decimals."""
    whole = s
    caps = ' stroke-linecap="round" stroke-linejoin="round"'
    s = s.replace('" fill="none" stroke=', '" fill="none" stroke-linecap="butt" stroke=').replace(caps, '\0')
    s = re.sub(r' stroke-linecap="butt"( stroke="[^"]*" stroke-width="[^"]*")\0', r'\1', s).replace('\0', '')
    s = re.sub(r' stroke-linecap="butt"([^>]*) stroke-linecap="round"', r'\1', s)
    s = re.sub(r' stroke-linecap="butt"([^>]* stroke-linecap="butt")', r'\1', s)
    s = s.replace('<svg ', '<svg' + caps + ' ', 1)
    s = re.sub(r'stop-color="#([0-9a-f]{6}|fff)" stop-opacity="([0-9.]+)"', lambda m: 'stop-color="%s"' % clear(m[1], float(m[2])), s)
    s = re.sub(r'([( ]-?)0\.(\d)', r'\1.\2', s)
    s = re.sub(r'((?:<use href="#\w+" fill="(#\w+)" transform="[^"]*"/>)(?:<use href="#\w+" fill="\2" transform="[^"]*"/>)+)', lambda m: '<g fill="%s">%s</g>' % (m[2], m[1].replace(' fill="%s"' % m[2], '')), s)
    s = re.sub(r' d="([^"]*)"', lambda m: ' d="%s"' % tight(m[1], places), s)
    s = re.sub(r'="0\.(\d)', r'=".\1', s)
    s = re.sub(r'#([0-9a-f])\1([0-9a-f])\2([0-9a-f])\3"', r'#\1\2\3"', s)
    seen = {}
    for d in re.findall(r'<path d="([^"]{50,})"', s):
        seen[d] = seen.get(d, 0) + 1
    k = 0
    for d, c in seen.items():
        if c > 1:
            s = s.replace('<path d="%s"' % d, '<use href="#_%d"' % k)
            s = s.replace('<defs>', '<defs><path id="_%d" d="%s"/>' % (k, d), 1)
            k += 1
    if places and len(s) > 11800:
        return slim(whole, 0)
    return s


def radius(prof, y):
    """The radius of a turned form at height y."""
    p = [q[:2] for q in prof]
    if y <= p[0][1]:
        return p[0][0]
    for i in range(len(p) - 1):
        (ra, ya), (rb, yb) = p[i], p[i + 1]
        if ya <= y <= yb:
            if yb - ya < .01:
                return rb
            t = (y - ya) / (yb - ya)
            ca, cb = len(prof[i]) > 2 and prof[i][2], len(prof[i + 1]) > 2 and prof[i + 1][2]
            ma = 0 if i == 0 else (rb - p[i - 1][0]) / max(1, yb - p[i - 1][1])
            mb = (rb - ra) / (yb - ya) if i + 2 >= len(p) else (p[i + 2][0] - ra) / max(1, p[i + 2][1] - ya)
            if i == 0:
                ma = (rb - ra) / (yb - ya)
            if ca and cb:
                return ra + (rb - ra) * t
            if ca:
                ma = (rb - ra) / (yb - ya)
            if cb:
                mb = (rb - ra) / (yb - ya)
            H = yb - ya
            return ((2 * t ** 3 - 3 * t * t + 1) * ra + (t ** 3 - 2 * t * t + t) * H * ma + (-2 * t ** 3 + 3 * t * t) * rb + (t ** 3 - t * t) * H * mb)
    return p[-1][0]
