# table-process.gp: draws table-process.svg, .png and .pdf from table-process.dat. To redraw, in this folder: gnuplot table-process.gp
# One group of bars an operation, one bar a system. A cell without a number is a dashed box with its verdict in it.

set encoding utf8
bottom = 0.5
ceiling = 863792
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
    set output "table-process." . kind
    set multiplot
    set logscale y
    set yrange [bottom:ceiling]
    set ytics out nomirror format "%.0f"
    set grid ytics lc rgb "#dddddd" lt 1
    set border 3 lc rgb "#444444"
    set boxwidth 0.2100 absolute
    set lmargin at screen 0.12
    set rmargin at screen 0.99
    set ylabel "guest instructions (log axis)"
    set key at screen 0.12, screen 0.9547244094488189 left center horizontal Left reverse samplen 1.2
    set label 1 'Processes, threads and their memory (guest instructions; not in the paper)' at screen 0.012, screen 0.9803149606299213 left font "DejaVu Sans Bold,14"
    set label 901 'Bars: qemu; circles: bochs. Guest instructions, not time: medians of warm executions, net of loop overhead, in QEMU (CPU model max,-erms,-fsrm), Bochs (CPU' at screen 0.012, screen 0.03051181102362205 left font "DejaVu Sans,10" tc rgb "#444444"
    set label 902 'model corei7_icelake_u). Run 20261126-170758, commit 1964c41b3747.' at screen 0.012, screen 0.013779527559055118 left font "DejaVu Sans,10" tc rgb "#444444"


    set tmargin at screen 0.9094488188976377
    set bmargin at screen 0.6791338582677166
    set title '' offset 0,-0.5 font "DejaVu Sans,12"
    set xrange [0.5:2.5]
    set xtics scale 0 ('thread-switch' 1, 'thread-create-join' 2)
    plot \
        "table-process.dat" index 0 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#0072b2" title 'exos', \
        "" index 0 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 0 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 0 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 0 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 0 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        "table-process.dat" index 1 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#e69f00" title 'ultrix-compat', \
        "" index 1 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 1 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 1 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 1 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 1 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        "table-process.dat" index 2 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#8fd3c0" title 'linux', \
        "" index 2 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 2 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 2 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 2 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 2 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        "table-process.dat" index 3 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#009e73" title 'linux-tuned', \
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
    set xrange [0.5:2.5]
    set xtics scale 0 ('fork-exit-wait' 1, 'fork-exec-wait' 2)
    plot \
        "table-process.dat" index 4 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#0072b2" title 'exos', \
        "" index 4 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 4 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 4 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 4 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 4 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        "table-process.dat" index 5 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#e69f00" title 'ultrix-compat', \
        "" index 5 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 5 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 5 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 5 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 5 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        "table-process.dat" index 6 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#8fd3c0" title 'linux', \
        "" index 6 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 6 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 6 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 6 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 6 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        "table-process.dat" index 7 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#009e73" title 'linux-tuned', \
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
    set xtics scale 0 ('demand-zero' 1, 'copy-on-write' 2)
    plot \
        "table-process.dat" index 8 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#0072b2" title 'exos', \
        "" index 8 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 8 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 8 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 8 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 8 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        "table-process.dat" index 9 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#e69f00" title 'ultrix-compat', \
        "" index 9 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 9 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 9 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 9 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 9 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        "table-process.dat" index 10 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#8fd3c0" title 'linux', \
        "" index 10 using 1:(hole(strcol(6))) with boxes fs empty lc rgb "#777777" dt 2 notitle, \
        "" index 10 using 1:(shown($3)) with points pt 7 ps 0.8 lc rgb "#ffffff" notitle, \
        "" index 10 using 1:(shown($3)) with points pt 6 ps 0.8 lw 1.5 lc rgb "#000000" notitle, \
        "" index 10 using 1:(shown($4)):5 with labels offset 0,0.8 font "DejaVu Sans,11" notitle, \
        "" index 10 using ($1 - aside($4)):(at(0.03)):6:(ink(strcol(6))) with labels rotate left font "DejaVu Sans,10" tc rgb variable notitle, \
        "table-process.dat" index 11 using 1:(shown($2)) with boxes fs solid 1.0 border lc rgb "#444444" fc rgb "#009e73" title 'linux-tuned', \
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
# run: "20261126-170758"
# date: "2026-11-26T17:07:58Z"
# commit: "1964c41b37473dc303a29f7a9920bfa96467fea4"
# dirty: false
# compiler: "GNU C11 12.2.0 -mcmodel=kernel -mno-red-zone -mgeneral-regs-only -momit-leaf-frame-pointer -mtune=generic -march=x86-64 -g -O2 -std=gnu11 -ffreestanding -fno-pic -fno-stack-protector -fcf-protection=none -fno-asynchronous-unwind-tables -fno-omit-frame-pointer -fzero-call-used-regs=used-gpr"
# emulators: {"qemu": "QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18+b3)", "bochs": "Bochs 2.7+dfsg-4+deb12u1 (Debian package bochs)"}
# cpu_models: {"qemu": "max,-erms,-fsrm", "bochs": "corei7_icelake_u"}
# host: {"uname": "Linux vm 6.18.44-fc-v657 #1 SMP PREEMPT_DYNAMIC @0 x86_64", "cpu": "Intel(R) Xeon(R) Processor", "cores": 2}
# key: "0102030405060708090a0b0c0d0e0f10"
# boot exos-bochs-1: {"bin/cat": "f054ff1d3841f3fbe7a4d9987bd356d68c1dee144f3a9eadb3b2f71816a96bde", "bin/crash": "5c02d561ce7f3e2aa6734bfd6a8f8f24788b17ec7258be2c7bdcda3581598cc1", "bin/echo": "ed29828aebf36c31ab484106ead71d45923464ce1227064b7515370c044ae36b", "bin/false": "a7b28457d409c32f7c1df518729a6a2c90afa222f004c3232ccd3d6603102864", "bin/hello": "fe15df17360b64a0c39390fae8ec82b387826ddfebaa112faf4abef39da20414", "bin/ls": "20fede8fff9815aed4af293532120e72d314fcd349e12d26c5ba539993a5af81", "bin/pass": "b1730467175fe3da2f2b62d3832d9623b01e3ab97ec18f554451d6422cf52954", "bin/rm": "e123bf5c4c27da6970f0324e6c7459b0a7728194da33af84b89453bb78c3e422", "bin/sh": "9690bd454cad95e7da9bec5e7a0097d6863d9ddab5c6ee0f94d94563a974d8a9", "bin/true": "2277d04a9ae167addf35cef749ce08db40f93e4ea431c06902eb87d5eedddfde", "bin/wc": "78a576b52d8f47897a0754085ac8603aca3bbd8e1ed9f65eeef47d1af17c5d90", "null": "b06786c83f488e0d09df6a020d41b66e2eb627e068d1376ff245964b7691f27e", "exception": "7c0c3fd19ca6a6d6b95d79e148f5389c7ef38b9ca3cfef82aa89048671998706", "pct": "a62a917c879b5171a79e4cc76f76d424fe6dd36efaaecabe7a58e06bb89e26cf", "ipc": "855fff723b4bf48fa35f458fb847165ee01263a7efdc61d593ff0d2f8fc7ea50", "matrix": "6c097c39bc9f089d7dffe4cab26c4558b01900733bed1b9807d7b96831cba7b8", "stride": "e873117c6e13a39a0f69b9e15a164449322c8810681ec8a4ffc90829700609b7", "vm": "9f1c983c53093b79531c544ec8d4f61b599fd5c7b1b8ebbd504cc3a8991bb84b", "rpc": "03effe4b916bd78673b1a4526100697422e71db0c4cbb4172112146ca805524d", "binding-cache": "291c9c5cf910f1a86f40935934f1b0b78c2e62de7768b61c70b8fc215c72bdc0", "fairness": "33385aced777b09e9bb0cdf05dec2be30a2d8b80bef2d88153ddc41735184fd3", "libos": "c5f83f2d0eb444c8631401dfd41c1e73a787f58c5596f97348654dc97532396f", "macro": "8021d76aa06ac06126bff9bfecbe3b48be53c27da94fad8929ec5642412e4c9f", "primitives": "cb141eaa5841a7dd377d9ebb5150277564eee09061b77c5b4e3cdf0d2b92e9b7", "process": "5b38b0dbcaa763faa8eb39aef238ef6a2641a26dfcb87fa76863c3f1a91bd416", "revoke": "876275c6fb9c22351512e21ff343af0f94daa2d410f83c54aa847c8bd4c93612", "kernel": "7ab8548abc0c699148ac8db77c06fba4d7bc5131b6f9392d88824f4319fa0329", "image": "ac6858e9bce773687c781869567db45c1ddc880a12948391454529b884eeb03b"} ["bochs-bin", "-q", "-f", "bochsrc", "-rc", "bochs.rc"]
# boot exos-qemu-1: {"bin/cat": "f054ff1d3841f3fbe7a4d9987bd356d68c1dee144f3a9eadb3b2f71816a96bde", "bin/crash": "5c02d561ce7f3e2aa6734bfd6a8f8f24788b17ec7258be2c7bdcda3581598cc1", "bin/echo": "ed29828aebf36c31ab484106ead71d45923464ce1227064b7515370c044ae36b", "bin/false": "a7b28457d409c32f7c1df518729a6a2c90afa222f004c3232ccd3d6603102864", "bin/hello": "fe15df17360b64a0c39390fae8ec82b387826ddfebaa112faf4abef39da20414", "bin/ls": "20fede8fff9815aed4af293532120e72d314fcd349e12d26c5ba539993a5af81", "bin/pass": "b1730467175fe3da2f2b62d3832d9623b01e3ab97ec18f554451d6422cf52954", "bin/rm": "e123bf5c4c27da6970f0324e6c7459b0a7728194da33af84b89453bb78c3e422", "bin/sh": "9690bd454cad95e7da9bec5e7a0097d6863d9ddab5c6ee0f94d94563a974d8a9", "bin/true": "2277d04a9ae167addf35cef749ce08db40f93e4ea431c06902eb87d5eedddfde", "bin/wc": "78a576b52d8f47897a0754085ac8603aca3bbd8e1ed9f65eeef47d1af17c5d90", "null": "b06786c83f488e0d09df6a020d41b66e2eb627e068d1376ff245964b7691f27e", "exception": "7c0c3fd19ca6a6d6b95d79e148f5389c7ef38b9ca3cfef82aa89048671998706", "pct": "a62a917c879b5171a79e4cc76f76d424fe6dd36efaaecabe7a58e06bb89e26cf", "ipc": "855fff723b4bf48fa35f458fb847165ee01263a7efdc61d593ff0d2f8fc7ea50", "matrix": "6c097c39bc9f089d7dffe4cab26c4558b01900733bed1b9807d7b96831cba7b8", "stride": "e873117c6e13a39a0f69b9e15a164449322c8810681ec8a4ffc90829700609b7", "vm": "9f1c983c53093b79531c544ec8d4f61b599fd5c7b1b8ebbd504cc3a8991bb84b", "rpc": "03effe4b916bd78673b1a4526100697422e71db0c4cbb4172112146ca805524d", "binding-cache": "291c9c5cf910f1a86f40935934f1b0b78c2e62de7768b61c70b8fc215c72bdc0", "fairness": "33385aced777b09e9bb0cdf05dec2be30a2d8b80bef2d88153ddc41735184fd3", "libos": "c5f83f2d0eb444c8631401dfd41c1e73a787f58c5596f97348654dc97532396f", "macro": "8021d76aa06ac06126bff9bfecbe3b48be53c27da94fad8929ec5642412e4c9f", "primitives": "cb141eaa5841a7dd377d9ebb5150277564eee09061b77c5b4e3cdf0d2b92e9b7", "process": "5b38b0dbcaa763faa8eb39aef238ef6a2641a26dfcb87fa76863c3f1a91bd416", "revoke": "876275c6fb9c22351512e21ff343af0f94daa2d410f83c54aa847c8bd4c93612", "kernel": "7ab8548abc0c699148ac8db77c06fba4d7bc5131b6f9392d88824f4319fa0329", "image": "ac6858e9bce773687c781869567db45c1ddc880a12948391454529b884eeb03b"} ["qemu-system-x86_64", "-nodefaults", "-no-user-config", "-display", "none", "-accel", "tcg", "-cpu", "max,-erms,-fsrm", "-icount", "shift=0,sleep=off", "-rtc", "base=2020-01-01,clock=vm", "-seed", "1", "-no-reboot", "-serial", "file:../../logs/exos-qemu-1.serial", "-device", "isa-debug-exit,iobase=0xf4,iosize=4", "-m", "128", "-drive", "file=disk.img,format=raw,if=ide,snapshot=on"]
# boot linux-qemu-1: {"bin/cat": "1215a129f106be995fe1fb345502652fa657f0ccd28fc9778241f1edc252cb63", "bin/crash": "0fa212d1d813a558987c8f9c538eed6157bbe7885c86881ffd06132f7b8ffcde", "bin/echo": "3bb11cca31e15d0a5ff7766e49a05ca6d07e8adbf43ae56e99b02bf4dfb3df32", "bin/false": "ba385b7de772495ba065fe79dbbbaea9585e69e2d8ccd8a841ae284172d7bc1d", "bin/hello": "11b1e699b27fb44777147cea927f8897c4f7a61174ff440b25aadf34d87838c2", "bin/ls": "f99e23d358347d7a60c7928e4d09bf02a859213149d041d0b9c589f0ac8634db", "bin/pass": "434d1f0ab0fc7b98d596616e798d74e28619d4495ae4acb8850d88985ff187fe", "bin/rm": "f8c2b315d03595d4f89030b1c4ca1090321742e211310b6c3c7b96a84fd03ca8", "bin/sh": "7aff8bcf957d23a8b00eff2af74d42c03565fca8bc2e619ccd18d894e679bacd", "bin/true": "10a00f067954471a6800649f3d3e2da5403c254abce5f080bc65c78ee9a96807", "bin/wc": "d3a79aa5fe28cf00cf9b2672e083af0d4b9ef22e595b073f487c4e4a75c5cc85", "null": "037a214d53b46a77af954ec31dfd787e39de6f4219feee046ee2282335a9b190", "exception": "097887a778238f857ca32bee0f081953ca2dec19d1de026ac18a05e1e39107cb", "ipc": "ad53f9c05594d321c7a691d17c56dd4bec994ec40d31c9c8b7eca29726efb611", "matrix": "c1a9c80d04f62335c965dbc8da909aad6374efc4259d4b89c4f1e8af354ff181", "vm": "01f7afb84f0ee8fc28c97dc8ae07c1e6cceaae9484192060ac9aff1813124d64", "macro": "3783b9e4c885004280ae90ee8e9326754c73557f4fd77b1ac75f8dcae8817a34", "process": "8235d9d3a8b79874b771a32775ef7e03d3570979f0b9d2ab8d51b80d52a0d7e3", "kernel": "26f2e57c99338feaf71c46fa4babdc7e1a6c115943002d109fdb746667104f5f", "image": "2619d20e1d2b56f9a0a18a47532b756c77b8b4cd24ee05000d60d1bf6582412f", "init": "41d560e7e6a959857089e8d04471eef041233d12da306be1195c116a212149ab"} ["qemu-system-x86_64", "-nodefaults", "-no-user-config", "-display", "none", "-accel", "tcg", "-cpu", "max,-erms,-fsrm", "-icount", "shift=0,sleep=off", "-rtc", "base=2020-01-01,clock=vm", "-seed", "1", "-no-reboot", "-serial", "file:../../logs/linux-qemu-1.serial", "-device", "isa-debug-exit,iobase=0xf4,iosize=4", "-m", "256", "-kernel", "/root/.cache/exolab/linux/linux-image-6.1.0-56-amd64_6.1.192-2/vmlinuz", "-initrd", "initramfs.cpio", "-append", "console=ttyS0 quiet loglevel=1 nokaslr norandmaps no5lvl mitigations=off panic=-1"]
# boot linux-tuned-qemu-1: {"bin/cat": "1215a129f106be995fe1fb345502652fa657f0ccd28fc9778241f1edc252cb63", "bin/crash": "0fa212d1d813a558987c8f9c538eed6157bbe7885c86881ffd06132f7b8ffcde", "bin/echo": "3bb11cca31e15d0a5ff7766e49a05ca6d07e8adbf43ae56e99b02bf4dfb3df32", "bin/false": "ba385b7de772495ba065fe79dbbbaea9585e69e2d8ccd8a841ae284172d7bc1d", "bin/hello": "11b1e699b27fb44777147cea927f8897c4f7a61174ff440b25aadf34d87838c2", "bin/ls": "f99e23d358347d7a60c7928e4d09bf02a859213149d041d0b9c589f0ac8634db", "bin/pass": "434d1f0ab0fc7b98d596616e798d74e28619d4495ae4acb8850d88985ff187fe", "bin/rm": "f8c2b315d03595d4f89030b1c4ca1090321742e211310b6c3c7b96a84fd03ca8", "bin/sh": "7aff8bcf957d23a8b00eff2af74d42c03565fca8bc2e619ccd18d894e679bacd", "bin/true": "10a00f067954471a6800649f3d3e2da5403c254abce5f080bc65c78ee9a96807", "bin/wc": "d3a79aa5fe28cf00cf9b2672e083af0d4b9ef22e595b073f487c4e4a75c5cc85", "null": "037a214d53b46a77af954ec31dfd787e39de6f4219feee046ee2282335a9b190", "exception": "097887a778238f857ca32bee0f081953ca2dec19d1de026ac18a05e1e39107cb", "ipc": "ad53f9c05594d321c7a691d17c56dd4bec994ec40d31c9c8b7eca29726efb611", "matrix": "c1a9c80d04f62335c965dbc8da909aad6374efc4259d4b89c4f1e8af354ff181", "vm": "01f7afb84f0ee8fc28c97dc8ae07c1e6cceaae9484192060ac9aff1813124d64", "macro": "3783b9e4c885004280ae90ee8e9326754c73557f4fd77b1ac75f8dcae8817a34", "process": "8235d9d3a8b79874b771a32775ef7e03d3570979f0b9d2ab8d51b80d52a0d7e3", "kernel": "9008d57ee300c5a267941511de9a0ccbc9432aad97a9ad32bf4b1e1ee60a9733", "image": "2619d20e1d2b56f9a0a18a47532b756c77b8b4cd24ee05000d60d1bf6582412f", "init": "41d560e7e6a959857089e8d04471eef041233d12da306be1195c116a212149ab"} ["qemu-system-x86_64", "-nodefaults", "-no-user-config", "-display", "none", "-accel", "tcg", "-cpu", "max,-erms,-fsrm", "-icount", "shift=0,sleep=off", "-rtc", "base=2020-01-01,clock=vm", "-seed", "1", "-no-reboot", "-serial", "file:../../logs/linux-tuned-qemu-1.serial", "-device", "isa-debug-exit,iobase=0xf4,iosize=4", "-m", "256", "-kernel", "/root/.cache/exolab/linux-tuned/linux-6.1.192-8d9ba3482939/vmlinuz", "-initrd", "initramfs.cpio", "-append", "console=ttyS0 quiet loglevel=1 nokaslr norandmaps no5lvl mitigations=off panic=-1"]
# boot ultrix-compat-bochs-1: {"bin/cat": "1215a129f106be995fe1fb345502652fa657f0ccd28fc9778241f1edc252cb63", "bin/crash": "0fa212d1d813a558987c8f9c538eed6157bbe7885c86881ffd06132f7b8ffcde", "bin/echo": "3bb11cca31e15d0a5ff7766e49a05ca6d07e8adbf43ae56e99b02bf4dfb3df32", "bin/false": "ba385b7de772495ba065fe79dbbbaea9585e69e2d8ccd8a841ae284172d7bc1d", "bin/hello": "11b1e699b27fb44777147cea927f8897c4f7a61174ff440b25aadf34d87838c2", "bin/ls": "f99e23d358347d7a60c7928e4d09bf02a859213149d041d0b9c589f0ac8634db", "bin/pass": "434d1f0ab0fc7b98d596616e798d74e28619d4495ae4acb8850d88985ff187fe", "bin/rm": "f8c2b315d03595d4f89030b1c4ca1090321742e211310b6c3c7b96a84fd03ca8", "bin/sh": "7aff8bcf957d23a8b00eff2af74d42c03565fca8bc2e619ccd18d894e679bacd", "bin/true": "10a00f067954471a6800649f3d3e2da5403c254abce5f080bc65c78ee9a96807", "bin/wc": "d3a79aa5fe28cf00cf9b2672e083af0d4b9ef22e595b073f487c4e4a75c5cc85", "null": "037a214d53b46a77af954ec31dfd787e39de6f4219feee046ee2282335a9b190", "exception": "097887a778238f857ca32bee0f081953ca2dec19d1de026ac18a05e1e39107cb", "ipc": "ad53f9c05594d321c7a691d17c56dd4bec994ec40d31c9c8b7eca29726efb611", "matrix": "c1a9c80d04f62335c965dbc8da909aad6374efc4259d4b89c4f1e8af354ff181", "vm": "01f7afb84f0ee8fc28c97dc8ae07c1e6cceaae9484192060ac9aff1813124d64", "macro": "3783b9e4c885004280ae90ee8e9326754c73557f4fd77b1ac75f8dcae8817a34", "process": "8235d9d3a8b79874b771a32775ef7e03d3570979f0b9d2ab8d51b80d52a0d7e3", "kernel": "6f3693b1674607b7ea2b0a6dec5f8e82f9900e9ad35d5ff416fa88a60130709b", "image": "86c0a0d7bc4157d21270db606bc08049403f56015e96534a680af51a92f23994"} ["bochs-bin", "-q", "-f", "bochsrc", "-rc", "bochs.rc"]
# boot ultrix-compat-qemu-1: {"bin/cat": "1215a129f106be995fe1fb345502652fa657f0ccd28fc9778241f1edc252cb63", "bin/crash": "0fa212d1d813a558987c8f9c538eed6157bbe7885c86881ffd06132f7b8ffcde", "bin/echo": "3bb11cca31e15d0a5ff7766e49a05ca6d07e8adbf43ae56e99b02bf4dfb3df32", "bin/false": "ba385b7de772495ba065fe79dbbbaea9585e69e2d8ccd8a841ae284172d7bc1d", "bin/hello": "11b1e699b27fb44777147cea927f8897c4f7a61174ff440b25aadf34d87838c2", "bin/ls": "f99e23d358347d7a60c7928e4d09bf02a859213149d041d0b9c589f0ac8634db", "bin/pass": "434d1f0ab0fc7b98d596616e798d74e28619d4495ae4acb8850d88985ff187fe", "bin/rm": "f8c2b315d03595d4f89030b1c4ca1090321742e211310b6c3c7b96a84fd03ca8", "bin/sh": "7aff8bcf957d23a8b00eff2af74d42c03565fca8bc2e619ccd18d894e679bacd", "bin/true": "10a00f067954471a6800649f3d3e2da5403c254abce5f080bc65c78ee9a96807", "bin/wc": "d3a79aa5fe28cf00cf9b2672e083af0d4b9ef22e595b073f487c4e4a75c5cc85", "null": "037a214d53b46a77af954ec31dfd787e39de6f4219feee046ee2282335a9b190", "exception": "097887a778238f857ca32bee0f081953ca2dec19d1de026ac18a05e1e39107cb", "ipc": "ad53f9c05594d321c7a691d17c56dd4bec994ec40d31c9c8b7eca29726efb611", "matrix": "c1a9c80d04f62335c965dbc8da909aad6374efc4259d4b89c4f1e8af354ff181", "vm": "01f7afb84f0ee8fc28c97dc8ae07c1e6cceaae9484192060ac9aff1813124d64", "macro": "3783b9e4c885004280ae90ee8e9326754c73557f4fd77b1ac75f8dcae8817a34", "process": "8235d9d3a8b79874b771a32775ef7e03d3570979f0b9d2ab8d51b80d52a0d7e3", "kernel": "6f3693b1674607b7ea2b0a6dec5f8e82f9900e9ad35d5ff416fa88a60130709b", "image": "86c0a0d7bc4157d21270db606bc08049403f56015e96534a680af51a92f23994"} ["qemu-system-x86_64", "-nodefaults", "-no-user-config", "-display", "none", "-accel", "tcg", "-cpu", "max,-erms,-fsrm", "-icount", "shift=0,sleep=off", "-rtc", "base=2020-01-01,clock=vm", "-seed", "1", "-no-reboot", "-serial", "file:../../logs/ultrix-compat-qemu-1.serial", "-device", "isa-debug-exit,iobase=0xf4,iosize=4", "-m", "128", "-drive", "file=disk.img,format=raw,if=ide,snapshot=on"]
