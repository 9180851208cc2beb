import { isAtLeast } from '../events/role.ts';
import type { Finding } from '../findings/finding.ts';
import type { Thumb } from '../findings/issue.ts';
import { isMarkedComment } from '../findings/issue-markers.ts';
import { newRaters } from '../findings/observe-thumbs.ts';
import { ExternalError, UserError } from '../lib/errors.ts';
import type { GitHub, IssueSnapshot } from './github-ports.ts';

/** People whom GitHub is asked about in one session, at most; the others' thumbs are looked at again in the next one. */
const mostQuestions = 20;
/** Comments that are read in one session to see whether they are Courier's. */
const mostComments = 10;

/**
 * Whose thumbs count: of people who may triage, at that moment; each is asked about once in a session. Anybody may react on a public
 * repository: people who had to do with findings before come first, so that strangers cannot crowd them out.
 */
export function createRaters(github: Pick<GitHub, 'roleOf' | 'self' | 'comments'>) {
  const answers = new Map<string, boolean>();
  const ours = new Map<number, boolean>();

  async function mayRate(login: string): Promise<boolean> {
    // Apps rate nothing, and Courier not its own work.
    if (login.endsWith('[bot]')) return false;
    try {
      if (login === (await github.self()).toLowerCase()) return false;
      return isAtLeast(await github.roleOf(login), 'triage');
    } catch (error) {
      if (!isPassing(error)) throw error;
      return false;
    }
  }

  /** An app's comment may be another app's: only those with a mark of ours count. */
  async function isOurs(comment: number): Promise<boolean> {
    const known = ours.get(comment);
    if (known !== undefined || ours.size >= mostComments) return known ?? false;
    ours.set(comment, false);
    try {
      ours.set(comment, isMarkedComment((await github.comments.read(comment))?.body ?? ''));
    } catch (error) {
      if (!isPassing(error)) throw error;
    }
    return ours.get(comment) ?? false;
  }

  return {
    /** The issue without new thumbs on comments that are not Courier's. */
    async onOurs(finding: Finding, issue: IssueSnapshot): Promise<IssueSnapshot> {
      const news = new Set(newRaters(finding, issue));
      const thumbs: Thumb[] = [];
      for (const thumb of issue.thumbs ?? [])
        if (thumb.comment === undefined || !news.has(thumb.by) || (await isOurs(thumb.comment))) thumbs.push(thumb);
      return thumbs.length === (issue.thumbs ?? []).length ? issue : { ...issue, thumbs };
    },
    /** @param logins whose thumbs are new. @returns those, in small letters, that count. */
    async among(logins: readonly string[], known: ReadonlySet<string>): Promise<ReadonlySet<string>> {
      const wanted = [...new Set(logins.map((login) => login.toLowerCase()))];
      const ordered = [...wanted.filter((login) => known.has(login)), ...wanted.filter((login) => !known.has(login))];
      for (const login of ordered)
        if (!answers.has(login) && answers.size < mostQuestions) answers.set(login, await mayRate(login));
      return new Set(wanted.filter((login) => answers.get(login) === true));
    },
  };
}

/** What cannot be looked up counts for nothing now; the next session looks again. */
function isPassing(error: unknown): boolean {
  return error instanceof ExternalError || error instanceof UserError;
}
