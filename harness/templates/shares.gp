{% set header = 64 %}
{% set footer = 72 + 17 * caption | length %}
{% set below = 62 %}
{% set top = 270 %}
{% set bottom = 150 %}
{% set height = header + top + 30 + bottom + footer %}
# {{ name }}.gp: draws {{ name }}.svg, .png and .pdf from {{ name }}.dat. To redraw, in this folder: gnuplot {{ name }}.gp
# Above: shares of all work. Below: slices begun (lines), and forfeited (crosses).

set encoding utf8
do for [kind in "svg png pdf"] {
{% include "terminal.gp" +%}
    set multiplot
    set lmargin at screen 0.1
    set rmargin at screen 0.97
    set xrange [0.5:{{ intervals + 0.5 }}]
    set border 3 lc rgb "#444444"
    set xtics out nomirror 1
    set grid ytics lc rgb "#dddddd" lt 1
    set key at screen 0.1, screen {{ 1 - 46 / height }} left center horizontal Left reverse samplen 2
    set label 1 {{ title | quoted }} at screen 0.012, screen {{ 1 - 20 / height }} left font "DejaVu Sans Bold,14"
{% include "caption.gp" +%}

    set tmargin at screen {{ 1 - header / height }}
    set bmargin at screen {{ 1 - (header + top) / height }}
    set yrange [0:100]
    set ytics out nomirror 20
    set ylabel "share of all work, %" offset 1.2
    unset xlabel
    plot \
{% for one in series %}
        "{{ name }}.dat" index {{ loop.index0 }} using ($1 + {{ one.aside }}):2 with linespoints pt {{ (7, 5, 9)[loop.index0 % 3] }} ps 0.8 lw 2 lc rgb "{{ one.colour }}" title {{ one.who | quoted }}, \
{% endfor %}
        NaN notitle
    unset label
    unset key

    set tmargin at screen {{ 1 - (header + top + 30) / height }}
    set bmargin at screen {{ footer / height }}
    set yrange [0:{{ most_slices }}]
    set ytics out nomirror 2
    set ylabel "slices" offset 1.2
    set xlabel "interval (6 rounds of the slice vector; lines: slices begun; crosses: slices forfeited)"
    plot \
{% for one in series %}
        "{{ name }}.dat" index {{ loop.index0 }} using ($1 + {{ one.aside }}):3 with linespoints pt {{ (7, 5, 9)[loop.index0 % 3] }} ps 0.8 lw 2 lc rgb "{{ one.colour }}", \
        "" index {{ loop.index0 }} using ($1 + {{ one.aside }}):4 with points pt 2 ps 1 lw 2 lc rgb "{{ one.colour }}", \
{% endfor %}
        NaN notitle
    unset multiplot
    unset output
}
