import {
  CredentialRefusedError,
  CredentialRequiredError,
  LoginRequiredError,
  OPEN_PERMISSIONS,
  PermissionMissingError,
} from '@app/identity';
import { type Access, ACCESS_EXTENSION } from '../access/access';
import { problemExample } from '../http/api-problems';
import type { Example, Operation } from './document';

/** What Swagger's "Authorize" asks for. */
export const SECURITY_SCHEMES = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'The `access` token of the answer of logging in.',
  },
  api_key: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'An API key, `ofk_…`.' },
};

/** Says of an operation which credentials it takes, and which permission it needs; gives who may call it. */
export function completeAccess(operation: Operation): Access | undefined {
  const access = operation[ACCESS_EXTENSION];
  if (access === undefined || access.for === 'everybody') return access;
  const isOpen = access.for === 'permitted' && OPEN_PERMISSIONS.has(access.permission);
  operation.security = [
    // Without a credential, where AUTH_MODE is open.
    ...(isOpen ? [{}] : []),
    { bearer: [] },
    ...(access.for === 'logged_in' ? [] : [{ api_key: [] }]),
  ];
  const sentence = sentenceOf(access);
  if (sentence) operation.description = `${operation.description ?? ''}\n\n${sentence}`.trim();
  return access;
}

function sentenceOf(access: Access): string | undefined {
  if (access.for === 'logged_in') return 'Needs the access token of somebody who has logged in.';
  if (access.for !== 'permitted') return undefined;
  const own = { orders: ', or `orders:own` for your own orders', account: ', except for your own account' };
  return `Needs the permission \`${access.permission}\`${access.own ? own[access.own] : ''}.`;
}

/** How a request without the right credential is refused. */
export function accessExamples(status: number, access: Access | undefined): Record<string, Example> {
  if (access === undefined || access.for === 'everybody') return {};
  const errors =
    status === 401
      ? [new CredentialRequiredError(), new CredentialRefusedError()]
      : status === 403 && access.for === 'permitted'
        ? [new PermissionMissingError(access.permission)]
        : status === 403 && access.for === 'logged_in'
          ? [new LoginRequiredError()]
          : [];
  return Object.fromEntries(errors.map(problemExample));
}
