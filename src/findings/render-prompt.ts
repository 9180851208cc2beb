import { truncate } from '../lib/text.ts';
import type { Gate } from '../publishing/gate.ts';
import { type SafeText, safe } from '../publishing/safe-text.ts';
import type { Finding } from './finding.ts';
import { placeText } from './permalink.ts';

const longest = 8_000;

/** The task in words for an agent: the finding's own, or one made from what it says. */
export function toPrompt(finding: Finding): string {
  if (finding.suggestedPrompt?.trim()) return finding.suggestedPrompt.trim();
  const { location, reproduce, expected, nextSteps } = finding;
  const parts = [
    `Fix this problem: ${finding.title}`,
    finding.description.trim(),
    location && `It is in ${placeText(location)}${location.symbol ? ` (${location.symbol})` : ''}.`,
    expected && `Expected: ${expected}`,
    nextSteps.length > 0 && `Steps:\n${nextSteps.map((step) => `- ${step}`).join('\n')}`,
    reproduce
      ? `When it is fixed, this command no longer shows it: ${reproduce.command}`
      : 'Add or extend a test that fails without the fix, where the repository has tests.',
    'Change nothing else.',
  ];
  return parts.filter((part) => part).join('\n\n');
}

/** A collapsed part of the issue with the prompt to copy. */
export function renderPrompt(finding: Finding, gate: Gate): SafeText {
  const prompt = gate.code(truncate(toPrompt(finding), longest, '… (cut)'), 'text');
  return safe`<details>\n<summary>Prompt for an agent</summary>\n\n${prompt}\n\n</details>`;
}
