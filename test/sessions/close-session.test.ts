import { describe, expect, it } from 'vitest';
import { closeSession, type Lost } from '../../src/sessions/close-session.ts';
import { keepRecord } from '../../src/sessions/keep-record.ts';
import { Session } from '../../src/sessions/session.ts';
import { readTraces } from '../../src/sessions/traces.ts';
import { aDiscovery } from './builders.ts';

const begun = Session.parse({
  ...aDiscovery().session,
  ...{ phase: 'creating', result: undefined, endedAt: undefined, model: 'claude-opus-4-8', reservedUsd: 5 },
});
const lost = (over: Partial<Lost>): Lost => ({
  ...{ ending: 'killed', why: 'It was killed.', questions: [], assumptions: [], rejected: [], costUsd: undefined },
  scans: [{ scan: 'security', iterations: 3, salvaged: 2 }],
  at: Date.parse('2026-11-22T11:00:00Z'),
  ...over,
});

describe('a session that could not end itself', () => {
  it.each([
    ['lost', 'failed', 'failed', 'error'],
    ['killed', 'killed', 'partial', 'error'],
    ['stopped', 'killed', 'partial', 'user'],
  ] as const)('that was %s is %s', (ending, phase, result, stopReason) => {
    const closed = closeSession(begun, lost({ ending }));
    expect(closed).toMatchObject({ phase, result, stopReason, endedAt: '2026-11-22T11:00:00Z', currentIteration: 3 });
    expect(closed.reasons).toEqual(['It was killed.', '2 findings that its agent had reported were salvaged.']);
    expect(keepRecord(begun, closed)).toHaveProperty('record');
  });

  it('keeps what people were asked in the part before, and the scans of it', () => {
    const before = Session.parse({
      ...begun,
      questions: [{ id: 'Q1', scan: 'security', ref: 'q1', question: 'Which parser?' }],
      assumptions: [{ id: 'A1', scan: 'security', ref: 'a1', text: 'The old one.', questionId: 'Q1' }],
    });
    const known = { scans: [], questions: [], assumptions: [] };
    expect(closeSession(before, lost({ ending: 'lost', ...known }))).toMatchObject({
      ...{ questions: [{ id: 'Q1' }], assumptions: [{ id: 'A1' }] },
    });
    const fresh = { id: 'Q2', scan: 'security', ref: 'q2', question: 'And now?', options: [] };
    const asked = { ...fresh, multiSelect: false, allowOther: true, blocking: false, findings: [] };
    expect(closeSession(before, lost({ questions: [asked] })).questions.map(({ id }) => id)).toEqual(['Q1', 'Q2']);
  });

  it('is cancelled where it ended before there was a sandbox', () => {
    const closed = closeSession(begun, lost({ ending: 'stopped', scans: [] }));
    expect(closed).toMatchObject({ phase: 'cancelled', result: 'failed', stopReason: 'user' });
    expect(keepRecord(begun, closed)).toHaveProperty('record');
  });
});

describe('the events of a session that was cut off', () => {
  const line = (event: object) => `${JSON.stringify({ session: 'S1', ...event })}\n`;
  const text = [
    line({ type: 'session-started' }),
    line({ type: 'iteration', scan: 'security', iteration: 2 }),
    line({ type: 'handed-over', scan: 'security', file: 'issues.json', line: { title: 'One' } }),
    line({ type: 'model-call', scan: 'security', costUsd: 0.5, totalUsd: 0.5 }),
    line({ type: 'handed-over', scan: 'docs', file: 'questions.json', line: { question: 'Why?' } }),
    line({ type: 'model-call', scan: 'docs', costUsd: 0.25, totalUsd: 0.25 }),
    line({ session: 'S2', type: 'model-call', scan: 'other', costUsd: 9 }),
    '{"type":"handed-over","scan":"docs","fi',
  ].join('');

  it('tell what each scan had handed over, and what it cost', () => {
    expect(readTraces(text, 'S1')).toEqual({
      costUsd: 0.75,
      scans: [
        { scan: 'security', iterations: 2, files: { 'issues.json': '{"title":"One"}\n', 'questions.json': '' } },
        { scan: 'docs', iterations: 0, files: { 'issues.json': '', 'questions.json': '{"question":"Why?"}\n' } },
      ],
    });
  });

  it('tell nothing where there are none', () => {
    expect(readTraces('', 'S1')).toEqual({ scans: [], costUsd: undefined });
  });
});
