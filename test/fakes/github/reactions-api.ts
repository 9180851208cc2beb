import { paginate, type Reply, type RepositoryCall, text } from './http.ts';
import { HttpError } from './http-error.ts';
import { requireComment } from './issues-api.ts';
import { personJson } from './json.ts';
import { nextId, type StoredReaction } from './state.ts';

function reactionJson({ id, content, author, at }: StoredReaction) {
  return { id, node_id: `REA_${id}`, content, user: personJson(author), created_at: at };
}

/** One of each kind per person: a second one is answered with the first. */
function create(call: RepositoryCall): Reply {
  const { comment } = requireComment(call);
  const content = text(call.body.content) ?? '';
  const { login, type } = call.who;
  const known = comment.reactions.find((each) => each.content === content && each.author.login === login);
  if (known) return { status: 200, body: reactionJson(known) };
  const reaction = { id: nextId(), content, author: { login, type }, at: new Date().toISOString() };
  comment.reactions.push(reaction);
  return { status: 201, body: reactionJson(reaction) };
}

function list(call: RepositoryCall): Reply {
  const { page, headers } = paginate(requireComment(call).comment.reactions, call);
  return { status: 200, headers, body: page.map(reactionJson) };
}

function remove(call: RepositoryCall): Reply {
  const { comment } = requireComment(call);
  const found = comment.reactions.findIndex(({ id }) => String(id) === call.params.reaction_id);
  if (found === -1) throw new HttpError(404, 'Not Found');
  comment.reactions.splice(found, 1);
  return { status: 204 };
}

export const reactionOperations: Readonly<Record<string, (call: RepositoryCall) => Reply>> = {
  'reactions/create-for-issue-comment': create,
  'reactions/list-for-issue-comment': list,
  'reactions/delete-for-issue-comment': remove,
};
