import { BaseSequencer, type TestSpecification } from 'vitest/node';

// What the files of a folder take, longest first; a list, as a fresh clone has no record of earlier runs.
const slow = ['agents/programs', 'acceptance', 'adapters', 'app'].map((folder) => `/test/${folder}/`);
const rank = ({ moduleId }: TestSpecification) => {
  const at = slow.findIndex((folder) => moduleId.includes(folder));
  return at < 0 ? slow.length : at;
};

/** A file of a minute that begins last would leave the other workers with nothing to do for that minute. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    // Within a project, as vitest runs one after the other, and else in vitest's own order: by earlier runs, or by size.
    return sorted
      .map((file, at) => ({ file, at, project: sorted.findIndex(({ project }) => project.name === file.project.name) }))
      .sort((a, b) => a.project - b.project || rank(a.file) - rank(b.file) || a.at - b.at)
      .map(({ file }) => file);
  }
}
