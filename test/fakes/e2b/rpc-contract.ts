import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type DescMethod, fromJson, type JsonValue } from '@bufbuild/protobuf';
import { fileDesc } from '@bufbuild/protobuf/codegenv2';
import { file_google_protobuf_timestamp } from '@bufbuild/protobuf/wkt';
import { messageOf } from '../../../src/lib/errors.ts';

// The SDK carries the compiled protobuf files of envd: what both sides say is checked against them.
const file = path.join(path.dirname(createRequire(import.meta.url).resolve('e2b/package.json')), 'dist/index.mjs');
const methods = new Map<string, DescMethod>();
for (const [, base64 = ''] of readFileSync(file, 'utf8').matchAll(/fileDesc\("([\w+/=]+)"/g)) {
  for (const service of fileDesc(base64, [file_google_protobuf_timestamp]).services) {
    for (const method of service.methods) methods.set(`/${service.typeName}/${method.name}`, method);
  }
}

/** `undefined`: there is no such method. */
export function kindOf(route: string): 'unary' | 'server_streaming' | undefined {
  const kind = methods.get(route)?.methodKind;
  return kind === 'unary' || kind === 'server_streaming' ? kind : undefined;
}

/** What is wrong with a message in JSON, by the SDK's own definitions; a name that they do not know is wrong, too. */
export function checkMessage(route: string, side: 'input' | 'output', json: string): string | undefined {
  const method = methods.get(route);
  if (!method) return `${route} is no method of envd`;
  try {
    const value: JsonValue = JSON.parse(json);
    fromJson(method[side], value);
    return undefined;
  } catch (error) {
    return `${route} ${side}: ${messageOf(error)}`;
  }
}

/** Cuts a connect stream into its messages, however it arrives: flags, length (4 bytes, big endian), JSON. */
export function createFrameReader(
  onFrame: (frame: { flags: number; json: string }) => void,
): (chunk: Uint8Array) => void {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 5 && rest.length >= 5 + rest.readUInt32BE(1)) {
      const end = 5 + rest.readUInt32BE(1);
      onFrame({ flags: rest[0] ?? 0, json: rest.toString('utf8', 5, end) });
      rest = rest.subarray(end);
    }
  };
}
