/** `npm run glossary`: rewrites the parts of features/README.md that are generated from the comments above step definitions. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './cucumber';
import { README, withGlossary } from './glossary';

const path = join(root, README);
const before = readFileSync(path, 'utf8');
const after = withGlossary(before, root);
writeFileSync(path, after);
console.log(`${README}: ${before === after ? 'unchanged' : 'rewritten'}`);
