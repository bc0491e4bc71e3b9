/* errors.h - error numbers as constants, from errors.def. */
#ifndef ERRORS_H
#define ERRORS_H

enum {
#define ERROR(number, name, meaning) name = number,
#include "errors.def"
#undef ERROR
};

#endif
