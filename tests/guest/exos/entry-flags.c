/* Whatever flags are set when a transfer, a yield or a foreign system call is made: the entry starts with clean ones, and the kernel lives. */

#include "kids.h"

uint64_t seen_flags;
extern const char notes_flags[];
asm(".text\nnotes_flags:\n\tpushfq\n\tpop %r10\n\tmov %r10, seen_flags(%rip)\n\tjmp kid_home\n");
/* A transfer with the flags rdx set. */
long with_flags(uint64_t number, uint64_t id, uint64_t flags);
asm(".text\nwith_flags:\n\tpushfq\n\tor %rdx, (%rsp)\n\tpopfq\n\tcall kid_transfer\n\tpushfq\n\tandq $~0x44500, (%rsp)\n\tpopfq\n\tret\n");

static bool
clean_after(uint64_t number, uint64_t flags)
{
    seen_flags = 0;
    with_flags(number, ME, flags);
    return (seen_flags & 0x7cfed7) == (AEGIS_HANDLER_RFLAGS & 0x7cfed7 & ~0ul);
}

int
main(void)
{
    static const uint64_t flags[] = {0x400 /* DF */, 0x4000 /* NT */, 0x40000 /* AC */, 0x3000 /* IOPL */, 0x47c00};
    check_begin("entry-flags");
    catch_all();
    uint32_t start = AEGIS_AREA_POINTER->slice_start_pc;
    AEGIS_AREA_POINTER->pct_sync_pc = AEGIS_AREA_POINTER->pct_async_pc = AEGIS_AREA_POINTER->foreign_pc = AEGIS_AREA_POINTER->slice_start_pc = (uint32_t)(uintptr_t)notes_flags;
    bool sync = true, async = true, yield = true, foreign = true;
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++) {
        sync &= clean_after(AEGIS_SYS_pct_sync, flags[i]);
        async &= clean_after(AEGIS_SYS_pct_async, flags[i]);
        yield &= clean_after(AEGIS_SYS_yield, flags[i]);
        foreign &= clean_after(100000, flags[i]) && clean_after(~0ul, flags[i]);
    }
    AEGIS_AREA_POINTER->slice_start_pc = start;
    check(sync, "a synchronous transfer");
    check(async, "an asynchronous one");
    check(yield, "a yield");
    check(foreign, "a foreign system call");
    AEGIS_AREA_POINTER->foreign_pc = 0xfffffff0;
    check(CAUSE_OF("mov $100000, %%eax\n\tsyscall", 0) == AEGIS_PAGE && last_address == 0xfffffff0, "a foreign handler that is nowhere is one's own page fault");
    AEGIS_AREA_POINTER->foreign_pc = 0;
    check(kid_transfer(100000, 0) == -E_SYSCALL, "without a handler it is an error");
    return check_end();
}
