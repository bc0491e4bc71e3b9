/* files.h - what processes need of the file layer (fd.h): each process has descriptors, which fork copies and its end closes. Processes are named by their slots. */
#ifndef EXOS_FILES_H
#define EXOS_FILES_H

#include <stdint.h>

/* The child's descriptors are the parent's, with the same positions, and so is its working folder. */
void exos_files_fork(uint32_t parent, uint32_t child);

/* In a process that fork or exec made: its descriptors are those of `slot`. */
void exos_files_begin(uint32_t slot);

/* All are closed, and it works nowhere. */
void exos_files_end(uint32_t slot);

/* Have the session's lock, and in it the files: made, where this is the first time that any process asks for one. Returns 0, or -ENOMEM without the lock. */
long exos_files_lock(void);

#endif
