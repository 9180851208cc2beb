import { createFakeSandbox } from '../fakes/sandbox.ts';
import { describeSandbox, scriptedCommands } from './sandbox-conformance.ts';

describeSandbox('the fake', async () => createFakeSandbox({ commands: scriptedCommands }));
