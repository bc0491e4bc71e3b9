/* serial.c - the first 16550 UART, polled; contract in machine/serial.h. Registers: National PC16550D data sheet, section 8. */

#include <machine/serial.h>
#include <machine/x86.h>

enum { COM1 = 0x3f8 };
enum { DATA = 0, INTERRUPTS = 1, FIFO = 2, LINE_CONTROL = 3, MODEM_CONTROL = 4, LINE_STATUS = 5 };
enum { LSR_READY = 1 << 0, LSR_THRE = 1 << 5, LSR_TEMT = 1 << 6 };
enum { LCR_8N1 = 3, LCR_DLAB = 1 << 7 };

static char last = '\n';

void
serial_init(void)
{
    outb(COM1 + INTERRUPTS, 0);
    outb(COM1 + LINE_CONTROL, LCR_DLAB);
    outb(COM1 + DATA, 1); /* divisor 1: 115200 baud */
    outb(COM1 + INTERRUPTS, 0);
    outb(COM1 + LINE_CONTROL, LCR_8N1);
    outb(COM1 + FIFO, 7); /* on, both sides cleared */
    outb(COM1 + MODEM_CONTROL, 3);
}

void
serial_write(const char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        while (!(inb(COM1 + LINE_STATUS) & LSR_THRE))
            ;
        outb(COM1 + DATA, bytes[i]);
        last = bytes[i];
    }
}

bool
serial_in_line(void)
{
    return last != '\n';
}

int
serial_read(void)
{
    return inb(COM1 + LINE_STATUS) & LSR_READY ? inb(COM1 + DATA) : -1;
}

void
serial_drain(void)
{
    while (!(inb(COM1 + LINE_STATUS) & LSR_TEMT))
        ;
}
