/* session.h, on the host - what the processes of a session share is the fuzzer's; all else is ExOS's own. */
#ifndef FAKE_SESSION_H
#define FAKE_SESSION_H

#include_next <exos/session.h>

extern char fake_record[], fake_tables[], fake_frames[];
#undef EXOS_SELF
#define EXOS_SELF ((uintptr_t)fake_record)
#undef EXOS_SESSION_TABLES
#define EXOS_SESSION_TABLES ((uintptr_t)fake_tables)
#undef EXOS_SESSION_FRAMES
#define EXOS_SESSION_FRAMES ((uintptr_t)fake_frames)

#endif
