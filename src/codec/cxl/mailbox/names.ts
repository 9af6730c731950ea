/** Names of codes as people read them: `Get Event Records` of `getEventRecords`. */

export const title = (name: string): string =>
  name.replace(/[A-Z]/g, (capital) => ` ${capital}`).replace(/^./, (first) => first.toUpperCase());

export const titled = (codes: Readonly<Record<string, number>>): ReadonlyMap<string, number> =>
  new Map(Object.entries(codes).map(([name, code]) => [title(name), code]));

export const nameIn = (names: ReadonlyMap<string, number>, wanted: number): string | undefined =>
  [...names].find(([, code]) => code === wanted)?.[0];
