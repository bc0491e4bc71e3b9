/* cpu.c - processor features; contract in machine/cpu.h. Bits: Intel SDM vol. 3, 2.5 and vol. 2, CPUID. */

#include <machine/cpu.h>
#include <machine/panic.h>
#include <machine/x86.h>

enum { LEAF_7_B, LEAF_7_C, LEAF_80000001_D };

static const struct {
    const char *name;
    u32 cr4; /* bit to set, 0 if the feature needs none */
    u8 word, bit;
    bool required;
} feature[] = {
    {"NX", 0, LEAF_80000001_D, 20, true},
    {"SYSCALL", 0, LEAF_80000001_D, 11, true},
    {"SMEP", CR4_SMEP, LEAF_7_B, 7, true},
    {"SMAP", CR4_SMAP, LEAF_7_B, 20, true},
    {"UMIP", CR4_UMIP, LEAF_7_C, 2, false},
    {"FSGSBASE", CR4_FSGSBASE, LEAF_7_B, 0, true},
};

void
cpu_init(void)
{
    struct cpuid leaf7 = cpuid(0, 0).a >= 7 ? cpuid(7, 0) : (struct cpuid){0, 0, 0, 0};
    u32 word[] = {[LEAF_7_B] = leaf7.b, [LEAF_7_C] = leaf7.c, [LEAF_80000001_D] = cpuid(0x80000001, 0).d};
    u64 cr4 = CR4_PAE | CR4_DE | CR4_OSFXSR | CR4_OSXMMEXCPT;
    for (size_t i = 0; i < sizeof feature / sizeof feature[0]; i++) {
        bool present = word[feature[i].word] >> feature[i].bit & 1;
        if (present)
            cr4 |= feature[i].cr4;
        else if (feature[i].required)
            panic("this processor has no %s: use QEMU -cpu max or Bochs corei7_icelake_u", feature[i].name);
    }
    write_cr4(cr4);
    write_cr0((read_cr0() | CR0_WP | CR0_AM | CR0_NE | CR0_MP) & ~(u64)CR0_EM);
    wrmsr(MSR_EFER, rdmsr(MSR_EFER) | EFER_SCE);
}
