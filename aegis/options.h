/* options.h - the kernel's command line, but for what is machine/options.h's. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <machine/types.h>

/* `bindings=N`: the bound of binding_init(). Its default if the line is empty; panics at anything else, saying what is allowed. */
u32 options_bindings(const char *line);

#endif
