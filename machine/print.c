/* print.c - formatted text and wire-format lines; contract in machine/print.h. */

#include <machine/print.h>
#include <machine/serial.h>
#include <machine/string.h>

struct sink {
    char *buffer;
    size_t size, used;
};

static void
put(struct sink *s, char c)
{
    if (s->used + 1 < s->size)
        s->buffer[s->used++] = c;
}

static void
put_number(struct sink *s, u64 value, unsigned base)
{
    char digits[20];
    int n = 0;
    do
        digits[n++] = "0123456789abcdef"[value % base];
    while (value /= base);
    while (n > 0)
        put(s, digits[--n]);
}

static void
put_signed(struct sink *s, long value)
{
    if (value < 0)
        put(s, '-');
    put_number(s, value < 0 ? 0 - (u64)value : (u64)value, 10);
}

static void
put_string(struct sink *s, const char *text)
{
    while (*text)
        put(s, *text++);
}

size_t
format(char *buffer, size_t size, const char *fmt, va_list args)
{
    struct sink s = {buffer, size, 0};
    for (; *fmt; fmt++) {
        if (*fmt != '%') {
            put(&s, *fmt);
            continue;
        }
        bool is_long = *++fmt == 'l';
        fmt += is_long;
        switch (*fmt) {
        case 's': put_string(&s, va_arg(args, const char *)); break;
        case 'c': put(&s, va_arg(args, int)); break;
        case 'd': put_signed(&s, is_long ? va_arg(args, long) : va_arg(args, int)); break;
        case 'u': put_number(&s, is_long ? va_arg(args, u64) : va_arg(args, u32), 10); break;
        case 'x': put_number(&s, is_long ? va_arg(args, u64) : va_arg(args, u32), 16); break;
        default: put(&s, *fmt); break;
        }
    }
    buffer[s.used] = 0;
    return s.used;
}

void
print(const char *fmt, ...)
{
    char text[512];
    va_list args;
    va_start(args, fmt);
    serial_write(text, format(text, sizeof text, fmt, args));
    va_end(args);
}

/* Fletcher-16 (RFC 1146, 8-bit form), modulo 255. */
static u16
fletcher16(const char *bytes, size_t n)
{
    u32 a = 0, b = 0;
    for (size_t i = 0; i < n; i++) {
        a = (a + (u8)bytes[i]) % 255;
        b = (b + a) % 255;
    }
    return b << 8 | a;
}

static const char prefix[] = "@exolab ";

void
report(const char *fmt, ...)
{
    char text[512];
    memcpy(text, prefix, sizeof prefix - 1);
    va_list args;
    va_start(args, fmt);
    size_t n = sizeof prefix - 1 + format(text + sizeof prefix - 1, sizeof text - sizeof prefix, fmt, args);
    va_end(args);
    u16 sum = fletcher16(text, n);
    if (serial_in_line())
        serial_write("\n", 1);
    serial_write(text, n);
    print(" #%x%x%x%x\n", sum >> 12, sum >> 8 & 15, sum >> 4 & 15, sum & 15);
}

/* Does the line that begins with these `n` bytes, the last a space, say what only a kernel knows? */
static bool
is_kernels(const char *line, size_t n)
{
    static const char *const verbs[] = {"boot", "tick", "exit", "killed", "panic", "frame", "halt"};
    const size_t verb = sizeof prefix - 1;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (n == verb + strlen(verbs[i]) + 1 && memcmp(line, prefix, verb) == 0 && memcmp(line + verb, verbs[i], n - verb - 1) == 0)
            return true;
    return false;
}

void
print_for_program(char *bytes, size_t n)
{
    static char line[sizeof prefix + 7]; /* the begin of the line that is being printed: up to the space behind the longest verb */
    static size_t length;
    if (!serial_in_line())
        length = 0; /* also if the kernel has printed since */
    for (size_t i = 0; i < n; i++) {
        bool begins = length < sizeof line;
        if (begins)
            line[length++] = bytes[i];
        if (bytes[i] == '\n')
            length = 0;
        else if (begins && bytes[i] == ' ' && is_kernels(line, length))
            bytes[i] = '!';
    }
    serial_write(bytes, n);
}
