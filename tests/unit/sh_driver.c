/* Takes a line of the shell's language apart, as the shell does for each of its pipelines, with the status that the input's first byte is. One line a pipeline:
 * words and redirections of each command, each word's bytes in hexadecimal; then what stands behind it. Or what is wrong. */

#include "driver.h"

#include "../../workloads/programs/sh/parse.h"

static void
print_word(const char *kind, const char *word)
{
    printf(" %s", kind);
    for (; *word; word++)
        printf("%02x", (unsigned char)*word);
}

static void
print_pipeline(const struct sh_pipeline *pipeline)
{
    static const char *const next[] = {"end", ";", "&&", "||"}, *const kind[] = {"<", ">", ">>"};
    for (size_t i = 0; i < pipeline->ncommands; i++) {
        const struct sh_command *command = &pipeline->command[i];
        for (char **word = command->argv; *word; word++)
            print_word("", *word);
        for (size_t j = 0; j < command->nredirections; j++)
            print_word(kind[command->redirection[j].kind], command->redirection[j].path);
        printf(i + 1 < pipeline->ncommands ? " |" : " %s\n", next[pipeline->next]);
    }
}

int
main(void)
{
    static struct sh_pipeline pipeline;
    size_t size;
    char *input = read_input(&size);
    char *line = calloc(1, size + 1); /* with a 0 at its end, and nothing behind */
    memcpy(line, input + 1, size - 1);
    const char *at = line, *error;
    do {
        error = sh_parse(&at, (unsigned char)input[0], &pipeline);
        if (error)
            printf("wrong: %s\n", error);
        else
            print_pipeline(&pipeline);
    } while (!error && pipeline.next != SH_END);
    free(line);
    free(input);
    return 0;
}
