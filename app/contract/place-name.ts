import type { Place } from './models/asset.ts';

/** `Siena, Tuscany, Italy`: as it is shown and searched. */
export function formatPlace(place: Place): string {
  return placeNames(place).join(', ');
}

/** From the city to the country; what only says the name before it again (New York, the province of Siena) is left out. */
export function placeNames({ city, district, region, country }: Place): string[] {
  const names: string[] = [];
  for (const name of [city, district, region, country]) {
    if (name !== undefined && !names.some((said) => name.includes(said))) names.push(name);
  }
  return names;
}
