import type { AssumptionRecord } from '../../src/memory/assumption.ts';
import type { SettledAnswer } from '../../src/memory/settled-answer.ts';

export const session = 'S20261121-181500-ab3d';

export function anAssumption(over: Partial<AssumptionRecord> = {}): AssumptionRecord {
  return {
    session,
    id: 'A1',
    revision: 1,
    text: 'Prices are in cents.',
    evidence: [],
    findings: [],
    scope: { paths: [], categories: [] },
    state: 'proposed',
    history: [],
    ...over,
  };
}

export function anAnswer(over: Partial<SettledAnswer> = {}): SettledAnswer {
  return {
    session,
    id: 'Q1',
    question: 'Are prices in cents or in euros?',
    options: ['cents', 'euros'],
    answer: 'cents',
    by: 'ada',
    at: '2026-11-21T19:00:00Z',
    from: 'https://github.test/acme/shop/issues/12#issuecomment-5',
    findings: [],
    scope: { paths: [], categories: [] },
    earlier: [],
    ...over,
  };
}
