import { CreateApiKey, CreateUser, type Permission, permissionsOf, type Role } from '@app/identity';
import type { INestApplicationContext } from '@nestjs/common';
import { TESTER } from './principals';

const CAUSE = { principal: TESTER };
export const PASSWORD = 'correct horse battery';
let sequence = 0;

/** An account that has logged in. */
export interface TestAccount {
  id: string;
  username: string;
  role: Role;
  access: string;
  refresh: string;
  /** Headers that show its access token. */
  bearer: Record<string, string>;
}

/** Makes an account with a role, and logs it in. */
export async function anAccount(app: INestApplicationContext, role: Role): Promise<TestAccount> {
  const username = `${role}-${process.pid}-${++sequence}`;
  const created = await app
    .get(CreateUser, { strict: false })
    .execute({ username, password: PASSWORD, email: null, role }, CAUSE, { logsIn: true });
  const { id } = created!.user;
  const { access, refresh } = created!.session!;
  return { id, username, role, access, refresh, bearer: { authorization: `Bearer ${access}` } };
}

/** Makes an API key of an account, with some of its permissions or all; gives its id, and headers that show it. */
export async function anApiKey(
  app: INestApplicationContext,
  { id: userId, role }: Pick<TestAccount, 'id' | 'role'>,
  permissions: readonly Permission[] = [...permissionsOf(role)],
  expiresAt: Date | null = null,
): Promise<{ id: string; key: string; header: Record<string, string> }> {
  const { apiKey, key } = await app
    .get(CreateApiKey, { strict: false })
    .execute({ userId, held: permissionsOf(role), name: 'test', permissions, expiresAt }, CAUSE);
  return { id: apiKey.id, key, header: { 'x-api-key': key } };
}
