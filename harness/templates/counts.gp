{% set panel_height = 300 %}
{% set margin = 0.06 + 0.01 * ("%.0f" | format([largest, 1000] | max) | length) %}
{% set header = 64 %}
{% set footer = 18 + 17 * caption | length %}
{% set below = 4 %}
{% set height = header + panel_height * panels | length + footer %}
# {{ name }}.gp: draws {{ name }}.svg, .png and .pdf from {{ name }}.dat. To redraw, in this folder: gnuplot {{ name }}.gp
# One group of bars an operation, one bar a system. A cell without a number is a dashed box with its verdict in it.

set encoding utf8
bottom = 0.5
ceiling = {{ "%.6g" | format(5 * [largest, 200] | max) }}
at(share) = bottom * (ceiling / bottom) ** share               # the value at this share of a panel's height
shown(value) = value < bottom ? bottom : value                  # a 0 has no place on a log axis
hole(verdict) = verdict eq "" ? NaN : at(0.46)
aside(tip) = tip > 0 ? {{ "%.4f" | format(0.3 * bar_width) }} : 0     # a verdict makes room for a marker
ink(verdict) = verdict eq "unsupported" ? 0x444444 : 0xb00020

do for [kind in "svg png pdf"] {
{% include "terminal.gp" +%}
    set multiplot
    set logscale y
    set yrange [bottom:ceiling]
    set ytics out nomirror format "%.0f"
    set grid ytics lc rgb "#dddddd" lt 1
    set border 3 lc rgb "#444444"
    set boxwidth {{ "%.4f" | format(bar_width) }} absolute
    set lmargin at screen {{ margin }}
    set rmargin at screen 0.99
    set ylabel "guest instructions (log axis)"
    set key at screen {{ margin }}, screen {{ 1 - 46 / height }} left center horizontal Left reverse samplen 1.2
    set label 1 {{ title | quoted }} at screen 0.012, screen {{ 1 - 20 / height }} left font "DejaVu Sans Bold,14"
{% include "caption.gp" +%}
{% for panel in panels %}

    set tmargin at screen {{ 1 - (header + panel_height * loop.index0 + 28) / height }}
    set bmargin at screen {{ 1 - (header + panel_height * loop.index - 38) / height }}
    set title {{ panel.title | quoted }} offset 0,-0.5 font "DejaVu Sans,12"
    set xrange [0.5:{{ panel.groups | length + 0.5 }}]
    set xtics scale 0 ({% for group in panel.groups %}{{ group | quoted }} {{ loop.index }}{{ ", " if not loop.last }}{% endfor %})
    plot \
{% for one in series %}
{% set index = panel.first_block + loop.index0 %}
        "{{ name }}.dat" index {{ index }} using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "{{ one.colour }}" title {{ one.system | quoted }}, \
        "" index {{ index }} using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index {{ index }} using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index {{ index }} using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index {{ index }} using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index {{ index }} using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
{% endfor %}
        NaN with points pt {{ 6 if marker else -2 }} ps 0.8 lw 1.5 lc rgb "#000000" {{ "title " ~ marker | quoted if marker else "notitle" }}
    unset key
    unset label
{% endfor %}
    unset multiplot
    unset output
    set key
}
