/* env.h - child environments: another copy of this program, in an address space of its own, entered at one of its functions. */
#ifndef EXOS_ENV_H
#define EXOS_ENV_H

#include <aegis/abi.h>
#include <stddef.h>

struct exos_env {
    uint32_t id;
    struct aegis_cap cap;             /* to control and to destroy it */
    volatile struct aegis_area *area; /* its area, bound in this environment: its contexts can be set through it */
};

/* Make an environment and bind its area at page address `area` of the caller. Pages of the program that may not be written are shared, the others are copied
 * as they are now, and the stack is fresh. Its exceptions and slices are handled as the caller's are. The caller owns all its pages; they come back with
 * the caller's own. Nothing runs until exos_env_start and a slice or a transfer. Returns 0 or the kernel's error; then nothing is left but pages. */
long exos_env_create(struct exos_env *env, void *area);

/* Bind the caller's own pages from `va` on in `env` too, at the same addresses: memory that both see. Returns 0 or the kernel's error. */
long exos_env_share(const struct exos_env *env, void *va, size_t npages, unsigned rights);

/* Let the next slice that starts in `env` call main(argument) there, on its own stack; it exits with the result. */
void exos_env_start(const struct exos_env *env, int (*main)(uint64_t argument), uint64_t argument);

/* Take position `position` of the slice vector and give it to `env`. Returns 0 or the kernel's error. */
long exos_env_give_slice(const struct exos_env *env, unsigned position);

#endif
