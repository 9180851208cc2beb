import { count } from '../lib/text.ts';
import type { Gate } from '../publishing/gate.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';
import type { Finding } from './finding.ts';
import type { Verified } from './issue-link.ts';
import { commitAddress, type Hosted } from './permalink.ts';
import { toPriority } from './severity.ts';

const proof = {
  reproduced: 'reproduced: the command above showed it',
  quoted: 'quoted: the code above was compared with the file',
  none: 'not verified',
} as const satisfies Record<Verified, string>;

const commands = safe`Close it as not planned to silence it. With the Courier app: \`/courier run\` fixes it in a draft pull request · \`/courier verify\` checks it again · \`/courier ignore <reason>\` silences it`;

const shownByCheck = 'reproduced: the check showed it';

/** Where the finding stands: who saw it, how often, since when, how sure it is, and what can be done about it. */
export function renderFooter(
  finding: Finding,
  { gate, hosted, advice = commands }: { gate: Gate; hosted: Hosted; advice?: SafeText | undefined },
): SafeText {
  const { firstSeen, lastSeen, origin, confidence } = finding;
  const facts = [
    safe`Finding ${gate.codeSpan(finding.id)}`,
    safe`${gate.inline(toPriority(finding.severity))}, ${gate.inline(finding.category)}`,
    finding.cwe ? gate.inline(finding.cwe) : undefined,
    safe`by ${renderOrigin(origin, gate)}`,
    gate.inline(origin.kind === 'check' && finding.verified === 'reproduced' ? shownByCheck : proof[finding.verified]),
    confidence === undefined ? undefined : safe`confidence ${Math.round(confidence * 100)} %`,
  ];
  const seen = [
    safe`Seen in ${gate.inline(count(finding.occurrences, 'session'))}`,
    safe`first ${gate.inline(firstSeen.at)} (session ${gate.codeSpan(firstSeen.session)})`,
    safe`last ${gate.inline(lastSeen.at)} (session ${gate.codeSpan(lastSeen.session)}${renderAt(hosted, gate)})`,
  ];
  return joinSafe([safe`---`, joinSafe(facts, safe` · `), joinSafe(seen, safe` · `), advice], safe`\n\n`);
}

function renderOrigin({ kind, name, rule }: Finding['origin'], gate: Gate): SafeText {
  const source = kind === 'check' ? safe`check ${gate.codeSpan(name)}` : safe`scan ${gate.codeSpan(name)}`;
  return rule === undefined ? source : safe`${source}, rule ${gate.codeSpan(rule)}`;
}

function renderAt(hosted: Hosted, gate: Gate): SafeText {
  return hosted.commit === undefined ? safe`` : safe`, commit ${renderCommit(hosted, gate)}`;
}

/** The commit's first seven digits, linked. */
export function renderCommit(hosted: Hosted, gate: Gate): SafeText {
  const text = gate.codeSpan(hosted.commit?.slice(0, 7) ?? '');
  const address = commitAddress(hosted);
  return address === undefined ? text : gate.link(text, address);
}
