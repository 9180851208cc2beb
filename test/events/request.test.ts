import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JobRequest, parseRequest, renderRequest } from '../../src/events/request.ts';
import { UserError } from '../../src/lib/errors.ts';

const command: JobRequest = { version: 1, kind: 'command', issue: 7, comment: 99, index: 0, digest: 'a'.repeat(64) };

describe('the request of a dispatched workflow', () => {
  it.each<[string, JobRequest]>([
    ['a command', command],
    ['a command in a review', { ...command, comment: 'review-7-99' }],
    ['a command about a commit', { ...command, head: 'b'.repeat(40) }],
    ['answers', { version: 1, kind: 'answers', issue: 7, comments: [1, 2], session: 'S20261121-181500-ab3d' }],
    [
      'a session that a command in a review asked for',
      {
        ...{ version: 1, kind: 'resume', session: 'S20261121-181500-ab3d' },
        asked: { issue: 7, comment: 'review-7-99', index: 1 },
      },
    ],
    ['a session to go on with', { version: 1, kind: 'resume', session: 'S20261121-181500-ab3d' }],
  ])('is read as it was written: %s', (_, request) => {
    expect(parseRequest(renderRequest(request))).toEqual(request);
  });

  it.each([
    ['no JSON', 'run everything', /it is not JSON/],
    ['too long', ' '.repeat(10_001), /10000 are the most/],
    ['a comment of no lane', JSON.stringify({ ...command, comment: 'review-7-99; rm -rf /' }), /comment is not as it/],
    ['another kind', '{"version":1,"kind":"shell"}', /kind is not as it has to be/],
    ['more than a pointer', JSON.stringify({ ...command, prompt: 'rm -rf /' }), /cannot be read/],
    ['a session that leads elsewhere', '{"version":1,"kind":"resume","session":"../../x"}', /session is not as it has/],
    ['a commit that is a branch', JSON.stringify({ ...command, head: 'main' }), /head is not as it has to be/],
    ['a newer version', '{"version":2,"kind":"command"}', /newer Courier/],
  ])('is refused with a sentence, and not repeated: %s', (_, text, message) => {
    expect(() => parseRequest(text)).toThrow(UserError);
    expect(() => parseRequest(text)).toThrow(message);
    expect(() => parseRequest(text)).not.toThrow(/rm -rf|everything/);
  });

  it('is refused or read, whatever is given', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        try {
          parseRequest(text);
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
    );
  });
});
