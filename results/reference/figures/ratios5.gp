# ratios5.gp: draws ratios5.svg and ratios5.png from ratios5.dat. To redraw, in this folder: gnuplot ratios5.gp
# A row a ratio: the paper's, from the least to the greatest of its machines, then ours. Left of 1 the exokernel loses.

set encoding utf8
floor = 0.4
ceiling = 382.3333333333333
do for [kind in "svg png"] {
    if (kind eq "svg") {
        set terminal svg noenhanced size 900,800 font "DejaVu Sans,12" background "white"
    } else {
        set terminal pngcairo noenhanced size 1800,1600 font "DejaVu Sans,12" fontscale 1.5 linewidth 2 pointscale 2
    }
    set output "ratios5." . kind
    set tmargin at screen 0.9125
    set bmargin at screen 0.135
    set lmargin at screen 0.315
    set rmargin at screen 0.61
    set logscale x
    set xrange [floor:ceiling]
    set yrange [36.6:0]
    set y2range [36.6:0]
    set border 1 lc rgb "#444444"
    set xtics out nomirror format "%g"
    set ytics scale 0 font "DejaVu Sans,11"
    set y2tics scale 0 font "DejaVu Sans,11"
    set grid xtics lc rgb "#dddddd" lt 1
    set xlabel "Unix / exokernel (log axis)"
    unset key
    set object 1 rectangle from floor, graph 0 to 1, graph 1 behind fs solid 1.0 noborder fc rgb "#f8e8e8"
    set arrow 1 from 1, graph 0 to 1, graph 1 nohead lc rgb "#444444" lw 1.5
    set label 1 'Table 5: Exceptions: dispatch to the application, and round trip (Unix / exokernel)' at screen 0.012, screen 0.975 left font "DejaVu Sans Bold,14"
    set label 2 "exokernel loses" at 1, graph 1 right offset -0.7,0.7 font "DejaVu Sans,10" tc rgb "#8a2020"
    set label 3 "wins" at 1, graph 1 left offset 0.7,0.7 font "DejaVu Sans,10" tc rgb "#444444"
    set label 4 'ratio = Unix / exokernel (paper: µs, by machine; ours: instructions)' at graph 1.03, graph 1 left offset 0,0.7 font "DejaVu Sans,10" tc rgb "#444444"
    set label 5 'Ours in qemu where not said otherwise; the paper''s as it printed them, the range is over its machines. Guest instructions, not time: medians of warm executions,' at screen 0.012, screen 0.03375 left font "DejaVu Sans,10" tc rgb "#444444"
    set label 6 'net of loop overhead, in QEMU (CPU model max,-erms,-fsrm), Bochs (CPU model corei7_icelake_u). Run 20261122-153528.' at screen 0.012, screen 0.0125 left font "DejaVu Sans,10" tc rgb "#444444"
    set label 101 'prot-dispatch' at screen 0.012, first 0.8 left font "DejaVu Sans Bold,11"
    set label 102 'prot-roundtrip' at screen 0.012, first 4.4 left font "DejaVu Sans Bold,11"
    set label 103 'overflow-dispatch' at screen 0.012, first 8.0 left font "DejaVu Sans Bold,11"
    set label 104 'overflow-roundtrip' at screen 0.012, first 11.600000000000001 left font "DejaVu Sans Bold,11"
    set label 105 'coproc-dispatch' at screen 0.012, first 15.200000000000001 left font "DejaVu Sans Bold,11"
    set label 106 'coproc-roundtrip' at screen 0.012, first 18.8 left font "DejaVu Sans Bold,11"
    set label 107 'unalign-dispatch' at screen 0.012, first 22.400000000000002 left font "DejaVu Sans Bold,11"
    set label 108 'unalign-roundtrip' at screen 0.012, first 26.0 left font "DejaVu Sans Bold,11"
    set label 109 'ud2-dispatch' at screen 0.012, first 29.6 left font "DejaVu Sans Bold,11"
    set label 110 'ud2-roundtrip' at screen 0.012, first 33.199999999999996 left font "DejaVu Sans Bold,11"
    plot \
        "ratios5.dat" index 0 using (1):1:($3 - 1):(0) with vectors nohead lw 1.2 lc rgb "#444444", \
        "" index 0 using 2:1:($3 - $2):(0) with vectors nohead lw 5 lc rgb "#444444", \
        "" index 0 using 2:1 with points pt 13 ps 1.1 lc rgb "#444444", \
        "" index 0 using 3:1 with points pt 13 ps 1.1 lc rgb "#444444", \
        "" index 0 using (floor):1:ytic(4) with points pt -2, \
        "" index 0 using (floor):1:y2tic(5) axes x1y2 with points pt -2, \
        "ratios5.dat" index 1 using (1):1:($3 - 1):(0) with vectors nohead lw 1.2 lc rgb "#e69f00", \
        "" index 1 using 2:1:($3 - $2):(0) with vectors nohead lw 5 lc rgb "#e69f00", \
        "" index 1 using 2:1 with points pt 7 ps 1.1 lc rgb "#e69f00", \
        "" index 1 using 3:1 with points pt 7 ps 1.1 lc rgb "#e69f00", \
        "" index 1 using (floor):1:ytic(4) with points pt -2, \
        "" index 1 using (floor):1:y2tic(5) axes x1y2 with points pt -2, \
        "ratios5.dat" index 2 using (1):1:($3 - 1):(0) with vectors nohead lw 1.2 lc rgb "#009e73", \
        "" index 2 using 2:1:($3 - $2):(0) with vectors nohead lw 5 lc rgb "#009e73", \
        "" index 2 using 2:1 with points pt 5 ps 1.1 lc rgb "#009e73", \
        "" index 2 using 3:1 with points pt 5 ps 1.1 lc rgb "#009e73", \
        "" index 2 using (floor):1:ytic(4) with points pt -2, \
        "" index 2 using (floor):1:y2tic(5) axes x1y2 with points pt -2
    unset output
}