import { oneLine, truncate } from '../../lib/text.ts';
import { isFiltered } from './system-calls.ts';

/** Why no sandbox came up: bubblewrap is not there, or it ended with this on its error output. */
export type Failure = { kind: 'missing' } | { kind: 'start'; stderr: string };

/** What the way out depends on. */
export type Situation = {
  platform: string;
  arch: string;
  /** A runner of GitHub's own, made for one job and thrown away: only there may Courier change the machine. */
  githubHosted: boolean;
  inContainer: boolean;
  /** Repairs that were made already, in this process. */
  tried: readonly Repair[];
};

export type Repair = 'install' | 'apparmor-profile';

const otherwise =
  'set e2b-api-key (E2B_API_KEY on the command line) to work at E2B instead, or set the agent to `none` to run the checks alone';

/** What to do about it: a repair that Courier may make itself, or the sentence for a person. There is no way on without a sandbox. */
export function judgeFailure(failure: Failure, situation: Situation): { repair: Repair } | { message: string } {
  const unsupported = explainPlatform(situation.platform, situation.arch);
  if (unsupported) return { message: unsupported };
  const may = (repair: Repair) => situation.githubHosted && !situation.tried.includes(repair);
  if (failure.kind === 'missing') {
    if (may('install')) return { repair: 'install' };
    return {
      message: `Courier's local sandbox needs bubblewrap: run \`sudo apt-get install bubblewrap\`, ${otherwise}.`,
    };
  }
  // A container keeps the profile of its host: nothing to repair from the inside.
  if (isAppArmor(failure.stderr) && !situation.inContainer && may('apparmor-profile'))
    return { repair: 'apparmor-profile' };
  return { message: explainStart(failure.stderr, situation) };
}

/** @returns one sentence where the local sandbox does not exist for this platform and processor (`process.platform`, `process.arch`). */
export function explainPlatform(platform: string, arch: string): string | undefined {
  if (platform === 'linux') {
    if (isFiltered(arch)) return undefined;
    return `Courier's local sandbox runs on x64 and arm64 only, not on ${arch}: scan there, ${otherwise}.`;
  }
  const names: Readonly<Record<string, string>> = { darwin: 'macOS', win32: 'Windows' };
  return `Courier's local sandbox runs on Linux only, not on ${names[platform] ?? platform}: scan there, ${otherwise}.`;
}

/** Ubuntu 23.10 and newer let no unconfined program have capabilities in a user namespace of its own. */
function isAppArmor(stderr: string): boolean {
  return /setting up uid map: Permission denied|loopback: Failed RTM_NEWADDR/.test(stderr);
}

function explainStart(stderr: string, { inContainer }: Situation): string {
  const said = truncate(oneLine(stderr.replace(/^bwrap: /, '')), 300) || 'it gave no reason';
  const start = `Courier's local sandbox (bubblewrap) cannot start here: ${said}.`;
  if (/unknown option/i.test(stderr)) {
    return `${start} Bubblewrap 0.8 or newer is needed: update it, ${otherwise}.`;
  }
  if (inContainer) {
    return `${start} In a container it needs user namespaces, which most container runtimes deny: run the job without \`container:\`, ${otherwise}.`;
  }
  if (isAppArmor(stderr)) {
    return `${start} AppArmor restricts user namespaces: allow bubblewrap by the profile below in /etc/apparmor.d/bwrap and \`sudo apparmor_parser -r /etc/apparmor.d/bwrap\`, ${otherwise}.\n\n${appArmorProfile}`;
  }
  if (/No permissions to create new namespace|Creating new namespace failed|unprivileged_userns_clone/.test(stderr)) {
    return `${start} The kernel denies user namespaces: run \`sudo sysctl -w kernel.unprivileged_userns_clone=1 user.max_user_namespaces=15000\`, ${otherwise}.`;
  }
  return `${start} Make bubblewrap work (try \`bwrap --ro-bind / / --unshare-all true\`), ${otherwise}.`;
}

/** Lets bubblewrap, and nothing else, create user namespaces. */
export const appArmorProfile = `abi <abi/4.0>,
include <tunables/global>

profile bwrap /usr/bin/bwrap flags=(unconfined) {
  userns,
  include if exists <local/bwrap>
}
`;
