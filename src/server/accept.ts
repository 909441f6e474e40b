/** How much a client wants a media type, from its Accept header: 0 is not at all, 1 the most. Only types that it names count. */
export function qualityOf(accept: string, type: string): number {
  for (const part of accept.split(',')) {
    const [name, ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    if (name !== type) continue;
    const quality = parameters.find((text) => text.startsWith('q='));
    return quality ? Number(quality.slice(2)) || 0 : 1;
  }
  return 0;
}

/** Whether the client is a browser that opens a page, not a program that wants an answer: programs name JSON, or nothing. */
export function prefersPage(accept: string | undefined): boolean {
  const page = qualityOf(accept ?? '', 'text/html');
  const answers = ['application/graphql-response+json', 'application/json'].map((type) => qualityOf(accept ?? '', type));
  return page > 0 && answers.every((quality) => quality < page);
}
