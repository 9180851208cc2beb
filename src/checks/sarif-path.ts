import { toRepositoryPath } from '../lib/safe-path.ts';
import type { ArtifactLocation, SarifRun } from './sarif-schema.ts';

/**
 * The repository-relative path of an artifact. Relative addresses are taken from the root, also below a base that the log leaves open
 * (`%SRCROOT%`); absolute ones count only below the root.
 */
export function toResultPath(location: ArtifactLocation, run: SarifRun, root: string): string | undefined {
  const found = location.uri === undefined ? fromArtifacts(location, run) : location;
  if (found?.uri === undefined) return undefined;
  const address = withBases(found.uri, found.uriBaseId, run);
  const path = toPath(address);
  return path === undefined ? undefined : toRepositoryPath(path, { workspace: root });
}

function fromArtifacts({ index }: ArtifactLocation, run: SarifRun): ArtifactLocation | undefined {
  return index === undefined ? undefined : run.artifacts?.[index]?.location;
}

function withBases(uri: string, firstBase: string | undefined, run: SarifRun): string {
  let address = uri;
  let base = firstBase;
  // Bases may refer to bases; a log that refers in a circle ends after a few rounds.
  for (let round = 0; base !== undefined && round < 8 && !isAbsolute(address); round++) {
    const known: ArtifactLocation | undefined = run.originalUriBaseIds?.[base];
    if (known?.uri) address = `${known.uri.replace(/\/$/, '')}/${address}`;
    base = known?.uriBaseId;
  }
  return address;
}

function isAbsolute(address: string): boolean {
  return /^([a-z][a-z0-9+.-]*:|\/)/i.test(address);
}

function toPath(address: string): string | undefined {
  const local = /^file:(?:\/\/[^/]*)?(\/.*)$/i.exec(address)?.[1] ?? address;
  try {
    return decodeURIComponent(local);
  } catch {
    // Many tools write plain paths where an address belongs; a lone % is then just a character.
    return local;
  }
}
