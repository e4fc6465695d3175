import type { Place } from './models/asset.ts';

/** `Siena, Tuscany, Italy`: as it is shown and searched. */
export function formatPlace(place: Place): string {
  return placeNames(place).join(', ');
}

/**
 * How far from its town a photo is still near it. Beyond, the name alone would mislead – a ferry, a mountain – and how far it
 * is says what is true of both.
 */
const nearKm = 10;

/** Whole kilometres to a town that is too far away to be called near; `undefined` in and near it. */
export function kilometresFrom({ isNear, distanceKm }: Place): number | undefined {
  return isNear && distanceKm > nearKm ? Math.round(distanceKm) : undefined;
}

/** `Siena, Tuscany, Italy`, `near Siena, …` or `17 km from Siena, …`. */
export function formatWhere(place: Place): string {
  const far = kilometresFrom(place);
  const relation = far === undefined ? (place.isNear ? 'near ' : '') : `${String(far)} km from `;
  return `${relation}${formatPlace(place)}`;
}

/** From the city to the country; what only says the name before it again (New York, the province of Siena) is left out. */
export function placeNames({ city, district, region, country }: Place): string[] {
  const names: string[] = [];
  for (const name of [city, district, region, country]) {
    if (name !== undefined && !names.some((said) => name.includes(said))) names.push(name);
  }
  return names;
}
