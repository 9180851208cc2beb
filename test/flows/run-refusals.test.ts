import { afterEach, describe, expect, it } from 'vitest';
import { accept, addTest, aRunsBed, bash, deliver, finish, ignoring, type RunsBed, repair, score } from './runs-bed.ts';

const beds: RunsBed[] = [];
afterEach(async () => {
  for (const bed of beds.splice(0)) await bed.close();
});

/** Somebody repairs the bug, and does that as well; `again`: what is done when it comes back. */
async function aBed(
  command: string,
  {
    again = [],
    ...over
  }: { again?: readonly ReturnType<typeof bash>[]; config?: string; files?: Readonly<Record<string, string>> } = {},
): Promise<RunsBed> {
  const work = [bash(`${repair}; ${addTest}\n${command}`), deliver(), finish(), ...again];
  const bed = await aRunsBed([...work, accept(), finish(), score(), finish()], over);
  beds.push(bed);
  return bed;
}

/** It leaves all as it is. */
const insists = [deliver(), finish()];
const workflow = 'it says what runs in continuous integration';
const git = "it is git's own: what is in it acts on every checkout";
const program = 'programs read or run it by themselves in every checkout';
const own = "it is Courier's own configuration";
const out = 'it is a link that leads out of the repository';
const leak = 'what it adds looks like a credential';
const secret = `ghp_${'a1B2'.repeat(9)}`;
const identity = 'git -c user.name=a -c user.email=a@b';

/** By kind: what is done in the sandbox, and the place and reason that people are told of it. */
const kinds: Record<string, readonly (readonly [command: string, place: string, why: string])[]> = {
  'what acts on every checkout, or runs in it': [
    ['mkdir -p .github/workflows; echo on: push >.github/workflows/x.yml', '.github/workflows/x.yml', workflow],
    ['mkdir -p .GitHub/Workflows; echo on: push >.GitHub/Workflows/y.yml', '.GitHub/Workflows/y.yml', workflow],
    ['mkdir -p .github/actions/a; echo >.github/actions/a/action.yml', '.github/actions/a/action.yml', workflow],
    ["echo 'node {}' >Jenkinsfile", 'Jenkinsfile', workflow],
    ['echo steps: [] >azure-pipelines.yaml', 'azure-pipelines.yaml', workflow],
    ["echo 'src/' >>.gitignore", '.gitignore', git],
    ["echo '* filter=x' >src/.gitattributes", 'src/.gitattributes', git],
    [
      `${identity} init -q lib; echo >lib/a; ${identity} -C lib add a; ${identity} -C lib commit -qm a`,
      'lib/.git',
      git,
    ],
    ['printf \'[submodule "l"]\\n\\tpath = lib\\n\\turl = ./lib\\n\' >.gitmodules', '.gitmodules', git],
    [`mkdir -p .claude; echo '{"hooks":{}}' >.claude/settings.json`, '.claude/settings.json', program],
    ['echo Obey me. >src/AGENTS.md', 'src/AGENTS.md', program],
    ['echo registry=http://evil.test >.npmrc', '.npmrc', program],
    ['mkdir .husky; echo curl evil.test >.husky/pre-commit', '.husky/pre-commit', program],
    ["echo 'permissions: { run: triage }' >.github/courier.yml", '.github/courier.yml', own],
    ['mkdir -p .courier/blueprints; echo steps: [] >.courier/blueprints/fix.yml', '.courier/blueprints/fix.yml', own],
    ["echo '* @me' >CODEOWNERS", 'CODEOWNERS', 'it says who has to review what'],
  ],
  links: [
    ['ln -s /etc/passwd absolute', 'absolute', out],
    ['ln -s ../../secret src/relative', 'src/relative', out],
    ['ln -s .. src/up; ln -s src/up/../../etc/passwd by-way', 'by-way', out],
    ['mv test old; ln -s /tmp test', 'test', out],
    ['ln -s .git/config config', 'config', `it is a link to a place where ${git}`],
    [`ln -s ${secret} src/key`, 'src/key', leak],
  ],
  contents: [
    ["printf 'a\\0b' >logo.png", 'logo.png', 'it is not text'],
    ['head -c 500001 /dev/zero | tr "\\0" a >large.txt', 'large.txt', 'it has 500001 bytes, and 500000 are the most'],
    [`echo "const key = '${secret}';" >src/key.js`, 'src/key.js', leak],
    ['echo hunter2hunter2 >src/own.js', 'src/own.js', leak],
    [`echo >${secret}.txt`, '***.txt', 'its name looks like a credential'],
    ["echo >'src/con:stream'", 'src/con:stream', 'its path is not one that every machine can hold safely'],
    ["echo >$'src/\\xff.js'", 'src/\ufffd.js', 'its path is not one that every machine can hold safely'],
    ['echo >src/SUM.js', 'src/SUM.js', 'on many machines it is the same file as src/sum.js'],
  ],
  'more than fits': [
    [
      'for i in 1 2 3 4 5; do head -c 450000 /dev/zero | tr "\\0" a >src/$i.txt; done',
      'The patch',
      'it has 2250185 bytes, and 2000000 are the most',
    ],
  ],
  'more than anybody reads': [
    ['for i in $(seq 1000); do echo >src/$i.js; done', 'The patch', 'it touches 1002 files, and 200 are the most'],
  ],
};

describe('what no run brings to its branch, beside a good repair', () => {
  it.each(Object.entries(kinds))('%s', async (_, cases) => {
    const bed = await aBed(cases.map(([command]) => command).join('\n'), { again: insists, files: ignoring });
    const { result, session } = await bed.run();
    expect([result, session.issueRun?.outcome, bed.pushed]).toEqual(['failed', 'refused', []]);
    const [, ...told] = session.issueRun?.why?.split('\n- ') ?? [];
    expect(told).toEqual(expect.arrayContaining(cases.map(([, place, why]) => `${place}: ${why}`)));
    const kept = JSON.stringify([bed.ledgerFiles(), session]);
    for (const word of [secret, 'hunter2hunter2']) expect(kept).not.toContain(word);
    expect((await bed.runs())?.claim).toBeUndefined();
  });

  it('a file in a submodule, whose folder is empty here', async () => {
    const bed = await aBed('mkdir -p vendor/lib; echo 1 >vendor/lib/index.js', { again: insists });
    bed.source.git('update-index', '--add', '--cacheinfo', `160000,${bed.source.head()},vendor/lib`);
    const { session } = await bed.run();
    expect([session.issueRun?.outcome, bed.pushed]).toEqual(['refused', []]);
    expect(session.issueRun?.why).toContain('vendor/lib/index.js: it is in a submodule');
  });

  it('what is no file, and what git ignores, a repository inside of it as well', async () => {
    const ignored = `mkdir node_modules; ${identity} init -q node_modules/lib; ${identity} init -q node_modules/@a/b`;
    const bed = await aBed(`rm test/zero.test.js; mkfifo test/zero.test.js; ln package.json same.json; ${ignored}`, {
      files: ignoring,
    });
    await bed.run();
    expect(bed.pushed[0]?.changes.map(({ path, change }) => `${change} ${path}`)).toEqual([
      'added same.json',
      'changed src/sum.js',
      'added test/add.test.js',
      'deleted test/zero.test.js',
    ]);
  });

  it('what the repository protects, whatever the case', async () => {
    const config = 'runs: { protectedPaths: ["Package.json", "infra/**"] }\n';
    const command = "sed -i 's/}$/ }/' package.json; mkdir INFRA; echo >INFRA/main.tf";
    const bed = await aBed(command, { again: insists, config });
    const { session } = await bed.run();
    expect([session.issueRun?.outcome, bed.pushed]).toEqual(['refused', []]);
    for (const path of ['package.json', 'INFRA/main.tf'])
      expect(session.issueRun?.why).toContain(`${path}: the repository protects it`);
    expect(bed.notes(0)).toContain('infra/**');
  });

  it('but it goes back to the implementer with the reasons, once, and what is put right leaves', async () => {
    const command = `echo 'on: push' >.github-x; mkdir -p .github/workflows; mv .github-x .github/workflows/x.yml; echo "const key = '${secret}';" >src/key.js`;
    const bed = await aBed(command, { again: [bash('rm -r .github src/key.js'), deliver(), finish()] });
    const { session, result } = await bed.run();
    expect([result, session.reasons]).toEqual(['complete', []]);
    expect(bed.pushed[0]?.changes.map(({ path }) => path)).toEqual(['src/sum.js', 'test/add.test.js']);
    expect(session.issueRun?.steps.slice(0, 2)).toMatchObject([
      { name: 'implementer', end: 'sent-back' },
      { round: 2 },
    ]);
    const second = bed.notes(3);
    expect(second).toContain(`.github/workflows/x.yml: ${workflow}`);
    expect(second).toContain(`src/key.js: ${leak}`);
    expect(JSON.stringify([bed.ledgerFiles(), session])).not.toContain(secret);
  });

  it.each([0, 2])('and as often as the blueprint says: %i times', async (retries) => {
    const config = `blueprints: ${JSON.stringify({ fix: { steps: [{ role: 'implementer', retries }] } })}\n`;
    const bed = await aBed('echo >CODEOWNERS', { again: [...insists, ...insists, ...insists], config });
    const { session } = await bed.run();
    expect(session.issueRun?.outcome).toBe('refused');
    expect(session.issueRun?.steps).toHaveLength(retries + 1);
  });

  it('a credential that a gate prints, to the ledger', async () => {
    const shown = `echo "the key is ghp_$(printf 'a1B2%.0s' $(seq 9))"; exit 1`;
    const blueprint = { steps: [{ role: 'implementer' }, { run: shown, retries: 0 }] };
    const bed = await aBed('true', { config: `blueprints: ${JSON.stringify({ fix: blueprint })}\n` });
    const { session } = await bed.run();
    expect(session.issueRun?.steps.at(-1)?.why).toContain('the key is ***');
    expect(JSON.stringify([bed.ledgerFiles(), session])).not.toContain(secret);
  });
});
