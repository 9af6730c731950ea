/** Things of one kind, by the order in which a scenario has made them. */

const ORDINALS = ['first', 'second', 'third', 'fourth'];

/** `the second region`, by its index; -1 for the last, which is `the region`. */
export const regionNumber = (text: string): number => ORDINALS.findIndex((ordinal) => text.includes(` ${ordinal} `));
