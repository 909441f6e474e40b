interface Edge<Node> {
  readonly node: Node;
  readonly cursor: string;
}

/** Where a page stands in its list: whether there are rows behind it, and the cursor that it was asked for. */
interface Place {
  readonly hasNextPage: boolean;
  readonly after: string | null | undefined;
  /** Cursor behind what the page has looked at, where that is more than it shows. */
  readonly end?: string | null;
}

/** The parts of a connection that is read forwards only. */
export function forwardPage<Node>(edges: Edge<Node>[], { hasNextPage, after, end = edges.at(-1)?.cursor ?? null }: Place) {
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: { hasNextPage, hasPreviousPage: Boolean(after), startCursor: edges[0]?.cursor ?? null, endCursor: end },
  };
}
