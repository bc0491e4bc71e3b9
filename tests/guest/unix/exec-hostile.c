/* execve of files that are no good: each is refused, or the program dies of it at once; its parent goes on, and what was taken for it comes back.
 *
 * Where Linux refuses as well both give the same error. Where it starts such a program and kills it, so may we.
 */

#include "calls.h"

enum { CODE_AT = 0x1000, LOAD_AT = 0x400000, ENTRY = LOAD_AT + CODE_AT, STATUS = 42, PT_LOAD = 1, PT_INTERP = 3, PF_X = 1, PF_W = 2, PF_R = 4, FILE_SIZE = 3 * PAGE };

struct program_header {
    uint32_t type, flags;
    uint64_t offset, va, pa, file_size, memory_size, align;
};

static struct {
    uint8_t ident[16];
    uint16_t type, machine;
    uint32_t version;
    uint64_t entry, program_headers, section_headers;
    uint32_t flags;
    uint16_t header_size, ph_size, ph_count, sh_size, sh_count, sh_names;
    struct program_header program[4];
} *elf;
static char file[FILE_SIZE];
static long file_size;

/* A good program of two segments that exits with STATUS. */
static void
begin(void)
{
    static const char code[] = {0xb8, 231, 0, 0, 0, 0xbf, STATUS, 0, 0, 0, 0x0f, 0x05}; /* exit_group(STATUS) */
    memset(file, 0, sizeof file);
    elf = (void *)file;
    memcpy(elf->ident, "\177ELF\2\1\1", 7);
    elf->type = 2, elf->machine = 62, elf->version = 1;
    elf->entry = ENTRY;
    elf->program_headers = 64, elf->header_size = 64, elf->ph_size = sizeof(struct program_header), elf->ph_count = 2;
    elf->program[0] = (struct program_header){PT_LOAD, PF_R | PF_X, 0, LOAD_AT, LOAD_AT, 2 * PAGE, 2 * PAGE, PAGE};
    elf->program[1] = (struct program_header){PT_LOAD, PF_R | PF_W, 2 * PAGE, LOAD_AT + 2 * PAGE, 0, 100, 3 * PAGE, PAGE};
    memcpy(file + CODE_AT, code, sizeof code);
    file_size = FILE_SIZE;
}

/* What comes of executing it: STATUS * EXITED, an error * EXITED, or a signal. */
static int
outcome(void)
{
    static const char *const argv[] = {"x", NULL}, *const no_environment[] = {NULL};
    long fd = CALL(open, "/tmp/hostile", O_WRONLY | O_CREAT | O_TRUNC, 0755);
    CALL(write, fd, file, file_size);
    CALL(close, fd);
    long pid = CALL(fork);
    if (pid == 0)
        unix_exit(-CALL(execve, "/tmp/hostile", argv, no_environment));
    return status_of(pid);
}

static bool refused(void) { return outcome() == ENOEXEC * EXITED; }

/* Refused, or dead before its first instruction. */
static bool
harmless(void)
{
    int status = outcome();
    return status == ENOEXEC * EXITED || status == EINVAL * EXITED || status == ENOMEM * EXITED || status == SIGSEGV || status == SIGKILL || status == SIGBUS;
}

#define WITH(...) (begin(), __VA_ARGS__)

static void
check_headers(void)
{
    check(WITH(file_size = 0, refused()), "an empty file");
    bool all = true;
    for (long size = 1; size < 64; size++)
        all &= WITH(file_size = size, refused());
    check(all, "a header that ends too early");
    check(WITH(elf->ident[0] = 'E', refused()) && WITH(elf->ident[3] = 0, refused()), "not ELF");
    check(WITH(elf->machine = 3, refused()) && WITH(elf->machine = 0xffff, refused()), "another machine's");
    check(WITH(elf->type = 1, refused()) && WITH(elf->type = 4, refused()), "an object, a core");
    check(WITH(elf->ph_count = 0, refused()) && WITH(elf->ph_size = 55, refused()) && WITH(elf->ph_size = 0, refused()), "no program headers, or of another size");
    check(WITH(elf->ph_count = 0xffff, harmless()) && WITH(elf->program_headers = ~0ul, harmless()) && WITH(elf->program_headers = FILE_SIZE - 10, harmless()), "program headers outside the file");
    check(WITH(elf->program_headers = ~0ul - 100, harmless()) && WITH(elf->program_headers = 1ul << 63, harmless()), "or where sums overflow");
    check(WITH(elf->program[0].type = 0, elf->program[1].type = 0, harmless()), "nothing to load");
}

static void
check_segments(void)
{
    struct program_header *p = (begin(), &elf->program[0]), *q = &elf->program[1];
    check(WITH(p->file_size = 3 * PAGE, harmless()), "larger in the file than in memory");
    check(WITH(q->offset = ~0ul, harmless()) && WITH(q->offset = 1ul << 63, harmless()) && WITH(q->offset = FILE_SIZE + 1, harmless()), "a segment outside the file");
    check(WITH(q->file_size = q->memory_size = ~0ul, harmless()) && WITH(q->file_size = q->memory_size = ~0ul - q->va, harmless()), "sizes that overflow");
    check(WITH(q->memory_size = 1ul << 47, harmless()) && WITH(q->memory_size = ~0ul - 2 * PAGE, harmless()), "more memory than there are addresses");
    check(WITH(q->va = 0xffffffff80000000ul, harmless()) && WITH(q->va = 0x0000800000000000ul, harmless()) && WITH(q->va = 0x00007ffffffff000ul, harmless()), "a segment in the kernel, between, at the end");
    check(WITH(q->va = ~0ul - PAGE + 1, harmless()) && WITH(p->va = 0, elf->entry = CODE_AT, q->va = 3 * PAGE, harmless() || outcome() == STATUS * EXITED), "at the very end, at the very beginning");
    check(WITH(q->va = 0x00007fffffff0000ul, q->memory_size = PAGE, harmless() || outcome() == STATUS * EXITED), "where the stack is");
    check(WITH(q->va = LOAD_AT + CODE_AT, harmless() || outcome() == STATUS * EXITED), "segments that overlap");
    check(WITH(q->type = PT_INTERP, q->offset = CODE_AT, harmless() || outcome() == ENOENT * EXITED), "one that wants an interpreter");
    check(WITH(file_size = 2 * PAGE - 1, harmless() || outcome() == STATUS * EXITED), "a file that ends within a segment");
}

static void
check_entry(void)
{
    check(WITH(elf->entry = LOAD_AT + 4 * PAGE, harmless()) && WITH(elf->entry = 0, harmless()) && WITH(elf->entry = 0x1000000, harmless()), "an entry where nothing is to be executed");
    check(WITH(elf->entry = 0xffffffff80100000ul, harmless()) && WITH(elf->entry = 0x0000800000000000ul, harmless()) && WITH(elf->entry = ~0ul, harmless()), "or in the kernel, or nowhere");
    check(WITH(elf->program[0].flags = PF_R, harmless()), "its segment is not to be executed");
}

/* Each byte of the headers, one after the other. */
static void
check_every_byte(void)
{
    bool all = true;
    for (size_t at = 0; at < 64 + 2 * sizeof(struct program_header); at++)
        for (int bit = 0; bit < 8; bit += 7) {
            begin();
            file[at] ^= 1 << bit;
            int status = outcome();
            all &= status == STATUS * EXITED || status == ENOEXEC * EXITED || status == EINVAL * EXITED || status == ENOMEM * EXITED || (status > 0 && status < 64);
        }
    check(all, "any single bit of the headers");
}

int
main(void)
{
    check_begin("exec-hostile");
    check(WITH(file_size = FILE_SIZE, outcome() == STATUS * EXITED), "the good one runs");
    check_headers();
    check_segments();
    check_entry();
    check_every_byte();
    check(WITH(file_size = FILE_SIZE, outcome() == STATUS * EXITED) && CALL(unlink, "/tmp/hostile") == 0, "and still does after all of that");
    return check_end();
}
