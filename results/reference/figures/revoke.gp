# revoke.gp: draws revoke.svg and revoke.png from revoke.dat. To redraw, in this folder: gnuplot revoke.gp
# A line a series, its values beside it.

set encoding utf8
do for [kind in "svg png"] {
    if (kind eq "svg") {
        set terminal svg noenhanced size 900,480 font "DejaVu Sans,12" background "white"
    } else {
        set terminal pngcairo noenhanced size 1800,960 font "DejaVu Sans,12" fontscale 1.5 linewidth 2 pointscale 2
    }
    set output "revoke." . kind
    set tmargin at screen 0.8666666666666667
    set bmargin at screen 0.2
    set lmargin at screen 0.115
    set rmargin at screen 0.96
    set logscale xy
    set xrange [0.8:40.0]
    set yrange [333.333:49212]
    set border 3 lc rgb "#444444"
    set xtics out nomirror (1, 2, 4, 8, 16, 32)
    set ytics out nomirror format "%.0f"
    set grid ytics lc rgb "#dddddd" lt 1
    set xlabel "pages (log axis)"
    set ylabel "guest instructions (log axis)"
    set key at screen 0.1, screen 0.9041666666666667 left center horizontal Left reverse samplen 2
    set label 1 'Revocation: pages returned on request, and taken by force (no counterpart in the paper) (guest instructions)' at screen 0.012, screen 0.9583333333333334 left font "DejaVu Sans Bold,14"
    set label 2 'Lines: exos in qemu; circles: bochs. Guest instructions, not time: medians of warm executions, net of loop overhead, in QEMU (CPU model max,-erms,-fsrm), Bochs' at screen 0.012, screen 0.05625 left font "DejaVu Sans,10" tc rgb "#444444"
    set label 3 '(CPU model corei7_icelake_u). Run 20261122-153528.' at screen 0.012, screen 0.020833333333333332 left font "DejaVu Sans,10" tc rgb "#444444"
    plot \
        "revoke.dat" index 0 using 1:2 with linespoints pt 7 ps 0.5 lw 2 lc rgb "#0072b2" title 'return', \
        "" index 0 using 1:3 with points pt 6 ps 0.9 lw 1.2 lc rgb "#000000" notitle, \
        "" index 0 using 1:2:(sprintf($2 < 10 ? "%.3g" : "%.0f", $2)) with labels offset 0,0.9 font "DejaVu Sans,10" tc rgb "#0072b2" notitle, \
        "revoke.dat" index 1 using 1:2 with linespoints pt 7 ps 0.5 lw 2 lc rgb "#d55e00" title 'repossess', \
        "" index 1 using 1:3 with points pt 6 ps 0.9 lw 1.2 lc rgb "#000000" notitle, \
        "" index 1 using 1:2:(sprintf($2 < 10 ? "%.3g" : "%.0f", $2)) with labels offset 0,-0.9 font "DejaVu Sans,10" tc rgb "#d55e00" notitle, \
        NaN notitle
    unset output
}