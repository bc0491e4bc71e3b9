/* plugin_api.h - the part of QEMU's plugin API, version 1, that the probe uses.
 *
 * The inline counters of memory accesses are not among them, though they are faster: those of QEMU 7.2 take loads for stores and stores for both.
 * No Debian package ships qemu-plugin.h, so it is declared here after "QEMU TCG Plugins" (docs/devel/tcg-plugins.rst of QEMU 7.2) and the API listing at its end.
 */
#ifndef PLUGIN_API_H
#define PLUGIN_API_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint64_t plugin_id_t;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
enum plugin_regs { PLUGIN_NO_REGS };
enum plugin_access { PLUGIN_READ_OR_WRITE = 3 };
struct plugin_guest {
    const char *target_name;
    struct {
        int min, cur;
    } version;
    bool system_emulation;
    struct {
        int smp_vcpus, max_vcpus;
    } system;
};
typedef void plugin_translate_fn(plugin_id_t id, struct qemu_plugin_tb *block);
typedef void plugin_execute_fn(unsigned cpu, void *data);
typedef void plugin_memory_fn(unsigned cpu, uint32_t info, uint64_t va, void *data);
typedef void plugin_reset_fn(plugin_id_t id);
typedef void plugin_exit_fn(plugin_id_t id, void *data);

void qemu_plugin_register_vcpu_tb_trans_cb(plugin_id_t id, plugin_translate_fn *fn);
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn, plugin_execute_fn *fn, enum plugin_regs regs, void *data);
void qemu_plugin_register_vcpu_mem_cb(struct qemu_plugin_insn *insn, plugin_memory_fn *fn, enum plugin_regs regs, enum plugin_access access, void *data);
void qemu_plugin_reset(plugin_id_t id, plugin_reset_fn *fn);
bool qemu_plugin_mem_is_store(uint32_t info);
void qemu_plugin_register_atexit_cb(plugin_id_t id, plugin_exit_fn *fn, void *data);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *block);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *block, size_t index);
const void *qemu_plugin_insn_data(const struct qemu_plugin_insn *insn);
size_t qemu_plugin_insn_size(const struct qemu_plugin_insn *insn);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn);

#endif
