import { checksText, isUndetermined } from './conclusion.ts';
import { type Html, html, when } from './html.ts';
import { renderFactList } from './html-finding.ts';
import { renderInline } from './html-prose.ts';
import {
  dateText,
  durationText,
  iterationsText,
  sessionCostText,
  timeText,
  tokensText,
  verdictText,
} from './measures.ts';
import { repositoryUrl } from './place.ts';
import { toPlainLine } from './plain-text.ts';
import type { Report, ReportedCheck } from './report.ts';

/** What the checks say; those that could not determine anything stand first. */
export function renderChecks({ checks }: Report): Html {
  if (checks.length === 0) return html``;
  const order = { undetermined: 0, findings: 1, clean: 2, 'not-applicable': 3 } as const;
  const sorted = checks.toSorted((a, b) => order[a.state] - order[b.state]);
  return html`<section class="panel" aria-labelledby="checks"><h2 id="checks">Checks</h2>
<p class="quiet">${checksText(checks)}</p>
<ul class="checks">${sorted.map(renderCheck)}</ul></section>`;
}

function renderCheck(check: ReportedCheck): Html {
  const words = {
    undetermined: 'could not determine',
    findings: 'findings',
    clean: 'clean',
    'not-applicable': 'not applicable',
  };
  const state = check.state === 'findings' ? `${check.findings} found` : words[check.state];
  const tool = [check.tool, check.version].filter((text) => text !== undefined).join(' ');
  const held = check.held > 0 ? `${check.held} held back${rulesText(check)}` : undefined;
  const notes = [tool && tool !== check.check ? tool : undefined, held].filter(
    (text) => text !== undefined && text !== '',
  );
  return html`<li class="${check.state}"><span class="name"><bdi>${toPlainLine(check.check)}</bdi></span>
<span class="state">${state}</span><span class="time">${isUndetermined(check) || check.state === 'not-applicable' ? '' : timeText(check.durationMs)}</span>
<span class="why" dir="auto">${when(check.reason, renderInline)}${notes.map((note) => html` <span class="quiet"><bdi>${toPlainLine(note ?? '')}</bdi></span>`)}</span></li>`;
}

function rulesText({ heldRules = [] }: ReportedCheck): string {
  if (heldRules.length === 0) return '';
  return ` of ${heldRules.slice(0, 6).join(', ')}${heldRules.length > 6 ? ' and others' : ''}`;
}

/** What running commands showed, and what came of looking for known findings again. */
export function renderProof({ session }: Report): Html {
  const { notes, verdicts } = session;
  if (notes.length + verdicts.length === 0) return html``;
  return html`<section class="panel" aria-labelledby="proof"><h2 id="proof">Proof</h2>
${notes.map((note) => html`<p class="quiet" dir="auto">${renderInline(note)}</p>`)}
<ul class="entries">${verdicts.map(renderVerdict)}</ul></section>`;
}

function renderVerdict({ finding, verdict, proof }: Report['session']['verdicts'][number]): Html {
  return html`<li><span class="id">${toPlainLine(finding)}</span><div><p dir="auto"><b>${verdictText[verdict]}</b>: ${renderInline(proof)}</p></div></li>`;
}

/** What the agent could not tell, and how it went on. */
export function renderQuestions({ session }: Report): Html {
  const { questions, assumptions } = session;
  if (questions.length + assumptions.length === 0) return html``;
  return html`<section class="panel" aria-labelledby="questions"><h2 id="questions">Questions and assumptions</h2>
<ul class="entries">${questions.map(renderQuestion)}${assumptions.map(renderAssumption)}</ul></section>`;
}

function renderQuestion({ id, question, options, blocking }: Report['session']['questions'][number]): Html {
  const choices = options.map(({ label, description }) =>
    description
      ? html`<li dir="auto">${renderInline(label)}: ${renderInline(description)}</li>`
      : html`<li dir="auto">${renderInline(label)}</li>`,
  );
  return html`<li><span class="id">${toPlainLine(id)}</span><div><p dir="auto">${renderInline(question)}${blocking ? ' (blocking)' : ''}</p>
${when(choices.length > 0 ? choices : undefined, (items) => html`<ul class="options">${items}</ul>`)}</div></li>`;
}

function renderAssumption({ id, text, basis, confidence }: Report['session']['assumptions'][number]): Html {
  const sure = confidence === undefined ? undefined : `Confidence ${Math.round(confidence * 100)} %`;
  return html`<li><span class="id">${toPlainLine(id)}</span><div><p dir="auto">${renderInline(text)}</p>
${when(basis, (value) => html`<p class="quiet" dir="auto">Basis: ${renderInline(value)}</p>`)}${when(sure, (value) => html`<p class="quiet">${value}</p>`)}</div></li>`;
}

/** What was raised and not taken for a finding. */
export function renderRejected({ session }: Report): Html {
  if (session.rejected.length === 0) return html``;
  const items = session.rejected.map(
    ({ title, reason }) =>
      html`<li><div><p dir="auto">${renderInline(title)}</p><p class="quiet" dir="auto">${renderInline(reason)}</p></div></li>`,
  );
  return html`<section class="panel" aria-labelledby="rejected"><h2 id="rejected">Rejected</h2>
<p class="quiet">Raised, but not taken for findings.</p><ul class="entries">${items}</ul></section>`;
}

/** The facts of the session. */
export function renderSession(report: Report): Html {
  const { session, repository } = report;
  const text = (value: string | undefined) => (value ? html`<bdi>${toPlainLine(value)}</bdi>` : undefined);
  const models = [...new Set(session.agents.map(({ model }) => model))].join(', ');
  const page = repositoryUrl(repository);
  const name = html`<bdi>${toPlainLine(repository.name)}</bdi>`;
  return html`<section class="panel" aria-labelledby="session"><h2 id="session">Session</h2>
${renderFactList([
  ['Repository', page ? html`<a href="${page}" rel="noreferrer noopener">${name}</a>` : name],
  [
    'Commit',
    repository.commit
      ? html`<code>${toPlainLine(repository.commit).slice(0, 12)}</code>${repository.dirty ? ', uncommitted changes' : ''}`
      : undefined,
  ],
  ['Branch', text(repository.branch)],
  ['Session', html`<code>${toPlainLine(session.id)}</code>`],
  ['Result', text(session.result ?? session.phase)],
  ['Trigger', text(session.trigger)],
  ['Started', html`<time datetime="${session.startedAt}">${dateText(session.startedAt)}</time>`],
  ['Duration', text(durationText(session))],
  ['Model', text(models)],
  ['Iterations', text(iterationsText(session))],
  ['Tokens', text(tokensText(session))],
  ['Cost', text(sessionCostText(session))],
])}</section>`;
}
