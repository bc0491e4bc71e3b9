/* file_data.c - what is in a file: blocks of the session's memory, found by two levels of numbers; contract in exos/file.h.
 *
 * A block has one owner, an index entry or the chain of free ones. Blocks are zeroed when they are taken again; a page that was never touched is zero.
 */

#include <exos/copy.h>
#include <exos/errno.h>
#include <exos/fd.h>
#include <exos/frame_table.h>

static void *
block_address(unsigned block)
{
    return (void *)(EXOS_SESSION_FILES + (uintptr_t)block * EXOS_BLOCK_SIZE);
}

/* A zeroed block; 0 if memory is full: ours or the machine's. */
static unsigned
take_block(void)
{
    unsigned block = exos_files->block_free;
    if (block) {
        exos_files->block_free = *(uint16_t *)block_address(block);
        exos_zero(block_address(block), EXOS_BLOCK_SIZE);
        return block;
    }
    block = EXOS_BLOCK_FIRST + exos_files->blocks_used;
    if (block >= EXOS_BLOCKS || !exos_frame_room() || exos_session_bind((uintptr_t)block_address(block)) < 0)
        return 0;
    exos_files->blocks_used++;
    return block;
}

static void
give_block(unsigned block)
{
    *(uint16_t *)block_address(block) = exos_files->block_free;
    exos_files->block_free = block;
}

/* The number in `slot`; where it is 0 and `make`, that of a new block. */
static unsigned
filled(uint16_t *slot, bool make)
{
    if (!*slot && make)
        *slot = take_block();
    return *slot;
}

/* The block with byte `at` of the file; 0 if there is none, with `make` only when memory is full. */
static unsigned
block_at(struct exos_file *file, uint64_t at, bool make)
{
    size_t n = at / EXOS_BLOCK_SIZE;
    unsigned index = filled(&file->index[n / EXOS_INDEX_ENTRIES], make);
    return index ? filled((uint16_t *)block_address(index) + n % EXOS_INDEX_ENTRIES, make) : 0;
}

/* Of n bytes from `at` on, those in the same block. */
static size_t
in_block(uint64_t at, size_t n)
{
    size_t rest = EXOS_BLOCK_SIZE - at % EXOS_BLOCK_SIZE;
    return n < rest ? n : rest;
}

static void
read_memory(struct exos_file *file, uint64_t at, char *bytes, size_t n)
{
    for (size_t part; n > 0; n -= part, at += part, bytes += part) {
        unsigned block = block_at(file, at, false);
        part = in_block(at, n);
        if (block)
            exos_copy(bytes, (const char *)block_address(block) + at % EXOS_BLOCK_SIZE, part);
        else
            exos_zero(bytes, part);
    }
}

long
exos_file_read(struct exos_file *file, uint64_t at, void *bytes, size_t n)
{
    if (file->kind == EXOS_FILE_FOLDER)
        return -EISDIR;
    if (at >= file->size)
        return 0;
    if (n > file->size - at)
        n = file->size - at;
    if (file->kind == EXOS_FILE_ARCHIVE)
        exos_copy(bytes, (const char *)EXOS_ARCHIVE + file->offset + at, n);
    else
        read_memory(file, at, bytes, n);
    return n;
}

long
exos_file_write(struct exos_file *file, uint64_t at, const void *bytes, size_t n)
{
    size_t done = 0;
    if (n > 0 && at >= EXOS_FILE_SIZE_MAX)
        return -EFBIG;
    if (n > EXOS_FILE_SIZE_MAX - at)
        n = EXOS_FILE_SIZE_MAX - at;
    for (size_t part; done < n; done += part) {
        unsigned block = block_at(file, at + done, true);
        if (!block)
            break;
        part = in_block(at + done, n - done);
        exos_copy((char *)block_address(block) + (at + done) % EXOS_BLOCK_SIZE, (const char *)bytes + done, part);
    }
    if (done > 0 && at + done > file->size)
        file->size = at + done;
    return done == 0 && n > 0 ? -ENOSPC : (long)done;
}

void
exos_file_truncate(struct exos_file *file)
{
    for (unsigned i = 0; i < EXOS_INDEX_BLOCKS; i++) {
        if (!file->index[i])
            continue;
        const uint16_t *entry = block_address(file->index[i]);
        for (unsigned j = 0; j < EXOS_INDEX_ENTRIES; j++)
            if (entry[j])
                give_block(entry[j]);
        give_block(file->index[i]);
        file->index[i] = 0;
    }
    file->size = 0;
}
