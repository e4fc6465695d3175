/**
 * A stand-in must never look as if it could do what it cannot: whatever of Electron is asked for and not there throws, with
 * its name.
 *
 * @template {object} Target
 * @param {string} name
 * @param {Target} target
 * @returns {Target}
 */
export function strict(name, target) {
  return new Proxy(target, {
    get(object, key) {
      // What JavaScript itself, promises and printers look for is no part of Electron.
      const isOurs = key in object || typeof key === 'symbol' || key === 'then' || key === 'toJSON';
      if (!isOurs) throw new Error(`Electron stand-in: ${name}.${key} is not there yet`);
      const value = Reflect.get(object, key, object);
      return typeof value === 'function' && key !== 'constructor' ? value.bind(object) : value;
    },
  });
}

/**
 * Emits an event that a listener may prevent.
 *
 * @param {import('node:events').EventEmitter} emitter
 * @param {string} name
 * @param {object} [facts] of the event itself
 * @param {unknown[]} args
 * @returns {boolean} whether nobody prevented it
 */
export function emitEvent(emitter, name, facts = {}, ...args) {
  const event = {
    ...facts,
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true;
    },
  };
  emitter.emit(name, event, ...args);
  return !event.defaultPrevented;
}
