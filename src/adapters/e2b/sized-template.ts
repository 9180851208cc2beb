import type { Log } from '../../lib/log.ts';
import type { SandboxSize } from '../../sandboxes/sandbox.ts';
import type { Account } from './account.ts';
import { type Patience, withRetries } from './retry.ts';

/**
 * The template of the wanted size. E2B fixes memory and processors when a template is built: where a size is asked for, a template of it is
 * built upon the named one, once for the account; its name tells the size, so that the next session finds it.
 */
export async function ensureTemplate(
  account: Account,
  { templateId, memoryMb, cpuCount }: SandboxSize,
  { patience, log }: { patience: Patience; log: Log },
): Promise<string> {
  if (memoryMb === undefined && cpuCount === undefined) return templateId;
  const name = nameOf({ templateId, memoryMb, cpuCount });
  const what = `E2B could not build the template ${name}`;
  if (await withRetries(() => account.Template.exists(name), { what, patience })) return name;
  log.info(`Building the E2B template ${name}, once for this account.`);
  const template = account.Template().fromTemplate(templateId);
  await withRetries(
    () =>
      account.Template.build(template, name, {
        ...(memoryMb === undefined ? {} : { memoryMB: memoryMb }),
        ...(cpuCount === undefined ? {} : { cpuCount }),
      }),
    { what, patience },
  );
  return name;
}

/** What is in a template changes under its name: this says which one it is now, as far as E2B tells. */
export async function readBuild({ Template }: Account, template: string): Promise<string> {
  const tags = await Template.getTags(template).catch(() => []);
  return tags.find(({ tag }) => tag === 'default')?.buildId ?? 'unknown';
}

/** Letters, digits and hyphens alone may be in the name of a template. */
function nameOf({ templateId, memoryMb, cpuCount }: SandboxSize): string {
  const base = templateId
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 80);
  return ['courier', base, memoryMb && `${memoryMb}mb`, cpuCount && `${cpuCount}cpu`].filter(Boolean).join('-');
}
