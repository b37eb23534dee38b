import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

const BUNDLE = 'redoc.standalone.js';
const BUNDLE_URL = `/redoc/${BUNDLE}`;
const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Order fulfillment API</title>
    <link rel="icon" href="/favicon.ico" type="image/svg+xml" />
    <style>body { margin: 0 }</style>
  </head>
  <body>
    <redoc spec-url="/swagger.json" sort-required-props-first hide-download-button></redoc>
    <script src="${BUNDLE_URL}"></script>
  </body>
</html>
`;
/** ReDoc loads it beside the name of its maker: the page's policy refuses that, and a browser says so on its console. */
const FOREIGN_LOGO = 'https://cdn.redoc.ly/redoc/logo-mini.svg';
const NO_PICTURE = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';

/** Serves the document for reading at /redoc/, without the network. */
export function serveRedoc(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  let bundle: Promise<Buffer> | undefined;
  fastify.get('/redoc', (_request, reply) => {
    void reply.type('text/html; charset=utf-8').send(PAGE);
  });
  fastify.get(BUNDLE_URL, async (_request, reply) => {
    bundle ??= readFile(bundleFile(), 'utf8').then((text) => Buffer.from(text.replaceAll(FOREIGN_LOGO, NO_PICTURE)));
    void reply.type('text/javascript; charset=utf-8').header('cache-control', 'public, max-age=86400');
    return bundle;
  });
}

/** The build puts it beside the compiled apps; the package itself is there in development only. */
function bundleFile(): string {
  const built = join(__dirname, '../../../../assets', BUNDLE);
  return existsSync(built) ? built : require.resolve(`redoc/bundles/${BUNDLE}`);
}
