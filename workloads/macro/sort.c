/* sort.c - quicksort of a million random words (Hoare, "Quicksort", 1962), median of three, insertion sort for what is short. */

#include "program.h"

#include <port.h>
#include <random.h>

enum { WORDS = 1000000, SHORT = 12, PAGES = (WORDS * 4 + PORT_PAGE_SIZE - 1) / PORT_PAGE_SIZE };

static uint32_t *words;
static uint32_t sum_before;
static bool sorted, wrong; /* sort_run has run; a result was not right */

static const char *
unsupported(void)
{
    words = port_pages(PAGES);
    return words ? NULL : "no memory for a million words";
}

static uint32_t
sum(void)
{
    uint32_t total = 0;
    for (int i = 0; i < WORDS; i++)
        total += words[i];
    return total;
}

static bool
in_order(void)
{
    for (int i = 1; i < WORDS; i++)
        if (words[i - 1] > words[i])
            return false;
    return sum() == sum_before;
}

/* Look at what the last run made, then fill the words anew; nothing if they are as they should be already. */
void
sort_prepare(void)
{
    uint32_t state = RANDOM_SEED;
    if (sum_before && !sorted)
        return;
    wrong |= sorted && !in_order();
    for (int i = 0; i < WORDS; i++)
        words[i] = random_next(&state);
    sum_before = sum();
    sorted = false;
}

static void
insertion_sort(uint32_t *first, uint32_t *last)
{
    for (uint32_t *next = first + 1; next <= last; next++) {
        uint32_t word = *next, *hole = next;
        for (; hole > first && hole[-1] > word; hole--)
            *hole = hole[-1];
        *hole = word;
    }
}

static uint32_t
median(uint32_t a, uint32_t b, uint32_t c)
{
    if (a > b) {
        uint32_t larger = a;
        a = b;
        b = larger;
    }
    return c < a ? a : c > b ? b : c;
}

/* Recurses into the shorter part, so the stack stays below log2(WORDS) calls. */
static void
quicksort(uint32_t *first, uint32_t *last)
{
    while (last - first >= SHORT) {
        uint32_t pivot = median(*first, first[(last - first) / 2], *last), *low = first, *high = last;
        while (low <= high) {
            while (*low < pivot)
                low++;
            while (*high > pivot)
                high--;
            if (low <= high) {
                uint32_t word = *low;
                *low++ = *high;
                *high-- = word;
            }
        }
        if (high - first < last - low) {
            quicksort(first, high);
            first = low;
        } else {
            quicksort(low, last);
            last = high;
        }
    }
    insertion_sort(first, last);
}

void
sort_run(void)
{
    quicksort(words, words + WORDS - 1);
    sorted = true;
}

static bool
result_is_right(void)
{
    wrong |= sorted && !in_order();
    return !wrong;
}

const struct program sort_program = {unsupported, result_is_right};
