import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepRecord } from '../../src/sessions/keep-record.ts';
import { isEnded, isUnderWay, mayFollow, mayStandBeside, phases, stopReasons } from '../../src/sessions/phases.ts';
import { Session } from '../../src/sessions/session.ts';
import { aDiscovery } from './builders.ts';

const aRecord = (over: Partial<Session> = {}) => Session.parse({ ...aDiscovery().session, ...over });
const anEnded = fc.constantFrom(...phases.filter(isEnded));
const aPhase = fc.constantFrom(...phases);

describe('the phases of a session', () => {
  it('lead to an end from everywhere, and from an end nowhere', () => {
    for (const phase of phases) {
      const ends = phases.filter((other) => isEnded(other) && mayFollow(phase, other));
      if (isEnded(phase)) expect(phases.filter((other) => other !== phase && mayFollow(phase, other))).toEqual([]);
      else expect([phase, ends.length]).not.toEqual([phase, 0]);
    }
  });

  it('are those of the contract, in its order', () => {
    expect(phases.filter((phase) => mayFollow('pending', phase))).toEqual(phases);
    // Before there is a sandbox it is cancelled, after that killed.
    expect([mayFollow('creating', 'cancelled'), mayFollow('running', 'cancelled')]).toEqual([true, false]);
    expect([mayFollow('stopped', 'running'), mayFollow('completed', 'running')]).toEqual([true, false]);
  });

  it('are under way unless they ended or rest', () => {
    expect(phases.filter(isUnderWay)).toEqual(['pending', 'creating', 'running', 'reviewing', 'stopping']);
  });

  it('each know a reason to be stopped for, and each reason a phase to end in', () => {
    for (const reason of stopReasons) expect(phases.filter((phase) => mayStandBeside(reason, phase))).not.toEqual([]);
    expect(mayStandBeside('waiting_input', 'completed')).toBe(false);
    expect(mayStandBeside('user', 'completed')).toBe(false);
  });
});

describe('a record in the ledger', () => {
  it('is refused where it would change what has ended, whatever the change is', () => {
    fc.assert(
      fc.property(anEnded, aPhase, (from, to) => {
        const before = aRecord({ phase: from });
        expect(keepRecord(before, { ...before, phase: to, costUsd: 1 })).toHaveProperty('refused');
      }),
    );
  });

  it('may be renamed, put away, rated and told where its files are also after its end', () => {
    const before = aRecord();
    const after: Session = {
      ...before,
      displayName: 'Night of the long scan',
      archived: true,
      ratings: [{ by: 'ada', at: '2026-11-22T11:00:00Z', value: 'up' }],
      artifact: { name: `courier-session-${before.id}`, run: 7 },
    };
    expect(keepRecord(before, after)).toEqual({ record: after });
  });

  it.each<[string, Partial<Session>]>([
    ['an end without a result', { phase: 'failed', result: undefined }],
    ['an end without a time', { phase: 'killed', endedAt: undefined }],
    ['a reason that its phase cannot have', { phase: 'completed', stopReason: 'waiting_input' }],
  ])('is refused with %s', (_what, over) => {
    expect(keepRecord(undefined, { ...aRecord(), ...over })).toHaveProperty('refused');
  });

  it('goes from its start to its end, and not back', () => {
    const start = aRecord({ phase: 'creating', result: undefined, endedAt: undefined });
    expect(keepRecord(start, aRecord())).toHaveProperty('record');
    expect(keepRecord(aRecord({ phase: 'reviewing' }), start)).toEqual({
      refused: `Session ${start.id} is reviewing and cannot become creating.`,
    });
  });

  it('of an earlier version has the defaults of what came later', () => {
    const { resumedAt, ratings, archived, priorSessions, citedFindings, currentIteration, maxIterations, ...old } =
      aRecord();
    expect(Session.parse(old)).toEqual({
      ...old,
      ...{ resumedAt, ratings, archived, priorSessions, citedFindings, currentIteration, maxIterations },
    });
  });
});
