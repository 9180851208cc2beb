import { describe, expect, it } from 'vitest';
import { explainPlatform } from '../../src/adapters/local/bubblewrap-diagnosis.ts';
import { makeFilter } from '../../src/adapters/local/system-calls.ts';

type Call = { architecture: number; number: number; args?: readonly [first: number, second?: number] };

/** Runs a filter as the kernel would, on a system call that nobody makes. */
function ask(filter: Buffer, { architecture, number, args = [0] }: Call): string {
  const data = new Map([
    [0, number],
    [4, architecture],
    [16, args[0]],
    [24, args[1] ?? 0],
  ]);
  let loaded = 0;
  for (let at = 0; at * 8 < filter.length; at += 1) {
    const [code, operand] = [filter.readUInt16LE(at * 8), filter.readUInt32LE(at * 8 + 4)];
    const [ifTrue, ifFalse] = [filter.readUInt8(at * 8 + 2), filter.readUInt8(at * 8 + 3)];
    if (code === 0x20) loaded = data.get(operand) ?? Number.NaN;
    else if (code === 0x15) at += loaded === operand ? ifTrue : ifFalse;
    else if (code === 0x35) at += loaded >= operand ? ifTrue : ifFalse;
    else if (code === 0x06) return operand === 0x7fff0000 ? 'allowed' : `error ${operand - 0x00050000}`;
    else throw new Error(`unknown instruction ${code}`);
  }
  throw new Error('the program has no end');
}

describe.each([
  { arch: 'x64', architecture: 0xc000003e, calls: { read: 0, keyctl: 250, socket: 41, socketpair: 53, ioctl: 16 } },
  {
    arch: 'arm64',
    architecture: 0xc00000b7,
    calls: { read: 63, keyctl: 219, socket: 198, socketpair: 199, ioctl: 29 },
  },
] as const)('the filter of system calls on $arch', ({ arch, architecture, calls }) => {
  const filter = makeFilter(arch);
  it.each([
    ['lets ordinary ones pass', calls.read, [0], 'allowed'],
    ['hides the key rings', calls.keyctl, [0], 'error 38'],
    ['hides io_uring', 425, [0], 'error 38'],
    ['lets unix sockets be', calls.socket, [1], 'allowed'],
    ['lets sockets of IPv4 be', calls.socket, [2], 'allowed'],
    ['lets sockets of IPv6 be', calls.socket, [10], 'allowed'],
    ['lets netlink be', calls.socket, [16], 'allowed'],
    ['refuses sockets to the host of a virtual machine', calls.socket, [40], 'error 97'],
    ["refuses sockets of the kernel's cryptography", calls.socket, [38], 'error 97'],
    ['refuses other pairs of sockets', calls.socketpair, [40], 'error 97'],
    ['lets terminals be asked', calls.ioctl, [0, 0x5401], 'allowed'],
    ['refuses to type into a terminal', calls.ioctl, [0, 0x5412], 'error 1'],
  ] as const)('%s', (_, number, args, answer) => {
    expect(ask(filter, { architecture, number, args })).toBe(answer);
  });

  it('knows no other calling convention', () => {
    expect(ask(filter, { architecture: 0x40000003, number: calls.read })).toBe('error 38');
    if (arch === 'x64') expect(ask(filter, { architecture, number: 0x40000000 + calls.read })).toBe('error 38');
  });
});

it('makes no sandbox on a processor without a filter', () => {
  expect(explainPlatform('linux', 'riscv64')).toContain('not on riscv64');
});
