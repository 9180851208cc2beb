import type { Offer } from '../ledger/runs-record.ts';
import { truncate } from '../lib/text.ts';
import type { RunReport } from './render-pull-request.ts';
import type { RunWork } from './run-work.ts';

const longest = { text: 9_000, output: 3_500, line: 1_500, id: 90 } as const;
const most = { verified: 12, assumptions: 20, leftOut: 20 } as const;

/**
 * What a pull request will say, as it is kept until it is opened.
 * @param from the commit that the run's commit stands on. @param plain takes secrets out of a text.
 */
export function toOffer(
  { session, kind, report }: RunWork,
  { from, commit, ranOn, held }: Pick<Offer, 'from' | 'commit' | 'ranOn' | 'held'>,
  plain: (text: string) => string,
): Offer {
  const cut = (text: string, length: number) => truncate(plain(text), length);
  const toLine = ({ id, text }: { id: string; text: string }) => ({
    id: cut(id, longest.id),
    text: cut(text, longest.line),
  });
  const {
    issue,
    summary,
    leftOut,
    verified,
    assumptions,
    settled = [],
    judge,
    scores,
    blueprint,
    model,
    costUsd,
  } = report;
  return {
    ...{ session, from, commit, held, kind },
    ...(ranOn === undefined ? {} : { ranOn }),
    report: {
      ...{ issue, session: report.session, blueprint: cut(blueprint, 60), model: cut(model, 190) },
      summary: cut(summary, longest.text),
      leftOut: leftOut.slice(0, most.leftOut).map((text) => cut(text, longest.line)),
      verified: verified.slice(0, most.verified).map(({ name, ok, verdict, before, after }) => ({
        ...{ name: cut(name, longest.line), ok, after: tail(plain(after)) },
        ...(verdict === undefined ? {} : { verdict: cut(verdict, 300) }),
        ...(before === undefined ? {} : { before: tail(plain(before)) }),
      })),
      assumptions: assumptions.slice(0, most.assumptions).map(toLine),
      ...(settled.length === 0 ? {} : { settled: settled.slice(0, most.assumptions).map(toLine) }),
      ...(judge === undefined ? {} : { judge: cut(judge, longest.text) }),
      ...(scores === undefined ? {} : { scores: cut(scores, 300) }),
      ...(costUsd === undefined ? {} : { costUsd }),
    },
  };
}

/** What a program says last is what it comes to. */
function tail(output: string): string {
  return output.length > longest.output ? output.slice(-longest.output).toWellFormed() : output;
}

export function toReport({ report: { judge, scores, costUsd, verified, settled, ...rest } }: Offer): RunReport {
  return {
    ...rest,
    costUsd,
    verified: verified.map(({ verdict, before, ...one }) => ({
      ...one,
      ...(verdict === undefined ? {} : { verdict }),
      ...(before === undefined ? {} : { before }),
    })),
    ...(judge === undefined ? {} : { judge }),
    ...(scores === undefined ? {} : { scores }),
    ...(settled === undefined ? {} : { settled }),
  };
}
