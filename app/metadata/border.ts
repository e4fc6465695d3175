/** Where on earth, in degrees. */
export type Position = { readonly latitude: number; readonly longitude: number };

/** A town of another country this much further away than the nearest one leaves no doubt. */
const surelyFurther = 2;

/**
 * Whether a position may as well lie in another country: towns stand for their surroundings, and the nearest one may stand
 * across a river that is the border (Windsor is nearer to the middle of Detroit than to its own).
 *
 * @param ownKm from the nearest town
 * @param foreignKm from the nearest town of another country
 */
export function isAtBorder(ownKm: number, foreignKm: number): boolean {
  return foreignKm < ownKm * surelyFurther;
}

/** How far the nearest town of another country is; where none was found, so far at least. */
export type Foreign = { readonly km: number; readonly isFound: boolean };

type Known = { readonly at: Position; readonly country: string; readonly foreignKm: number };

/** Most photos are taken where others were. */
const mostKnown = 200;

/**
 * Says of positions whether they are at a border, and asks for the nearest town of another country only where what was asked
 * before does not tell: where that is 80 km away, it is 60 km away at least for everything within 20 km.
 */
export class Borders {
  readonly #known: Known[] = [];

  /**
   * @param country of the nearest town, by its code
   * @param askForeign `undefined` where that is not known
   */
  async isAtBorder(
    at: Position,
    { country, ownKm }: { readonly country: string; readonly ownKm: number },
    askForeign: () => Promise<Foreign | undefined>,
  ): Promise<boolean> {
    const atLeast = (known: Known): number => known.foreignKm - kilometresBetween(known.at, at);
    const isFar = this.#known.some(
      (known) => known.country === country && !isAtBorder(ownKm, atLeast(known)),
    );
    if (isFar) return false;
    const foreign = await askForeign();
    if (foreign === undefined) return false;
    this.#known.push({ at, country, foreignKm: foreign.km });
    if (this.#known.length > mostKnown) this.#known.shift();
    // Amid a bay, dozens of towns of one country are about as near.
    return foreign.isFound && isAtBorder(ownKm, foreign.km);
  }
}

const earthRadiusKm = 6_371;

function toRadians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}

/** Along a great circle, by the haversine formula. */
export function kilometresBetween(one: Position, other: Position): number {
  const [latitude, otherLatitude] = [toRadians(one.latitude), toRadians(other.latitude)];
  const north = Math.sin((otherLatitude - latitude) / 2) ** 2;
  const east = Math.sin(toRadians(other.longitude - one.longitude) / 2) ** 2;
  const share = north + Math.cos(latitude) * Math.cos(otherLatitude) * east;
  return 2 * earthRadiusKm * Math.asin(Math.min(1, Math.sqrt(share)));
}
