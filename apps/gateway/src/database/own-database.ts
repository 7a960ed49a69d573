import path from 'node:path';
import { keptSecrets } from './kept-secrets';
import { provisionOwn, withDatabase, withUser } from './roles';

/** How one organisation's gateway reaches its database. */
export interface OwnDatabase {
  databaseUrl: string;
  databaseOwnerUrl: string;
  serverSecret: string;
}

/**
 * A database for one organisation alone on a trial's server, made when missing: only its own two roles may connect to it, with
 * passwords that stand in the organisation's folder.
 * @param name of the database; letters, digits and underscores
 */
export async function ownDatabase(
  adminUrl: string,
  { name, home }: { name: string; home: string },
): Promise<OwnDatabase> {
  const { app, owner, serverSecret } = keptSecrets(path.join(home, 'secrets.json'), ['app', 'owner', 'serverSecret']);
  const roles = { app: { name: `${name}_app`, password: app }, owner: { name: `${name}_owner`, password: owner } };
  await provisionOwn(adminUrl, name, roles);
  const url = withDatabase(adminUrl, name);
  return {
    databaseUrl: withUser(url, roles.app.name, app),
    databaseOwnerUrl: withUser(url, roles.owner.name, owner),
    serverSecret,
  };
}
