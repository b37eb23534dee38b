import type { Locator, Page } from 'playwright-core';

export interface Execution {
  /** As the page shows it. */
  status: number;
  text: string;
}

/** Swagger UI as a person uses it: open an operation, fill in, press Execute, read the answer. */
export class SwaggerPage {
  constructor(
    private readonly page: Page,
    private readonly url: string,
  ) {}

  async open(): Promise<void> {
    await this.page.goto(`${this.url}/swagger/`);
    await this.page.locator('.opblock').first().waitFor();
  }

  /** Executes an operation with its examples, but for what is `given`. The operation is left open. */
  async execute(
    tag: string,
    operationId: string,
    given: { parameters?: Record<string, string>; body?: unknown } = {},
  ): Promise<Execution> {
    const operation = this.operation(tag, operationId);
    if (!(await operation.locator('.opblock-body').isVisible())) await operation.locator('.opblock-summary').click();
    await operation.locator('.execute').waitFor();
    for (const [name, value] of Object.entries(given.parameters ?? {}))
      await operation.locator(`tr[data-param-name="${name}"] input`).fill(value);
    if (given.body !== undefined)
      await operation.locator('textarea.body-param__text').fill(JSON.stringify(given.body, null, 2));
    const answer = operation.locator('.live-responses-table tr.response');
    if (await answer.isVisible()) {
      await operation.locator('.btn-clear').click();
      await answer.waitFor({ state: 'detached' });
    }
    await operation.locator('.execute').click();
    await answer.waitFor();
    const status = Number((await answer.locator('.response-col_status').innerText()).match(/\d{3}/)?.[0]);
    const shown = answer.locator('.response-col_description .highlight-code').first();
    return { status, text: (await shown.count()) > 0 ? await shown.innerText() : '' };
  }

  /** Brings the request and its answer into view. */
  async show(tag: string, operationId: string): Promise<void> {
    const operation = this.operation(tag, operationId);
    await operation.evaluate((element) => element.scrollIntoView());
  }

  async close(tag: string, operationId: string): Promise<void> {
    await this.operation(tag, operationId).locator('.opblock-summary').click();
  }

  private operation(tag: string, operationId: string): Locator {
    return this.page.locator(`#operations-${tag.replaceAll(' ', '_')}-${operationId}`);
  }
}

/** The JSON of an answer: Swagger UI puts buttons beside it. */
export function shownJson<Body>({ text }: Execution): Body {
  return JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)) as Body;
}
