# table12.gp: draws table12.svg, .png and .pdf from table12.dat. To redraw, in this folder: gnuplot table12.gp
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
    set output "table12." . kind
    set tmargin at screen 0.7526881720430108
    set bmargin at screen 0.5698924731182796
    set lmargin at screen 0.23
    set rmargin at screen 0.97
    set logscale x
    set xrange [floor:344]
    set yrange [2.5:0.5]
    set border 3 lc rgb "#444444"
    set xtics out nomirror format "%.0f"
    set ytics scale 0 font "DejaVu Sans,11"
    set grid xtics lc rgb "#dddddd" lt 1
    set xlabel "guest instructions (log axis)"
    unset key
    set style fill solid 1.0 noborder
    set label 1 'Table 12: Remote procedure calls between address spaces (guest instructions)' at screen 0.012, screen 0.8924731182795699 left font "DejaVu Sans Bold,14"
    set label 901 'Bars: exos in qemu; circles: bochs. Guest instructions, not time: medians of warm executions, net of loop overhead, in QEMU (CPU model max,-erms,-fsrm), Bochs' at screen 0.012, screen 0.14516129032258066 left font "DejaVu Sans,10" tc rgb "#444444"
    set label 902 '(CPU model corei7_icelake_u). Run 20261126-192553, commit 74c022f21cab.' at screen 0.012, screen 0.053763440860215055 left font "DejaVu Sans,10" tc rgb "#444444"

    plot "table12.dat" using (floor):1:(floor):(shown($2)):($1 - 0.36):($1 + 0.36) with boxxyerror lc rgb "#0072b2", \
        "" using (shown($3)):1 with points pt 7 ps 0.7 lc rgb "#ffffff", \
        "" using (shown($3)):1 with points pt 6 ps 0.7 lw 1.5 lc rgb "#000000", \
        "" using 4:1 with points pt 13 ps 1.1 lc rgb "#d55e00", \
        "" using (shown(valid(2) ? $2 : floor) > (valid(4) ? $4 : 0) ? shown(valid(2) ? $2 : floor) : $4):1:5 with labels left offset 1,0 font "DejaVu Sans,11", \
        "" using (floor):1:ytic(6) with points pt -2
    unset output
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
# boot exos-qemu-1: {"bin/cat": "2a57681622869dd6ffb0316dd73654e01ff6ec28399d51b5e3b37bb6a9dc8277", "bin/crash": "13ac3822cbdb6fe4151cf66303486e5e75a979e6cc788f6b22e1ae2c6e8450fe", "bin/echo": "f29acb662187a4c6101241ccd3ec62cf301deae91bb0efc041efecee4583f67c", "bin/false": "98ca771dc626727befc89f4aae784b381786f5c7fef8d1b9c997c696a346f584", "bin/hello": "6c7b5cf83f87445c4a7750e92bb13f5862f1d51176d852fbb5725a97abb975ee", "bin/ls": "e418b01237dc966744a17cb588afd9c29f4585a0a2ca4fe7c22b9440d02c7681", "bin/mkdir": "ed7523fcb2f40292c0780f58421eaba5cf39da68e70b9157938335474c3de234", "bin/pass": "9e58d7a6a286e00354eb73749245db9c4874f30cd551c05670021831aca05f68", "bin/rm": "44cd45f79153a55f37402905ca8ff2f07534e8e48f9c1f9bb6e8d331eb9912ac", "bin/rmdir": "88fb346b777ea83759c30688e8db15fc84619b9bcfea0aecc0b1a0419e61e652", "bin/sh": "8add6959af72eee03811b07e2f55cf48ae3c32a7baeb39d12ddec85f49ae74d2", "bin/spin": "067322b60392faae541048a2816388cd105fa9d627e1f5952b0f7a8433bd4ee2", "bin/true": "fe9376370ec7d561b053e79b6aee0b2d489f0a6b514afb66a7ba3866d5ee452e", "bin/wc": "407e041f4ad7709f7a84d07daabc3537d803f896f1127ae388ce64bf139aea9c", "null": "7a948a8e298caca3c538885548d5b13679f4e40224a8bd50b82f5a71c16cd781", "exception": "b283211ceb7badf0dfe7175633e2c2ef6441e191b93c98c49ef28d274796695a", "pct": "9f2a8faea9d0ca92aa403213a572e23c5220b447061968ab1e40ff19ae2f118d", "ipc": "6cfa91c3c062dc4e8d11d1a98d852c863b0e609fb9ff7d16af94eb67301f4aa3", "matrix": "3de9854597b2d5ebaaa02b0673dbf750858f0c8c605ccd067c7ad645c3a3d799", "stride": "89f232d0f35602bb8afb3d113bdf8106c6b9e78c7610425136ee5e2a4c4af12a", "vm": "3b5c3a2486c6447547eecf51a8b9986faf0d939816f2c546b8236fdb3f7728c6", "rpc": "c28c9b83389fd29acf1339c29ac0c918d996fa646cef2ab8c2e31d13777d3602", "binding-cache": "55443aff93dad26a0023ec73c81fb083b0e939564027807b8f9656f6585f5813", "fairness": "d40b4d50b9cf93c59b120acdce22c6f499b919a10861cf68ed85c641fe1b1b58", "libos": "55b4893db36e0699f50a039e036c34fce320cb3b1787a2695507c223ab2715f1", "macro": "de2779e500caceb6734c5a066ee25ea2bfa8aae20c4aea1f599cdd2dfe9cfe57", "primitives": "04e8c9f736a49629a191f8f172ed3bee1592737a76477458403eb734c2e2730a", "process": "c9b32f3225ce1250d48c9204ee09758b3eab2dd5bdf6023691757a5e56a46344", "revoke": "a05d87e5b284dfc82764c764e97803f7b09d27dbe38f4d876368ad22be76f324", "kernel": "9371a5e0385fba3677365576a3bde39909dfcf625df87c4deeb7e42a6ec7e757", "image": "9fdd6ce5225f0bd399606115655c45d7ad903aa4b0608bdcbca22965d7dc5143"} ["qemu-system-x86_64", "-nodefaults", "-no-user-config", "-display", "none", "-accel", "tcg", "-cpu", "max,-erms,-fsrm", "-icount", "shift=0,sleep=off", "-rtc", "base=2020-01-01,clock=vm", "-seed", "1", "-no-reboot", "-serial", "file:../../logs/exos-qemu-1.serial", "-device", "isa-debug-exit,iobase=0xf4,iosize=4", "-m", "128", "-drive", "file=disk.img,format=raw,if=ide,snapshot=on"]
