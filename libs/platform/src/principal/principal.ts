/**
 * Kinds of principals that have an id of their own. Their text begins with the kind and a colon, which the texts of the others
 * never do.
 */
const IDENTIFIED_KINDS = ['user', 'api_key', 'service'] as const;
type IdentifiedKind = (typeof IDENTIFIED_KINDS)[number];

/**
 * `user`: a person with an account. `api_key`: a program that a user gave a key. `service`: another program with a credential of its
 * own. `system`: a process of this product. `anonymous`: whoever sends a request without a credential.
 */
export type PrincipalKind = IdentifiedKind | 'system' | 'anonymous';

/** What an edge knows of a principal whose credential it has verified. */
export interface VerifiedIdentity {
  /** 1 to PRINCIPAL_ID_MAX characters of any script; never changes, and is not given to anybody else later. */
  id: string;
  /** For people to read; may change. */
  name: string;
  permissions?: ReadonlySet<string>;
}

/** UTF-16 units of an id at most: what an OpenID Connect subject may have. */
export const PRINCIPAL_ID_MAX = 255;

/** What is written of a request without a credential. Rows said so before there were principals. */
const ANONYMOUS_TEXT = 'api';
/** How people say it, and what the keys of such requests belong to: no process is called so. */
const ANONYMOUS_NAME = 'anonymous';
const SYSTEM_ID = /^[a-z][a-z0-9_-]{0,62}$/;
const NO_PERMISSIONS: ReadonlySet<string> = new Set();

/**
 * Who does something. Made once, at the edge, and handed to every use case that writes on somebody's wish; ends in the versions of
 * rows, in the ledger and in log lines, as `text`. Only an edge makes one (the source rule `no-string-actors`), and only through
 * the functions below, so that every id has a text that can be read back.
 */
export class Principal {
  /**
   * What is stored and logged: the kind and the id, as {@link Principal.parse} reads them. Visible ASCII, bounded, without the name,
   * which may be personal and may change.
   */
  readonly text: string;

  private constructor(
    readonly kind: PrincipalKind,
    readonly id: string,
    readonly name: string,
    readonly permissions: ReadonlySet<string>,
  ) {
    this.text = format(kind, id);
  }

  /** Whoever sends a request without a credential. */
  static anonymous(permissions = NO_PERMISSIONS): Principal {
    return new Principal('anonymous', ANONYMOUS_TEXT, ANONYMOUS_NAME, permissions);
  }

  /** A process of this product, by its name: `worker`, `scheduler`, `cli`. Throws RangeError for a name that is no such word. */
  static system(id: string): Principal {
    if (!SYSTEM_ID.test(id) || id === ANONYMOUS_TEXT || id === ANONYMOUS_NAME)
      throw new RangeError(`"${id}" cannot be the name of a process.`);
    return new Principal('system', id, id, NO_PERMISSIONS);
  }

  /** A person with an account. Throws RangeError for an id that is empty, too long or not well-formed Unicode. */
  static user(identity: VerifiedIdentity): Principal {
    return Principal.identified('user', identity);
  }

  /** A program that a user gave a key. Throws as {@link Principal.user}. */
  static apiKey(identity: VerifiedIdentity): Principal {
    return Principal.identified('api_key', identity);
  }

  /** Another program with a credential of its own. Throws as {@link Principal.user}. */
  static service(identity: VerifiedIdentity): Principal {
    return Principal.identified('service', identity);
  }

  /**
   * The principal that a text was written for, with its id for its name and without permissions: those are decided at the edge, when
   * a request comes, and not again when it is carried out. A text that no principal has here (`sql:postgres` for a change by hand, or
   * one that was damaged) is a system principal with that text: whatever is read is written again as it was.
   */
  static parse(text: string): Principal {
    if (text === ANONYMOUS_TEXT) return Principal.anonymous();
    for (const kind of IDENTIFIED_KINDS) {
      const id = text.startsWith(`${kind}:`) ? decoded(text.slice(kind.length + 1)) : '';
      // Another spelling of an id is not its text: two texts for one principal would be two in every search.
      if (isId(id) && format(kind, id) === text) return new Principal(kind, id, id, NO_PERMISSIONS);
    }
    return new Principal('system', text, text, NO_PERMISSIONS);
  }

  private static identified(kind: IdentifiedKind, { id, name, permissions }: VerifiedIdentity): Principal {
    if (!isId(id)) throw new RangeError(`The id of a ${kind} has 1 to ${PRINCIPAL_ID_MAX} well-formed characters.`);
    return new Principal(kind, id, name, permissions ?? NO_PERMISSIONS);
  }
}

/** Encoded as in a URL: control characters, blanks and look-alikes neither break a log line nor pass for something else. */
function format(kind: PrincipalKind, id: string): string {
  return kind === 'system' || kind === 'anonymous' ? id : `${kind}:${encodeURIComponent(id)}`;
}

/** Empty when it is no encoded text. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** Half of a surrogate pair cannot be stored. */
function isId(id: string): boolean {
  return id.length > 0 && id.length <= PRINCIPAL_ID_MAX && id.isWellFormed();
}
