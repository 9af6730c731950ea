/** A plugin of Cucumber that runs the scenarios at `places`, each `uri:line`, before the others; otherwise the order stays. */
const placeOf = ({ pickle, location }) => `${pickle.uri}:${location.line}`;

module.exports = {
  type: 'plugin',
  optionsKey: 'order',
  coordinator({ transform, options }) {
    const rank = new Map(options.places.map((place, i) => [place, i]));
    const rankOf = (planned) => rank.get(placeOf(planned)) ?? rank.size;
    transform('pickles:order', (planned) => [...planned].sort((a, b) => rankOf(a) - rankOf(b)));
  },
};
