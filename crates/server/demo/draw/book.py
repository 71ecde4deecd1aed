"""Collects the drawings of one file: @draw('slug') registers a function of the picture."""


def collector(drawn):
    def section(cat):
        def draw(slug):
            def keep(fn):
                drawn[slug] = (cat, fn)
                return fn
            return keep
        return draw
    return section
