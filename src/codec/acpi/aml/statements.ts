/** ACPI 6.5 Sections 20.2.5.1 and 20.2.5.3: Namespace Modifier Objects and Statement Opcodes Encoding. */
import { defineAt } from './definitions';
import { integerAt, valueAt } from './expressions';
import type { Frame, Interpreter, Outcome } from './interpreter';
import { OP } from './opcodes';
import type { AmlReader } from './reader';
import { targetAt } from './targets';

/** Runs the terms up to `end`. @throws DecodeError for what is not understood or runs past it */
export function run(reader: AmlReader, end: number, frame: Frame, engine: Interpreter): Outcome {
  while (reader.at < end) {
    engine.enter(reader);
    const outcome = term(reader, end, frame, engine);
    engine.leave();
    if (outcome !== 'end') return outcome;
  }
  if (reader.at !== end) throw reader.error(`runs past the end of ${frame.scope}`);
  return 'end';
}

function term(reader: AmlReader, limit: number, frame: Frame, engine: Interpreter): Outcome {
  const at = reader.at;
  if (reader.isName()) return ignored(valueAt(reader, frame, engine));
  const op = reader.opcode();
  switch (op) {
    case OP.if:
      return conditional(reader, limit, frame, engine);
    case OP.while:
      return loop(reader, limit, frame, engine);
    case OP.return:
      return { returned: valueAt(reader, frame, engine) };
    case OP.break:
      return 'break';
    case OP.continue:
      return 'continue';
    case OP.noop:
      return 'end';
    case OP.notify:
      targetAt(reader, frame, engine);
      return ignored(valueAt(reader, frame, engine));
    case OP.release:
      return ignored(targetAt(reader, frame, engine));
    case OP.stall:
    case OP.sleep:
      return ignored(valueAt(reader, frame, engine));
  }
  if (defineAt(op, reader, limit, frame, engine)) return 'end';
  reader.at = at;
  return ignored(valueAt(reader, frame, engine));
}

const ignored = (_: unknown): Outcome => 'end';

/** With the `Else` that may follow. */
function conditional(reader: AmlReader, limit: number, frame: Frame, engine: Interpreter): Outcome {
  const end = reader.end(limit);
  const taken = integerAt(reader, frame, engine) !== 0n;
  const outcome = taken ? run(reader, end, frame, engine) : 'end';
  reader.at = end;
  if (end === limit || reader.peek() !== OP.else) return outcome;
  reader.opcode();
  const elseEnd = reader.end(limit);
  const otherwise = taken ? outcome : run(reader, elseEnd, frame, engine);
  reader.at = elseEnd;
  return otherwise;
}

function loop(reader: AmlReader, limit: number, frame: Frame, engine: Interpreter): Outcome {
  const end = reader.end(limit);
  for (const start = reader.at; ; reader.at = start) {
    engine.enter(reader);
    engine.leave();
    if (integerAt(reader, frame, engine) === 0n) break;
    const outcome = run(reader, end, frame, engine);
    if (typeof outcome === 'object') return outcome;
    if (outcome === 'break') break;
  }
  reader.at = end;
  return 'end';
}
