/**
 * The messages of the shards of a run as one stream, in the order that the whole run would have: scenarios in the order of the features,
 * and what each of them has sent together. Each shard has made ids of its own for features and steps; those of the first that has them count.
 */
import { AttachmentContentEncoding, type Envelope } from '@cucumber/messages';
import { PICTURE_MEDIA_TYPE, SAME_PICTURE_MEDIA_TYPE } from './machine-picture';

type Messages = readonly Envelope[];

/** What one shard has sent, in parts. */
interface Parts {
  readonly meta: Messages;
  /** Source, document and pickles of each feature, by its uri. */
  readonly features: ReadonlyMap<string, Messages>;
  /** Step definitions, parameter types and hooks. */
  readonly support: Messages;
  /** In the order of the features. */
  readonly scenarios: readonly ScenarioMessages[];
  /** Hooks of the run, before the first scenario and after the last. */
  readonly before: Messages;
  readonly after: Messages;
}

interface ScenarioMessages {
  readonly uri: string;
  readonly planned: Envelope;
  readonly sent: Messages;
}

/** Of shards in their order: the first has the first scenario, the second the next one, and so on in turn. */
export function mergeMessages(shards: readonly Messages[]): Envelope[] {
  const parts = shards.map(partsOf);
  const ids = idsOf(shards, parts);
  const scenarios = inTurn(parts.map((each) => each.scenarios));
  const features = new Map([...parts].reverse().flatMap((each) => [...each.features]));
  const [first] = parts;
  const merged = [
    ...(first?.meta ?? []),
    ...[...new Set(scenarios.map(({ uri }) => uri))].flatMap((uri) => features.get(uri) ?? []),
    ...(first?.support ?? []),
    ...startOf(shards),
    ...scenarios.map(({ planned }) => planned),
    ...(first?.before ?? []),
    ...scenarios.flatMap(({ sent }) => sent),
    ...(first?.after ?? []),
    ...endOf(shards),
  ];
  return withoutRepeats(merged).map((message) => renamed(message, ids));
}

/** Each shard has attached a picture of a machine once: the whole run does so once for all. */
function withoutRepeats(messages: Messages): Envelope[] {
  const seen = new Set<string>();
  return messages.map((message) => {
    const { attachment } = message;
    if (attachment?.mediaType !== PICTURE_MEDIA_TYPE || !attachment.fileName) return message;
    if (seen.has(attachment.fileName)) {
      const contentEncoding = AttachmentContentEncoding.IDENTITY;
      return { attachment: { ...attachment, body: '', contentEncoding, mediaType: SAME_PICTURE_MEDIA_TYPE } };
    }
    seen.add(attachment.fileName);
    return message;
  });
}

/** Takes one of each list, as long as they have any: 1 4, 2 5, 3 are 1 2 3 4 5. */
function inTurn<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, i) => lists.flatMap((list) => list.slice(i, i + 1))).flat();
}

function partsOf(messages: Messages): Parts {
  const uris = new Map(messages.flatMap(({ pickle }) => (pickle ? [[pickle.id, pickle.uri] as const] : [])));
  const place = new Map([...uris.keys()].map((pickle, i) => [pickle, i]));
  const start = messages.findIndex(({ testRunStarted }) => testRunStarted);
  const [prepared, run] = [messages.slice(0, start), messages.slice(start)];
  const testCases = run.flatMap((planned) => (planned.testCase ? [{ planned, testCase: planned.testCase }] : []));
  const attempts = new Map(
    run.flatMap(({ testCaseStarted: began }) => (began ? [[began.id, began.testCaseId] as const] : [])),
  );
  const sent = groupedBy(run, (message) => attempts.get(attemptOf(message) ?? ''));
  const ofRun = run.filter((message) => message.testRunHookStarted ?? message.testRunHookFinished);
  const firstScenario = run.findIndex(({ testCaseStarted }) => testCaseStarted);
  const isBefore = (message: Envelope) => firstScenario < 0 || run.indexOf(message) < firstScenario;
  return {
    meta: prepared.filter(({ meta }) => meta),
    features: groupedBy(prepared, uriOf),
    support: prepared.filter((message) => !message.meta && uriOf(message) === undefined),
    scenarios: testCases
      .sort((a, b) => (place.get(a.testCase.pickleId) ?? 0) - (place.get(b.testCase.pickleId) ?? 0))
      .map(({ planned, testCase: { id, pickleId } }) => ({
        uri: uris.get(pickleId) ?? '',
        planned,
        sent: sent.get(id) ?? [],
      })),
    before: ofRun.filter(isBefore),
    after: ofRun.filter((message) => !isBefore(message)),
  };
}

/** Of the feature that it belongs to; undefined for what belongs to none. */
const uriOf = ({ source, gherkinDocument, pickle }: Envelope): string | undefined =>
  source?.uri ?? gherkinDocument?.uri ?? pickle?.uri;

/** The attempt at a scenario that it belongs to. */
const attemptOf = (message: Envelope): string | undefined =>
  message.testCaseStarted?.id ??
  message.testStepStarted?.testCaseStartedId ??
  message.testStepFinished?.testCaseStartedId ??
  message.attachment?.testCaseStartedId ??
  message.testCaseFinished?.testCaseStartedId;

/** Without those that have no key. */
function groupedBy(messages: Messages, keyOf: (message: Envelope) => string | undefined): Map<string, Envelope[]> {
  const groups = new Map<string, Envelope[]>();
  for (const message of messages) {
    const key = keyOf(message);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(message);
    else groups.set(key, [message]);
  }
  return groups;
}

/** For each id of a later shard, that of the same thing in the first shard that has it. */
function idsOf(shards: readonly Messages[], parts: readonly Parts[]): Map<string, string> {
  const ids = new Map<string, string>();
  const [first] = parts;
  const known = new Map<string, Messages>();
  for (const { features, support } of parts) {
    pair(first?.support, support, ids);
    for (const [uri, messages] of features) {
      pair(known.get(uri) ?? messages, messages, ids);
      known.set(uri, known.get(uri) ?? messages);
    }
  }
  const [run, ...others] = shards.map((messages) => messages.find(({ testRunStarted }) => testRunStarted));
  for (const other of others) pair(run, other, ids);
  return ids;
}

/** Of two values that are alike but for their ids. */
function pair(one: unknown, other: unknown, ids: Map<string, string>): void {
  if (one === other || !isObject(one) || !isObject(other)) return;
  if (typeof one.id === 'string' && typeof other.id === 'string') ids.set(other.id, one.id);
  for (const key of Object.keys(one)) pair(one[key], other[key], ids);
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** With each id replaced that has another. */
function renamed<T>(value: T, ids: ReadonlyMap<string, string>): T {
  if (typeof value === 'string') return (ids.get(value) ?? value) as T;
  if (Array.isArray(value)) return value.map((each) => renamed(each, ids)) as T;
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, renamed(each, ids)])) as T;
}

/** As if all had begun with the one that began first. */
function startOf(shards: readonly Messages[]): Envelope[] {
  const [first, ...others] = shards.flatMap((messages) =>
    messages.flatMap(({ testRunStarted }) => testRunStarted ?? []),
  );
  if (!first) return [];
  const timestamp = [first, ...others]
    .map((each) => each.timestamp)
    .reduce((a, b) => (inNanos(b) < inNanos(a) ? b : a));
  return [{ testRunStarted: { ...first, timestamp } }];
}

/** As if all had ended with the one that ended last. */
function endOf(shards: readonly Messages[]): Envelope[] {
  const [first, ...others] = shards.flatMap((messages) =>
    messages.flatMap(({ testRunFinished }) => testRunFinished ?? []),
  );
  if (!first) return [];
  const all = [first, ...others];
  const timestamp = all.map((each) => each.timestamp).reduce((a, b) => (inNanos(b) > inNanos(a) ? b : a));
  return [{ testRunFinished: { ...first, timestamp, success: all.every(({ success }) => success) } }];
}

const inNanos = ({ seconds, nanos }: { readonly seconds: number; readonly nanos: number }): number =>
  seconds * 1e9 + nanos;
