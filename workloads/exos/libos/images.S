// images.S - the ELF files of the other library OSes, for who starts them beside itself.

        .section .rodata
        .balign 8
        .globl  image_minimal, image_minimal_end, image_inverted, image_inverted_end
image_minimal:
        .incbin "libos/minimal.elf"
image_minimal_end:
        .balign 8
image_inverted:
        .incbin "libos/inverted.elf"
image_inverted_end:

        .section .note.GNU-stack, "", @progbits
