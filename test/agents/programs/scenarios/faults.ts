import { expect } from 'vitest';
import { refusingUrl } from '../../../fakes/model/start-model.ts';
import { type Asked, done, finish, type Turn } from '../spoken-models.ts';
import { retriesIn, type Scenario } from './scenario.ts';

const overloaded: Turn = { error: { status: 529, type: 'overloaded_error', message: 'Overloaded' } };
const statuses = [
  [401, 'authentication_error', /refused the key \(401\)/, ['gemini']],
  [429, 'rate_limit_error', /limits the rate of requests \(429\)/, ['claude-code']],
  [529, 'overloaded_error', /is overloaded/, ['opencode']],
  [500, 'api_error', /failed/, ['codex']],
] as const;

/** Of the built-in agent; a gateway has less patience here. */
const tries = 5;

/** What an API does, or does not. */
export const faults: readonly Scenario[] = [
  ...statuses.map(
    ([status, type, reason, suite]): Scenario => ({
      name: `fails where the API says ${status}`,
      suite,
      async play({ open }) {
        const bed = await open(() => ({ error: { status, type, message: 'scripted' } }));
        expect(await bed.run()).toMatchObject({ ending: 'failed', reason: expect.stringMatching(reason) });
        // What Courier tried often enough no program tries for minutes after it.
        expect(bed.model.calls()).toBeLessThanOrEqual(tries);
      },
    }),
  ),
  {
    name: 'goes on where the API was overloaded for a while, and tells so',
    // The long session has it.
    suite: [],
    async play({ open }) {
      const bed = await open([overloaded, overloaded, finish, done]);
      expect(await bed.run()).toMatchObject({ ending: 'finished' });
      expect(retriesIn(bed.events)).toBe(2);
    },
  },
  {
    name: 'fails where nobody answers',
    suite: ['codex'],
    async play({ open }) {
      const bed = await open([], { upstream: await refusingUrl() });
      const reason = expect.stringContaining('could not be reached');
      expect(await bed.run()).toMatchObject({ ending: 'failed', reason });
    },
  },
  {
    name: 'does not wait for ever for answers that fall silent',
    suite: ['codex'],
    async play({ open }) {
      // Every answer does, and one that only comes late is asked for again: it counts as none at all.
      const silent: Turn = { text: 'I am about to say', stallAfterEvents: 2 };
      const bed = await open(() => silent, { silenceMs: 400, tries: 50 });
      expect(await bed.run()).toMatchObject({ ending: 'stopped', stopReason: 'stall' });
    },
  },
  {
    name: 'goes on where one answer broke off and another one fell silent',
    // The long session has one that broke off, and the row before one that fell silent.
    suite: [],
    async play({ open }) {
      const cut: Turn = { text: 'I am about to', breakAfterEvents: 2 };
      const silent: Turn = { text: 'I am about to', stallAfterEvents: 2 };
      // By what it was told: one that only comes late is asked for again.
      const last = ({ texts }: Asked) => (texts.includes('Looked at all of it') ? done : finish);
      const bed = await open((asked) => [cut, silent][asked.index] ?? last(asked), { silenceMs: 3000 });
      expect(await bed.run()).toMatchObject({ ending: 'finished', iterations: 1 });
    },
  },
];
