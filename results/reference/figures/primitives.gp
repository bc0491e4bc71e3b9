# primitives.gp: draws primitives.svg and primitives.png from primitives.dat. To redraw, in this folder: gnuplot primitives.gp
# A bar an operation, its count beside it.

set encoding utf8
floor = 1
shown(value) = value < floor ? floor : value                    # a 0 has no place on a log axis
do for [kind in "svg png"] {
    if (kind eq "svg") {
        set terminal svg noenhanced size 900,805 font "DejaVu Sans,12" background "white"
    } else {
        set terminal pngcairo noenhanced size 1800,1610 font "DejaVu Sans,12" fontscale 1.5 linewidth 2 pointscale 2
    }
    set output "primitives." . kind
    set tmargin at screen 0.9428571428571428
    set bmargin at screen 0.11925465838509317
    set lmargin at screen 0.23
    set rmargin at screen 0.97
    set logscale x
    set xrange [floor:200980]
    set yrange [39.5:0.5]
    set border 3 lc rgb "#444444"
    set xtics out nomirror format "%.0f"
    set ytics scale 0 font "DejaVu Sans,11"
    set grid xtics lc rgb "#dddddd" lt 1
    set xlabel "guest instructions (log axis)"
    unset key
    set style fill solid 1.0 noborder
    set label 1 'Aegis''s primitives, one by one (no counterpart in the paper) (guest instructions)' at screen 0.012, screen 0.9751552795031055 left font "DejaVu Sans Bold,14"
    set label 2 'Bars: exos in qemu; circles: bochs; diamonds: MIPS instructions that the paper prints. Guest instructions, not time: medians of warm executions, net of loop' at screen 0.012, screen 0.03354037267080745 left font "DejaVu Sans,10" tc rgb "#444444"
    set label 3 'overhead, in QEMU (CPU model max,-erms,-fsrm), Bochs (CPU model corei7_icelake_u). Run 20261122-153528.' at screen 0.012, screen 0.012422360248447204 left font "DejaVu Sans,10" tc rgb "#444444"
    plot "primitives.dat" using (floor):1:(floor):(shown($2)):($1 - 0.36):($1 + 0.36) with boxxyerror lc rgb "#0072b2", \
        "" using (shown($3)):1 with points pt 7 ps 0.7 lc rgb "#ffffff", \
        "" using (shown($3)):1 with points pt 6 ps 0.7 lw 1.5 lc rgb "#000000", \
        "" using 4:1 with points pt 13 ps 1.1 lc rgb "#d55e00", \
        "" using (shown(valid(2) ? $2 : floor) > (valid(4) ? $4 : 0) ? shown(valid(2) ? $2 : floor) : $4):1:5 with labels left offset 1,0 font "DejaVu Sans,11", \
        "" using (floor):1:ytic(6) with points pt -2
    unset output
}