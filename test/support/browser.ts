import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const ARTIFACTS = join(__dirname, '../../artifacts');
// It must not look for updates, accounts or anything else outside: there is no network where tests run.
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The Chromium of this machine; undefined when there is none, which `REQUIRE_BROWSER=1` does not accept. */
export function installedBrowser(): string | undefined {
  const path = [process.env.CHROMIUM_PATH, ...CANDIDATES].find((candidate) => candidate && existsSync(candidate));
  if (!path && process.env.REQUIRE_BROWSER === '1')
    throw new Error('REQUIRE_BROWSER is 1, but there is no Chromium: install it, or set CHROMIUM_PATH.');
  return path;
}

export interface TestBrowser {
  page: Page;
  /** What pages asked of other servers than these. */
  strangers: (...origins: string[]) => string[];
  /** What pages complained of: errors on their console, such as what their Content-Security-Policy forbids, and what they threw. */
  complaints: string[];
  /** Writes what can be seen to artifacts/<name>.png, for people to look at. */
  screenshot: (name: string) => Promise<void>;
  close: () => Promise<void>;
}

export async function openBrowser(executablePath: string): Promise<TestBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'order-fulfillment-browser-'));
  const context: BrowserContext = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    args: FLAGS,
    viewport: { width: 1280, height: 1000 },
  });
  const asked = new Set<string>();
  const complaints: string[] = [];
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  context.on('weberror', (error) => complaints.push(error.error().message));
  context.on('response', (response) => asked.add(response.url()));
  const page = context.pages()[0] ?? (await context.newPage());
  return {
    page,
    complaints,
    strangers: (...origins) =>
      [...asked].filter((url) => url.startsWith('http') && !origins.includes(new URL(url).origin)),
    screenshot: async (name) => {
      mkdirSync(ARTIFACTS, { recursive: true });
      await page.screenshot({ path: join(ARTIFACTS, `${name}.png`) });
    },
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
