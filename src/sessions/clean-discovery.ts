import type { RaisedFinding } from '../findings/finding.ts';
import type { Verdict } from '../findings/verdict.ts';
import type { Citation, Investigation } from '../investigations/investigation.ts';
import type { Proposal } from '../questions/proposal.ts';
import type { Discovery } from './discovery.ts';
import type { IssueRun } from './issue-run.ts';
import type { Session } from './session.ts';

type Clean = (text: string) => string;

/**
 * The discovery with every text that an agent, a tool or another job's file gave it passed through `clean`: what is recorded, written to
 * files and told afterwards holds no secret. Ids, fingerprints and what is sealed stay.
 */
export function cleanDiscovery(discovery: Discovery, clean: Clean): Discovery {
  const { session, raised, renames, reconcilesNot } = discovery;
  return {
    ...discovery,
    session: cleanSession(session, clean),
    raised: raised.map((finding) => cleanFinding(finding, clean)),
    renames: renames.map(([before, now]) => [clean(before), clean(now)]),
    gone: discovery.gone.map(clean),
    verdicts: discovery.verdicts.map((verdict) => cleanVerdict(verdict, clean)),
    ...(discovery.proposed ? { proposed: cleanProposed(discovery.proposed, clean) } : {}),
    ...(discovery.coverage ? { coverage: cleanCoverage(discovery.coverage, clean) } : {}),
    ...(reconcilesNot === undefined ? {} : { reconcilesNot: clean(reconcilesNot) }),
  };
}

function cleanAnswering({ withdrawn, ...rest }: NonNullable<Session['answering']>, clean: Clean): Session['answering'] {
  return { ...rest, withdrawn: withdrawn.map((one) => ({ ...one, answer: clean(one.answer) })) };
}

function cleanProposed(proposed: NonNullable<Discovery['proposed']>, clean: Clean): Discovery['proposed'] {
  const ofBasis = (basis: Proposal['basis']) =>
    basis.map((one) => ({ ...one, path: clean(one.path), quote: clean(one.quote) }));
  return {
    ...proposed,
    proposals: proposed.proposals.map((one) => ({ ...one, text: clean(one.text), basis: ofBasis(one.basis) })),
    withdrawals: proposed.withdrawals.map((one) => ({ ...one, answer: clean(one.answer), basis: ofBasis(one.basis) })),
  };
}

/** Without the files whose very names hold a secret: nothing is kept of those. */
function cleanCoverage(coverage: NonNullable<Discovery['coverage']>, clean: Clean): Discovery['coverage'] {
  const paths = Object.keys(coverage.files);
  // As one text, as that is what twenty thousand names cost little as.
  if (clean(paths.join('\n')) === paths.join('\n')) return coverage;
  const isClean = ([path]: readonly [string, string]) => clean(path) === path;
  const cleaned = (record: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(record).filter(isClean));
  return {
    files: cleaned(coverage.files),
    scans: coverage.scans.map((scan) => ({ ...scan, looks: cleaned(scan.looks) })),
  };
}

function cleanFinding(finding: RaisedFinding, clean: Clean): RaisedFinding {
  const { location, reproduce } = finding;
  return {
    ...finding,
    ...cleanFields(finding, ['title', 'description', 'cwe', 'expected', 'actual', 'suggestedPrompt', 'ref'], clean),
    ...(location ? { location: { ...location, ...cleanFields(location, ['path', 'symbol'], clean) } } : {}),
    ...(reproduce ? { reproduce: cleanReproduce(reproduce, clean) } : {}),
    evidence: finding.evidence.map((one) => ({ ...one, path: clean(one.path), quote: clean(one.quote) })),
    nextSteps: finding.nextSteps.map(clean),
  };
}

function cleanVerdict(verdict: Verdict, clean: Clean): Verdict {
  const evidence = verdict.evidence.map((one) => ({ ...one, path: clean(one.path), quote: clean(one.quote) }));
  return { ...verdict, proof: clean(verdict.proof), evidence };
}

function cleanReproduce(reproduce: NonNullable<RaisedFinding['reproduce']>, clean: Clean) {
  const { present } = reproduce;
  return {
    ...reproduce,
    command: clean(reproduce.command),
    ...cleanFields(reproduce, ['remark'], clean),
    ...(present ? { present: { ...present, ...cleanFields(present, ['match'], clean) } } : {}),
  };
}

function cleanConfiguration(configuration: NonNullable<Session['configuration']>, clean: Clean) {
  const scans = configuration.scans.map(({ name, prompt, paths, ...rest }) => ({
    ...rest,
    ...{ name: clean(name), prompt: clean(prompt), paths: paths.map(clean) },
  }));
  return { ...configuration, scans };
}

/** A record with every text of others passed through `clean`. */
export function cleanSession(session: Session, clean: Clean): Session {
  return {
    ...session,
    displayName: clean(session.displayName),
    reasons: session.reasons.map(clean),
    notes: session.notes.map(clean),
    ...(session.configuration ? { configuration: cleanConfiguration(session.configuration, clean) } : {}),
    agents: session.agents.map((agent) => ({
      ...agent,
      ...cleanFields(agent, ['prompt', 'reason', 'finalText'], clean),
      ...(agent.parts ? { parts: agent.parts.map((part) => cleanPart(part, clean)) } : {}),
    })),
    checks: session.checks.map((check) => ({ ...check, ...cleanFields(check, ['reason', 'tool'], clean) })),
    verdicts: session.verdicts.map((verdict) => ({ ...verdict, proof: clean(verdict.proof) })),
    rejected: session.rejected.map(({ title, reason }) => ({ title: clean(title), reason: clean(reason) })),
    questions: session.questions.map((question) => ({
      ...question,
      ...cleanFields(question, ['question', 'header', 'default'], clean),
      options: question.options.map((option) => ({
        ...option,
        ...cleanFields(option, ['label', 'description'], clean),
      })),
    })),
    ...(session.answering ? { answering: cleanAnswering(session.answering, clean) } : {}),
    answers: session.answers.map((answer) => ({ ...answer, ...cleanFields(answer, ['text'], clean) })),
    ...(session.issueRun ? { issueRun: cleanIssueRun(session.issueRun, clean) } : {}),
    ...(session.investigation ? { investigation: cleanInvestigation(session.investigation, clean) } : {}),
    assumptions: session.assumptions.map((one) => ({ ...one, ...cleanFields(one, ['text', 'basis'], clean) })),
  };
}

/** A gate's output, and the words of agents about their work. */
function cleanIssueRun(run: IssueRun, clean: Clean): IssueRun {
  const steps = run.steps.map((step) => ({ ...step, name: clean(step.name), ...cleanFields(step, ['why'], clean) }));
  return { ...run, title: clean(run.title), steps, ...cleanFields(run, ['why', 'remarks'], clean) };
}

function cleanInvestigation({ question, answer, ...rest }: Investigation, clean: Clean): Investigation {
  return {
    ...rest,
    question: clean(question),
    ...(answer
      ? { answer: { text: clean(answer.text), citations: answer.citations.map((one) => cleanCitation(one, clean)) } }
      : {}),
  };
}

function cleanCitation(citation: Citation, clean: Clean): Citation {
  if (citation.kind === 'code') return { ...citation, path: clean(citation.path), quote: clean(citation.quote) };
  return citation.kind === 'dropped' ? { ...citation, what: clean(citation.what) } : citation;
}

function cleanPart(part: NonNullable<Session['agents'][number]['parts']>[number], clean: Clean) {
  return { ...part, paths: part.paths.map(clean), ...cleanFields(part, ['reason'], clean) };
}

/** The named fields that are there and are texts, cleaned. */
function cleanFields<Key extends string>(
  record: Readonly<Partial<Record<Key, unknown>>>,
  keys: readonly Key[],
  clean: Clean,
): Partial<Record<Key, string>> {
  const cleaned: Partial<Record<Key, string>> = {};
  for (const key of keys) {
    const value = record[key];
    if (typeof value === 'string') cleaned[key] = clean(value);
  }
  return cleaned;
}
