/* Privileged instructions and gates raise a signal in ring 3, and nothing else happens. */

#include "attack.h"

#define REFUSED(code) REFUSED_AS(code, code)
#define REFUSED_AS(name, code) check(SIGNAL_OF(code, buffer) == SIGSEGV && last_vector == 13, name)

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
    REFUSED("int $14");
    REFUSED("int $8");
    REFUSED("int $2");
    REFUSED("int $32");
    REFUSED("int $255");
    REFUSED_AS("a kernel stack selector", "mov $0x10, %%eax\n\tmov %%eax, %%ss");
    REFUSED_AS("the TSS as a data segment", "mov $0x40, %%eax\n\tmov %%eax, %%ds");
    check(SIGNAL_OF("stac", 0) == SIGILL, "stac is undefined in ring 3");
    check(SIGNAL_OF("mov %%ax, %%cs", 0) == SIGILL, "mov to cs is undefined");
    check(SIGNAL_OF("pushfq\n\torl $0x3000, (%%rsp)\n\tpopfq\n\tcli", 0) == SIGSEGV, "popf does not raise IOPL");
    return check_end();
}
