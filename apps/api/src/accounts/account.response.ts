import { type ApiKey, PERMISSIONS, ROLES, type Session, type User, type VerifiedCredential } from '@app/identity';
import { z } from 'zod';

/** Nobody's: accounts get ids of their own. */
const EXAMPLE_ACCOUNT = '0199c5a2-7d1e-7c33-9b51-3f1f5a0a9ca1';
export const accountId = z.uuid('Must be a UUID.').meta({ example: EXAMPLE_ACCOUNT });
const time = z.iso.datetime().meta({ example: '2026-11-20T10:00:00.000Z' });
const permissions = z.array(z.enum(PERMISSIONS)).meta({ example: ['orders:own', 'products:read'] });

export const userSchema = z
  .object({
    id: accountId.meta({ description: 'The account.' }),
    username: z.string().meta({ example: 'ada', description: 'What is typed to log in.' }),
    email: z
      .string()
      .nullable()
      .meta({ example: 'ada@example.com', description: 'Where to write to; null when it was not given.' }),
    role: z.enum(ROLES).meta({ example: 'customer', description: 'What the account may do.' }),
    is_active: z.boolean().meta({ example: true, description: 'Whether it can log in.' }),
    created_at: time,
    updated_at: time,
  })
  .meta({ id: 'User' });

export const sessionSchema = z
  .object({
    access: z
      .string()
      .meta({ example: 'eyJhbGciOiJFZERTQSJ9.e30.c2ln', description: 'Send it as `Authorization: Bearer …`.' }),
    refresh: z.string().meta({
      example: 'oft_the-refresh-token-of-the-last-answer',
      description: 'Gives the next pair of tokens, once. Used again, it ends the session.',
    }),
    expires_in: z.number().int().meta({ example: 900, description: 'Seconds until the access token expires.' }),
    user: userSchema,
  })
  .meta({ id: 'Session' });

export const callerSchema = z
  .object({
    kind: z.enum(['user', 'api_key', 'foreign_user']).meta({
      example: 'user',
      description: 'What was shown: an access token, an API key, or a token of a foreign issuer.',
    }),
    id: accountId.meta({ description: 'The account, or the key.' }),
    user: userSchema.nullable().meta({ description: 'The account; null for a user of a foreign issuer.' }),
    permissions: permissions.meta({ description: 'What this credential may do now.' }),
  })
  .meta({ id: 'Caller' });

const apiKey = {
  id: accountId.meta({ description: 'The key.' }),
  name: z.string().meta({ example: 'web shop', description: 'What it is for.' }),
  prefix: z.string().meta({ example: 'ofk_a1B2c3D4', description: 'How the key begins.' }),
  permissions: permissions.meta({ description: 'What it may do, as long as its maker may.' }),
  expires_at: time.nullable().meta({ description: 'When it stops working; null: never.' }),
  created_at: time,
  last_used_at: time.nullable().meta({ description: 'To the minute; null when it was never used.' }),
};
export const apiKeySchema = z.object(apiKey).meta({ id: 'ApiKey' });
export const createdApiKeySchema = z
  .object({
    ...apiKey,
    key: z.string().meta({
      example: 'ofk_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V',
      description: 'The key itself, which is shown this once. Send it as `X-API-Key`.',
    }),
  })
  .meta({ id: 'CreatedApiKey' });

export function toUserResponse(user: User): z.infer<typeof userSchema> {
  return {
    id: user.id,
    username: user.username,
    email: user.email,
    role: user.role,
    is_active: user.isActive,
    created_at: user.createdAt.toISOString(),
    updated_at: user.updatedAt.toISOString(),
  };
}

export function toSessionResponse({ access, refresh, expiresIn, user }: Session): z.infer<typeof sessionSchema> {
  return { access, refresh, expires_in: expiresIn, user: toUserResponse(user) };
}

export function toCallerResponse({ kind, id, permissions: held }: VerifiedCredential, user: User | undefined) {
  return { kind, id, user: user ? toUserResponse(user) : null, permissions: [...held] };
}

export function toApiKeyResponse(key: ApiKey): z.infer<typeof apiKeySchema> {
  return {
    id: key.id,
    name: key.name,
    prefix: key.prefix,
    permissions: key.permissions,
    expires_at: key.expiresAt?.toISOString() ?? null,
    created_at: key.createdAt.toISOString(),
    last_used_at: key.lastUsedAt?.toISOString() ?? null,
  };
}
