import { afterEach, expect, it } from 'vitest';
import { createLangfuse } from '../../src/adapters/langfuse/langfuse.ts';
import type { Score } from '../../src/sessions/feedback.ts';
import { type LangfuseDouble, startLangfuse } from '../fakes/langfuse/start-langfuse.ts';

const doubles: LangfuseDouble[] = [];
afterEach(async () => {
  for (const double of doubles.splice(0)) await double.close();
});

async function connect(over: { secretKey?: string; path?: string } = {}) {
  const double = await startLangfuse();
  doubles.push(double);
  const { publicKey } = double;
  const secretKey = over.secretKey ?? double.secretKey;
  return { double, sink: createLangfuse({ baseUrl: `${double.url}${over.path ?? ''}`, publicKey, secretKey }) };
}

const at = '2026-11-21T10:00:00.000Z';
const trace = { session: 'S20261121-100000-aaaa', at, name: 'scan', metadata: { findings: 2 } };
const score: Score = {
  ...{ id: 'score-1', session: trace.session, at },
  value: 'down',
  name: 'finding',
  metadata: { finding: 'F-0000000a' },
};

it('links scores to the trace of their session', async () => {
  const { double, sink } = await connect({ path: '/' });
  await sink.send({ traces: [trace], scores: [score] });
  expect(double.traces.get(trace.session)).toMatchObject({ sessionId: trace.session, name: 'scan' });
  expect(double.scores.get('score-1')).toMatchObject({ traceId: trace.session, value: 0, dataType: 'BOOLEAN' });
});

it('sends the same again without anything being there twice, and a change of mind over what was said before', async () => {
  const { double, sink } = await connect();
  await sink.send({ traces: [trace], scores: [score] });
  await sink.send({ traces: [trace], scores: [score] });
  expect([double.traces.size, double.scores.size]).toEqual([1, 1]);
  const [first, second] = double.requests.map(({ body }) => body);
  expect(first).toBe(second);
  await sink.send({ traces: [], scores: [{ ...score, value: 'up' }] });
  expect(double.scores.get('score-1')).toMatchObject({ value: 1 });
});

it('keeps a large number of events below what Langfuse takes at once', async () => {
  const { double, sink } = await connect();
  const scores = Array.from({ length: 1200 }, (_, index) => ({ ...score, id: `score-${index}` }));
  await sink.send({ traces: [trace], scores });
  expect(double.scores.size).toBe(1200);
  expect(double.requests).toHaveLength(3);
});

it('says which keys to look at where they are refused, and names no key', async () => {
  const { sink } = await connect({ secretKey: 'sk-lf-wrong-9999' });
  const error = await sink.send({ traces: [trace], scores: [] }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'ExternalError', message: 'Langfuse answered with status 401.' });
  expect(error).toMatchObject({ hint: expect.stringContaining('LANGFUSE_SECRET_KEY') });
  expect(JSON.stringify(error)).not.toContain('sk-lf-wrong');
});

it('tells of events that were not taken, of an answer that is none, and of nobody there', async () => {
  const { double, sink } = await connect();
  const bad = { ...trace, at: 'yesterday' };
  await expect(sink.send({ traces: [bad], scores: [score] })).rejects.toThrow('did not take 1 of 2 events (400)');
  double.answerNext(200, '<html>Welcome</html>');
  await expect(sink.send({ traces: [trace], scores: [] })).rejects.toThrow('no answer of its API');
  double.answerNext(503);
  await expect(sink.send({ traces: [trace], scores: [] })).rejects.toThrow('status 503');
  await double.close();
  doubles.length = 0;
  await expect(sink.send({ traces: [trace], scores: [] })).rejects.toThrow('could not be reached');
});

it('follows no redirect, which would carry the keys elsewhere', async () => {
  const { double, sink } = await connect();
  double.answerNext(302);
  await expect(sink.send({ traces: [trace], scores: [] })).rejects.toThrow();
  expect(double.requests).toHaveLength(1);
});
