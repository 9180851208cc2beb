// The double as a process of its own: `node test/fakes/github/serve.ts [port]` prints its addresses and ends on SIGTERM.
import { startGitHub, workflowToken } from './github.ts';

const double = await startGitHub({ port: Number(process.argv[2] ?? 0) });
const { url, graphqlUrl, serverUrl } = double;
process.stdout.write(
  `${JSON.stringify({ url, graphqlUrl, serverUrl, token: workflowToken, repository: 'acme/shop' })}\n`,
);
process.once('SIGTERM', () => void double.close());
