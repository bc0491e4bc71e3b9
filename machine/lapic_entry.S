// lapic_entry.S - interrupt entries of the timer's boot-time check, and the spurious vector for good. Kernels replace VECTOR_TIMER.

        .text
        .globl lapic_count_entry, lapic_spurious_entry
lapic_count_entry:
        incl    lapic_fired
lapic_spurious_entry:                   // no end-of-interrupt for it (Intel SDM vol. 3, 10.9)
        iretq
