/* syscall.h - one C function per system call (exos/syscall.S); contracts in docs/aegis-abi.md. */
#ifndef EXOS_SYSCALL_H
#define EXOS_SYSCALL_H

#include <aegis/abi.h>

long sys_null(void);
long sys_null_stack(void);
struct aegis_result sys_page_alloc(uint64_t page);
long sys_page_free(uint64_t name, uint64_t check);
long sys_page_bind(uint64_t va_and_rights, uint64_t name, uint64_t check);
long sys_page_unbind(uint64_t va);
long sys_console_write(const void *bytes, uint64_t n);
_Noreturn void sys_env_exit(uint64_t status);

#endif
