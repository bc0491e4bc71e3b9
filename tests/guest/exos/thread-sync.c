/* Mutexes are taken in turn and exclude; conditions wake who waits, the mutex given and taken again; a bounded buffer between many threads; waiting for ever is noticed (status 250). */

#include "attack.h"

#include <exos/thread.h>

enum { WORKERS = 8, ROUNDS = 200, ITEMS = 2000, PLACES = 7, PRODUCERS = 3, CONSUMERS = 4 };

static struct exos_mutex mutex;
static struct exos_condition not_empty, not_full;
static unsigned inside, most_inside, entries;
static char order[WORKERS * 2];

static void
enters(void *name)
{
    for (int i = 0; i < ROUNDS; i++) {
        exos_mutex_lock(&mutex);
        inside++;
        most_inside = inside > most_inside ? inside : most_inside;
        if (entries < sizeof order)
            order[entries] = (char)(uint64_t)name;
        entries++;
        for (int turn = 0; turn < i % 4; turn++)
            exos_thread_yield();
        inside--;
        exos_mutex_unlock(&mutex);
        if (i % 3 == 0)
            exos_thread_yield();
    }
}

static void
exclusion(void)
{
    struct exos_thread *thread[WORKERS];
    for (uint64_t i = 0; i < WORKERS; i++)
        thread[i] = exos_thread_create(enters, (void *)(i + 1));
    for (int i = 0; i < WORKERS; i++)
        exos_thread_join(thread[i]);
    check(most_inside == 1 && entries == WORKERS * ROUNDS, "one at a time, and each as often as it asked");
    bool seen[WORKERS + 1] = {false};
    int different = 0;
    for (int i = 0; i < WORKERS * 2; i++)
        different += !seen[(int)order[i]], seen[(int)order[i]] = true;
    check(different == WORKERS, "nobody is passed over");
    check(mutex.owner == NULL && mutex.waiting.first == NULL, "and it is free");
}

static uint64_t buffer[PLACES], put_sum, got_sum;
static unsigned used, put_at, got_at, nput, ngot;

static void
produces(void *unused)
{
    (void)unused;
    for (;;) {
        exos_mutex_lock(&mutex);
        while (used == PLACES)
            exos_condition_wait(&not_full, &mutex);
        bool done = nput == ITEMS;
        if (!done) {
            uint64_t item = ++nput * 0x9e3779b97f4a7c15;
            put_sum += item;
            buffer[put_at++ % PLACES] = item;
            used++;
            exos_condition_signal(&not_empty);
        }
        exos_mutex_unlock(&mutex);
        if (done)
            return;
        if (nput % 5 == 0)
            exos_thread_yield();
    }
}

static void
consumes(void *unused)
{
    (void)unused;
    for (;;) {
        exos_mutex_lock(&mutex);
        while (used == 0 && ngot < ITEMS)
            exos_condition_wait(&not_empty, &mutex);
        bool done = used == 0;
        if (!done) {
            got_sum += buffer[got_at++ % PLACES];
            used--;
            ngot++;
            exos_condition_signal(&not_full);
        }
        if (ngot == ITEMS) { /* all of both kinds must see it */
            exos_condition_broadcast(&not_empty);
            exos_condition_broadcast(&not_full);
        }
        exos_mutex_unlock(&mutex);
        if (done)
            return;
        if (ngot % 7 == 0)
            exos_thread_yield();
    }
}

static void
bounded_buffer(void)
{
    struct exos_thread *thread[PRODUCERS + CONSUMERS];
    for (int i = 0; i < PRODUCERS + CONSUMERS; i++)
        thread[i] = exos_thread_create(i < PRODUCERS ? produces : consumes, NULL);
    for (int i = 0; i < PRODUCERS + CONSUMERS; i++)
        exos_thread_join(thread[i]);
    check(nput == ITEMS && ngot == ITEMS && put_sum == got_sum && used == 0, "2000 items through 7 places, from 3 producers to 4 consumers");
}

static void
waits_for_ever(void *unused)
{
    (void)unused;
    exos_mutex_lock(&mutex);
    exos_condition_wait(&not_full, &mutex);
}

int
main(void)
{
    check_begin("thread-sync");
    exclusion();
    bounded_buffer();
    struct exos_thread *thread = exos_thread_create(waits_for_ever, NULL);
    check_end();
    exos_thread_join(thread);
    return 1;
}
