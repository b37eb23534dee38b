type Responses = { sortBy(rank: (response: unknown, status: string) => number): unknown };
type Component = (props: { responses: Responses }) => unknown;

/**
 * Shows the answers of an operation in the order in which people meet them: what was created, then other successes such as that of
 * a dry run, then errors. An object of JavaScript has whole numbers first, in their order, whatever the document says. This runs in
 * the page: its text is sent, so that it can use nothing from here.
 */
export function successFirst() {
  return {
    wrapComponents: {
      responses:
        (Original: Component, { React }: { React: { createElement: (...given: unknown[]) => unknown } }) =>
        (props: { responses: Responses }) => {
          const rank = (_: unknown, status: string) =>
            status === '201' ? 0 : status === '202' ? 1 : Number(status) || 999;
          return React.createElement(Original, { ...props, responses: props.responses.sortBy(rank) });
        },
    },
  };
}
