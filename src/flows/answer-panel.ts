import { roleNeeded } from '../commands/authorise.ts';
import type { Configuration } from '../config/schema.ts';
import { isAtLeast } from '../events/role.ts';
import type { PanelEdit } from '../events/understand-panel-edit.ts';
import { renderCommentMark } from '../findings/issue-markers.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { Clock } from '../lib/clock.ts';
import type { Gate } from '../publishing/gate.ts';
import { safe } from '../publishing/safe-text.ts';
import type { PanelAct } from '../questions/panel.ts';
import { lookUp } from './follow-command.ts';
import type { GitHub } from './github-ports.ts';
import { keepPanel } from './keep-panel.ts';
import { type AnswerPlace, recordAnswers } from './record-answers.ts';
import { identityOf } from './record-session.ts';

export type PanelPorts = { github: GitHub; gate: Gate; clock: Clock; config: Configuration; workflow: string };

/**
 * What somebody did on a panel by clicking. It counts where that person may answer now; else the panel is put back as it was, with one sentence to
 * them, and on a public repository without any. Whatever else was done to its text is undone.
 */
export async function answerPanel(
  edit: PanelEdit,
  ports: PanelPorts,
): Promise<'not-ours' | 'answered' | 'refused' | 'healed'> {
  const { github, config, clock, gate, workflow } = ports;
  const remote = await github.repository();
  const store = github.ledger(config.ledger.branch);
  const ledger = await readLedger(await store.read(), identityOf(remote));
  const known = ledger.sessionIssues.find(({ number }) => number === edit.issue);
  const panel = known && (await ledger.readPanel(known.session));
  if (!panel || panel.comment !== edit.comment) return 'not-ours';
  const place: AnswerPlace = { github, store, remote, gate, clock, workflow, actor: edit.sender };
  if (edit.deeds.length === 0) {
    await keepPanel(panel.session, place);
    return 'healed';
  }
  const standing = await lookUp(edit.sender, ports);
  const needed = roleNeeded('answer', config.permissions);
  if ('unknown' in standing || !isAtLeast(standing.role, needed)) {
    await keepPanel(panel.session, place);
    const why = 'unknown' in standing ? standing.unknown : undefined;
    if (remote.visibility !== 'public') await tellRefused(edit, { needed, why }, place);
    return 'refused';
  }
  const { sender: by, at, url: from, comment } = edit;
  const acts = edit.deeds.flatMap((deed): PanelAct[] =>
    deed.kind === 'review' ? [] : [{ by, at, from, comment, ...deed }],
  );
  await recordAnswers(panel.session, acts, place);
  return 'answered';
}

/** One sentence for each person, once. */
async function tellRefused(
  { issue, sender }: PanelEdit,
  { needed, why }: { needed: string; why: string | undefined },
  { github, gate }: AnswerPlace,
): Promise<void> {
  const mark = renderCommentMark(['panel-refused', sender.toLowerCase(), why ?? ''], gate);
  const reason =
    why === undefined
      ? safe`answering takes the role ${gate.inline(needed)} in this repository`
      : safe`what you may do here could not be looked up (${gate.inline(why)}); try again`;
  const say = safe`What ${gate.inline(sender)} ticked was taken back: ${reason}.`;
  await github.comments.ensure(issue, mark, safe`${say}\n\n${mark}`);
}
