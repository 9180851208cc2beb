import { BaseSequencer, type TestSpecification } from 'vitest/node';

// Folders with files of a minute and more; a list, as a fresh clone has no record of earlier runs.
const slow = ['agents/programs', 'acceptance', 'adapters'];
const folderOf = ({ moduleId }: TestSpecification) => slow.find((folder) => moduleId.includes(`/test/${folder}/`));

/**
 * The slow folders come first: a file of a minute that begins last would leave the other workers with nothing to do for that minute. They are
 * mixed, as what is alike waits for the same thing: at first the agent tools, some hundred megabytes each, come from a slow disk or a registry.
 */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // By vitest's own order, which each folder keeps: by earlier runs, or by size.
    const sorted = await super.sort(files);
    return sorted
      .map((file) => ({ file, project: sorted.findIndex((one) => one.project.name === file.project.name) }))
      .map((each) => ({ ...each, at: placeOf(each.file, sorted) }))
      .sort((a, b) => a.project - b.project || a.at - b.at)
      .map(({ file }) => file);
  }
}

/** Of a slow folder, how much of it comes before (0 to 1); the others come after all of those. */
function placeOf(file: TestSpecification, files: readonly TestSpecification[]): number {
  const folder = folderOf(file);
  if (folder === undefined) return 1 + files.indexOf(file);
  const alike = files.filter((other) => folderOf(other) === folder);
  return alike.indexOf(file) / alike.length;
}
