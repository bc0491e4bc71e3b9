/* cache_driver.c - the simulated caches of harness/model/memory, driven by a line each: `u NAME` (prints hit or miss) or `d MASK VALUE`. First line: ENTRIES WAYS. */
#include "../../harness/model/memory/cache.h"

#include <inttypes.h>
#include <stdio.h>

int
main(void)
{
    static struct cache cache;
    unsigned nentries, nways;
    if (scanf("%u %u", &nentries, &nways) != 2)
        return 1;
    if (!cache_init(&cache, nentries, nways)) {
        printf("refused\n");
        return 0;
    }
    char verb;
    uint64_t name, value;
    while (scanf(" %c %" SCNu64, &verb, &name) == 2) {
        if (verb == 'u')
            printf("%s\n", cache_use(&cache, name) ? "hit" : "miss");
        else if (scanf("%" SCNu64, &value) == 1)
            cache_drop_all(&cache, name, value);
    }
    return 0;
}
