/* file.h - stand-in until the files arrive. */
#ifndef FILE_H
#define FILE_H
#include <format/archive.h>
struct files;
struct files *files_create(void);
struct files *files_fork(const struct files *);
void files_exec(struct files *);
void files_exit(struct files *);
long files_find(const char *path, struct archive_file *file);
#endif
