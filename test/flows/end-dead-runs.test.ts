import { expect, it, onTestFinished } from 'vitest';
import { silentLog } from '../../src/lib/log.ts';
import { createResponder } from '../../src/responder.ts';
import { startGitHub, workflowToken } from '../fakes/github/github.ts';
import { addIssue } from '../fakes/github/state.ts';
import { workflow } from './comments-bed.ts';

it('a run of an issue that was killed does not keep the next one away where there is no app', async () => {
  const double = await startGitHub({
    repositories: [
      { name: 'acme/shop', files: { '.github/workflows/courier.yml': workflow }, collaborators: { wanda: 'write' } },
    ],
  });
  onTestFinished(() => double.close());
  const repository = double.repository();
  const issue = addIssue(repository, { title: 'It is slow' });
  const { url: apiUrl, graphqlUrl, serverUrl } = double;
  const responder = createResponder({
    ...{ token: async () => workflowToken, repository: 'acme/shop', apiUrl, graphqlUrl, serverUrl },
    ...{ workflow: 'courier.yml', secrets: [], log: silentLog, at: { run: 500, attempt: 1 } },
  });
  async function say(text: string) {
    double.act.comment('wanda', text);
    await responder.receive({ kind: 'comments', issue: 1, pullRequest: false });
    return issue.comments.at(-1)?.body;
  }
  await say('/courier run');
  const [first = expect.fail('nothing was started')] = repository.runs;
  double.act.moveRun(first, 'in_progress');
  expect(await say('/courier run')).toContain('has not ended: one at a time');
  double.act.moveRun(first, { conclusion: 'failure' });
  expect(await say('/courier run')).toContain('does it');
  expect(repository.runs).toHaveLength(2);
  expect(issue.comments[1]?.body).toContain('failed before it could say');
  expect(double.violations).toEqual([]);
});
