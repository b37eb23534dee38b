import { ANY_VALUE, type Config, InvalidEnvironmentError, loadConfig, whatIsWeak } from '@app/platform';

/** `refused`: no process starts with it. `weak`: it starts, and a reviewer would not put it on a network. */
export type Verdict = 'ok' | 'weak' | 'refused';

export interface Judgement {
  setting: string;
  verdict: Verdict;
  message: string;
}

type Source = Readonly<Record<string, string | undefined>>;
type Rule = (config: Config) => Judgement;

const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);
const LOOPBACK_ADDRESS = /^(127\.|::1$)/;
const PASSWORD_LENGTH_MIN = 12;
/** Stands for the database that `npm start` brings, on this machine and with a password that nobody knows. */
const EMBEDDED = 'postgres://embedded';

const ok = (setting: string, message: string): Judgement => ({ setting, verdict: 'ok', message });
const weak = (setting: string, message: string): Judgement => ({ setting, verdict: 'weak', message });

/**
 * What a reviewer would say of the settings, one line each. With `deploy` they are judged as those of a server that strangers reach:
 * as production, whatever NODE_ENV says. No message holds a secret.
 */
export function judgeSettings(source: Source, { deploy = false } = {}): Judgement[] {
  const hasDatabase = Boolean(source.DATABASE_URL || source.DB_HOST);
  const judged = {
    ...source,
    ...(deploy ? { NODE_ENV: 'production' } : {}),
    ...(hasDatabase ? {} : { DATABASE_URL: EMBEDDED }),
  };
  const environment = deploy ? [judgeEnvironment(source)] : [];
  try {
    const config = loadConfig(judged);
    return [...environment, ...RULES.map((rule) => rule(config))];
  } catch (error) {
    if (!(error instanceof InvalidEnvironmentError)) throw error;
    const refused = error.problems.map((problem) => toRefusal(problem));
    return [...environment, ...refused, ...judgeTheRest(judged, refused)];
  }
}

/** The settings that are not refused, judged with what is refused taken away. */
function judgeTheRest(source: Source, refused: readonly Judgement[]): Judgement[] {
  const names = new Set(refused.map(({ setting }) => setting));
  const rest = Object.fromEntries(Object.entries(source).filter(([name]) => !names.has(name)));
  const placeholders = { NODE_ENV: 'development', DATABASE_URL: source.DATABASE_URL ?? 'postgres://localhost/orders' };
  try {
    // Outside of production nothing is required; what production sets otherwise is said here.
    const config = loadConfig({
      ...placeholders,
      ...productionDefaults(source),
      ...rest,
      ...(names.has('DATABASE_URL') || source.NODE_ENV === 'production' ? placeholders : {}),
    });
    return RULES.map((rule) => rule(config)).filter(({ setting }) => !names.has(setting));
  } catch (error) {
    if (error instanceof InvalidEnvironmentError) return [];
    throw error;
  }
}

function productionDefaults({ NODE_ENV }: Source): Record<string, string> {
  return NODE_ENV === 'production'
    ? {
        AUTH_MODE: 'required',
        API_ANON_RATE_LIMIT: '100/hour',
        API_USER_RATE_LIMIT: '1000/hour',
        LOGIN_RATE_LIMIT: '50/hour',
        REGISTRATION_RATE_LIMIT: '20/hour',
        ENABLE_API_DOCS: 'false',
      }
    : {};
}

/** `NAME: what is wrong`, as the boot says it. */
function toRefusal(problem: string): Judgement {
  const [setting = '', ...rest] = problem.split(': ');
  return { setting, verdict: 'refused', message: rest.join(': ') };
}

function judgeEnvironment({ NODE_ENV = 'development' }: Source): Judgement {
  return NODE_ENV === 'production'
    ? ok('NODE_ENV', 'production')
    : weak('NODE_ENV', `is ${NODE_ENV}: set production, which requires what is safe and starts with stricter defaults`);
}

const RULES: readonly Rule[] = [
  judgeSecret,
  judgeListenAddress,
  judgeAccess,
  judgeIssuer,
  judgeHosts,
  judgeProxy,
  (config) => judgeLimit('API_ANON_RATE_LIMIT', config.rateLimits.anonymous, 'requests', 'one address'),
  (config) => judgeLimit('API_USER_RATE_LIMIT', config.rateLimits.user, 'requests', 'one account'),
  (config) => judgeLimit('LOGIN_RATE_LIMIT', config.rateLimits.login, 'logins', 'one address'),
  (config) => judgeLimit('REGISTRATION_RATE_LIMIT', config.rateLimits.registration, 'registrations', 'one address'),
  judgeDocuments,
  judgeOrigins,
  judgeDatabase,
  judgeRedis,
  judgeLogLevel,
];

function judgeSecret({ SECRET_KEY: secret }: Config): Judgement {
  if (secret === undefined)
    return weak('SECRET_KEY', 'is not set: everybody can read in the source what signs cursors');
  const weakness = whatIsWeak(secret);
  return weakness === undefined
    ? ok('SECRET_KEY', `${secret.length} characters, ${new Set(secret).size} different ones`)
    : weak('SECRET_KEY', `${weakness}: set a random one, such as \`openssl rand -base64 32\` prints`);
}

function judgeListenAddress({ LISTEN_ADDRESS: address, SECRET_KEY, trustedProxies }: Config): Judgement {
  if (LOOPBACK_ADDRESS.test(address)) return ok('LISTEN_ADDRESS', `${address}: reached from this machine only`);
  if (SECRET_KEY === undefined)
    return weak(
      'LISTEN_ADDRESS',
      `${address} without a SECRET_KEY: everybody on the network reaches an API whose secret is known`,
    );
  if (trustedProxies?.every((proxy) => proxy === 'loopback' || LOOPBACK_ADDRESS.test(proxy)))
    return weak(
      'LISTEN_ADDRESS',
      `${address}, but the proxy is on this machine: set 127.0.0.1, or clients go around it`,
    );
  return ok('LISTEN_ADDRESS', `${address}: let the firewall admit the proxy only`);
}

function judgeAccess({ authMode }: Config): Judgement {
  return authMode === 'required'
    ? ok('AUTH_MODE', 'required')
    : weak(
        'AUTH_MODE',
        'open: whoever reaches the API may do all but what is about people without a credential; set required',
      );
}

function judgeIssuer({ foreignIssuer }: Config): Judgement {
  if (!foreignIssuer) return ok('OIDC_ISSUER', 'is not set: own tokens and keys only');
  const { issuer, roles } = foreignIssuer;
  if (issuer.startsWith('http:')) return weak('OIDC_ISSUER', `${issuer} is asked for its keys without TLS`);
  const forAll = roles.find(({ value }) => value === ANY_VALUE)?.role;
  return forAll && forAll !== 'customer'
    ? weak('OIDC_ROLES', `every user of ${issuer} is a ${forAll}`)
    : ok('OIDC_ISSUER', `${issuer} vouches for its users`);
}

function judgeHosts({ allowedHosts }: Config): Judgement {
  return allowedHosts
    ? ok('ALLOWED_HOSTS', [...allowedHosts].join(', '))
    : weak(
        'ALLOWED_HOSTS',
        'is not set: requests for any host name are answered, so a page of a stranger can reach the API',
      );
}

function judgeProxy({ trustedProxies }: Config): Judgement {
  return trustedProxies
    ? ok('TRUST_PROXY', trustedProxies.join(', '))
    : weak(
        'TRUST_PROXY',
        'is not set: no proxy with TLS is in front, or all its clients are taken for one (see deploy/nginx)',
      );
}

function judgeLimit(setting: string, limit: Config['rateLimits']['user'], what: string, whose: string): Judgement {
  return limit
    ? ok(setting, `${limit.requests} ${what} in ${limit.windowSeconds} s for ${whose}`)
    : weak(setting, `off: ${whose} may send as many ${what} as it likes`);
}

function judgeDocuments({ enableApiDocs }: Config): Judgement {
  return enableApiDocs
    ? weak('ENABLE_API_DOCS', 'true: /swagger/ and /redoc/ show strangers every call; set false on a public server')
    : ok('ENABLE_API_DOCS', 'false');
}

function judgeOrigins({ corsOrigins = [] }: Config): Judgement {
  const plain = corsOrigins.filter((origin) => origin.startsWith('http:'));
  return plain.length > 0
    ? weak('CORS_ORIGINS', `${plain.join(', ')}: whoever is on the way can change pages that come without TLS`)
    : ok('CORS_ORIGINS', corsOrigins.join(', ') || 'no page of another origin');
}

function judgeDatabase({ databaseUrl }: Config): Judgement {
  if (databaseUrl === EMBEDDED) return ok('DATABASE_URL', 'is not set: `npm start` brings a database of its own');
  const { hostname, password, searchParams } = new URL(databaseUrl);
  const secret = decodeURIComponent(password);
  if (hostname && !LOCAL.has(hostname) && /^(|disable|allow|prefer)$/.test(searchParams.get('sslmode') ?? ''))
    return weak(
      'DATABASE_URL',
      `goes to ${hostname} without TLS: add ?sslmode=verify-full, unless only this product is on that network`,
    );
  if (secret.length < PASSWORD_LENGTH_MIN)
    return weak('DATABASE_URL', `its password has fewer than ${PASSWORD_LENGTH_MIN} characters`);
  return secret === 'development-only'
    ? weak('DATABASE_URL', 'its password is that of the compose file: set POSTGRES_PASSWORD')
    : ok('DATABASE_URL', `on ${hostname}`);
}

function judgeRedis({ REDIS_URL: url }: Config): Judgement {
  if (url === undefined) return ok('REDIS_URL', 'is not set: queues and counters are in Postgres');
  const { hostname, password, protocol } = new URL(url);
  if (LOCAL.has(hostname) || (protocol === 'rediss:' && password)) return ok('REDIS_URL', `on ${hostname}`);
  const missing = [...(protocol === 'rediss:' ? [] : ['TLS (rediss://)']), ...(password ? [] : ['a password'])];
  return weak(
    'REDIS_URL',
    `goes to ${hostname} without ${missing.join(' and ')}, unless only this product is on that network`,
  );
}

function judgeLogLevel({ LOG_LEVEL: level }: Config): Judgement {
  return level === 'debug' || level === 'trace'
    ? weak('LOG_LEVEL', `${level}: lines say more than an operator needs`)
    : ok('LOG_LEVEL', level);
}
