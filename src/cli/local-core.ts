import { randomUUID } from 'node:crypto';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { type CourierEvent, createCourier, readLocalRecords, readSessionEvents, replaySession } from '../courier.ts';
import { type CourierOptions, e2bAccess, modelAccess } from '../courier-options.ts';
import { renderReportFiles } from '../reports/report-files.ts';
import type { CliCore, ReportFormat, ScanOrder, SessionRun } from './core.ts';

const packageRoot = path.join(import.meta.dirname, '../..');

/** Courier on this machine: tools from its own dependencies, ledger and reports in `.courier/` of the scanned folder. */
export function createLocalCore(env: Readonly<Record<string, string | undefined>>): CliCore {
  return {
    async scan(order) {
      const courier = createCourier(optionsFor(order, env));
      const { overrides, configPath, signal } = order;
      return courier.receive({ kind: 'scan', trigger, overrides, configPath, strict: false }, signal);
    },
    async verify(order) {
      const courier = createCourier(optionsFor(order, env));
      const { findings, overrides, configPath, signal } = order;
      const event = { kind: 'verify', findings, trigger, overrides, configPath, strict: false } as const;
      const { result, reasons, notes, session } = await courier.receive(event, signal);
      return { result, reasons, notes, verdicts: session.verdicts };
    },
    async ask(order) {
      const { question, overrides, configPath, signal } = order;
      const event = { kind: 'ask', question, trigger, overrides, configPath, strict: false } as const;
      const { result, reasons, notes, session, answer } = await createCourier(optionsFor(order, env)).receive(
        event,
        signal,
      );
      return { session: session.id, result, reasons, notes, answer };
    },
    async runFrom(order) {
      const { overrides, configPath, signal } = order;
      const about = { trigger, overrides, configPath, strict: false, session: order.session };
      return createCourier(optionsFor(order, env)).receive(toEvent(order, about), signal);
    },
    async control({ order: wanted, by, ...order }) {
      const quiet = { ...order, progress: () => {}, overrides: {}, signal: new AbortController().signal };
      const { configPath } = order;
      return createCourier(optionsFor(quiet, env)).control({ order: wanted, trigger, configPath, by, from: 'cli' });
    },
    listFindings: async (folder) => (await readLocalRecords(folder))?.findings,
    listSessions: async (folder) => (await readLocalRecords(folder))?.sessions,
    readEvents: (repositoryPath, id) => readSessionEvents(sessionFolder(repositoryPath, id)),
    async replay(repositoryPath, session, log) {
      const folder = 'folder' in session ? session.folder : sessionFolder(repositoryPath, session.id);
      return replaySession({ repositoryPath, folder }, { log });
    },
    async readReport(folder, id, format) {
      const records = await readLocalRecords(folder);
      const session = records?.sessions.find((it) => it.id === id);
      if (!records || !session) return undefined;
      const { report, lineHash } = await records.report(session);
      return renderReportFiles(report, { lineHash }).find((file) => file.path === `report.${extensions[format]}`)?.text;
    },
  };
}

function toEvent(
  order: SessionRun,
  about: Pick<CourierEvent, 'trigger' | 'overrides' | 'configPath' | 'strict'> & { session: string },
): CourierEvent {
  switch (order.how) {
    case 'resume':
      return { kind: 'resume', ...about, files: order.files };
    case 'clone':
      return { kind: 'clone', ...about };
    case 'answer-session':
      return { kind: 'answer-session', ...about, session: order.session === '' ? undefined : order.session };
    case 'follow-up':
      return { kind: 'follow-up', ...about, text: order.text };
  }
}

const trigger = { name: 'cli', actor: undefined, ref: undefined, pullRequest: undefined };

const extensions = { md: 'md', html: 'html', json: 'json', sarif: 'sarif' } as const satisfies Record<
  ReportFormat,
  string
>;

function optionsFor(order: ScanOrder, env: Readonly<Record<string, string | undefined>>): CourierOptions {
  const keys = { anthropic: env.ANTHROPIC_API_KEY, openai: env.OPENAI_API_KEY, google: env.GEMINI_API_KEY };
  const secrets = [...Object.values(keys), env.E2B_API_KEY, env.COURIER_LEDGER_KEY, order.github?.token].filter(
    (value) => value !== undefined,
  );
  return {
    repositoryPath: order.path,
    assets: path.join(packageRoot, 'src/checks/presets'),
    tools: { mode: 'dependencies', packageRoot },
    programs: {
      locks: path.join(packageRoot, 'src/agents/programs/locks'),
      folder: path.join(cacheFolder(env), 'courier', 'programs'),
    },
    env,
    github: order.github && {
      ...order.github,
      apiUrl: env.GITHUB_API_URL ?? 'https://api.github.com',
      graphqlUrl: env.GITHUB_GRAPHQL_URL ?? 'https://api.github.com/graphql',
      serverUrl: env.GITHUB_SERVER_URL ?? 'https://github.com',
    },
    models: modelAccess(keys, env),
    e2b: env.E2B_API_KEY ? { access: e2bAccess(env.E2B_API_KEY, env), job: randomUUID() } : undefined,
    ledgerKey: env.COURIER_LEDGER_KEY,
    secrets,
    outputFolder: path.join(order.path, '.courier', 'reports'),
    sessionFolder: (session) => sessionFolder(order.path, session),
    sandboxFolder: tmpdir(),
    layers: { folder: path.join(cacheFolder(env), 'courier', 'setups'), repository: path.resolve(order.path) },
    log: order.log,
    progress: order.progress,
    watch: order.watch,
  };
}

function sessionFolder(repositoryPath: string, session: string): string {
  return path.join(repositoryPath, '.courier', 'sessions', session);
}

function cacheFolder({ XDG_CACHE_HOME: folder }: Readonly<Record<string, string | undefined>>): string {
  return folder && path.isAbsolute(folder) ? folder : path.join(homedir(), '.cache');
}
