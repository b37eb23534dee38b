import type { Config } from '@app/platform';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { PAGE_SECURITY_POLICY } from '../http/security-headers';

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1f5f8b"/><path d="M7 12l9-5 9 5v9l-9 5-9-5z" fill="none" stroke="#fff" stroke-width="2" stroke-linejoin="round"/><path d="M7 12l9 5 9-5M16 17v9" fill="none" stroke="#fff" stroke-width="2" stroke-linejoin="round"/></svg>`;

const LINKS = [
  ['/swagger/', 'Try the API', 'Every call with an example that works; send it from the page.'],
  ['/redoc/', 'Read the API', 'The same document, for reading.'],
  ['/swagger.json', 'OpenAPI document', 'OpenAPI 3.1 as JSON; also <a href="/swagger.yaml">as YAML</a>.'],
  ['/health/', 'Health', 'What works, what waits, and why.'],
  ['/metrics', 'Metrics', 'For Prometheus.'],
  ['/api/v1/orders/', 'Orders', 'The newest orders as JSON.'],
  ['/api/v1/products/', 'Products', 'The catalogue as JSON.'],
] as const;

const DOCUMENTS = /^\/(swagger|redoc)/;

function page(links: readonly (readonly [url: string, name: string, text: string])[]): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Order fulfillment</title>
    <link rel="icon" href="/favicon.ico" type="image/svg+xml" />
    <style>
      :root { color-scheme: light dark; --line: #d5dbe1; --soft: #5a6672; --link: #1f5f8b }
      @media (prefers-color-scheme: dark) { :root { --line: #3a434c; --soft: #a3afba; --link: #7fc0ec } }
      body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 44rem; padding: 3rem 1.25rem }
      h1 { font-size: 1.6rem; margin: 0 0 .25rem }
      p { color: var(--soft); margin: 0 0 2rem }
      ul { border-top: 1px solid var(--line); list-style: none; margin: 0; padding: 0 }
      li { border-bottom: 1px solid var(--line); display: grid; grid-template-columns: 12rem 1fr; padding: .75rem 0 }
      @media (max-width: 34rem) { li { grid-template-columns: 1fr } }
      a { color: var(--link) }
      li > a { font-weight: 600 }
      span { color: var(--soft) }
    </style>
  </head>
  <body>
    <main>
      <h1>Order fulfillment</h1>
      <p>This is the API. Here is where things are.</p>
      <ul>
${links.map(([url, name, text]) => `        <li><a href="${url}">${name}</a> <span>${text}</span></li>`).join('\n')}
      </ul>
    </main>
  </body>
</html>
`;
}

const PUBLIC = { config: { access: { for: 'everybody' } } } as const;

/** Serves a page that says where things are at /, and the icon of all pages. */
export function serveStartPage(app: NestFastifyApplication, { enableApiDocs }: Config): void {
  const text = page(LINKS.filter(([url]) => enableApiDocs || !DOCUMENTS.test(url)));
  const fastify = app.getHttpAdapter().getInstance();
  fastify.get('/', PUBLIC, (_request, reply) => {
    void reply.type('text/html; charset=utf-8').header('content-security-policy', PAGE_SECURITY_POLICY).send(text);
  });
  fastify.get('/favicon.ico', PUBLIC, (_request, reply) => {
    void reply.type('image/svg+xml').header('cache-control', 'public, max-age=86400').send(ICON);
  });
}
