import { z } from 'zod';
import { Glob, RepositoryName } from '../config/fields.ts';
import { setting } from '../config/setting.ts';
import { publishModes } from '../sessions/settings.ts';

/** Options of the commands that can bring a repository's issues in line. */
export const repositoryOptions = {
  publish: setting(z.enum(publishModes), {
    description:
      'With --repo, what happens to the findings: issues, plan (prints the operations, writes nothing), none.',
    kind: 'choice',
    default: 'issues',
  }),
  config: setting(Glob, {
    description: 'Configuration file, seen from the repository.',
    kind: 'text',
    default: '.github/courier.yml',
  }),
  repo: setting(RepositoryName, {
    description: 'OWNER/NAME of the repository whose issues are reconciled; needs a token in GITHUB_TOKEN or GH_TOKEN.',
    kind: 'text',
  }),
};
