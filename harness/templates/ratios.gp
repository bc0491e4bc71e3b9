{% set row_height = 17 %}
{% set header = 70 %}
{% set footer = 74 + 17 * caption | length %}
{% set below = 64 %}
{% set height = header + (row_height * rows) | int + footer %}
# {{ name }}.gp: draws {{ name }}.svg, .png and .pdf from {{ name }}.dat. To redraw, in this folder: gnuplot {{ name }}.gp
# A row a ratio: the paper's, from the least to the greatest of its machines, then ours. Left of 1 the exokernel loses.

set encoding utf8
floor = {{ floor }}
ceiling = {{ ceiling }}
do for [kind in "svg png pdf"] {
{% include "terminal.gp" +%}
    set tmargin at screen {{ 1 - header / height }}
    set bmargin at screen {{ footer / height }}
    set lmargin at screen 0.315
    set rmargin at screen 0.61
    set logscale x
    set xrange [floor:ceiling]
    set yrange [{{ rows }}:0]
    set y2range [{{ rows }}:0]
    set border 1 lc rgb "#444444"
    set xtics out nomirror format "%g"
    set ytics scale 0 font "DejaVu Sans,11"
    set y2tics scale 0 font "DejaVu Sans,11"
    set grid xtics lc rgb "#dddddd" lt 1
    set xlabel {{ (subject ~ " (log axis)") | quoted }}
    unset key
    set object 1 rectangle from floor, graph 0 to 1, graph 1 behind fs solid 1.0 noborder fc rgb "#f8e8e8"
    set arrow 1 from 1, graph 0 to 1, graph 1 nohead lc rgb "#444444" lw 1.5
    set label 1 {{ title | quoted }} at screen 0.012, screen {{ 1 - 20 / height }} left font "DejaVu Sans Bold,14"
    set label 2 {{ (loser ~ " loses") | quoted }} at 1, graph 1 right offset -0.7,0.7 font "DejaVu Sans,10" tc rgb "#8a2020"
    set label 3 "wins" at 1, graph 1 left offset 0.7,0.7 font "DejaVu Sans,10" tc rgb "#444444"
    set label 4 {{ note | quoted }} at graph 1.03, graph 1 left offset 0,0.7 font "DejaVu Sans,10" tc rgb "#444444"
{% include "caption.gp" +%}
{% for group in groups %}
    set label {{ loop.index + 100 }} {{ group.operation | quoted }} at screen 0.012, first {{ group.row }} left font "DejaVu Sans Bold,11"
{% endfor %}
    plot \
{% for one in series %}
        "{{ name }}.dat" index {{ loop.index0 }} using (1):1:($3 - 1):(0) with vectors nohead lw 1.2 lc rgb "{{ one.colour }}", \
        "" index {{ loop.index0 }} using 2:1:($3 - $2):(0) with vectors nohead lw 5 lc rgb "{{ one.colour }}", \
        "" index {{ loop.index0 }} using 2:1 with points pt {{ one.point }} ps 1.1 lc rgb "{{ one.colour }}", \
        "" index {{ loop.index0 }} using 3:1 with points pt {{ one.point }} ps 1.1 lc rgb "{{ one.colour }}", \
        "" index {{ loop.index0 }} using (floor):1:ytic(4) with points pt -2, \
        "" index {{ loop.index0 }} using (floor):1:y2tic(5) axes x1y2 with points pt -2{{ ", \\" if not loop.last }}
{% endfor %}
    unset output
}
