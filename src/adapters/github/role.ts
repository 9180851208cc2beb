import { z } from 'zod';
import { type Role, roles } from '../../events/role.ts';
import type { Client } from './client.ts';
import { understandFailure } from './failure.ts';

const Level = z.object({ permission: z.string(), role_name: z.string().optional() });
const RoleName = z.enum(roles);

/** `permission` knows neither triage nor maintain; it only stands in for a custom role, whose base it names. */
export async function readRole(client: Client, login: string): Promise<Role> {
  const { owner, repo } = client.place;
  return client.attempt({ doing: `look up what ${login} may do`, permission: 'metadata: read' }, async (octokit) => {
    try {
      const { data } = await octokit.rest.repos.getCollaboratorPermissionLevel({ owner, repo, username: login });
      const { permission, role_name } = Level.parse(data);
      return RoleName.safeParse(role_name).data ?? RoleName.safeParse(permission).data ?? 'none';
    } catch (error) {
      if (understandFailure(error)?.status === 404) return 'none';
      throw error;
    }
  });
}
