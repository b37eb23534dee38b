import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { Writable } from 'node:stream';

const PASSWORD_MIN = 8;
const PASSWORD_MAX = 128;

/** A password from stdin, of which the end of the line does not count, or typed twice at the terminal, where it is not shown. */
export async function readPassword(fromStdin: boolean | undefined): Promise<string> {
  if (fromStdin) return checked((await text(process.stdin)).replace(/\r?\n$/, ''));
  if (!process.stdin.isTTY) throw new Error('Nobody can be asked here: give the password with --password-stdin.');
  const password = checked(await hidden('Password: '));
  if ((await hidden('Again: ')) !== password) throw new Error('The two passwords differ. Nothing was changed.');
  return password;
}

/** Asks for one line at the terminal. */
export async function ask(question: string): Promise<string> {
  if (!process.stdin.isTTY) throw new Error('Nobody can be asked here: give the username as an argument.');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await terminal.question(question)).trim();
  } finally {
    terminal.close();
  }
}

function checked(password: string): string {
  const length = Array.from(password).length;
  if (length < PASSWORD_MIN || length > PASSWORD_MAX || !password.isWellFormed() || password.includes('\0'))
    throw new Error(`A password has ${PASSWORD_MIN} to ${PASSWORD_MAX} characters.`);
  return password;
}

async function hidden(question: string): Promise<string> {
  process.stdout.write(question);
  // What the terminal would show of each key goes nowhere.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  try {
    return await terminal.question('');
  } finally {
    terminal.close();
    process.stdout.write('\n');
  }
}
