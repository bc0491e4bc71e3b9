/* Processes and threads as a C library makes them: fork, pipe, waitpid, execve of itself, signals, popen-like redirection, pthreads with a mutex and a condition. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { THREADS = 4, ROUNDS = 1000 };

static volatile sig_atomic_t signals;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int turn, counter;
static _Thread_local int mine;

static void
on_signal(int number)
{
    signals += number == SIGUSR1;
}

/* A child that writes to a pipe what its parent reads line by line. */
static void
pipes(void)
{
    int fd[2], status;
    char line[100];
    int lines = 0;
    long sum = 0;
    if (pipe(fd) != 0)
        perror("pipe");
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        dup2(fd[1], 1);
        close(fd[0]), close(fd[1]);
        for (int i = 0; i < 20000; i++)
            printf("%d\n", i);
        exit(5); /* which flushes */
    }
    close(fd[1]);
    FILE *in = fdopen(fd[0], "r");
    for (; fgets(line, sizeof line, in); lines++)
        sum += atol(line);
    fclose(in);
    waitpid(child, &status, 0);
    printf("pipes: %d lines, sum %ld, status %d\n", lines, sum, WEXITSTATUS(status));
}

static void
programs(const char *self)
{
    int status;
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        setenv("GREETING", "good day", 1);
        execl(self, self, "executed", "a b", NULL);
        _exit(errno);
    }
    waitpid(child, &status, 0);
    printf("programs: status %d, %s\n", WEXITSTATUS(status), execl("/bin/none", "x", NULL) ? strerror(errno) : "?");
}

/* What a C library does for who only wants a program to run: clone with the parent's memory, and a pipe that tells of a failure. */
static void
spawning(char *self)
{
    char *const arguments[] = {self, "executed", "spawned", NULL}, *const environment[] = {"GREETING=hello", NULL};
    int status;
    pid_t child;
    fflush(stdout);
    int error = posix_spawn(&child, self, NULL, NULL, arguments, environment);
    waitpid(child, &status, 0);
    printf("spawning: %d, status %d, %s\n", error, WEXITSTATUS(status), strerror(posix_spawn(&child, "/bin/none", NULL, NULL, arguments, environment)));
}

static void
handlers(void)
{
    int status;
    struct sigaction action = {.sa_handler = on_signal};
    sigaction(SIGUSR1, &action, NULL);
    raise(SIGUSR1);
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        kill(getppid(), SIGUSR1);
        pause();
    }
    int interrupted = waitpid(child, &status, 0) < 0 && errno == EINTR;
    kill(child, SIGTERM);
    waitpid(child, &status, 0);
    printf("handlers: %d signals, %s, child ended by %s\n", (int)signals, interrupted ? "interrupted" : "not interrupted", strsignal(WTERMSIG(status)));
}

static void *
take_turns(void *number)
{
    mine = (int)(long)number;
    for (int i = 0; i < ROUNDS; i++) {
        pthread_mutex_lock(&mutex);
        while (turn != mine)
            pthread_cond_wait(&changed, &mutex);
        counter++;
        turn = (turn + 1) % THREADS;
        pthread_cond_broadcast(&changed);
        pthread_mutex_unlock(&mutex);
    }
    return (void *)(long)(mine * 10);
}

static void
threads(void)
{
    pthread_t thread[THREADS];
    long results = 0;
    void *result;
    for (long i = 0; i < THREADS; i++)
        pthread_create(&thread[i], NULL, take_turns, (void *)i);
    for (int i = 0; i < THREADS; i++) {
        pthread_join(thread[i], &result);
        results += (long)result;
    }
    printf("threads: %d turns, results %ld, own variable %d\n", counter, results, mine);
}

/* A counter and a semaphore in memory that processes share. */
static void
sharing(void)
{
    struct {
        sem_t semaphore;
        int counter;
    } *shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    sem_init(&shared->semaphore, 1, 1);
    fflush(stdout);
    for (int i = 0; i < THREADS; i++)
        if (fork() == 0) {
            for (int j = 0; j < ROUNDS; j++) {
                sem_wait(&shared->semaphore);
                shared->counter++;
                sem_post(&shared->semaphore);
            }
            _exit(0);
        }
    while (wait(NULL) > 0)
        ;
    printf("sharing: %d\n", shared->counter);
}

int
main(int argc, char **argv)
{
    if (argc > 1) {
        printf("executed: %d arguments, %s, %s\n", argc, argv[2], getenv("GREETING"));
        return 9;
    }
    pipes();
    programs("/exolab/processes");
    spawning("/exolab/processes");
    handlers();
    threads();
    sharing();
    return 4;
}
