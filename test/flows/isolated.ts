import { createLocalSandboxProvider } from '../../src/adapters/local/local-sandbox.ts';
import { silentLog } from '../../src/lib/log.ts';
import { realPrograms } from '../agents/programs/real-programs.ts';

/** The sandboxes that users have on this machine: agent tools of others run in no other. */
export const isolated = () => createLocalSandboxProvider({ env: process.env, programs: realPrograms, log: silentLog });
