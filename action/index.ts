// One bundle, two entries: GitHub starts the same file again after the job's steps, with the state that the step saved.
if (process.env.STATE_courierStarted === 'true') {
  const { post } = await import('./post.ts');
  await post(process.env);
} else {
  const { main } = await import('./main.ts');
  await main(process.env);
}
