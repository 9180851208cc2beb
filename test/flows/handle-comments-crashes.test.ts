import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import type { Store } from '../../src/ledger/store.ts';
import { ConflictError } from '../../src/lib/errors.ts';
import { aCommentsBed } from './comments-bed.ts';

/** A store that dies at one of its commits, before or after it took it; everything after fails, too. */
function dyingStore(store: Store, { at, applied }: { at: number; applied: boolean }): Store {
  let commits = 0;
  return {
    read: () => (commits > at ? Promise.reject(new Error('killed')) : store.read()),
    async commit(...given) {
      commits += 1;
      if (commits > at + 1 || (commits === at + 1 && !applied)) throw new Error('killed');
      const revision = await store.commit(...given);
      if (commits === at + 1) throw new Error('killed');
      return revision;
    },
  };
}

const levels = ['critical', 'high', 'medium', 'low'] as const;
const step = fc.oneof(
  fc.record({
    kind: fc.constant('comment' as const),
    commands: fc.array(fc.constantFrom(...levels), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant('deliver' as const), replicas: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ kind: fc.constant('crash' as const), at: fc.integer({ min: 0, max: 4 }), applied: fc.boolean() }),
  fc.record({ kind: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 6 }) }),
);

it('follows each command once and in its order, however workers die, meet and are woken', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 9 }), async (steps) => {
      const bed = await aCommentsBed();
      try {
        const wished: string[] = [];
        let crashes = 0;
        for (const each of steps) {
          if (each.kind === 'comment') {
            wished.push(...each.commands);
            bed.double.act.comment('tom', each.commands.map((level) => `/courier priority ${level}`).join('\n'));
          } else if (each.kind === 'wait') bed.clock.ahead += each.minutes * 60_000;
          else if (each.kind === 'deliver') {
            const done = await Promise.allSettled(Array.from({ length: each.replicas }, () => bed.handle()));
            for (const one of done) if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(ConflictError);
          } else if (crashes < 2) {
            crashes += 1;
            const github = bed.connect({ store: dyingStore(bed.store, each) });
            await bed.handle(1, { github }).catch(() => undefined);
          }
        }
        bed.clock.ahead += 6 * 60_000;
        await bed.handle();
        const [finding] = (await bed.ledger()).findings;
        expect(finding?.history.map(({ detail }) => detail)).toEqual(wished);
        const inbox = await (await bed.ledger()).readInbox(1);
        expect(inbox.claim).toBeUndefined();
        const comments = steps.filter(({ kind }) => kind === 'comment').length;
        expect(bed.replies()).toHaveLength(comments);
        expect(bed.double.violations).toEqual([]);
      } finally {
        await bed.double.close();
      }
    }),
    { numRuns: 25 },
  );
});

it('keeps a command for later where others write to the ledger all the time, and answers nothing', async () => {
  const bed = await aCommentsBed();
  let busy = false;
  const store: Store = {
    read: () => bed.store.read(),
    commit: (base, changes, message) => {
      if (busy && message.includes('followed')) return Promise.reject(new ConflictError('moved on'));
      return bed.store.commit(base, changes, message);
    },
  };
  try {
    const comment = bed.double.act.comment('tom', '/courier priority high');
    vi.spyOn(Math, 'random').mockReturnValue(0);
    busy = true;
    await expect(bed.handle(1, { github: bed.connect({ store }) })).rejects.toBeInstanceOf(ConflictError);
    expect([bed.replies(), bed.reactions(comment.id)]).toEqual([[], ['eyes']]);
    expect((await (await bed.ledger()).readInbox(1)).claim).toBeUndefined();
    busy = false;
    await bed.handle(1, { github: bed.connect({ store }) });
    expect((await bed.ledger()).findings).toMatchObject([{ history: [{ what: 'priority', detail: 'high' }] }]);
    expect(bed.reactions(comment.id)).toEqual(['eyes', 'rocket']);
  } finally {
    vi.restoreAllMocks();
    await bed.double.close();
  }
});

it('starts a workflow once, however many others write to the ledger before the start is on record', async () => {
  const bed = await aCommentsBed();
  let refused = 0;
  const store: Store = {
    read: () => bed.store.read(),
    commit: (base, changes, message) => {
      if (!message.includes('started') || refused === 12) return bed.store.commit(base, changes, message);
      refused += 1;
      return Promise.reject(new ConflictError('moved on'));
    },
  };
  try {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    bed.double.act.comment('wanda', '/courier scan');
    await bed.handle(1, { github: bed.connect({ store }) });
    await bed.handle();
    expect(refused).toBe(12);
    expect(bed.repository.runs).toHaveLength(1);
  } finally {
    vi.restoreAllMocks();
    await bed.double.close();
  }
});
