import { PERMISSIONS, ROLES } from '@app/identity';
import { z } from 'zod';
import { emailAddress, text } from '../http/validation';

/** Someone's words for a password must be long enough to be no guess; a longer one than this would only cost time. */
const PASSWORD_MIN = 8;
const PASSWORD_MAX = 128;
/** For what is only compared: a text that can be no password is refused like a wrong one. */
const SECRET_MAX = 500;

/** A text that means what it is to the character: not trimmed, and counted in characters as JSON Schema does. */
function secretText(min: number, max: number) {
  return z
    .string()
    .refine((value) => {
      const length = value.length > 2 * max ? max + 1 : Array.from(value).length;
      return length >= min && length <= max;
    }, `Must have ${min} to ${max} characters.`)
    .refine((value) => !value.includes('\u0000') && value.isWellFormed(), 'Contains characters that cannot be stored.')
    .meta({ minLength: min, maxLength: max });
}

const username = z
  .string()
  .regex(/^[A-Za-z0-9._@+-]{3,64}$/, 'Must have 3 to 64 letters, digits or . _ @ + -')
  .meta({ description: 'Letters are equal whatever their case.', example: 'ada' });
const password = secretText(PASSWORD_MIN, PASSWORD_MAX);
const EXAMPLE_PASSWORD = 'correct horse battery';

const registration = { username, password, email: emailAddress.nullish() };

/** Body of `POST /api/v1/auth/register/`. */
export const registerSchema = z
  .strictObject(registration)
  .meta({ id: 'Register', example: { username: 'ada', password: EXAMPLE_PASSWORD, email: 'ada@example.com' } });
/** Body of `POST /users/register`. */
export const registerSimplySchema = z
  .strictObject(registration)
  .meta({ id: 'RegisterSimply', example: { username: 'grace', password: EXAMPLE_PASSWORD } });
export type RegisterBody = z.infer<typeof registerSchema>;

const login = { username: text(1, 200), password: secretText(1, SECRET_MAX) };

/** Body of `POST /api/v1/auth/login/`. */
export const loginSchema = z
  .strictObject(login)
  .meta({ id: 'Login', example: { username: 'ada', password: EXAMPLE_PASSWORD } });
/** Body of `POST /users/login`. */
export const loginSimplySchema = z
  .strictObject(login)
  .meta({ id: 'LoginSimply', example: { username: 'grace', password: EXAMPLE_PASSWORD } });
export type LoginBody = z.infer<typeof loginSchema>;

/** Body of `POST /api/v1/auth/refresh/` and `/logout/`. */
export const refreshSchema = z
  .strictObject({ refresh: secretText(1, SECRET_MAX) })
  .meta({ id: 'Refresh', example: { refresh: 'oft_the-refresh-token-of-the-last-answer' } });
export type RefreshBody = z.infer<typeof refreshSchema>;

/** Body of `POST /api/v1/auth/password/`. */
export const changePasswordSchema = z
  .strictObject({ current_password: secretText(1, SECRET_MAX), new_password: password })
  .meta({
    id: 'ChangePassword',
    example: { current_password: EXAMPLE_PASSWORD, new_password: 'another long sentence' },
  });
export type ChangePasswordBody = z.infer<typeof changePasswordSchema>;

const role = z.enum(ROLES).meta({ example: 'operator' });

/** Body of `POST /api/v1/users/`. */
export const createUserSchema = z
  .strictObject({ ...registration, role })
  .meta({ id: 'CreateUser', example: { username: 'linus', password: EXAMPLE_PASSWORD, role: 'operator' } });
export type CreateUserBody = z.infer<typeof createUserSchema>;

/** Body of `PATCH /api/v1/users/{id}/`. */
export const updateUserSchema = z
  .strictObject({
    email: emailAddress.nullable().optional(),
    role: role.optional(),
    is_active: z.boolean().optional().meta({ description: 'False deactivates the account.' }),
  })
  .refine((body) => Object.keys(body).length > 0, 'Give at least one field to change.')
  .meta({ id: 'UpdateUser', example: { role: 'manager' } });
export type UpdateUserBody = z.infer<typeof updateUserSchema>;

/** Body of `POST /api/v1/api-keys/`. */
export const createApiKeySchema = z
  .strictObject({
    name: text(1, 100).meta({ description: 'What the key is for.', example: 'web shop' }),
    permissions: z
      .array(z.enum(PERMISSIONS))
      .min(1, 'At least one permission is required.')
      .max(50)
      .meta({ description: 'Of those that you have.' }),
    expires_at: z.iso
      .datetime({ offset: true })
      .nullish()
      .meta({ description: 'When it stops working; not given: never.', example: '2030-12-31T00:00:00Z' }),
  })
  .meta({ id: 'CreateApiKey', example: { name: 'web shop', permissions: ['orders:write', 'products:read'] } });
export type CreateApiKeyBody = z.infer<typeof createApiKeySchema>;
