import {
  CredentialRequiredError,
  Credentials,
  ForeignSessions,
  LoginRequiredError,
  PermissionMissingError,
  SecurityEvents,
  type VerifiedCredential,
} from '@app/identity';
import { type Config, InvalidInputError, type Principal } from '@app/platform';
import type { INestApplicationContext } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Access } from './access';
import { anonymousPrincipal, causeOf, principalOfCredential } from './current-principal';
import { OwnOrders } from './own-orders';

declare module 'fastify' {
  interface FastifyRequest {
    /** The user whose orders are all that this request may touch; undefined when it may touch all. See `ownerOf`. */
    onlyOrdersOf?: string;
    /** Why it is not let in. */
    accessError?: Error;
  }
}

/** Pages and documents, which are added by Nest and have no configuration of ours. */
const PAGES = /^\/(swagger|redoc)([./-]|$)/;

/**
 * From here on every request says who sends it, and is answered only when its route lets that caller in. A route that does not say
 * whom it lets in cannot be added: the process does not boot. After the rate limits: see below.
 */
export function addAccessCheck(fastify: FastifyInstance, app: INestApplicationContext, config: Config): void {
  const credentials = app.get(Credentials, { strict: false });
  const events = app.get(SecurityEvents, { strict: false });
  const foreignSessions = app.get(ForeignSessions, { strict: false });
  const ownOrders = app.get(OwnOrders);
  const anonymous = anonymousPrincipal(config);

  fastify.addHook('onRoute', ({ url, method, config: route }) => {
    if (route?.access === undefined && !PAGES.test(url) && String(method) !== 'OPTIONS')
      throw new Error(`${String(method)} ${url} does not say who may call it: see apps/api/src/access/access.ts.`);
  });

  /** Throws for whoever is not let in. */
  const letIn = (request: FastifyRequest, access: Access, credential: VerifiedCredential): void => {
    if (access.for === 'logged_in' && credential.kind !== 'user') throw new LoginRequiredError();
    if (access.for !== 'permitted' || credential.permissions.has(access.permission)) return;
    if (access.own === 'orders' && credential.permissions.has('orders:own')) {
      request.onlyOrdersOf = credential.userId;
      return;
    }
    if (access.own === 'account' && credential.kind === 'user' && isOwnAccount(request, credential)) return;
    events.recordRefusal(access.permission, causeOf(request));
    throw new PermissionMissingError(access.permission);
  };

  const admit = (
    request: FastifyRequest,
    access: Access,
    credential: VerifiedCredential,
  ): Promise<void> | undefined => {
    request.credential = credential;
    request.principal = principalOfCredential(credential);
    const { foreign, id, role } = credential;
    if (!foreign) {
      letIn(request, access, credential);
      return undefined;
    }
    return foreignSessions
      .note({ ...foreign, id, role }, causeOf(request))
      .then(() => letIn(request, access, credential));
  };

  /** Whether there is something to wait for: a credential that was not looked at for a while. */
  const check = (request: FastifyRequest): Promise<void> | undefined => {
    const access = request.routeOptions.config?.access;
    // No route of ours, or one that does not look at credentials: whoever logs in anew may still send an old one.
    if (access === undefined || access.for === 'everybody') return undefined;
    const { authorization, 'x-api-key': key } = request.headers;
    if (authorization === undefined && key === undefined) {
      if (isOpen(access, anonymous)) return undefined;
      throw new CredentialRequiredError();
    }
    if (authorization !== undefined && key !== undefined) throw twoCredentials();
    const remembered =
      authorization === undefined
        ? credentials.rememberedApiKey(String(key))
        : credentials.rememberedAuthorization(authorization);
    // The way of most requests.
    if (remembered) return admit(request, access, remembered);
    const verified =
      authorization === undefined
        ? credentials.verifyApiKey(String(key))
        : credentials.verifyAuthorization(authorization);
    return verified.then((credential) => admit(request, access, credential));
  };

  fastify.decorateRequest('principal', undefined);
  fastify.decorateRequest('credential', undefined);
  fastify.decorateRequest('onlyOrdersOf', undefined);
  fastify.decorateRequest('accessError', undefined);
  fastify.addHook('onRequest', (request, _reply, goOn) => {
    request.principal = anonymous;
    const refuse = (error: unknown) => {
      request.accessError = error instanceof Error ? error : new Error(String(error));
      goOn();
    };
    let waiting: Promise<void> | undefined;
    try {
      waiting = check(request);
    } catch (error) {
      refuse(error);
      return;
    }
    if (waiting === undefined) goOn();
    else waiting.then(() => goOn(), refuse);
  });
  // Only now: what is refused is counted like every other request, and a page of another origin may read why it was refused. What is
  // beyond a limit does not make the database look for an order either.
  fastify.addHook('preParsing', ({ accessError, onlyOrdersOf, params, principal }, _reply, payload, goOn) => {
    if (accessError) {
      goOn(accessError);
      return;
    }
    const looking = onlyOrdersOf && principal && ownOrders.check(params, onlyOrdersOf, principal);
    if (looking) looking.then(() => goOn(null, payload), goOn);
    else goOn(null, payload);
  });
}

/** The user whose orders are all that a request may touch, on routes that are about no single order: lists, and what is placed. */
export function ownerOf({ onlyOrdersOf }: FastifyRequest): string | undefined {
  return onlyOrdersOf;
}

function isOpen(access: Access, anonymous: Principal): boolean {
  return access.for === 'permitted' && anonymous.permissions.has(access.permission);
}

function isOwnAccount({ params }: FastifyRequest, { userId }: VerifiedCredential): boolean {
  return typeof params === 'object' && params !== null && 'id' in params && params.id === userId;
}

function twoCredentials(): InvalidInputError {
  return new InvalidInputError('The request is not valid.', [
    { field: 'X-API-Key', code: 'two_credentials', message: 'Send an access token or an API key, not both.' },
  ]);
}
