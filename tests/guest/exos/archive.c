/* archive.c - the boot archive is there for everybody to read, and for nobody to change; pages can be allocated to an environment by whoever holds its capability. */

#include "kids.h"

#define HERE 0x52000000ul
#define RW (AEGIS_READ | AEGIS_WRITE)

static bool
is_free(uint32_t page)
{
    return AEGIS_OWNERS_POINTER[page] == AEGIS_OWNER_FREE;
}

static void
archive(void)
{
    struct aegis_cap cap = {AEGIS_INFO_POINTER->archive.name, AEGIS_INFO_POINTER->archive.check};
    check(cap.name >> 32 & 0xffff && AEGIS_INFO_POINTER->archive_bytes > 0, "the archive has pages");
    check(sys_page_bind(HERE, cap.name, cap.check) == 0, "they can be bound to read");
    check(__builtin_memcmp((const void *)HERE, "070701", 6) == 0, "it is a cpio archive");
    check(sys_page_bind(HERE | AEGIS_WRITE, cap.name, cap.check) == -E_CAP, "not to write");
    check(sys_page_bind(HERE | AEGIS_EXECUTE, cap.name, cap.check) == -E_CAP, "not to execute");
    check(sys_page_rights(HERE | AEGIS_WRITE, 1) == -E_CAP, "the rights cannot be raised");
    check(sys_cap_attenuate(cap.name, cap.check, AEGIS_CAP_RANGE(AEGIS_CAP_PAGE, RW, cap.name, 1)).status == -E_CAP, "nor those of a part");
    check(sys_page_free(cap.name, cap.check) == -E_CAP, "it cannot be freed");
    check(sys_page_give(cap.name, cap.check, ME) == -E_CAP, "nor given away");
    check(sys_cap_mint(AEGIS_CAP_RANGE(AEGIS_CAP_PAGE, AEGIS_READ, (uint32_t)cap.name - 1, 1)).status == -E_CAP, "the pages before it stay the kernel's");
    sys_page_unbind(HERE, cap.name >> 32 & 0xffff);
}

static void
allocate(void)
{
    struct exos_env kid = kid_make(0);
    uint32_t first = free_pages(4), before = public_of(kid.id)->pages;
    uint64_t name = AEGIS_CAP_RANGE(AEGIS_CAP_PAGE, AEGIS_ALL, first, 4);
    check(sys_page_alloc_in(AEGIS_CAP_RANGE(AEGIS_CAP_PAGE, AEGIS_ALL, first, AEGIS_ALLOC_MAX + 1), kid.cap.name, kid.cap.check).status == -E_QUOTA, "too many at once are refused");
    check(sys_page_alloc_in(AEGIS_CAP_RANGE(AEGIS_CAP_PAGE, AEGIS_ALL, first, 0), kid.cap.name, kid.cap.check).status == -E_PAGE, "none is refused");
    check(sys_page_alloc_in(AEGIS_CAP_RANGE(AEGIS_CAP_PAGE, AEGIS_ALL, 0xfffffffe, 4), kid.cap.name, kid.cap.check).status == -E_PAGE, "beyond the end is refused");
    check(sys_page_alloc_in(AEGIS_CAP_RANGE(AEGIS_CAP_SLICE, AEGIS_ALL, first, 4), kid.cap.name, kid.cap.check).status == -E_CAP, "another kind is refused");
    check(sys_page_alloc_in(name, kid.cap.name, kid.cap.check ^ 1).status == -E_CAP, "a forged environment is refused");
    check(sys_page_alloc_in(AEGIS_CAP_RANGE(AEGIS_CAP_PAGE, AEGIS_ALL, first - 1, 5), kid.cap.name, kid.cap.check).status == -E_PAGE || is_free(first - 1), "a page that is not free refuses all");
    check(is_free(first) && is_free(first + 3) && public_of(kid.id)->pages == before, "nothing has changed by all that");
    struct aegis_result made = sys_page_alloc_in(name, kid.cap.name, kid.cap.check);
    check(made.status == 0 && public_of(kid.id)->pages == before + 4, "four pages for another environment");
    check(sys_page_bind(HERE | RW, name, made.value) == 0, "the capability is good for all of them");
    *(volatile uint64_t *)(HERE + 3 * 4096) = 1;
    check(*(volatile uint64_t *)HERE == 0, "they are zeroed");
    check(sys_cap_mint(name).status == -E_CAP, "they are not the caller's to mint");
    kid_destroy(&kid);
    check(is_free(first) && is_free(first + 3), "they go with their owner");
    check(!(AEGIS_BINDINGS_POINTER[HERE >> 12] & 1), "and so does the binding");
}

int
main(void)
{
    check_begin("archive");
    archive();
    allocate();
    check(sys_console_read() == -E_AGAIN, "nothing has been typed");
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
