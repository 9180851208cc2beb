// What the app is measured against: Probot with a handler that does nothing. `node test/bench/bare-probot.ts`, the environment as the app's.
import { pino } from 'pino';
import { Probot, Server } from 'probot';

const {
  APP_ID = '1',
  PRIVATE_KEY = '',
  WEBHOOK_SECRET = '',
  HOST = '127.0.0.1',
  PORT = '3000',
  LOG_LEVEL,
} = process.env;
const log = pino({ level: LOG_LEVEL ?? 'info' });
const options = { appId: APP_ID, privateKey: PRIVATE_KEY, secret: WEBHOOK_SECRET, log };
const server = new Server({ host: HOST, port: Number(PORT), log, Probot: Probot.defaults(options) });
await server.load((probot) => {
  probot.onAny(() => {});
});
await server.start();
