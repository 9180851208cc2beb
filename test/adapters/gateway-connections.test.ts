import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { gatewayFiles } from '../../src/adapters/local/gateway/inside.ts';
import { startGateway } from '../../src/adapters/local/gateway/start-gateway.ts';

it('keeps a connection that rests for longer than any client does, so that no call meets its end', async () => {
  const place = mkdtempSync(path.join(tmpdir(), 'courier-test-'));
  const folder = path.join(place, 'gateway');
  const gateway = await startGateway(folder, {
    ...{ vendor: 'anthropic', upstream: 'http://127.0.0.1', key: 'sk-real', token: 'the-token' },
    decide: () => ({ pass: true }),
  });
  const agent = new Agent({ keepAlive: true });
  onTestFinished(async () => {
    agent.destroy();
    await gateway.stop();
    rmSync(place, { recursive: true, force: true });
  });
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const socketPath = path.join(folder, gatewayFiles.socket);
    request({ agent, socketPath, path: '/api/hello' }, resolve).on('error', reject).end();
  });
  answer.resume();
  expect(answer.headers).toMatchObject({ connection: 'keep-alive', 'keep-alive': 'timeout=600' });
});
