import { count } from '../lib/text.ts';
import type { DisclosurePlan, WhereTold } from './plan-disclosure.ts';

/** What a session that writes nothing would do, in sentences that tell of no finding. */
export function tellPlanned({ tell, later, close, reopen, alerts }: DisclosurePlan): string[] {
  const all = tell.length + later.length;
  return [
    ...(tell.length > 0
      ? [
          `Would tell ${count(all, 'security finding')} in private: ${count(tell.length, 'draft advisory', 'draft advisories')} where the token may, else ${count(all, 'code scanning alert')} where it may, else nowhere.`,
        ]
      : []),
    ...(close.length > 0 ? [`Would close ${count(close.length, 'draft advisory', 'draft advisories')}.`] : []),
    ...(reopen.length > 0 ? [`Would open ${count(reopen.length, 'draft advisory', 'draft advisories')} again.`] : []),
    ...(alerts.kind === 'upload' ? ['Would bring the code scanning alerts up to date.'] : []),
  ];
}

/** Where the open security findings of a public repository are told, in sentences that tell of none. */
export function tellWhere(
  { advisories, alerts, refused }: WhereTold,
  { url, blocked, hasKey }: { url: string; blocked: number; hasKey: boolean },
): string[] {
  const key = hasKey ? '' : ' A `ledger-key` keeps their details sealed in the ledger.';
  return [
    ...(advisories > 0
      ? [`${told(advisories)} in security advisories, which Courier leaves drafts: ${url}/security/advisories`]
      : []),
    ...(alerts > 0 ? [`${told(alerts)} in code scanning alerts: ${url}/security/code-scanning`] : []),
    ...(blocked > 0
      ? [
          `The code scanning alerts were not brought up to date: the details of ${count(blocked, 'finding')} that have one are not at hand, and without them their alerts would be closed. With a \`ledger-key\` the ledger keeps them, sealed.`,
        ]
      : []),
    ...(refused > 0
      ? [
          `${told(refused)} nowhere: neither draft security advisories (they take the token of an app with \`repository_advisories: write\`; \`GITHUB_TOKEN\` cannot) nor code scanning alerts (\`security-events: write\`, for findings in a file) were possible. \`courier scan\` in a checkout shows them.${key}`,
        ]
      : []),
  ];
}

function told(number: number): string {
  return `${count(number, 'security finding')} ${number === 1 ? 'is' : 'are'} told`;
}
