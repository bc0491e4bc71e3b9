{% set header = 64 %}
{% set footer = 72 + 17 * caption | length %}
{% set below = 62 %}
{% set height = header + 320 + footer %}
# {{ name }}.gp: draws {{ name }}.svg, .png and .pdf from {{ name }}.dat. To redraw, in this folder: gnuplot {{ name }}.gp
# A line a series, its values beside it.

set encoding utf8
do for [kind in "svg png pdf"] {
{% include "terminal.gp" +%}
    set tmargin at screen {{ 1 - header / height }}
    set bmargin at screen {{ footer / height }}
    set lmargin at screen 0.115
    set rmargin at screen 0.96
    set logscale xy
    set xrange [{{ 0.8 * ticks[0] if ticks else 1 }}:{{ 1.25 * ticks[-1] if ticks else 10 }}]
    set yrange [{{ "%.6g" | format(floor) }}:{{ "%.6g" | format(ceiling) }}]
    set border 3 lc rgb "#444444"
    set xtics out nomirror ({{ ticks | join(", ") if ticks else "1, 10" }})
    set ytics out nomirror format "%.0f"
    set grid ytics lc rgb "#dddddd" lt 1
    set xlabel "pages (log axis)"
    set ylabel "{{ unit }} (log axis)"
    set key at screen 0.1, screen {{ 1 - 46 / height }} left center horizontal Left reverse samplen 2
    set label 1 {{ title | quoted }} at screen 0.012, screen {{ 1 - 20 / height }} left font "DejaVu Sans Bold,14"
{% include "caption.gp" +%}
{% if bound %}
    set arrow 1 from {{ bound }}, graph 0 to {{ bound }}, graph 1 nohead dt 2 lc rgb "#444444"
    set label 50 "bindings at once: {{ bound }}" at {{ bound }}, graph 0.5 right offset -0.7,0 font "DejaVu Sans,10" tc rgb "#444444"
{% endif %}
    plot \
{% for one in series %}
        "{{ name }}.dat" index {{ loop.index0 }} using 1:2 with linespoints pt 7 ps 0.5 lw 2 lc rgb "{{ one.colour }}" title {{ one.title | quoted }}, \
        "" index {{ loop.index0 }} using 1:3 with points pt 6 ps 0.9 lw 1.2 lc rgb "#000000" notitle, \
        "" index {{ loop.index0 }} using 1:($2 * {{ "%.4f" | format((ceiling / floor) ** 0.045) }}**$4):(sprintf($2 < 10 ? "%.3g" : "%.0f", $2)) with labels font "DejaVu Sans,10" tc rgb "{{ one.colour }}" notitle, \
{% endfor %}
        NaN notitle
    unset output
}
