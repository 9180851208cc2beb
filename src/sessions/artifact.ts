import type { Session } from './session.ts';

/** The name under which the shipped workflows keep a session's files. */
export function artifactName({ id }: Pick<Session, 'id'>): string {
  return `courier-session-${id}`;
}

/** Where the files of a session lie that another one was followed by in the same job: in a folder among that one's. */
export type Within = { session: string; folder: string };

/**
 * Where the bulky part of a session lies, for its record.
 * @param digest of its checkpoint, which vouches for the rest; `undefined`: nothing was kept to go on from.
 */
export function artifactOf(
  session: Session,
  digest: string | undefined,
  within?: Within,
): NonNullable<Session['artifact']> {
  const { runner } = session;
  return {
    ...(within
      ? { name: artifactName({ id: within.session }), folder: within.folder }
      : { name: artifactName(session) }),
    ...(runner?.kind === 'workflow' ? { run: runner.run } : {}),
    ...(session.run ? { url: session.run } : {}),
    ...(digest === undefined ? {} : { digest }),
  };
}
