import { createServer } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { UnhurriedOctokit } from '../../app/github-app.ts';

it('holds no request back: what would be paced one by one arrives at the same time', async () => {
  const together = 12;
  const arrived = Promise.withResolvers<void>();
  let open = 0;
  const server = createServer((_, response) => {
    open += 1;
    if (open === together) arrived.resolve();
    // Nobody is answered before all are there.
    void arrived.promise.then(() => response.writeHead(201, { 'content-type': 'application/json' }).end('{}'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  const octokit = new UnhurriedOctokit({ auth: { token: 'x' }, baseUrl: `http://127.0.0.1:${address.port}` });
  const asked = Array.from({ length: together }, (_, at) =>
    octokit.request('POST /app/hook/deliveries/{delivery_id}/attempts', { delivery_id: at + 1 }),
  );
  expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(asked.map(() => 201));
});
