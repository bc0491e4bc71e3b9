/* stride.c - the stride scheduler; contract in exos/stride.h. */

#include <exos/stride.h>
#include <exos/transfer.h>
#include <stddef.h>

/* The client `env`; for 0, a place for a new one. */
static struct exos_stride_client *
find(struct exos_stride *scheduler, uint32_t env)
{
    for (unsigned i = 0; i < EXOS_STRIDE_CLIENTS; i++)
        if (env ? scheduler->client[i].tickets && scheduler->client[i].env == env : !scheduler->client[i].tickets)
            return &scheduler->client[i];
    return NULL;
}

/* A newcomer's first pass is one stride from now. A change keeps what it has waited already, in terms of its new stride. */
int
exos_stride_set(struct exos_stride *scheduler, uint32_t env, uint32_t tickets)
{
    struct exos_stride_client *client = find(scheduler, env);
    if (!client && tickets == 0)
        return 0;
    if (!client) {
        if (!(client = find(scheduler, 0)))
            return -1;
        *client = (struct exos_stride_client){.env = env, .stride = EXOS_STRIDE_ONE, .pass = scheduler->pass + EXOS_STRIDE_ONE};
    }
    scheduler->tickets += tickets - client->tickets;
    client->tickets = tickets;
    if (tickets == 0)
        return 0;
    uint64_t stride = EXOS_STRIDE_ONE / tickets;
    int64_t ahead = client->pass - scheduler->pass;
    client->pass = scheduler->pass + ahead * (int64_t)stride / (int64_t)client->stride;
    client->stride = stride;
    return 0;
}

static struct exos_stride_client *
least(struct exos_stride *scheduler)
{
    struct exos_stride_client *next = NULL;
    for (struct exos_stride_client *client = scheduler->client; client < scheduler->client + EXOS_STRIDE_CLIENTS; client++)
        if (client->tickets && (!next || (int64_t)(client->pass - next->pass) < 0))
            next = client;
    return next;
}

uint32_t
exos_stride_quantum(struct exos_stride *scheduler)
{
    struct exos_stride_client *client;
    while ((client = least(scheduler))) {
        uint32_t env = client->env;
        client->pass += client->stride;
        scheduler->pass += EXOS_STRIDE_ONE / scheduler->tickets;
        if (exos_yield(env) >= 0)
            return env;
        exos_stride_set(scheduler, env, 0);
    }
    return 0;
}
