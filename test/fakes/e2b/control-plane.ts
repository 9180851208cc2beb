import { refuseNetwork } from './network-rules.ts';
import { type EmulatedSandbox, networkIn, randomUuid, type State } from './state.ts';

export type Call = {
  route: string;
  parameters: readonly string[];
  query: URLSearchParams;
  body: Record<string, unknown>;
};
export type Answer = { status: number; body?: unknown; headers?: Record<string, string> };
type Handler = (call: Call, state: State) => Answer | Promise<Answer>;

const envdVersion = '0.6.13';
const size = { cpuCount: 2, memoryMB: 512, diskSizeMB: 10_240 };
const iso = (time: number) => new Date(time).toISOString();
const refusal = (code: number, message: string): Answer => ({ status: code, body: { code, message } });
const missing = (id: string) => refusal(404, `Sandbox "${id}" doesn't exist or you don't have access to it`);

/** What the SDK calls; the routes are spelt as in its types. */
export const handlers: Readonly<Record<string, Handler>> = {
  'POST /v2/sandboxes': async ({ body }, state) => {
    const seconds = Number(body.timeout ?? 300);
    const running = [...state.sandboxes.values()].filter((sandbox) => sandbox.state === 'running').length;
    if (running >= state.plan.concurrency) {
      return refusal(
        429,
        `you have reached the maximum number of concurrent E2B sandboxes (${state.plan.concurrency})`,
      );
    }
    if (tooLong(seconds, state)) return refusal(400, `Timeout cannot be greater than ${state.plan.maxHours} hours`);
    const refused = refuseNetwork(networkIn(body) ?? {}, state.plan);
    if (refused) return refusal(400, refused);
    const known = [...state.templates.values()].some(({ id, name }) => [id, name].includes(String(body.templateID)));
    if (!known && !state.snapshots.has(String(body.templateID))) {
      return refusal(400, `template '${body.templateID}' not found`);
    }
    return { status: 201, body: toSandbox(await state.create(body, seconds)) };
  },
  'GET /v2/sandboxes': ({ query }, state) => {
    const wanted = new URLSearchParams(query.get('metadata') ?? '');
    const states = (query.get('state') ?? 'running,paused').split(',');
    const limit = Number(query.get('limit') ?? 100);
    const from = Number(query.get('nextToken') ?? 0);
    const found = [...state.sandboxes.values()].filter(
      (sandbox) =>
        states.includes(sandbox.state) &&
        // Encoded twice on its way here.
        [...wanted].every(([key, value]) => sandbox.metadata[decodeURIComponent(key)] === decodeURIComponent(value)),
    );
    const next = from + limit < found.length ? { 'X-Next-Token': String(from + limit) } : {};
    const total = { 'X-Total-Running': String(found.filter((sandbox) => sandbox.state === 'running').length) };
    return { status: 200, headers: { ...next, ...total }, body: found.slice(from, from + limit).map(toListed) };
  },
  'POST /v2/sandboxes/{sandboxID}/connect': on(async (sandbox, { body }, state) => {
    const was = sandbox.state;
    if (was === 'paused') await state.wake(sandbox, sandbox.metadata['emulator-memory'] !== 'false');
    state.extend(sandbox, Number(body.timeout ?? 300));
    return { status: was === 'paused' ? 201 : 200, body: toSandbox(sandbox) };
  }),
  'GET /sandboxes/{sandboxID}': on((sandbox) => ({ status: 200, body: { ...toListed(sandbox), domain: null } })),
  'DELETE /sandboxes/{sandboxID}': on(async (sandbox, _, state) => {
    await state.remove(sandbox.id);
    return { status: 204 };
  }),
  'POST /sandboxes/{sandboxID}/timeout': on((sandbox, { body }, state) => {
    if (tooLong(Number(body.timeout), state))
      return refusal(400, `Timeout cannot be greater than ${state.plan.maxHours} hours`);
    state.extend(sandbox, Number(body.timeout));
    return { status: 204 };
  }),
  'POST /sandboxes/{sandboxID}/pause': on(async (sandbox, { body }, state) => {
    if (sandbox.state === 'paused') return refusal(409, 'the sandbox is paused already');
    const memory = body.memory !== false;
    sandbox.metadata = { ...sandbox.metadata, 'emulator-memory': String(memory) };
    await state.pause(sandbox, memory);
    return { status: 204 };
  }),
  'PUT /sandboxes/{sandboxID}/network': on((sandbox, { body }, state) => {
    const network = networkIn({ network: body }) ?? {};
    const refused = refuseNetwork(network, state.plan);
    if (refused) return refusal(400, refused);
    state.setNetwork(sandbox, network);
    return { status: 204 };
  }),
  'POST /sandboxes/{sandboxID}/snapshots': on((sandbox, { body }, state) => {
    const name = typeof body.name === 'string' ? body.name : undefined;
    const { id } = state.takeSnapshot(sandbox, name);
    return { status: 201, body: { snapshotID: id, names: name === undefined ? [] : [id] } };
  }),
  'GET /snapshots': ({ query }, { snapshots }) => {
    const limit = Number(query.get('limit') ?? 100);
    const from = Number(query.get('nextToken') ?? 0);
    const next = from + limit < snapshots.size ? { 'X-Next-Token': String(from + limit) } : {};
    const page = [...snapshots.keys()].slice(from, from + limit);
    return { status: 200, headers: next, body: page.map((id) => ({ snapshotID: id, names: [id] })) };
  },
  'DELETE /templates/{templateID}': ({ parameters: [id = ''] }, state) =>
    state.dropSnapshot(decodeURIComponent(id)) ? { status: 204 } : refusal(404, `template ${id} not found`),
  'GET /templates/{templateID}/tags': ({ parameters: [id = ''] }, { templates }) => {
    const found = templates.get(decodeURIComponent(id));
    if (!found) return refusal(404, `template ${id} not found`);
    return { status: 200, body: [{ tag: 'default', buildID: found.buildId, createdAt: iso(0) }] };
  },
  'GET /templates/aliases/{alias}': ({ parameters: [name = ''] }, { templates }) => {
    const found = templates.get(decodeURIComponent(name));
    return found
      ? { status: 200, body: { templateID: found.id, public: false } }
      : refusal(404, `alias ${name} not found`);
  },
  'POST /v3/templates': ({ body }, { templates }) => {
    const name = String(body.name);
    const template = {
      id: `t${randomUuid().slice(0, 8)}`,
      name,
      buildId: randomUuid(),
      request: body,
      steps: undefined,
    };
    templates.set(name, template);
    const { id, buildId } = template;
    return {
      status: 202,
      body: { templateID: id, buildID: buildId, public: false, names: [name], tags: [], aliases: [name] },
    };
  },
  'POST /v2/templates/{templateID}/builds/{buildID}': ({ parameters: [id], body }, { templates }) => {
    const found = [...templates.values()].find((template) => template.id === id);
    if (!found) return refusal(404, `template ${id} not found`);
    found.steps = body;
    return { status: 202 };
  },
  'GET /templates/{templateID}/builds/{buildID}/status': ({ parameters: [id = '', buildId = ''] }) => ({
    status: 200,
    body: { templateID: id, buildID: buildId, status: 'ready', logs: [], logEntries: [] },
  }),
};

function on(handle: (sandbox: EmulatedSandbox, call: Call, state: State) => Answer | Promise<Answer>): Handler {
  return (call, state) => {
    const [id = ''] = call.parameters;
    const sandbox = state.sandboxes.get(id);
    return sandbox ? handle(sandbox, call, state) : missing(id);
  };
}

const tooLong = (seconds: number, { plan }: State) => seconds > plan.maxHours * 3600;

function toSandbox({ id, template, machine }: EmulatedSandbox): object {
  const common = { clientID: 'emulator', domain: null, envdVersion, trafficAccessToken: null };
  return { ...common, sandboxID: id, templateID: template, envdAccessToken: machine.token };
}

function toListed({ id, template, state, metadata, startedAt, endAt }: EmulatedSandbox): object {
  const times = { startedAt: iso(startedAt), endAt: iso(endAt) };
  return { clientID: 'emulator', sandboxID: id, templateID: template, state, metadata, envdVersion, ...times, ...size };
}
