import { expect } from 'vitest';
import type { AcceptedRequest } from '../fakes/anthropic/check-request.ts';
import type { ScriptedReply } from '../fakes/anthropic/script.ts';
import { createFakeSandbox } from '../fakes/sandbox.ts';
import { aFinding, bash, finish, report, runScripted } from './scripted-session.ts';

// As much as one call may bring, some 7,500 tokens, and less than half of it.
const listing = (lines: number) =>
  Array.from({ length: lines }, (_, line) => `${line + 1}: const value${line} = read(input[${line}]);`).join('\n');
const commands = { 'cat src/app.ts': { stdout: listing(280) }, 'cat src/large.ts': { stdout: listing(800) } };
export const sandbox = () => createFakeSandbox({ commands });

export const small: ScriptedReply = { ...bash('cat src/app.ts'), thinking: 'What is it for?' };
export const large: ScriptedReply = {
  thinking: 'What are they for?',
  toolUses: Array(4).fill({ name: 'bash', input: { command: 'cat src/large.ts' } }),
};

/** Reads, reports something every tenth turn, then finishes; where a summary is asked for, writes one. */
export function reader(turns: number, reads: ScriptedReply) {
  let taken = 0;
  return ({ messages }: AcceptedRequest): ScriptedReply => {
    if (isSummaryAsked(messages)) {
      return { thinking: 'Sum up.', text: `<summary>Looked at ${taken} files.</summary>` };
    }
    taken += 1;
    if (taken >= turns) return finish();
    return taken % 10 === 2
      ? report({ ...aFinding, title: `Problem ${taken}`, location: { path: 'src/app.ts' } })
      : reads;
  };
}

export const isSummaryAsked = (messages: AcceptedRequest['messages']) =>
  JSON.stringify(messages.at(-1)).includes('replaced by a summary that you write now');

// message_start, ping, compaction (start, delta, stop), thinking (start, 3 pieces, signature, stop), tool (start, 4, stop), delta, stop
export const eventsOfASummary = 2 + 3 + 6 + 6 + 2;

/** The stream of the answer in which the service sums up breaks after so many of its events, and nothing happens twice. */
export async function expectSurvived(breakAfterEvents: number): Promise<void> {
  const script = reader(9, large);
  let broken = false;
  const { result, api, issues } = await runScripted(
    (request, index) => {
      // By then the transcript is that long.
      if (index === 6 && !broken) {
        broken = true;
        return { ...report(), thinking: 'Hm, well', breakAfterEvents };
      }
      return script(request);
    },
    { sandbox: sandbox(), task: { budgetUsd: 50 } },
  );
  expect(api.refused).toEqual([]);
  expect([breakAfterEvents, result.ending, result.iterations, issues?.length]).toEqual([
    breakAfterEvents,
    'finished',
    9,
    1,
  ]);
}
