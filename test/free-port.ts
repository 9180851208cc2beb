import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

// Below those that systems give out themselves (from 32768 on), and above the last one that `fetch` refuses to call at all (10080, "bad port").
const [lowest, beyond] = [11_000, 32_000];
/** Tests run in so many workers side by side, at most (vitest.config.ts): each has ports of its own. */
const workers = 17;
const given = new Set<number>();

/**
 * A port of 127.0.0.1 at which nobody listens, for servers that cannot be asked to choose one. Between this look and its use no connection and no
 * other server comes to have it by chance, and none is given out twice.
 */
export async function freePort(): Promise<number> {
  const share = Math.floor((beyond - lowest) / workers);
  const first = lowest + share * (Number(process.env.VITEST_POOL_ID ?? 0) % workers);
  for (;;) {
    const port = randomInt(first, first + share);
    if (given.has(port)) continue;
    const server = createServer();
    const isFree = await once(server.listen(port, '127.0.0.1'), 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    await new Promise((resolve) => server.close(resolve));
    given.add(port);
    return port;
  }
}
