import ts from 'typescript';
import { Calls, type Reached } from './calls';
import { Declarations } from './declarations';
import { decoratorCalls, type Finding, finding, hasDecorator, nodes, type Source } from './source-tree';

/** Files from a controller to SQL at most, both counted: what a reader can follow without losing the beginning. */
export const TRIP_FILES_MAX = 12;

/** The longest way that a request takes to a statement of SQL. */
export interface RequestTrip {
  /** `POST api/v1/orders`. */
  request: string;
  /** From the controller's to that of the statement, each opened from the one before. */
  files: string[];
  /** Files of the way that lead back to each other; such a way has no longest. */
  circle: string[];
  handler: ts.MethodDeclaration;
  source: Source;
}

/** Requests whose way may go in a circle: a reader of the stream asks the feed that opened it for more, again and again. */
const CIRCLES_ALLOWED = new Set(['GET api/v1/orders/stream']);

const HANDLERS = ['Get', 'Post', 'Put', 'Patch', 'Delete'];

/**
 * The trip of every handler of every controller. A way leads from a method or function to another one when the first calls, makes or
 * names the second: a method of an injected class or of a typed parameter, a function or constant that is imported, every method of what
 * is made with `new`. An interface or abstract class leads to all its implementations. A file counts once, on whatever way it is
 * entered, and `index.ts` files do not count: they are looked through. Types, decorators and what is behind libraries of others do not
 * count. Read by syntax, so what is called on a value without a written type is followed only when the way makes that value with `new`;
 * ways that only the same file joins are joined, so a trip may be longer than any that is gone.
 */
export function requestTrips(tree: readonly Source[]): RequestTrip[] {
  const calls = new Calls(new Declarations(tree));
  return tree.flatMap((source) =>
    nodes(source, ts.isClassDeclaration).flatMap((controller) => {
      const [base] = decoratorCalls(controller, 'Controller');
      if (!base) return [];
      return controller.members.filter(ts.isMethodDeclaration).flatMap((handler) => {
        const [method] = HANDLERS.filter((name) => hasDecorator(handler, name));
        if (!method) return [];
        const path = [base, decoratorCalls(handler, method)[0]!].flatMap(({ arguments: [first] }) =>
          first && ts.isStringLiteralLike(first) ? first.text : [],
        );
        const request = `${method.toUpperCase()} ${path.join('/')}`;
        return [{ request, ...longestWay(calls.from({ source, node: controller, member: handler })), handler, source }];
      });
    }),
  );
}

/** The handlers whose trip is too long, or goes in a circle. */
export function longTrips(tree: readonly Source[]): Finding[] {
  return requestTrips(tree).flatMap(({ request, files, circle, handler, source }) => {
    if (circle.length > 0 && !CIRCLES_ALLOWED.has(request))
      return [finding(source, handler.name, `the way to SQL goes in a circle: ${circle.join(', ')}`)];
    return files.length > TRIP_FILES_MAX
      ? [finding(source, handler.name, `${files.length} files to SQL: ${files.join(' → ')}`)]
      : [];
  });
}

function longestWay({ start, next, withSql }: Reached): Pick<RequestTrip, 'files' | 'circle'> {
  const longest = new Map<string, string[]>();
  const open: string[] = [];
  let circle: string[] = [];
  const visit = (file: string): string[] => {
    const known = longest.get(file);
    if (known) return known;
    if (open.includes(file)) {
      circle = open.slice(open.indexOf(file));
      return [];
    }
    open.push(file);
    const ways = [...(next.get(file) ?? [])].map(visit);
    open.pop();
    const rest = ways.reduce((long, way) => (way.length > long.length ? way : long), []);
    const way = rest.length > 0 || withSql.has(file) ? [file, ...rest] : [];
    longest.set(file, way);
    return way;
  };
  return { files: visit(start), circle };
}
