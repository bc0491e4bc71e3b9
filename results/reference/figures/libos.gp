# libos.gp: draws libos.svg, .png and .pdf from libos.dat. To redraw, in this folder: gnuplot libos.gp
# A bar an operation, its count beside it.

set encoding utf8
floor = 1
shown(value) = value < floor ? floor : value                    # a 0 has no place on a log axis
do for [kind in "svg png pdf"] {
    if (kind eq "svg") {
        set terminal svg noenhanced size 900,254 font "DejaVu Sans,12" background "white"
    }
    if (kind eq "png") {
        set terminal pngcairo noenhanced size 1800,508 font "DejaVu Sans,12" fontscale 1.5 linewidth 2 pointscale 2
    }
    if (kind eq "pdf") {
        set terminal pdfcairo noenhanced size 9.375in,2.6458in font "DejaVu Sans,12" fontscale 0.56 pointscale 0.8
    }
    set output "libos." . kind
    set tmargin at screen 0.8188976377952756
    set bmargin at screen 0.41732283464566927
    set lmargin at screen 0.23
    set rmargin at screen 0.97
    set logscale x
    set xrange [floor:564]
    set yrange [6.5:0.5]
    set border 3 lc rgb "#444444"
    set xtics out nomirror format "%.0f"
    set ytics scale 0 font "DejaVu Sans,11"
    set grid xtics lc rgb "#dddddd" lt 1
    set xlabel "guest instructions (log axis)"
    unset key
    set style fill solid 1.0 noborder
    set label 1 'Between ExOS and a library OS of another kind (guest instructions; not in the paper)' at screen 0.012, screen 0.9212598425196851 left font "DejaVu Sans Bold,14"
    set label 901 'Bars: exos in qemu; circles: bochs. Guest instructions, not time: medians of warm executions, net of loop overhead, in QEMU (CPU model max,-erms,-fsrm), Bochs' at screen 0.012, screen 0.1062992125984252 left font "DejaVu Sans,10" tc rgb "#444444"
    set label 902 '(CPU model corei7_icelake_u). Run 20261126-170758, commit 1964c41b3747.' at screen 0.012, screen 0.03937007874015748 left font "DejaVu Sans,10" tc rgb "#444444"

    plot "libos.dat" using (floor):1:(floor):(shown($2)):($1 - 0.36):($1 + 0.36) with boxxyerror lc rgb "#0072b2", \
        "" using (shown($3)):1 with points pt 7 ps 0.7 lc rgb "#ffffff", \
        "" using (shown($3)):1 with points pt 6 ps 0.7 lw 1.5 lc rgb "#000000", \
        "" using 4:1 with points pt 13 ps 1.1 lc rgb "#d55e00", \
        "" using (shown(valid(2) ? $2 : floor) > (valid(4) ? $4 : 0) ? shown(valid(2) ? $2 : floor) : $4):1:5 with labels left offset 1,0 font "DejaVu Sans,11", \
        "" using (floor):1:ytic(6) with points pt -2
    unset output
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
