/* file.h - open files, and a process's descriptors that name them. An open file has an offset, which all descriptors that share it share: after dup, and after fork. */
#ifndef FILE_H
#define FILE_H

#include "node.h"
#include "transfer.h"

enum { OPEN_MAX = 256 };

struct pipe;
struct file;

/* What an open file is: of a regular file, a folder, a device, either end of a pipe. Each does its work for an access that is allowed, and returns bytes or an error. */
struct file_kind {
    long (*read)(struct file *file, struct transfer *transfer);
    long (*write)(struct file *file, struct transfer *transfer);
    void (*close)(struct file *file); /* the last time; or NULL */
};

struct file {
    const struct file_kind *kind;
    u32 references; /* descriptors, and calls that are under way */
    u32 flags;      /* O_*: how it is open; only O_APPEND and O_NONBLOCK can change */
    u64 offset;
    struct node *node; /* NULL: a pipe */
    struct pipe *pipe;
};

extern const struct file_kind file_of_regular, file_of_folder, file_of_device;

struct files {
    u64 open[OPEN_MAX / 64], close_on_exec[OPEN_MAX / 64]; /* bit n: of descriptor n */
    struct node *working_folder;
    u32 umask;
    struct file *file[OPEN_MAX]; /* NULL: not open */
};

/* What a boot program begins with: the console as 0, 1 and 2. NULL: out of memory. files_fork: another process's descriptors for the same open files. */
struct files *files_create(void);
struct files *files_fork(const struct files *files);

/* A new program begins: what is to be closed then is. files_exit: all of it is, and the table goes. */
void files_exec(struct files *files);
void files_exit(struct files *files);

/* An open file with one reference and no descriptor; it takes over the node's. NULL: no memory. */
struct file *file_create(const struct file_kind *kind, struct node *node, u32 flags);

/* Give up a reference; the last one closes it. */
void file_put(struct file *file);

/* What a descriptor of the current process names, or NULL. Who may have to wait for something holds a reference meanwhile. */
struct file *file_at(u32 fd);

static inline struct file *
file_get(struct file *file)
{
    file->references++;
    return file;
}

/* Give the current process's lowest free descriptor from `from` on to `file`, whose reference it takes over. Returns it; -EMFILE: there is none, the reference is still
 * the caller's. */
long file_install(struct file *file, u32 from, bool close_on_exec);

/* Can a descriptor be had? */
bool file_has_room(void);

/* Descriptor `fd` names nothing any more; its reference is the caller's. */
void file_uninstall(u32 fd);

/* Descriptor `fd` names `file` from now on; what it named before is closed. */
void file_install_at(struct file *file, u32 fd, bool close_on_exec);

/* Is an open descriptor to be closed when another program begins? */
bool file_closes_on_exec(u32 fd);
void file_close_on_exec(u32 fd, bool close);

bool file_may_read(const struct file *file);
bool file_may_write(const struct file *file);

#endif
