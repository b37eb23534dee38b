import { type TestApi, testApi } from '../support/api';
import { installedBrowser, openBrowser, type TestBrowser } from '../support/browser';

const chromium = installedBrowser();
const run = chromium ? it : it.skip;
const WIDTHS = [
  ['desk', 1280],
  ['phone', 390],
] as const;

describe('the pages of the API', () => {
  let api: TestApi;
  let browser: TestBrowser;

  beforeAll(async () => {
    if (!chromium) return;
    api = await testApi();
    browser = await openBrowser(chromium);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await api?.close();
  });

  for (const [name, path, shown] of [
    ['start', '/', 'h1'],
    ['swagger', '/swagger/', '.opblock'],
    ['redoc', '/redoc/', 'h1'],
  ] as const)
    for (const [device, width] of WIDTHS)
      run(
        `fit on a ${device}: ${path}`,
        async () => {
          const { page } = browser;
          await page.setViewportSize({ width, height: 900 });
          await page.goto(`${api.url}${path}`);
          await page.locator(shown).first().waitFor({ timeout: 90_000 });
          await browser.screenshot(`${name}-${device}`);
          const beyond = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
          expect(beyond).toBeLessThanOrEqual(0);
          expect(browser.strangers(api.url)).toEqual([]);
          expect(browser.complaints).toEqual([]);
        },
        120_000,
      );

  run(
    'show what is created before what a dry run answers',
    async () => {
      const { page } = browser;
      await page.setViewportSize({ width: 1280, height: 1000 });
      await page.goto(`${api.url}/swagger/#/orders/orderBatches_create`);
      const statuses = page.locator('.responses-table tr.response .response-col_status');
      await statuses.first().waitFor({ timeout: 90_000 });
      const shown = await statuses.allInnerTexts();
      expect(shown.map((text) => Number.parseInt(text, 10))).toEqual([
        201, 202, 200, 400, 401, 403, 409, 413, 415, 422, 429, 503,
      ]);
      await statuses.first().scrollIntoViewIfNeeded();
      await browser.screenshot('swagger-bulk');
    },
    120_000,
  );
});
