/* repossessed-stale.c - a page taken by force is gone from every TLB at once, and whoever gets it next finds zeros: neither its last owner nor a friend of that sees the new contents. */

#include "kids.h"

#define PAGE ((volatile uint64_t *)0x52100000)

/* Maps a page, touches it, shows it to the friend; later touches it again, without having been told. */
static int
touches(uint64_t parent)
{
    struct aegis_cap cap;
    AEGIS_AREA_POINTER->repossess_pc = AEGIS_AREA_POINTER->revoke_pc = 0;
    exos_page_map((void *)PAGE, AEGIS_READ | AEGIS_WRITE, &cap);
    PAGE[1] = 0x01d;
    common[1] = cap.name;
    common[2] = cap.check;
    exos_yield(parent);
    common[3] = (uint64_t)(int64_t)CAUSE_OF("mov 8(%%rdi), %%rax", PAGE);
    common[4] = (uint64_t)(int64_t)CAUSE_OF("movq $0xbad, 8(%%rdi)", PAGE);
    exos_yield(parent);
    return 0;
}

static int
is_shown(uint64_t parent)
{
    common[5] = sys_page_bind((uintptr_t)PAGE | AEGIS_READ, common[1], common[2]) == 0 && PAGE[1] == 0x01d;
    exos_yield(parent);
    common[6] = (uint64_t)(int64_t)CAUSE_OF("mov 8(%%rdi), %%rax", PAGE);
    common[7] = sys_page_bind((uintptr_t)PAGE | AEGIS_READ, common[1], common[2]) == -E_CAP;
    exos_yield(parent);
    return 0;
}

int
main(void)
{
    check_begin("repossessed-stale");
    catch_all();
    struct exos_env owner = kid_make(0), friend = kid_make(1);
    kid_run(&owner, touches, ME);
    kid_run(&friend, is_shown, ME);
    check(common[5], "the owner and its friend have the page in their TLBs");
    uint32_t page = common[1], owned = public_of(owner.id)->pages;
    check(sys_revoke(owner.cap.name, owner.cap.check, (uint64_t)AEGIS_CAP_PAGE << 32 | owned, 0, 1) == 0 && sys_repossess(owner.cap.name, owner.cap.check) > 0, "it is taken by force");
    check(AEGIS_OWNERS_POINTER[page] == AEGIS_OWNER_FREE, "and free");
    struct aegis_result mine = sys_page_alloc(page);
    check(mine.status == 0 && sys_page_bind(0x52300000 | AEGIS_READ | AEGIS_WRITE, AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_ALL, page), mine.value) == 0, "we have it next");
    volatile uint64_t *ours = (volatile uint64_t *)0x52300000;
    check(ours[1] == 0, "and find zeros");
    ours[1] = 0x5ec2e7;
    exos_yield(owner.id);
    check((int)common[3] == AEGIS_PAGE && (int)common[4] == AEGIS_PAGE, "the last owner can neither read nor write it");
    exos_yield(friend.id);
    check((int)common[6] == AEGIS_PAGE && common[7], "nor its friend, nor can it bind it again");
    check(ours[1] == 0x5ec2e7, "our contents are as they were");
    check(kid_destroy(&owner) == 0 && kid_destroy(&friend) == 0 && sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
