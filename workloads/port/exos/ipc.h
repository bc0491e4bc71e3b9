/* ipc.h - the rows of Table 8 that no UNIX has: pipe', shared memory with a directed yield, lrpc. The experiment `ipc` declares them; this measures them. */
#ifndef PORT_IPC_H
#define PORT_IPC_H

/* Measure `pipe-inlined` and `shm` (both of 2: a round trip is measured) and `lrpc`, and report each. */
void port_ipc_measure(void);

#endif
