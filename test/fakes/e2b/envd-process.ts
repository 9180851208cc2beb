import { type ChildProcess, spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import type http from 'node:http';

export type User = { name: string; home: string; uid: number | undefined; gid: number | undefined };
export type Context = {
  request: http.IncomingMessage;
  response: http.ServerResponse;
  url: URL;
  user: User;
  envs: Readonly<Record<string, string>>;
};

type Config = { cmd: string; args?: string[]; envs?: Record<string, string>; cwd?: string };
type Running = { child: ChildProcess; config: Config; listeners: Set<(event: object, last?: boolean) => void> };
const running = new Map<number, Running>();

export async function handleProcess(context: Context): Promise<void> {
  const { request, response, url } = context;
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  switch (url.pathname) {
    case '/process.Process/Start':
      return start(context, JSON.parse(body.toString('utf8', 5)));
    case '/process.Process/Connect': {
      const found = selected(JSON.parse(body.toString('utf8', 5)));
      if (!found) return endStream(open(response), { code: 'not_found', message: 'process not found' });
      return follow(context, found);
    }
    case '/process.Process/List':
      return answer(response, {
        processes: [...running].map(([pid, { config }]) => ({ pid, config })),
      });
    default:
      return actOn(context, JSON.parse(body.toString()));
  }
}

type Selector = { process?: { pid?: number } };
const selected = ({ process: chosen }: Selector) => running.get(chosen?.pid ?? 0);

function actOn({ response, url }: Context, message: Selector & { signal?: string; input?: { stdin?: string } }): void {
  const found = selected(message);
  if (!found) {
    answer(response, { code: 'not_found', message: 'process not found' }, 404);
    return;
  }
  const { child } = found;
  if (url.pathname === '/process.Process/SendSignal')
    child.kill(message.signal === 'SIGNAL_SIGTERM' ? 'SIGTERM' : 'SIGKILL');
  else if (url.pathname === '/process.Process/CloseStdin') child.stdin?.end();
  else if (url.pathname === '/process.Process/SendInput')
    child.stdin?.write(Buffer.from(message.input?.stdin ?? '', 'base64'));
  answer(response, {});
}

function answer(response: http.ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function open(response: http.ServerResponse): http.ServerResponse {
  if (!response.headersSent) {
    response.writeHead(200, { 'content-type': 'application/connect+json' });
    response.flushHeaders();
  }
  return response;
}

function frame(flags: number, message: object): Buffer {
  const json = Buffer.from(JSON.stringify(message));
  const head = Buffer.alloc(5);
  head[0] = flags;
  head.writeUInt32BE(json.length, 1);
  return Buffer.concat([head, json]);
}

// An error of a stream is its last frame; the HTTP status says 200.
function endStream(response: http.ServerResponse, error?: { code: string; message: string }): void {
  response.end(frame(2, error ? { error } : {}));
}

function start(context: Context, { process: config, stdin }: { process: Config; stdin?: boolean }): void {
  const { response, user, envs } = context;
  const cwd = config.cwd ?? user.home;
  if (!statSync(cwd, { throwIfNoEntry: false })?.isDirectory()) {
    endStream(open(response), { code: 'invalid_argument', message: `cwd '${cwd}' does not exist` });
    return;
  }
  const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  const base = { PATH: path, HOME: user.home, USER: user.name, LOGNAME: user.name, E2B_SANDBOX: 'true' };
  const child = spawn(config.cmd, config.args ?? [], {
    cwd,
    env: { ...base, ...envs, ...config.envs },
    stdio: [stdin ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    ...(user.uid === undefined ? {} : { uid: user.uid, gid: user.gid }),
  });
  child.on('error', (error) => endStream(open(response), { code: 'internal', message: error.message }));
  if (child.pid === undefined) return;
  const entry: Running = { child, config, listeners: new Set() };
  running.set(child.pid, entry);
  watch(child, child.pid, entry);
  follow(context, entry);
}

function watch(child: ChildProcess, pid: number, { listeners }: Running): void {
  const tell = (event: object, last = false) => {
    for (const listener of listeners) listener(event, last);
  };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.on('data', (chunk: Buffer) => {
      for (let at = 0; at < chunk.length; at += 32_768) {
        tell({ data: { [name]: chunk.subarray(at, at + 32_768).toString('base64') } });
      }
    });
  }
  const end = (code: number | null, signal: NodeJS.Signals | null) => {
    if (!running.delete(pid)) return;
    const word = signal === 'SIGKILL' ? 'killed' : 'terminated';
    tell(
      signal
        ? { end: { exitCode: -1, exited: false, status: `signal: ${word}`, error: `signal: ${word}` } }
        : { end: { exitCode: code ?? 0, exited: true, status: `exit status ${code}` } },
      true,
    );
  };
  // A process that a signal ended is over at once; another is when nobody holds its output any more.
  child.on('exit', (code, signal) => signal && end(code, signal));
  child.on('close', end);
}

/** Somebody who hangs up ends nothing; a deadline kills the process alone, never its children. */
function follow({ request, response }: Context, { child, listeners }: Running): void {
  open(response);
  const every = Number(request.headers['keepalive-ping-interval'] ?? 90) * 1000;
  const deadline = Number(request.headers['connect-timeout-ms'] ?? 0);
  const send = (event: object) => {
    alive.refresh();
    if (response.write(frame(0, { event }))) return;
    for (const stream of [child.stdout, child.stderr]) stream?.pause();
  };
  const flow = () => {
    for (const stream of [child.stdout, child.stderr]) stream?.resume();
  };
  const alive = setInterval(() => send({ keepalive: {} }), every);
  const timer = deadline
    ? setTimeout(() => {
        child.kill('SIGKILL');
        stop({ code: 'deadline_exceeded', message: 'the operation timed out' });
      }, deadline)
    : undefined;
  const listener = (event: object, last = false) => {
    send(event);
    if (last) stop();
  };
  const stop = (error?: { code: string; message: string }) => {
    listeners.delete(listener);
    clearInterval(alive);
    clearTimeout(timer);
    if (!response.writableEnded && !response.destroyed) endStream(response, error);
  };
  response.on('drain', flow);
  response.on('close', () => {
    stop();
    flow();
  });
  listeners.add(listener);
  send({ start: { pid: child.pid } });
}
