#pragma once
/* What Glibc's overlay leaves out of Swift's sight. Without _GNU_SOURCE: the modules would differ. */
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <iconv.h>

static inline int ordinal_accept4(int fd, struct sockaddr *address, socklen_t *length, int flags)
{
    extern int accept4(int, struct sockaddr *, socklen_t *, int);
    return accept4(fd, address, length, flags);
}

/* Names the calling thread in ps and debuggers; the kernel keeps 15 bytes. */
static inline void ordinal_name_thread(const char *name)
{
    extern int prctl(int, ...);
    prctl(15 /* PR_SET_NAME */, name, 0, 0, 0);
}

/* The processors that the calling thread may use: bits in up to `size` bytes; below 0: unknown. */
static inline int ordinal_get_processors(void *bits, unsigned long size)
{
    extern int sched_getaffinity(int, unsigned long, void *);
    return sched_getaffinity(0, size, bits);
}

static inline int ordinal_set_processors(const void *bits, unsigned long size)
{
    extern int sched_setaffinity(int, unsigned long, const void *);
    return sched_setaffinity(0, size, bits);
}
