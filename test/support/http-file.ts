/** A request of an .http file, as the REST Client of Visual Studio Code reads it. */
export interface FileRequest {
  title: string;
  /** From `# @name`: later requests take values from its answer. */
  name?: string;
  /** From `# expect`. */
  expected: number;
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
}

export interface HttpFile {
  variables: Record<string, string>;
  requests: FileRequest[];
}

export function readHttpFile(text: string): HttpFile {
  const [head = '', ...blocks] = text.split(/^###/m);
  const variables = Object.fromEntries(
    [...head.matchAll(/^@(\w+)\s*=\s*(.*)$/gm)].map(([, name, value]) => [name!, value!.trim()]),
  );
  return { variables, requests: blocks.map(readRequest) };
}

function readRequest(block: string): FileRequest {
  const [title = '', ...lines] = block.split('\n');
  const start = lines.findIndex((line) => line.trim() !== '' && !line.startsWith('#'));
  const [method, url] = (lines[start] ?? '').split(' ');
  if (!method || !url) throw new Error(`There is no request under "${title.trim()}".`);
  const comments = lines.slice(0, start).join('\n');
  const rest = lines.slice(start + 1);
  const end = rest.indexOf('');
  const headers = rest.slice(0, end < 0 ? rest.length : end).map((line) => line.split(/:\s*/, 2) as [string, string]);
  const body = end < 0 ? '' : rest.slice(end).join('\n').trim();
  return {
    title: title.trim(),
    name: /^# @name (\w+)$/m.exec(comments)?.[1],
    expected: Number(/^# expect (\d{3})$/m.exec(comments)?.[1]),
    method,
    url,
    headers: Object.fromEntries(headers),
    ...(body === '' ? {} : { body }),
  };
}

/** Fills in `{{host}}` and `{{placing.response.body.$.order_id}}`. */
export function fillIn(text: string, variables: Record<string, string>, answers: ReadonlyMap<string, unknown>): string {
  return text.replaceAll(/\{\{([^}]+)\}\}/g, (_, expression: string) => {
    const [, name, path] = /^(\w+)\.response\.body\.\$\.([\w.[\]]+)$/.exec(expression) ?? [];
    const value = name
      ? path!.match(/\w+/g)!.reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], answers.get(name))
      : variables[expression];
    if (typeof value !== 'string' && typeof value !== 'number') throw new Error(`Nothing gives {{${expression}}}.`);
    return String(value);
  });
}
