import { Buffer } from 'node:buffer';

type Numbers = Readonly<Record<'x64' | 'arm64', number>>;
const both = (number: number): Numbers => ({ x64: number, arm64: number });

/**
 * What no command needs, and what namespaces do not fence in: the kernel's key rings (a process inherits those of its ancestors), its log,
 * and the parts of the kernel that most breakouts went through. They answer as on a kernel that lacks them, so programs go another way.
 */
const absent: Readonly<Record<string, Numbers>> = {
  add_key: { x64: 248, arm64: 217 },
  request_key: { x64: 249, arm64: 218 },
  keyctl: { x64: 250, arm64: 219 },
  syslog: { x64: 103, arm64: 116 },
  bpf: { x64: 321, arm64: 280 },
  perf_event_open: { x64: 298, arm64: 241 },
  userfaultfd: { x64: 323, arm64: 282 },
  io_uring_setup: both(425),
  io_uring_enter: both(426),
  io_uring_register: both(427),
  fanotify_init: { x64: 300, arm64: 262 },
  open_by_handle_at: { x64: 304, arm64: 265 },
  mount: { x64: 165, arm64: 40 },
  umount2: { x64: 166, arm64: 39 },
  pivot_root: { x64: 155, arm64: 41 },
  open_tree: both(428),
  move_mount: both(429),
  fsopen: both(430),
  fsconfig: both(431),
  fsmount: both(432),
  fspick: both(433),
  mount_setattr: both(442),
  setns: { x64: 308, arm64: 268 },
  unshare: { x64: 272, arm64: 97 },
  swapon: { x64: 167, arm64: 224 },
  swapoff: { x64: 168, arm64: 225 },
  reboot: { x64: 169, arm64: 142 },
  acct: { x64: 163, arm64: 89 },
  quotactl: { x64: 179, arm64: 60 },
  init_module: { x64: 175, arm64: 105 },
  finit_module: { x64: 313, arm64: 273 },
  delete_module: { x64: 176, arm64: 106 },
  kexec_load: { x64: 246, arm64: 104 },
  kexec_file_load: { x64: 320, arm64: 294 },
};

const audit: Numbers = { x64: 0xc000003e, arm64: 0xc00000b7 };
const socket: Numbers = { x64: 41, arm64: 198 };
const socketpair: Numbers = { x64: 53, arm64: 199 };
const ioctl: Numbers = { x64: 16, arm64: 29 };

/** Unix, IPv4, IPv6 and netlink: those that the own network namespace confines. A virtual machine's `AF_VSOCK` talks to its host past it. */
const families = [1, 2, 10, 16];
/** `TIOCSTI` and `TIOCLINUX` type into a terminal. */
const typing = [0x5412, 0x541c];

const errno = { EPERM: 1, ENOSYS: 38, EAFNOSUPPORT: 97 } as const;

// Instructions of classic BPF, and where `struct seccomp_data` holds what.
const load = 0x20;
const jumpIfEqual = 0x15;
const jumpIfAtLeast = 0x35;
const answer = 0x06;
const at = { number: 0, architecture: 4, first: 16, second: 24 } as const;
const allow = 0x7fff0000;
const refuse = (code: keyof typeof errno) => 0x00050000 | errno[code];

type Instruction = readonly [code: number, ifTrue: number, ifFalse: number, operand: number];

/** Whether system calls can be filtered for a processor (`process.arch`). */
export function isFiltered(arch: string): arch is keyof Numbers {
  return arch === 'x64' || arch === 'arm64';
}

/** The filter of system calls for bubblewrap (`--seccomp`): a program of classic BPF. */
export function makeFilter(arch: keyof Numbers): Buffer {
  const program: Instruction[] = [
    // Another calling convention has other numbers: there is none beside the machine's own.
    [load, 0, 0, at.architecture],
    [jumpIfEqual, 1, 0, audit[arch]],
    [answer, 0, 0, refuse('ENOSYS')],
    [load, 0, 0, at.number],
    ...(arch === 'x64' ? refusedFrom(0x40000000) : []),
    ...Object.values(absent).flatMap((numbers) => refused(numbers[arch])),
    ...[socket, socketpair].flatMap((numbers) => unless(numbers[arch], [...onlyFamilies(), ...otherwise()])),
    ...unless(ioctl[arch], [...withoutTyping(), ...otherwise()]),
    [answer, 0, 0, allow],
  ];
  const bytes = Buffer.alloc(program.length * 8);
  for (const [index, [code, ifTrue, ifFalse, operand]] of program.entries()) {
    bytes.writeUInt16LE(code, index * 8);
    bytes.writeUInt8(ifTrue, index * 8 + 2);
    bytes.writeUInt8(ifFalse, index * 8 + 3);
    bytes.writeUInt32LE(operand, index * 8 + 4);
  }
  return bytes;
}

function refused(number: number): Instruction[] {
  return [
    [jumpIfEqual, 0, 1, number],
    [answer, 0, 0, refuse('ENOSYS')],
  ];
}

/** The numbers of the x32 convention. */
function refusedFrom(number: number): Instruction[] {
  return [
    [jumpIfAtLeast, 0, 1, number],
    [answer, 0, 0, refuse('ENOSYS')],
  ];
}

/** Skips `steps` for every call but this one; `steps` end with an answer. */
function unless(number: number, steps: readonly Instruction[]): Instruction[] {
  return [[jumpIfEqual, 0, steps.length, number], ...steps];
}

function onlyFamilies(): Instruction[] {
  return [
    [load, 0, 0, at.first],
    ...families.map((family, index): Instruction => [jumpIfEqual, families.length - index, 0, family]),
    [answer, 0, 0, refuse('EAFNOSUPPORT')],
  ];
}

function withoutTyping(): Instruction[] {
  return [
    [load, 0, 0, at.second],
    ...typing.flatMap((request): Instruction[] => [
      [jumpIfEqual, 0, 1, request],
      [answer, 0, 0, refuse('EPERM')],
    ]),
  ];
}

function otherwise(): Instruction[] {
  return [[answer, 0, 0, allow]];
}
