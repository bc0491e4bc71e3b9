/* An ordinary C program, as anyone would write it for a UNIX: stdio, malloc, qsort, strings, time, files and folders. It prints what it finds; test_musl.py knows what that must be. */

#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static int
by_number(const void *a, const void *b)
{
    const unsigned *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static int
by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
formats(void)
{
    printf("formats: %d %5.2f %s %c %#x %-4d| %04o %lu %e\n", -42, 3.14159, "text", 'c', 255, 7, 8, 18446744073709551615ul, 12345.678);
    char text[64];
    snprintf(text, sizeof text, "%.*s and %zu", 3, "threes", sizeof text);
    printf("strings: %s, %ld, %.3f, %s\n", text, strtol("0x7f", NULL, 0), atof("2.5e3"), strerror(ENOENT));
}

static void
sorting(void)
{
    enum { N = 100000 };
    unsigned *numbers = malloc(N * sizeof *numbers), state = 1, wrong = 0;
    for (int i = 0; i < N; i++)
        numbers[i] = state = state * 1103515245u + 12345u;
    qsort(numbers, N, sizeof *numbers, by_number);
    for (int i = 1; i < N; i++)
        wrong += numbers[i - 1] > numbers[i];
    printf("sorting: %d numbers, %u out of order, median %u\n", N, wrong, numbers[N / 2]);
    free(numbers);
}

/* Blocks of all sizes, each with its own contents, freed and enlarged in another order than they came. */
static void
memory(void)
{
    enum { BLOCKS = 500 };
    static unsigned char *block[BLOCKS];
    static size_t size[BLOCKS];
    size_t total = 0, wrong = 0;
    for (int i = 0; i < BLOCKS; i++) {
        size[i] = (size_t)i * i % 40009 + 1;
        block[i] = malloc(size[i]);
        memset(block[i], i, size[i]);
        total += size[i];
    }
    for (int i = 0; i < BLOCKS; i += 3) {
        free(block[i]);
        block[i] = NULL;
    }
    for (int i = 1; i < BLOCKS; i += 3)
        block[i] = realloc(block[i], size[i] * 3);
    for (int i = 0; i < BLOCKS; i++)
        for (size_t at = 0; block[i] && at < size[i]; at++)
            wrong += block[i][at] != (unsigned char)i;
    for (int i = 0; i < BLOCKS; i++)
        free(block[i]);
    void *huge = malloc(30 << 20);
    memset(huge, 1, 30 << 20);
    free(huge);
    printf("memory: %zu bytes in %d blocks, %zu wrong; %s\n", total, BLOCKS, wrong, malloc(1ul << 46) ? "too much" : strerror(errno));
}

static void
files(void)
{
    char line[100];
    int lines = 0;
    long sum = 0;
    FILE *f = fopen("/tmp/numbers", "w+");
    for (int i = 0; i < 10000; i++)
        fprintf(f, "line %d of many\n", i);
    printf("files: %ld bytes written", ftell(f));
    rewind(f);
    for (int n; fgets(line, sizeof line, f); lines++)
        sum += sscanf(line, "line %d", &n) == 1 ? n : -1;
    printf(", %d lines read, sum %ld", lines, sum);
    fseek(f, -5, SEEK_END);
    printf(", the end is %s", fgets(line, sizeof line, f));
    fclose(f);
    f = fopen("/tmp/numbers", "a");
    fputs("appended\n", f);
    fclose(f);
    struct stat s;
    if (stat("/tmp/numbers", &s) != 0)
        perror("stat");
    printf("files: %ld bytes now, %s, %s\n", (long)s.st_size, S_ISREG(s.st_mode) ? "regular" : "strange", fopen("/tmp/none", "r") ? "there" : strerror(errno));
    remove("/tmp/numbers");
}

static void
folders(void)
{
    char *name[10], path[100];
    int n = 0;
    mkdir("/tmp/folder", 0755);
    if (chdir("/tmp/folder") != 0)
        perror("chdir");
    for (const char *each = "cab"; *each; each++)
        close(creat((char[]){*each, 0}, 0600));
    rename("b", "d");
    DIR *folder = opendir(".");
    for (struct dirent *entry; (entry = readdir(folder));)
        name[n++] = strdup(entry->d_name);
    closedir(folder);
    qsort(name, n, sizeof name[0], by_text);
    printf("folders: %s has", getcwd(path, sizeof path));
    for (int i = 0; i < n; i++)
        printf(" %s", name[i]);
    for (int i = 2; i < n; i++)
        unlink(name[i]);
    printf("; %s", rmdir("/tmp/folder/.") == 0 ? "?" : strerror(errno));
    printf("; removed: %s\n", chdir("/") == 0 && rmdir("/tmp/folder") == 0 ? "yes" : strerror(errno));
}

static void
times(void)
{
    struct timespec before, after;
    time_t epoch = 86400 * 365;
    char date[40];
    clock_gettime(CLOCK_MONOTONIC, &before);
    nanosleep(&(struct timespec){0, 2000000}, NULL);
    clock_gettime(CLOCK_MONOTONIC, &after);
    long slept = (after.tv_sec - before.tv_sec) * 1000000000 + after.tv_nsec - before.tv_nsec;
    strftime(date, sizeof date, "%Y-%m-%d", gmtime(&epoch));
    printf("times: %s, slept %s\n", date, slept >= 2000000 && slept < 500000000 ? "long enough" : "not well");
}

int
main(int argc, char **argv)
{
    printf("arguments: %d, %s\n", argc, strrchr(argv[0], '/') ? strrchr(argv[0], '/') + 1 : argv[0]);
    formats();
    sorting();
    memory();
    files();
    folders();
    times();
    printf("terminal: %s\n", isatty(1) ? "yes" : "no");
    return 3;
}
