/* board.h - what the library OSes of one boot agree on: one piece of shared memory, and how they talk through it. No code, and of ExOS only the layout of its pipe.
 *
 * By transfers: the minimal one, entered at its pct_sync_pc, adds 1 to its counter, leaves it in esi and transfers back to whoever called, all other registers as they were.
 */
#ifndef BOARD_H
#define BOARD_H

#include <stdint.h>

#define BOARD_ADDRESS 0x53040000
enum { BOARD_PAGES = 3, RING = 4096 };

/* A pipe of ExOS's (exos/pipe.h), as its readers and writers see it; libos.c checks that it is one. */
struct ring {
    uint32_t lock, head, tail, reserved, reader_open, reader, writer_open, writer, reserved2[8];
    uint8_t bytes[RING];
};

enum mode { TALK_SHM, TALK_PIPE, TALK_DIE };

struct board {
    struct ring there, back; /* words to the other one, and one more than each back */
    volatile uint64_t counter; /* odd: it is the other one's turn */
    volatile uint32_t mode;    /* what the minimal one does when it runs */
    volatile uint32_t parent;  /* to whom it yields */
    volatile uint32_t exceptions, pages, ready; /* of the minimal one: exceptions taken, pages it has got by faults; and it is set up */
    volatile uint32_t inverted_ready, inverted_faults;
};

#define BOARD ((struct board *)BOARD_ADDRESS)

#endif
