import type { AgentEvent } from '../agents/agent.ts';
import type { Gate } from '../publishing/gate.ts';
import { plainJson } from '../publishing/plain-json.ts';
import { withholdFromDiscovery } from '../sessions/audience.ts';
import type { Discovery } from '../sessions/discovery.ts';
import type { Ports } from './ports.ts';

/**
 * The session as files, for a later job: what it saw, its events, the agents' output as it was read. Artifacts of a public repository are
 * public too: there, neither the events nor the output are kept, and what is sensitive is withheld.
 * @param discovery already without secrets.
 * @returns the folder's path.
 */
export async function writeSessionFiles(
  {
    discovery,
    events,
    raw,
    ledgerKey,
  }: {
    discovery: Discovery;
    events: readonly AgentEvent[];
    raw: Readonly<Record<string, string>>;
    ledgerKey: string | undefined;
  },
  { sessionFolder, gate }: Pick<Ports, 'sessionFolder'> & { gate: Gate },
): Promise<string> {
  const output = sessionFolder(discovery.session.id);
  await output.write('session.json', `${JSON.stringify(withholdFromDiscovery(discovery, ledgerKey), null, 2)}\n`);
  if (discovery.visibility !== 'public') {
    if (events.length > 0)
      await output.write(
        'events.ndjson',
        events.map((event) => `${JSON.stringify(plainJson(event, gate.plain))}\n`).join(''),
      );
    for (const [name, text] of Object.entries(raw)) await output.write(`raw/${name}`, gate.plain(text));
  }
  return output.folder;
}
