/** How many milliseconds this thread computes for it: whatever else the machine does meanwhile, and time in which it stands still, takes no part. */
export function computingMsOf(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  return process.threadCpuUsage(before).user / 1000;
}
