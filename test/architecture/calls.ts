import ts from 'typescript';
import type { Declarations, Declared } from './declarations';
import { nodes, type Source, texts } from './source-tree';

/** What SQL has in it; a repository of TypeORM, which writes its own, is known by how it is injected. */
const SQL = /\b(select\s[^]*?\bfrom\s|insert\s+into\s|update\s+\S+\s[^]*?\bset\s|delete\s+from\s|set_config\()/i;

/** A method or property of a class, or what is declared at the top of a file. */
export interface Step extends Declared {
  member?: ts.ClassElement;
}

/** What the steps that can be reached do with each other, by the files that they are in. */
export interface Reached {
  start: string;
  next: ReadonlyMap<string, ReadonlySet<string>>;
  withSql: ReadonlySet<string>;
}

/** Who calls, makes or names whom, read step by step from where one begins. */
export class Calls {
  private readonly known = new Map<ts.Node, { steps: Step[]; holdsSql: boolean }>();

  constructor(private readonly declarations: Declarations) {}

  from(first: Step): Reached {
    const next = new Map<string, Set<string>>();
    const withSql = new Set<string>();
    const seen = new Set<ts.Node>();
    const open = [first];
    for (let step = open.pop(); step; step = open.pop()) {
      const node = step.member ?? step.node;
      if (seen.has(node)) continue;
      seen.add(node);
      const { path } = step.source;
      const { steps, holdsSql } = this.read(step);
      if (holdsSql) withSql.add(path);
      for (const target of steps) {
        open.push(target);
        if (target.source.path !== path) next.set(path, (next.get(path) ?? new Set()).add(target.source.path));
      }
    }
    return { start: first.source.path, next, withSql };
  }

  private read(step: Step): { steps: Step[]; holdsSql: boolean } {
    const node = step.member ?? step.node;
    const read = this.known.get(node) ?? { steps: this.stepsFrom(step), holdsSql: holdsSql(node) };
    this.known.set(node, read);
    return read;
  }

  private stepsFrom({ source, node, member }: Step): Step[] {
    const steps: Step[] = [];
    const owner = member && ts.isClassDeclaration(node) ? { source, node } : undefined;
    const visit = (each: ts.Node): void => {
      if (ts.isTypeNode(each) || ts.isDecorator(each)) return;
      if (ts.isPropertyAccessExpression(each)) {
        const found = this.accessed(source, owner, each);
        if (found) return void steps.push(...found);
      } else if (ts.isBinaryExpression(each) && each.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword) {
        return visit(each.left);
      } else if (ts.isIdentifier(each) && !isNameOfProperty(each)) {
        const found = this.declarations.find(source, each.text);
        if (found && found.node.name !== each) steps.push(...this.whole(found));
      }
      ts.forEachChild(each, visit);
    };
    ts.forEachChild(member ?? node, visit);
    return steps;
  }

  /** `this.stock.lock`, `this.lock`, `plan.writeTo` of a typed parameter, `Plan.of`; undefined for what has to be looked into. */
  private accessed(
    source: Source,
    owner: Declared | undefined,
    access: ts.PropertyAccessExpression,
  ): Step[] | undefined {
    const { expression } = access;
    const name = access.name.text;
    if (expression.kind === ts.SyntaxKind.ThisKeyword && owner) {
      const type = typeOf(owner.node, name);
      const injected = type && this.typed(owner.source, type);
      return injected ? this.whole(injected) : this.member(owner, name);
    }
    if (
      ts.isPropertyAccessExpression(expression) &&
      expression.expression.kind === ts.SyntaxKind.ThisKeyword &&
      owner
    ) {
      const type = typeOf(owner.node, expression.name.text);
      const injected = type && this.typed(owner.source, type);
      return injected && [...this.member(injected, name), ...this.member(owner, expression.name.text)];
    }
    if (!ts.isIdentifier(expression)) return undefined;
    const type = parameterType(expression);
    const declared = type ? this.typed(source, type) : this.declarations.find(source, expression.text);
    return declared && ts.isClassDeclaration(declared.node) ? this.member(declared, name) : undefined;
  }

  private typed(source: Source, type: ts.TypeNode): Declared | undefined {
    const found =
      ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName)
        ? this.declarations.find(source, type.typeName.text)
        : undefined;
    return found && (ts.isClassDeclaration(found.node) || ts.isInterfaceDeclaration(found.node)) ? found : undefined;
  }

  /** A member of a class, with what the class is made with; of its parent, where it is inherited; of all that implement it, too. */
  private member(declared: Declared, name: string): Step[] {
    const { source, node } = declared;
    const implemented = this.declarations.implementersOf(declared).flatMap((each) => this.member(each, name));
    if (!ts.isClassDeclaration(node)) return implemented;
    const own = node.members.filter((each) => each.name?.getText() === name);
    const made = node.members.filter((each) => ts.isConstructorDeclaration(each));
    if (own.length > 0) return [...[...own, ...made].map((member) => ({ source, node, member })), ...implemented];
    const parents = (node.heritageClauses ?? []).flatMap(({ types }) => types);
    const inherited = parents.flatMap(({ expression }) => {
      const parent = ts.isIdentifier(expression) ? this.declarations.find(source, expression.text) : undefined;
      return parent && ts.isClassDeclaration(parent.node) ? this.ownMember(parent, name) : [];
    });
    return [...inherited, ...implemented];
  }

  private ownMember({ source, node }: Declared, name: string): Step[] {
    if (!ts.isClassDeclaration(node)) return [];
    const own = node.members.filter((each) => each.name?.getText() === name);
    return own.map((member) => ({ source, node, member }));
  }

  private whole(declared: Declared): Step[] {
    const { source, node } = declared;
    if (ts.isClassDeclaration(node))
      return [
        ...node.members.map((member) => ({ source, node, member })),
        ...this.declarations.implementersOf(declared).flatMap((each) => this.whole(each)),
      ];
    if (ts.isInterfaceDeclaration(node))
      return this.declarations.implementersOf(declared).flatMap((each) => this.whole(each));
    return ts.isTypeAliasDeclaration(node) ? [] : [declared];
  }
}

function holdsSql(node: ts.Node): boolean {
  const decorated = nodes(node, ts.isDecorator).some(({ expression }) =>
    /^InjectRepository\b/.test(expression.getText()),
  );
  return decorated || texts(node).some(({ text }) => SQL.test(text));
}

/** The type that a class gives a property or a property of its constructor. */
function typeOf(node: ts.Node, name: string): ts.TypeNode | undefined {
  if (!ts.isClassDeclaration(node)) return undefined;
  const parameters = node.members.filter(ts.isConstructorDeclaration).flatMap((each) => [...each.parameters]);
  const fields = node.members.filter(ts.isPropertyDeclaration);
  return [...parameters, ...fields].find((each) => each.name.getText() === name)?.type;
}

/** The type of the parameter that a name stands for. */
function parameterType(name: ts.Identifier): ts.TypeNode | undefined {
  for (let node: ts.Node = name; node.parent; node = node.parent) {
    if (!ts.isFunctionLike(node)) continue;
    const parameter = node.parameters.find((each) => each.name.getText() === name.text);
    if (parameter) return parameter.type;
  }
  return undefined;
}

/** `name` of `x.name` and of `{ name: … }` stands for nothing that is declared. */
function isNameOfProperty(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    (ts.isBindingElement(parent) && parent.propertyName === node)
  );
}
