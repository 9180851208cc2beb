import { readFileSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import path from 'node:path';

/** The daemon's modules, each after those that it imports. */
const modules = ['envd-process.ts', 'envd-files.ts', 'envd.ts'];

/**
 * Writes the daemon as one script of CommonJS. Each machine starts a Node for it, and taking the types out of three modules each time was
 * most of what a machine cost.
 */
export function packEnvd(file: string): void {
  const parts = modules.map((name) => toScript(readFileSync(path.join(import.meta.dirname, name), 'utf8')));
  // Modules have scopes of their own, and names in common: what they export is all that leaves them.
  writeFileSync(file, `'use strict';\nconst shared = {};\n${parts.map((part) => `{\n${part}\n}\n`).join('')}`);
}

function toScript(source: string): string {
  const script = stripTypeScriptTypes(source)
    .replace(/^import \{([^}]*)\} from '(node:[\w/]+)';/gm, (_, names: string, from: string) => toRequire(names, from))
    .replace(/^import (\w+) from '(node:[\w/]+)';/gm, "const $1 = require('$2');")
    .replace(/^import \{([^}]*)\} from '\.\/[\w-]+\.ts';/gm, 'const {$1} = shared;')
    .replace(/^export (async )?function (\w+)/gm, 'shared.$2 = $2;\n$1function $2');
  const left = /^(?:import|export) .*$/m.exec(script);
  if (left) throw new Error(`the emulator cannot pack: ${left[0]}`);
  return script;
}

function toRequire(names: string, from: string): string {
  return `const {${names.replaceAll(/(\w+) as (\w+)/g, '$1: $2')}} = require('${from}');`;
}
