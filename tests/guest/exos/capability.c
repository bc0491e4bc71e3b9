/* A page is bound only with a genuine capability that grants the rights asked for. */

#include "attack.h"

#define VA 0x50000000ul
#define BIND(rights, name, check) sys_page_bind(VA | (rights), name, check)

static uint32_t
first_page_of(uint16_t owner, uint32_t from)
{
    while (AEGIS_OWNERS_POINTER[from] != owner)
        from++;
    return from;
}

int
main(void)
{
    struct aegis_cap cap;
    check_begin("capability");
    check(exos_page_map((void *)VA, AEGIS_READ | AEGIS_WRITE, &cap) == 0, "a free page is given by number and bound");
    uint32_t page = cap.name;
    uint64_t weak = AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_READ, page);

    check(BIND(AEGIS_READ, cap.name, cap.check) == 0, "a genuine capability binds");
    check(BIND(AEGIS_READ, cap.name, cap.check ^ 1) == -E_CAP, "one flipped bit in the check is refused");
    check(BIND(AEGIS_READ, cap.name, cap.check ^ 1ul << 63) == -E_CAP, "the top bit counts too");
    check(BIND(AEGIS_READ, cap.name, 0) == -E_CAP, "check 0 is refused");
    check(BIND(AEGIS_READ, cap.name + 1, cap.check) == -E_CAP, "the same check for the next page is refused");
    check(BIND(AEGIS_READ, weak, cap.check) == -E_CAP, "a name with fewer rights needs its own check");
    check(BIND(AEGIS_READ, cap.name ^ 3ul << 32, cap.check) == -E_CAP, "a longer range is refused");
    check(BIND(AEGIS_READ, cap.name ^ 3ul << 56, cap.check) == -E_CAP, "another kind of resource is refused");
    check(BIND(AEGIS_READ, AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_ALL, 0xffffffff), cap.check) == -E_CAP, "a page number beyond memory is refused");
    check(BIND(AEGIS_READ, AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_ALL, AEGIS_INFO_POINTER->page_count), cap.check) == -E_CAP, "the first page beyond memory is refused");
    check(BIND(AEGIS_OWN, cap.name, cap.check) == -E_ADDRESS, "owning is no right of a binding");
    check(BIND(32, cap.name, cap.check) == -E_ADDRESS, "unknown rights bits are refused");

    uint32_t kernels = first_page_of(AEGIS_OWNER_KERNEL, 256);
    check(sys_page_alloc(kernels).status == -E_PAGE, "a kernel page is not given");
    check(sys_page_alloc(0).status == -E_PAGE, "page 0 is not given");
    check(sys_page_alloc(AEGIS_INFO_POINTER->page_count).status == -E_PAGE, "a page beyond memory is not given");
    check(sys_page_alloc(~0ul).status == -E_PAGE, "page number -1 is not given");
    check(sys_page_alloc(1ul << 32 | page).status == -E_PAGE, "the page number's upper half counts");
    check(sys_page_alloc(page).value == cap.check, "the owner can ask for the capability again");

    struct aegis_result read_only = sys_cap_attenuate(cap.name, cap.check, weak);
    check(read_only.status == 0 && BIND(AEGIS_READ, weak, read_only.value) == 0, "attenuated to reading it binds for reading");
    check(BIND(AEGIS_WRITE, weak, read_only.value) == -E_CAP, "and not for writing");
    check(sys_cap_attenuate(weak, read_only.value, cap.name).status == -E_CAP, "attenuation does not add rights");
    check(sys_page_free(weak, read_only.value) == -E_CAP, "a reader cannot free");
    check(sys_page_rights(VA | AEGIS_WRITE, 1) == -E_CAP, "a binding made with it cannot be made writable");
    struct aegis_result renewed = sys_page_renew(cap.name, cap.check);
    check(renewed.status == 0 && BIND(AEGIS_READ, weak, read_only.value) == -E_CAP, "renewed by its owner, all older ones are stale");
    check(BIND(AEGIS_READ, cap.name, cap.check) == -E_CAP, "the owner's own too");
    cap.check = renewed.value;
    check(BIND(AEGIS_READ, cap.name, cap.check) == 0, "the new one binds");

    check(sys_page_free(cap.name, cap.check ^ 1) == -E_CAP, "a forged capability does not free");
    check(sys_page_free(cap.name, cap.check) == 0, "a genuine one does");
    check(BIND(AEGIS_READ, cap.name, cap.check) == -E_CAP, "a freed page's capability is stale");
    check(sys_page_free(cap.name, cap.check) == -E_CAP, "it cannot be freed twice");
    struct aegis_result again = sys_page_alloc(page);
    check(again.status == 0 && again.value != cap.check, "allocated again it has another capability");
    check(BIND(AEGIS_READ, cap.name, cap.check) == -E_CAP, "the old one stays stale");
    return check_end();
}
