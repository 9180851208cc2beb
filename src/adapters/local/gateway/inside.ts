/** Names in the folder of a sandbox's gateway. */
export const gatewayFiles = { socket: 'api.sock', script: 'forward.mjs' } as const;

/** Where the folder is inside, and the address that programs call. */
export const gatewayInside = { folder: '/run/courier', port: 8787, url: 'http://127.0.0.1:8787' } as const;

/**
 * Runs in the sandbox, before the command: many programs take an address with a port only, and there is no network. It listens on
 * 127.0.0.1, which is the sandbox's own, and ends as its command ends. Any Node of the machine must be able to run it.
 */
export const forwarderScript = `import { spawn } from 'node:child_process';
import net from 'node:net';
import { constants } from 'node:os';
const [port, socket, program, ...parameters] = process.argv.slice(2);
const server = net.createServer({ allowHalfOpen: true }, (inside) => {
  const outside = net.connect({ path: socket, allowHalfOpen: true });
  for (const [from, to] of [[inside, outside], [outside, inside]]) {
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
    from.pipe(to);
  }
});
server.on('error', (error) => {
  process.stderr.write('courier: the gateway cannot listen: ' + error.message + '\\n');
  process.exit(126);
});
server.listen(Number(port), '127.0.0.1', () => {
  const child = spawn(program, parameters, { stdio: 'inherit' });
  child.on('error', (error) => {
    const missing = error.code === 'ENOENT';
    process.stderr.write('courier: ' + program + ': ' + (missing ? 'not found' : error.message) + '\\n');
    process.exit(missing ? 127 : 126);
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
});
`;

/** The command, with the forwarder beside it. `node`: the program, as it is called inside. */
export function besideForwarder(node: string, command: readonly string[]): readonly string[] {
  const { folder, port } = gatewayInside;
  return [node, `${folder}/${gatewayFiles.script}`, String(port), `${folder}/${gatewayFiles.socket}`, ...command];
}
