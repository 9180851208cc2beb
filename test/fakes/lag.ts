import { setTimeout as sleep } from 'node:timers/promises';

/**
 * What can be slow: a request on its `way` to the double of GitHub, the answer of one that only `reads` or of one that `writes` (what it wrote is
 * there by then), a webhook's delivery (`hooks`), and a `model`.
 */
type Part = 'way' | 'reads' | 'writes' | 'hooks' | 'model';

/**
 * A slow network, to look for tests that hope where they ought to wait: each thing takes up to so many milliseconds more, by chance.
 * `COURIER_TEST_LAG=200 npx vitest run test/app` for all of them, `COURIER_TEST_LAG=writes=600,hooks=300` for some.
 */
const most = readMost(process.env.COURIER_TEST_LAG ?? '');

function readMost(given: string): Readonly<Record<Part, number>> {
  const [first = ''] = given.split(',');
  const all = Number(first.includes('=') ? 0 : first);
  const named = Object.fromEntries(given.split(',').map((each) => each.split('=')));
  const of = (part: Part) => Number(named[part] ?? all);
  return { way: of('way'), reads: of('reads'), writes: of('writes'), hooks: of('hooks'), model: of('model') };
}

export async function lag(part: Part): Promise<void> {
  if (most[part] > 0) await sleep(Math.random() * most[part]);
}
