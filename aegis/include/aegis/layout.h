/* layout.h - the user half of an address space as Aegis makes it, for C and assembly.
 *
 *      address             size      application   what
 *      ----------------    --------  ------------  -------------------------------------------------------------
 *      00007ffffffff000                            AEGIS_USER_TOP: nothing is ever bound from here on
 *      00007f8000000000                            own
 *      00007f0000000000    512 GiB   r             AEGIS_BINDINGS: the page table itself, 8 bytes a page: which pages are bound,
 *                                                  with which rights, accessed, dirty (claims K-20, K-22); holes fault like any other
 *                          ...       its own       whatever the application binds
 *      0000000071000000                            end of the guaranteed segment
 *      0000000070001000    2 B/page  r             AEGIS_OWNERS: who owns each physical page (info.h)
 *      0000000070000000    4 KiB     r             AEGIS_INFO: struct aegis_info
 *      000000006ffff000    4 KiB     rw            AEGIS_AREA: struct aegis_area, the page shared with the kernel
 *                          ...       its own       whatever the application binds
 *      0000000000000000                            (a program of the boot archive: its segments, and a stack below AEGIS_STACK_TOP)
 *
 * The segment [AEGIS_AREA, AEGIS_GUARANTEED_END) and the bindings are set by the kernel at creation and cannot be changed (claims K-18, K-19).
 */
#ifndef AEGIS_LAYOUT_H
#define AEGIS_LAYOUT_H

#define AEGIS_PAGE_SIZE         4096
#define AEGIS_USER_TOP          0x00007ffffffff000

#define AEGIS_BINDINGS          0x00007f0000000000
#define AEGIS_BINDINGS_END      0x00007f8000000000

#define AEGIS_AREA              0x6ffff000
#define AEGIS_INFO              0x70000000
#define AEGIS_OWNERS            0x70001000
#define AEGIS_GUARANTEED_END    0x71000000

#define AEGIS_STACK_TOP         0x6ff00000
#define AEGIS_STACK_PAGES       16

#endif
