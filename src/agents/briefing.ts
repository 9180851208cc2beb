import type { Fence } from './fence.ts';

/** A section of a session's notes that only sessions of its kind have. */
export type Briefing = {
  title: string;
  /** Our words. */
  intro: string;
  /** Others' words, as data. */
  documents: readonly { label: string; text: string }[];
};

/** What a session is about, for its notes. */
export function renderBriefing(briefing: readonly Briefing[], fence: Fence): string {
  return briefing
    .map(({ title, intro, documents }) =>
      [`## ${title}`, intro, ...documents.map(({ label, text }) => fence.around(label, text))].join('\n\n'),
    )
    .join('\n\n');
}
