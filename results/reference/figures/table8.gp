# table8.gp: draws table8.svg, .png and .pdf from table8.dat. To redraw, in this folder: gnuplot table8.gp
# One group of bars an operation, one bar a system. A cell without a number is a dashed box with its verdict in it.

set encoding utf8
bottom = 0.5
ceiling = 66120
at(share) = bottom * (ceiling / bottom) ** share               # the value at this share of a panel's height
shown(value) = value < bottom ? bottom : value                  # a 0 has no place on a log axis
hole(verdict) = verdict eq "" ? NaN : at(0.46)
aside(tip) = tip > 0 ? 0.0630 : 0     # a verdict makes room for a marker
ink(verdict) = verdict eq "unsupported" ? 0x444444 : 0xb00020

do for [kind in "svg png pdf"] {
    if (kind eq "svg") {
        set terminal svg noenhanced size 900,1016 font "DejaVu Sans,12" background "white"
    }
    if (kind eq "png") {
        set terminal pngcairo noenhanced size 1800,2032 font "DejaVu Sans,12" fontscale 1.5 linewidth 2 pointscale 2
    }
    if (kind eq "pdf") {
        set terminal pdfcairo noenhanced size 9.375in,10.5833in font "DejaVu Sans,12" fontscale 0.56 pointscale 0.8
    }
    set output "table8." . kind
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
    set key at screen 0.11, screen 0.9547244094488189 left center horizontal Left reverse samplen 1.2
    set label 1 'Table 8: Interprocess communication (guest instructions)' at screen 0.012, screen 0.9803149606299213 left font "DejaVu Sans Bold,14"
    set label 901 'Bars: qemu; circles: bochs. Guest instructions, not time: medians of warm executions, net of loop overhead, in QEMU (CPU model max,-erms,-fsrm), Bochs (CPU' at screen 0.012, screen 0.03051181102362205 left font "DejaVu Sans,10" tc rgb "#444444"
    set label 902 'model corei7_icelake_u). Run 20261126-223324, commit 9cdc50ce7fd7.' at screen 0.012, screen 0.013779527559055118 left font "DejaVu Sans,10" tc rgb "#444444"


    set tmargin at screen 0.9094488188976377
    set bmargin at screen 0.6791338582677166
    set title '' offset 0,-0.5 font "DejaVu Sans,12"
    set xrange [0.5:3.5]
    set xtics scale 0 ('pipe' 1, 'pipe-inlined' 2, 'shm' 3)
    plot \
        "table8.dat" index 0 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#0072b2" title 'exos', \
        "" index 0 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 0 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 0 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 0 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 0 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        "table8.dat" index 1 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#e69f00" title 'ultrix-compat', \
        "" index 1 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 1 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 1 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 1 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 1 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        "table8.dat" index 2 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#8fd3c0" title 'linux', \
        "" index 2 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 2 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 2 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 2 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 2 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        "table8.dat" index 3 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#009e73" title 'linux-tuned', \
        "" index 3 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 3 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 3 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 3 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 3 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        NaN with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" title 'bochs'
    unset key
    unset label

    set tmargin at screen 0.6141732283464567
    set bmargin at screen 0.3838582677165354
    set title '' offset 0,-0.5 font "DejaVu Sans,12"
    set xrange [0.5:3.5]
    set xtics scale 0 ('shm-signal' 1, 'shm-futex' 2, 'lrpc' 3)
    plot \
        "table8.dat" index 4 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#0072b2" title 'exos', \
        "" index 4 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 4 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 4 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 4 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 4 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        "table8.dat" index 5 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#e69f00" title 'ultrix-compat', \
        "" index 5 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 5 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 5 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 5 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 5 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        "table8.dat" index 6 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#8fd3c0" title 'linux', \
        "" index 6 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 6 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 6 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 6 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 6 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        "table8.dat" index 7 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#009e73" title 'linux-tuned', \
        "" index 7 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 7 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 7 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 7 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 7 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        NaN with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" title 'bochs'
    unset key
    unset label

    set tmargin at screen 0.3188976377952756
    set bmargin at screen 0.08858267716535428
    set title '' offset 0,-0.5 font "DejaVu Sans,12"
    set xrange [0.5:2.5]
    set xtics scale 0 ('lrpc-pipe' 1, 'lrpc-signal' 2)
    plot \
        "table8.dat" index 8 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#0072b2" title 'exos', \
        "" index 8 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 8 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 8 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 8 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 8 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        "table8.dat" index 9 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#e69f00" title 'ultrix-compat', \
        "" index 9 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 9 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 9 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 9 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 9 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        "table8.dat" index 10 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#8fd3c0" title 'linux', \
        "" index 10 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 10 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 10 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 10 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 10 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        "table8.dat" index 11 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#009e73" title 'linux-tuned', \
        "" index 11 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 11 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 11 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 11 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 11 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        NaN with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" title 'bochs'
    unset key
    unset label
    unset multiplot
    unset output
    set key
}
# Provenance
# run: "20261126-223324"
# date: "2026-11-26T22:33:24Z"
# commit: "9cdc50ce7fd7febf15f22ea484790034d9dc4529"
# dirty: false
# compiler: "GNU C11 12.2.0 -mcmodel=kernel -mno-red-zone -mgeneral-regs-only -momit-leaf-frame-pointer -mtune=generic -march=x86-64 -g -O2 -std=gnu11 -ffreestanding -fno-pic -fno-stack-protector -fcf-protection=none -fno-asynchronous-unwind-tables -fno-omit-frame-pointer -fzero-call-used-regs=used-gpr"
# emulators: {"qemu": "QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18+b3)", "bochs": "Bochs 2.7+dfsg-4+deb12u1 (Debian package bochs)"}
# cpu_models: {"qemu": "max,-erms,-fsrm", "bochs": "corei7_icelake_u"}
# host: {"uname": "Linux vm 6.18.44-fc-v657 #1 SMP PREEMPT_DYNAMIC @0 x86_64", "cpu": "Intel(R) Xeon(R) Processor", "cores": 2}
# key: "0102030405060708090a0b0c0d0e0f10"
# boot exos-bochs-1: {"bin/cat": "1cce73c705283d839211340432d5ad8a416be8d8276d7c02517d70cba266ccb2", "bin/crash": "ed4507cdd9e3fc7ba5a6b6840c5f2585ed1adadf69340e03ead88838bbcbb9e4", "bin/echo": "4ee89e555e22d12992be80ca91552568fcea0a9addbe63ff7b6f2276cb6f81bc", "bin/false": "bae8fe17efb4a2a455588653c4695d82f49e6929493343fa73b9a5938971468f", "bin/hello": "bdda11b99c27df82f4f111a259977bda2d0ab1c956d81541d6658206d290107d", "bin/ls": "d0d115c513aad4c871b216d0a97c676e1c4fe19ad00fb2be100ff1177d929109", "bin/mkdir": "cc7a863930e8ddc08e3e304a8ec4e90e0d8cd80d64dd8540ee204896e0d791a2", "bin/pass": "d4e3b5c540884f09be46286c7255861cc99056a2129be488f5326f573491d2b3", "bin/rm": "d562b2c3fa7961a1d1d6c5e34fd1f25f9aa6e2dece0249e84a7f57b445623cf6", "bin/rmdir": "0d8e8260f5f2eb87759e70a855d578c972accbd128b4023fab7610f54718b547", "bin/sh": "e2ccdab5a4f0c71b9b89a4a5e3805a36e05dffeeb3268e8cc23ebd8f43363550", "bin/spin": "efaad1538dc22897f5c03a6b4ba66e546bbb36205fce2742f0f6ce94d1ee4fe9", "bin/true": "2deb2ca47ba36e3720bdb59fa53566d42b3a3ee51f0ce643ae1a80ea2d222b8e", "bin/wc": "0f17c3d29fd8cdb065fa77c1f2a5cb2c04812c1128a8b2bb2d2335389410a33f", "null": "6964e6af1478f2d6746c42841c356968c917a2be45b3af4ec3ea9fe07a4035ae", "exception": "71d3757b5e1a752a0c784af8498619238e41c3944e226dd88b61e805c613ed84", "pct": "6e473a93e476e4d2fc02f4fa7f982b98e82d71123e7e661cbae499993020d3ab", "ipc": "3a66e9f99aa1f7bd46220e0e23105aa6d2bdae9bf1d51513cd41755f4fa35323", "matrix": "16a7f58243083088d82f2268d7ef40c64229a2cbab8e59b723ddc66b51ca1a22", "stride": "8a07e5dd1f6958b4a678ca4d7b260b51d2bdfba2badf3f34322b4ce0e43ce713", "vm": "d41c6bef9b08c25ea52efea8c24150f2b03985a47000db508ecc79b36af0e38b", "rpc": "be90a29623a355da7c923644261bf2cd26242a481b47f8af52d81176d4246375", "binding-cache": "a1cc365b6202f7f565a01fb2aa3b11ad7dce627c7a73be38fa046edb26048291", "fairness": "91076ad0f0e9afdd27fd97e75832817d257acca661bb2f71a7571ae1b8357cb9", "libos": "ced013277284574a771c983d8d981e871360c6ba1648a5fe6868df815d7b8f00", "macro": "b9bd992c54e1e39c3a18800b87b592cdb08e38f29f4a8727cb317402de366ae4", "primitives": "cf94c22e86405a23a2376941bc274874782e7f22258915e1f34bb038e5fc2735", "process": "53ee9b8dff22455c1d948d1ae9f0f6cab889c40356228ed147c0adec9c106f0b", "revoke": "d3265e20d0b91224e4c2a0402c514b436cbe9f9ee78917672cf3f2d80bbb4881", "kernel": "b0e68a37877ba321805dda944b34bbfa4e766f445adbd71a9902102c3b5fbe98", "image": "ab5d51a72304d2948199cb4a4e3de721ec6a7f0fca0a288c069a5cab14d4ac2a"} ["bochs-bin", "-q", "-f", "bochsrc", "-rc", "bochs.rc"]
# boot exos-qemu-1: {"bin/cat": "1cce73c705283d839211340432d5ad8a416be8d8276d7c02517d70cba266ccb2", "bin/crash": "ed4507cdd9e3fc7ba5a6b6840c5f2585ed1adadf69340e03ead88838bbcbb9e4", "bin/echo": "4ee89e555e22d12992be80ca91552568fcea0a9addbe63ff7b6f2276cb6f81bc", "bin/false": "bae8fe17efb4a2a455588653c4695d82f49e6929493343fa73b9a5938971468f", "bin/hello": "bdda11b99c27df82f4f111a259977bda2d0ab1c956d81541d6658206d290107d", "bin/ls": "d0d115c513aad4c871b216d0a97c676e1c4fe19ad00fb2be100ff1177d929109", "bin/mkdir": "cc7a863930e8ddc08e3e304a8ec4e90e0d8cd80d64dd8540ee204896e0d791a2", "bin/pass": "d4e3b5c540884f09be46286c7255861cc99056a2129be488f5326f573491d2b3", "bin/rm": "d562b2c3fa7961a1d1d6c5e34fd1f25f9aa6e2dece0249e84a7f57b445623cf6", "bin/rmdir": "0d8e8260f5f2eb87759e70a855d578c972accbd128b4023fab7610f54718b547", "bin/sh": "e2ccdab5a4f0c71b9b89a4a5e3805a36e05dffeeb3268e8cc23ebd8f43363550", "bin/spin": "efaad1538dc22897f5c03a6b4ba66e546bbb36205fce2742f0f6ce94d1ee4fe9", "bin/true": "2deb2ca47ba36e3720bdb59fa53566d42b3a3ee51f0ce643ae1a80ea2d222b8e", "bin/wc": "0f17c3d29fd8cdb065fa77c1f2a5cb2c04812c1128a8b2bb2d2335389410a33f", "null": "6964e6af1478f2d6746c42841c356968c917a2be45b3af4ec3ea9fe07a4035ae", "exception": "71d3757b5e1a752a0c784af8498619238e41c3944e226dd88b61e805c613ed84", "pct": "6e473a93e476e4d2fc02f4fa7f982b98e82d71123e7e661cbae499993020d3ab", "ipc": "3a66e9f99aa1f7bd46220e0e23105aa6d2bdae9bf1d51513cd41755f4fa35323", "matrix": "16a7f58243083088d82f2268d7ef40c64229a2cbab8e59b723ddc66b51ca1a22", "stride": "8a07e5dd1f6958b4a678ca4d7b260b51d2bdfba2badf3f34322b4ce0e43ce713", "vm": "d41c6bef9b08c25ea52efea8c24150f2b03985a47000db508ecc79b36af0e38b", "rpc": "be90a29623a355da7c923644261bf2cd26242a481b47f8af52d81176d4246375", "binding-cache": "a1cc365b6202f7f565a01fb2aa3b11ad7dce627c7a73be38fa046edb26048291", "fairness": "91076ad0f0e9afdd27fd97e75832817d257acca661bb2f71a7571ae1b8357cb9", "libos": "ced013277284574a771c983d8d981e871360c6ba1648a5fe6868df815d7b8f00", "macro": "b9bd992c54e1e39c3a18800b87b592cdb08e38f29f4a8727cb317402de366ae4", "primitives": "cf94c22e86405a23a2376941bc274874782e7f22258915e1f34bb038e5fc2735", "process": "53ee9b8dff22455c1d948d1ae9f0f6cab889c40356228ed147c0adec9c106f0b", "revoke": "d3265e20d0b91224e4c2a0402c514b436cbe9f9ee78917672cf3f2d80bbb4881", "kernel": "b0e68a37877ba321805dda944b34bbfa4e766f445adbd71a9902102c3b5fbe98", "image": "ab5d51a72304d2948199cb4a4e3de721ec6a7f0fca0a288c069a5cab14d4ac2a"} ["qemu-system-x86_64", "-nodefaults", "-no-user-config", "-display", "none", "-accel", "tcg", "-cpu", "max,-erms,-fsrm", "-icount", "shift=0,sleep=off", "-rtc", "base=2020-01-01,clock=vm", "-seed", "1", "-no-reboot", "-serial", "file:../../logs/exos-qemu-1.serial", "-device", "isa-debug-exit,iobase=0xf4,iosize=4", "-m", "128", "-drive", "file=disk.img,format=raw,if=ide,snapshot=on"]
# boot linux-qemu-1: {"bin/cat": "1014f1eed3cb9c8b0dff97ce49556c79408f3d48850367fe48983d0fbb2de30e", "bin/crash": "0fa212d1d813a558987c8f9c538eed6157bbe7885c86881ffd06132f7b8ffcde", "bin/echo": "9d68744cdeff04ec99dc57e83281bc378590cd5dc9256b3f89620877fabc208a", "bin/false": "ba385b7de772495ba065fe79dbbbaea9585e69e2d8ccd8a841ae284172d7bc1d", "bin/hello": "96d6705b32fe14bb2dc9c9beea80367eb4b3b26276c19fa6aa4f9fe454a19a09", "bin/ls": "edd77fe1efa91faace8c7a55578d405724a436bb769259c110a813f3634b2026", "bin/mkdir": "1d938e5d36beb51bca2d852bf39424df815104cc81aeaf7dd1502d85b413a3e7", "bin/pass": "be81e24b68ff2f02c54ee8fa3b1c1d05414afaed8dc36778c818d6523560d906", "bin/rm": "f3c0bf752117a302a68430716215d044836ee71a0f51516892c8c329a9b64163", "bin/rmdir": "3ea3cd1c96f41bbb2b8851eaaec0117284bce91fb41749fd9465138670d058e1", "bin/sh": "d518f1d0a34a120f7ad2d94483bfe9cb17045b17640b814b7f9908b8ac249f00", "bin/spin": "5d17f6ba0d1f4401dbf5bfb0b85b04f66e9167da463a2b6f6a1ba4a89fa0fcec", "bin/true": "10a00f067954471a6800649f3d3e2da5403c254abce5f080bc65c78ee9a96807", "bin/wc": "3583f4d6acbac023da3c4a8c7b8354173af838a2cdf465f38248e91e728f91b6", "null": "a215da1668e28a154a530fc0716f829317fe39edcc7b0dbc0f6d343e683a57ee", "exception": "07198b6164225f58febced1a56966e88f6a49c9699697854523c07214311e9a3", "ipc": "79835cbb38d42f53c01eee681530af81c5ab81794c05a917e3cae2cbef745e21", "matrix": "1ce29a0f73ace8b932ca36797f02677a4d6d7f690bb592ccc378cd9084d212cb", "vm": "090eb5ed57347ea5215af77426be96685f34129416eff074955bf295ec2357c0", "macro": "710b200e1c00d28099aff8b450f016d9c7db79be8bac5ad27f7ef604657e7964", "process": "109bd7775764b817d2c2b7977b85863decee4b6dcf36b4c7795dbc7639f514e6", "kernel": "26f2e57c99338feaf71c46fa4babdc7e1a6c115943002d109fdb746667104f5f", "image": "a7a5f01c3097762a87a02deab95086fc2977792d59cfb6a16f415b7ff467926a", "init": "714a6871fb09a4a925f57b673b0952702223f2bff51b6237a3054d4a154ad978"} ["qemu-system-x86_64", "-nodefaults", "-no-user-config", "-display", "none", "-accel", "tcg", "-cpu", "max,-erms,-fsrm", "-icount", "shift=0,sleep=off", "-rtc", "base=2020-01-01,clock=vm", "-seed", "1", "-no-reboot", "-serial", "file:../../logs/linux-qemu-1.serial", "-device", "isa-debug-exit,iobase=0xf4,iosize=4", "-m", "256", "-kernel", "/root/.cache/exolab/linux/linux-image-6.1.0-56-amd64_6.1.192-2/vmlinuz", "-initrd", "initramfs.cpio", "-append", "console=ttyS0 quiet loglevel=1 nokaslr norandmaps no5lvl mitigations=off panic=-1"]
# boot linux-tuned-qemu-1: {"bin/cat": "1014f1eed3cb9c8b0dff97ce49556c79408f3d48850367fe48983d0fbb2de30e", "bin/crash": "0fa212d1d813a558987c8f9c538eed6157bbe7885c86881ffd06132f7b8ffcde", "bin/echo": "9d68744cdeff04ec99dc57e83281bc378590cd5dc9256b3f89620877fabc208a", "bin/false": "ba385b7de772495ba065fe79dbbbaea9585e69e2d8ccd8a841ae284172d7bc1d", "bin/hello": "96d6705b32fe14bb2dc9c9beea80367eb4b3b26276c19fa6aa4f9fe454a19a09", "bin/ls": "edd77fe1efa91faace8c7a55578d405724a436bb769259c110a813f3634b2026", "bin/mkdir": "1d938e5d36beb51bca2d852bf39424df815104cc81aeaf7dd1502d85b413a3e7", "bin/pass": "be81e24b68ff2f02c54ee8fa3b1c1d05414afaed8dc36778c818d6523560d906", "bin/rm": "f3c0bf752117a302a68430716215d044836ee71a0f51516892c8c329a9b64163", "bin/rmdir": "3ea3cd1c96f41bbb2b8851eaaec0117284bce91fb41749fd9465138670d058e1", "bin/sh": "d518f1d0a34a120f7ad2d94483bfe9cb17045b17640b814b7f9908b8ac249f00", "bin/spin": "5d17f6ba0d1f4401dbf5bfb0b85b04f66e9167da463a2b6f6a1ba4a89fa0fcec", "bin/true": "10a00f067954471a6800649f3d3e2da5403c254abce5f080bc65c78ee9a96807", "bin/wc": "3583f4d6acbac023da3c4a8c7b8354173af838a2cdf465f38248e91e728f91b6", "null": "a215da1668e28a154a530fc0716f829317fe39edcc7b0dbc0f6d343e683a57ee", "exception": "07198b6164225f58febced1a56966e88f6a49c9699697854523c07214311e9a3", "ipc": "79835cbb38d42f53c01eee681530af81c5ab81794c05a917e3cae2cbef745e21", "matrix": "1ce29a0f73ace8b932ca36797f02677a4d6d7f690bb592ccc378cd9084d212cb", "vm": "090eb5ed57347ea5215af77426be96685f34129416eff074955bf295ec2357c0", "macro": "710b200e1c00d28099aff8b450f016d9c7db79be8bac5ad27f7ef604657e7964", "process": "109bd7775764b817d2c2b7977b85863decee4b6dcf36b4c7795dbc7639f514e6", "kernel": "9008d57ee300c5a267941511de9a0ccbc9432aad97a9ad32bf4b1e1ee60a9733", "image": "a7a5f01c3097762a87a02deab95086fc2977792d59cfb6a16f415b7ff467926a", "init": "714a6871fb09a4a925f57b673b0952702223f2bff51b6237a3054d4a154ad978"} ["qemu-system-x86_64", "-nodefaults", "-no-user-config", "-display", "none", "-accel", "tcg", "-cpu", "max,-erms,-fsrm", "-icount", "shift=0,sleep=off", "-rtc", "base=2020-01-01,clock=vm", "-seed", "1", "-no-reboot", "-serial", "file:../../logs/linux-tuned-qemu-1.serial", "-device", "isa-debug-exit,iobase=0xf4,iosize=4", "-m", "256", "-kernel", "/root/.cache/exolab/linux-tuned/linux-6.1.192-8d9ba3482939/vmlinuz", "-initrd", "initramfs.cpio", "-append", "console=ttyS0 quiet loglevel=1 nokaslr norandmaps no5lvl mitigations=off panic=-1"]
# boot ultrix-compat-bochs-1: {"bin/cat": "1014f1eed3cb9c8b0dff97ce49556c79408f3d48850367fe48983d0fbb2de30e", "bin/crash": "0fa212d1d813a558987c8f9c538eed6157bbe7885c86881ffd06132f7b8ffcde", "bin/echo": "9d68744cdeff04ec99dc57e83281bc378590cd5dc9256b3f89620877fabc208a", "bin/false": "ba385b7de772495ba065fe79dbbbaea9585e69e2d8ccd8a841ae284172d7bc1d", "bin/hello": "96d6705b32fe14bb2dc9c9beea80367eb4b3b26276c19fa6aa4f9fe454a19a09", "bin/ls": "edd77fe1efa91faace8c7a55578d405724a436bb769259c110a813f3634b2026", "bin/mkdir": "1d938e5d36beb51bca2d852bf39424df815104cc81aeaf7dd1502d85b413a3e7", "bin/pass": "be81e24b68ff2f02c54ee8fa3b1c1d05414afaed8dc36778c818d6523560d906", "bin/rm": "f3c0bf752117a302a68430716215d044836ee71a0f51516892c8c329a9b64163", "bin/rmdir": "3ea3cd1c96f41bbb2b8851eaaec0117284bce91fb41749fd9465138670d058e1", "bin/sh": "d518f1d0a34a120f7ad2d94483bfe9cb17045b17640b814b7f9908b8ac249f00", "bin/spin": "5d17f6ba0d1f4401dbf5bfb0b85b04f66e9167da463a2b6f6a1ba4a89fa0fcec", "bin/true": "10a00f067954471a6800649f3d3e2da5403c254abce5f080bc65c78ee9a96807", "bin/wc": "3583f4d6acbac023da3c4a8c7b8354173af838a2cdf465f38248e91e728f91b6", "null": "a215da1668e28a154a530fc0716f829317fe39edcc7b0dbc0f6d343e683a57ee", "exception": "07198b6164225f58febced1a56966e88f6a49c9699697854523c07214311e9a3", "ipc": "79835cbb38d42f53c01eee681530af81c5ab81794c05a917e3cae2cbef745e21", "matrix": "1ce29a0f73ace8b932ca36797f02677a4d6d7f690bb592ccc378cd9084d212cb", "vm": "090eb5ed57347ea5215af77426be96685f34129416eff074955bf295ec2357c0", "macro": "710b200e1c00d28099aff8b450f016d9c7db79be8bac5ad27f7ef604657e7964", "process": "109bd7775764b817d2c2b7977b85863decee4b6dcf36b4c7795dbc7639f514e6", "kernel": "c314c388b3e927e25bd474731a9689b3b7c6ad2c4663539ebdbdfb3d491ae266", "image": "753e09e38f431fb76ad791044fb480dbb1006133ade89e30becc6ac796d7a79a"} ["bochs-bin", "-q", "-f", "bochsrc", "-rc", "bochs.rc"]
# boot ultrix-compat-qemu-1: {"bin/cat": "1014f1eed3cb9c8b0dff97ce49556c79408f3d48850367fe48983d0fbb2de30e", "bin/crash": "0fa212d1d813a558987c8f9c538eed6157bbe7885c86881ffd06132f7b8ffcde", "bin/echo": "9d68744cdeff04ec99dc57e83281bc378590cd5dc9256b3f89620877fabc208a", "bin/false": "ba385b7de772495ba065fe79dbbbaea9585e69e2d8ccd8a841ae284172d7bc1d", "bin/hello": "96d6705b32fe14bb2dc9c9beea80367eb4b3b26276c19fa6aa4f9fe454a19a09", "bin/ls": "edd77fe1efa91faace8c7a55578d405724a436bb769259c110a813f3634b2026", "bin/mkdir": "1d938e5d36beb51bca2d852bf39424df815104cc81aeaf7dd1502d85b413a3e7", "bin/pass": "be81e24b68ff2f02c54ee8fa3b1c1d05414afaed8dc36778c818d6523560d906", "bin/rm": "f3c0bf752117a302a68430716215d044836ee71a0f51516892c8c329a9b64163", "bin/rmdir": "3ea3cd1c96f41bbb2b8851eaaec0117284bce91fb41749fd9465138670d058e1", "bin/sh": "d518f1d0a34a120f7ad2d94483bfe9cb17045b17640b814b7f9908b8ac249f00", "bin/spin": "5d17f6ba0d1f4401dbf5bfb0b85b04f66e9167da463a2b6f6a1ba4a89fa0fcec", "bin/true": "10a00f067954471a6800649f3d3e2da5403c254abce5f080bc65c78ee9a96807", "bin/wc": "3583f4d6acbac023da3c4a8c7b8354173af838a2cdf465f38248e91e728f91b6", "null": "a215da1668e28a154a530fc0716f829317fe39edcc7b0dbc0f6d343e683a57ee", "exception": "07198b6164225f58febced1a56966e88f6a49c9699697854523c07214311e9a3", "ipc": "79835cbb38d42f53c01eee681530af81c5ab81794c05a917e3cae2cbef745e21", "matrix": "1ce29a0f73ace8b932ca36797f02677a4d6d7f690bb592ccc378cd9084d212cb", "vm": "090eb5ed57347ea5215af77426be96685f34129416eff074955bf295ec2357c0", "macro": "710b200e1c00d28099aff8b450f016d9c7db79be8bac5ad27f7ef604657e7964", "process": "109bd7775764b817d2c2b7977b85863decee4b6dcf36b4c7795dbc7639f514e6", "kernel": "c314c388b3e927e25bd474731a9689b3b7c6ad2c4663539ebdbdfb3d491ae266", "image": "753e09e38f431fb76ad791044fb480dbb1006133ade89e30becc6ac796d7a79a"} ["qemu-system-x86_64", "-nodefaults", "-no-user-config", "-display", "none", "-accel", "tcg", "-cpu", "max,-erms,-fsrm", "-icount", "shift=0,sleep=off", "-rtc", "base=2020-01-01,clock=vm", "-seed", "1", "-no-reboot", "-serial", "file:../../logs/ultrix-compat-qemu-1.serial", "-device", "isa-debug-exit,iobase=0xf4,iosize=4", "-m", "128", "-drive", "file=disk.img,format=raw,if=ide,snapshot=on"]
