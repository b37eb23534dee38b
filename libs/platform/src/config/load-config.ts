import { issueSentence } from '../errors/issue-sentence';
import { hostsOf, originsOf, proxiesOf } from './addresses';
import { CONTEXT_NAMES, type ContextName, contextProblems, contextUrl } from './context-urls';
import { type Environment, environmentSchema } from './environment';
import { type ForeignIssuer, roleMappingOf } from './foreign-issuer';
import { problemsBetween } from './environment-problems';
import { type RateLimit, rateLimitOf } from './rate-limit';

/** Used only outside production, where `SECRET_KEY` is required. */
const DEVELOPMENT_SECRET = 'development-only-secret';

/** The environment, checked, with what follows from several variables together. */
export interface Config extends Environment {
  /** Those that the process works on. */
  contexts: readonly ContextName[];
  /** The database of the process: that of each of its contexts, and of the outbox, the versions and whatever else they are written with. */
  databaseUrl: string;
  secretKey: string;
  authMode: 'open' | 'required';
  allowedHosts: ReadonlySet<string> | undefined;
  corsOrigins: readonly string[] | undefined;
  /** As Fastify takes them; undefined: nobody's word about a client is taken. */
  trustedProxies: readonly string[] | undefined;
  rateLimits: Readonly<Record<'anonymous' | 'user' | 'login' | 'registration', RateLimit | undefined>>;
  /** Whose tokens are accepted beside our own; undefined: nobody's. */
  foreignIssuer: ForeignIssuer | undefined;
  enableApiDocs: boolean;
  logFormat: 'json' | 'pretty';
}

export interface ConfigNeeds {
  /** False for what can do without one, such as the simulation on SQLite. */
  needsDatabase?: boolean;
  /** Those that the process works on; all of them unless given. */
  contexts?: readonly ContextName[];
}

/** Lists every problem of the environment at once, so that nobody fixes them one boot at a time. */
export class InvalidEnvironmentError extends Error {
  constructor(readonly problems: string[]) {
    super(`The environment is not usable:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

/**
 * Reads and checks the environment. An empty value counts as not set. Without a database `databaseUrl` is empty, where that is
 * allowed. Throws {@link InvalidEnvironmentError}.
 */
export function loadConfig(
  source: Record<string, string | undefined> = process.env,
  { needsDatabase = true, contexts = CONTEXT_NAMES }: ConfigNeeds = {},
): Config {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''));
  // Each by itself: one that is wrong does not hide what is wrong with several of the others together.
  const parsed = Object.entries(environmentSchema.shape).map(
    ([name, schema]) => [name, schema.safeParse(given[name], { error: issueSentence })] as const,
  );
  const wrong = new Set(parsed.filter(([, { success }]) => !success).map(([name]) => name));
  const environment = Object.fromEntries(parsed.map(([name, { data }]) => [name, data])) as Environment;
  const problems = [
    ...parsed.flatMap(([name, { error }]) => (error?.issues ?? []).map(({ message }) => `${name}: ${clause(message)}`)),
    ...(needsDatabase ? contextProblems(environment, contexts, wrong) : []),
    ...problemsBetween(environment, wrong),
  ];
  if (problems.length > 0) throw new InvalidEnvironmentError(problems);
  const isProduction = environment.NODE_ENV === 'production';
  return {
    ...environment,
    contexts,
    databaseUrl: contexts.map((context) => contextUrl(environment, context))[0] ?? '',
    secretKey: environment.SECRET_KEY ?? DEVELOPMENT_SECRET,
    authMode: environment.AUTH_MODE ?? (isProduction ? 'required' : 'open'),
    allowedHosts: environment.ALLOWED_HOSTS ? new Set(hostsOf(environment.ALLOWED_HOSTS)) : undefined,
    corsOrigins: environment.CORS_ORIGINS ? originsOf(environment.CORS_ORIGINS) : undefined,
    trustedProxies: environment.TRUST_PROXY ? proxiesOf(environment.TRUST_PROXY) : undefined,
    rateLimits: {
      anonymous: rateLimitOf(environment.API_ANON_RATE_LIMIT ?? (isProduction ? '100/hour' : 'off')),
      user: rateLimitOf(environment.API_USER_RATE_LIMIT ?? (isProduction ? '1000/hour' : 'off')),
      login: rateLimitOf(environment.LOGIN_RATE_LIMIT ?? (isProduction ? '50/hour' : 'off')),
      registration: rateLimitOf(environment.REGISTRATION_RATE_LIMIT ?? (isProduction ? '20/hour' : 'off')),
    },
    foreignIssuer: foreignIssuerOf(environment),
    enableApiDocs: environment.ENABLE_API_DOCS === undefined ? !isProduction : environment.ENABLE_API_DOCS === 'true',
    logFormat:
      environment.LOG_FORMAT ?? (process.stdout.isTTY && environment.NODE_ENV !== 'production' ? 'pretty' : 'json'),
  };
}

/** A sentence, as it stands after the name of a variable. */
function clause(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1).replace(/\.$/, '')}`;
}

function foreignIssuerOf(environment: Environment): ForeignIssuer | undefined {
  const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience, OIDC_ROLE_CLAIM: roleClaim, OIDC_ROLES: mapping } = environment;
  const roles = mapping === undefined ? undefined : roleMappingOf(mapping);
  return issuer !== undefined && audience !== undefined && roles ? { issuer, audience, roleClaim, roles } : undefined;
}
