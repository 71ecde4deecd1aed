"""A wall, a table and a shadow colour per category; the goods carry the rest."""
# category: (walls, table, ink)
PALETTE = {
    'cooking': (('#ecdfcb', '#ead6be'), '#d3b791', '#3a2418'),
    'tableware': (('#dde2e1', '#e4e2da'), '#cfc3b2', '#2a2b33'),
    'coffee-tea': (('#dccdc0', '#e0c8b6'), '#a57c5f', '#331d15'),
    'lighting': (('#5d6b72', '#66706c'), '#8d6d54', '#14181d'),
    'textiles': (('#e9d8d2', '#e6d3c5'), '#cdb09e', '#3b2326'),
    'plants-pots': (('#d3dccd', '#dbe0cf'), '#c4ae8d', '#1f2a22'),
    'tops-knitwear': (('#d7dbde', '#dcdad6'), '#c9b294', '#22262f'),
    'bags': (('#dedac2', '#e2d8bd'), '#bfb08a', '#2b2717'),
    'shoes': (('#cbd8de', '#d5dadb'), '#cfc5b6', '#1f2733'),
    'stationery': (('#f0e3c0', '#f0e0c6'), '#dcc497', '#33291a'),
    'audio': (('#e3bfa8', '#e2c4b2'), '#b98a70', '#321c18'),
    'toys-games': (('#cce1dc', '#d5e3da'), '#e0caa4', '#1e2f35'),
}
