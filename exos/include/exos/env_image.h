/* env_image.h - environments that run another program than this one, whatever library OS it has inside. */
#ifndef EXOS_ENV_IMAGE_H
#define EXOS_ENV_IMAGE_H

#include <exos/env.h>
#include <stddef.h>

/* Make an environment with the segments of the static ELF file at `image`, and a stack of AEGIS_STACK_PAGES below AEGIS_STACK_TOP; its area is bound at page address `area` of
 * the caller. All its pages are its own. Its first slice, which is the caller's to give, starts at the file's entry, as area.h says: on the area's small stack. That code sets
 * up everything else; a slice that ends before it has ends the environment.
 * Returns 0; -E_ADDRESS if the file is no such ELF file; or the kernel's error. Then nothing is left. */
long exos_env_load(struct exos_env *env, void *area, const void *image, size_t size);

#endif
