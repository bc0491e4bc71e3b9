/* binding-cache.c - what does it cost that the kernel's page table is only a cache of bindings (claims K-20, K-21)?
 *
 * A sweep loads one word of each of N pages. A page that is not bound is a user-level miss: lookup in a linear table, bind. The bound of the cache is
 * the boot option bindings=N; it is public. All N addresses name one physical page: what a miss costs does not depend on it.
 */

#include <aegis/info.h>
#include <exos/linear.h>
#include <exos/memory.h>
#include <exos/syscall.h>
#include <workload.h>

EXPERIMENT("binding-cache", "", "A sweep over N pages against the cache of bindings");
OPERATION("limit", "bindings that one environment may have at once, 0: no bound");

enum { MOST = 16384, SAMPLES = 3 };

#define START 0x10000000

#define EACH_SIZE(row) row(64) row(128) row(256) row(512) row(1024) row(2048) row(4096) row(8192) row(16384)

#define ROW(pages)                                                                                      \
    OPERATION("sweep-" #pages, "one load from each of " #pages " pages");                               \
    OPERATION("misses-" #pages, "of which this many were not bound");                                   \
    REGION(sweep_##pages, "mov $0x10000000, %edi\n\tmov $" #pages ", %ecx", "",                         \
           "1:\tmov (%rdi), %rax\n\tadd $4096, %rdi\n\tdec %ecx\n\tjnz 1b", "");
EACH_SIZE(ROW)
#undef ROW

static struct exos_mapping table[MOST];

static uint32_t
misses(void)
{
    return AEGIS_INFO_POINTER->env[AEGIS_AREA_POINTER->env % AEGIS_ENVS].binding_misses;
}

static void
measure_sweep(const char *sweep, const char *misses_name, const struct region *region)
{
    measure_some(sweep, region, SAMPLES);
    uint32_t before = misses();
    region->run();
    report_count(misses_name, misses() - before);
}

int
main(void)
{
    struct aegis_cap page;
    workload_begin("binding-cache");
    if (exos_page_alloc(1, &page) < 0) {
        fail("limit", "no page could be had");
        return workload_end();
    }
    for (int i = 0; i < MOST; i++)
        table[i] = (struct exos_mapping){page, AEGIS_READ};
    exos_linear_install(START, MOST, table);
    report_count("limit", AEGIS_INFO_POINTER->binding_limit);
#define ROW(pages) measure_sweep("sweep-" #pages, "misses-" #pages, &sweep_##pages);
    EACH_SIZE(ROW)
    return workload_end();
}
