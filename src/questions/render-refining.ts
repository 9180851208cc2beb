import type { Gate } from '../publishing/gate.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';
import type { PanelAct } from './panel.ts';
import { renderBox } from './panel-boxes.ts';

/** `none`: nobody can ask for an answering session now. `under-way`: one was asked for; `run`: the address of what holds it. */
export type Refining =
  | { kind: 'none' }
  | { kind: 'offered'; unsent?: string | undefined }
  | { kind: 'under-way'; run?: string | undefined };

type At = { asked: Pick<PanelAct, 'by' | 'at'> | undefined; gate: Gate };

/** The box that asks for an answering session, or what became of the one that was asked for. `asked`: who did it last. */
export function renderRefining(refining: Refining, { asked, gate }: At): SafeText | undefined {
  const who = asked ? safe`by ${gate.inline(asked.by)}, ${gate.inline(asked.at)}` : undefined;
  switch (refining.kind) {
    case 'none':
      return undefined;
    case 'under-way': {
      const { run } = refining;
      const what = run === undefined ? safe`An answering session` : gate.link(safe`An answering session`, run);
      const last = who ? safe` (last asked for ${who})` : safe``;
      return safe`_${what} looks for what is open${last}; this comment is renewed when it has ended. What you say meanwhile goes before._`;
    }
    case 'offered': {
      const { unsent } = refining;
      const why =
        unsent === undefined ? undefined : safe`**The answering session could not be started:** ${gate.inline(unsent)}`;
      const box = renderBox({ kind: 'answering-session' }, gate);
      return joinSafe([why, who ? safe`${box} (last asked for ${who})` : box], safe`\n\n`);
    }
  }
}
