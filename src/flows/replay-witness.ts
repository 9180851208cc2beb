import { UserError } from '../lib/errors.ts';
import type { Recording } from '../sessions/recording.ts';
import type { Witness } from './witness.ts';

/** Answers from a recording, each given once and in its order. What is not on record is told to `onGap`, and counts as not known. */
export function createReplayWitness(recording: Recording, onGap: (gap: string) => void): Witness {
  const commands = new Map([...recording.commands].map(([about, answers]) => [about, [...answers]]));
  return {
    checks: async () => recording.checks,
    async renames() {
      if (!recording.renames) onGap('Where files went is not on record.');
      return recording.renames ?? { renames: [], notes: [] };
    },
    async command(about) {
      const answer = commands.get(about)?.shift();
      if (!answer) {
        onGap(`What a command showed is not on record: ${about}`);
        return [{ run: 'unknown', why: 'it is not on record' }];
      }
      if ('refused' in answer) throw new UserError(answer.refused);
      return answer;
    },
    async judge() {
      const { judge } = recording;
      if (!judge) onGap('Whether a judge was asked is not on record.');
      const spent = (judge?.spent ?? []).map(({ usage, costUsd }) => ({ usage, costUsd }));
      return { judged: judge?.judged ?? [], notes: judge?.notes ?? [], spent };
    },
  };
}
