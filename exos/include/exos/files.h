/* files.h - what processes need of the file layer: each process has descriptors, which fork copies and exit closes. */
#ifndef EXOS_FILES_H
#define EXOS_FILES_H

#include <stddef.h>
#include <stdint.h>

static inline void exos_files_fork(uint32_t parent, uint32_t child) { (void)parent; (void)child; }
static inline void exos_files_begin(uint32_t slot) { (void)slot; }
static inline void exos_files_end(uint32_t slot) { (void)slot; }

#endif
