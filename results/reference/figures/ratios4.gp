# ratios4.gp: draws ratios4.svg and ratios4.png from ratios4.dat. To redraw, in this folder: gnuplot ratios4.gp
# A row a ratio: the paper's, from the least to the greatest of its machines, then ours. Left of 1 the exokernel loses.

set encoding utf8
floor = 0.4
ceiling = 122.4
do for [kind in "svg png"] {
    if (kind eq "svg") {
        set terminal svg noenhanced size 900,371 font "DejaVu Sans,12" background "white"
    } else {
        set terminal pngcairo noenhanced size 1800,742 font "DejaVu Sans,12" fontscale 1.5 linewidth 2 pointscale 2
    }
    set output "ratios4." . kind
    set tmargin at screen 0.8113207547169812
    set bmargin at screen 0.29110512129380056
    set lmargin at screen 0.315
    set rmargin at screen 0.61
    set logscale x
    set xrange [floor:ceiling]
    set yrange [11.4:0]
    set y2range [11.4:0]
    set border 1 lc rgb "#444444"
    set xtics out nomirror format "%g"
    set ytics scale 0 font "DejaVu Sans,11"
    set y2tics scale 0 font "DejaVu Sans,11"
    set grid xtics lc rgb "#dddddd" lt 1
    set xlabel "Unix / exokernel (log axis)"
    unset key
    set object 1 rectangle from floor, graph 0 to 1, graph 1 behind fs solid 1.0 noborder fc rgb "#f8e8e8"
    set arrow 1 from 1, graph 0 to 1, graph 1 nohead lc rgb "#444444" lw 1.5
    set label 1 'Table 4: Null procedure call and null system call (Unix / exokernel)' at screen 0.012, screen 0.9460916442048517 left font "DejaVu Sans Bold,14"
    set label 2 "exokernel loses" at 1, graph 1 right offset -0.7,0.7 font "DejaVu Sans,10" tc rgb "#8a2020"
    set label 3 "wins" at 1, graph 1 left offset 0.7,0.7 font "DejaVu Sans,10" tc rgb "#444444"
    set label 4 'ratio = Unix / exokernel (paper: µs, by machine; ours: instructions)' at graph 1.03, graph 1 left offset 0,0.7 font "DejaVu Sans,10" tc rgb "#444444"
    set label 5 'Ours in qemu where not said otherwise; the paper''s as it printed them, the range is over its machines. Guest instructions, not time: medians of warm executions,' at screen 0.012, screen 0.07277628032345014 left font "DejaVu Sans,10" tc rgb "#444444"
    set label 6 'net of loop overhead, in QEMU (CPU model max,-erms,-fsrm), Bochs (CPU model corei7_icelake_u). Run 20261122-153528.' at screen 0.012, screen 0.026954177897574125 left font "DejaVu Sans,10" tc rgb "#444444"
    set label 101 'procedure-call' at screen 0.012, first 0.8 left font "DejaVu Sans Bold,11"
    set label 102 'syscall' at screen 0.012, first 4.4 left font "DejaVu Sans Bold,11"
    set label 103 'syscall-stack' at screen 0.012, first 8.0 left font "DejaVu Sans Bold,11"
    plot \
        "ratios4.dat" index 0 using (1):1:($3 - 1):(0) with vectors nohead lw 1.2 lc rgb "#444444", \
        "" index 0 using 2:1:($3 - $2):(0) with vectors nohead lw 5 lc rgb "#444444", \
        "" index 0 using 2:1 with points pt 13 ps 1.1 lc rgb "#444444", \
        "" index 0 using 3:1 with points pt 13 ps 1.1 lc rgb "#444444", \
        "" index 0 using (floor):1:ytic(4) with points pt -2, \
        "" index 0 using (floor):1:y2tic(5) axes x1y2 with points pt -2, \
        "ratios4.dat" index 1 using (1):1:($3 - 1):(0) with vectors nohead lw 1.2 lc rgb "#e69f00", \
        "" index 1 using 2:1:($3 - $2):(0) with vectors nohead lw 5 lc rgb "#e69f00", \
        "" index 1 using 2:1 with points pt 7 ps 1.1 lc rgb "#e69f00", \
        "" index 1 using 3:1 with points pt 7 ps 1.1 lc rgb "#e69f00", \
        "" index 1 using (floor):1:ytic(4) with points pt -2, \
        "" index 1 using (floor):1:y2tic(5) axes x1y2 with points pt -2, \
        "ratios4.dat" index 2 using (1):1:($3 - 1):(0) with vectors nohead lw 1.2 lc rgb "#009e73", \
        "" index 2 using 2:1:($3 - $2):(0) with vectors nohead lw 5 lc rgb "#009e73", \
        "" index 2 using 2:1 with points pt 5 ps 1.1 lc rgb "#009e73", \
        "" index 2 using 3:1 with points pt 5 ps 1.1 lc rgb "#009e73", \
        "" index 2 using (floor):1:ytic(4) with points pt -2, \
        "" index 2 using (floor):1:y2tic(5) axes x1y2 with points pt -2
    unset output
}