/* abi.h - the kernel interface in one include. Reference: docs/aegis-abi.md. */
#ifndef AEGIS_ABI_H
#define AEGIS_ABI_H

#include <aegis/area.h>
#include <aegis/cap.h>
#include <aegis/info.h>
#include <aegis/layout.h>

enum aegis_syscall {
#define SYSCALL(number, name, path, arguments) AEGIS_SYS_##name = number,
#include <aegis/syscalls.def>
#undef SYSCALL
    AEGIS_SYSCALL_COUNT
};

enum aegis_error {
#define ERROR(number, name, meaning) name = number,
#include <aegis/errors.def>
#undef ERROR
};

enum aegis_exception {
#define EXCEPTION(vector, name, route) AEGIS_##name = vector,
#include <aegis/exceptions.def>
#undef EXCEPTION
};

/* Two results: rax and rdx, which is how C returns this structure. */
struct aegis_result {
    long status;
    uint64_t value;
};

#endif
