/* descriptors.c - GDT, TSS and IDT; contract in machine/descriptors.h. Formats: Intel SDM vol. 3, 3.4.5, 6.14, 7.7. */

#include <machine/descriptors.h>
#include <machine/panic.h>
#include <machine/string.h>
#include <machine/x86.h>

enum { IST_STACKS = 4, IST_STACK_SIZE = 8192 };

struct tss {
    u32 reserved0;
    u64 rsp[3];
    u64 reserved1;
    u64 ist[7];
    u64 reserved2;
    u16 reserved3;
    u16 io_bitmap; /* = sizeof(struct tss): no bitmap, so every port is refused in ring 3 */
} __attribute__((packed));

struct gate {
    u16 offset_low, selector;
    u8 ist, type;
    u16 offset_middle;
    u32 offset_high, reserved;
};

struct table_pointer {
    u16 limit;
    u64 base;
} __attribute__((packed));

static struct tss tss;
static struct gate idt[256];
static char ist_stack[IST_STACKS][IST_STACK_SIZE] __attribute__((aligned(16)));

/* The four flat segments differ in privilege and kind only; base and limit are ignored in 64-bit mode. */
static u64 gdt[10] = {
    [SELECTOR_KERNEL_CODE / 8] = 0x00af9b000000ffff,
    [SELECTOR_KERNEL_DATA / 8] = 0x00cf93000000ffff,
    [SELECTOR_USER_DATA / 8] = 0x00cff3000000ffff,
    [SELECTOR_USER_CODE / 8] = 0x00affb000000ffff,
};

static const struct {
    u8 ist, dpl;
} vector_row[32] = {
#define VECTOR(number, mnemonic, title, error, ist, dpl) [number] = {ist, dpl},
#include <machine/vectors.def>
#undef VECTOR
};

static void
tss_init(void)
{
    for (int i = 0; i < IST_STACKS; i++)
        tss.ist[i] = (u64)ist_stack[i] + IST_STACK_SIZE;
    tss.io_bitmap = sizeof tss;
    u64 base = (u64)&tss;
    gdt[SELECTOR_TSS / 8] = (sizeof tss - 1) | (base & 0xffffff) << 16 | (u64)0x89 << 40 | (base >> 24 & 0xff) << 56;
    gdt[SELECTOR_TSS / 8 + 1] = base >> 32;
}

void
idt_gate(unsigned vector, void (*entry)(void), unsigned ist, unsigned dpl)
{
    u64 offset = (u64)entry;
    idt[vector] = (struct gate){
        .offset_low = offset,
        .selector = SELECTOR_KERNEL_CODE,
        .ist = ist,
        .type = 0x8e | dpl << 5, /* present, 64-bit interrupt gate */
        .offset_middle = offset >> 16,
        .offset_high = offset >> 32,
    };
}

void
tss_set_rsp0(u64 rsp)
{
    assert(rsp % 16 == 0);
    tss.rsp[0] = rsp;
}

void
descriptors_init(void)
{
    tss_init();
    for (unsigned v = 0; v < 32; v++)
        idt_gate(v, vector_entry[v], vector_row[v].ist, vector_row[v].dpl);
    struct table_pointer g = {sizeof gdt - 1, (u64)gdt}, i = {sizeof idt - 1, (u64)idt};
    asm volatile("lgdt %0" : : "m"(g));
    asm volatile("lidt %0" : : "m"(i));
    asm volatile("pushq %0\n\tlea 1f(%%rip), %%rax\n\tpush %%rax\n\tlretq\n1:" : : "i"(SELECTOR_KERNEL_CODE) : "rax", "memory");
    asm volatile("mov %0, %%ss" : : "r"(SELECTOR_KERNEL_DATA));
    asm volatile("lldt %w0" : : "r"(0));
    asm volatile("ltr %w0" : : "r"(SELECTOR_TSS));
}
