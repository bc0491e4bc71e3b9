/* space.h - the address space that every environment starts with, and its end. */
#ifndef SPACE_H
#define SPACE_H

#include "env.h"

/* Build it: page table, area, public pages. False if memory ran out; space_destroy() takes down what there is. */
bool space_create(struct env *env);

/* Break all bindings and give the tables and the area back. If it is the current one, stand on the kernel's own tables. */
void space_destroy(struct env *env);

#endif
