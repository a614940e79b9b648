/* Faults of the command: each allocation, read, write, start of a thread and what else it asks of the system fails
 * once, over 25 commands. The command runs traced, and a call of the system is made to fail, or to do less.
 * The command, which faulty_memory.c is linked to, stands beside it. A step of 1 tries every fault, N every Nth
 * allocation; `places` the first allocation of each place that asks for memory, and those of more commands. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef __has_feature
#define __has_feature(what) 0
#endif
#if defined(__x86_64__) && defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !__has_feature(address_sanitizer) && \
    !__has_feature(thread_sanitizer) && !defined(__SANITIZE_THREAD__)
#include <sys/user.h>

enum { MOST_ARGUMENTS = 20, MOST_CALLS = 8, MOST_REASONS = 3 };

enum answer_manner {
    ANSWER_SHOWN,   /* on standard output */
    ANSWER_ALIKE,   /* there too, and written as those are: only allocations fail */
    ANSWER_FILE,    /* it takes the place of an old one */
    ANSWER_LINKED,  /* which has another name too */
    ANSWER_ROWS,    /* one that fails has its message in its row */
    ANSWER_RESUMED  /* it is gone on with, and may end anywhere */
};

struct faulty_command {
    enum answer_manner manner;
    const char *answer; /* the file */
    const char *arguments[MOST_ARGUMENTS];
};

static const struct faulty_command faulty_commands[] = {
    {ANSWER_SHOWN, "out", {"512xH800", "--hours", "198", "--samples", "2048", "--threads", "2"}},
    {ANSWER_FILE, "answer", {"run.yaml", "--catalog", "own", "--samples", "2048", "--format", "json", "-o", "answer"}},
    {ANSWER_FILE, "answer", {"check", "deepseek-r1", "--samples", "2048", "--format", "html", "-o", "answer"}},
    {ANSWER_SHOWN, "out", {"claims", "mpt-7b", "--samples", "2048", "--format", "csv"}},
    {ANSWER_FILE, "answer", {"chips", "H100", "--format", "svg", "-o", "answer"}},
    {ANSWER_LINKED, "answer", {"compare", "deepseek-r1", "openai-gpt-4", "--samples", "2048", "-o", "answer"}},
    {ANSWER_FILE,
     "answer",
     {"solve", "hours", "64xH100", "--budget", "1M", "--price", "2..3", "--samples", "2048", "-o", "link"}},
    {ANSWER_SHOWN,
     "out",
     {"sweep", "512xH800", "--vary", "hours=100,200", "--samples", "2048", "--outputs", "rental_usd", "--format", "json"}},
    {ANSWER_ROWS, "answer", {"batch", "rows.csv", "--threads", "3", "-o", "answer"}},
    {ANSWER_RESUMED, "answer", {"batch", "rows.csv", "--total", "--resume", "answer"}},
    {ANSWER_FILE,
     "answer",
     {"prices", "import", "skypilot", "list.csv", "--date", "2026-10", "--vendor", "Ours", "-o", "answer"}},
    {ANSWER_ALIKE, "out", {"help", "power"}},
    {ANSWER_ALIKE, "out", {"show", "mpt-7b"}},
    {ANSWER_ALIKE, "out", {"completion", "bash"}},
    {ANSWER_ALIKE, "out", {"chips"}},
    {ANSWER_ALIKE, "out", {"chips", "H100", "--format", "json"}},
    {ANSWER_ALIKE, "out", {"512xH800", "--hours", "198", "--samples", "2048", "--plot"}},
    {ANSWER_ALIKE, "out", {"check", "deepseek-r1", "--samples", "2048", "--format", "json"}},
    {ANSWER_ALIKE, "out", {"check", "deepseek-r1", "--samples", "2048", "--format", "svg"}},
    {ANSWER_ALIKE,
     "out",
     {"compare", "8xH100", "--params", "7B", "--tokens", "1T", "--type", "H100,A100", "--samples", "2048", "--format", "html"}},
    {ANSWER_ALIKE,
     "out",
     {"compare", "deepseek-r1", "openai-gpt-4", "--samples", "2048", "--format", "json"}},
    {ANSWER_ALIKE,
     "out",
     {"sweep", "512xH800", "--vary", "hours=100,200", "--samples", "2048", "--outputs", "rental_usd", "--format", "html"}},
    {ANSWER_ALIKE, "out", {"solve", "break-even", "64xH100", "--term", "3y", "--samples", "2048", "--format", "json"}},
    {ANSWER_ROWS, "answer", {"batch", "rows.jsonl", "--threads", "2", "-o", "answer"}},
    {ANSWER_SHOWN, "out", {"batch", "--merge", "part1", "part2"}},
};
enum { FAULTY_COMMANDS = sizeof faulty_commands / sizeof *faulty_commands };

/* Whose allocations fail by place alone: each way to write each answer, and what is refused. */
static const struct faulty_command more_commands[] = {
    {ANSWER_ALIKE, "out", {"run.yaml", "--samples", "2048"}},
    {ANSWER_ALIKE, "out", {"rich.yaml", "--samples", "2048", "--explain"}},
    {ANSWER_ALIKE, "out", {"rich.yaml", "--samples", "2048", "--format", "csv"}},
    {ANSWER_ALIKE, "out", {"rich.yaml", "--samples", "2048", "--format", "svg"}},
    {ANSWER_ALIKE, "out", {"rich.yaml", "--samples", "2048", "--format", "json", "--bins", "8", "--dollars", "2020"}},
    {ANSWER_ALIKE, "out", {"64xH100", "--flop", "1e24", "--sampler", "mc", "--samples", "2048", "--outputs", "rent"}},
    {ANSWER_ALIKE, "out", {"64xH100", "--hours", "10", "--samples", "2048", "--tolerance", "5%"}},
    {ANSWER_ALIKE, "out", {"8xH100", "--price", "~2", "--params", "7B", "--tokens", "1T", "--method", "lora", "--samples", "2048"}},
    {ANSWER_ALIKE, "out", {"--stage", "name=a,64xH100,hours=8wk", "--stage", "type=H800,chip-hours=5k", "--samples", "2048"}},
    {ANSWER_ALIKE,
     "out",
     {"64xH100", "--hours", "9..99", "--correlate", "rental-price,hardware-price=0.5", "--sensitivity", "rent", "--samples", "2048"}},
    {ANSWER_ALIKE, "out", {"check", "512xH800", "--hours", "278", "--claim", "294k", "--explain", "--samples", "2048"}},
    {ANSWER_ALIKE, "out", {"check", "openai-gpt-4", "--samples", "2048", "--format", "csv"}},
    {ANSWER_ALIKE, "out", {"check", "openai-gpt-4", "--samples", "2048", "--format", "plot"}},
    {ANSWER_ALIKE, "out", {"check", "rich.yaml", "--samples", "2048", "--dollars", "2020"}},
    {ANSWER_ALIKE, "out", {"claims", "mpt-7b", "--samples", "2048"}},
    {ANSWER_ALIKE, "out", {"claims", "--mine", "--catalog", "mine.yaml", "--samples", "2048"}},
    {ANSWER_ALIKE, "out", {"claims", "--mine", "--catalog", "mine.yaml", "--samples", "2048", "--format", "json"}},
    {ANSWER_ALIKE, "out", {"claims", "--mine", "--catalog", "mine.yaml", "--samples", "2048", "--format", "csv"}},
    {ANSWER_ALIKE, "out", {"claims", "--mine", "--catalog", "mine.yaml", "--samples", "2048", "--format", "html"}},
    {ANSWER_ALIKE, "out", {"claims", "--mine", "--catalog", "mine.yaml", "--samples", "2048", "--plot"}},
    {ANSWER_ALIKE, "out", {"chips", "H100", "--format", "html"}},
    {ANSWER_ALIKE, "out", {"chips", "H100", "--plot", "--catalog", "own"}},
    {ANSWER_ALIKE, "out", {"chips", "H100", "--term", "spot", "--date", "2025-01"}},
    {ANSWER_ALIKE, "out", {"chips", "--format", "csv"}},
    {ANSWER_ALIKE, "out", {"chips", "H100", "--format", "csv"}},
    {ANSWER_ALIKE, "out", {"chips", "--format", "svg"}},
    {ANSWER_ALIKE, "out", {"compare", "run.yaml", "rich.yaml", "--samples", "2048", "--format", "csv"}},
    {ANSWER_ALIKE, "out", {"compare", "run.yaml", "rich.yaml", "--samples", "2048", "--format", "html"}},
    {ANSWER_ALIKE, "out", {"compare", "run.yaml", "rich.yaml", "--samples", "2048", "--plot"}},
    {ANSWER_ALIKE, "out", {"compare", "--flop", "1e24", "--type", "H100,A100", "--samples", "2048"}},
    {ANSWER_ALIKE, "out", {"compare", "--flop", "1e24", "--type", "H100,A100", "--samples", "2048", "--format", "json"}},
    {ANSWER_ALIKE, "out", {"compare", "--flop", "1e24", "--type", "H100,A100", "--samples", "2048", "--format", "csv"}},
    {ANSWER_ALIKE, "out", {"compare", "--flop", "1e24", "--type", "H100,A100", "--samples", "2048", "--plot"}},
    {ANSWER_ALIKE,
     "out",
     {"solve", "chips", "--deadline", "90d", "--type", "H100", "--params", "70B", "--tokens", "1T", "--samples", "2048"}},
    {ANSWER_ALIKE, "out", {"solve", "rental-price", "deepseek-r1", "--budget", "294k", "--samples", "2048", "--format", "csv"}},
    {ANSWER_ALIKE, "out", {"solve", "hours", "64xH100", "--budget", "1M", "--samples", "2048", "--format", "json"}},
    {ANSWER_ALIKE, "out", {"solve", "break-even", "64xH100", "--use", "40%..80%", "--samples", "2048"}},
    {ANSWER_ALIKE, "out", {"solve", "break-even", "64xH100", "--samples", "2048", "--format", "csv"}},
    {ANSWER_ALIKE, "out", {"sweep", "64xH100", "--vary", "hours=1,2", "--vary", "price=1..3,2", "--samples", "2048"}},
    {ANSWER_ALIKE,
     "out",
     {"sweep", "64xH100", "--vary", "hours=1,2", "--vary", "price=1,2", "--outputs", "rent", "--samples", "2048", "--plot"}},
    {ANSWER_ALIKE, "out", {"sweep", "64xH100", "--vary", "hours=1..9", "--steps", "3", "--samples", "2048", "--format", "csv"}},
    {ANSWER_ALIKE, "out", {"sweep", "64xH100", "--vary", "hours=1..9", "--steps", "3", "--samples", "2048", "--format", "svg"}},
    {ANSWER_ROWS, "answer", {"batch", "claims.csv", "--total", "-o", "answer"}},
    {ANSWER_ROWS, "answer", {"batch", "claims.jsonl", "--catalog", "own", "-o", "answer"}},
    {ANSWER_ROWS, "answer", {"batch", "rows.csv", "--part", "1/2", "--hours", "3", "--outputs", "rent", "-o", "answer"}},
    {ANSWER_SHOWN, "out", {"batch", "--merge", "rows.jsonl", "rows.jsonl"}},
    {ANSWER_ALIKE, "out", {"prices", "import", "gpuhunt", "hunt.csv", "--date", "2026-10", "--vendor", "Ours", "--map", "map.csv"}},
    {ANSWER_ALIKE, "out", {"prices", "import", "csv", "offers.csv", "--date", "2026-10", "--vendor", "Ours"}},
    {ANSWER_ALIKE, "out", {"--help"}},
    {ANSWER_ALIKE, "out", {"help", "check"}},
    {ANSWER_ALIKE, "out", {"help", "rent"}},
    {ANSWER_ALIKE, "out", {"completion", "zsh"}},
    {ANSWER_ALIKE, "out", {"completion", "fish"}},
    {ANSWER_ALIKE, "out", {"show", "deepseek-r1"}},
    {ANSWER_ALIKE, "out", {"chips", "H1000"}},
    {ANSWER_ALIKE, "out", {"8xH100", "--houers", "3"}},
    {ANSWER_ALIKE, "out", {"8xH100", "--hours", "3kWh"}},
    {ANSWER_ALIKE, "out", {"show", "deepseek-r7"}},
    {ANSWER_ALIKE, "out", {"claims", "mine-twi", "--mine", "--catalog", "mine.yaml", "--samples", "2048"}},
    {ANSWER_ALIKE, "out", {"check", "broken.yaml"}},
    {ANSWER_ALIKE, "out", {"8xH100", "--hours", " 10 ", "--budget", "300", "--samples", "2048"}},
    {ANSWER_ALIKE,
     "out",
     {"8xH100", "--hours", "10", "--budget", "300", "--outputs", "own", "--samples", "2048", "--format", "json"}},
    {ANSWER_ALIKE, "out", {"8xH100", "--hours", "10", "--dollars", "1950"}},
    {ANSWER_ALIKE, "out", {"64xH100", "--tokens", "1T", "--params", "8x7B", "--samples", "2048"}},
    {ANSWER_ALIKE, "out", {"check", "8xH100", "--hours", "10", "--claim", " 300 EUR", "--samples", "2048"}},
    {ANSWER_ALIKE, "out", {"compare", "rich.yaml", "--type", "B200,A100", "--samples", "2048"}},
    {ANSWER_ALIKE, "out", {"compare", "64xH100", "--flop", "1e22", "--type", "all", "--samples", "2048"}},
    {ANSWER_ALIKE, "out", {"solve", "tokens", "64xH100", "--params", "7B", "--budget", "1M", "--samples", "2048"}},
    {ANSWER_ALIKE,
     "out",
     {"solve", "chips", "--deadline", "1d", "--type", "H100", "--params", "70B", "--tokens", "1T", "--samples", "2048"}},
    {ANSWER_ALIKE,
     "out",
     {"sweep", "8xH100", "--vary", "hours=1..9", "--steps", "3", "--budget", "90", "--samples", "2048", "--plot"}},
    {ANSWER_ALIKE, "out", {"sweep", "8xH100", "--hours", "2", "--vary", "date=Jan 2025,2026-01", "--samples", "2048"}},
    {ANSWER_ALIKE, "out", {"claims", "deepseek", "--samples", "2048", "--format", "html"}},
    {ANSWER_ALIKE, "out", {"help", "no-such-thing"}},
    {ANSWER_ALIKE, "out", {"help", "rental-price"}},
};
enum { MORE_COMMANDS = sizeof more_commands / sizeof *more_commands };

enum fault_manner {
    FAULT_OF_MEMORY,  /* the allocation fails */
    FAULT_INSTEAD,    /* the call is not made */
    FAULT_FROM_THERE, /* nor the later ones on that descriptor */
    FAULT_SHORT,      /* of one byte */
    FAULT_AFTER       /* it is made, and says that it failed */
};

struct fault_kind {
    const char *name;
    enum fault_manner manner;
    int code;
    long calls[MOST_CALLS]; /* 0 at the end: `read`, the call of the number 0, stands first */
    const char *reasons[MOST_REASONS]; /* one of them is in the message; none: the fault does no harm */
};

static const struct fault_kind fault_kinds[] = {
    {"allocation", FAULT_OF_MEMORY, ENOMEM, {SYS_getppid}, {"out of memory", "Cannot allocate memory"}},
    {"map", FAULT_INSTEAD, ENOMEM, {SYS_mmap, SYS_mremap}, {"out of memory", "Cannot allocate memory"}},
    {"thread", FAULT_INSTEAD, EAGAIN, {SYS_clone, SYS_clone3}, {NULL}},
    {"open", FAULT_INSTEAD, EMFILE, {SYS_open, SYS_openat}, {"oo many open files"}},
    {"read", FAULT_INSTEAD, EIO, {SYS_read, SYS_pread64}, {"nput/output error"}},
    {"read, interrupted", FAULT_INSTEAD, EINTR, {SYS_read, SYS_pread64}, {NULL}},
    {"read, short", FAULT_SHORT, 0, {SYS_read, SYS_pread64}, {NULL}},
    {"write", FAULT_INSTEAD, EIO, {SYS_write, SYS_writev}, {"nput/output error"}},
    {"write, full", FAULT_FROM_THERE, ENOSPC, {SYS_write, SYS_writev}, {"No space left on device"}},
    {"write, broken pipe", FAULT_INSTEAD, EPIPE, {SYS_write, SYS_writev}, {"Broken pipe"}},
    {"write, interrupted", FAULT_INSTEAD, EINTR, {SYS_write, SYS_writev}, {NULL}},
    {"write, short", FAULT_SHORT, 0, {SYS_write}, {NULL}},
    {"close", FAULT_AFTER, EIO, {SYS_close}, {"nput/output error"}},
    {"name", FAULT_INSTEAD, EIO, {SYS_rename, SYS_renameat, SYS_linkat, SYS_unlink}, {"nput/output error"}},
    {"look", FAULT_INSTEAD, EIO, {SYS_newfstatat, SYS_lseek, SYS_readlink, SYS_access}, {"nput/output error"}},
    {"cut", FAULT_INSTEAD, EIO, {SYS_ftruncate}, {"nput/output error"}},
};
enum { FAULT_KINDS = sizeof fault_kinds / sizeof *fault_kinds };

/* ---- what the commands work on ---- */

static char scratch_folder[] = "/tmp/traincost-faults-XXXXXX";
static char command_path[4096];

static bool write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    return file && fputs(text, file) >= 0 && fclose(file) == 0;
}

static const char old_answer[] = "the old answer\n";

static bool lay_out(void)
{
    return mkdtemp(scratch_folder) && chdir(scratch_folder) == 0 && mkdir("own", 0777) == 0 &&
           write_text("run.yaml", "name: a run\nbase: deepseek-v3\nstages:\n"
                                  "  - {name: first, type: H800, chips: 512, hours: 100..200}\n") &&
           write_text("rich.yaml", "name: a rich run\nid: rich\nbase: run.yaml\ndate: 2025-01\nregion: DE\npue: pert(1.05, 1.1, 1.4)\n"
                                   "stages:\n"
                                   "  - {name: first, type: H800, chips: 512, hours: 100..200, price: 'lognormal(2, 1.5)'}\n"
                                   "  - {name: second, type: H100, chips: 64, params: 7B, tokens: ~1T, precision: fp8}\n"
                                   "  - {type: A100, chip-hours: 5k}\n"
                                   "claim:\n  usd: 294k\n  chip-hours: 147k\n  energy: 90MWh\n  hours: 300\n"
                                   "  counts: rental\n  published: 2025-09-17\n  source: https://example.org/rich\n") &&
           write_text("mine.yaml", "- id: mine-one\n  name: Mine one\n  date: 2025-01\n  type: H100\n  chips: 64\n"
                                   "  hours: 100\n  claim:\n    usd: 13k\n    source: https://example.org/one\n"
                                   "- id: mine-two\n  type: H100\n  chips: 64\n  hours: 100\n  claim: {usd: 1k}\n"
                                   "- id: mine-none\n  type: H100\n  chips: 64\n  hours: 100\n") &&
           write_text("broken.yaml", "name: broken\nstages:\n  - {type: H880, chips: [1, 2}\n") &&
           write_text("claims.csv", "run,cluster,hours,claim,price\n,8xH100,100,1k,\ndeepseek-r1,,,294k,\n,640xA100,900..1200,,1..2\n") &&
           write_text("claims.jsonl", "{\"run\": \"deepseek-r1\", \"claim\": \"294k\"}\n"
                                      "{\"cluster\": \"8xH100\", \"flop\": 1e22, \"price\": \"1..2\"}\n") &&
           write_text("hunt.csv", "price,gpu_name,gpu_count,instance_name,location,spot,gpu_memory\n2.4,H100,1,a,x,False,94\n"
                                  "2.4,H100,1,a,x,True,94\n9,Nobody,1,b,x,False,80\n") &&
           write_text("map.csv", "name,chip\nNobody,B200\n") &&
           write_text("offers.csv", "chip,usd,term,count,region\nH100,2.5,on-demand,8,north\nA100,1.5,spot,1,\n") &&
           write_text("own/prices.csv", "chip,kind,usd,date,term,tier,source\n"
                                        "H100,rent,2,2026-05,1y,specialised,quote of 2026-05\n") &&
           write_text("rows.csv", "chips,type,hours,claim,note\n64,H100,10,294k,\"a, b\"\n8..16,H800,~20,,x\n"
                                  "5,A100,1,,\n") &&
           write_text("rows.jsonl", "{\"chips\": 64, \"type\": \"H100\", \"hours\": 10, \"note\": \"a, b\"}\n"
                                    "{\"chips\": \"8..16\", \"type\": \"H800\", \"hours\": \"~20\"}\n") &&
           write_text("part1", "note,cost\n1,2\n3,4\n") && write_text("part2", "note,cost\n5,6\n") &&
           write_text("list.csv", "AcceleratorName,InstanceType,AcceleratorCount,vCPUs,MemoryGiB,Price,Region,"
                                  "AvailabilityZone,GpuInfo,SpotPrice\nH100,big,8,128,1600,23.60,north,,,10.00\n"
                                  "B200,8B200,8,240,1450,,FIN-01,,,13.69\n") &&
           symlink("answer", "link") == 0;
}

static int remove_one(const char *path, const struct stat *about, int type, struct FTW *where)
{
    (void)about;
    (void)type;
    (void)where;
    return remove(path);
}

/* ---- a command with a fault ---- */

static const char places_file[] = "places";

struct faulty_run {
    bool notes_places; /* and nothing fails */
    const struct faulty_command *command;
    const struct fault_kind *kind; /* NULL: nothing fails */
    long number;
    bool came;      /* the fault */
    bool of_words;  /* it was one of standard error */
    int status;     /* of the exit; 128 and more: of a signal */
};

static void become_command(const struct faulty_run *run)
{
    char number[32];
    const char *arguments[MOST_ARGUMENTS + 1] = {"traincost"};
    int in = open("/dev/null", O_RDONLY), out = open("out", O_WRONLY | O_CREAT | O_TRUNC, 0666),
        err = open("err", O_WRONLY | O_CREAT | O_TRUNC, 0666);
    for (int i = 0; i < MOST_ARGUMENTS; i++)
        arguments[i + 1] = run->command->arguments[i];
    snprintf(number, sizeof number, "%ld",
             run->kind && run->kind->manner == FAULT_OF_MEMORY ? run->number : 0);
    setenv("FAULT_ALLOCATION", number, 1);
    if (run->notes_places)
        setenv("FAULT_PLACES", places_file, 1);
    dup2(in, 0);
    dup2(out, 1);
    dup2(err, 2);
    for (int fd = 3; fd <= err; fd++)
        close(fd);
    signal(SIGPIPE, SIG_IGN);
    alarm(20);
    if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0)
        execv(command_path, (char *const *)arguments);
    _exit(127);
}

struct tracing {
    struct faulty_run *run;
    bool begun, ended; /* main */
    long seen;  /* calls of the kind */
    pid_t pending; /* the thread whose call returns `code`; 0: none */
    unsigned long long fd; /* of the first call that failed */
};

static bool kind_takes(const struct fault_kind *kind, long call)
{
    for (int i = 0; i < MOST_CALLS && (i == 0 || kind->calls[i]); i++)
        if (kind->calls[i] == call)
            return true;
    return false;
}

static void at_entry(struct tracing *tracing, pid_t thread, struct user_regs_struct *registers)
{
    struct faulty_run *run = tracing->run;
    const struct fault_kind *kind = run->kind;
    bool mark = (long)registers->orig_rax == SYS_getppid;
    tracing->ended |= (long)registers->orig_rax == SYS_getsid;
    if (tracing->ended)
        return;
    if (mark && tracing->begun)
        run->came = true;
    tracing->begun |= mark;
    if (!kind || !tracing->begun || kind->manner == FAULT_OF_MEMORY || !kind_takes(kind, (long)registers->orig_rax))
        return;
    bool first = ++tracing->seen == run->number;
    bool again = run->came && kind->manner == FAULT_FROM_THERE && registers->rdi == tracing->fd;
    if (!first && !again)
        return;
    if (first) {
        run->came = true;
        run->of_words = registers->rdi == 2 && kind_takes(kind, SYS_write);
        tracing->fd = registers->rdi;
    }
    if (kind->manner == FAULT_SHORT && registers->rdx > 1)
        registers->rdx = 1;
    if (kind->manner == FAULT_INSTEAD || kind->manner == FAULT_FROM_THERE)
        registers->orig_rax = (unsigned long long)-1;
    if (kind->manner != FAULT_SHORT)
        tracing->pending = thread;
    ptrace(PTRACE_SETREGS, thread, NULL, registers);
}

static void at_call(struct tracing *tracing, pid_t thread)
{
    struct user_regs_struct registers;
    if (ptrace(PTRACE_GETREGS, thread, NULL, &registers) != 0)
        return;
    struct __ptrace_syscall_info about;
    ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof about, &about);
    if (about.op == PTRACE_SYSCALL_INFO_ENTRY) {
        at_entry(tracing, thread, &registers);
    } else if (tracing->pending == thread) {
        registers.rax = (unsigned long long)-(long long)tracing->run->kind->code;
        tracing->pending = 0;
        ptrace(PTRACE_SETREGS, thread, NULL, &registers);
    }
}

/* Where nothing is left to fail its calls need not be seen: of a command compiled for coverage most come at its end. */
static void go_on(const struct tracing *tracing, pid_t thread, long signal)
{
    const struct fault_kind *kind = tracing->run->kind;
    if (!kind || tracing->ended || (kind->manner == FAULT_OF_MEMORY && tracing->run->came))
        ptrace(PTRACE_CONT, thread, NULL, (void *)signal);
    else
        ptrace(PTRACE_SYSCALL, thread, NULL, (void *)signal);
}

/* Until the command ends. */
static void follow_command(struct faulty_run *run, pid_t child)
{
    struct tracing tracing = {.run = run};
    int state;
    waitpid(child, &state, 0);
    ptrace(PTRACE_SETOPTIONS, child, NULL,
           (void *)(PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL));
    ptrace(PTRACE_SYSCALL, child, NULL, NULL);
    for (pid_t thread; (thread = waitpid(-1, &state, __WALL)) > 0;) {
        long signal = 0;
        if (thread == child && (WIFEXITED(state) || WIFSIGNALED(state)))
            run->status = WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
        if (!WIFSTOPPED(state))
            continue;
        if (WSTOPSIG(state) == (SIGTRAP | 0x80))
            at_call(&tracing, thread);
        else if (WSTOPSIG(state) != SIGTRAP && WSTOPSIG(state) != SIGSTOP)
            signal = WSTOPSIG(state);
        go_on(&tracing, thread, signal);
    }
}

static bool put_old_answer(enum answer_manner manner)
{
    unlink("answer");
    unlink("other-name");
    if (manner == ANSWER_SHOWN || manner == ANSWER_ALIKE || manner == ANSWER_RESUMED)
        return true;
    return write_text("answer", old_answer) && (manner != ANSWER_LINKED || link("answer", "other-name") == 0);
}

static bool run_faulty(struct faulty_run *run)
{
    if (!put_old_answer(run->command->manner))
        return false;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0)
        become_command(run);
    if (child < 0)
        return false;
    follow_command(run, child);
    return true;
}

/* ---- the verdict ---- */

static char *content(const char *path)
{
    FILE *file = fopen(path, "rb");
    size_t room = 1 << 22;
    char *text = calloc(1, room);
    if (file && text)
        text[fread(text, 1, room - 1, file)] = '\0';
    if (file)
        fclose(file);
    return text;
}

static char leftover[256]; /* a name; empty: nothing is left */

static int note_leftover(const char *path, const struct stat *about, int type, struct FTW *where)
{
    (void)about;
    (void)type;
    if (where->level == 1 && path[where->base] == '.')
        snprintf(leftover, sizeof leftover, "%s", path);
    return 0;
}

/* What was written over a file with other names may be cut: then the answer is kept beside it. */
static bool is_kept_beside(const char *sound, const char *words)
{
    char *text = content(leftover);
    bool good = *leftover && text && !strcmp(text, sound) && strstr(words, "the answer is kept in ");
    free(text);
    if (good)
        unlink(leftover);
    return good;
}

/* That of a failure. */
static bool answer_is_right(const struct faulty_run *run, const char *answer, const char *sound, const char *words)
{
    switch (run->command->manner) {
    case ANSWER_SHOWN:
    case ANSWER_ALIKE:
        return true;
    case ANSWER_RESUMED:
        return strncmp(answer, sound, strlen(answer)) == 0;
    case ANSWER_LINKED:
        if (is_kept_beside(sound, words))
            return true;
        break;
    case ANSWER_FILE:
    case ANSWER_ROWS:
        break;
    }
    bool closing = strcmp(answer, sound) == 0 && strstr(words, "standard output");
    return closing || !strcmp(answer, old_answer);
}

static bool names_reason(const struct fault_kind *kind, const char *words)
{
    for (int i = 0; i < MOST_REASONS && kind->reasons[i]; i++)
        if (strstr(words, kind->reasons[i]))
            return true;
    return false;
}

static bool gives_rows(enum answer_manner manner)
{
    return manner == ANSWER_ROWS || manner == ANSWER_RESUMED;
}

/* It says how many rows it is without, and none of its figures is above that of all rows. */
static bool total_is_right(const char *total, const char *sound, int missing)
{
    char words[64];
    snprintf(words, sizeof words, "\"without %d row%s, which gave no estimate\"\n", missing, missing == 1 ? "" : "s");
    if (strncmp(total, "total,", 6) != 0 || strncmp(sound, "total,", 6) != 0)
        return false;
    for (total += 6, sound += 6; *total != '"'; total++, sound++) {
        size_t length = strcspn(total, ",\n"), expected = strcspn(sound, ",\n");
        if (total[length] != ',' || sound[expected] != ',' || (length == 0) != (expected == 0))
            return false;
        if (length > 0 && !(strtod(total, NULL) > 0 && strtod(total, NULL) <= strtod(sound, NULL)))
            return false;
        total += length;
        sound += expected;
    }
    return strncmp(total, words, strlen(words)) == 0 && *sound == '\n';
}

/* Row by row, each is as it is without the fault, or says that memory ran out; a total is without those. */
static bool rows_are_right(const char *answer, const char *sound)
{
    int missing = 0;
    while (*answer && *sound) {
        size_t length = strcspn(answer, "\n"), expected = strcspn(sound, "\n");
        bool same = length == expected && !memcmp(answer, sound, length);
        bool total = missing > 0 && total_is_right(answer, sound, missing);
        bool says_so = memmem(answer, length, "out of memory", 13) != NULL;
        missing += says_so;
        if (answer[length] != '\n' || !(same || says_so || total))
            return false;
        answer += length + 1;
        sound += expected + 1;
    }
    return !*answer && !*sound;
}

static const char *fault_of_failure(const struct faulty_run *run, const char *answer, const char *sound, const char *words)
{
    if (!*run->kind->reasons)
        return "it fails";
    if (run->status != 3)
        return "the input is said to be wrong";
    if (!answer_is_right(run, answer, sound, words))
        return "the old answer is gone";
    if (run->of_words)
        return NULL;
    if (strncmp(words, "traincost: ", 11) != 0 && !strstr(words, "\ntraincost: "))
        return "it fails without a word";
    return names_reason(run->kind, words) ? NULL : "it fails without the reason";
}

static const char *fault_of(const struct faulty_run *run, const char *answer, const char *sound, int sound_status,
                            const char *words)
{
    if (run->status >= 128)
        return run->status == 128 + SIGALRM ? "it hangs" : "it crashes";
    if (run->status > 3)
        return "it has another exit status";
    if (gives_rows(run->command->manner) && run->status == 1 && run->kind->code == ENOMEM)
        return rows_are_right(answer, sound) ? NULL : "its rows are others";
    if (run->status >= 2 && run->status != sound_status)
        return fault_of_failure(run, answer, sound, words);
    if (run->status != sound_status)
        return "it has the status of another answer";
    return strcmp(answer, sound) == 0 ? NULL : "it says that all is well, and the answer is another";
}

static const char *fault_left(const struct faulty_run *run)
{
    *leftover = '\0';
    nftw(".", note_leftover, 8, FTW_PHYS);
    if (!*leftover)
        return NULL;
    unlink(leftover);
    return kind_takes(run->kind, SYS_unlink) ? NULL : "it leaves a file";
}

static int faults_found;
enum { BY_PLACE = 0 }; /* in the place of a step */

/* Of a command where nothing fails. */
struct unharmed_answer {
    const struct faulty_command *command;
    char *text;
    int status;
};

static void judge_fault(const struct faulty_run *run, const char *sound, int sound_status)
{
    char *answer = content(run->command->answer), *words = content("err");
    nftw(".", note_leftover, 8, FTW_PHYS);
    const char *why = answer && words ? fault_of(run, answer, sound, sound_status, words) : "no memory to judge_fault";
    const char *left = fault_left(run);
    why = why ? why : left;
    if (why) {
        faults_found++;
        fprintf(stderr, "fault-command: %s, %s %ld: %s (status %d): %.300s\n", run->command->arguments[0],
                run->kind->name, run->number, why, run->status, words && *words ? words : "\n");
    }
    free(answer);
    free(words);
}

/* The number of a fault. Returns false where it did not come. */
static bool try_fault(const struct unharmed_answer *sound, const struct fault_kind *kind, long number)
{
    struct faulty_run run = {.command = sound->command, .kind = kind, .number = number};
    if (faults_found >= 400 || !run_faulty(&run) || !run.came)
        return false;
    judge_fault(&run, sound->text, sound->status);
    return true;
}

/* Of one kind, until one does not come. Returns how many were tried. */
static long try_kind(const struct unharmed_answer *sound, const struct fault_kind *kind, long step)
{
    long tried = 0;
    for (long n = 1; try_fault(sound, kind, n); n += step)
        tried++;
    return tried;
}

/* The first allocation of each place. Another order of threads may come to fewer. */
static long try_places(const struct unharmed_answer *sound, const struct fault_kind *kind)
{
    struct faulty_run notes = {.command = sound->command, .notes_places = true};
    long tried = 0;
    char *text = run_faulty(&notes) ? content(places_file) : NULL;
    for (char *number = text; number && *number; number = strchr(number, '\n') + 1)
        tried += try_fault(sound, kind, atol(number));
    if (!tried)
        faults_found++;
    free(text);
    unlink(places_file);
    return tried;
}

static long try_command(const struct faulty_command *command, long step, const char *only)
{
    struct faulty_run first = {.command = command};
    long tried = 0;
    if (!run_faulty(&first) || first.status > 2) {
        faults_found++;
        fprintf(stderr, "fault-command: %s: status %d where nothing fails\n", command->arguments[0], first.status);
        return 0;
    }
    struct unharmed_answer sound = {command, content(command->answer), first.status};
    for (int i = 0; i < FAULT_KINDS && sound.text; i++) {
        /* Allocations are many, and alike; of the rest each is tried. */
        bool memory = fault_kinds[i].manner == FAULT_OF_MEMORY, all = command->manner != ANSWER_ALIKE;
        if ((!memory && !all) || (only && !strstr(fault_kinds[i].name, only)))
            continue;
        tried += memory && step == BY_PLACE ? try_places(&sound, &fault_kinds[i])
                                            : try_kind(&sound, &fault_kinds[i], memory ? step : 1);
    }
    free(sound.text);
    return tried;
}

static bool may_trace(void)
{
    pid_t child = fork();
    int state = 1;
    if (child == 0)
        _exit(ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0);
    return child > 0 && waitpid(child, &state, 0) == child && state == 0;
}

/* Whether the command stands beside this program. */
static bool find_command(const char *program)
{
    char path[PATH_MAX];
    const char *name = strrchr(program, '/');
    int folder = name ? (int)(name - program) : 1;
    return snprintf(path, sizeof path, "%.*s/faulty-traincost", folder, name ? program : ".") < (int)sizeof path &&
           realpath(path, command_path);
}

/* [STEP|places [KIND]] */
int main(int argc, char **argv)
{
    if (!may_trace()) {
        puts("skipped: tracing is not allowed here");
        return 0;
    }
    long step = argc > 1 ? atol(argv[1]) : 100, tried = 0;
    bool by_place = argc > 1 && !strcmp(argv[1], "places");
    if (by_place)
        step = BY_PLACE;
    if ((step < 1 && !by_place) || !find_command(argv[0]) || !lay_out()) {
        fputs("fault-command: a step of 1 or more, or `places`, and faulty-traincost beside it\n", stderr);
        return 1;
    }
    int commands = FAULTY_COMMANDS + (by_place ? MORE_COMMANDS : 0);
    for (int i = 0; i < commands; i++)
        tried += try_command(i < FAULTY_COMMANDS ? &faulty_commands[i] : &more_commands[i - FAULTY_COMMANDS], step,
                             argc > 2 ? argv[2] : NULL);
    nftw(scratch_folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    printf("fault-command: %ld faults in %d commands, %d of them badly borne\n", tried, commands, faults_found);
    return faults_found != 0;
}
#else
int main(void)
{
    puts("skipped: not for this machine, C library or build");
    return 0;
}
#endif
