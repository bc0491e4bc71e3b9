/* parse.h - a line of the shell's language, taken apart; nothing is run here.
 *
 *      line       pipeline { ";" | "&&" | "||"  pipeline } [ ";" ], or nothing
 *      pipeline   command { "|" command }
 *      command    word or "<" word or ">" word or ">>" word, at least one of them
 *      word       characters other than blanks and | & ; < >, of which # at the beginning makes the rest of the line a comment
 *                 'text'  as it is;  "text"  as it is but for \" \\ \$ and $?;  \x  is x as it is;  $?  is the status of the last pipeline
 */
#ifndef SH_PARSE_H
#define SH_PARSE_H

#include <stddef.h>

enum { SH_LINE_MAX = 1024 /* bytes, with the 0 at the end */, SH_COMMANDS = 48, SH_WORDS = 256, SH_REDIRECTIONS = 64, SH_TEXT = 2 * SH_LINE_MAX };

enum sh_redirect { SH_FROM, SH_TO, SH_APPEND };
enum sh_next { SH_END, SH_THEN, SH_AND, SH_OR };

struct sh_redirection {
    enum sh_redirect kind;
    char *path;
};

struct sh_command {
    char **argv; /* ends in NULL, with which it begins if there is only a redirection */
    struct sh_redirection *redirection;
    size_t nredirections;
};

struct sh_pipeline {
    size_t ncommands; /* 0: the line was empty */
    enum sh_next next; /* what stands behind it */
    struct sh_command command[SH_COMMANDS];

    size_t nwords, nredirections, ntext; /* how much of the following is used */
    char *word[SH_WORDS];
    struct sh_redirection redirection[SH_REDIRECTIONS];
    char text[SH_TEXT];
};

/* Take the pipeline at *line apart, with `status` (0 to 255) for $?, and move *line to the next one. Returns NULL, or what is wrong with the line. */
const char *sh_parse(const char **line, int status, struct sh_pipeline *pipeline);

#endif
