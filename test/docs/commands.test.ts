import { expect, it } from 'vitest';
import { renderCommandTable } from '../../src/commands/render-help.ts';
import { createExecutors, offeredBy } from '../../src/flows/command-executors.ts';
import { read } from './markdown.ts';

it('lists every command as the registry has it, and says which this version does not offer', () => {
  const unused = () => Promise.reject(new Error('nothing is asked'));
  const github = {
    workflows: {
      ...{ dispatch: unused, runs: unused, readRun: unused },
      ...{ cancelRun: unused, rerun: unused, listArtifacts: unused, removeArtifact: unused },
    },
    ...{ repository: unused, ledger: () => ({ read: unused, commit: unused }) },
    issues: {
      ...{ read: unused, listOwn: unused, newestChange: unused, create: unused, update: unused, comment: unused },
      ensureLabels: unused,
    },
    comments: {
      ...{ list: unused, listReviewed: unused, recent: unused, read: unused },
      ...{ react: unused, ensure: unused, edit: unused },
    },
    ...{ readFile: unused, self: unused, roleOf: unused },
    branches: {
      ...{
        head: unused,
        create: unused,
        createLinked: unused,
        commit: unused,
        write: unused,
        advance: unused,
        remove: unused,
      },
      ...{ bringIn: unused, pusher: unused },
      ...{
        isProtected: unused,
        subjects: unused,
        parent: unused,
        message: unused,
        fork: unused,
        tree: unused,
        content: unused,
      },
    },
    pullRequests: { read: unused, listFrom: unused, create: unused, update: unused, reviews: unused },
  };
  const table = renderCommandTable(offeredBy(createExecutors({ github, workflow: 'courier.yml' })));
  // Where this fails, the table goes into the page as it is here.
  expect(read('docs/commands.md')).toContain(table);
});
