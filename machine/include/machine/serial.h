/* serial.h - the first 16550 UART, polled. */
#ifndef MACHINE_SERIAL_H
#define MACHINE_SERIAL_H

#include <machine/types.h>

void serial_init(void);

/* Send `n` bytes as they are. Waits for room before each; bounded, since the emulated UART always drains. */
void serial_write(const char *bytes, size_t n);

/* Has something been sent behind the last line's end? */
bool serial_in_line(void);

/* The next byte received, or -1 if there is none yet. */
int serial_read(void);

/* Wait until the last byte has left the shift register (LSR.TEMT): before it, ending the emulator loses bytes. */
void serial_drain(void);

#endif
