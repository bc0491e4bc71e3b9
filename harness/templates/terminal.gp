    if (kind eq "svg") {
        set terminal svg noenhanced size 900,{{ height }} font "DejaVu Sans,12" background "white"
    }
    if (kind eq "png") {
        set terminal pngcairo noenhanced size 1800,{{ 2 * height }} font "DejaVu Sans,12" fontscale 1.5 linewidth 2 pointscale 2
    }
    if (kind eq "pdf") {
        set terminal pdfcairo noenhanced size 9.375in,{{ "%.4f" | format(height / 96) }}in font "DejaVu Sans,12" fontscale 0.56 pointscale 0.8
    }
    set output "{{ name }}." . kind
