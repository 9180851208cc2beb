import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import { messageOf } from '../src/lib/errors.ts';
import type { Log } from '../src/lib/log.ts';
import type { AppEnvironment } from './environment.ts';

/** Lines of JSON, for whatever collects logs. What carries a credential is left out wherever it stands. */
export function createLog(level: AppEnvironment['logLevel'], destination?: DestinationStream): Logger {
  const secret = ['authorization', 'token', 'privateKey', 'secret', 'x-hub-signature-256', 'x-hub-signature'];
  const paths = secret.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`, `*.*.*["${name}"]`]);
  const options: LoggerOptions = {
    name: 'courier',
    level,
    redact: { paths, censor: '[left out]' },
    // Errors of the SDKs carry the request and the event with them: what anybody wrote, and what we signed with.
    serializers: { err: toErrorLine, error: toErrorLine, req: toRequestLine },
  };
  return destination ? pino(options, destination) : pino(options);
}

function toErrorLine(error: unknown): object {
  if (!(error instanceof Error)) return { message: messageOf(error) };
  return { type: error.name, message: error.message, stack: error.stack };
}

function toRequestLine({ id, method, url }: { id?: unknown; method?: unknown; url?: unknown }): object {
  return { id, method, url };
}

/** The log of flows and adapters, whose texts passed the gate. */
export function toLog(log: Logger): Log {
  return {
    debug: (message) => log.debug(message),
    info: (message) => log.info(message),
    warn: (message) => log.warn(message),
    error: (message) => log.error(message),
  };
}
