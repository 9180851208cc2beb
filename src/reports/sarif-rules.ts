import type { Category } from '../findings/category.ts';
import type { Finding } from '../findings/finding.ts';
import { truncate } from '../lib/text.ts';
import { toPlainLine } from './plain-text.ts';
import { proseToPlain } from './prose.ts';
import { disarmLinks, levelOf, ruleIdOf, type SarifLevel } from './sarif-results.ts';

export type SarifRule = {
  id: string;
  name: string;
  shortDescription: { text: string };
  fullDescription: { text: string };
  help: { text: string };
  defaultConfiguration: { level: SarifLevel };
  properties: { tags: string[]; 'security-severity'?: string };
};

const longestText = 1_000;
const longestName = 255;
const mostTags = 20;

// GitHub: above 9.0 critical, 7.0 to 8.9 high, 4.0 to 6.9 medium, 0.1 to 3.9 low.
const securitySeverity = { 1: '9.5', 2: '8.0', 3: '5.5', 4: '3.0' } as const;

const agentRules = {
  security: 'Security problem found by reading the code',
  bug: 'Bug found by reading the code',
  performance: 'Performance problem found by reading the code',
  architecture: 'Architecture problem found by reading the code',
  quality: 'Quality problem found by reading the code',
  tests: 'Problem of the tests found by reading the code',
  docs: 'Problem of the documentation found by reading the code',
  dependencies: 'Problem of a dependency found by reading the code',
} as const satisfies Record<Category, string>;

/** One rule per rule id, in the order of the findings. What differs between its findings is told as the worst of them has it. */
export function toRules(findings: readonly Finding[]): SarifRule[] {
  const byId = Map.groupBy(findings, ruleIdOf);
  return [...byId].map(([id, all]) => toRule(id, all)).filter((rule) => rule !== undefined);
}

function toRule(id: string, findings: readonly Finding[]): SarifRule | undefined {
  const worst = findings.toSorted((a, b) => a.severity - b.severity)[0];
  if (!worst) return undefined;
  const texts = worst.origin.kind === 'agent' ? agentTexts(worst.category) : checkTexts(worst);
  const cwes = findings.map(({ cwe }) => cweTag(cwe)).filter((tag) => tag !== undefined);
  return {
    id,
    name: truncate(id, longestName),
    shortDescription: { text: texts.short },
    fullDescription: { text: texts.full },
    help: { text: texts.help },
    defaultConfiguration: { level: levelOf(worst) },
    properties: {
      tags: [...new Set([worst.category, ...cwes])].slice(0, mostTags),
      ...(worst.category === 'security' && { 'security-severity': securitySeverity[worst.severity] }),
    },
  };
}

type Texts = { short: string; full: string; help: string };

function agentTexts(category: Category): Texts {
  const short = agentRules[category];
  const help =
    'Each finding of this kind carries its own evidence, next steps and, where there is one, a command that shows it.';
  return { short, full: `${short}.`, help };
}

function checkTexts(finding: Finding): Texts {
  const short = bounded(toPlainLine(finding.title));
  const full = bounded(proseToPlain(finding.description)) || short;
  const steps = finding.nextSteps.map((step) => `- ${toPlainLine(step)}`).join('\n');
  return { short, full, help: bounded(steps) || full };
}

function bounded(text: string): string {
  return truncate(disarmLinks(text).trim(), longestText);
}

/** `CWE-79` as GitHub's tag `external/cwe/cwe-079`. */
function cweTag(cwe: string | undefined): string | undefined {
  const number = /^(?:cwe-)?(\d{1,5})$/i.exec(cwe?.trim() ?? '')?.[1];
  return number && `external/cwe/cwe-${number.padStart(3, '0')}`;
}
