/* parse.c - contract and grammar in parse.h. A reader of one character at a time that looks one ahead; every table has a bound, and a line that exceeds one is refused. */

#include "parse.h"

#include <stdbool.h>

enum token { END, WORD, PIPE, THEN, AND, OR, FROM, TO, APPEND, WRONG };

struct parser {
    const char *at; /* in the line */
    int status;
    struct sh_pipeline *out;
    char *word;       /* of the last token, if it is a WORD */
    const char *error; /* if it is WRONG */
};

/* ---- tokens --------------------------------------------------------------------------------------------------------------- */

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool
ends_word(char c)
{
    return c == 0 || is_blank(c) || c == '|' || c == '&' || c == ';' || c == '<' || c == '>';
}

static enum token
wrong(struct parser *p, const char *error)
{
    p->error = error;
    return WRONG;
}

static bool
add(struct parser *p, char c)
{
    if (p->out->ntext == SH_TEXT)
        return false;
    p->out->text[p->out->ntext++] = c;
    return true;
}

static bool
add_status(struct parser *p)
{
    int status = p->status & 255;
    return (status < 100 || add(p, '0' + status / 100)) && (status < 10 || add(p, '0' + status / 10 % 10)) && add(p, '0' + status % 10);
}

/* One character, or what stands for one or more, inside double quotes or outside of quotes. */
static bool
take(struct parser *p, bool quoted)
{
    char c = *p->at++, next = *p->at;
    if (c == '$' && next == '?') {
        p->at++;
        return add_status(p);
    }
    if (c == '\\' && next && (!quoted || next == '"' || next == '\\' || next == '$'))
        c = *p->at++;
    return add(p, c);
}

/* Up to the quote that ends it. */
static bool
take_quoted(struct parser *p, bool *room)
{
    char quote = *p->at++;
    while (*p->at && *p->at != quote)
        *room &= quote == '\'' ? add(p, *p->at++) : take(p, true);
    return *p->at && *p->at++;
}

static enum token
read_word(struct parser *p)
{
    bool room = true;
    p->word = p->out->text + p->out->ntext;
    while (!ends_word(*p->at))
        if (*p->at != '\'' && *p->at != '"')
            room &= take(p, false);
        else if (!take_quoted(p, &room))
            return wrong(p, "a quote is not closed");
    return add(p, 0) && room ? WORD : wrong(p, "the line is too long");
}

/* The first character and, where there are two of it, the second. */
static enum token
operator(struct parser *p, enum token one, enum token two)
{
    char c = *p->at++;
    if (*p->at != c || two == WRONG)
        return one;
    p->at++;
    return two;
}

static enum token
next_token(struct parser *p)
{
    while (is_blank(*p->at))
        p->at++;
    switch (*p->at) {
    case 0:
    case '#': return END;
    case '|': return operator(p, PIPE, OR);
    case ';': return operator(p, THEN, WRONG);
    case '<': return operator(p, FROM, WRONG);
    case '>': return operator(p, TO, APPEND);
    case '&': return operator(p, WRONG, AND) == AND ? AND : wrong(p, "& alone: everything runs in the foreground");
    default: return read_word(p);
    }
}

/* ---- the grammar ---------------------------------------------------------------------------------------------------------- */

static const char *
missing_command(enum token token)
{
    switch (token) {
    case PIPE: return "a command is missing before |";
    case THEN: return "a command is missing before ;";
    case AND: return "a command is missing before &&";
    case OR: return "a command is missing before ||";
    default: return "a command is missing at the end";
    }
}

static const char *
add_redirection(struct parser *p, struct sh_command *command, enum sh_redirect kind)
{
    enum token token = next_token(p);
    if (token != WORD)
        return token == WRONG ? p->error : "a file name is missing behind < or >";
    if (p->out->nredirections == SH_REDIRECTIONS)
        return "too many redirections";
    p->out->redirection[p->out->nredirections++] = (struct sh_redirection){kind, p->word};
    command->nredirections++;
    return NULL;
}

static bool
begins_command(enum token token)
{
    return token == WORD || token == FROM || token == TO || token == APPEND;
}

static const char *
add_word(struct parser *p)
{
    if (p->out->nwords == SH_WORDS - 1) /* one is left for the NULL behind the last */
        return "too many words";
    p->out->word[p->out->nwords++] = p->word;
    return NULL;
}

/* The command that begins with *token, which becomes the one behind it. */
static const char *
parse_command(struct parser *p, enum token *token)
{
    struct sh_pipeline *out = p->out;
    if (out->ncommands == SH_COMMANDS || out->nwords == SH_WORDS)
        return "too many commands in a pipeline";
    struct sh_command *command = &out->command[out->ncommands++];
    *command = (struct sh_command){out->word + out->nwords, out->redirection + out->nredirections, 0};
    const char *error = begins_command(*token) || *token == WRONG ? NULL : missing_command(*token);
    for (; !error && begins_command(*token); *token = next_token(p))
        error = *token == WORD ? add_word(p) : add_redirection(p, command, *token == FROM ? SH_FROM : *token == TO ? SH_TO : SH_APPEND);
    if (!error && *token == WRONG)
        error = p->error;
    if (!error)
        out->word[out->nwords++] = NULL;
    return error;
}

/* Is there nothing more in the line? */
static bool
is_end(const char *at)
{
    while (is_blank(*at))
        at++;
    return *at == 0 || *at == '#';
}

const char *
sh_parse(const char **line, int status, struct sh_pipeline *pipeline)
{
    static const enum sh_next next_of[] = {[END] = SH_END, [THEN] = SH_THEN, [AND] = SH_AND, [OR] = SH_OR};
    struct parser p = {.at = *line, .status = status, .out = pipeline};
    pipeline->ncommands = pipeline->nwords = pipeline->nredirections = pipeline->ntext = 0;
    pipeline->next = SH_END;
    if (is_end(p.at))
        return NULL;
    enum token token;
    do {
        token = next_token(&p);
        const char *error = parse_command(&p, &token);
        if (error)
            return error;
    } while (token == PIPE);
    if ((token == AND || token == OR) && is_end(p.at))
        return missing_command(END);
    pipeline->next = is_end(p.at) ? SH_END : next_of[token];
    *line = p.at;
    return NULL;
}
