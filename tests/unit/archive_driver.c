/* Lists the files of a cpio archive: "NAME SIZE SUM" each, then "end" or "damaged". Touches every byte of each file. */

#include "driver.h"

#include <format/archive.h>

int
main(void)
{
    size_t bytes, offset = 0;
    void *archive = read_input(&bytes);
    struct archive_file file;
    int found;
    while ((found = archive_next(archive, bytes, &offset, &file)) > 0) {
        unsigned sum = 0;
        for (size_t i = 0; i < file.size; i++)
            sum += ((const uint8_t *)file.data)[i];
        printf("%s %zu %u\n", file.name, file.size, sum);
    }
    puts(found == 0 ? "end" : "damaged");
    free(archive);
    return 0;
}
