import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, until } from './processes';

const CONFIGURATION = join(__dirname, '../../deploy/nginx/order-fulfillment.conf');
// Debian keeps servers in sbin folders, which an ordinary user's PATH may lack.
const CANDIDATES = ['/usr/sbin/nginx', '/usr/bin/nginx', '/usr/local/sbin/nginx', '/usr/local/bin/nginx'];
const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

/** The nginx of this machine; undefined when there is none, which `REQUIRE_NGINX=1` does not accept. */
export function installedNginx(): string | undefined {
  const path = CANDIDATES.find((candidate) => existsSync(candidate));
  if (!path && process.env.REQUIRE_NGINX === '1')
    throw new Error('REQUIRE_NGINX is 1, but there is no nginx: install it (Debian: nginx-light).');
  return path;
}

interface Asked {
  method?: string;
  headers?: Record<string, string>;
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface RunningNginx {
  /** What `nginx -t` says of the configuration, and whether it may be used. */
  check: { ok: boolean; output: string };
  /** Of the plain port. */
  plainUrl: string;
  /** Over TLS, for the name of the certificate. */
  ask: (path: string, options?: Asked, body?: string) => Promise<Answer>;
  /** The same, while its body arrives. */
  open: (path: string) => Promise<IncomingMessage>;
  stop: () => Promise<void>;
}

/**
 * Runs the configuration of deploy/nginx as it is, but for ports, certificate and the address of the API. Its certificate is made here
 * for `host`.
 */
export async function startNginx(program: string, host: string, apiUrl: string): Promise<RunningNginx> {
  const folder = mkdtempSync(join(tmpdir(), 'order-fulfillment-nginx-'));
  const [plainPort, tlsPort] = [await freePort(), await freePort()];
  makeCertificate(folder, host);
  const site = withReplaced(readFileSync(CONFIGURATION, 'utf8'), [
    ['127.0.0.1:8000', new URL(apiUrl).host],
    ['listen 80;', `listen 127.0.0.1:${plainPort};`],
    ['listen [::]:80;', ''],
    ['listen 443 ssl http2;', `listen 127.0.0.1:${tlsPort} ssl http2;`],
    ['listen [::]:443 ssl http2;', ''],
    ['/etc/ssl/order-fulfillment/fullchain.pem', join(folder, 'certificate.pem')],
    ['/etc/ssl/order-fulfillment/privkey.pem', join(folder, 'key.pem')],
  ]).replaceAll('shop.example.com', host);
  writeFileSync(join(folder, 'site.conf'), site);
  for (const name of TEMPORARY) mkdirSync(join(folder, name));
  const temporary = TEMPORARY.map((name) => `${name}_temp_path ${join(folder, name)};`).join(' ');
  const main = join(folder, 'nginx.conf');
  writeFileSync(
    main,
    `${process.getuid?.() === 0 ? 'user root;' : ''} daemon off; pid ${join(folder, 'pid')}; worker_processes 1; error_log stderr;
     events {} http { access_log off; ${temporary} include ${join(folder, 'site.conf')}; }`,
  );
  const flags = ['-p', folder, '-c', main, '-e', 'stderr'];
  const { status, stderr } = spawnSync(program, [...flags, '-t'], { encoding: 'utf8' });
  const child = spawn(program, flags, { stdio: ['ignore', 'ignore', 'pipe'] });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exited = once(child, 'exit');
  const ca = readFileSync(join(folder, 'certificate.pem'));
  const open = (path: string, options: Asked = {}, body?: string) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { host, ...options.headers };
      request(
        { agent: false, ...options, host: '127.0.0.1', port: tlsPort, path, servername: host, ca, headers },
        resolve,
      )
        .once('error', reject)
        .end(body);
    });
  const plainUrl = `http://127.0.0.1:${plainPort}`;
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`nginx did not start:\n${output}`);
    return (await fetch(plainUrl, { redirect: 'manual' }).catch(() => undefined)) !== undefined;
  });
  return {
    check: { ok: status === 0, output: stderr },
    plainUrl,
    open,
    ask: async (path, options, body) => {
      const message = await open(path, options, body);
      let text = '';
      for await (const chunk of message) text += String(chunk);
      return { status: message.statusCode!, headers: message.headers, body: text };
    },
    stop: async () => {
      if (child.exitCode === null) child.kill('SIGTERM');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function makeCertificate(folder: string, host: string): void {
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const names = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`];
  const made = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  execFileSync('openssl', ['req', ...made, ...names, '-keyout', key, '-out', certificate], { stdio: 'pipe' });
}

/** Each of them is there once, or the test would run something else than the file. */
function withReplaced(text: string, pairs: readonly (readonly [string, string])[]): string {
  return pairs.reduce((result, [from, to]) => {
    const count = result.split(from).length - 1;
    if (count !== 1) throw new Error(`${from} is ${count} times in ${CONFIGURATION}.`);
    return result.replace(from, to);
  }, text);
}
