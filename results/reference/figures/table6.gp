# table6.gp: draws table6.svg, .png and .pdf from table6.dat. To redraw, in this folder: gnuplot table6.gp
# A bar an operation, its count beside it.

set encoding utf8
floor = 1
shown(value) = value < floor ? floor : value                    # a 0 has no place on a log axis
do for [kind in "svg png pdf"] {
    if (kind eq "svg") {
        set terminal svg noenhanced size 900,186 font "DejaVu Sans,12" background "white"
    }
    if (kind eq "png") {
        set terminal pngcairo noenhanced size 1800,372 font "DejaVu Sans,12" fontscale 1.5 linewidth 2 pointscale 2
    }
    if (kind eq "pdf") {
        set terminal pdfcairo noenhanced size 9.375in,1.9375in font "DejaVu Sans,12" fontscale 0.56 pointscale 0.8
    }
    set output "table6." . kind
    set tmargin at screen 0.7526881720430108
    set bmargin at screen 0.5698924731182796
    set lmargin at screen 0.23
    set rmargin at screen 0.97
    set logscale x
    set xrange [floor:900]
    set yrange [2.5:0.5]
    set border 3 lc rgb "#444444"
    set xtics out nomirror format "%.0f"
    set ytics scale 0 font "DejaVu Sans,11"
    set grid xtics lc rgb "#dddddd" lt 1
    set xlabel "guest instructions (log axis)"
    unset key
    set style fill solid 1.0 noborder
    set label 1 'Table 6: Protected control transfer (guest instructions)' at screen 0.012, screen 0.8924731182795699 left font "DejaVu Sans Bold,14"
    set label 901 'Bars: exos in qemu; circles: bochs; diamonds: MIPS instructions that the paper prints. Guest instructions, not time: medians of warm executions, net of loop' at screen 0.012, screen 0.14516129032258066 left font "DejaVu Sans,10" tc rgb "#444444"
    set label 902 'overhead, in QEMU (CPU model max,-erms,-fsrm), Bochs (CPU model corei7_icelake_u). Run 20261126-223324, commit 9cdc50ce7fd7.' at screen 0.012, screen 0.053763440860215055 left font "DejaVu Sans,10" tc rgb "#444444"

    plot "table6.dat" using (floor):1:(floor):(shown($2)):($1 - 0.36):($1 + 0.36) with boxxyerror lc rgb "#0072b2", \
        "" using (shown($3)):1 with points pt 7 ps 0.7 lc rgb "#ffffff", \
        "" using (shown($3)):1 with points pt 6 ps 0.7 lw 1.5 lc rgb "#000000", \
        "" using 4:1 with points pt 13 ps 1.1 lc rgb "#d55e00", \
        "" using (shown(valid(2) ? $2 : floor) > (valid(4) ? $4 : 0) ? shown(valid(2) ? $2 : floor) : $4):1:5 with labels left offset 1,0 font "DejaVu Sans,11", \
        "" using (floor):1:ytic(6) with points pt -2
    unset output
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
