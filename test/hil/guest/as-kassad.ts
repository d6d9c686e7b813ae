/** Loaded in front of a program that is to run as an ordinary user (`node --import`). */
process.setgroups?.([1_000]);
process.setgid?.(1_000);
process.setuid?.(1_000);
