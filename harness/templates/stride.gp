{% set header = 64 %}
{% set footer = 72 + 17 * caption | length %}
{% set below = 62 %}
{% set height = header + 420 + footer %}
# {{ name }}.gp: draws {{ name }}.svg, .png and .pdf from {{ name }}.dat. To redraw, in this folder: gnuplot {{ name }}.gp
# Points after each quantum of the process that ran in it: ours filled, the paper's crosses; lines: the ideal.

set encoding utf8
do for [kind in "svg png pdf"] {
{% include "terminal.gp" +%}
    set tmargin at screen {{ 1 - header / height }}
    set bmargin at screen {{ footer / height }}
    set lmargin at screen 0.08
    set rmargin at screen 0.97
    set xrange [0:{{ last + 1 }}]
    set yrange [0:{{ "%.6g" | format(furthest) }}]
    set border 3 lc rgb "#444444"
    set xtics out nomirror
    set ytics out nomirror
    set grid xtics ytics lc rgb "#e5e5e5" lt 1
    set xlabel "quanta gone by"
    set ylabel "cumulative work, in quanta" offset 1.2
    set key at screen 0.085, screen {{ 1 - 46 / height }} left center horizontal Left reverse samplen 1.5
    set label 1 {{ title | quoted }} at screen 0.012, screen {{ 1 - 20 / height }} left font "DejaVu Sans Bold,14"
{% include "caption.gp" +%}
{% if order %}
    set label 50 "order: {{ order }}…" at graph 0.03, graph 0.92 left font "DejaVu Sans,11" tc rgb "#444444"
{% endif %}
    plot \
{% for one in series %}
        {{ "%.6f" | format(one.slope) }} * x with lines lw 1 lc rgb "{{ one.colour }}" notitle, \
        "{{ name }}.dat" index {{ 2 * loop.index0 }} using 1:2 with points pt {{ one.point }} ps 0.6 lc rgb "{{ one.colour }}" title "share {{ one.share }} of 6", \
        "" index {{ 2 * loop.index0 + 1 }} using 1:2 with points pt 1 ps 0.7 lw 1 lc rgb "#555555" {{ 'title "the paper (Figure 3)"' if loop.last else "notitle" }}, \
{% endfor %}
        NaN notitle
    unset output
}
