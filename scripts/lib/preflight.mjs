import { accessSync, chmodSync, constants, existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { PORTS, setting } from './environment.mjs';
import { Problem } from './problem.mjs';
import { sleep } from './processes.mjs';

/** The port of each process. Throws one sentence for each variable that is not a port, or that is the same as another one. */
export function readPorts() {
  const ports = {};
  const problems = [];
  for (const [name, { variable, fallback }] of Object.entries(PORTS)) {
    const text = setting(variable) ?? String(fallback);
    const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
    const twin = Object.keys(ports).find((other) => ports[other] === port);
    if (port < 1 || port > 65_535) problems.push(`${variable} must be a port between 1 and 65535, not "${text}".`);
    else if (twin)
      problems.push(`${PORTS[twin].variable} and ${variable} are both ${port}: give them different ports.`);
    ports[name] = port;
  }
  if (problems.length > 0) throw new Problem(problems.join('\n'));
  return ports;
}

/** Throws one sentence for each port that cannot be opened. `patienceMs`: how long to wait for them to become free. */
export async function checkPorts(ports, { patienceMs, signal }) {
  for (const until = Date.now() + patienceMs; ; await sleep(200, signal)) {
    const problems = [];
    for (const [name, port] of Object.entries(ports)) {
      const failure = await failureToListen(port);
      if (failure) problems.push(explain(PORTS[name].variable, port, failure));
    }
    if (problems.length === 0) return;
    if (Date.now() > until) throw new Problem(problems.join('\n'));
  }
}

/** Makes the data folder unless it is there, and throws when nothing can be written into it. */
export function prepareDataDir(dataDir) {
  try {
    makeFolder(dataDir);
    accessSync(`${dataDir}/`, constants.R_OK | constants.W_OK | constants.X_OK); // the slash: not a file
  } catch (error) {
    throw new Problem(
      `The data folder ${dataDir} is not writable (${error.code}): change its permissions, or set DATA_DIR to another folder.`,
    );
  }
}

// Node 20's own `recursive` never returns where nobody can make folders, e.g. in /proc.
function makeFolder(path) {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
  chmodSync(path, 0o755); // for Postgres, which runs as another user when this is root; what is secret inside is 0600
}

function explain(variable, port, failure) {
  if (failure === 'EACCES') return `Port ${port} may not be opened by this user: set ${variable} to a port above 1023.`;
  return `Port ${port} is already in use: stop the program that uses it, or set ${variable} to a free port.`;
}

// Each address on its own: a program on 127.0.0.1 alone does not everywhere disturb one that listens on all addresses.
async function failureToListen(port) {
  for (const host of ['0.0.0.0', '127.0.0.1', '::']) {
    const failure = await new Promise((resolve) => {
      const probe = createServer();
      probe.once('error', (/** @type {NodeJS.ErrnoException} */ error) => resolve(error.code));
      probe.listen({ port, host, ipv6Only: true }, () => probe.close(() => resolve(undefined)));
    });
    if (failure && !['EAFNOSUPPORT', 'EADDRNOTAVAIL', 'EINVAL'].includes(failure)) return failure;
  }
  return undefined;
}
