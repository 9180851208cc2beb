// One bundle, two entries: GitHub starts the same file again after the job's steps, with the state that the step saved.
const dist = import.meta.dirname;
if (process.env.STATE_courierStarted === 'true') {
  const { post } = await import('./post.ts');
  await post(process.env, { dist });
} else {
  const stop = stopOnSignals();
  const { main } = await import('./main.ts');
  await main(process.env, { dist, stop });
}
// A connection that somebody keeps open must not keep the job alive.
process.exit();

/** GitHub cancels with SIGINT, SIGTERM 7.5 s later, then SIGKILL: the first asks the session to end and keep what it has. */
function stopOnSignals(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => controller.abort());
  return controller.signal;
}
