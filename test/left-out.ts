import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { whyNoEgress } from './fakes/e2b/egress.ts';

const starts = (program: string, ...args: string[]) => spawnSync(program, args, { timeout: 10_000 }).status === 0;

const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Said once before the suite: a count of skipped tests does not tell a person what is missing. */
export default function sayWhatIsLeftOut(): void {
  const noEgress = whyNoEgress();
  const missing = [
    starts('bwrap', '--unshare-all', '--ro-bind', '/', '/', 'true')
      ? undefined
      : 'tests of the local sandbox, of agent scans and of agent tools: bubblewrap is not installed or cannot start (apt-get install bubblewrap)',
    browsers.some((name) => existsSync(`/usr/bin/${name}`))
      ? undefined
      : 'tests of the HTML report in a browser: there is no Chromium (apt-get install chromium)',
    starts('shellcheck', '--version')
      ? undefined
      : 'tests of the preset shellcheck: it is not installed (apt-get install shellcheck)',
    noEgress === undefined ? undefined : `tests of agent tools at an emulated E2B: ${noEgress}`,
    process.env.E2B_API_KEY
      ? undefined
      : 'the sandbox contract at E2B itself: E2B_API_KEY is not set (it runs on the emulator)',
  ].filter((line) => line !== undefined);
  for (const line of missing) process.stderr.write(`Left out: ${line}\n`);
}
