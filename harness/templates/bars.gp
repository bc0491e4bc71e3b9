{% set row_height = 17 %}
{% set header = 46 %}
{% set footer = 72 + 17 * caption | length %}
{% set below = 62 %}
{% set height = header + row_height * rows + footer %}
# {{ name }}.gp: draws {{ name }}.svg, .png and .pdf from {{ name }}.dat. To redraw, in this folder: gnuplot {{ name }}.gp
# A bar an operation, its count beside it.

set encoding utf8
floor = 1
shown(value) = value < floor ? floor : value                    # a 0 has no place on a log axis
do for [kind in "svg png pdf"] {
{% include "terminal.gp" +%}
    set tmargin at screen {{ 1 - header / height }}
    set bmargin at screen {{ footer / height }}
    set lmargin at screen 0.23
    set rmargin at screen 0.97
    set logscale x
    set xrange [floor:{{ "%.6g" | format(ceiling) }}]
    set yrange [{{ rows + 0.5 }}:0.5]
    set border 3 lc rgb "#444444"
    set xtics out nomirror format "%.0f"
    set ytics scale 0 font "DejaVu Sans,11"
    set grid xtics lc rgb "#dddddd" lt 1
    set xlabel "guest instructions (log axis)"
    unset key
    set style fill solid 1.0 noborder
    set label 1 {{ title | quoted }} at screen 0.012, screen {{ 1 - 20 / height }} left font "DejaVu Sans Bold,14"
{% include "caption.gp" +%}
    plot "{{ name }}.dat" using (floor):1:(floor):(shown($2)):($1 - 0.36):($1 + 0.36) with boxxyerror lc rgb "#0072b2", \
        "" using (shown($3)):1 with points pt 7 ps 0.7 lc rgb "#ffffff", \
        "" using (shown($3)):1 with points pt 6 ps 0.7 lw 1.5 lc rgb "#000000", \
        "" using 4:1 with points pt 13 ps 1.1 lc rgb "#d55e00", \
        "" using (shown(valid(2) ? $2 : floor) > (valid(4) ? $4 : 0) ? shown(valid(2) ? $2 : floor) : $4):1:5 with labels left offset 1,0 font "DejaVu Sans,11", \
        "" using (floor):1:ytic(6) with points pt -2
    unset output
}
