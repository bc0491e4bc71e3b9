/* syscall.h - one C function per system call (exos/syscall.S); contracts in docs/aegis-abi.md. */
#ifndef EXOS_SYSCALL_H
#define EXOS_SYSCALL_H

#include <aegis/abi.h>

long sys_null(void);
long sys_null_stack(void);
struct aegis_result sys_page_alloc(uint64_t page);
long sys_page_free(uint64_t name, uint64_t check);
long sys_page_bind(uint64_t va_and_rights, uint64_t name, uint64_t check);
long sys_page_unbind(uint64_t va, uint64_t npages);
long sys_console_write(const void *bytes, uint64_t n);
_Noreturn void sys_env_exit(uint64_t status);
long sys_pct_sync(uint64_t env);
long sys_pct_async(uint64_t env);
long sys_yield(uint64_t env);
long sys_slice_done(void);
long sys_slice_idle(void);
struct aegis_result sys_cap_mint(uint64_t name);
struct aegis_result sys_cap_attenuate(uint64_t name, uint64_t check, uint64_t weaker);
struct aegis_result sys_page_renew(uint64_t name, uint64_t check);
long sys_page_give(uint64_t name, uint64_t check, uint64_t env);
long sys_page_rights(uint64_t va_and_rights, uint64_t npages);
struct aegis_result sys_env_create(void);
long sys_env_area(uint64_t va, uint64_t name, uint64_t check);
long sys_env_destroy(uint64_t name, uint64_t check);
struct aegis_result sys_slice_alloc(uint64_t position);
long sys_slice_free(uint64_t name, uint64_t check);
long sys_slice_give(uint64_t name, uint64_t check, uint64_t env);

long sys_repossess(uint64_t env_name, uint64_t env_check);
long sys_page_keep(uint64_t name, uint64_t check);
long sys_fpu_mod(uint64_t on);
long sys_kernel_check(void);
struct aegis_result sys_page_alloc_in(uint64_t name, uint64_t env_name, uint64_t env_check);
long sys_console_read(void);

/* Arguments behind the third go in r8 and r9; C's fourth, rcx, is the return address's. */
long sys_page_bind_in(uint64_t va_and_rights, uint64_t name, uint64_t check, uint64_t ignored, uint64_t env_name, uint64_t env_check);
long sys_revoke(uint64_t env_name, uint64_t env_check, uint64_t kind_and_count, uint64_t ignored, uint64_t ticks);

#endif
