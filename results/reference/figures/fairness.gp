# fairness.gp: draws fairness.svg and fairness.png from fairness.dat. To redraw, in this folder: gnuplot fairness.gp
# Above: shares of all work. Below: slices begun (lines), and forfeited (crosses).

set encoding utf8
do for [kind in "svg png"] {
    if (kind eq "svg") {
        set terminal svg noenhanced size 900,610 font "DejaVu Sans,12" background "white"
    } else {
        set terminal pngcairo noenhanced size 1800,1220 font "DejaVu Sans,12" fontscale 1.5 linewidth 2 pointscale 2
    }
    set output "fairness." . kind
    set multiplot
    set lmargin at screen 0.1
    set rmargin at screen 0.97
    set xrange [0.5:12.5]
    set border 3 lc rgb "#444444"
    set xtics out nomirror 1
    set grid ytics lc rgb "#dddddd" lt 1
    set key at screen 0.1, screen 0.9245901639344263 left center horizontal Left reverse samplen 2
    set label 1 'Shares of an honest, a slow-saving and a never-saving environment (no counterpart in the paper) (% of work)' at screen 0.012, screen 0.9672131147540983 left font "DejaVu Sans Bold,14"
    set label 2 'Work is counted in units of 1000 instructions, saving included. exos in qemu; Bochs counts the same, or the run fails. Guest instructions, not time: medians of' at screen 0.012, screen 0.04426229508196721 left font "DejaVu Sans,10" tc rgb "#444444"
    set label 3 'warm executions, net of loop overhead, in QEMU (CPU model max,-erms,-fsrm), Bochs (CPU model corei7_icelake_u). Run 20261122-153528.' at screen 0.012, screen 0.01639344262295082 left font "DejaVu Sans,10" tc rgb "#444444"

    set tmargin at screen 0.8950819672131147
    set bmargin at screen 0.45245901639344266
    set yrange [0:100]
    set ytics out nomirror 20
    set ylabel "share of all work, %" offset 1.2
    unset xlabel
    plot \
        "fairness.dat" index 0 using ($1 + -0.07):2 with linespoints pt 7 ps 0.8 lw 2 lc rgb "#0072b2" title 'honest', \
        "fairness.dat" index 1 using ($1 + 0.0):2 with linespoints pt 5 ps 0.8 lw 2 lc rgb "#e69f00" title 'slow', \
        "fairness.dat" index 2 using ($1 + 0.07):2 with linespoints pt 9 ps 0.8 lw 2 lc rgb "#d55e00" title 'never', \
        NaN notitle
    unset label
    unset key

    set tmargin at screen 0.40327868852459015
    set bmargin at screen 0.15737704918032788
    set yrange [0:7.0]
    set ytics out nomirror 2
    set ylabel "slices" offset 1.2
    set xlabel "interval (6 rounds of the slice vector; lines: slices begun; crosses: slices forfeited)"
    plot \
        "fairness.dat" index 0 using ($1 + -0.07):3 with linespoints pt 7 ps 0.8 lw 2 lc rgb "#0072b2", \
        "" index 0 using ($1 + -0.07):4 with points pt 2 ps 1 lw 2 lc rgb "#0072b2", \
        "fairness.dat" index 1 using ($1 + 0.0):3 with linespoints pt 5 ps 0.8 lw 2 lc rgb "#e69f00", \
        "" index 1 using ($1 + 0.0):4 with points pt 2 ps 1 lw 2 lc rgb "#e69f00", \
        "fairness.dat" index 2 using ($1 + 0.07):3 with linespoints pt 9 ps 0.8 lw 2 lc rgb "#d55e00", \
        "" index 2 using ($1 + 0.07):4 with points pt 2 ps 1 lw 2 lc rgb "#d55e00", \
        NaN notitle
    unset multiplot
    unset output
}