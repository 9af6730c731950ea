/**
 * A plugin of Cucumber that runs the scenarios at `places`, each `uri:line`, before the others. Otherwise the order stays; or, with
 * `largestFirst`, features of many scenarios come first, so that processes that share them end at about the same time.
 */
const placeOf = ({ pickle, location }) => `${pickle.uri}:${location.line}`;

module.exports = {
  type: 'plugin',
  optionsKey: 'order',
  coordinator({ transform, options: { places = [], largestFirst = false } }) {
    const rank = new Map(places.map((place, i) => [place, i]));
    const rankOf = (planned) => rank.get(placeOf(planned)) ?? rank.size;
    transform('pickles:order', (planned) => {
      const sizes = new Map();
      for (const { pickle } of planned) sizes.set(pickle.uri, (sizes.get(pickle.uri) ?? 0) + 1);
      const sizeOf = ({ pickle }) => (largestFirst ? sizes.get(pickle.uri) : 0);
      return [...planned].sort((a, b) => rankOf(a) - rankOf(b) || sizeOf(b) - sizeOf(a));
    });
  },
};
