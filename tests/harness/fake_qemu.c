/* fake_qemu.c - as much of QEMU's plugin API as harness/crosscheck/probe/probe.c uses, playing an instruction stream from standard input.
 *
 *     fake_qemu OPTION... < STREAM       one executed instruction a line: ADDRESS BYTES [l|s|m...]   (hexadecimal; l: it loads, s: it stores, m: both)
 *
 * Every instruction is translated anew before it runs, as the smallest of blocks. Exit status 2: the plugin refused to install.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct qemu_plugin_insn {
    uint64_t va;
    unsigned char bytes[16];
    size_t size;
    void (*execute)(unsigned cpu, void *data);
    void *data;
    void (*memory)(unsigned cpu, uint32_t info, uint64_t va, void *data);
};
struct qemu_plugin_tb {
    struct qemu_plugin_insn only;
};
struct guest {
    const char *target_name;
    struct {
        int min, cur;
    } version;
    bool system_emulation;
    struct {
        int smp_vcpus, max_vcpus;
    } system;
};

static void (*translate)(uint64_t id, struct qemu_plugin_tb *block);
static void (*reset)(uint64_t id); /* asked for, not yet done */
static void (*quit)(uint64_t id, void *data);

int qemu_plugin_install(uint64_t id, const struct guest *guest, int argc, char **argv);

void
qemu_plugin_register_vcpu_tb_trans_cb(uint64_t id, void (*fn)(uint64_t, struct qemu_plugin_tb *))
{
    (void)id, translate = fn;
}
void
qemu_plugin_reset(uint64_t id, void (*fn)(uint64_t))
{
    (void)id, reset = fn;
}
void
qemu_plugin_register_atexit_cb(uint64_t id, void (*fn)(uint64_t, void *), void *data)
{
    (void)id, (void)data, quit = fn;
}
void
qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn, void (*fn)(unsigned, void *), int regs, void *data)
{
    (void)regs, insn->execute = fn, insn->data = data;
}
void
qemu_plugin_register_vcpu_mem_cb(struct qemu_plugin_insn *insn, void (*fn)(unsigned, uint32_t, uint64_t, void *), int regs, int access, void *data)
{
    (void)regs, (void)access, (void)data, insn->memory = fn;
}
bool
qemu_plugin_mem_is_store(uint32_t info)
{
    return info;
}
/* Physical addresses are the virtual ones. */
const void *
qemu_plugin_get_hwaddr(uint32_t info, uint64_t va)
{
    static uint64_t address;
    (void)info, address = va;
    return &address;
}
uint64_t
qemu_plugin_hwaddr_phys_addr(const void *address)
{
    return *(const uint64_t *)address;
}
void *
qemu_plugin_insn_haddr(const struct qemu_plugin_insn *insn)
{
    return (void *)insn->va;
}
size_t
qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *block)
{
    (void)block;
    return 1;
}
struct qemu_plugin_insn *
qemu_plugin_tb_get_insn(struct qemu_plugin_tb *block, size_t index)
{
    (void)index;
    return &block->only;
}
const void *
qemu_plugin_insn_data(const struct qemu_plugin_insn *insn)
{
    return insn->bytes;
}
size_t
qemu_plugin_insn_size(const struct qemu_plugin_insn *insn)
{
    return insn->size;
}
uint64_t
qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn)
{
    return insn->va;
}

/* Read one line of the stream. Returns false at its end. */
static bool
read_insn(struct qemu_plugin_insn *insn, char marks[4])
{
    char line[100], bytes[40], mark[4] = "";
    if (!fgets(line, sizeof line, stdin) || sscanf(line, "%lx %39s %3s", &insn->va, bytes, mark) < 2)
        return false;
    for (insn->size = 0; sscanf(bytes + 2 * insn->size, "%2hhx", &insn->bytes[insn->size]) == 1; insn->size++)
        ;
    memcpy(marks, mark, sizeof mark);
    return true;
}

int
main(int argc, char **argv)
{
    struct guest guest = {"x86_64", {0, 1}, true, {1, 1}};
    if (qemu_plugin_install(1, &guest, argc - 1, argv + 1))
        return 2;
    struct qemu_plugin_tb block = {0};
    char marks[4];
    while (read_insn(&block.only, marks)) {
        translate(1, &block);
        if (reset) {
            reset(1);
            reset = NULL;
            translate(1, &block); /* at the latest now: QEMU resets between two blocks */
        }
        if (block.only.execute)
            block.only.execute(0, block.only.data);
        for (const char *mark = marks; *mark && block.only.memory; mark++) {
            if (*mark == 'm' || *mark == 'l')
                block.only.memory(0, false, 0, NULL);
            if (*mark == 'm' || *mark == 's')
                block.only.memory(0, true, 0, NULL);
        }
        block = (struct qemu_plugin_tb){0};
    }
    quit(1, NULL);
    return 0;
}
