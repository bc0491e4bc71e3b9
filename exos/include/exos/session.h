/* session.h - what the processes of one ExOS session have in common: memory at the same addresses, and a lock.
 *
 * A session is a first program and all processes that come from it by fork. They share the region below, which holds the frame table (frame_table.h), the process
 * records (process.h), each process's page table (table.h), and whatever files need. Every process of a session can write all of it: they trust each other's
 * *library*, as the processes of a UNIX trust its kernel, because they could not share anything otherwise. Between sessions there is only Aegis. docs/exos.md.
 *
 * The first program owns all pages of the session, so none goes when another process dies, and all go with the session. A page of the region comes to be when it is
 * first touched, zero-filled, and is bound in each process when that touches it: its capability is in the directory.
 *
 *      address      size     what
 *      ----------   -------  ----------------------------------------------------------------
 *      1 0000 0000  1 MiB    directory: a capability for each page of the region
 *      1 0010 0000  256 KiB  process records, by slot
 *      1 0014 0000  256 KiB  texts: read-only pages of programs (text.h)
 *      1 0020 0000  2 MiB    frame table, by physical page number
 *      1 0040 0000  80 MiB   page tables, two for each slot (exec builds the new one beside the old)
 *      1 0540 0000  32 MiB   files
 *
 *      6fe0 0000    4 KiB    crossing.S, executable
 *      6fe0 1000    4 KiB    this process's own record
 *      6fe0 2000    4 KiB    the session's head: always bound, so that everything else can be found
 *      6fe0 3000    4 KiB    another environment's area, while it is being made
 *      6ff0 1000    952 KiB  frame windows: frames that are being filled (frame_table.h); each process's own
 *      6ffe f000    64 KiB   the same for a chunk
 *
 * The binding cache displaces what was bound first in a set of it (aegis/info.h), so no choice of addresses is wrong; what a fault needs at once is a few pages of a set of 64 at least.
 */
#ifndef EXOS_SESSION_H
#define EXOS_SESSION_H

#define EXOS_CROSSING         0x6fe00000
#define EXOS_SELF             0x6fe01000
#define EXOS_SESSION_HEAD     0x6fe02000
#define EXOS_AREA_WINDOW      0x6fe03000
#define EXOS_FRAME_WINDOW     0x6ff01000
#define EXOS_FRAME_WINDOWS    238
#define EXOS_CHUNK_WINDOW     (EXOS_FRAME_WINDOW + EXOS_FRAME_WINDOWS * AEGIS_PAGE_SIZE)

#define EXOS_SESSION          0x100000000
#define EXOS_SESSION_PROCESSES (EXOS_SESSION + 0x100000)
#define EXOS_SESSION_TEXTS    (EXOS_SESSION + 0x140000)
#define EXOS_SESSION_FRAMES   (EXOS_SESSION + 0x200000)
#define EXOS_SESSION_TABLES   (EXOS_SESSION + 0x400000)
#define EXOS_SESSION_FILES    (EXOS_SESSION + 0x5400000)
#define EXOS_SESSION_FILES_SIZE 0x2000000
#define EXOS_SESSION_END      (EXOS_SESSION_FILES + EXOS_SESSION_FILES_SIZE)

#ifndef __ASSEMBLER__
#include <aegis/abi.h>
#include <exos/frame.h>
#include <stdbool.h>
#include <stddef.h>

enum { EXOS_DIRECTORY_PAGES = (EXOS_SESSION_END - EXOS_SESSION) / AEGIS_PAGE_SIZE * sizeof(struct aegis_cap) / AEGIS_PAGE_SIZE };

enum exos_process_state { EXOS_PROCESS_FREE, EXOS_PROCESS_RUNS, EXOS_PROCESS_ZOMBIE };

/* What everybody asks about a process; the rest is in its record (process.h). */
struct exos_slot {
    uint32_t state; /* enum exos_process_state */
    uint32_t pid, parent;
    uint32_t env;     /* id; stays with the slot when the process has ended, for the next one: 0 if there is none */
    uint32_t adopted; /* its parent ended before it */
};

struct exos_session {
    uint32_t lock;               /* id of the environment that holds it, 0: nobody */
    uint32_t generation;         /* pids: generation * 64 + slot */
    struct aegis_cap root;       /* to control the first process's environment: frames are charged to it */
    struct aegis_cap head;       /* this page's */
    struct aegis_cap crossing;   /* of the page with crossing.S, name 0: nobody has forked yet */
    uint16_t partial, whole;     /* lists of chunks, frame_table.h: some of whose frames are free; all of them */
    uint32_t nwhole;             /* in that list */
    uint32_t next_window;        /* for the next frame */
    uint32_t next_page;          /* where to go on looking for a free physical page */
    uint32_t npages;             /* pages of the region that there are: they stay */
    uint32_t nslots, npooled;    /* slots ever used; those that are free and have an environment */
    uint32_t ntexts;             /* text.h */
    struct exos_slot slot[AEGIS_ENVS];
    struct aegis_cap directory[EXOS_DIRECTORY_PAGES]; /* of the directory's own pages */
};

#define exos_head ((struct exos_session *)EXOS_SESSION_HEAD)
#define exos_directory ((struct aegis_cap *)EXOS_SESSION)

/* Does this program belong to a session? Where it does not, nothing of this file is bound, and no call of vm.h or process.h has been made. */
extern bool exos_session_active;

/* Make this program the first process of a new session, if it belongs to none yet. Called by every function of vm.h and process.h that needs one, and by files.
 * Returns 0 or -ENOMEM. From then on page faults are vm.h's first. */
long exos_session_begin(void);

/* In a process that fork or exec made: take part in the session that it was made in. */
void exos_session_join(void);

/* Take and give back the session's lock. A holder may take it again (its own page fault may need it). Who finds it taken yields to the holder by name; a dead holder's
 * lock is taken over. Signals wait until it is given back. Hold it briefly, and keep no pointer to what it guards. */
void exos_session_lock(void);
void exos_session_unlock(void);

/* Let signals wait, as they do while the lock is held: for other locks of the library. These nest. */
void exos_session_hold(void);
void exos_session_release(void);

/* Bind the page of the region that `address` lies in. Returns 0, or -ENOMEM, or -EFAULT: no address of the region. From the page-fault handler. */
long exos_session_bind(uintptr_t address);

#endif
#endif
