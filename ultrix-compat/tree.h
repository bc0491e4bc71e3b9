/* tree.h - stand-in until the files arrive. */
#ifndef TREE_H
#define TREE_H
#include <machine/types.h>
bool tree_plant(void);
void tree_fell(void);
#endif
