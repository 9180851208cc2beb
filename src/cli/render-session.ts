import { count } from '../lib/text.ts';
import { letterOf } from '../questions/panel-boxes.ts';
import { tellAside } from '../questions/plan-questions.ts';
import {
  dateText,
  durationText,
  iterationsText,
  sessionCostText,
  tokensText,
  verdictText,
} from '../reports/measures.ts';
import { toPlainLine } from '../reports/plain-text.ts';
import { agentStatusOf } from '../sessions/agent-status.ts';
import { scoresText } from '../sessions/issue-run.ts';
import type { Session } from '../sessions/session.ts';
import type { SessionEvent } from '../sessions/session-event.ts';
import { renderEvents } from './render-events.ts';
import { renderFacts } from './render-facts.ts';

/** A session's record for a terminal. Its texts are untrusted and are cleaned here. */
export function renderSession(session: Session, events: readonly SessionEvent[] = []): string {
  const facts = renderFacts([
    ['Id', session.id],
    ['Kind', session.kind],
    ['About', session.answering && `session ${session.answering.session}`],
    ['Started by', session.actor ? `${session.trigger} (${session.actor})` : session.trigger],
    ['Repository', session.repository],
    ['Commit', session.commit],
    ['Ref', session.ref],
    ['Phase', session.phase],
    ['Agent', events.length === 0 ? undefined : agentStatusOf(events).replace('_', ' ')],
    ['Result', session.result],
    ['Stopped', session.stopReason],
    ['Started', dateText(session.startedAt)],
    ['Took', durationText(session)],
    ['Iterations', iterationsText(session)],
    ['Tokens', tokensText(session)],
    ['Cost', sessionCostText(session)],
    ['Raised', session.raised.join(', ')],
    ['Updated', session.updated.join(', ')],
    ['Resolved', session.resolved.join(', ')],
    ['Reopened', session.reopened.join(', ')],
  ]);
  const sections = [
    ...renderIssueRun(session),
    section('Why it is not complete', session.reasons),
    section(
      'Checks',
      session.checks.map(
        ({ check, state, findings, reason }) =>
          `${check}: ${state === 'findings' ? count(findings, 'finding') : state}${reason ? ` (${reason})` : ''}`,
      ),
    ),
    section(
      'Agents',
      session.agents.map(
        ({ scan, tool, model, ending, outcome, reason }) =>
          `${scan}: ${tool}, ${model}, ${ending}, output ${outcome}${reason ? ` (${reason})` : ''}`,
      ),
    ),
    section('Notes', session.notes),
    section(
      'Checked again',
      session.verdicts.map(({ finding, verdict, proof }) => `${finding} ${verdictText[verdict]}: ${proof}`),
    ),
    section(
      'Rejected',
      session.rejected.map(({ title, reason }) => `${title}: ${reason}`),
    ),
    section(
      'Questions',
      session.questions.map((one) => tellQuestion(one, session)),
    ),
    ...renderSettled(session),
  ];
  const happened = events.length > 0 ? ['What happened', ...renderEvents(events)].join('\n') : '';
  return [toPlainLine(session.displayName), facts, ...sections, happened].filter((part) => part !== '').join('\n\n');
}

function renderIssueRun({ issueRun }: Session): string[] {
  if (!issueRun) return [];
  const { issue, outcome, branch, commit, pullRequest, blueprint, steps, scores, remarks } = issueRun;
  const scored = scoresText(scores);
  const pull = pullRequest ? `pull request #${pullRequest.number} (${pullRequest.url})` : undefined;
  const at = commit === undefined ? branch : `${branch} at ${commit.slice(0, 7)}`;
  const facts = [`#${issue}: ${outcome ?? 'under way'}`, `branch ${at}`, pull, `blueprint ${blueprint}`];
  return [
    section(
      'Run',
      facts.filter((fact) => fact !== undefined),
    ),
    section(
      'Steps',
      steps.map(({ name, round, end, why }) => `${name}, round ${round}: ${end}${why ? ` (${why})` : ''}`),
    ),
    section('Evaluated', scored === undefined ? [] : [scored, ...(remarks === undefined ? [] : [remarks])]),
  ];
}

/** With what an answer names, and with the answer where the session heard one. */
function tellQuestion(asked: Session['questions'][number], { answers }: Session): string {
  const options = asked.options.map(({ label }, index) => `${letterOf(index)}: ${label}`).join(', ');
  const said = answers.findLast(({ question }) => question === asked.id);
  const answer = said?.text === undefined ? undefined : `answered by ${said.by}: ${said.text}`;
  const parts = [`${asked.id}: ${asked.question}${options === '' ? '' : ` (${options})`}`, answer, tellAside(asked)];
  return parts.filter((part) => part !== undefined).join(' – ');
}

function renderSettled({ answering, assumptions }: Session): string[] {
  const withdrawn = (answering?.withdrawn ?? []).map(({ question, answer }) => `${question}: ${answer}`);
  const assumed = assumptions.map(({ id, text }) => `${id}: ${text}`);
  return [section('Withdrawn', withdrawn), section(answering ? 'Proposed' : 'Assumptions', assumed)];
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [title, ...lines.map((line) => `- ${toPlainLine(line)}`)].join('\n');
}
