import type { Finding } from '../findings/finding.ts';
import type { Gate } from '../publishing/gate.ts';
import type { Discovery } from '../sessions/discovery.ts';
import { discoveryForEverybody } from '../sessions/withhold-asked.ts';
import type { Ports } from './ports.ts';

/**
 * The session as files, for a later job: what it saw, and the agents' output as it was read (its events are there already). Artifacts of a
 * public repository are public too: there, the output is not kept, and what is sensitive is withheld.
 * @param discovery already without secrets.
 * @returns the folder's path.
 */
export async function writeSessionFiles(
  {
    discovery,
    raw,
    ledgerKey,
    known,
  }: {
    discovery: Discovery;
    raw: Readonly<Record<string, string>>;
    ledgerKey: string | undefined;
    /** Findings of the ledger, as far as it was read. */
    known: readonly Finding[];
  },
  { sessionFolder, gate }: Pick<Ports, 'sessionFolder'> & { gate: Gate },
): Promise<string> {
  const output = sessionFolder(discovery.session.id);
  await output.write(
    'session.json',
    `${JSON.stringify(discoveryForEverybody(discovery, known, ledgerKey), null, 2)}\n`,
  );
  if (discovery.visibility !== 'public') {
    for (const [name, text] of Object.entries(raw)) await output.write(`raw/${name}`, gate.plain(text));
  }
  return output.folder;
}
