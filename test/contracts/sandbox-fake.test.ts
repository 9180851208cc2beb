import { createFolderSandbox } from '../fakes/folder-sandbox.ts';
import { createFakeSandbox } from '../fakes/sandbox.ts';
import { describeSandbox, scriptedCommands } from './sandbox-conformance.ts';

describeSandbox('the fake', async () => createFakeSandbox({ commands: scriptedCommands }));

describeSandbox('a folder of this machine', (files) => createFolderSandbox({ files }));
