import type { AppliedSession } from './apply-session.ts';
import type { Session } from './session.ts';

type About = { scan?: string | undefined; ref?: string | undefined; findings: string[] };

/**
 * The session with the ids that its findings have for good, where its questions and assumptions call them as their agents did. A name that fits
 * none of them, or several, stays as it is.
 */
export function nameFindings(session: Session, { named }: Pick<AppliedSession, 'named'>): Session {
  const ids = Map.groupBy(named, ({ scan, ref }) => JSON.stringify([scan, ref.toLowerCase()]));
  const idOf = (scan: string | undefined, name: string) => {
    const [only, ...others] = new Set(ids.get(JSON.stringify([scan, name.toLowerCase()]))?.map(({ id }) => id));
    return only !== undefined && others.length === 0 ? only : name;
  };
  const rename = <Element extends About>(element: Element): Element => {
    // Of the agents of a scan's parts each numbers its own.
    if (/^\d+\//.test(element.ref ?? '')) return element;
    const { scan, findings } = element;
    return { ...element, findings: [...new Set(findings.map((name) => idOf(scan, name)))] };
  };
  return { ...session, questions: session.questions.map(rename), assumptions: session.assumptions.map(rename) };
}
