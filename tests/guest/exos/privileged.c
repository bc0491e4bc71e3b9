/* Privileged instructions raise an exception in ring 3, and nothing else happens. */

#include "attack.h"

#define REFUSED(code) REFUSED_AS(code, code)
#define REFUSED_AS(name, code) check(CAUSE_OF(code, buffer) == AEGIS_PROTECTION, name)

static char buffer[64] __attribute__((aligned(16)));

int
main(void)
{
    check_begin("privileged");
    catch_all();
    REFUSED("hlt");
    REFUSED("cli");
    REFUSED("sti");
    REFUSED("in $0x60, %%al");
    REFUSED("out %%al, $0xf4");
    REFUSED_AS("out to the shutdown port", "mov $0x8900, %%dx\n\tout %%al, %%dx");
    REFUSED_AS("in from the serial port", "mov $0x3f8, %%dx\n\tin %%dx, %%al");
    REFUSED_AS("rdmsr", "mov $0x1b, %%ecx\n\trdmsr");
    REFUSED_AS("wrmsr to LSTAR", "mov $0xc0000082, %%ecx\n\txor %%eax, %%eax\n\txor %%edx, %%edx\n\twrmsr");
    REFUSED_AS("rdpmc", "xor %%ecx, %%ecx\n\trdpmc");
    REFUSED("mov %%cr0, %%rax");
    REFUSED("mov %%rax, %%cr0");
    REFUSED("mov %%cr2, %%rax");
    REFUSED("mov %%rax, %%cr3");
    REFUSED("mov %%rax, %%cr4");
    REFUSED("mov %%rax, %%cr8");
    REFUSED("mov %%rax, %%dr7");
    REFUSED("mov %%dr6, %%rax");
    REFUSED("clts");
    REFUSED("lgdt (%%rdi)");
    REFUSED("lidt (%%rdi)");
    REFUSED("lldt %%ax");
    REFUSED("ltr %%ax");
    REFUSED("lmsw %%ax");
    REFUSED("invlpg (%%rdi)");
    REFUSED("wbinvd");
    REFUSED("invd");
    REFUSED("swapgs");
    REFUSED("sysretq");
    REFUSED("sgdt (%%rdi)");
    REFUSED("sidt (%%rdi)");
    REFUSED("sldt (%%rdi)");
    REFUSED("str (%%rdi)");
    REFUSED("smsw (%%rdi)");
    REFUSED("int $0x80");
    REFUSED("int $14");
    REFUSED("int $8");
    REFUSED("int $2");
    REFUSED("int $32");
    REFUSED("int $255");
    check(CAUSE_OF("int3", 0) == AEGIS_BREAKPOINT, "int3 is the application's own");
    check(CAUSE_OF("stac", 0) == AEGIS_OPCODE, "stac is undefined in ring 3");
    check(CAUSE_OF("mov %%ax, %%cs", 0) == AEGIS_OPCODE, "mov to cs is undefined");
    check(CAUSE_OF("mov $0x10, %%eax\n\tmov %%eax, %%ss", 0) == AEGIS_PROTECTION, "a kernel stack selector is refused");
    check(CAUSE_OF("mov $0x40, %%eax\n\tmov %%eax, %%ds", 0) == AEGIS_PROTECTION, "the TSS is no data segment");
    check(CAUSE_OF("mov $0x23, %%eax\n\tmov %%eax, %%fs", 0) == AEGIS_PROTECTION, "there is no 32-bit user segment");
    return check_end();
}
