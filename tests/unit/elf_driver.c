/* Checks an ELF file as the kernels do; prints what is wrong, or the segments. Touches every byte of each segment. */

#include "driver.h"

#include <format/elf.h>

enum { LOW = 0x1000 };
#define HIGH 0x6fef0000ul

int
main(void)
{
    size_t bytes;
    void *image = read_input(&bytes);
    const char *error = elf_check(image, bytes, LOW, HIGH);
    if (error) {
        puts(error);
        free(image);
        return 0;
    }
    printf("entry %#lx headers %#lx %u\n", elf_entry(image), elf_headers(image), elf_header_count(image));
    struct elf_segment segment;
    for (uint32_t next = 0; elf_next(image, &next, &segment);) {
        unsigned sum = 0;
        for (size_t i = 0; i < segment.file_size; i++)
            sum += ((const uint8_t *)segment.data)[i];
        if (segment.start < LOW || segment.start + segment.memory_size > HIGH || segment.start + segment.memory_size < segment.start)
            abort();
        printf("segment %#lx %lu %lu %u\n", segment.start, segment.memory_size, segment.file_size, sum);
    }
    free(image);
    return 0;
}
