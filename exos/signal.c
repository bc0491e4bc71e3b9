/* signal.c - placeholder */
#include <exos/process.h>
void exos_signal_deliver(void){}
