# table10.gp: draws table10.svg, .png and .pdf from table10.dat. To redraw, in this folder: gnuplot table10.gp
# One group of bars an operation, one bar a system. A cell without a number is a dashed box with its verdict in it.

set encoding utf8
bottom = 0.5
ceiling = 125755
at(share) = bottom * (ceiling / bottom) ** share               # the value at this share of a panel's height
shown(value) = value < bottom ? bottom : value                  # a 0 has no place on a log axis
hole(verdict) = verdict eq "" ? NaN : at(0.46)
aside(tip) = tip > 0 ? 0.0630 : 0     # a verdict makes room for a marker
ink(verdict) = verdict eq "unsupported" ? 0x444444 : 0xb00020

do for [kind in "svg png pdf"] {
    if (kind eq "svg") {
        set terminal svg noenhanced size 900,1316 font "DejaVu Sans,12" background "white"
    }
    if (kind eq "png") {
        set terminal pngcairo noenhanced size 1800,2632 font "DejaVu Sans,12" fontscale 1.5 linewidth 2 pointscale 2
    }
    if (kind eq "pdf") {
        set terminal pdfcairo noenhanced size 9.375in,13.7083in font "DejaVu Sans,12" fontscale 0.56 pointscale 0.8
    }
    set output "table10." . kind
    set multiplot
    set logscale y
    set yrange [bottom:ceiling]
    set ytics out nomirror format "%.0f"
    set grid ytics lc rgb "#dddddd" lt 1
    set border 3 lc rgb "#444444"
    set boxwidth 0.2100 absolute
    set lmargin at screen 0.11
    set rmargin at screen 0.99
    set ylabel "guest instructions (log axis)"
    set key at screen 0.11, screen 0.9650455927051672 left center horizontal Left reverse samplen 1.2
    set label 1 'Table 10: Virtual memory primitives after Appel and Li (guest instructions)' at screen 0.012, screen 0.9848024316109423 left font "DejaVu Sans Bold,14"
    set label 901 'Bars: qemu; circles: bochs. Guest instructions, not time: medians of warm executions, net of loop overhead, in QEMU (CPU model max,-erms,-fsrm), Bochs (CPU' at screen 0.012, screen 0.023556231003039513 left font "DejaVu Sans,10" tc rgb "#444444"
    set label 902 'model corei7_icelake_u). Run 20261126-192553, commit 74c022f21cab.' at screen 0.012, screen 0.010638297872340425 left font "DejaVu Sans,10" tc rgb "#444444"


    set tmargin at screen 0.9300911854103343
    set bmargin at screen 0.7522796352583587
    set title '' offset 0,-0.5 font "DejaVu Sans,12"
    set xrange [0.5:2.5]
    set xtics scale 0 ('dirty' 1, 'prot1' 2)
    plot \
        "table10.dat" index 0 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#0072b2" title 'exos', \
        "" index 0 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 0 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 0 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 0 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 0 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        "table10.dat" index 1 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#e69f00" title 'ultrix-compat', \
        "" index 1 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 1 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 1 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 1 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 1 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        "table10.dat" index 2 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#8fd3c0" title 'linux', \
        "" index 2 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 2 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 2 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 2 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 2 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        "table10.dat" index 3 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#009e73" title 'linux-tuned', \
        "" index 3 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 3 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 3 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 3 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 3 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        NaN with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" title 'bochs'
    unset key
    unset label

    set tmargin at screen 0.7021276595744681
    set bmargin at screen 0.5243161094224924
    set title '' offset 0,-0.5 font "DejaVu Sans,12"
    set xrange [0.5:2.5]
    set xtics scale 0 ('prot1-inside' 1, 'prot100' 2)
    plot \
        "table10.dat" index 4 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#0072b2" title 'exos', \
        "" index 4 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 4 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 4 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 4 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 4 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        "table10.dat" index 5 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#e69f00" title 'ultrix-compat', \
        "" index 5 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 5 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 5 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 5 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 5 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        "table10.dat" index 6 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#8fd3c0" title 'linux', \
        "" index 6 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 6 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 6 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 6 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 6 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        "table10.dat" index 7 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#009e73" title 'linux-tuned', \
        "" index 7 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 7 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 7 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 7 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 7 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        NaN with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" title 'bochs'
    unset key
    unset label

    set tmargin at screen 0.4741641337386018
    set bmargin at screen 0.2963525835866262
    set title '' offset 0,-0.5 font "DejaVu Sans,12"
    set xrange [0.5:2.5]
    set xtics scale 0 ('unprot100' 1, 'trap' 2)
    plot \
        "table10.dat" index 8 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#0072b2" title 'exos', \
        "" index 8 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 8 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 8 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 8 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 8 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        "table10.dat" index 9 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#e69f00" title 'ultrix-compat', \
        "" index 9 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 9 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 9 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 9 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 9 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        "table10.dat" index 10 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#8fd3c0" title 'linux', \
        "" index 10 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 10 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 10 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 10 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 10 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        "table10.dat" index 11 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#009e73" title 'linux-tuned', \
        "" index 11 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 11 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 11 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 11 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 11 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        NaN with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" title 'bochs'
    unset key
    unset label

    set tmargin at screen 0.24620060790273557
    set bmargin at screen 0.06838905775075987
    set title '' offset 0,-0.5 font "DejaVu Sans,12"
    set xrange [0.5:2.5]
    set xtics scale 0 ('appel1' 1, 'appel2' 2)
    plot \
        "table10.dat" index 12 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#0072b2" title 'exos', \
        "" index 12 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 12 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 12 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 12 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 12 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        "table10.dat" index 13 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#e69f00" title 'ultrix-compat', \
        "" index 13 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 13 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 13 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 13 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 13 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        "table10.dat" index 14 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#8fd3c0" title 'linux', \
        "" index 14 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 14 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 14 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 14 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 14 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        "table10.dat" index 15 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#009e73" title 'linux-tuned', \
        "" index 15 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 15 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 15 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 15 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 15 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        NaN with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" title 'bochs'
    unset key
    unset label
    unset multiplot
    unset output
    set key
}
# Provenance
# run: "20261126-192553"
# date: "2026-11-26T19:25:53Z"
# commit: "74c022f21cab88789765259e4943ffb662ae3453"
# dirty: false
# compiler: "GNU C11 12.2.0 -mcmodel=kernel -mno-red-zone -mgeneral-regs-only -momit-leaf-frame-pointer -mtune=generic -march=x86-64 -g -O2 -std=gnu11 -ffreestanding -fno-pic -fno-stack-protector -fcf-protection=none -fno-asynchronous-unwind-tables -fno-omit-frame-pointer -fzero-call-used-regs=used-gpr"
# emulators: {"qemu": "QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18+b3)", "bochs": "Bochs 2.7+dfsg-4+deb12u1 (Debian package bochs)"}
# cpu_models: {"qemu": "max,-erms,-fsrm", "bochs": "corei7_icelake_u"}
# host: {"uname": "Linux vm 6.18.44-fc-v657 #1 SMP PREEMPT_DYNAMIC @0 x86_64", "cpu": "Intel(R) Xeon(R) Processor", "cores": 2}
# key: "0102030405060708090a0b0c0d0e0f10"
# boot exos-bochs-1: {"bin/cat": "2a57681622869dd6ffb0316dd73654e01ff6ec28399d51b5e3b37bb6a9dc8277", "bin/crash": "13ac3822cbdb6fe4151cf66303486e5e75a979e6cc788f6b22e1ae2c6e8450fe", "bin/echo": "f29acb662187a4c6101241ccd3ec62cf301deae91bb0efc041efecee4583f67c", "bin/false": "98ca771dc626727befc89f4aae784b381786f5c7fef8d1b9c997c696a346f584", "bin/hello": "6c7b5cf83f87445c4a7750e92bb13f5862f1d51176d852fbb5725a97abb975ee", "bin/ls": "e418b01237dc966744a17cb588afd9c29f4585a0a2ca4fe7c22b9440d02c7681", "bin/mkdir": "ed7523fcb2f40292c0780f58421eaba5cf39da68e70b9157938335474c3de234", "bin/pass": "9e58d7a6a286e00354eb73749245db9c4874f30cd551c05670021831aca05f68", "bin/rm": "44cd45f79153a55f37402905ca8ff2f07534e8e48f9c1f9bb6e8d331eb9912ac", "bin/rmdir": "88fb346b777ea83759c30688e8db15fc84619b9bcfea0aecc0b1a0419e61e652", "bin/sh": "8add6959af72eee03811b07e2f55cf48ae3c32a7baeb39d12ddec85f49ae74d2", "bin/spin": "067322b60392faae541048a2816388cd105fa9d627e1f5952b0f7a8433bd4ee2", "bin/true": "fe9376370ec7d561b053e79b6aee0b2d489f0a6b514afb66a7ba3866d5ee452e", "bin/wc": "407e041f4ad7709f7a84d07daabc3537d803f896f1127ae388ce64bf139aea9c", "null": "7a948a8e298caca3c538885548d5b13679f4e40224a8bd50b82f5a71c16cd781", "exception": "b283211ceb7badf0dfe7175633e2c2ef6441e191b93c98c49ef28d274796695a", "pct": "9f2a8faea9d0ca92aa403213a572e23c5220b447061968ab1e40ff19ae2f118d", "ipc": "6cfa91c3c062dc4e8d11d1a98d852c863b0e609fb9ff7d16af94eb67301f4aa3", "matrix": "3de9854597b2d5ebaaa02b0673dbf750858f0c8c605ccd067c7ad645c3a3d799", "stride": "89f232d0f35602bb8afb3d113bdf8106c6b9e78c7610425136ee5e2a4c4af12a", "vm": "3b5c3a2486c6447547eecf51a8b9986faf0d939816f2c546b8236fdb3f7728c6", "rpc": "c28c9b83389fd29acf1339c29ac0c918d996fa646cef2ab8c2e31d13777d3602", "binding-cache": "55443aff93dad26a0023ec73c81fb083b0e939564027807b8f9656f6585f5813", "fairness": "d40b4d50b9cf93c59b120acdce22c6f499b919a10861cf68ed85c641fe1b1b58", "libos": "55b4893db36e0699f50a039e036c34fce320cb3b1787a2695507c223ab2715f1", "macro": "de2779e500caceb6734c5a066ee25ea2bfa8aae20c4aea1f599cdd2dfe9cfe57", "primitives": "04e8c9f736a49629a191f8f172ed3bee1592737a76477458403eb734c2e2730a", "process": "c9b32f3225ce1250d48c9204ee09758b3eab2dd5bdf6023691757a5e56a46344", "revoke": "a05d87e5b284dfc82764c764e97803f7b09d27dbe38f4d876368ad22be76f324", "kernel": "9371a5e0385fba3677365576a3bde39909dfcf625df87c4deeb7e42a6ec7e757", "image": "9fdd6ce5225f0bd399606115655c45d7ad903aa4b0608bdcbca22965d7dc5143"} ["bochs-bin", "-q", "-f", "bochsrc", "-rc", "bochs.rc"]
# boot exos-inverted-bochs-1: {"bin/cat": "c2545314e89e917669d30643f58129e19ce1ecf609304b5670e65ca73dea27d8", "bin/crash": "f0c62ebd44fd29042a29e03ba2932cb86025c6caf55c83bbe124d7b00806c668", "bin/echo": "08c626724749926e6deec03f18ec62ef0f652690f407e5b3591a8ddfbb751a8b", "bin/false": "93653384e80495690fb656819bcbf43607ef430831faefb90126057706c3f59e", "bin/hello": "63397fbe9d01f21708be7fa0dd2eb5cc73771ecc24d40fcd1362ed5ae9ffb02b", "bin/ls": "06533e8a310ff6bff2b32757a7bf6e5fe05a6a19c891e64f90040b14f107c2d4", "bin/mkdir": "6fef68dd663ade16e610bcd4327ea2fa3e51ff1b548c5c933c6842304e33c653", "bin/pass": "9f50e87b2e9bdc57de81097f71717d0b060a2cbdb3a0e2584f32d00280704cbf", "bin/rm": "9005b650b3cb5be1f96de3d9e0b25057c1257802a16dca295a3f4ce0e555229c", "bin/rmdir": "9a2ff425c4ce1d0c11dc74ddc8841ff893c6027d6414f92b3241db84a177d95e", "bin/sh": "20549ec46c0e16ff2b272732a4897e8634b0ab57f63821b7133d1fa9fb87d9aa", "bin/spin": "94f267413b9a91ae9e06418ef723e86925e140e31eb398951b32f707fd092ba7", "bin/true": "d4885fd9394170e473cc3c6106bc29bca24573ac9891708b468f82509208f1e7", "bin/wc": "34d7d1c7363996f17729445e37ad42cff8fbe69a94989fb34954e9e14e304a43", "vm": "24d75e6d2dc78e21610a12bc29421eeb3f2d6a4d128b6a90f45277c386ce2819", "kernel": "9371a5e0385fba3677365576a3bde39909dfcf625df87c4deeb7e42a6ec7e757", "image": "93e780a44e480721468ef7ed6c97f18ed5f5742ee8a28c548475d87553f8719e"} ["bochs-bin", "-q", "-f", "bochsrc", "-rc", "bochs.rc"]
# boot exos-inverted-qemu-1: {"bin/cat": "c2545314e89e917669d30643f58129e19ce1ecf609304b5670e65ca73dea27d8", "bin/crash": "f0c62ebd44fd29042a29e03ba2932cb86025c6caf55c83bbe124d7b00806c668", "bin/echo": "08c626724749926e6deec03f18ec62ef0f652690f407e5b3591a8ddfbb751a8b", "bin/false": "93653384e80495690fb656819bcbf43607ef430831faefb90126057706c3f59e", "bin/hello": "63397fbe9d01f21708be7fa0dd2eb5cc73771ecc24d40fcd1362ed5ae9ffb02b", "bin/ls": "06533e8a310ff6bff2b32757a7bf6e5fe05a6a19c891e64f90040b14f107c2d4", "bin/mkdir": "6fef68dd663ade16e610bcd4327ea2fa3e51ff1b548c5c933c6842304e33c653", "bin/pass": "9f50e87b2e9bdc57de81097f71717d0b060a2cbdb3a0e2584f32d00280704cbf", "bin/rm": "9005b650b3cb5be1f96de3d9e0b25057c1257802a16dca295a3f4ce0e555229c", "bin/rmdir": "9a2ff425c4ce1d0c11dc74ddc8841ff893c6027d6414f92b3241db84a177d95e", "bin/sh": "20549ec46c0e16ff2b272732a4897e8634b0ab57f63821b7133d1fa9fb87d9aa", "bin/spin": "94f267413b9a91ae9e06418ef723e86925e140e31eb398951b32f707fd092ba7", "bin/true": "d4885fd9394170e473cc3c6106bc29bca24573ac9891708b468f82509208f1e7", "bin/wc": "34d7d1c7363996f17729445e37ad42cff8fbe69a94989fb34954e9e14e304a43", "vm": "24d75e6d2dc78e21610a12bc29421eeb3f2d6a4d128b6a90f45277c386ce2819", "kernel": "9371a5e0385fba3677365576a3bde39909dfcf625df87c4deeb7e42a6ec7e757", "image": "93e780a44e480721468ef7ed6c97f18ed5f5742ee8a28c548475d87553f8719e"} ["qemu-system-x86_64", "-nodefaults", "-no-user-config", "-display", "none", "-accel", "tcg", "-cpu", "max,-erms,-fsrm", "-icount", "shift=0,sleep=off", "-rtc", "base=2020-01-01,clock=vm", "-seed", "1", "-no-reboot", "-serial", "file:../../logs/exos-inverted-qemu-1.serial", "-device", "isa-debug-exit,iobase=0xf4,iosize=4", "-m", "128", "-drive", "file=disk.img,format=raw,if=ide,snapshot=on"]
# boot exos-qemu-1: {"bin/cat": "2a57681622869dd6ffb0316dd73654e01ff6ec28399d51b5e3b37bb6a9dc8277", "bin/crash": "13ac3822cbdb6fe4151cf66303486e5e75a979e6cc788f6b22e1ae2c6e8450fe", "bin/echo": "f29acb662187a4c6101241ccd3ec62cf301deae91bb0efc041efecee4583f67c", "bin/false": "98ca771dc626727befc89f4aae784b381786f5c7fef8d1b9c997c696a346f584", "bin/hello": "6c7b5cf83f87445c4a7750e92bb13f5862f1d51176d852fbb5725a97abb975ee", "bin/ls": "e418b01237dc966744a17cb588afd9c29f4585a0a2ca4fe7c22b9440d02c7681", "bin/mkdir": "ed7523fcb2f40292c0780f58421eaba5cf39da68e70b9157938335474c3de234", "bin/pass": "9e58d7a6a286e00354eb73749245db9c4874f30cd551c05670021831aca05f68", "bin/rm": "44cd45f79153a55f37402905ca8ff2f07534e8e48f9c1f9bb6e8d331eb9912ac", "bin/rmdir": "88fb346b777ea83759c30688e8db15fc84619b9bcfea0aecc0b1a0419e61e652", "bin/sh": "8add6959af72eee03811b07e2f55cf48ae3c32a7baeb39d12ddec85f49ae74d2", "bin/spin": "067322b60392faae541048a2816388cd105fa9d627e1f5952b0f7a8433bd4ee2", "bin/true": "fe9376370ec7d561b053e79b6aee0b2d489f0a6b514afb66a7ba3866d5ee452e", "bin/wc": "407e041f4ad7709f7a84d07daabc3537d803f896f1127ae388ce64bf139aea9c", "null": "7a948a8e298caca3c538885548d5b13679f4e40224a8bd50b82f5a71c16cd781", "exception": "b283211ceb7badf0dfe7175633e2c2ef6441e191b93c98c49ef28d274796695a", "pct": "9f2a8faea9d0ca92aa403213a572e23c5220b447061968ab1e40ff19ae2f118d", "ipc": "6cfa91c3c062dc4e8d11d1a98d852c863b0e609fb9ff7d16af94eb67301f4aa3", "matrix": "3de9854597b2d5ebaaa02b0673dbf750858f0c8c605ccd067c7ad645c3a3d799", "stride": "89f232d0f35602bb8afb3d113bdf8106c6b9e78c7610425136ee5e2a4c4af12a", "vm": "3b5c3a2486c6447547eecf51a8b9986faf0d939816f2c546b8236fdb3f7728c6", "rpc": "c28c9b83389fd29acf1339c29ac0c918d996fa646cef2ab8c2e31d13777d3602", "binding-cache": "55443aff93dad26a0023ec73c81fb083b0e939564027807b8f9656f6585f5813", "fairness": "d40b4d50b9cf93c59b120acdce22c6f499b919a10861cf68ed85c641fe1b1b58", "libos": "55b4893db36e0699f50a039e036c34fce320cb3b1787a2695507c223ab2715f1", "macro": "de2779e500caceb6734c5a066ee25ea2bfa8aae20c4aea1f599cdd2dfe9cfe57", "primitives": "04e8c9f736a49629a191f8f172ed3bee1592737a76477458403eb734c2e2730a", "process": "c9b32f3225ce1250d48c9204ee09758b3eab2dd5bdf6023691757a5e56a46344", "revoke": "a05d87e5b284dfc82764c764e97803f7b09d27dbe38f4d876368ad22be76f324", "kernel": "9371a5e0385fba3677365576a3bde39909dfcf625df87c4deeb7e42a6ec7e757", "image": "9fdd6ce5225f0bd399606115655c45d7ad903aa4b0608bdcbca22965d7dc5143"} ["qemu-system-x86_64", "-nodefaults", "-no-user-config", "-display", "none", "-accel", "tcg", "-cpu", "max,-erms,-fsrm", "-icount", "shift=0,sleep=off", "-rtc", "base=2020-01-01,clock=vm", "-seed", "1", "-no-reboot", "-serial", "file:../../logs/exos-qemu-1.serial", "-device", "isa-debug-exit,iobase=0xf4,iosize=4", "-m", "128", "-drive", "file=disk.img,format=raw,if=ide,snapshot=on"]
# boot linux-qemu-1: {"bin/cat": "1014f1eed3cb9c8b0dff97ce49556c79408f3d48850367fe48983d0fbb2de30e", "bin/crash": "0fa212d1d813a558987c8f9c538eed6157bbe7885c86881ffd06132f7b8ffcde", "bin/echo": "9d68744cdeff04ec99dc57e83281bc378590cd5dc9256b3f89620877fabc208a", "bin/false": "ba385b7de772495ba065fe79dbbbaea9585e69e2d8ccd8a841ae284172d7bc1d", "bin/hello": "96d6705b32fe14bb2dc9c9beea80367eb4b3b26276c19fa6aa4f9fe454a19a09", "bin/ls": "edd77fe1efa91faace8c7a55578d405724a436bb769259c110a813f3634b2026", "bin/mkdir": "1d938e5d36beb51bca2d852bf39424df815104cc81aeaf7dd1502d85b413a3e7", "bin/pass": "be81e24b68ff2f02c54ee8fa3b1c1d05414afaed8dc36778c818d6523560d906", "bin/rm": "f3c0bf752117a302a68430716215d044836ee71a0f51516892c8c329a9b64163", "bin/rmdir": "3ea3cd1c96f41bbb2b8851eaaec0117284bce91fb41749fd9465138670d058e1", "bin/sh": "d518f1d0a34a120f7ad2d94483bfe9cb17045b17640b814b7f9908b8ac249f00", "bin/spin": "5d17f6ba0d1f4401dbf5bfb0b85b04f66e9167da463a2b6f6a1ba4a89fa0fcec", "bin/true": "10a00f067954471a6800649f3d3e2da5403c254abce5f080bc65c78ee9a96807", "bin/wc": "3583f4d6acbac023da3c4a8c7b8354173af838a2cdf465f38248e91e728f91b6", "null": "a215da1668e28a154a530fc0716f829317fe39edcc7b0dbc0f6d343e683a57ee", "exception": "07198b6164225f58febced1a56966e88f6a49c9699697854523c07214311e9a3", "ipc": "79835cbb38d42f53c01eee681530af81c5ab81794c05a917e3cae2cbef745e21", "matrix": "1ce29a0f73ace8b932ca36797f02677a4d6d7f690bb592ccc378cd9084d212cb", "vm": "090eb5ed57347ea5215af77426be96685f34129416eff074955bf295ec2357c0", "macro": "710b200e1c00d28099aff8b450f016d9c7db79be8bac5ad27f7ef604657e7964", "process": "109bd7775764b817d2c2b7977b85863decee4b6dcf36b4c7795dbc7639f514e6", "kernel": "26f2e57c99338feaf71c46fa4babdc7e1a6c115943002d109fdb746667104f5f", "image": "a42dd71f74c400b3dab57bca1b34d5544a566c47adfdce4bf84686c7569cbbdf", "init": "49240b67b741300c1c30c43c77a915b8eb7739e4666ad983aa159fae9bdff42c"} ["qemu-system-x86_64", "-nodefaults", "-no-user-config", "-display", "none", "-accel", "tcg", "-cpu", "max,-erms,-fsrm", "-icount", "shift=0,sleep=off", "-rtc", "base=2020-01-01,clock=vm", "-seed", "1", "-no-reboot", "-serial", "file:../../logs/linux-qemu-1.serial", "-device", "isa-debug-exit,iobase=0xf4,iosize=4", "-m", "256", "-kernel", "/root/.cache/exolab/linux/linux-image-6.1.0-56-amd64_6.1.192-2/vmlinuz", "-initrd", "initramfs.cpio", "-append", "console=ttyS0 quiet loglevel=1 nokaslr norandmaps no5lvl mitigations=off panic=-1"]
# boot linux-tuned-qemu-1: {"bin/cat": "1014f1eed3cb9c8b0dff97ce49556c79408f3d48850367fe48983d0fbb2de30e", "bin/crash": "0fa212d1d813a558987c8f9c538eed6157bbe7885c86881ffd06132f7b8ffcde", "bin/echo": "9d68744cdeff04ec99dc57e83281bc378590cd5dc9256b3f89620877fabc208a", "bin/false": "ba385b7de772495ba065fe79dbbbaea9585e69e2d8ccd8a841ae284172d7bc1d", "bin/hello": "96d6705b32fe14bb2dc9c9beea80367eb4b3b26276c19fa6aa4f9fe454a19a09", "bin/ls": "edd77fe1efa91faace8c7a55578d405724a436bb769259c110a813f3634b2026", "bin/mkdir": "1d938e5d36beb51bca2d852bf39424df815104cc81aeaf7dd1502d85b413a3e7", "bin/pass": "be81e24b68ff2f02c54ee8fa3b1c1d05414afaed8dc36778c818d6523560d906", "bin/rm": "f3c0bf752117a302a68430716215d044836ee71a0f51516892c8c329a9b64163", "bin/rmdir": "3ea3cd1c96f41bbb2b8851eaaec0117284bce91fb41749fd9465138670d058e1", "bin/sh": "d518f1d0a34a120f7ad2d94483bfe9cb17045b17640b814b7f9908b8ac249f00", "bin/spin": "5d17f6ba0d1f4401dbf5bfb0b85b04f66e9167da463a2b6f6a1ba4a89fa0fcec", "bin/true": "10a00f067954471a6800649f3d3e2da5403c254abce5f080bc65c78ee9a96807", "bin/wc": "3583f4d6acbac023da3c4a8c7b8354173af838a2cdf465f38248e91e728f91b6", "null": "a215da1668e28a154a530fc0716f829317fe39edcc7b0dbc0f6d343e683a57ee", "exception": "07198b6164225f58febced1a56966e88f6a49c9699697854523c07214311e9a3", "ipc": "79835cbb38d42f53c01eee681530af81c5ab81794c05a917e3cae2cbef745e21", "matrix": "1ce29a0f73ace8b932ca36797f02677a4d6d7f690bb592ccc378cd9084d212cb", "vm": "090eb5ed57347ea5215af77426be96685f34129416eff074955bf295ec2357c0", "macro": "710b200e1c00d28099aff8b450f016d9c7db79be8bac5ad27f7ef604657e7964", "process": "109bd7775764b817d2c2b7977b85863decee4b6dcf36b4c7795dbc7639f514e6", "kernel": "9008d57ee300c5a267941511de9a0ccbc9432aad97a9ad32bf4b1e1ee60a9733", "image": "a42dd71f74c400b3dab57bca1b34d5544a566c47adfdce4bf84686c7569cbbdf", "init": "49240b67b741300c1c30c43c77a915b8eb7739e4666ad983aa159fae9bdff42c"} ["qemu-system-x86_64", "-nodefaults", "-no-user-config", "-display", "none", "-accel", "tcg", "-cpu", "max,-erms,-fsrm", "-icount", "shift=0,sleep=off", "-rtc", "base=2020-01-01,clock=vm", "-seed", "1", "-no-reboot", "-serial", "file:../../logs/linux-tuned-qemu-1.serial", "-device", "isa-debug-exit,iobase=0xf4,iosize=4", "-m", "256", "-kernel", "/root/.cache/exolab/linux-tuned/linux-6.1.192-8d9ba3482939/vmlinuz", "-initrd", "initramfs.cpio", "-append", "console=ttyS0 quiet loglevel=1 nokaslr norandmaps no5lvl mitigations=off panic=-1"]
# boot ultrix-compat-bochs-1: {"bin/cat": "1014f1eed3cb9c8b0dff97ce49556c79408f3d48850367fe48983d0fbb2de30e", "bin/crash": "0fa212d1d813a558987c8f9c538eed6157bbe7885c86881ffd06132f7b8ffcde", "bin/echo": "9d68744cdeff04ec99dc57e83281bc378590cd5dc9256b3f89620877fabc208a", "bin/false": "ba385b7de772495ba065fe79dbbbaea9585e69e2d8ccd8a841ae284172d7bc1d", "bin/hello": "96d6705b32fe14bb2dc9c9beea80367eb4b3b26276c19fa6aa4f9fe454a19a09", "bin/ls": "edd77fe1efa91faace8c7a55578d405724a436bb769259c110a813f3634b2026", "bin/mkdir": "1d938e5d36beb51bca2d852bf39424df815104cc81aeaf7dd1502d85b413a3e7", "bin/pass": "be81e24b68ff2f02c54ee8fa3b1c1d05414afaed8dc36778c818d6523560d906", "bin/rm": "f3c0bf752117a302a68430716215d044836ee71a0f51516892c8c329a9b64163", "bin/rmdir": "3ea3cd1c96f41bbb2b8851eaaec0117284bce91fb41749fd9465138670d058e1", "bin/sh": "d518f1d0a34a120f7ad2d94483bfe9cb17045b17640b814b7f9908b8ac249f00", "bin/spin": "5d17f6ba0d1f4401dbf5bfb0b85b04f66e9167da463a2b6f6a1ba4a89fa0fcec", "bin/true": "10a00f067954471a6800649f3d3e2da5403c254abce5f080bc65c78ee9a96807", "bin/wc": "3583f4d6acbac023da3c4a8c7b8354173af838a2cdf465f38248e91e728f91b6", "null": "a215da1668e28a154a530fc0716f829317fe39edcc7b0dbc0f6d343e683a57ee", "exception": "07198b6164225f58febced1a56966e88f6a49c9699697854523c07214311e9a3", "ipc": "79835cbb38d42f53c01eee681530af81c5ab81794c05a917e3cae2cbef745e21", "matrix": "1ce29a0f73ace8b932ca36797f02677a4d6d7f690bb592ccc378cd9084d212cb", "vm": "090eb5ed57347ea5215af77426be96685f34129416eff074955bf295ec2357c0", "macro": "710b200e1c00d28099aff8b450f016d9c7db79be8bac5ad27f7ef604657e7964", "process": "109bd7775764b817d2c2b7977b85863decee4b6dcf36b4c7795dbc7639f514e6", "kernel": "b0e6c33159bbe71fab771396cf10611a4b987b1c37be473aafa627628171b641", "image": "624660f0989476f5b2c9b7695fe3ff83c4bb75373a212936d5d4677f2adca305"} ["bochs-bin", "-q", "-f", "bochsrc", "-rc", "bochs.rc"]
# boot ultrix-compat-qemu-1: {"bin/cat": "1014f1eed3cb9c8b0dff97ce49556c79408f3d48850367fe48983d0fbb2de30e", "bin/crash": "0fa212d1d813a558987c8f9c538eed6157bbe7885c86881ffd06132f7b8ffcde", "bin/echo": "9d68744cdeff04ec99dc57e83281bc378590cd5dc9256b3f89620877fabc208a", "bin/false": "ba385b7de772495ba065fe79dbbbaea9585e69e2d8ccd8a841ae284172d7bc1d", "bin/hello": "96d6705b32fe14bb2dc9c9beea80367eb4b3b26276c19fa6aa4f9fe454a19a09", "bin/ls": "edd77fe1efa91faace8c7a55578d405724a436bb769259c110a813f3634b2026", "bin/mkdir": "1d938e5d36beb51bca2d852bf39424df815104cc81aeaf7dd1502d85b413a3e7", "bin/pass": "be81e24b68ff2f02c54ee8fa3b1c1d05414afaed8dc36778c818d6523560d906", "bin/rm": "f3c0bf752117a302a68430716215d044836ee71a0f51516892c8c329a9b64163", "bin/rmdir": "3ea3cd1c96f41bbb2b8851eaaec0117284bce91fb41749fd9465138670d058e1", "bin/sh": "d518f1d0a34a120f7ad2d94483bfe9cb17045b17640b814b7f9908b8ac249f00", "bin/spin": "5d17f6ba0d1f4401dbf5bfb0b85b04f66e9167da463a2b6f6a1ba4a89fa0fcec", "bin/true": "10a00f067954471a6800649f3d3e2da5403c254abce5f080bc65c78ee9a96807", "bin/wc": "3583f4d6acbac023da3c4a8c7b8354173af838a2cdf465f38248e91e728f91b6", "null": "a215da1668e28a154a530fc0716f829317fe39edcc7b0dbc0f6d343e683a57ee", "exception": "07198b6164225f58febced1a56966e88f6a49c9699697854523c07214311e9a3", "ipc": "79835cbb38d42f53c01eee681530af81c5ab81794c05a917e3cae2cbef745e21", "matrix": "1ce29a0f73ace8b932ca36797f02677a4d6d7f690bb592ccc378cd9084d212cb", "vm": "090eb5ed57347ea5215af77426be96685f34129416eff074955bf295ec2357c0", "macro": "710b200e1c00d28099aff8b450f016d9c7db79be8bac5ad27f7ef604657e7964", "process": "109bd7775764b817d2c2b7977b85863decee4b6dcf36b4c7795dbc7639f514e6", "kernel": "b0e6c33159bbe71fab771396cf10611a4b987b1c37be473aafa627628171b641", "image": "624660f0989476f5b2c9b7695fe3ff83c4bb75373a212936d5d4677f2adca305"} ["qemu-system-x86_64", "-nodefaults", "-no-user-config", "-display", "none", "-accel", "tcg", "-cpu", "max,-erms,-fsrm", "-icount", "shift=0,sleep=off", "-rtc", "base=2020-01-01,clock=vm", "-seed", "1", "-no-reboot", "-serial", "file:../../logs/ultrix-compat-qemu-1.serial", "-device", "isa-debug-exit,iobase=0xf4,iosize=4", "-m", "128", "-drive", "file=disk.img,format=raw,if=ide,snapshot=on"]
