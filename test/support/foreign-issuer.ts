import { ROLES } from '@app/identity';
import { OAuth2Server } from 'oauth2-mock-server';

const AUDIENCE = 'order-fulfillment-api';

/** An OpenID Connect issuer of somebody else, on a free port of the loopback. */
export interface TestIssuer {
  url: string;
  audience: string;
  /** What an API needs to accept its tokens. Each role is given by the value of the same name. */
  settings: Record<string, string>;
  /** A token with these values for roles; `claims` go over those of a good one. */
  token: (roles: readonly string[], claims?: Record<string, unknown>) => Promise<string>;
  /** Its newest key, which signs from now on. */
  makeKey: () => Promise<{ kid: string }>;
  close: () => Promise<void>;
}

export async function testIssuer(): Promise<TestIssuer> {
  const server = new OAuth2Server();
  const makeKey = () => server.issuer.keys.generate('RS256');
  let { kid } = await makeKey();
  await server.start(0, '127.0.0.1');
  const url = `http://127.0.0.1:${server.address().port}`;
  server.issuer.url = url;
  return {
    url,
    audience: AUDIENCE,
    settings: {
      OIDC_ISSUER: url,
      OIDC_AUDIENCE: AUDIENCE,
      OIDC_ROLE_CLAIM: 'realm_access.roles',
      OIDC_ROLES: ROLES.toReversed()
        .map((role) => `${role}:${role}`)
        .join(),
    },
    token: (roles, claims = {}) =>
      server.issuer.buildToken({
        kid,
        scopesOrTransform: (_, payload) =>
          void Object.assign(payload, { sub: 'grace', aud: AUDIENCE, realm_access: { roles } }, claims),
      }),
    makeKey: async () => {
      const made = await makeKey();
      kid = made.kid;
      return made;
    },
    close: async () => {
      if (server.listening) await server.stop();
    },
  };
}
