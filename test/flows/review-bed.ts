import { parseConfig } from '../../src/config/parse-config.ts';
import { understandPanelEdit } from '../../src/events/understand-panel-edit.ts';
import { answerPanel } from '../../src/flows/answer-panel.ts';
import type { PanelPlace } from '../../src/flows/panel-place.ts';
import { isoTime } from '../../src/lib/clock.ts';
import type { AssumptionRecord } from '../../src/memory/assumption.ts';
import { emptyMemory, withAssumptions } from '../../src/memory/memory.ts';
import { propose } from '../../src/memory/review.ts';
import { Session } from '../../src/sessions/session.ts';
import { anAssumption } from '../memory/builders.ts';
import { aDiscovery } from '../sessions/builders.ts';
import { aCommentsBed, gate } from './comments-bed.ts';

export const id = 'S20261122-100000-aaaa';
export const commit = 'c'.repeat(40);

/** An assumption of the session as it is raised. */
export function assumed(number: string, over: Partial<AssumptionRecord> = {}): AssumptionRecord {
  const {
    revision: _,
    state: __,
    history: ___,
    ...fields
  } = anAssumption({
    ...{ session: id, id: number, text: `Text of ${number}.`, scan: 'audit', ...over },
  });
  return propose(fields, { by: 'audit', at: '2026-11-22T10:05:00Z', from: `session ${id}` });
}

const question = { id: 'Q1', scan: 'audit', ref: 'q1', question: 'Which parser?', findings: ['F-0000000a'] };

type Options = { records?: readonly AssumptionRecord[]; over?: Partial<Session>; visibility?: 'public' | 'private' };

/** A session that has ended, asked something and assumed something, with the issue of its finding (1) and a pull request (4). */
export async function aReviewBed({
  records = ['A1', 'A2', 'A3', 'A4'].map((number) => assumed(number)),
  over = {},
  visibility = 'private',
}: Options = {}) {
  const bed = await aCommentsBed({ visibility });
  const session = Session.parse({
    ...aDiscovery().session,
    ...{ id, phase: 'completed', result: 'complete', commit, questions: [question], raised: [], ...over },
  });
  await bed.seed({ session, memory: withAssumptions(emptyMemory, records) });
  bed.clock.ahead = Date.parse('2026-11-22T10:06:00Z') - Date.now();
  const github = bed.connect();
  const remote = await github.repository();
  const place = (): PanelPlace => ({ github, store: bed.store, remote, gate, clock: bed.clock, actor: 'schedule' });
  const panelIssue = () => bed.repository.issues.find(({ title }) => title.startsWith('Questions of Courier'));
  const sessionIssue = () => {
    const found = panelIssue();
    if (!found) throw new Error('there is no issue of a session');
    return found;
  };
  const comment = () => {
    const found = sessionIssue().comments.find(({ body }) => body.includes('assumptions reviewed'));
    if (!found) throw new Error('there is no panel with assumptions');
    return found;
  };
  let ticks = 0;
  /** What GitHub would deliver for an edit, and the edit itself. */
  function edit(login: string, change: (body: string) => string) {
    const panel = comment();
    const from = panel.body;
    ticks += 1;
    const at = isoTime(Date.parse('2026-11-22T11:00:00Z') + ticks * 1000);
    panel.body = change(from).replaceAll('\n', '\r\n');
    return {
      action: 'edited',
      issue: { number: sessionIssue().number },
      comment: { id: panel.id, body: panel.body, html_url: `https://github.test/c/${panel.id}`, updated_at: at },
      changes: { body: { from } },
      sender: { login, type: 'User' },
    };
  }
  async function deliver(payload: unknown) {
    const understood = understandPanelEdit(payload);
    const config = parseConfig('', 'courier.yml');
    const ports = { github: bed.connect(), gate, clock: bed.clock, config, workflow: 'courier.yml' };
    return understood && answerPanel(understood, ports);
  }
  /** `mark`: of a box, as `assumption A1 1 approve`. */
  const click = (login: string, mark: string) => deliver(edit(login, (body) => toggle(body, mark)));
  const ticked = () =>
    [...comment().body.matchAll(/^- \[x\] <!-- courier:assumption (.*?) -->/gm)].map(([, mark]) => mark);
  const memory = async () => (await bed.ledger()).readMemory();
  const states = async () => (await memory()).assumptions.map((record) => `${record.id} ${record.state}`);
  /** A comment is written and dealt with. */
  async function say(login: string, text: string, { issue = sessionIssue().number, at = '2026-11-22T10:30:00Z' } = {}) {
    bed.double.act.comment(login, text, { issue, at });
    await bed.handle(issue);
    return bed.replies(issue).at(-1) ?? '';
  }
  return { ...bed, place, panelIssue, sessionIssue, comment, edit, deliver, click, ticked, memory, states, say };
}

export function toggle(body: string, mark: string): string {
  return body
    .split('\n')
    .map((line) =>
      line.includes(`<!-- courier:${mark} -->`)
        ? line.replace(/\[([ x])\]/, (_, box) => (box === 'x' ? '[ ]' : '[x]'))
        : line,
    )
    .join('\n');
}
