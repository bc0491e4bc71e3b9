# table4.gp: draws table4.svg and table4.png from table4.dat. To redraw, in this folder: gnuplot table4.gp
# One group of bars an operation, one bar a system. A cell without a number is a dashed box with its verdict in it.

set encoding utf8
bottom = 0.5
ceiling = 1530
at(share) = bottom * (ceiling / bottom) ** share               # the value at this share of a panel's height
shown(value) = value < bottom ? bottom : value                  # a 0 has no place on a log axis
hole(verdict) = verdict eq "" ? NaN : at(0.46)
aside(tip) = tip > 0 ? 0.0840 : 0     # a verdict makes room for a marker
ink(verdict) = verdict eq "unsupported" ? 0x444444 : 0xb00020

do for [kind in "svg png"] {
    if (kind eq "svg") {
        set terminal svg noenhanced size 900,416 font "DejaVu Sans,12" background "white"
    } else {
        set terminal pngcairo noenhanced size 1800,832 font "DejaVu Sans,12" fontscale 1.5 linewidth 2 pointscale 2
    }
    set output "table4." . kind
    set multiplot
    set logscale y
    set yrange [bottom:ceiling]
    set ytics out nomirror format "%.0f"
    set grid ytics lc rgb "#dddddd" lt 1
    set border 3 lc rgb "#444444"
    set boxwidth 0.2800 absolute
    set lmargin at screen 0.1
    set rmargin at screen 0.99
    set ylabel "guest instructions (log axis)" offset 1.2
    set key at screen 0.1, screen 0.8894230769230769 left center horizontal Left reverse samplen 1.2
    set label 1 'Table 4: Null procedure call and null system call (guest instructions)' at screen 0.012, screen 0.9519230769230769 left font "DejaVu Sans Bold,14"
    set label 2 'Bars: qemu; circles: bochs. Guest instructions, not time: medians of warm executions, net of loop overhead, in QEMU (CPU model max,-erms,-fsrm), Bochs (CPU' at screen 0.012, screen 0.07451923076923077 left font "DejaVu Sans,10" tc rgb "#444444"
    set label 3 'model corei7_icelake_u). Run 20261122-153528.' at screen 0.012, screen 0.03365384615384615 left font "DejaVu Sans,10" tc rgb "#444444"

    set tmargin at screen 0.7788461538461539
    set bmargin at screen 0.21634615384615385
    set title '' offset 0,-0.5 font "DejaVu Sans,12"
    set xrange [0.5:3.5]
    set xtics scale 0 ('procedure-call' 1, 'syscall' 2, 'syscall-stack' 3)
    plot \
        "table4.dat" index 0 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#0072b2" title 'exos', \
        "" index 0 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 0 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 0 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 0 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 0 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        "table4.dat" index 1 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#e69f00" title 'ultrix-compat', \
        "" index 1 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 1 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 1 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 1 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 1 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        "table4.dat" index 2 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#8fd3c0" title 'linux', \
        "" index 2 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 2 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 2 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 2 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 2 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        NaN with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" title 'bochs'
    unset key
    unset label
    unset multiplot
    unset output
    set key
}